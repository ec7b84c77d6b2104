"""What meetings leave to an agenda: outcomes on which something is still to be done, and what another body sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.matters import Asked, Matter, register
from secretariat.meetings import submissions  # noqa: F401 - enters what states have brought
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Outcome, OutcomeState
from secretariat.meetings.words import days_in_words

MOST = 60
"""So many outcomes of so many years stand open nowhere; who keeps more has not marked them as seen to."""
TO_FOLLOW = ("request", "action_point", "decision", "recommendation")
"""Kinds on which something is to be done even where they name no day."""


def open_outcomes(session: Session, asked: Asked) -> Iterable[Matter]:
    """Confirmed outcomes of the same body's meetings with something to be done, and those sent to it by another body,
    until they are seen to or stand on this agenda."""
    taken_up = set(
        session.scalars(
            select(AgendaItem.from_outcome_id).where(
                AgendaItem.meeting_id == asked.meeting, AgendaItem.from_outcome_id.is_not(None)
            )
        )
    )
    return [_matter(one, asked.body) for one in session.scalars(_wanted(asked)).unique() if one.id not in taken_up]


def _wanted(asked: Asked) -> Select[Outcome]:
    same_body = Meeting.body_id == asked.body if asked.body is not None else Meeting.body_id.is_(None)
    own = same_body & or_(Outcome.due_on.is_not(None), Outcome.kind.in_(TO_FOLLOW)) & Outcome.sent_to_id.is_(None)
    sent = Outcome.sent_to_id == asked.body if asked.body is not None else own
    return (
        select(Outcome)
        .join(Outcome.meeting)
        .options(contains_eager(Outcome.meeting).joinedload(Meeting.body), joinedload(Outcome.sent_to))
        .where(
            Outcome.process_id == asked.process,
            Outcome.track_id == asked.track,
            Outcome.state == OutcomeState.CONFIRMED,
            Outcome.seen_to_on.is_(None),
            Outcome.meeting_id != asked.meeting,
            Meeting.state.in_((MeetingState.HELD, MeetingState.CLOSED)),
            or_(own, sent),
        )
        .order_by(Outcome.confirmed_at.desc(), Outcome.id)
        .limit(MOST)
    )


def _matter(one: Outcome, body: UUID | None) -> Matter:
    meeting = one.meeting
    assert meeting is not None
    sent = one.sent_to_id is not None and one.sent_to_id == body
    source = local_text(meeting.body.name) if sent and meeting.body is not None else local_text(meeting.title)
    since = _("%(meeting)s, %(days)s", meeting=source, days=days_in_words(meeting))
    return Matter(
        key=f"outcome:{one.id}",
        kind=_l("Sent by another body") if sent else _l("Open outcome"),
        title=one.text,
        since=since,
        due_on=one.due_on,
        outcome=one.id,
    )


def last_day(meeting: Meeting) -> date:
    """The day by which what is due concerns a meeting: its last; far ahead where it has none."""
    return meeting.ends_on.last_day if meeting.ends_on is not None else date.max


register("meetings", open_outcomes)
