"""Asking for a job, and doing it: under a lease, so that two workers do it once and a lost one is done again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine, or_, select, update
from sqlalchemy.orm import Session

from config import Settings
from secretariat.core import after_commit, clock
from secretariat.core.database import Labelled
from secretariat.core.labelling import attach, label_value
from secretariat.core.models import Job, JobState
from secretariat.core.session import Reason, ViewerSession, reading_as, system_access, system_unit
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory import viewers
from secretariat.jobs.kinds import Hands, Kind, NotThroughYet, Progress, Result, kind
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

log = structlog.get_logger()
TASK = "worker.tasks.do_job"
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3
KEPT = timedelta(days=30)


def ask(
    session: ViewerSession,
    name: str,
    process: Process,
    track: Track,
    arguments: dict[str, Any],
    *,
    about: Labelled | None = None,
) -> Job:
    """Ask for work of a kind. Only who asked reads the job and its result, and only while he may read what it is
    `about`: a paper is not kept beyond the right to it. Raises KeyError for an unknown kind."""
    kind(name)
    person = session.viewer.person
    if person is None:
        raise PermissionError("the public cannot ask for long work")
    job = Job(kind=name, person_id=person, hat=str(session.viewer.hat), arguments=arguments)
    around = label_value(session, about.label_id).clauses if about is not None else frozenset()
    hat = session.viewer.hat
    # Who acts for a host takes part in nothing, and is no person a label can name.
    asker = clauses.protocol(hat.id) if hat.kind is HatKind.PROTOCOL and hat.id else clauses.person(person)
    attach(session, job, [*around, clauses.named(process, track, audience=[asker])])
    after_commit.start(session, TASK, job.id)
    return job


def given_up(session: Session, job_id: UUID | None) -> bool:
    """Whether nobody is at a job any more, and it did not come to its end."""
    with system_access(session, Reason.JOB) as system:
        state = system.scalar(select(Job.state).where(Job.id == job_id))
    return state in (None, JobState.FAILED)


def waiting(engine: Engine) -> list[UUID]:
    """Jobs that nobody is at: for the sweep that finds what a lost message left behind."""
    with system_unit(engine, Reason.JOB, writes=False) as session:
        return list(session.scalars(select(Job.id).where(_free()).order_by(Job.asked_at)))


def do(engine: Engine, job_id: UUID, settings: Settings | None = None) -> None:
    """Do a job, if nobody else is at it. Its reader's rights are those of the moment it is done. `settings` are needed
    by work that writes."""
    claimed = _claim(engine, job_id)
    if claimed is None:
        return
    name, person, hat, arguments = claimed
    try:
        result = _done(engine, settings, kind(name), (person, hat), arguments, _progress(engine, job_id))
    except NotThroughYet:
        _go_on_later(engine, job_id)
    except Exception:
        log.exception("job failed", job=str(job_id), kind=name)
        _give_back(engine, job_id)
    else:
        _finish(engine, job_id, result)


def _done(
    engine: Engine,
    settings: Settings | None,
    of: Kind,
    who: tuple[UUID, Hat],
    arguments: dict[str, Any],
    progress: Progress,
) -> Result:
    if of.deed is not None:
        assert settings is not None, "work that writes needs the settings"
        return of.deed(Hands(engine, settings, lambda: viewers.viewer(engine, *who)), arguments, progress)
    assert of.work is not None
    with reading_as(engine, viewers.viewer(engine, *who)) as session:
        return of.work(session, arguments, progress)


def _free() -> Any:
    """Waiting, or left by a worker that died; a job that failed three times is not tried again."""
    left = (Job.state == JobState.RUNNING) & (Job.leased_until < clock.now())
    return or_(Job.state == JobState.WAITING, left) & (Job.attempts < MOST_ATTEMPTS)


def _claim(engine: Engine, job_id: UUID) -> tuple[str, UUID, Hat, dict[str, Any]] | None:
    with system_unit(engine, Reason.JOB) as session:
        taken = session.execute(
            update(Job)
            .where(Job.id == job_id, _free())
            .values(state=JobState.RUNNING, leased_until=clock.now() + LEASE, attempts=Job.attempts + 1)
        )
        if not taken.rowcount:  # type: ignore[attr-defined]
            return None
        job = session.get_one(Job, job_id)
        return job.kind, job.person_id, Hat.parse(job.hat), job.arguments


def _progress(engine: Engine, job_id: UUID) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        with system_unit(engine, Reason.JOB) as session:
            leased = clock.now() + LEASE
            session.execute(update(Job).where(Job.id == job_id).values(done=done, total=total, leased_until=leased))

    return tell


def _go_on_later(engine: Engine, job_id: UUID) -> None:
    """Its turn is over, and it got on: that was no attempt that failed."""
    with system_unit(engine, Reason.JOB) as session:
        job = session.get_one(Job, job_id)
        job.state, job.attempts = JobState.WAITING, 0
        after_commit.start(session, TASK, job.id)
    after_commit.run(session)


def _give_back(engine: Engine, job_id: UUID) -> None:
    with system_unit(engine, Reason.JOB) as session:
        job = session.get_one(Job, job_id)
        over = job.attempts >= MOST_ATTEMPTS
        job.state = JobState.FAILED if over else JobState.WAITING
        job.finished_at = clock.now() if over else None


def _finish(engine: Engine, job_id: UUID, result: Result) -> None:
    with system_unit(engine, Reason.JOB) as session:
        job = session.get_one(Job, job_id)
        job.state, job.finished_at = JobState.DONE, clock.now()
        job.done = job.total = max(job.total, 1)
        job.result_name, job.result_type, job.result = result.name, result.media_type, result.content


def sweep(engine: Engine) -> None:
    """Say of jobs whose worker died too often that they failed, and throw results away when their time has come."""
    with system_unit(engine, Reason.JOB) as session:
        lost = (Job.state == JobState.RUNNING) & (Job.leased_until < clock.now()) & (Job.attempts >= MOST_ATTEMPTS)
        session.execute(update(Job).where(lost).values(state=JobState.FAILED, finished_at=clock.now()))
        old = Job.finished_at < clock.now() - KEPT
        session.execute(update(Job).where(old, Job.result.is_not(None)).values(result=None, result_name=""))
