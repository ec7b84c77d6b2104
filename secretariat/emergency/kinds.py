"""An emergency access as a thing that carries a label."""

from __future__ import annotations

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.directory.models import EmergencyAccess

register(
    Kind(
        EmergencyAccess,
        _l("Emergency access"),
        lambda _one: _("Emergency access"),
        lambda one: f"/emergency-access/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
