"""Which emergency accesses let somebody read now: asked at every request, because they end at an hour, not on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.session import SystemSession
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import EmergencyAccess


def running(session: SystemSession, persons: Iterable[UUID]) -> list[EmergencyAccess]:
    """The accesses under which these persons read at this moment."""
    now = clock.now()
    return [one for one in _confirmed(session, persons) if one.runs_at(now)]


def of_processes(session: SystemSession, processes: Iterable[UUID], on: date) -> list[EmergencyAccess]:
    """The accesses to these processes that let anybody read on a day; today, those that run at this moment."""
    now = clock.now()
    confirmed = session.scalars(
        select(EmergencyAccess).where(
            EmergencyAccess.process_id.in_(list(processes)), EmergencyAccess.confirmed_at.is_not(None)
        )
    )
    return [one for one in confirmed if (one.runs_at(now) if on >= clock.today() else one.ran_on(on))]


def on_day(session: SystemSession, persons: Iterable[UUID], on: date) -> list[EmergencyAccess]:
    """The accesses under which these persons read on a day; today, those that run at this moment."""
    if on >= clock.today():
        return running(session, persons)
    return [one for one in _confirmed(session, persons) if one.ran_on(on)]


def hats_of(session: SystemSession, person: UUID) -> list[Hat]:
    """The hats a person can put on for an emergency at this moment."""
    return [Hat.parse(one.hat) for one in running(session, [person])]


def runs(session: SystemSession, person: UUID, hat: Hat) -> bool:
    """Whether a hat is one that may be worn at this moment; a hat for no emergency always is."""
    return hat.kind is not HatKind.EMERGENCY or hat in hats_of(session, person)


def _confirmed(session: SystemSession, persons: Iterable[UUID]) -> Iterable[EmergencyAccess]:
    return session.scalars(
        select(EmergencyAccess).where(
            EmergencyAccess.person_id.in_(set(persons)), EmergencyAccess.confirmed_at.is_not(None)
        )
    )
