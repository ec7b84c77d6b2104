"""The record of the end of a silence, and the reminder before it; both by the worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine, select

from secretariat.core import after_commit, clock
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.texts import silence, silence_queries
from secretariat.texts.service.silence.telling import ENDED, REMINDER, record, write_to
from secretariat.texts.silence_models import SilenceProcedure

log = structlog.get_logger()
RECORD = "worker.tasks.record_silences"


def record_what_is_over(engine: Engine) -> int:
    """Put on record every silence whose end changes no more, and remind those who have not reacted where the hour for
    that has come; each in its own unit of work. How many ends were recorded. Where a silence stands does not wait for
    this."""
    with system_unit(engine, Reason.SILENCE, writes=False) as system:
        wanted = select(SilenceProcedure).where(
            SilenceProcedure.recorded_at.is_(None), SilenceProcedure.called_off_at.is_(None)
        )
        open_ones = system.scalars(wanted).all()
        states = silence_queries.all_stand(system, open_ones)
        now = clock.now()
        over = [
            one.id for one in open_ones if silence.may_be_recorded(states[one.id].state, states[one.id].ended_at, now)
        ]
        to_remind = [
            one.id
            for one in open_ones
            if one.reminded_at is None and silence.is_to_remind(states[one.id].run, states[one.id].state, now)
        ]
    for key in to_remind:
        _in_own_unit(engine, key, _remind_one)
    return sum(_in_own_unit(engine, key, _record_one) for key in over)


def _in_own_unit(engine: Engine, key: UUID, act: Any) -> bool:
    try:
        with system_unit(engine, Reason.SILENCE) as system:
            wanted = select(SilenceProcedure).where(SilenceProcedure.id == key).with_for_update(skip_locked=True)
            found = system.scalar(wanted)
            done = found is not None and act(system, found, silence_queries.stands(system, found))
        after_commit.run(system)
        return bool(done)
    except Exception:  # the others have their hour too
        log.exception("a silence was not seen to", silence=str(key), act=act.__name__)
        return False


def _record_one(system: SystemSession, found: SilenceProcedure, where: silence_queries.Stands) -> bool:
    if found.recorded_at is not None or not silence.may_be_recorded(where.state, where.ended_at, clock.now()):
        return False
    found.recorded_state, found.recorded_at = where.state, clock.now()
    system.flush()
    record(system, "silence recorded", found, state=where.state.value)
    write_to(system, found, ENDED, where.members, where.state.value)
    return True


def _remind_one(system: SystemSession, found: SilenceProcedure, where: silence_queries.Stands) -> bool:
    if found.reminded_at is not None or not silence.is_to_remind(where.run, where.state, clock.now()):
        return False
    found.reminded_at = clock.now()
    system.flush()
    write_to(system, found, REMINDER, where.members - where.reacted, where.run.ends_at.isoformat())
    return True
