"""Guests: participants that do not read a meeting, and the network, invited to single items of it.

What a guest is told is copied beside the meeting and kept true here: title, place, and of each of its items the title,
the day and the hours. Nothing new reaches it of an item that has come under a narrower label, or left the agenda.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core import audit, clock
from secretariat.core.labelling import attach, label_value, renew
from secretariat.core.labels import Addressee, LabelValue, Named, implied
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.directory.contacts import coordination_of
from secretariat.mail import outbox
from secretariat.meetings import guest_queries, guest_ties, policy, queries
from secretariat.meetings.guest_models import Guest, GuestItem, GuestSeat
from secretariat.meetings.models import AgendaItem, Answer, Meeting, MeetingState
from secretariat.meetings.service.inviting import Invited, check_day, kept_until, plain_name
from secretariat.meetings.service.record import record
from secretariat.meetings.timetable import timetable
from secretariat.processes import clauses as clauses_of

INVITED, CHANGED, CALLED_OFF = "guest_invitation", "guest_changed", "guest_called_off"
"""The notices of these names."""
SETTLED = timedelta(minutes=30)
"""An agenda is put in order in many small steps: a guest is told so long after the last of them, and once."""
MOST_NAMES, LONGEST_NAME = 20, 300
_OFF = (MeetingState.CANCELLED, MeetingState.POSTPONED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestReply:
    """What a guest answers; `names` are the persons who come, one a line; `reason`, of a network's coordination, why it
    answers otherwise than its organizations chose."""

    answer: Answer
    names: str = ""
    will_answer_by: date | None = None
    reason: str = ""


# --- inviting -----------------------------------------------------------------------------------------------------


def invite_guests(
    session: ViewerSession,
    meeting: Meeting,
    participants: Collection[UUID],
    networks: Collection[UUID],
    items: Collection[UUID],
    *,
    answer_by: date | None = None,
) -> Invited:
    """Invite to these items and to nothing else: one mail to each focal point, alternates their own, and to each who
    coordinates a network.

    Raises NotAllowed; Refused where nobody or nothing is chosen, and for what cannot be opened.
    """
    if not policy.may_invite(session.viewer, meeting):
        raise NotAllowed
    check_day(meeting, answer_by)
    today = clock.today()
    offered = guest_queries.participants_to_open_to(session, meeting, today)
    walls = {one.id for one in guest_queries.networks_to_open_to(session, meeting)}
    if not participants and not networks:
        raise Refused(_("Tick at least one participant"), "guests")
    if not set(participants) <= set(offered) or not set(networks) <= walls:
        raise Refused(_("One of those chosen can no longer be invited; look through the list again"), "guests")
    opened = _opened(session, meeting, items)
    made = [_guest(session, meeting, answer_by, participant=key, standing=offered[key].value) for key in participants]
    made += [_guest(session, meeting, answer_by, network=key) for key in networks]
    keys = [one.id for one in made]
    for one in made:
        _open_items(session, meeting, one, opened)
    session.flush()
    mails = follow_guests(session, meeting, invited=keys)
    record(
        session,
        "guests invited to single items",
        meeting,
        participants=[str(one) for one in participants],
        networks=[str(one) for one in networks],
        items=[str(one.id) for one in opened],
    )
    reached = _reached(session, meeting, participants)
    return Invited(len(keys), mails, tuple(one for one in participants if one not in reached))


def change_items(session: ViewerSession, meeting: Meeting, guest: Guest, items: Collection[UUID]) -> int:
    """Open these items to a guest, and no others; how many mails will leave. Raises NotAllowed, Refused."""
    if not policy.may_invite(session.viewer, meeting):
        raise NotAllowed
    opened, known = _opened(session, meeting, items), {one.item_id for one in guest.items}
    key = guest.id
    _open_items(session, meeting, guest, [one for one in opened if one.id not in known])
    gone = known - {one.id for one in opened}
    with system_access(session, Reason.MAIL) as system:
        _close(system, [key], gone)
    record(session, "items of a guest changed", meeting, items=[str(one) for one in items])
    return follow_guests(session, meeting)


def withdraw_guest(session: ViewerSession, meeting: Meeting, guest: Guest) -> int:
    """Take an invitation back: nothing of the agenda stays with the guest, and the entry leaves its calendar. How many
    mails will leave. Raises NotAllowed."""
    if not policy.may_keep(session.viewer, meeting):
        raise NotAllowed
    key, known = guest.id, {one.item_id for one in guest.items}
    record(session, "guest withdrawn", meeting, participant=guest.participant_id, network=str(guest.network_id or ""))
    with system_access(session, Reason.MAIL) as system:
        _close(system, [key], known)
    return follow_guests(session, meeting)


def _opened(session: ViewerSession, meeting: Meeting, items: Collection[UUID]) -> list[AgendaItem]:
    can = {one.id: one for one in guest_queries.items_to_open(session, meeting.id)}
    if not items:
        raise Refused(_("Tick at least one item of the agenda"), "items")
    if not set(items) <= set(can):
        raise Refused(_("One of these items can no longer be opened; look through the list again"), "items")
    return [one for key, one in can.items() if key in set(items)]


def _guest(
    session: ViewerSession,
    meeting: Meeting,
    answer_by: date | None,
    *,
    participant: UUID | None = None,
    network: UUID | None = None,
    standing: str = "",
) -> Guest:
    """A guest that was invited and withdrawn before is the same one again, and so is its entry in calendars."""
    which = Guest.participant_id == participant if participant is not None else Guest.network_id == network
    known = session.scalar(select(Guest).where(Guest.meeting_id == meeting.id, which))
    one = known or Guest(
        process_id=meeting.process_id,
        track_id=meeting.track_id,
        meeting_id=meeting.id,
        participant_id=participant,
        network_id=network,
        title=meeting.title,
    )
    one.standing, one.invited_at, one.answer_by, one.withdrawn_at = standing, clock.now(), answer_by, None
    one.answer, one.names, one.ends_on, one.told_digest = Answer.AWAITED, "", kept_until(meeting), ""
    if known is not None:
        one.sequence += 1
        session.flush()
        renew(session, one, why="guest invited again")
        return one
    itself = (
        clauses_of.participant(participant)
        if participant
        else Addressee(Named.SECRETARIAT, network or meeting.track_id)
    )
    audience = [itself, clauses_of.secretariat(meeting.track)]
    attach(session, one, [clauses_of.named(meeting.process, meeting.track, audience=audience)])
    session.flush()
    return one


def _open_items(session: ViewerSession, meeting: Meeting, guest: Guest, items: Sequence[AgendaItem]) -> None:
    for item in items:
        told = GuestItem(guest_id=guest.id, item_id=item.id, title=item.title, opened_label_id=item.label_id)
        attach(session, told, container=guest)
        seat = GuestSeat(
            item_id=item.id,
            guest_id=guest.id,
            participant_id=guest.participant_id,
            network_id=guest.network_id,
            standing=guest.standing,
            answer=guest.answer,
            names=guest.names,
        )
        attach(session, seat, container=item)
    session.flush()
    session.expire(guest, ["items"])


def _reached(session: ViewerSession, meeting: Meeting, participants: Collection[UUID]) -> set[UUID]:
    contacts = queries.contacts_of(session, meeting.process_id, meeting.track_id, clock.today(), participants)
    return {one.participant for one in contacts}


# --- what guests are told, kept true ------------------------------------------------------------------------------


def follow_guests(session: Session, meeting: Meeting, *, invited: Collection[UUID] = (), settles: bool = False) -> int:
    """Copy to the guests of a meeting what they are told of it now, and write to those for whom it changed; `invited`
    are those written to for the first time. How many mails will leave.

    With all eyes: hours follow from items which neither the guest nor, it may be, who changes the agenda reads.
    """
    process, key = meeting.process_id, meeting.id
    with system_access(session, Reason.MAIL) as system:
        guests = system.scalars(
            select(Guest)
            .where(Guest.meeting_id == key, Guest.withdrawn_at.is_(None))
            .options(selectinload(Guest.items), joinedload(Guest.process))
            .order_by(Guest.id)
        ).all()
        if not guests:
            return 0
        now = system.scalars(select(Meeting).where(Meeting.id == key).options(selectinload(Meeting.sittings))).one()
        agenda = {one.id: one for one in queries.agenda_of(system, key)}
        hours = _hours(now, list(agenda.values()))
        assert all(one.process_id == process for one in guests)
        return sum(_follow(system, one, now, agenda, hours, first=one.id in invited, settles=settles) for one in guests)


def _follow(
    system: SystemSession,
    guest: Guest,
    meeting: Meeting,
    agenda: dict[UUID, AgendaItem],
    hours: dict[UUID, tuple[date | None, Any, Any]],
    *,
    first: bool,
    settles: bool,
) -> int:
    was = guest.state
    closed = {one.item_id for one in guest.items if not _is_open(system, one, agenda)}
    _close(system, [guest.id], closed)
    system.expire(guest, ["items"])
    guest.title, guest.place, guest.is_online = meeting.title, meeting.place, meeting.is_online
    guest.zone, guest.state = meeting.zone, meeting.state
    said_anew = system.is_modified(guest)
    for position, one in enumerate(sorted(guest.items, key=lambda each: agenda[each.item_id].position)):
        one.title, one.position = agenda[one.item_id].title, position
        one.day, one.begins, one.ends = hours.get(one.item_id, (None, None, None))
        said_anew = said_anew or system.is_modified(one)
    guest.last_on = max((one.day for one in guest.items if one.day is not None), default=None)
    guest.ends_on = kept_until(meeting)
    is_anew = bool(guest.items) and was in _OFF and guest.state is MeetingState.ANNOUNCED
    if not guest.items:
        guest.withdrawn_at, guest.names, guest.answer = clock.now(), "", Answer.AWAITED
    elif is_anew:
        _ask_anew(system, guest)
    system.flush()
    guest_ties.follow(system, guest, is_anew=is_anew or first)
    if said_anew:
        renew(system, guest, why="what a guest is told changed")
    told = _told(guest)
    if guest.told_digest == told or guest.state in (MeetingState.HELD, MeetingState.CLOSED):
        return 0
    guest.told_digest = told
    if first:
        return _tell(system, guest, INVITED)
    guest.sequence += 1
    system.flush()
    off = guest.withdrawn_at is not None or guest.state in _OFF
    wait = SETTLED if settles else timedelta()
    return _tell(system, guest, CALLED_OFF if off else CHANGED, not_before=clock.now() + wait)


def _ask_anew(system: SystemSession, guest: Guest) -> None:
    """What was answered was answered for other days."""
    guest.answer, guest.names, guest.answered_at, guest.answered_by_id = Answer.AWAITED, "", None, None
    guest.answer_by = guest.will_answer_by = None
    guest.invited_at = clock.now()
    _copy_to_seats(system, guest)


def _told(guest: Guest) -> str:
    """A digest of what stands in the guest's calendar, whatever the order in which its items were read; of what is
    called off nothing stands there, whatever becomes of the days and the agenda meanwhile."""
    if guest.withdrawn_at is not None and guest.state is not MeetingState.CANCELLED:
        return hashlib.sha256(b"withdrawn").hexdigest()
    if guest.state in _OFF:
        return hashlib.sha256(guest.state.value.encode()).hexdigest()
    told_of = sorted(guest.items, key=lambda one: str(one.item_id))
    items = [[str(one.item_id), one.title.to_json(), *map(str, (one.day, one.begins, one.ends))] for one in told_of]
    place = guest.place.to_json() if guest.place is not None else None
    told = [guest.title.to_json(), place, guest.is_online, guest.zone, False, items]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _is_open(system: SystemSession, one: GuestItem, agenda: dict[UUID, AgendaItem]) -> bool:
    """Whether an item still stands on the agenda, for all who read the meeting, and for no fewer than when it was
    opened to the guest."""
    item = agenda.get(one.item_id)
    if item is None or item.is_break or item.own_label_id is not None:
        return False
    if item.within_id is not None and agenda[item.within_id].own_label_id is not None:
        return False
    return is_as_wide(label_value(system, item.label_id), label_value(system, one.opened_label_id))


def is_as_wide(now: LabelValue, before: LabelValue) -> bool:
    """Whether whoever satisfied the label of before satisfies that of now, whoever has left between them."""
    had = [clauses_of.of_any_generation(one) for one in before.clauses]
    return all(any(implied(clauses_of.of_any_generation(one), by) for by in had) for one in now.clauses)


def _hours(meeting: Meeting, agenda: list[AgendaItem]) -> dict[UUID, tuple[date | None, Any, Any]]:
    """Day and hours of each item; those of the day as a whole where the minutes before it are not all known."""
    days: dict[date, list[datetime]] = {}
    for part in meeting.sittings:
        days.setdefault(part.day, []).extend([part.begins_wall, part.ends_wall])
    first = meeting.starts_on.first_day if meeting.starts_on is not None else None
    found: dict[UUID, tuple[date | None, Any, Any]] = {}
    for day in timetable(agenda, meeting.sittings, first):
        whole = days.get(day.on) if day.on is not None else None
        for slot in day.slots:
            begins = slot.begins
            ends = begins + timedelta(minutes=slot.minutes) if begins is not None and slot.minutes else None
            if begins is None or ends is None or ends.date() != begins.date():
                begins, ends = (min(whole), max(whole)) if whole else (None, None)
            found[slot.item.id] = (
                day.on,
                begins.time() if begins is not None else None,
                ends.time() if ends is not None else None,
            )
    return found


def close_item(session: Session, item: UUID) -> None:
    """An item leaves the agenda: first its guests' copies and seats."""
    with system_access(session, Reason.MAIL) as system:
        guests = list(system.scalars(select(GuestItem.guest_id).where(GuestItem.item_id == item)))
        _close(system, guests, [item])


