"""Named reads of persons, appointments and contact cards. All but the last three read with the session's eyes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from secretariat.core.dates import passed
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, RoleName
from secretariat.processes.models import ChairTerm, Participation, Process, StandingKind, Track, TrackKind

PRESIDING = ("chair", "co_chair")
"""Who chairs now: not who did or will, nor the host. Advice to the chair is for the chair alone."""
SPEAKING_ROLES = (RoleName.FOCAL_POINT, RoleName.ALTERNATE, RoleName.REPRESENTATIVE)
"""Who speaks for a participant on one side of a process: for a government, or for an organization of a network among
its own. No side has both."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a directory: an appointment, and the card of its person in the same process and track."""

    appointment: Appointment
    card: ContactCard | None


def appointments_on(session: Session, process: UUID, on: date, *, track: UUID | None = None) -> list[Appointment]:
    """The appointments of a process that hold on a day."""
    wanted = select(Appointment).where(Appointment.process_id == process, *_held(on))
    if track is not None:
        wanted = wanted.where(Appointment.track_id == track)
    return list(session.scalars(wanted.order_by(Appointment.since, Appointment.id)))


def ended_appointments(session: Session, process: UUID, on: date) -> list[Appointment]:
    """The appointments of a process that have ended, the latest first."""
    wanted = select(Appointment).where(Appointment.process_id == process, Appointment.until <= on)
    return list(session.scalars(wanted.order_by(Appointment.until.desc(), Appointment.id)))


def with_cards(session: Session, appointments: Iterable[Appointment]) -> list[Entry]:
    """Appointments with the cards of their persons; two more statements, however many."""
    held = list(appointments)
    if not held:
        return []
    cards = {
        (card.person_id, card.process_id, card.track_id): card
        for card in session.scalars(
            select(ContactCard)
            .where(
                ContactCard.person_id.in_(sorted({one.person_id for one in held}, key=str)),
                ContactCard.process_id.in_(sorted({one.process_id for one in held if one.process_id}, key=str)),
            )
            .options(selectinload(ContactCard.numbers))
        )
    }
    return [
        Entry(one, cards.get((one.person_id, one.process_id, one.track_id)))  # type: ignore[arg-type]
        for one in held
    ]


def focal_points_of(session: Session, participant: UUID, process: UUID, on: date) -> list[Entry]:
    """The focal points of a participant in a process on a day, then its alternates; in a network its
    representatives."""
    hat = str(Hat(HatKind.PARTICIPANT, participant))
    wanted = select(Appointment).where(
        Appointment.process_id == process, Appointment.hat == hat, Appointment.role.in_(SPEAKING_ROLES), *_held(on)
    )
    found = sorted(session.scalars(wanted), key=lambda one: (SPEAKING_ROLES.index(one.role), one.since, str(one.id)))
    return with_cards(session, found)


def history_of(session: Session, participant: UUID, process: UUID) -> list[Entry]:
    """Everybody a participant has appointed in a process, first to last."""
    hat = str(Hat(HatKind.PARTICIPANT, participant))
    wanted = select(Appointment).where(Appointment.process_id == process, Appointment.hat == hat)
    return with_cards(session, session.scalars(wanted.order_by(Appointment.since, Appointment.id)))


def cards_of(session: Session, person: UUID) -> list[ContactCard]:
    """The contact cards of a person that the session's reader may read."""
    wanted = select(ContactCard).where(ContactCard.person_id == person).options(selectinload(ContactCard.numbers))
    return list(session.scalars(wanted.order_by(ContactCard.process_id, ContactCard.track_id)))


def vacancies(session: Session, process: Process, track: Track, on: date) -> list[UUID]:
    """Members of a track that have no focal point, or in a network no representative, on a day. For the track's
    secretariat alone: never published."""
    members = session.scalars(
        select(Participation).where(
            Participation.process_id == process.id,
            Participation.track_id == track.id,
            Participation.standing == StandingKind.MEMBER,
            Participation.participant_id.is_not(None),
        )
    )
    wanted = {one.participant_id for one in members if one.held_on(on) and one.participant_id}
    held = select(Appointment.hat).where(
        Appointment.process_id == process.id,
        Appointment.track_id == track.id,
        Appointment.role.in_((RoleName.FOCAL_POINT, RoleName.REPRESENTATIVE)),
        *_held(on),
    )
    named = {Hat.parse(hat).id for hat in session.scalars(held)}
    return sorted(wanted - named, key=str)


KEEPERS = (RoleName.OFFICER, RoleName.CHAIRS_OFFICE, RoleName.COORDINATOR)
"""As what one is appointed who keeps a track."""


def is_kept(session: Session, track: UUID, on: date, away: Collection[UUID] = ()) -> bool:
    """Whether anybody but those who are `away` keeps a track on a day, or is appointed to from a later one. With all
    eyes."""
    return any(one == track for one, _acronym, _kind in _kept(session, on, away))


def kept_tracks(session: Session, on: date, away: Collection[UUID] = ()) -> list[tuple[UUID, str, str]]:
    """Tracks somebody but those who are `away` keeps, or will: id, acronym of the process, kind. For administrators,
    who see no more of them."""
    return sorted(_kept(session, on, away), key=lambda row: (row[1].casefold(), row[2], str(row[0])))


