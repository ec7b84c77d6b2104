"""The one mail of emergencies: to all who keep the track, at once."""

from __future__ import annotations

from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.core.session import ViewerSession
from secretariat.directory.models import EmergencyAccess
from secretariat.directory.queries import KEEPERS
from secretariat.emergency import queries, service
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending


def begun(session: Session, sending: Sending) -> Letter | None:
    """Who reads, since when, why, who agreed, until when. It goes also when it is over by then: it is to be known."""
    access = session.scalar(select(EmergencyAccess).where(EmergencyAccess.id == sending.id_of("access")))
    if access is None or access.confirmed_at is None:
        return None
    [one] = queries.shown(cast("ViewerSession", session), [access.id])
    return sending.letter(
        _("Emergency access to your papers"),
        level=Level.NAMED,
        one=one,
        page=sending.page(f"/emergency-access/{access.id}"),
    )


composition.register(service.BEGUN, begun, roles=KEEPERS)
