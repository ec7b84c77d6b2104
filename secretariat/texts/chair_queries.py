"""What awaits the chair: texts that have passed under silence, and common papers that every member has cleared."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText
from secretariat.core.viewer import Viewer
from secretariat.documents.models import COMMON_PAPER, Document, DocumentState
from secretariat.processes.models import LifeState, Process
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.models import TextEdition
from secretariat.texts.silence import SilenceState
from secretariat.texts.silence_models import SilenceProcedure, TextAdoption


class ToPronounce(NamedTuple):
    """An edition that can be pronounced adopted: its document, and since when."""

    document: UUID
    title: LocalText
    kind: str
    process: UUID
    since: date

    @property
    def is_for_forum(self) -> bool:
        """Whether it is a common paper, which the chair releases."""
        return self.kind == COMMON_PAPER


def to_pronounce(session: Session, viewer: Viewer) -> list[ToPronounce]:
    """What awaits whoever chairs, and the secretariat that would note the chair's word; nothing for anybody else, who
    is not made to wait for it."""
    if not any(one.kind in ("chair", "secretariat") for one in viewer.offices):
        return []
    found: dict[UUID, ToPronounce] = {}
    for rows in (session.execute(_PASSED).all(), session.execute(_CLEARED).all()):
        for document, title, kind, body, process, track, at in rows:
            chairs = any(one.kind == "chair" and one.id in (body, process) for one in viewer.offices)
            if at is not None and (chairs or viewer.keeps(track)):
                found.setdefault(document, ToPronounce(document, title, kind, process, at.date()))
    return sorted(found.values(), key=lambda one: (one.since, str(one.document)))


_OF_DOCUMENT = (
    Document.id,
    Document.title,
    Document.kind,
    Document.body_id,
    Document.process_id,
    Document.track_id,
)
_STANDS = (Document.state == DocumentState.ISSUED, TextAdoption.id.is_(None), Process.state == LifeState.ACTIVE)
# Built once: they are asked on first pages.
_PASSED = (
    select(*_OF_DOCUMENT, SilenceProcedure.recorded_at)
    .select_from(SilenceProcedure)
    .join(TextEdition, SilenceProcedure.edition_id == TextEdition.id)
    .join(Document, TextEdition.document_id == Document.id)
    .join(Process, Document.process_id == Process.id)
    .outerjoin(TextAdoption, TextAdoption.edition_id == TextEdition.id)
    .where(SilenceProcedure.recorded_state == SilenceState.PASSED, SilenceProcedure.called_off_at.is_(None), *_STANDS)
)
_CLEARED = (
    select(*_OF_DOCUMENT, Clearance.asked_at)
    .select_from(Clearance)
    .join(Document, Clearance.document_id == Document.id)
    .join(Process, Document.process_id == Process.id)
    .outerjoin(TextAdoption, TextAdoption.edition_id == Clearance.edition_id)
    .outerjoin(
        ClearanceAnswer,
        (ClearanceAnswer.clearance_id == Clearance.id) & (ClearanceAnswer.says == ClearanceSays.NOT_YET),
    )
    .where(ClearanceAnswer.id.is_(None), Clearance.released_on.is_(None), *_STANDS)
)
