"""Who may do what with meetings. Reading is the labels' matter; these are pure and see values alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from secretariat.core.viewer import Office, Viewer
from secretariat.meetings.facets import Invited, Produced
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import (
    AttributionRule,
    Delegate,
    ItemProposal,
    ItemState,
    Meeting,
    MeetingState,
    OutcomeState,
)
from secretariat.processes.policy import speaks_on


def may_schedule(viewer: Viewer, track: UUID) -> bool:
    """The secretariat of the track."""
    return viewer.keeps(track)


def may_keep(viewer: Viewer, meeting: Meeting) -> bool:
    """Edit, invite, keep agenda, attendance and outcomes: the secretariat of the meeting's track."""
    return viewer.keeps(meeting.track_id)


def may_change(viewer: Viewer, meeting: Meeting) -> bool:
    """Change days, place and the like: while it is still to take place, or postponed."""
    open_states = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.POSTPONED)
    return may_keep(viewer, meeting) and meeting.state in open_states


def may_announce(viewer: Viewer, meeting: Meeting) -> bool:
    """A draft, or a postponed meeting that has its new days."""
    waits = meeting.state in (MeetingState.DRAFT, MeetingState.POSTPONED)
    return may_keep(viewer, meeting) and waits and meeting.starts_on is not None


def may_enter_as_held(viewer: Viewer, meeting: Meeting, on: date) -> bool:
    """A meeting whose days were over before it was announced: it is recorded, not announced."""
    waits = meeting.state in (MeetingState.DRAFT, MeetingState.POSTPONED)
    return may_keep(viewer, meeting) and waits and meeting.is_over(on)


def may_call_for_items(viewer: Viewer, meeting: Meeting, on: date) -> bool:
    """Ask the members for agenda items: the secretariat, while the meeting is to take place and its agenda open."""
    open_still = meeting.is_live and not meeting.is_over(on) and meeting.agenda_adopted_at is None
    return may_keep(viewer, meeting) and open_still


def may_note_milestone(viewer: Viewer, meeting: Meeting) -> bool:
    """Note what was reached outside the product: the secretariat, from the announcement until it is closed."""
    return may_keep(viewer, meeting) and meeting.state in (MeetingState.ANNOUNCED, MeetingState.HELD)


def may_close(viewer: Viewer, meeting: Meeting) -> bool:
    """The secretariat, once it was held."""
    return may_keep(viewer, meeting) and meeting.state is MeetingState.HELD


def may_invite(viewer: Viewer, meeting: Meeting) -> bool:
    """While it is to take place; afterwards, who was there is entered so, and nobody is written to."""
    return may_keep(viewer, meeting) and (meeting.is_live or meeting.state is MeetingState.HELD)


def may_invite_by_letter(viewer: Viewer, meeting: Meeting) -> bool:
    """Write and dispatch signed letters of invitation, where that is how its body invites."""
    by_letter = meeting.body is not None and meeting.body.invites_by_letter
    return by_letter and may_keep(viewer, meeting) and meeting.announced_at is not None


def may_call_off(viewer: Viewer, meeting: Meeting) -> bool:
    """Postpone or cancel."""
    return may_change(viewer, meeting)


def may_answer(viewer: Viewer, invitation: Invited, meeting: Meeting) -> bool:
    """Who speaks for the participant invited on the meeting's side: the focal point or an alternate of a government,
    who represents an organization of a network. Nobody answers for a government but itself."""
    return viewer.participant == invitation.participant_id and speaks_at(viewer, meeting)


def may_answer_guest(viewer: Viewer, guest: Guest) -> bool:
    """Who speaks for the participant invited to single items; for the network, its coordination."""
    if guest.network_id is not None:
        return viewer.keeps(guest.network_id)
    return viewer.participant == guest.participant_id and speaks_on(viewer, guest.process_id, guest.track_id)


def asks_letter(meeting: Meeting) -> bool:
    """Whether who is named for it is provisional until a letter of the capital has come: the rule of its body."""
    return meeting.body is not None and meeting.body.names_by_letter


def is_provisional(meeting: Meeting, person: Delegate) -> bool:
    """Whether a person stands on the list without a letter that the rule asks for."""
    return asks_letter(meeting) and not person.is_by_letter


def reads_list(viewer: Viewer, meeting: Meeting, has_list: bool, reads: bool) -> bool:
    """Whether one reads the list of delegations: by its own label, or where it has none yet as a member."""
    return reads if has_list else sees_all_replies(viewer, meeting)


def may_propose_item(viewer: Viewer, meeting: Meeting, on: date) -> bool:
    """Who speaks for a member, or for whoever else reads the meeting as a participant, while it is to take place."""
    return speaks_at(viewer, meeting) and is_open_for_answers(meeting, on)


