"""Reading meetings. All of it under the reader's eyes, in a number of statements that does not grow with the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core import clock
from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import label_value
from secretariat.core.labels import Clause, satisfies
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import ANONYMOUS_ID, Hat, HatKind, Standing, Viewer, frozen
from secretariat.directory.models import Appointment, RoleName
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import (
    AgendaItem,
    Answer,
    Invitation,
    ItemProposal,
    ItemState,
    Meeting,
    MeetingNote,
    MeetingNotice,
    MeetingState,
    Outcome,
    OutcomeParty,
    OutcomeState,
)
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    LifeState,
    Participant,
    ParticipantName,
    Participation,
    Process,
    StandingKind,
    Track,
)

_CALLED_OFF = (MeetingState.CANCELLED, MeetingState.POSTPONED)

LOOKED_BACK = 60
"""Among how many of the latest meetings the last one of each body is looked for."""


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting as a list shows it. `id` is None where the reader may know the days and not the meeting."""

    id: UUID | None
    title: LocalText
    body: LocalText | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    place: LocalText | None
    is_online: bool
    state: MeetingState
    label_id: int


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug))


def meetings_of(session: Session, process: UUID) -> list[ListedMeeting]:
    """All meetings of a process the reader may know of: meetings, and notices of those one may not read."""
    listed = [
        ListedMeeting(*row)
        for row in session.execute(
            select(
                Meeting.id,
                Meeting.title,
                Body.name,
                Meeting.starts_on,
                Meeting.ends_on,
                Meeting.place,
                Meeting.is_online,
                Meeting.state,
                Meeting.label_id,
            )
            .outerjoin(Body, Meeting.body_id == Body.id)
            .where(Meeting.process_id == process)
        )
    ]
    known = {one.id for one in listed}
    notices = session.execute(
        select(
            MeetingNotice.meeting_id,
            MeetingNotice.title,
            Body.name,
            MeetingNotice.starts_on,
            MeetingNotice.ends_on,
            MeetingNotice.place,
            MeetingNotice.is_online,
            MeetingNotice.state,
            MeetingNotice.label_id,
        )
        .outerjoin(Body, MeetingNotice.body_id == Body.id)
        .where(MeetingNotice.process_id == process)
    )
    return listed + [ListedMeeting(None, *row[1:]) for row in notices if row[0] not in known]


def meetings_in_full(session: Session, process: UUID) -> dict[UUID, Meeting]:
    """All meetings of a process the reader may read, by id."""
    return {one.id: one for one in session.scalars(select(Meeting).where(Meeting.process_id == process))}


def coming_and_past(
    listed: Iterable[ListedMeeting], on: date
) -> tuple[list[ListedMeeting], list[ListedMeeting], list[ListedMeeting]]:
    """Meetings to come (the next first), those without days, and past ones (the latest first)."""
    coming, undated, past = [], [], []
    for one in listed:
        last = one.ends_on or one.starts_on
        if last is None:
            undated.append(one)
        elif last.last_day < on or one.state in (MeetingState.HELD, MeetingState.CLOSED):
            past.append(one)
        else:
            coming.append(one)
    return (
        sorted(coming, key=lambda one: (str(one.starts_on), str(one.title))),
        sorted(undated, key=lambda one: str(one.title)),
        sorted(past, key=lambda one: (str(one.starts_on or ""), str(one.title)), reverse=True),
    )


def meeting_by_id(session: Session, meeting: UUID) -> Meeting | None:
    """A meeting with body, process and host; none where the reader may not see its process (joined inwards)."""
    return session.scalar(
        select(Meeting)
        .where(Meeting.id == meeting)
        .options(
            joinedload(Meeting.process, innerjoin=True),
            joinedload(Meeting.track, innerjoin=True),
            joinedload(Meeting.body),
            selectinload(Meeting.sittings),
            selectinload(Meeting.join_link),
        )
    )


def notice_of(session: Session, meeting: UUID) -> MeetingNotice | None:
    """The notice of a meeting, where it has readers of its own."""
    return session.scalar(select(MeetingNotice).where(MeetingNotice.meeting_id == meeting))


