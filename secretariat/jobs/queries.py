"""Named reads of jobs. A reader sees those asked for under the hat worn now: the label names nobody else, and what was
made with the eyes of one hat is not for another. A paper is there as long as what it is of is there for its reader: a
label raised since it was made holds for it too."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from secretariat.core.database import Labelled
from secretariat.core.models import Job
from secretariat.core.session import ViewerSession
from secretariat.jobs import papers


def my_jobs(session: ViewerSession) -> Sequence[Job]:
    """The reader's jobs, latest first."""
    return _still_theirs(
        session,
        session.scalars(
            select(Job).where(_of_this_hat(session)).order_by(Job.asked_at.desc(), Job.id).limit(100)
        ).all(),
    )


def job(session: ViewerSession, job_id: UUID) -> Job | None:
    """One job, or None where there is none for this reader."""
    found = session.scalars(select(Job).where(Job.id == job_id, _of_this_hat(session))).all()
    return next(iter(_still_theirs(session, found)), None)


def thing_of(session: ViewerSession, job: Job) -> Labelled | None:
    """What the paper a job made is of; None for other work."""
    return next(iter(papers.things_of(session, [job.arguments]).values()), None)


def _still_theirs(session: ViewerSession, jobs: Sequence[Job]) -> list[Job]:
    there = papers.things_of(session, [one.arguments for one in jobs])
    return [one for one in jobs if not one.arguments.get("kind") or one.arguments["thing"] in there]


def _of_this_hat(session: ViewerSession) -> ColumnElement[bool]:
    return Job.hat == str(session.viewer.hat)
