"""The host's list of a meeting: opened by the secretariat, kept true of the meeting and of who comes, seen to by the
host's protocol officers, and erased sixty days after the meeting (ADR 53)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.accounts import appointments
from secretariat.arrangements import policy, queries
from secretariat.arrangements.models import BadgeKind, HostedPerson, HostList
from secretariat.core import audit, clock
from secretariat.core.database import new_key
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.models import Job
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import SystemSession, ViewerSession
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment, RoleName
from secretariat.directory.service import end_with_its_list
from secretariat.meetings import queries as meetings
from secretariat.meetings.delegations import heads_first
from secretariat.meetings.models import Answer, Meeting, MeetingState
from secretariat.processes import clauses as clauses_of

MOST = 1000
"""Persons added by hand to one list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a participant says of one of its persons."""

    arrives_on: date | None = None
    arrival: str = ""
    leaves_on: date | None = None
    departure: str = ""
    hotel: str = ""
    diet: str = ""
    access: str = ""
    wants_visa_letter: bool = False
    listens_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTo:
    """What the host and the secretariat arrange for a person. Name, function and body are those of who was added by
    hand; of who was named for a delegation they follow that."""

    name: str = ""
    function: str = ""
    body: str = ""
    visa_letter_on: date | None = None
    badge: BadgeKind = BadgeKind.DELEGATION
    may_enter: bool = True
    seat: str = ""
    travel_paid_by: str = ""
    allowance: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is arranged for the meeting as a whole."""

    interpretation: tuple[str, ...] = ()
    booths: str = ""
    word: str = ""


# --- opening, and keeping true ------------------------------------------------------------------------------------


def open_list(session: ViewerSession, meeting: Meeting) -> HostList:
    """Begin the list of a meeting; who was named stands on it at once. The one there is, where there is one.

    Raises NotAllowed; Refused without days, and for a meeting whose list would be erased already.
    """
    require(policy.may_open(session.viewer, meeting))
    known = queries.list_of(session, meeting.id)
    if known is not None:
        return known
    first, last = _days(meeting)
    if first is None or last is None:
        raise Refused(_("The meeting has no days yet; a list is begun once they are set"))
    if policy.erased_after(last) <= clock.today():
        raise Refused(_("This meeting was more than sixty days ago; its list would be erased at once"))
    one = HostList(
        id=new_key(), process_id=meeting.process_id, track_id=meeting.track_id, meeting_id=meeting.id,
        title=meeting.title, starts_on=first, ends_on=last,
    )  # fmt: skip
    attach(session, one, [_of_the_desk(meeting, one.id)])
    session.flush()
    _follow(session, meeting, one.id)
    one.interpretation = list(meeting.languages)
    session.flush()
    _record(session, "host's list opened", one)
    return one


def follow_meeting(session: ViewerSession, meeting: Meeting) -> None:
    """Make the list of a meeting, if one is kept, say what is true of the meeting and of who comes now."""
    key = queries.key_of_list(session, meeting.id)
    if key is not None:
        session.flush()
        _follow(session, meeting, key)


def _days(meeting: Meeting) -> tuple[date | None, date | None]:
    if meeting.starts_on is None:
        return None, None
    return meeting.starts_on.first_day, (meeting.ends_on or meeting.starts_on).last_day


def _follow(session: ViewerSession, meeting: Meeting, key: UUID) -> None:
    """The secretariat changes a meeting and reads its whole list; a participant changes its own persons alone, and
    reads these."""
    one, mine = queries.list_by_id(session, key), session.viewer.participant
    first, last = _days(meeting)
    if one is not None:
        one.title, one.place, one.zone = meeting.title, meeting.place, meeting.zone
        one.starts_on, one.ends_on = first or one.starts_on, last or one.ends_on
        one.is_off = meeting.state in (MeetingState.CANCELLED, MeetingState.POSTPONED)
        one.languages, one.starting_letter = list(meeting.languages), meeting.starting_letter
        session.flush()
    known = {each.delegate_id: each for each in queries.persons_of(session, key) if each.delegate_id is not None}
    come: set[UUID] = set()
    for invitation in meetings.invitations_of(session, meeting.id):
        if invitation.answer is not Answer.ATTENDS or (one is None and invitation.participant_id != mine):
            continue  # a participant reads who else comes, and keeps its own persons alone
        for place, delegate in enumerate(heads_first(invitation.delegates)):
            come.add(delegate.id)
            _write(session, meeting, key, invitation.participant_id, place, delegate, known.get(delegate.id))
    for delegate_key, person in known.items():
        if delegate_key not in come:
            session.delete(person)  # who is no longer to come is not kept
    session.flush()


