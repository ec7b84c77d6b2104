"""Who may do what with the arrangements of a meeting. Reading is the labels' matter; these are pure."""

from __future__ import annotations

from datetime import date, timedelta

from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.core.viewer import Office, Viewer
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.meetings.policy import speaks_at

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