def agenda_of(session: Session, meeting: UUID) -> Sequence[AgendaItem]:
    return session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == meeting)
        .options(joinedload(AgendaItem.from_outcome))
        .order_by(AgendaItem.day, AgendaItem.position)
    ).all()


def agenda_item(session: Session, meeting: UUID, item: UUID) -> AgendaItem | None:
    return session.scalar(select(AgendaItem).where(AgendaItem.id == item, AgendaItem.meeting_id == meeting))


def item_proposals_of(session: Session, meeting: UUID) -> Sequence[ItemProposal]:
    """Items that participants propose, the latest last; without those that were withdrawn."""
    return session.scalars(
        select(ItemProposal)
        .where(ItemProposal.meeting_id == meeting, ItemProposal.state != ItemState.WITHDRAWN)
        .order_by(ItemProposal.proposed_at, ItemProposal.id)
    ).all()


def item_proposal(session: Session, proposal: UUID) -> ItemProposal | None:
    return session.scalar(
        select(ItemProposal)
        .where(ItemProposal.id == proposal)
        .options(joinedload(ItemProposal.meeting), joinedload(ItemProposal.item))
    )


def invitations_of(session: Session, meeting: UUID) -> Sequence[Invitation]:
    """Invitations with their delegates."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.meeting_id == meeting)
        .options(selectinload(Invitation.delegates), joinedload(Invitation.noted))
    ).all()


def invitation_by_id(session: Session, invitation: UUID) -> Invitation | None:
    return session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation)
        .options(joinedload(Invitation.meeting), selectinload(Invitation.delegates))
    )


def own_invitation(session: Session, meeting: UUID, participant: UUID | None) -> Invitation | None:
    """The invitation of the participant one acts for."""
    if participant is None:
        return None
    return session.scalar(
        select(Invitation)
        .where(Invitation.meeting_id == meeting, Invitation.participant_id == participant)
        .options(joinedload(Invitation.meeting), selectinload(Invitation.delegates))
    )


def outcomes_of(session: Session, meeting: UUID) -> Sequence[Outcome]:
    """Outcomes that stand or wait for the chair, with whom they speak to, in order."""
    return session.scalars(
        select(Outcome)
        .where(Outcome.meeting_id == meeting, Outcome.state != OutcomeState.WITHDRAWN)
        .options(selectinload(Outcome.parties), selectinload(Outcome.statements))
        .order_by(Outcome.position, Outcome.id)
    ).all()


def outcome_by_id(session: Session, outcome: UUID) -> Outcome | None:
    return session.scalar(
        select(Outcome)
        .where(Outcome.id == outcome)
        .options(
            joinedload(Outcome.meeting),
            joinedload(Outcome.item),
            joinedload(Outcome.sent_to),
            selectinload(Outcome.parties),
            selectinload(Outcome.statements),
        )
    )


def outcomes_without_meeting(session: Session, process: UUID) -> Sequence[Outcome]:
    """What sources say a process produced without naming a meeting, the latest first, the undated last."""
    found = session.scalars(
        select(Outcome)
        .where(Outcome.process_id == process, Outcome.meeting_id.is_(None), Outcome.state == OutcomeState.CONFIRMED)
        .options(selectinload(Outcome.parties))
    )
    dated: list[Outcome] = sorted(found, key=lambda one: (str(one.dated or ""), str(one.text)), reverse=True)
    return dated


def open_bodies(session: Session, process: UUID, track: UUID, on: date) -> list[Body]:
    """Bodies of a track that are at work today, in the order of the process."""
    found = session.scalars(select(Body).where(Body.process_id == process, Body.track_id == track))
    at_work = [one for one in found if one.held_on(on) and one.state is LifeState.ACTIVE]
    return sorted(at_work, key=lambda one: (one.position, str(one.name), str(one.id)))


def bodies_of(session: Session, processes: Sequence[UUID], on: date) -> list[Body]:
    """Bodies of these processes that are at work today, on whichever track the reader reads."""
    found = session.scalars(select(Body).where(Body.process_id.in_(sorted(processes, key=str))))
    at_work = [one for one in found if one.held_on(on) and one.state is LifeState.ACTIVE]
    return sorted(at_work, key=lambda one: (str(one.process_id), one.position, str(one.name), str(one.id)))


def track_kept(session: Session, process: UUID, viewer: Viewer) -> Track | None:
    """The track of the process whose secretariat one acts as."""
    tracks = session.scalars(select(Track).where(Track.process_id == process).order_by(Track.position))
    return next((one for one in tracks if viewer.keeps(one.id)), None)


def last_of_each_body(session: Session, track: UUID, bodies: Iterable[UUID], most: int) -> list[Meeting]:
    """The last meeting of each of these bodies, and of the whole process, that was announced: the latest first."""
    went_ahead = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
    found = session.scalars(
        select(Meeting)
        .where(Meeting.track_id == track, one_of(Meeting.state, went_ahead), Meeting.starts_on.is_not(None))
        .order_by(Meeting.starts_on.desc(), Meeting.id)
        .limit(LOOKED_BACK)
    )
    last: dict[UUID | None, Meeting] = {}
    for one in found:
        last.setdefault(one.body_id, one)
    open_ones = {None, *bodies}
    return [one for body, one in last.items() if body in open_ones][:most]


def titles_of_body(session: Session, body: UUID) -> list[LocalText]:
    """The titles of a body's meetings, with all eyes: for the number in a proposed title."""
    with system_access(session, Reason.NUMBERING) as system:
        kept = select(Meeting.title).where(Meeting.body_id == body, Meeting.state != MeetingState.CANCELLED)
        return list(system.scalars(kept))


