"""Named reads of jobs. A reader sees those asked for under the hat worn now: the label names nobody else, and what was
made with the eyes of one hat is not for another."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from secretariat.core.models import Job
from secretariat.core.session import ViewerSession


def my_jobs(session: ViewerSession) -> Sequence[Job]:
    """The reader's jobs, latest first."""
    return session.scalars(
        select(Job).where(_of_this_hat(session)).order_by(Job.asked_at.desc(), Job.id).limit(100)
    ).all()


def job(session: ViewerSession, job_id: UUID) -> Job | None:
    """One job, or None where there is none for this reader."""
    return session.scalar(select(Job).where(Job.id == job_id, _of_this_hat(session)))


def _of_this_hat(session: ViewerSession) -> ColumnElement[bool]:
    return Job.hat == str(session.viewer.hat)
