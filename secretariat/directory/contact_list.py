"""The contact list of a process: who acts for whom, for what, in which languages and how to be reached, as far as the
reader may know. Page, paper, vCard and CSV are written from the same lines; each number stands there as its owner
allows. Two statements for the list and four for names, however long it is; two more among the people of a network,
which is told of liaison officers. A page counts who stands alike (`alike`): what order and filters ask of everybody;
and reads those whom it shows (`page_of`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Text, and_, bindparam, cast, func, literal, null, or_, select
from sqlalchemy.orm import Session

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.order import collation_key
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.core.sizes import among, in_size
from secretariat.core.stored import read_json
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.liaison_models import LiaisonListing, LiaisonNumber
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, RoleName
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.processes.names import in_order, names_of

_PLACE_OF_ROLE = {role: place for place, role in enumerate(RoleName)}


class Number(NamedTuple):
    """A number or address; `shared` is `directory` where it is seen with the name, else `secretariat`."""

    kind: str
    value: str
    shared: str


@dataclass(frozen=True, slots=True)
class Line:
    """An appointment with what is known of its person. `acts_for` is the participant or secretariat in words, `theme`
    what the appointment is for, in the reader's language; empty for all subjects."""

    row: Row[*tuple[Any, ...]]
    acts_for: str
    theme: str
    numbers: Sequence[Number] = ()

    @property
    def id(self) -> UUID:
        return self.row.id  # type: ignore[no-any-return]

    @property
    def hat(self) -> str:
        return self.row.hat  # type: ignore[no-any-return]

    @property
    def role(self) -> RoleName:
        return self.row.role  # type: ignore[no-any-return]

    @property
    def known_by(self) -> UUID | None:
        """What the numbers stand on: the contact card, or what a network is told of a liaison officer."""
        known: UUID | None = self.row.listing_id or self.row.card_id
        return known

    @property
    def is_listed(self) -> bool:
        """Whether it is a liaison officer as a network is told of one: there is no appointment to look at."""
        return self.row.listing_id is not None

    @property
    def languages(self) -> list[str]:
        return list(self.row.languages or ())

    @property
    def labels(self) -> set[int]:
        return {one for one in (self.row.label_id, self.row.card_label_id) if one is not None}