# --- who is in a body, and who speaks for them ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Invitable:
    """A participant that can be invited: its standing, and how many focal points and alternates it has today."""

    participant: UUID
    standing: StandingKind
    in_body: bool
    focal_points: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who speaks for a participant in a process, under the hat of that participant."""

    person: UUID
    hat: Hat
    participant: UUID
    is_alternate: bool


def standings_today(
    session: Session, process: UUID, track: UUID, body: Body | None, on: date
) -> dict[UUID, tuple[StandingKind, Standing]]:
    """The participants of a track with what their people hold there on a day, with their roles in one body."""
    roles = _body_roles(session, body, on) if body is not None else {}
    wide = body is not None and body.membership is BodyMembershipRule.PROCESS
    held = session.scalars(
        select(Participation).where(Participation.process_id == process, Participation.track_id == track)
    )
    found = {}
    for one in held:
        if one.participant_id is None or not one.held_on(on):
            continue
        own = roles.get(one.participant_id)
        found[one.participant_id] = (
            one.standing,
            Standing(
                process=one.process_id,
                track=one.track_id,
                participant=one.participant_id,
                standing=one.standing.value,
                bodies=frozen({body.id: own} if body is not None and own else {}),
                process_wide_bodies=frozenset({body.id} if body is not None and wide else ()),
            ),
        )
    return found


def could_read(standing: Standing, clauses: Iterable[Clause], on: date) -> bool:
    """Whether people with nothing but this standing satisfy all of these clauses."""
    someone = Viewer(id=ANONYMOUS_ID, on=on, standings=(standing,))
    return all(satisfies(someone, clause) for clause in clauses)


def invitable(session: Session, meeting: Meeting, on: date) -> list[Invitable]:
    """Participants with a standing today that could read the meeting if invited and are not invited yet."""
    clauses = label_value(session, meeting.label_id).clauses
    own_body = meeting.body is not None and meeting.body.membership is BodyMembershipRule.OWN
    invited = set(session.scalars(select(Invitation.participant_id).where(Invitation.meeting_id == meeting.id)))
    contacts = Counter(one.participant for one in contacts_of(session, meeting.process_id, meeting.track_id, on))
    held = standings_today(session, meeting.process_id, meeting.track_id, meeting.body, on)
    found = []
    for participant, (kind, standing) in held.items():
        if participant in invited or not could_read(standing, clauses, on):
            continue
        roles = standing.bodies.get(meeting.body_id, frozenset()) if meeting.body_id else frozenset()
        in_body = bool(roles - {"observer"}) if own_body else kind is StandingKind.MEMBER
        found.append(Invitable(participant, kind, in_body, contacts[participant]))
    return found


def _body_roles(session: Session, body: Body, on: date) -> dict[UUID, set[str]]:
    roles: dict[UUID, set[str]] = {}
    memberships = session.scalars(select(BodyMembership).where(BodyMembership.body_id == body.id))
    terms = session.scalars(select(ChairTerm).where(ChairTerm.body_id == body.id))
    for one in (*memberships, *terms):
        if one.participant_id is not None and one.held_on(on):
            roles.setdefault(one.participant_id, set()).add(one.role)
    return roles


def contacts_of(
    session: Session, process: UUID, track: UUID, on: date, participants: Iterable[UUID] | None = None
) -> list[Contact]:
    """Focal points and alternates of a process's participants on a day, in a constant order; with all eyes, because
    whoever is invited is told, even one whose appointment the inviting officer may not read."""
    wanted = None if participants is None else set(participants)
    contacts = []
    with system_access(session, Reason.MAIL) as system:
        held = system.scalars(
            select(Appointment).where(
                Appointment.process_id == process,
                Appointment.track_id == track,
                Appointment.role.in_([RoleName.FOCAL_POINT, RoleName.ALTERNATE]),
            )
        )
        for one in held:
            participant = one.participant_id
            if participant is None or not one.held_on(on) or (wanted is not None and participant not in wanted):
                continue
            alternate = one.role is RoleName.ALTERNATE
            contacts.append(Contact(one.person_id, one.acts_as, participant, alternate))
    return _once_each(contacts)


def _once_each(contacts: Iterable[Contact]) -> list[Contact]:
    """One entry a person and hat: who is focal point and alternate at once is the focal point."""
    kept: dict[tuple[UUID, Hat], Contact] = {}
    for one in sorted(
        contacts, key=lambda contact: (contact.is_alternate, str(contact.participant), str(contact.person))
    ):
        kept.setdefault((one.person, one.hat), one)
    return list(kept.values())


def participants_today(session: Session, process: UUID, track: UUID, on: date) -> dict[UUID, StandingKind]:
    """Participants of a track with the standing they have on a day; those that have left are not among them."""
    held = session.scalars(
        select(Participation).where(Participation.process_id == process, Participation.track_id == track)
    )
    gone = (StandingKind.FORMER, StandingKind.CANDIDATE)
    return {
        one.participant_id: one.standing
        for one in held
        if one.participant_id is not None and one.held_on(on) and one.standing not in gone
    }


def chair_terms_of(session: Session, meeting: Meeting, on: date) -> list[ChairTerm]:
    """Who chairs the meeting's body on a day; else who chairs the process."""
    terms = session.scalars(
        select(ChairTerm)
        .where(
            ChairTerm.process_id == meeting.process_id,
            ChairTerm.body_id.is_(None) | (ChairTerm.body_id == meeting.body_id),
        )
        .order_by(ChairTerm.id)
    )
    held = [one for one in terms if one.held_on(on) and one.role in ("chair", "co_chair")]
    own = [one for one in held if one.body_id is not None]
    return own or held


