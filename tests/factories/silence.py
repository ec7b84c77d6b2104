"""Silence procedures, made through the services as a secretariat would."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from secretariat.core import clock
from secretariat.core.session import ViewerSession
from secretariat.processes import clauses
from secretariat.texts import silence_queries as queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.models import TextEdition
from secretariat.texts.service import silence as service
from secretariat.texts.service.silence import Rules, Saying
from secretariat.texts.silence import ReactionKind, SilenceState
from secretariat.texts.silence_models import SilenceProcedure, SilenceReaction
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting
from tests.factories.people import Official

ZONE = "America/Panama"
RECALLING, TOLD = made.RECALLING, made.TOLD


def rules(session: ViewerSession, **more: Any) -> None:
    """The members let texts be put under silence, from long ago."""
    where = documents.place(session)
    given: dict[str, Any] = {"since": date(2020, 1, 1), "decision": "RCX/VM/2019/3, paragraph 12"}
    service.set_rules(session, where.process, where.track, Rules(**{**given, **more}))


def edition(session: ViewerSession, **more: Any) -> TextEdition:
    """A text without brackets, circulated to all participants."""
    where = documents.place(session)
    readers = frozenset({clauses.participants_of(where.process, where.track)})
    return made.circulated(session, made.begun(session, (RECALLING, TOLD), **{"readers": readers, **more}))


def opened(session: ViewerSession, ends: Deadline, on: TextEdition | None = None, **more: Any) -> SilenceProcedure:
    """An edition under silence, by rules that are set on the way."""
    rules(session, **more)
    return service.open_silence(session, on or edition(session), ends)


def again(session: ViewerSession, key: UUID) -> SilenceProcedure:
    """The silence of this id under the session's eyes."""
    found = queries.silence_by_id(session, key)
    assert found is not None
    return found


def at(day: date, hour: time = time(17)) -> Deadline:
    """An hour of Panama."""
    return Deadline(day, hour, ZONE)


def reacted(
    engine: Engine,
    one: Official,
    key: UUID,
    kind: ReactionKind = ReactionKind.OBJECTION,
    words: str = "Paragraph 1 needs another wording",
    received_at: datetime | None = None,
) -> UUID:
    """What an official says; the key of the reaction."""
    with acting(engine, one) as session:
        said = Saying(kind=kind, words=words, language="en")
        found: SilenceReaction = service.react(session, again(session, key), said, received_at or clock.now())
        return found.id


def state(engine: Engine, one: Official, key: UUID) -> SilenceState:
    """Where a silence stands, as somebody sees it."""
    with acting(engine, one) as session:
        return queries.stands(session, again(session, key)).state
