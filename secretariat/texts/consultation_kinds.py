"""What of consultations a person meets: the text that everybody reads, who has commented, and what was said."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter


def _secretariats(session: Session, one: PublicComment) -> Origin:
    track = session.scalar(select(PublicConsultation.track_id).where(PublicConsultation.id == one.consultation_id))
    return Origin(OriginKind.SECRETARIAT, track or one.id)


def _in_consultation(one: PublicComment) -> str | None:
    return f"/consultations/{one.consultation_id}/comments" if one.consultation is not None else None


def _among_writers(one: PublicWriter) -> str | None:
    return f"/consultations/{one.consultation_id}/writers" if one.consultation is not None else None


def _of_oneself(_session: Session, one: PublicWriter) -> Origin:
    """A name is of who gave it, not the paper of the secretariat: its reading is recorded."""
    return Origin(OriginKind.PERSON, one.writer_id)


register(
    Kind(
        PublicConsultation,
        _l("Consultation of the public"),
        lambda one: one.title,
        lambda one: f"/consultations/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(Kind(PublicWriter, _l("Name of who commented in public"), lambda one: one.name, _among_writers, _of_oneself))
register(Kind(PublicComment, _l("Comment of the public"), lambda one: one.words, _in_consultation, _secretariats))
