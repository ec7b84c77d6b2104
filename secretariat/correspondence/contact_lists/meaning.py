"""What each row of a list of contacts means: who it is, whether he stands here already, and what is to be mended. What
it speaks of is looked up once, under the eyes of the session; then each row is judged in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.session import ViewerSession
from secretariat.correspondence.contact_lists import columns as known
from secretariat.correspondence.contact_lists import numbers
from secretariat.correspondence.contact_lists.alike import Known, Somebody
from secretariat.correspondence.contact_lists.columns import SEVERAL
from secretariat.correspondence.contact_lists.programs import would_run
from secretariat.correspondence.contact_lists.shape import APART, MERGE, OUT, Shape
from secretariat.correspondence.listed_models import ListedContact
from secretariat.directory.models import Appointment, ContactCard, ContactNumber
from secretariat.documents import cells, sheets
from secretariat.documents.headings import LANGUAGES as LANGUAGE_NAMES
from secretariat.documents.headings import folded, language_of
from secretariat.documents.participants_named import ParticipantNames
from secretariat.documents.sheets import Sheet
from secretariat.processes.models import Track

MOST = 10_000
"""So many people come in by one list."""
LONGEST = 300
CARD, LISTED, ROW = "card", "listed", "row"
_SPOKEN = frozenset({*LANGUAGE_NAMES, "zh", "de", "it", "tr"})
_KINDS = {known.MAIL: "mail", known.TELEPHONE: "telephone", known.MOBILE: "mobile"}
LEAVE_OUT = "nobody"
"""Said of a name: whoever acts for it is left out."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be known of a cell: its column and a sentence."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class There:
    """Somebody who stands here already: as whose card, as a listed contact, or in an earlier row."""

    kind: str
    key: Any
    name: str


@dataclass(slots=True)
class Row:
    """A row, and what it would become."""

    number: int
    name: str = ""
    participant: UUID | None = None
    written_participant: str = ""
    function: str = ""
    ministry: str = ""
    subject: str = ""
    languages: list[str] = field(default_factory=list)
    numbers: list[list[str]] = field(default_factory=list)
    wrong: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    there: There | None = None
    said: str = ""

    @property
    def mails(self) -> list[str]:
        return [value for kind, value in self.numbers if kind == "mail"]

    @property
    def comes(self) -> bool:
        return self.said != OUT

    @property
    def merges(self) -> bool:
        return self.there is not None and self.said == MERGE


@dataclass(slots=True)
class Looked:
    """A whole list: its rows, and names of participants nobody has here, as they are written, by what answers to them
    are kept by."""

    rows: list[Row]
    unknown: dict[str, str]

    @property
    def wrong(self) -> list[Row]:
        return [one for one in self.rows if one.wrong and one.comes]

    @property
    def noted(self) -> list[Row]:
        return [one for one in self.rows if one.notes]

    @property
    def alike(self) -> list[Row]:
        return [one for one in self.rows if one.there is not None]

    @property
    def coming(self) -> list[Row]:
        return [one for one in self.rows if one.comes and not one.wrong]

    @property
    def is_too_long(self) -> bool:
        return len(self.rows) > MOST

    @property
    def can_come_in(self) -> bool:
        return bool(self.coming) and not self.wrong and not self.is_too_long


def look(session: ViewerSession, track: Track, book: Sequence[Sheet], shape: Shape) -> Looked:
    """What a list means now, as far as this reader sees what it speaks of."""
    names = ParticipantNames(session, track.process_id, track.id)
    looked = Looked([], {})
    before = ""
    sheet = book[shape.sheet] if shape.sheet < len(book) else Sheet("", [])
    for number, told in sheet.rows:
        if number <= shape.heading:
            continue
        row, read = Row(number), _Read(told, shape)
        before = _whom_for(row, read, names, shape, looked.unknown, before)
        looked.rows.append(row)
        if row.said != OUT:
            _fill(row, read, shape)
    _find_who_is_there(session, track, looked, shape)
    return looked


class _Read:
    """The cells of a row by their columns."""

    def __init__(self, told: Sequence[str], shape: Shape) -> None:
        self.cells: dict[str, list[str]] = {}
        for place, column in sorted(shape.columns.items()):
            if place < len(told) and told[place]:
                self.cells.setdefault(column, []).append(cells.as_it_was(told[place]))

    def all_of(self, column: str) -> list[str]:
        return self.cells.get(column, [])

    def one(self, column: str) -> str:
        return " ".join(next(iter(self.all_of(column)), "").split())