def _close(system: SystemSession, guests: Collection[UUID], items: Iterable[UUID]) -> None:
    keys = list(items)
    if guests and keys:
        for kind in (GuestItem, GuestSeat):
            for one in system.scalars(select(kind).where(kind.guest_id.in_(list(guests)), kind.item_id.in_(keys))):
                system.delete(one)
        system.flush()


def guests_told(session: ViewerSession, meeting: Meeting) -> list[tuple[UUID | None, int]]:
    """Who among the guests is written to when their meeting is called off, and how many letters each receives: the
    participant, or None for a network. Guests to whom no letter would go are left out."""
    with system_access(session, Reason.MAIL) as system:
        found = system.scalars(
            select(Guest).where(Guest.meeting_id == meeting.id, Guest.withdrawn_at.is_(None)).order_by(Guest.id)
        ).all()
        counted = [(one.participant_id, len(_recipients(system, one))) for one in found]
    return [one for one in counted if one[1]]


def _recipients(system: SystemSession, guest: Guest) -> list[tuple[UUID, Any, bool]]:
    """Who answers for a guest, under which hat, and whether as an alternate; nobody once its items are over."""
    on = clock.today()
    if guest.last_on is not None and guest.last_on < clock.today(guest.zone or "UTC"):
        return []
    if guest.network_id is not None:
        return [(one.person, one.hat, False) for one in coordination_of(system, guest.network_id, on)]
    whose = {guest.participant_id} if guest.participant_id is not None else set()
    contacts = queries.contacts_of(system, guest.process_id, guest.track_id, on, whose)
    return [(one.person, one.hat, one.is_alternate) for one in contacts]


