"""Who may do what with the arrangements of a meeting. Reading is the labels' matter; these are pure."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.workshop_models import Workshop, WorkshopCall
from secretariat.core.viewer import Office, Viewer
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.meetings.policy import speaks_at
from secretariat.processes.policy import speaks_on

KEPT = timedelta(days=60)
"""How long after the last day of a meeting its list is kept."""


def may_open(viewer: Viewer, meeting: Meeting) -> bool:
    """Begin the host's list of a meeting that is announced, or is being prepared: the secretariat of its track."""
    states = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.HELD)
    return viewer.keeps(meeting.track_id) and meeting.state in states


def may_name_protocol(viewer: Viewer, one: HostList) -> bool:
    """Name who sees to the arrangements for the host: the secretariat, as long as there is something to see to."""
    return viewer.keeps(one.track_id) and one.erased_on is None


def may_see_to(viewer: Viewer, one: HostList) -> bool:
    """Change what is arranged: the host's protocol officers of this list, and the secretariat of its track."""
    protocol = Office("protocol", one.id) in viewer.offices
    return (protocol or viewer.keeps(one.track_id)) and one.erased_on is None


def may_give(viewer: Viewer, one: HostedPerson, meeting: Meeting, on: date) -> bool:
    """Say when a person of one's own delegation comes and what the person needs: who speaks for the participant, until
    the meeting has begun."""
    mine = one.participant_id is not None and viewer.participant == one.participant_id
    return mine and speaks_at(viewer, meeting) and is_open(meeting, on)


def is_open(meeting: Meeting, on: date) -> bool:
    """Whether participants still give their details."""
    return meeting.is_live and meeting.starts_on is not None and on < meeting.starts_on.first_day


def erased_after(ends_on: date) -> date:
    """The first day on which what is on a list is no longer there."""
    return ends_on + KEPT


# --- workshops ----------------------------------------------------------------------------------------------------

HALF_A_YEAR = timedelta(days=182)
"""How long after a workshop it is asked what could be used."""


def may_keep_workshops(viewer: Viewer, track: UUID) -> bool:
    """Prepare a workshop, call for nominees, choose, note who came: the secretariat of the track."""
    return viewer.keeps(track)


def may_nominate(viewer: Viewer, call: WorkshopCall) -> bool:
    """Speak for a participant that was asked: name people, evaluate, say what could be used."""
    one = call.workshop
    return viewer.participant == call.participant_id and speaks_on(viewer, one.process_id, one.track_id)


def is_called(one: Workshop, on: date) -> bool:
    """Whether people can still be named: from the call until its last day, or until somebody was chosen."""
    return one.called_at is not None and one.chosen_at is None and on <= one.nominate_by


def named_until(one: Workshop) -> date:
    """The last day on which people are named: the one that was said, or that on which it was said who comes."""
    if one.chosen_at is None:
        return one.nominate_by
    return min(one.nominate_by, one.chosen_at.astimezone(ZoneInfo(one.process.zone)).date())


def asks_use(one: Workshop, on: date) -> bool:
    """Whether half a year has passed since a workshop that was held."""
    return one.attended_at is not None and on >= one.ends_on + HALF_A_YEAR


# --- contributions ------------------------------------------------------------------------------------------------


def may_keep_contributions(viewer: Viewer, track: UUID) -> bool:
    """Enter what participants give: the secretariat of the track."""
    return viewer.keeps(track)


def may_answer_contribution(viewer: Viewer, one: Contribution) -> bool:
    """Say whether it is right: who speaks for the giver, until it is confirmed."""
    own = viewer.participant is not None and viewer.participant == one.participant_id
    return own and one.confirmed_at is None and speaks_on(viewer, one.process_id, one.track_id)


def may_note_givers_word(viewer: Viewer, one: Contribution) -> bool:
    """Note where a giver that takes no part said that it is right: the secretariat, until it is confirmed."""
    return viewer.keeps(one.track_id) and one.participant_id is None and one.confirmed_at is None


def may_take_contribution_away(viewer: Viewer, one: Contribution) -> bool:
    """Take away what was entered by mistake: the secretariat, as long as the giver has not said that it is right."""
    return viewer.keeps(one.track_id) and one.confirmed_at is None
