"""What of chairmanship a person meets: the handover file of a term, whose readers follow from where it stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.chairmanship.models import Handover
from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l


def _outgoing(_session: Session, handover: Any) -> Origin:
    return Origin(OriginKind.PARTICIPANT, handover.participant_id)


register(
    Kind(
        Handover,
        _l("Handover file of the Chair"),
        lambda _one: _("Handover file of the Chair"),
        lambda one: f"/handovers/{one.id}",
        _outgoing,
    )
)