def _write(
    session: ViewerSession,
    meeting: Meeting,
    key: UUID,
    participant: UUID,
    place: int,
    delegate: Any,
    person: HostedPerson | None,
) -> None:
    said = (delegate.name, delegate.function, delegate.ministry, place, delegate.is_unlisted)
    if person is None:
        person = HostedPerson(
            process_id=meeting.process_id, track_id=meeting.track_id, list_id=key, participant_id=participant,
            delegate_id=delegate.id, name=delegate.name, function=delegate.function, body=delegate.ministry,
            place=place, is_unlisted=delegate.is_unlisted, listens_in=delegate.language,
        )  # fmt: skip
        attach(session, person, [_of_the_person(meeting, person)])
        return
    before = (person.name, person.function, person.body, person.place, person.is_unlisted)
    if before == said:
        return
    was_unlisted = person.is_unlisted
    person.name, person.function, person.body, person.place, person.is_unlisted = said
    session.flush()
    if was_unlisted != person.is_unlisted:
        relabel(session, person, [_of_the_person(meeting, person)], why="listed or kept off the list")
    else:
        renew(session, person, why="delegate changed")


def _of_the_desk(meeting: Meeting, key: UUID) -> Clause:
    audience = [clauses_of.secretariat(meeting.track), clauses_of.protocol(key)]
    return clauses_of.named(meeting.process, meeting.track, audience=audience)


def _of_the_person(meeting: Meeting, person: HostedPerson) -> Clause:
    """Who is kept off the circulated list is read by the participant and the secretariat alone, here as there."""
    audience = [clauses_of.secretariat(meeting.track)]
    if person.participant_id is not None:
        audience.append(clauses_of.participant(person.participant_id))
    if not person.is_unlisted:
        audience.append(clauses_of.protocol(person.list_id))
    return clauses_of.named(meeting.process, meeting.track, audience=audience)


# --- who sees to it -----------------------------------------------------------------------------------------------


def name_protocol_officer(
    session: ViewerSession, one: HostList, meeting: Meeting, named: appointments.Named
) -> Appointment:
    """Name who sees to the arrangements for the host, by letter on record: for this meeting and nothing else. The
    appointment ends with the list. Raises NotAllowed, Refused."""
    require(policy.may_name_protocol(session.viewer, one))
    hat = Hat(HatKind.PROTOCOL, one.id)
    return appointments.name_under(session, meeting.track, RoleName.PROTOCOL_OFFICER, hat, named)


# --- what is arranged ---------------------------------------------------------------------------------------------


def give(session: ViewerSession, person: HostedPerson, meeting: Meeting, given: Given) -> None:
    """Keep what a participant says of one of its own, until the meeting. Raises NotAllowed; Refused once it has begun
    or is called off, and for days that do not fit."""
    today = clock.today(meeting.zone or "UTC")
    if not policy.may_give(session.viewer, person, meeting, today):
        if policy.is_open(meeting, today):
            raise NotAllowed
        raise Refused(_("The meeting has begun or does not take place; tell the Secretariat what has changed"))
    _check_days(given)
    _keep(session, person, given)


def see_to(
    session: ViewerSession, one: HostList, person: HostedPerson, given: Given, seen: SeenTo, *, may_rename: bool
) -> None:
    """Keep what is arranged for a person. Raises NotAllowed, Refused."""
    require(policy.may_see_to(session.viewer, one) and person.list_id == one.id)
    _check_days(given)
    if may_rename and person.delegate_id is None:
        _check_name(seen)
        person.name, person.function, person.body = seen.name, seen.function, seen.body
    _see(person, seen)
    _keep(session, person, given)
    _record(session, "arrangements changed", one)


def add_person(session: ViewerSession, one: HostList, given: Given, seen: SeenTo) -> HostedPerson:
    """Put somebody on the list who belongs to no delegation: an interpreter, a speaker, the host's own people.

    Raises NotAllowed; Refused without a name."""
    require(policy.may_see_to(session.viewer, one))
    _check_days(given)
    _check_name(seen)
    if len(queries.persons_of(session, one.id)) >= MOST:
        raise Refused(_("This list is as long as it can be"), "name")
    person = HostedPerson(
        id=new_key(), process_id=one.process_id, track_id=one.track_id, list_id=one.id,
        name=seen.name, function=seen.function, body=seen.body,
    )  # fmt: skip
    _see(person, seen)
    ground = queries.ground_of(session, one)
    audience = [clauses_of.secretariat(ground.track), clauses_of.protocol(one.id)]  # type: ignore[arg-type]
    attach(session, person, [clauses_of.named(ground, ground.track, audience=audience)])  # type: ignore[arg-type]
    session.flush()
    _keep(session, person, given)
    _record(session, "person added to the host's list", one)
    return person


