"""What of meetings a person meets: the meeting with its parts, invitations and delegates, outcomes and statements.

An outcome is the secretariat's while it is a draft and its body's once confirmed; what a participant answered or
declared is that participant's.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from secretariat.core.kinds import ByHand, Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.languages.dates import day_in_full, days_text
from secretariat.documents.models import Document
from secretariat.meetings import milestone_words
from secretariat.meetings.busy_models import BusyDays
from secretariat.meetings.guest_models import DelegationList, Guest, GuestItem, GuestSeat
from secretariat.meetings.joint_models import JointNotice, JointSession
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.milestone_models import MilestoneRule
from secretariat.meetings.models import (
    AgendaItem,
    Delegate,
    DelegateNeeds,
    Invitation,
    ItemProposal,
    JoinLink,
    Meeting,
    MeetingNote,
    MeetingNotice,
    NotedAnswer,
    Outcome,
    OutcomeParty,
    OutcomeState,
    OutcomeStatement,
    Sitting,
)
from secretariat.meetings.service import agenda, listing, outcomes, scheduling
from secretariat.processes.kinds import page_of
from secretariat.processes.models import Body
from secretariat.processes.names import name_of

NOBODY = UUID(int=0)


def _in_meeting(thing: Any) -> str | None:
    return f"/meetings/{thing.meeting_id}" if thing.meeting is not None else None


def _name(thing: Any, process: UUID | None) -> str:
    session = object_session(thing)
    return name_of(session, thing.participant_id, process=process) if session is not None else ""


def _process_of(meeting: Meeting | None) -> UUID | None:
    return meeting.process_id if meeting is not None else None


def _meeting_of(session: Session, meeting: UUID) -> Origin:
    track = session.scalar(select(Meeting.track_id).where(Meeting.id == meeting))
    return Origin(OriginKind.SECRETARIAT, track or meeting)


def _by_track(_session: Session, thing: Any) -> Origin:
    return Origin(OriginKind.SECRETARIAT, thing.track_id)


def _by_meeting(session: Session, thing: Any) -> Origin:
    return _meeting_of(session, thing.meeting_id)


def _by_body(session: Session, one: MilestoneRule) -> Origin:
    track = session.scalar(select(Body.track_id).where(Body.id == one.body_id))
    return Origin(OriginKind.SECRETARIAT, track or one.body_id)


def _body_milestones(one: Any) -> str | None:
    if one.body is None or one.body.process is None:
        return None
    return f"/processes/{one.body.process.slug}/bodies/{one.body_id}/milestones"


def _by_participant(_session: Session, thing: Any) -> Origin:
    return Origin(OriginKind.PARTICIPANT, thing.participant_id)


def _by_invited(_session: Session, one: Delegate | NotedAnswer) -> Origin:
    """What was read with it is asked first: a list of delegates asks nothing more for each."""
    invitation: Invitation | None = one.invitation
    return Origin(OriginKind.PARTICIPANT, invitation.participant_id if invitation is not None else one.invitation_id)


def _with_delegate(session: Session, needs: DelegateNeeds) -> Origin:
    named: Delegate | None = needs.delegate
    return _by_invited(session, named) if named is not None else Origin(OriginKind.PARTICIPANT, needs.delegate_id)


def _of_guest(_session: Session, one: Guest | None) -> Origin:
    """Whose answer it is: a participant's, or the network's, whose coordination answers."""
    if one is None or one.participant_id is None:
        return Origin(OriginKind.SECRETARIAT, (one.network_id or one.track_id) if one is not None else NOBODY)
    return Origin(OriginKind.PARTICIPANT, one.participant_id)


def _by_item(session: Session, one: GuestSeat) -> Origin:
    meeting = session.scalar(select(AgendaItem.meeting_id).where(AgendaItem.id == one.item_id))
    return _meeting_of(session, meeting or one.item_id)


def _with_draft(session: Session, one: LentDraft) -> Origin:
    if one.document_id is not None:
        whose = session.scalar(select(Document.author_id).where(Document.id == one.document_id))
    else:
        whose = session.scalar(select(ItemProposal.participant_id).where(ItemProposal.id == one.proposal_id))
    return Origin(OriginKind.PARTICIPANT, whose or one.id)


def origin_of_outcome(session: Session, outcome: Outcome) -> Origin:
    """The body that adopted it, or the process where it met as a whole; before that, the secretariat."""
    if outcome.state is not OutcomeState.CONFIRMED:
        return Origin(OriginKind.SECRETARIAT, outcome.track_id)
    body = session.scalar(select(Meeting.body_id).where(Meeting.id == outcome.meeting_id))
    return Origin(OriginKind.BODY, body or outcome.process_id)


def _with_outcome(session: Session, one: OutcomeParty) -> Origin:
    return origin_of_outcome(session, one.outcome)


def _outcome_page(outcome: Outcome | None) -> str | None:
    if outcome is None:
        return None
    if outcome.meeting_id is not None:
        return f"/meetings/{outcome.meeting_id}" if outcome.meeting is not None else None
    return page_of(outcome.process)


register(
    Kind(
        Meeting,
        lazy_pgettext("kind of thing", "Meeting"),
        lambda one: one.title,
        lambda one: f"/meetings/{one.id}",
        _by_track,
        ByHand(held_back=scheduling.held_back, follow=scheduling.notice_follows),
    )
)
register(
    Kind(
        MeetingNotice,
        _l("Notice of a meeting"),
        lambda one: one.title,
        lambda one: f"/processes/{one.process.slug}/meetings/" if one.process is not None else None,
        _by_track,
    )
)
register(
    Kind(Sitting, lazy_pgettext("kind of thing", "Sitting"), lambda one: day_in_full(one.day), _in_meeting, _by_meeting)
)
register(
    Kind(
        JoinLink,
        _l("Address to join online"),
        lambda one: one.meeting.title if one.meeting else "",
        _in_meeting,
        _by_meeting,
        ByHand(),
    )
)
register(
    Kind(
        AgendaItem,
        _l("Agenda item"),
        lambda one: one.title,
        _in_meeting,
        _by_meeting,
        ByHand(follow=agenda.number_anew),
    )
)
register(
    Kind(
        MeetingNote,
        _l("Note of a meeting"),
        lambda one: one.item.title if one.item else one.meeting.title if one.meeting else "",
        lambda one: f"/meetings/{one.meeting_id}/notes" if one.meeting is not None else None,
        _by_meeting,
    )
)
register(
    Kind(
        Invitation,
        _l("Invitation and its answer"),
        lambda one: _name(one, _process_of(one.meeting)),
        _in_meeting,
        _by_participant,
    )
)
register(
    Kind(
        Delegate,
        lazy_pgettext("kind of thing", "Delegate"),
        lambda one: one.name,
        lambda one: f"/meetings/{one.invitation.meeting_id}" if one.invitation is not None else None,
        _by_invited,
    )
)
register(
    Kind(
        ItemProposal,
        _l("Proposed agenda item"),
        lambda one: one.title,
        lambda one: f"/meetings/{one.meeting_id}/proposals/{one.id}" if one.meeting is not None else None,
        _by_participant,
    )
)
register(
    Kind(
        LentDraft,
        _l("Draft with a colleague"),
        lambda one: day_in_full(one.lent_at.date()),
        lambda _one: None,  # it stands on the page of its draft, which its government alone reads
        _with_draft,
    )
)
register(
    Kind(
        NotedAnswer,
        _l("Answer noted by the Secretariat"),
        lambda one: _name(one.invitation, _process_of(one.invitation.meeting)) if one.invitation is not None else "",
        lambda one: f"/meetings/{one.invitation.meeting_id}" if one.invitation is not None else None,
        _by_invited,
    )
)
register(
    Kind(
        DelegateNeeds,
        _l("What a delegate needs"),
        lambda one: one.delegate.name if one.delegate is not None else "",
        lambda one: f"/meetings/{one.delegate.invitation.meeting_id}" if one.delegate is not None else None,
        _with_delegate,
    )
)
register(
    Kind(
        DelegationList,
        _l("List of delegations"),
        lambda one: one.meeting.title if one.meeting else "",
        lambda one: f"/meetings/{one.meeting_id}/delegations" if one.meeting is not None else None,
        _by_meeting,
        ByHand(follow=listing.list_follows),
    )
)
register(Kind(Guest, _l("Guest at single items"), lambda one: one.title, lambda one: f"/guests/{one.id}", _of_guest))
register(
    Kind(
        GuestItem,
        _l("Item opened to a guest"),
        lambda one: one.title,
        lambda one: f"/guests/{one.guest_id}",
        lambda _session, one: _of_guest(_session, one.guest),
    )
)
register(
    Kind(
        GuestSeat,
        _l("Guest at an item"),
        lambda one: one.item.title if one.item is not None else "",
        lambda one: f"/meetings/{one.item.meeting_id}" if one.item is not None else None,
        _by_item,
    )
)
register(
    Kind(
        Outcome,
        lazy_pgettext("kind of thing", "Outcome"),
        lambda one: one.text,
        _outcome_page,
        origin_of_outcome,
        ByHand(open=lambda one: one.state is not OutcomeState.WITHDRAWN, held_back=outcomes.held_back),
    )
)
register(
    Kind(
        OutcomeParty,
        _l("To whom an outcome speaks, or whose it is"),
        lambda one: _name(one, one.outcome.process_id if one.outcome else None) or one.name_text,
        lambda one: _outcome_page(one.outcome),
        _with_outcome,
    )
)
register(
    Kind(
        JointSession,
        _l("Joint session"),
        lambda one: one.title,
        lambda one: f"/joint-sessions/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.proposed_by),
    )
)
register(
    Kind(
        JointNotice,
        _l("Notice of a joint session"),
        lambda one: one.title,
        lambda one: f"/joint-notices/{one.id}",
        _by_track,
    )
)
register(
    Kind(
        BusyDays,
        _l("Busy days of a track"),
        lambda one: days_text(one.first_on, one.last_on),
        lambda one: f"/processes/{one.process.slug}/busy-days" if one.process is not None else None,
        _by_track,
    )
)
register(
    Kind(
        MilestoneRule,
        _l("Milestone of a body"),
        lambda one: str(milestone_words.KIND[one.kind]),
        _body_milestones,
        _by_body,
    )
)
register(
    Kind(
        OutcomeStatement,
        _l("Statement on an outcome"),
        lambda one: _name(one, one.outcome.process_id if one.outcome else None),
        lambda one: _outcome_page(one.outcome),
        _by_participant,
        ByHand(),
    )
)
