"""Long work: once under any number of workers, in its asker's eyes, for its asker alone."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, update

from secretariat.core import clock
from secretariat.core.models import Job, JobState
from secretariat.core.session import Reason, ViewerSession, reading_as, system_unit
from secretariat.directory import viewers
from secretariat.jobs import kinds, queries, service
from secretariat.processes.models import Participant, Participation, Process, Track
from tests.factories import people
from tests.factories.processes import small_world


@pytest.fixture
def counted() -> list[int]:
    """Registers a kind of work that counts participations its asker may read; what it counted is kept here."""
    seen: list[int] = []

    def work(session: ViewerSession, arguments: dict[str, Any], progress: kinds.Progress) -> kinds.Result:
        count = session.scalar(select(func.count()).select_from(Participation)) or 0
        progress(count, count)
        seen.append(count)
        if arguments.get("fails"):
            raise ValueError("the material is not good")
        return kinds.Result("count.txt", str(count).encode(), "text/plain")

    kinds.register("count of participations", "Count of participations", work)
    return seen


@pytest.fixture
def readers(engine: Engine) -> dict[str, people.Official]:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        return {
            "officer": people.officer(session, world.government),
            "gt": people.focal_point(session, world.government, world.member["gt"]),
            "house": people.representative(session, world.network, world.organization["house"]),
        }


def asked_by(engine: Engine, one: people.Official, **arguments: Any) -> UUID:
    with reading_as(engine, viewers.viewer(engine, one.person, one.hat), writes=True) as session:
        process = session.scalars(select(Process)).one()
        track = session.scalars(select(Track).order_by(Track.position)).first()
        assert track is not None
        job = service.ask(session, "count of participations", process, track, arguments)
        session.commit()
        return job.id


def seen_by(engine: Engine, one: people.Official, job_id: UUID) -> Job | None:
    with reading_as(engine, viewers.viewer(engine, one.person, one.hat)) as session:
        return queries.job(session, job_id)


def participations(engine: Engine, one: people.Official) -> int:
    with reading_as(engine, viewers.viewer(engine, one.person, one.hat)) as session:
        return session.scalar(select(func.count()).select_from(Participation)) or 0


def test_work_is_done_in_the_eyes_of_who_asked(
    engine: Engine, readers: dict[str, people.Official], counted: list[int]
) -> None:
    job_id = asked_by(engine, readers["gt"])
    service.do(engine, job_id)
    assert counted == [participations(engine, readers["gt"])]
    with system_unit(engine, Reason.JOB) as session:
        everything = session.scalar(select(func.count()).select_from(Participation)) or 0
    assert counted[0] < everything
    job = seen_by(engine, readers["gt"], job_id)
    assert job is not None
    assert (job.state, job.result_name, job.done) == (JobState.DONE, "count.txt", counted[0])


def test_job_is_there_for_its_asker_alone(
    engine: Engine, readers: dict[str, people.Official], counted: list[int]
) -> None:
    job_id = asked_by(engine, readers["gt"])
    assert seen_by(engine, readers["gt"], job_id) is not None
    assert seen_by(engine, readers["officer"], job_id) is None
    assert seen_by(engine, readers["house"], job_id) is None


def test_what_was_made_under_one_hat_is_not_there_under_another(
    engine: Engine, readers: dict[str, people.Official], counted: list[int]
) -> None:
    job_id = asked_by(engine, readers["officer"])
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.scalars(select(Track).order_by(Track.position)).first()
        state = session.scalars(select(Participant).where(Participant.id == readers["gt"].hat.id)).one()
        assert track is not None
        other = people.focal_point(session, track, state, of=readers["officer"])
    assert seen_by(engine, readers["officer"], job_id) is not None
    assert seen_by(engine, other, job_id) is None


def test_second_worker_finds_nothing_to_do(
    engine: Engine, readers: dict[str, people.Official], counted: list[int]
) -> None:
    job_id = asked_by(engine, readers["officer"])
    service.do(engine, job_id)
    service.do(engine, job_id)
    assert len(counted) == 1
    assert service.waiting(engine) == []


def test_job_of_a_dead_worker_is_done_again_after_its_lease(
    engine: Engine, readers: dict[str, people.Official], counted: list[int]
) -> None:
    job_id = asked_by(engine, readers["officer"])
    with system_unit(engine, Reason.JOB) as session:
        session.execute(
            update(Job).values(state=JobState.RUNNING, attempts=1, leased_until=clock.now() + timedelta(minutes=1))
        )
    assert service.waiting(engine) == []
    with system_unit(engine, Reason.JOB) as session:
        session.execute(update(Job).values(leased_until=clock.now() - timedelta(seconds=1)))
    assert service.waiting(engine) == [job_id]
    service.do(engine, job_id)
    assert len(counted) == 1


def test_job_that_fails_three_times_says_so_and_is_left_alone(
    engine: Engine, readers: dict[str, people.Official], counted: list[int]
) -> None:
    job_id = asked_by(engine, readers["officer"], fails=True)
    for _attempt in range(5):
        service.do(engine, job_id)
    assert len(counted) == service.MOST_ATTEMPTS
    job = seen_by(engine, readers["officer"], job_id)
    assert job is not None
    assert (job.state, job.result_name) == (JobState.FAILED, "")