@dataclass(frozen=True, slots=True)
class Alike:
    """How many act for one, as one thing, for one theme, in the same languages. `listed` is the row of a liaison
    officer as a network is told of one: there are few, and they are read at once."""

    hat: str
    role: RoleName
    acts_for: str
    theme: str
    languages: Sequence[str]
    number: int
    listed: Row[*tuple[Any, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty for everybody. `for_whom` is a hat as text."""

    role: str = ""
    for_whom: str = ""
    theme: str = ""
    language: str = ""

    def fits(self, line: Line | Alike) -> bool:
        return (
            self.role in ("", line.role.value)
            and self.for_whom in ("", line.hat)
            and self.theme in ("", line.theme)
            and (not self.language or self.language in line.languages)
        )


def _appointments(*columns: Any) -> Any:
    """Appointments, with the card of their person."""
    return select(*columns).outerjoin(
        ContactCard,
        and_(
            ContactCard.person_id == Appointment.person_id,
            ContactCard.process_id == Appointment.process_id,
            ContactCard.track_id == Appointment.track_id,
        ),
    )


def _held(*columns: Any) -> Any:
    """Those held in a process on a day."""
    return _appointments(*columns).where(
        Appointment.process_id == bindparam("process", type_=Appointment.process_id.type),
        Appointment.since <= bindparam("on", type_=Appointment.since.type),
        or_(Appointment.until.is_(None), Appointment.until > bindparam("on", type_=Appointment.since.type)),
    )


_COLUMNS = (
    Appointment.id,
    Appointment.label_id,
    Appointment.person_id,
    Appointment.track_id,
    Appointment.hat,
    Appointment.role,
    Appointment.subject,
    Appointment.department,
    Appointment.since,
    ContactCard.id.label("card_id"),
    ContactCard.label_id.label("card_label_id"),
    ContactCard.name,
    ContactCard.function,
    ContactCard.ministry,
    ContactCard.languages,
    ContactCard.zone,
    ContactCard.confirmed_on,
    null().label("listing_id"),
)
_HELD = _held(*_COLUMNS).order_by(Appointment.since, Appointment.id)
_IN_TEXT = (
    Appointment.hat,
    cast(Appointment.role, Text).label("role"),
    cast(Appointment.subject, Text).label("subject"),
    cast(ContactCard.languages, Text).label("languages"),
)
"""What is the same of many, as it is stored: put together by the database, and read once for all of them."""
_ALIKE = _held(*_IN_TEXT, func.count().label("number")).group_by(*_IN_TEXT)


@cache
def _held_by(size: int | None) -> Any:
    """Those who act under a few hats."""
    return _held(*_COLUMNS).where(among(Appointment.hat, size))


_LISTED = (
    select(
        LiaisonListing.id,
        LiaisonListing.label_id,
        LiaisonListing.person_id,
        LiaisonListing.network_id.label("track_id"),
        LiaisonListing.hat,
        literal(RoleName.LIAISON_OFFICER, Appointment.role.type).label("role"),
        LiaisonListing.subject,
        LiaisonListing.department,
        LiaisonListing.since,
        null().label("card_id"),
        null().label("card_label_id"),
        LiaisonListing.name,
        LiaisonListing.function,
        LiaisonListing.ministry,
        LiaisonListing.languages,
        LiaisonListing.zone,
        LiaisonListing.confirmed_on,
        LiaisonListing.id.label("listing_id"),
    )
    .where(LiaisonListing.process_id == bindparam("process", type_=LiaisonListing.process_id.type))
    .order_by(LiaisonListing.since, LiaisonListing.id)
)


def lines_of(session: ViewerSession, process: Process, on: date) -> list[Line]:
    """Everybody the reader may know of on a day, without numbers: secretariats first, then participants in the
    alphabetical order of the reader's language, each with focal points before alternates."""
    return _lines(session, process, session.execute(_HELD, {"process": process.id, "on": on}).all())


def alike(session: ViewerSession, process: Process, on: date) -> list[Alike]:
    """How many there are of each kind of line, in the order of `lines_of`: what order and filters ask of everybody.
    What is shown of them is read with `page_of`."""
    held = session.execute(_ALIKE, {"process": process.id, "on": on}).all()
    listed = session.execute(_LISTED, {"process": process.id}).all() if _among_a_network(session, process) else []
    words = acts_for(session, process, {row.hat for row in (*held, *listed)})
    place = {hat: number for number, hat in enumerate(words)}
    found = [
        Alike(
            row.hat,
            RoleName(row.role),
            words[row.hat],
            _theme(_subject(row.subject)),
            _spoken(row.languages),
            row.number,
        )
        for row in held
        if row.hat in words
    ]
    found += [
        Alike(row.hat, row.role, words[row.hat], _theme(row.subject), row.languages or (), 1, row)
        for row in listed
        if row.hat in words
    ]
    return sorted(found, key=lambda one: (place[one.hat], _PLACE_OF_ROLE[one.role]))


def page_of(
    session: ViewerSession,
    process: Process,
    on: date,
    some: Sequence[Alike],
    wanted: Wanted,
    first: int,
    rows: int,
    *,
    theme_first: bool = False,
) -> list[Line]:
    """Those of a list that stand on a page of it, from the `first` on (counted from nought), with the numbers their
    reader may see. `some` is what fits of it, in its order: that of `alike`, or of `by_theme`."""
    spoken = current_reading().language.code

    def part(one: Line | Alike) -> Any:
        return collation_key(one.theme, spoken) if theme_first else (one.hat, one.role)

    met, begins, ends = {}, 0, 0
    for key, group in groupby(some, part):
        here = list(group)
        begins, ends = ends, ends + sum(one.number for one in here)
        if begins < first + rows and ends > first:
            met[key] = begins, here
    kinds = [one for _begins, here in met.values() for one in here]
    if not kinds:
        return []
    place = {key: number for number, key in enumerate(met)}
    fitting = (one for one in _held_under(session, process, on, kinds) if part(one) in place and wanted.fits(one))
    start = first - min(begins for begins, _here in met.values())
    ordered = sorted(fitting, key=lambda one: place[part(one)])  # those of one part stay in the order of the list
    return with_numbers(session, ordered[start : start + rows])


def _held_under(session: ViewerSession, process: Process, on: date, kinds: Sequence[Alike]) -> list[Line]:
    """Everybody under the hats of these, in the order of `lines_of`."""
    words = {one.hat: one.acts_for for one in kinds}
    hats = sorted({one.hat for one in kinds if one.listed is None})
    found = [one.listed for one in kinds if one.listed is not None]
    if hats:
        statement, given = in_size(_held_by, hats)
        found += session.execute(statement, {**given, "process": process.id, "on": on}).all()
    return _in_order([Line(row, words[row.hat], _theme(row.subject)) for row in found], list(words))


def _lines(session: ViewerSession, process: Process, held: Sequence[Row[*tuple[Any, ...]]]) -> list[Line]:
    rows = list(held)
    if _among_a_network(session, process):
        rows += session.execute(_LISTED, {"process": process.id}).all()
    words = acts_for(session, process, {row.hat for row in rows})
    return _in_order([Line(row, words[row.hat], _theme(row.subject)) for row in rows if row.hat in words], list(words))


def _in_order(lines: list[Line], hats: Sequence[str]) -> list[Line]:
    """By whom they act for, in the order of these hats, then as what."""
    place = {hat: number for number, hat in enumerate(hats)}
    return sorted(lines, key=lambda one: (place[one.hat], _PLACE_OF_ROLE[one.role], one.row.since, one.id))


def _among_a_network(session: ViewerSession, process: Process) -> bool:
    """Whether the reader stands on the side of a network of the process: a liaison officer, who may read what the
    network is told of him, finds himself once."""
    networks = {one.id for one in process.tracks if one.kind is TrackKind.CIVIL_SOCIETY}
    return any(role.track in networks for role in session.viewer.roles)


def with_numbers(session: Session, lines: Sequence[Line]) -> list[Line]:
    """The same lines with the numbers their reader may see; a statement more."""
    cards = sorted({one.row.card_id for one in lines if one.row.card_id is not None}, key=str)
    found: dict[UUID | None, list[Number]] = defaultdict(list)
    if cards:
        statement, given = in_size(_numbers_of, cards)
        for row in session.execute(statement, given):
            found[row.card_id].append(_number(row))
    listings = sorted({one.id for one in lines if one.is_listed}, key=str)
    if listings:
        statement, given = in_size(_numbers_listed, listings)
        for row in session.execute(statement, given):
            found[row.listing_id].append(_number(row))
    return [Line(one.row, one.acts_for, one.theme, tuple(found[one.known_by])) for one in lines]


def _number(row: Row[*tuple[Any, ...]]) -> Number:
    return Number(row.kind, row.value, "directory" if row.own_label_id is None else "secretariat")


@cache
def _numbers_listed(size: int | None) -> Any:
    return (
        select(LiaisonNumber.listing_id, LiaisonNumber.kind, LiaisonNumber.value, LiaisonNumber.own_label_id)
        .where(among(LiaisonNumber.listing_id, size))
        .order_by(LiaisonNumber.kind, LiaisonNumber.value)
    )


@cache
def _numbers_of(size: int | None) -> Any:
    return (
        select(ContactNumber.card_id, ContactNumber.kind, ContactNumber.value, ContactNumber.own_label_id)
        .where(among(ContactNumber.card_id, size))
        .order_by(ContactNumber.kind, ContactNumber.value)
    )


def by_theme(lines: Iterable[Alike]) -> list[Alike]:
    """Who is named for one subject, in the order of subjects."""
    spoken = current_reading().language.code
    return sorted((one for one in lines if one.theme), key=lambda one: collation_key(one.theme, spoken))


def themes_of(lines: Iterable[Alike]) -> list[str]:
    """The subjects somebody is named for."""
    spoken = current_reading().language.code
    return sorted({one.theme for one in lines if one.theme}, key=lambda one: collation_key(one, spoken))


def _theme(subject: LocalText | None) -> str:
    return local_text(subject) if subject else ""


def _subject(stored: str | None) -> LocalText | None:
    return LocalText.from_json(read_json(stored)) if stored not in (None, "null") else None


def _spoken(stored: str | None) -> Sequence[str]:
    return read_json(stored) or () if stored is not None else ()


def acts_for(session: Session, process: Process, hats: Collection[str]) -> dict[str, str]:
    """Whom each hat acts for, in words, in the order in which they stand."""
    acting = {one: Hat.parse(one) for one in hats}
    participants = {hat.id: text for text, hat in acting.items() if hat.kind is HatKind.PARTICIPANT}
    names = names_of(session, participants, process=process.id)
    offices = {Hat(HatKind.SECRETARIAT, one.id): one for one in process.tracks}
    words = {str(hat): secretariat_words(one) for hat, one in offices.items() if str(hat) in acting}
    return words | {participants[key]: str(names[key]) for key in in_order(names)}


def secretariat_words(track: Track) -> str:
    """What keeps a track, in words."""
    if track.kind is TrackKind.GOVERNMENT:
        return _("Secretariat")
    name, _language = track.name.in_language(current_reading().language.code)
    return _("Coordination of %(network)s", network=name)