def _whom_for(
    row: Row, read: _Read, names: ParticipantNames, shape: Shape, unknown: dict[str, str], before: str
) -> str:
    """Whom the person acts for; what is written there, for the rows below."""
    written = read.one(known.PARTICIPANT) or (before if shape.fills_down else "")
    row.written_participant = written
    if shape.for_all:
        row.participant = _as_key(shape.for_all, names)
        return written
    if not written:
        row.wrong.append(Problem(known.PARTICIPANT, _("Nobody stands here for whom this person acts.")))
        return written
    key = folded(written) or written
    meant = names.called(written)
    said = shape.names.get(key, "")
    if said == LEAVE_OUT:
        row.said = OUT
        row.notes.append(Problem(known.PARTICIPANT, _("Left out, as you said of “%(name)s”.", name=written)))
    elif said:
        row.participant = _as_key(said, names)
    elif len(meant) == 1 and meant <= names.of_process:
        row.participant = next(iter(meant))
    if row.participant is None and row.said != OUT:
        unknown.setdefault(key, written)
        sentence = (
            _("“%(name)s” has no part in this process; say whose people these are, or leave them out.", name=written)
            if len(meant) == 1
            else _("Nobody here is called “%(name)s”; say who is meant, or leave its people out.", name=written)
        )
        row.wrong.append(Problem(known.PARTICIPANT, sentence))
    return written


def _as_key(said: str, names: ParticipantNames) -> UUID | None:
    try:
        key = UUID(said)
    except ValueError:
        return None
    return key if key in names.of_process else None


def _fill(row: Row, read: _Read, shape: Shape) -> None:
    name = read.one(known.NAME) or " ".join(filter(None, [read.one(known.GIVEN), read.one(known.FAMILY)]))
    row.name = _words(row, known.NAME, name, shape)
    if not row.name and not any(one.column == known.NAME for one in row.wrong):
        row.wrong.append(Problem(known.NAME, _("A name is needed here.")))
    row.function = _words(row, known.FUNCTION, read.one(known.FUNCTION), shape)
    row.ministry = _words(row, known.MINISTRY, read.one(known.MINISTRY), shape)
    row.subject = _words(row, known.SUBJECT, read.one(known.SUBJECT), shape)
    row.languages = list(_languages(row, read))
    for column in SEVERAL_IN_ORDER:
        for cell in read.all_of(column):
            _numbers(row, column, cell, shape)
    for name_of in read.one(known.PROGRAMS).split():
        row.notes.append(
            Problem(
                known.PROGRAMS, _("%(property)s holds a program or a link to one, and was left out.", property=name_of)
            )
        )


SEVERAL_IN_ORDER = tuple(one for one in known.COLUMNS if one in SEVERAL)


def _words(row: Row, column: str, cell: str, shape: Shape) -> str:
    """Words as they are kept; empty where they cannot be, which is said."""
    plain = cells.plain(cell)
    if sheets.is_formula(plain) or cells.would_calculate(plain):
        sentence = _("A formula stands here; what it gives is not known. Write the words themselves.")
    elif would_run(plain):
        sentence = _("Something a program would run stands here. Write the words alone.")
    elif len(plain) > LONGEST:
        sentence = _("This is longer than %(most)s letters.", most=LONGEST)
    else:
        return plain
    _tell(row, column, sentence, shape if column != known.NAME else None)
    return ""


def _tell(row: Row, column: str, sentence: str, shape: Shape | None) -> None:
    """To be mended; or left out and said so, where the reader wants it so."""
    if shape is not None and shape.lenient:
        row.notes.append(Problem(column, _("%(problem)s It is left out.", problem=sentence)))
    else:
        row.wrong.append(Problem(column, sentence))


def _languages(row: Row, read: _Read) -> Iterator[str]:
    seen = set()
    for cell in read.all_of(known.LANGUAGES):
        for written in cell.replace(";", ",").replace("/", ",").replace("\n", ",").replace("،", ",").split(","):
            code = language_of(written.strip().split("-")[0]) if written.strip() else ""
            if code in _SPOKEN and code not in seen:
                seen.add(code)
                yield code
            elif code and code not in _SPOKEN:
                said = written.strip()[:60]
                row.notes.append(
                    Problem(
                        known.LANGUAGES, _("“%(language)s” is no language known here; it is left out.", language=said)
                    )
                )


