"""Named reads of jobs. A reader sees the own ones: the label names nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from secretariat.core.models import Job
from secretariat.core.session import ViewerSession


def my_jobs(session: ViewerSession) -> Sequence[Job]:
    """The reader's jobs, latest first."""
    return session.scalars(select(Job).order_by(Job.asked_at.desc(), Job.id).limit(100)).all()


def job(session: ViewerSession, job_id: UUID) -> Job | None:
    """One job, or None where there is none for this reader."""
    return session.scalar(select(Job).where(Job.id == job_id))
