"""Appointments with all that goes with them: account, contact card, invitation, and a word to who is concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from secretariat.accounts import queries, service
from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory import service as directory
from secretariat.directory.models import Appointment, RoleName
from secretariat.directory.policy import KEEPING_ROLES
from secretariat.directory.queries import mail_address_of, unconfirmed_address
from secretariat.directory.service import Details, Letter
from secretariat.mail import links, outbox
from secretariat.processes.models import Track


@dataclass(frozen=True, slots=True)
class Named:
    """Who is named, by which letter, from which day."""

    details: Details
    letter: Letter
    since: date | None = None
    until: date | None = None
    subject: LocalText | None = None
    department: LocalText | None = None


def name(session: ViewerSession, track: Track, role: RoleName, participant: UUID | None, named: Named) -> Appointment:
    """Name somebody on a track by letter on record. Who has no account is invited; who has one is told.

    `participant` is None for the secretariat's own people, and the chair for the people of its office.

    Raises NotAllowed, Refused.
    """
    return name_under(session, track, role, _hat(track, role, participant), named, chairs_for=participant)


def name_under(
    session: ViewerSession,
    track: Track,
    role: RoleName,
    hat: Hat,
    named: Named,
    *,
    chairs_for: UUID | None = None,
) -> Appointment:
    """The same under a hat that is given: for one meeting alone, say. Raises NotAllowed, Refused."""
    language = named.details.languages[0] if named.details.languages else ""
    user = service.account_for(session, named.details.mail, language)
    made = directory.appoint(
        session, track, role, hat, user.person_id, letter=named.letter, since=named.since, until=named.until,
        subject=named.subject, department=named.department, chairs_for=chairs_for,
    )  # fmt: skip
    _welcome(session, track, made, user, named.details)
    return made


def name_first(session: ViewerSession, track: UUID, details: Details, letter: Letter) -> None:
    """Name the first keeper of a track nobody keeps: an administrator's act. Who is suspended keeps nothing for the
    time being; whoever suspended the keeper names nobody in the place. Raises NotAllowed, Refused."""
    user = service.account_for(session, details.mail)
    away = queries.suspended_by_others(session, session.viewer.person)
    directory.appoint_first(session, track, user.person_id, letter=letter, away=away)
    hat = Hat(HatKind.SECRETARIAT, track)
    with system_access(session, Reason.ADMINISTRATION) as system:
        place = system.get_one(Track, track)
        card = directory.card_for(system, place, hat, user.person_id, details, confirmed=user.activated_at is not None)
        number = unconfirmed_address(system, card)
    service.invite(session, user, hat, number=number)


def hand_over(
    session: ViewerSession, appointment: Appointment, details: Details, *, on: date, letter: Letter
) -> Appointment:
    """Hand an appointment over to a successor, by the capital's letter; the predecessor is told.

    Raises NotAllowed, Refused.
    """
    track = session.scalar(select(Track).where(Track.id == appointment.track_id))
    if track is None:
        raise NotAllowed
    user = service.account_for(session, details.mail, details.languages[0] if details.languages else "")
    made = directory.hand_over(session, appointment, user.person_id, on=on, letter=letter)
    _welcome(session, track, made, user, details)
    _say_goodbye(session, track, appointment)
    return made


def end(session: ViewerSession, appointment: Appointment, *, on: date, why: str) -> None:
    """End an appointment; its holder is told. Raises NotAllowed, Refused."""
    directory.end_appointment(session, appointment, on=on, why=why)
    track = session.scalar(select(Track).where(Track.id == appointment.track_id))
    if track is not None:
        _say_goodbye(session, track, appointment)


def _hat(track: Track, role: RoleName, participant: UUID | None) -> Hat:
    if role in (KEEPING_ROLES[track.kind], RoleName.CHAIRS_OFFICE):
        return Hat(HatKind.SECRETARIAT, track.id)
    return Hat(HatKind.PARTICIPANT, participant)


def _welcome(session: ViewerSession, track: Track, made: Appointment, user: User, details: Details) -> None:
    card = directory.card_for(
        session, track, made.acts_as, user.person_id, details, confirmed=user.activated_at is not None
    )
    if user.activated_at is None:
        service.invite(session, user, made.acts_as, track, unconfirmed_address(session, card))
        return
    outbox.put(
        session,
        "appointment_made",
        key=f"appointment-made:{made.id}",
        person=user.person_id,
        hat=made.acts_as,
        process=track.process,
        track=track,
        subject={"appointment": made.id},
    )


def _say_goodbye(session: ViewerSession, track: Track, ended: Appointment) -> None:
    if ended.until is None:
        return
    if ended.until <= clock.today():
        links.revoke(session, person=ended.person_id, hat=ended.acts_as, track=ended.track_id)
    user = queries.user_of(session, ended.person_id)
    if user is None:
        return
    # Whose address nobody has confirmed is told nothing more than the invitation did: it may be another's.
    address = user.email if user.activated_at else mail_address_of(session, ended.person_id, track.process_id, track.id)
    if not address:
        return
    outbox.put(
        session,
        "appointment_ended",
        key=f"appointment-ended:{ended.id}:{ended.version}",  # an end put on another day is told again
        person=ended.person_id,
        hat=ended.acts_as,
        process=track.process,
        track=track,
        subject={"appointment": ended.id, "until": ended.until.isoformat()},
        address=address,
    )