def _tell(system: SystemSession, guest: Guest, notice: str, *, not_before: datetime | None = None) -> int:
    """One mail to each who answers for a guest."""
    told = _recipients(system, guest)
    for person, hat, is_alternate in told:
        outbox.put(
            system,
            notice,
            key=f"{notice}:{guest.id}:{guest.sequence}:{person}",
            process=guest.process,
            track=guest.network if guest.network_id is not None else guest.track,
            person=person,
            hat=hat,
            subject={"guest": guest.id, "sequence": guest.sequence, "alternate": is_alternate},
            not_before=not_before,
        )
    return len(told)


# --- answers ------------------------------------------------------------------------------------------------------


def answer_guest(session: ViewerSession, guest: Guest, reply: GuestReply) -> None:
    """Keep a guest's own answer; a later one takes its place until its items are over.

    Raises NotAllowed; Refused where the answer means nothing any more, for a day that is past, and for names that
    cannot stand.
    """
    if not policy.may_answer_guest(session.viewer, guest):
        raise NotAllowed
    check_guest_answerable(guest)
    names = _checked(guest, reply)
    guest_ties.look_at(session, guest, replace(reply, names=names))
    guest.answer, guest.names = reply.answer, names
    guest.will_answer_by = reply.will_answer_by if reply.answer is Answer.WILL_ANSWER else None
    guest.answered_at, guest.answered_by_id = clock.now(), session.viewer.person
    process, track = guest.process, guest.network or guest.track
    session.flush()
    readers = [clauses_of.secretariat(guest.track)] if guest.track is not None else []
    own = clauses_of.participant(guest.participant_id) if guest.participant_id else clauses_of.secretariat(track)
    audit.record(
        session,
        "guest answered",
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses_of.named(process, track, audience=[*readers, own])],
        subject=guest,
        content={"answer": reply.answer.value},
    )
    renew(session, guest, why="guest answered")
    key = guest.id
    with system_access(session, Reason.MAIL) as system:
        _copy_to_seats(system, system.get_one(Guest, key))


