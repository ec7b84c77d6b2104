"""Named reads of persons, appointments and contact cards. All but the last three read with the session's eyes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, RoleName
from secretariat.processes.models import Participation, Process, StandingKind, Track

SPEAKING_ROLES = (RoleName.FOCAL_POINT, RoleName.ALTERNATE)


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
    """The focal points of a participant in a process on a day, then its alternates."""
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
    """Members of a track that have no focal point on a day. For the track's secretariat alone: never published."""
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
        Appointment.role == RoleName.FOCAL_POINT,
        *_held(on),
    )
    named = {Hat.parse(hat).id for hat in session.scalars(held)}
    return sorted(wanted - named, key=str)


def is_kept(session: Session, track: UUID, on: date) -> bool:
    """Whether anybody keeps a track on a day, or is appointed to from a later one. With all eyes."""
    hat = str(Hat(HatKind.SECRETARIAT, track))
    wanted = select(Appointment.id).where(
        Appointment.hat == hat, or_(Appointment.until.is_(None), Appointment.until > on)
    )
    with system_access(session, Reason.ADMINISTRATION) as system:
        return system.scalar(wanted.limit(1)) is not None


def tracks_without_keeper(session: Session, on: date) -> list[tuple[UUID, str, str]]:
    """Tracks nobody keeps on a day: id, acronym of the process, kind. For administrators, who see no more of them."""
    hats = select(Appointment.hat).where(
        Appointment.role.in_((RoleName.OFFICER, RoleName.COORDINATOR)),
        or_(Appointment.until.is_(None), Appointment.until > on),
    )
    with system_access(session, Reason.ADMINISTRATION) as system:
        kept = {Hat.parse(hat).id for hat in system.scalars(hats)}
        rows = system.execute(
            select(Track.id, Process.acronym, Track.kind).join(Process, Process.id == Track.process_id)
        )
        return sorted(
            ((track, acronym, kind.value) for track, acronym, kind in rows if track not in kept),
            key=lambda row: (row[1].casefold(), row[2], str(row[0])),
        )


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
