"""What of correspondence a person meets: a circular."""

from __future__ import annotations

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.models import Circular, CircularCopy

register(
    Kind(
        Circular,
        _l("Circular"),
        lambda one: one.title,
        lambda one: f"/circulars/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        CircularCopy,
        _l("Copy of a circular"),
        lambda one: one.circular.title if one.circular is not None else "",
        lambda one: f"/circulars/{one.circular_id}" if one.circular is not None else None,
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.circular.track_id),
    )
)
