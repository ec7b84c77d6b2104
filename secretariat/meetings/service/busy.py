"""A track tells the other side of the wall on which days it meets, if it wants to; and keeps that true."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labelling import attach, label_value
from secretariat.core.labels import Level
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import ViewerSession
from secretariat.meetings import policy
from secretariat.meetings.busy_models import BusyDays
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.meetings.service.record import for_secretariat
from secretariat.processes import clauses
from secretariat.processes.models import Track

TAKES_DAYS = (MeetingState.ANNOUNCED, MeetingState.HELD)


def publish_busy_days(session: ViewerSession, track: Track, *, publish: bool) -> None:
    """Tell the secretariats of the other tracks from now on on which days this one meets, or no longer.

    Raises NotAllowed.
    """
    if not policy.may_schedule(session.viewer, track.id):
        raise NotAllowed
    if publish == (track.busy_days_since is not None):
        return
    track.busy_days_since = clock.today() if publish else None
    audit.record(
        session,
        "busy days published" if publish else "busy days no longer published",
        chain=audit.chain_name(track.process.slug, track.slug),
        clauses=[for_secretariat(track.process, track)],
        subject=track,
        content={},
    )
    session.flush()
    told = {one.meeting_id: one for one in session.scalars(select(BusyDays).where(BusyDays.track_id == track.id))}
    for meeting in session.scalars(select(Meeting).where(Meeting.track_id == track.id)).all():
        if meeting.id in told or not meeting.is_over(clock.today()):
            _follow(session, meeting, told.get(meeting.id))


def follow_meeting(session: Session, meeting: Meeting) -> None:
    """Make the busy days say what is true of a meeting now."""
    _follow(session, meeting, session.scalar(select(BusyDays).where(BusyDays.meeting_id == meeting.id)))


def _follow(session: Session, meeting: Meeting, present: BusyDays | None) -> None:
    if not _is_told_of(session, meeting):
        if present is not None:
            session.delete(present)
        return
    assert meeting.starts_on is not None
    first, last = meeting.starts_on.first_day, (meeting.ends_on or meeting.starts_on).last_day
    if present is not None:
        present.first_on, present.last_on = first, last
        return
    tracks = meeting.process.tracks
    readers = clauses.named(meeting.process, *tracks, audience=[clauses.secretariat(one) for one in tracks])
    told = BusyDays(
        process_id=meeting.process_id,
        track_id=meeting.track_id,
        meeting_id=meeting.id,
        first_on=first,
        last_on=last,
    )
    attach(session, told, [readers], container=meeting.process)
    session.flush()


def _is_told_of(session: Session, meeting: Meeting) -> bool:
    """Of a meeting that is announced, has days and is not kept to named readers."""
    if meeting.track.busy_days_since is None or meeting.source or meeting.state not in TAKES_DAYS:
        return False
    has_days = meeting.starts_on is not None and meeting.starts_on.precision == "day"
    return has_days and label_value(session, meeting.label_id).level is not Level.NAMED
