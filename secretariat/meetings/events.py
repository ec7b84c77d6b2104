"""What happens once to a meeting and its outcomes, and can be waited for: closed; confirmed by the chair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import events
from secretariat.core.events import Occasion
from secretariat.core.labelling import container_of
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.meetings.models import Meeting, MeetingState, Outcome, OutcomeState
from secretariat.meetings.service.inviting import CLOSED
from secretariat.meetings.service.outcomes import CONFIRMED
from secretariat.processes.models import Process

MOST_OFFERED = 20
_OPEN = (MeetingState.ANNOUNCED, MeetingState.HELD)


def _upwards(thing: Any) -> Iterator[Any]:
    while thing is not None:
        yield thing
        thing = container_of(thing)


def meetings_ahead(session: Session, thing: Any) -> Iterator[Occasion]:
    """The meeting a thing stands in, else the next meetings of its process, while they are not closed."""
    stands_in = list(_upwards(thing))
    own = next((one for one in stands_in if isinstance(one, Meeting)), None)
    process = next((one for one in stands_in if isinstance(one, Process)), None)
    if own is not None:
        found = [own] if own.state in _OPEN else []
    elif process is not None:
        wanted = select(Meeting).where(Meeting.process_id == process.id, Meeting.state.in_(_OPEN))
        found = list(session.scalars(wanted.order_by(Meeting.starts_on, Meeting.id).limit(MOST_OFFERED)))
    else:
        found = []
    for one in found:
        yield Occasion(CLOSED, one.id, _closed(one))


def outcomes_ahead(session: Session, thing: Any) -> Iterator[Occasion]:
    """The outcome itself, or what stands in it; the draft outcomes of the meeting a thing stands in."""
    stands_in = list(_upwards(thing))
    own = next((one for one in stands_in if isinstance(one, Outcome)), None)
    meeting = next((one for one in stands_in if isinstance(one, Meeting)), None)
    if own is not None:
        found = [own] if own.state is OutcomeState.DRAFT else []
    elif meeting is not None:
        wanted = select(Outcome).where(Outcome.meeting_id == meeting.id, Outcome.state == OutcomeState.DRAFT)
        found = list(session.scalars(wanted.order_by(Outcome.position, Outcome.id).limit(MOST_OFFERED)))
    else:
        found = []
    for one in found:
        yield Occasion(CONFIRMED, one.id, _confirmed(one))


def _closed(meeting: Meeting) -> str:
    return _("When “%(meeting)s” is closed", meeting=local_text(meeting.title))


def _confirmed(outcome: Outcome) -> str:
    return _("When the chair confirms “%(outcome)s”", outcome=local_text(outcome.text)[:80])


def _closed_in_words(session: Session, key: UUID) -> str | None:
    found = session.scalar(select(Meeting).where(Meeting.id == key))
    return _closed(found) if found is not None else None


def _confirmed_in_words(session: Session, key: UUID) -> str | None:
    found = session.scalar(select(Outcome).where(Outcome.id == key))
    return _confirmed(found) if found is not None else None


events.register(CLOSED, meetings_ahead, _closed_in_words)
events.register(CONFIRMED, outcomes_ahead, _confirmed_in_words)