def keepers(system: SystemSession, on: date, away: Collection[UUID] = ()) -> list[Appointment]:
    """The appointments by which tracks are kept on a day or will be, less those of a chair's office whose term is over
    and of persons who are `away`."""
    held = system.scalars(
        select(Appointment).where(
            Appointment.role.in_(KEEPERS), or_(Appointment.until.is_(None), Appointment.until > on)
        )
    ).all()
    return [one for one in held if one.person_id not in away and chairs_still(system, one, on)]


def chairs_still(system: SystemSession, one: Appointment, on: date) -> bool:
    """Whether the term an appointment to a chair's office rests on runs, or is still to come; True for all others."""
    return one.role is not RoleName.CHAIRS_OFFICE or any(not passed(term.until, on) for term in _terms(system, one))


def serves(system: SystemSession, one: Appointment, on: date) -> bool:
    """Whether an appointment holds on a day and, for a chair's office, the term it rests on runs."""
    if not one.held_on(on):
        return False
    return one.role is not RoleName.CHAIRS_OFFICE or any(term.held_on(on) for term in _terms(system, one))


def _terms(system: SystemSession, one: Appointment) -> Sequence[ChairTerm]:
    return system.scalars(
        select(ChairTerm).where(
            ChairTerm.participant_id == one.chairs_for_id,
            ChairTerm.process_id == one.process_id,
            ChairTerm.body_id.is_(None),
            ChairTerm.role.in_(PRESIDING),
        )
    ).all()


def presiding_over(session: Session, process: UUID, on: date) -> list[UUID]:
    """The participants that chair a process on a day, or will; the one whose term began first stands first."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        terms = system.scalars(
            select(ChairTerm).where(
                ChairTerm.process_id == process, ChairTerm.body_id.is_(None), ChairTerm.role.in_(PRESIDING)
            )
        )
        going_on = [one for one in terms if one.participant_id and not passed(one.until, on)]
        going_on.sort(key=lambda one: one.since.first_day if one.since else date.min)
        return [one.participant_id for one in going_on if one.participant_id]


def _kept(session: Session, on: date, away: Collection[UUID]) -> list[tuple[UUID, str, str]]:
    with system_access(session, Reason.ADMINISTRATION) as system:
        kept = {one.acts_as.id for one in keepers(system, on, away)}
        return [row for row in _tracks(system) if row[0] in kept]


def _tracks(system: SystemSession) -> list[tuple[UUID, str, str]]:
    """Each track with the acronym of its process; beside it a number where it is not the first network there."""
    wanted = select(Track.id, Process.id, Process.acronym, Track.kind).join(Process, Process.id == Track.process_id)
    found, networks = [], Counter[UUID]()
    for track, process, acronym, kind in system.execute(wanted.order_by(Track.position, Track.id)):
        networks[process] += kind is TrackKind.CIVIL_SOCIETY
        one_more = kind is TrackKind.CIVIL_SOCIETY and networks[process] > 1
        found.append((track, f"{acronym} ({networks[process]})" if one_more else acronym, kind.value))
    return found


def tracks_without_keeper(session: Session, on: date, away: Collection[UUID] = ()) -> list[tuple[UUID, str, str]]:
    """Tracks nobody but those who are `away` keeps on a day: id, acronym of the process, kind. For administrators, who
    see no more of them."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        kept = {one.acts_as.id for one in keepers(system, on, away)}
        open_ones = [row for row in _tracks(system) if row[0] not in kept]
    return sorted(open_ones, key=lambda row: (row[1].casefold(), row[2], str(row[0])))


def mail_address_of(session: Session, person: UUID, process: UUID, track: UUID) -> str:
    """Where the product writes to a person of a process and track; empty where nothing is known. With all eyes."""
    wanted = (
        select(ContactNumber.value)
        .join(ContactCard, ContactCard.id == ContactNumber.card_id)
        .where(
            ContactCard.person_id == person,
            ContactCard.process_id == process,
            ContactCard.track_id == track,
            ContactNumber.kind == "mail",
            ContactNumber.for_mail,
        )
        .order_by(ContactNumber.value)
    )
    with system_access(session, Reason.MAIL) as system:
        return system.scalar(wanted.limit(1)) or ""


def unconfirmed_address(session: Session, card: UUID) -> UUID | None:
    """The mail address of a card that is not written to yet, where no other is; its key. With all eyes."""
    wanted = select(ContactNumber).where(ContactNumber.card_id == card, ContactNumber.kind == "mail")
    with system_access(session, Reason.MAIL) as system:
        numbers = system.scalars(wanted.order_by(ContactNumber.value)).all()
        return numbers[0].id if numbers and not any(one.for_mail for one in numbers) else None


def _held(on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (Appointment.since <= on, or_(Appointment.until.is_(None), Appointment.until > on))


def telephones_of(session: Session, persons: Iterable[UUID], process: UUID | None = None) -> dict[UUID, list[str]]:
    """The telephone numbers of persons, as far as each lets the reader see them; of one process's cards, or of all."""
    wanted = (
        select(ContactCard.person_id, ContactNumber.value)
        .join(ContactNumber, ContactNumber.card_id == ContactCard.id)
        .where(ContactCard.person_id.in_(list(persons)), ContactNumber.kind != "mail")
        .order_by(ContactNumber.kind, ContactNumber.value)
    )
    if process is not None:
        wanted = wanted.where(ContactCard.process_id == process)
    found: dict[UUID, list[str]] = {}
    for person, value in session.execute(wanted):
        if value not in found.setdefault(person, []):
            found[person].append(value)
    return found
