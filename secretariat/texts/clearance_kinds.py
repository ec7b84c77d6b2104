"""What of clearance for an outside forum a person meets: that it is asked, and what each member says."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer


def _title(one: Clearance | None) -> str:
    document = one.document if one is not None else None
    return _("Clearance of %(text)s", text=local_text(document.title)) if document is not None else _("Clearance")


def _by_secretariat(_session: Session, one: Any) -> Origin:
    return Origin(OriginKind.SECRETARIAT, one.track_id)


def _by_participant(_session: Session, one: Any) -> Origin:
    return Origin(OriginKind.PARTICIPANT, one.participant_id)


register(
    Kind(Clearance, _l("Clearance for an outside forum"), _title, lambda one: f"/clearances/{one.id}", _by_secretariat)
)
register(
    Kind(
        ClearanceAnswer,
        _l("Word of a member on a common paper"),
        lambda one: one.words or _title(one.clearance),
        lambda one: f"/clearances/{one.clearance_id}" if one.clearance is not None else None,
        _by_participant,
    )
)
