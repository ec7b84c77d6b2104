"""Meetings in a small world, made through the services as a secretariat would.

officer = people.officer(session, world.government)
...
with acting(engine, officer) as session:
    meeting = scheduled(session, "rcx", body="Vice-Ministerial Meeting")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select

from secretariat.core import clock
from secretariat.core.days_off import holidays_in
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession, reading_as
from secretariat.directory import viewers
from secretariat.meetings import queries, service
from secretariat.meetings.models import Meeting, Outcome
from secretariat.meetings.service import OutcomeWords, Particulars
from secretariat.processes.models import Body
from tests.factories.people import Official


@contextmanager
def acting(engine: Engine, one: Official) -> Iterator[ViewerSession]:
    """A unit of work with the eyes of this official; commits at the end."""
    with reading_as(engine, viewers.viewer(engine, one.person, one.hat), writes=True) as session:
        yield session
        session.commit()


@contextmanager
def looking(engine: Engine, one: Official | None) -> Iterator[ViewerSession]:
    """The eyes of this official, or of the public, without writing."""
    viewer = viewers.viewer(engine, one.person, one.hat) if one else viewers.viewer(engine, None)
    with reading_as(engine, viewer) as session:
        yield session


def in_days(days: int) -> date:
    """A day relative to today."""
    return clock.today() + timedelta(days=days)


def calm_in(days: int, length: int = 2) -> date:
    """The first of so many days without a holiday in any country of the small world, in so many days or soon after."""
    countries = ("BZ", "CO", "ES", "GT", "HN", "MX", "PA")
    first = in_days(days)
    while any(holidays_in(one, first, first + timedelta(days=length - 1)) for one in countries):
        first += timedelta(days=1)
    return first


def particulars(**fields: Any) -> Particulars:
    """A meeting of two days in thirty days' time, in Panama, at nine."""
    given: dict[str, Any] = {
        "title": LocalText({"en": "21st Vice-Ministerial Meeting", "es": "21.ª Reunión Viceministerial"}, "en"),
        "starts_on": in_days(30),
        "ends_on": in_days(31),
        "zone": "America/Panama",
        "begins": time(9),
        "ends": time(17),
        "last_ends": time(12, 30),
        "place": LocalText({"en": "Panama City", "es": "Ciudad de Panamá"}, "es"),
        "languages": ["es", "en"],
    }
    return Particulars(**{**given, **fields})


def scheduled(
    session: ViewerSession, slug: str = "rcx", body: str = "", *, announce: bool = True, **fields: Any
) -> Meeting:
    """A meeting of the process, of the body of this (English) name if one is given; announced unless it is said not."""
    process = queries.process_by_slug(session, slug)
    assert process is not None
    track = queries.track_kept(session, process.id, session.viewer)
    assert track is not None
    bodies = session.scalars(select(Body).where(Body.process_id == process.id)).all()
    found = next((one for one in bodies if str(one.name) == body), None)
    assert bool(found) == bool(body)
    meeting = service.schedule_meeting(session, process, track, particulars(**fields), body=found)
    if announce:
        service.announce_meeting(session, meeting)
    return meeting


def invited(session: ViewerSession, meeting: Meeting, answer_in: int = 10) -> None:
    """Everyone of the body who can be invited."""
    members = [one.participant for one in queries.invitable(session, meeting, clock.today()) if one.in_body]
    service.invite(session, meeting, members, answer_by=in_days(answer_in))


def outcome(session: ViewerSession, meeting: Meeting, text: str, **fields: Any) -> Outcome:
    """A draft outcome."""
    words = OutcomeWords(**{"kind": "decision", "text": LocalText.of(text), **fields})
    return service.record_outcome(session, meeting, words)


def again(session: ViewerSession, meeting: UUID) -> Meeting:
    """The meeting of this id under the session's eyes."""
    found = queries.meeting_by_id(session, meeting)
    assert found is not None
    return found