def remove_person(session: ViewerSession, one: HostList, person: HostedPerson) -> None:
    """Take off the list who was added by hand. Raises NotAllowed; Refused for who was named for a delegation."""
    require(policy.may_see_to(session.viewer, one) and person.list_id == one.id)
    if person.delegate_id is not None:
        raise Refused(_("This person was named for a delegation; the focal point takes the name off there"))
    session.delete(person)
    _record(session, "person taken off the host's list", one)
    session.flush()


def change_facts(session: ViewerSession, one: HostList, facts: Facts) -> None:
    """Keep what is arranged for the meeting as a whole. Raises NotAllowed."""
    require(policy.may_see_to(session.viewer, one))
    one.interpretation, one.booths, one.word = list(facts.interpretation), facts.booths, facts.word
    _record(session, "arrangements of the meeting changed", one)
    session.flush()


def _check_name(seen: SeenTo) -> None:
    if not seen.name.strip():
        raise Refused(_("Give the name, as it is to stand on the badge"), "name")


def _check_days(given: Given) -> None:
    if given.arrives_on and given.leaves_on and given.leaves_on < given.arrives_on:
        raise Refused(_("This person would leave before arriving; look at both days"), "leaves_on")


def _see(person: HostedPerson, seen: SeenTo) -> None:
    if seen.allowance is not None and not seen.currency:
        raise Refused(_("Give the currency of the allowance, for example USD"), "currency")
    person.visa_letter_on, person.badge, person.may_enter = seen.visa_letter_on, seen.badge, seen.may_enter
    person.seat, person.travel_paid_by = seen.seat, seen.travel_paid_by
    person.allowance = seen.allowance
    person.currency = seen.currency if seen.allowance is not None else ""


def _keep(session: ViewerSession, person: HostedPerson, given: Given) -> None:
    person.arrives_on, person.arrival = given.arrives_on, given.arrival
    person.leaves_on, person.departure = given.leaves_on, given.departure
    person.hotel, person.diet, person.access = given.hotel, given.diet, given.access
    person.wants_visa_letter, person.listens_in = given.wants_visa_letter, given.listens_in
    session.flush()
    renew(session, person, why="arrangements changed")


def _record(session: ViewerSession, act: str, one: HostList) -> None:
    """That something was arranged, never what or for whom: the trail is kept longer than the list."""
    ground = queries.ground_of(session, one)
    reads = [clauses_of.secretariat(ground.track)]  # type: ignore[arg-type]
    audit.record(
        session,
        act,
        chain=audit.chain_name(ground.slug, ground.track.slug),
        clauses=[clauses_of.named(ground, ground.track, audience=reads)],  # type: ignore[arg-type]
        subject=one,
    )


# --- erasing ------------------------------------------------------------------------------------------------------


def erase_what_is_over(system: SystemSession, on: date) -> int:
    """Erase the persons of each list whose sixty days have passed, with the papers made of it, and end the
    appointments made for it; how many lists. Done twice it does nothing more."""
    over = [
        one
        for one in system.scalars(select(HostList).where(HostList.erased_on.is_(None), HostList.ends_on < on))
        if policy.erased_after(one.ends_on) <= on
    ]
    for one in over:
        _erase(system, one, on)
    system.flush()
    return len(over)


def _erase(system: SystemSession, one: HostList, on: date) -> None:
    for person in system.scalars(select(HostedPerson).where(HostedPerson.list_id == one.id)):
        system.delete(person)
    one.erased_on, one.word, one.booths = on, "", ""
    for held in system.scalars(select(Appointment).where(Appointment.hat == str(Hat(HatKind.PROTOCOL, one.id)))):
        if held.until is None or held.until > on:
            end_with_its_list(system, held, on)
    for job in _papers_of(system, one.id):
        job.result, job.result_name = None, ""


def _papers_of(system: Session, key: UUID) -> list[Job]:
    made = system.scalars(select(Job).where(Job.result_name != ""))
    return [job for job in made if job.arguments.get("thing") == str(key)]
