"""Files as evidence of updates, and those of drafts, as far as the reader may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from secretariat.plans.evidence_models import EvidenceFile, LentFile
from secretariat.plans.models import Commitment, Evidence, LentUpdate, ProgressUpdate
from secretariat.plans.status import UpdateState


def files_of(session: Session, updates: Iterable[UUID]) -> Mapping[UUID, tuple[EvidenceFile, ...]]:
    """The files of updates, in their order. One statement."""
    found: dict[UUID, tuple[EvidenceFile, ...]] = {}
    wanted = select(EvidenceFile).where(EvidenceFile.update_id.in_(list(updates)))
    for one in session.scalars(wanted.order_by(EvidenceFile.update_id, EvidenceFile.position)):
        found[one.update_id] = (*found.get(one.update_id, ()), one)
    return found


def evidence_file(session: Session, key: UUID) -> EvidenceFile | LentFile | None:
    """One file, of an update or of a draft."""
    found: EvidenceFile | None = session.scalar(select(EvidenceFile).where(EvidenceFile.id == key))
    return found if found is not None else draft_file(session, key)


def draft_file(session: Session, key: UUID) -> LentFile | None:
    """One file of a draft, while that is of use."""
    wanted = select(LentFile).join(LentUpdate, LentUpdate.id == LentFile.lent_id)
    return session.scalar(wanted.where(LentFile.id == key, LentUpdate.closed_at.is_(None)))


def files_of_drafts(session: Session, commitments: Iterable[UUID]) -> Mapping[UUID, Sequence[LentFile]]:
    """The files colleagues sent with drafts that are still of use, by commitment. One statement."""
    found: dict[UUID, list[LentFile]] = defaultdict(list)
    wanted = (
        select(LentFile, LentUpdate.commitment_id)
        .join(LentUpdate, LentUpdate.id == LentFile.lent_id)
        .where(LentUpdate.commitment_id.in_(list(commitments)), LentUpdate.closed_at.is_(None))
        .order_by(LentUpdate.lent_at, LentFile.lent_id, LentFile.position)
    )
    for one, commitment in session.execute(wanted):
        found[commitment].append(one)
    return found


def has_files(session: Session, lent: UUID) -> bool:
    """Whether a colleague has sent files with a draft."""
    return session.scalar(select(LentFile.id).where(LentFile.lent_id == lent).limit(1)) is not None


def files_with_draft(session: Session, lent: UUID) -> Sequence[LentFile]:
    """The files of one draft."""
    return session.scalars(select(LentFile).where(LentFile.lent_id == lent).order_by(LentFile.position)).all()


class NamedEvidence(NamedTuple):
    """A file or an address as it is named in a list."""

    update_id: UUID
    commitment_id: UUID
    words: str
    label_id: int


def evidence_of_plan(
    session: Session, plan_id: UUID, *conditions: ColumnElement[bool]
) -> Mapping[UUID, Sequence[NamedEvidence]]:
    """What is named as evidence of the confirmed statements of a plan, by statement: files, then addresses. Two
    statements."""
    found: dict[UUID, list[NamedEvidence]] = defaultdict(list)
    for kind, words in _KINDS:
        wanted = (
            select(kind.update_id, ProgressUpdate.commitment_id, words, kind.label_id)
            .join(ProgressUpdate, ProgressUpdate.id == kind.update_id)
            .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
            .where(Commitment.plan_id == plan_id, ProgressUpdate.state == UpdateState.CONFIRMED, *conditions)
            .order_by(kind.update_id, kind.position)
        )
        for one in session.execute(wanted):
            found[one[0]].append(NamedEvidence(*one))
    return found


_KINDS: tuple[tuple[type[EvidenceFile | Evidence], Any], ...] = (
    (EvidenceFile, EvidenceFile.name),
    (Evidence, Evidence.address),
)