def check_guest_answerable(guest: Guest) -> None:
    """Raises Refused, saying why an answer would mean nothing any more."""
    if guest.withdrawn_at is not None:
        raise Refused(_("This invitation was taken back; no answer is needed any more"))
    if guest.state is MeetingState.CANCELLED:
        raise Refused(_("This meeting was cancelled; no answer is needed any more"))
    if guest.state is MeetingState.POSTPONED:
        raise Refused(_("This meeting was postponed; you will be asked again when the new days are known"))
    is_over = guest.last_on is not None and guest.last_on < clock.today(guest.zone or "UTC")
    if is_over or guest.state is not MeetingState.ANNOUNCED:
        raise Refused(_("This meeting is over; an answer is no longer needed"))


def _checked(guest: Guest, reply: GuestReply) -> str:
    """The names, one a line. Raises Refused."""
    if reply.answer is Answer.AWAITED:
        raise Refused(_("Choose one of the answers"), "answer")
    if reply.answer is Answer.WILL_ANSWER:
        if reply.will_answer_by is None:
            raise Refused(_("Give the day by which you will know"), "will_answer_by")
        if reply.will_answer_by < clock.today(guest.zone or "UTC"):
            raise Refused(_("That day is past; give one to come"), "will_answer_by")
        if guest.last_on is not None and reply.will_answer_by > guest.last_on:
            raise Refused(_("That day lies after the meeting; give one before it ends"), "will_answer_by")
    if reply.answer is not Answer.ATTENDS:
        return ""
    names = [" ".join(line.split()) for line in reply.names.splitlines() if line.strip()]
    twice = next((name for name in names if Counter(map(plain_name, names))[plain_name(name)] > 1), None)
    if twice is not None:
        raise Refused(_("“%(name)s” stands there twice", name=twice), "names")
    long = next((name for name in names if len(name) > LONGEST_NAME), None)
    if long is not None:
        raise Refused(_("One of the names is longer than can be; write one person on each line"), "names")
    if len(names) > MOST_NAMES:
        raise Refused(_("That is more than can be; write to the Secretariat"), "names")
    return "\n".join(names)


def _copy_to_seats(system: SystemSession, guest: Guest) -> None:
    for seat in system.scalars(select(GuestSeat).where(GuestSeat.guest_id == guest.id)):
        if (seat.answer, seat.names) != (guest.answer, guest.names):
            seat.answer, seat.names = guest.answer, guest.names
            system.flush()
            renew(system, seat, why="guest answered")


def forget_guests(system: SystemSession) -> int:
    """Take away the persons named by guests of meetings whose time has come; how many guests."""
    ended = system.scalars(select(Guest).where(Guest.ends_on <= clock.today(), Guest.names != "")).all()
    for one in ended:
        one.names = ""
        for seat in system.scalars(select(GuestSeat).where(GuestSeat.guest_id == one.id)):
            seat.names = ""
    system.flush()
    return len(ended)