def _numbers(row: Row, column: str, cell: str, shape: Shape) -> None:
    if sheets.is_formula(cell):
        _tell(row, column, _("A formula stands here; what it gives is not known. Write the words themselves."), shape)
        return
    is_mail = column == known.MAIL
    for written, kept in numbers.addresses(cell) if is_mail else numbers.telephones(cell):
        pair = [_KINDS[column], kept or ""]
        if kept is None:
            sentence = (
                _("“%(written)s” is no address for mail.", written=written[:80])
                if is_mail
                else _("“%(written)s” is no telephone number with the code of its country, as +506 2555 0100.",
                       written=written[:80])
            )  # fmt: skip
            _tell(row, column, sentence, shape)
        elif not any(value.casefold() == kept.casefold() for _kind, value in row.numbers):
            row.numbers.append(pair)
            if not is_mail and numbers.has_extension(written):
                row.notes.append(
                    Problem(
                        column,
                        _(
                            "The extension of “%(written)s” is left out; it cannot be dialled from a list.",
                            written=written[:80],
                        ),
                    )
                )


# --- who is there -------------------------------------------------------------------------------------------------


def people_here(session: Session, track: Track) -> Iterator[tuple[There, Somebody]]:
    """Everybody who acts for somebody on a track today with a card, then everybody from lists; three statements."""
    mails: dict[UUID, list[str]] = {}
    wanted_numbers = (
        select(ContactNumber.card_id, ContactNumber.value)
        .join(ContactCard, ContactCard.id == ContactNumber.card_id)
        .where(ContactCard.track_id == track.id, ContactNumber.kind == "mail")
    )
    for card_id, value in session.execute(wanted_numbers):
        mails.setdefault(card_id, []).append(value)
    wanted = (
        select(ContactCard.id, ContactCard.name, Appointment)
        .join(Appointment, Appointment.person_id == ContactCard.person_id)
        .where(
            ContactCard.process_id == track.process_id,
            ContactCard.track_id == track.id,
            Appointment.process_id == track.process_id,
            Appointment.track_id == track.id,
        )
        .order_by(ContactCard.name, ContactCard.id, Appointment.since, Appointment.id)
    )
    seen, today = set(), clock.today()
    for key, name, held in session.execute(wanted):
        if held.participant_id is None or not held.held_on(today) or (key, held.participant_id) in seen:
            continue
        seen.add((key, held.participant_id))
        yield There(CARD, key, name), Somebody(name, held.participant_id, mails.get(key, ()))
    listed = (
        select(ListedContact).where(ListedContact.track_id == track.id).order_by(ListedContact.name, ListedContact.id)
    )
    for one in session.scalars(listed):
        yield There(LISTED, one.id, one.name), Somebody(one.name, one.participant_id, one.numbers_of("mail"))


def _find_who_is_there(session: ViewerSession, track: Track, looked: Looked, shape: Shape) -> None:
    here: Known[There] = Known()
    for there, one in people_here(session, track):
        here.put(there, one)
    for row in looked.rows:
        if row.said == OUT:
            continue
        one = Somebody(row.name, row.participant, row.mails)
        found = here.likely(one)
        if found is not None:
            row.there = found
            row.said = shape.said.get(row.number) or MERGE
        elif (other := here.shares_an_address(one)) is not None:
            row.notes.append(
                Problem(
                    known.MAIL,
                    _(
                        "%(person)s has the same address. Both stand here; nobody is written to for another.",
                        person=_called(other),
                    ),
                )
            )
        if row.said != OUT and shape.said.get(row.number) == OUT:
            row.said = OUT
        if row.name and row.said != OUT and not row.merges:
            here.put(There(ROW, row.number, row.name), one)


def _called(other: There) -> str:
    """A person as a sentence names him: those of the same list with their row."""
    return _("%(name)s in row %(row)s", name=other.name, row=other.key) if other.kind == ROW else str(other.name)


SAID_WORDS: Mapping[str, Any] = {
    MERGE: _l("the same person: what is new is added"),
    APART: _l("another person: both stand there"),
    OUT: _l("leave this row out"),
}