def invited_participants(session: Session, meeting: UUID) -> list[UUID]:
    """Everyone invited, with all eyes: changes and cancellations go to all."""
    with system_access(session, Reason.MAIL) as system:
        return list(system.scalars(select(Invitation.participant_id).where(Invitation.meeting_id == meeting)))


def notes_of(session: Session, meeting: UUID) -> Sequence[MeetingNote]:
    """The notes of a meeting the reader may read; they have no order but that of the agenda."""
    return session.scalars(select(MeetingNote).where(MeetingNote.meeting_id == meeting)).all()


def note_on(session: Session, meeting: UUID, item: UUID | None) -> MeetingNote | None:
    """The note on an item, or the one beside all items."""
    here = MeetingNote.item_id.is_(None) if item is None else MeetingNote.item_id == item
    return session.scalar(select(MeetingNote).where(MeetingNote.meeting_id == meeting, here))


def names_at_the_table(session: Session, meeting: Meeting, besides: Iterable[UUID] = ()) -> list[str]:
    """Every name, in every language, of the participants invited to a meeting - of the whole track where nobody is
    invited - and of the persons they named; less those of the participants `besides`.

    With all eyes: the attribution rule protects also those whom the writer may not see.
    """
    with system_access(session, Reason.UNIQUENESS) as system:
        invitations = system.scalars(
            select(Invitation).where(Invitation.meeting_id == meeting.id).options(selectinload(Invitation.delegates))
        ).all()
        there = {one.participant_id for one in invitations} or set(
            participants_today(system, meeting.process_id, meeting.track_id, clock.today())
        )
        guests, persons = guests_named(system, meeting.id)
        there = (there | guests) - set(besides)
        names = list(system.scalars(select(ParticipantName.name).where(ParticipantName.participant_id.in_(there))))
        for aliases in system.scalars(select(Participant.aliases).where(Participant.id.in_(there))):
            names += aliases
        names += persons
        names += [one.name for each in invitations if each.participant_id in there for one in each.delegates]
    return sorted(set(names), key=lambda name: (-len(name), name))


