"""The contact list of a process: who acts for whom, for what, in which languages and how to be reached, as far as the
reader may know. Page, paper, vCard and CSV are written from the same lines; each number stands there as its owner
allows. Two statements for the list and four for names, however long it is; two more among the people of a network,
which is told of liaison officers. A page reads of everybody what the order and the filters ask (`briefly`), and the
rest of those it shows (`in_full`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, literal, null, or_, select
from sqlalchemy.orm import Session

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.order import collation_key
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.core.sizes import among, in_size
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
class Wanted:
    """What is looked for; empty for everybody. `for_whom` is a hat as text."""

    role: str = ""
    for_whom: str = ""
    theme: str = ""
    language: str = ""

    def fits(self, line: Line) -> bool:
        return (
            self.role in ("", line.row.role.value)
            and self.for_whom in ("", line.row.hat)
            and self.theme in ("", line.theme)
            and (not self.language or self.language in line.languages)
        )


def _appointments(*columns: Any) -> Any:
    """Appointments, with the card of their person."""
    return select(*columns, null().label("listing_id")).outerjoin(
        ContactCard,
        and_(
            ContactCard.person_id == Appointment.person_id,
            ContactCard.process_id == Appointment.process_id,
            ContactCard.track_id == Appointment.track_id,
        ),
    )


def _held(*columns: Any) -> Any:
    """Those held in a process on a day."""
    return (
        _appointments(*columns)
        .where(
            Appointment.process_id == bindparam("process", type_=Appointment.process_id.type),
            Appointment.since <= bindparam("on", type_=Appointment.since.type),
            or_(Appointment.until.is_(None), Appointment.until > bindparam("on", type_=Appointment.since.type)),
        )
        .order_by(Appointment.since, Appointment.id)
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
)
_HELD = _held(*_COLUMNS)
_HELD_BRIEFLY = _held(
    Appointment.id, Appointment.hat, Appointment.role, Appointment.subject, Appointment.since, ContactCard.languages
)


@cache
def _held_of(size: int | None) -> Any:
    return _appointments(*_COLUMNS).where(among(Appointment.id, size))


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


def briefly(session: ViewerSession, process: Process, on: date) -> list[Line]:
    """The same of everybody as far as order and filters ask: whom one acts for, as what, for what, in which languages.
    What is shown is read with `in_full`."""
    return _lines(session, process, session.execute(_HELD_BRIEFLY, {"process": process.id, "on": on}).all())


def in_full(session: ViewerSession, lines: Sequence[Line]) -> list[Line]:
    """These lines with all that is known of them, in their order, with the numbers their reader may see."""
    keys = sorted((one.id for one in lines if not one.is_listed), key=str)
    rows: dict[UUID, Row[*tuple[Any, ...]]] = {}
    if keys:
        statement, given = in_size(_held_of, keys)
        rows = {row.id: row for row in session.execute(statement, given)}
    found = (one if one.is_listed else Line(rows[one.id], one.acts_for, one.theme) for one in lines)
    return with_numbers(session, list(found))


def _lines(session: ViewerSession, process: Process, held: Sequence[Row[*tuple[Any, ...]]]) -> list[Line]:
    rows = list(held)
    if _among_a_network(session, process):
        rows += session.execute(_LISTED, {"process": process.id}).all()
    words = acts_for(session, process, {row.hat for row in rows})
    place = {hat: number for number, hat in enumerate(words)}
    lines = [Line(row, words[row.hat], _theme(row.subject)) for row in rows if row.hat in words]
    return sorted(lines, key=lambda one: (place[one.row.hat], _PLACE_OF_ROLE[one.row.role], one.row.since, one.id))


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


def by_theme(lines: Iterable[Line]) -> list[Line]:
    """Who is named for one subject, in the order of subjects."""
    spoken = current_reading().language.code
    return sorted((one for one in lines if one.theme), key=lambda one: collation_key(one.theme, spoken))


def themes_of(lines: Iterable[Line]) -> list[str]:
    """The subjects somebody is named for."""
    spoken = current_reading().language.code
    return sorted({one.theme for one in lines if one.theme}, key=lambda one: collation_key(one, spoken))


def _theme(subject: LocalText | None) -> str:
    return local_text(subject) if subject else ""


def acts_for(session: Session, process: Process, hats: Collection[str]) -> dict[str, str]:
    """Whom each hat acts for, in words, in the order in which they stand."""
    acting = {one: Hat.parse(one) for one in hats}
    participants = {hat.id: text for text, hat in acting.items() if hat.kind is HatKind.PARTICIPANT}
    names = names_of(session, participants, process=process.id)
    tracks = session.scalars(select(Track).where(Track.process_id == process.id).order_by(Track.position)).all()
    offices = {Hat(HatKind.SECRETARIAT, one.id): one for one in tracks}
    words = {str(hat): secretariat_words(one) for hat, one in offices.items() if str(hat) in acting}
    return words | {participants[key]: str(names[key]) for key in in_order(names)}


def secretariat_words(track: Track) -> str:
    """What keeps a track, in words."""
    if track.kind is TrackKind.GOVERNMENT:
        return _("Secretariat")
    name, _language = track.name.in_language(current_reading().language.code)
    return _("Coordination of %(network)s", network=name)