def speaks_at(viewer: Viewer, meeting: Meeting) -> bool:
    """Who speaks for a participant on the meeting's side of its process."""
    return speaks_on(viewer, meeting.process_id, meeting.track_id)


def may_prepare_item(viewer: Viewer, proposal: ItemProposal) -> bool:
    """Work on an item of one's government that is not proposed yet."""
    own = viewer.participant == proposal.participant_id and speaks_at(viewer, proposal.meeting)
    return own and proposal.state is ItemState.PREPARED


def may_answer_item(viewer: Viewer, proposal: ItemProposal) -> bool:
    """The chair decides what is taken up; the secretariat says so for the chair."""
    waits = proposal.state is ItemState.PROPOSED
    return waits and (may_keep(viewer, proposal.meeting) or chairs(viewer, proposal.meeting))


def may_withdraw_item(viewer: Viewer, proposal: ItemProposal) -> bool:
    """Whose it is, while it is prepared or waits."""
    own = viewer.participant == proposal.participant_id and speaks_at(viewer, proposal.meeting)
    return own and proposal.state in (ItemState.PREPARED, ItemState.PROPOSED)


def may_keep_agenda(viewer: Viewer, meeting: Meeting) -> bool:
    return may_change(viewer, meeting)


def may_record_attendance(viewer: Viewer, meeting: Meeting) -> bool:
    held = meeting.state in (MeetingState.ANNOUNCED, MeetingState.HELD)
    return may_keep(viewer, meeting) and held and meeting.starts_on is not None


def chairs(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether one acts as chair of the meeting's body, or of its process."""
    chaired = (meeting.body_id, meeting.process_id)
    return any(Office("chair", one) in viewer.offices for one in chaired if one is not None)


def may_record_outcome(viewer: Viewer, meeting: Meeting) -> bool:
    """The secretariat, from the announcement on; drafts may be prepared."""
    recordable = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
    return may_keep(viewer, meeting) and meeting.state in recordable


def may_draft_outcome(viewer: Viewer, meeting: Meeting) -> bool:
    """Off the record nothing is written down but what the chair confirms in the same act."""
    return may_record_outcome(viewer, meeting) and meeting.attribution is not AttributionRule.OFF_THE_RECORD


def keeps_notes(meeting: Meeting) -> bool:
    """Off the record nothing that is said is written down; nor of what is called off, or known from a source alone."""
    minuted = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.CLOSED)
    return meeting.attribution is not AttributionRule.OFF_THE_RECORD and meeting.state in minuted and not meeting.source


def may_write_notes(viewer: Viewer, meeting: Meeting) -> bool:
    return may_keep(viewer, meeting) and keeps_notes(meeting)


def may_begin_report(viewer: Viewer, meeting: Meeting) -> bool:
    """The secretariat, once the meeting was held; off the record there is none."""
    held = meeting.state in (MeetingState.HELD, MeetingState.CLOSED)
    return may_keep(viewer, meeting) and held and keeps_notes(meeting)


def may_change_rule(viewer: Viewer, meeting: Meeting) -> bool:
    """Once announced, until it is closed or called off; before that the rule is a field of the meeting's form."""
    return may_keep(viewer, meeting) and meeting.state in (MeetingState.ANNOUNCED, MeetingState.HELD)


def may_change_outcome(viewer: Viewer, meeting: Meeting, outcome: Produced) -> bool:
    """A draft, by the secretariat; what the chair has confirmed stands."""
    return may_record_outcome(viewer, meeting) and outcome.state is OutcomeState.DRAFT


def may_confirm_outcome(viewer: Viewer, meeting: Meeting, outcome: Produced) -> bool:
    """The chair; or the secretariat, which then says how the chair's word reached it."""
    return outcome.state is OutcomeState.DRAFT and (chairs(viewer, meeting) or may_record_outcome(viewer, meeting))


def may_propose_from(viewer: Viewer, meeting: Meeting, outcome: Produced) -> bool:
    """Lead an outcome on to a plan: once the chair has confirmed it."""
    return may_keep(viewer, meeting) and outcome.state is OutcomeState.CONFIRMED


def sees_all_replies(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether sums over all invitations may be shown: to who reads them all. Others see their own."""
    standing = viewer.standing_in(meeting.process_id)
    return may_keep(viewer, meeting) or (standing is not None and standing.standing == "member")


def is_open_for_answers(meeting: Meeting, on: date) -> bool:
    """Whether an answer, also a changed one, still means something: until the meeting is over or called off."""
    return meeting.is_live and not meeting.is_over(on)