def guests_named(system: Session, meeting: UUID) -> tuple[set[UUID], list[str]]:
    """Participants and persons that come as guests to single items, for whoever asks with all eyes."""
    rows = system.execute(select(Guest.participant_id, Guest.names).where(Guest.meeting_id == meeting)).all()
    names = [name for _one, words in rows for name in words.splitlines()]
    return {one for one, _words in rows if one is not None}, names


def awaited_invitations(
    session: Session, on: date, process: UUID | None = None, participant: UUID | None = None
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Invitations to meetings still to come that wait for an answer.

    Columns: id, participant_id, invited_at, answer, answer_by, will_answer_by, label_id, meeting_id, process_id,
    track_id, title.
    """
    wanted = _awaiting_answer(of_process=process is not None, of_participant=participant is not None)
    values = {"on": PartialDate.parse(on), "process": process, "participant": participant}
    return session.execute(wanted, values).all()


@cache
def _awaiting_answer(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            Invitation.id,
            Invitation.participant_id,
            Invitation.invited_at,
            Invitation.answer,
            Invitation.answer_by,
            Invitation.will_answer_by,
            Invitation.label_id,
            Invitation.meeting_id,
            Meeting.process_id,
            Meeting.track_id,
            Meeting.title,
        )
        .join(Meeting, Invitation.meeting_id == Meeting.id)
        .join(Process, Meeting.process_id == Process.id)
        .outerjoin(Body, Meeting.body_id == Body.id)
        .where(
            one_of(Invitation.answer, (Answer.AWAITED, Answer.WILL_ANSWER)),
            Process.state == LifeState.ACTIVE,  # of what rests or is concluded nobody is asked
            or_(Body.id.is_(None), Body.state == LifeState.ACTIVE),
            Meeting.state == MeetingState.ANNOUNCED,
            Meeting.ends_on >= bindparam("on", type_=Meeting.ends_on.type),
        )
        .order_by(Invitation.id)
    )
    if of_process:
        wanted = wanted.where(Meeting.process_id == bindparam("process", type_=Meeting.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=Invitation.participant_id.type)
        wanted = wanted.where(Invitation.participant_id == mine)
    return wanted


def hat_of(participant: UUID) -> Hat:
    """The hat of the people a participant has appointed."""
    return Hat(HatKind.PARTICIPANT, participant)


def parties_of(outcomes: Iterable[Outcome]) -> list[OutcomeParty]:
    return [party for outcome in outcomes for party in outcome.parties]
