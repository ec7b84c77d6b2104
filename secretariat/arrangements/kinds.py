"""What of a host's list a person meets: the list, and a person on it. Who reads them follows from what they are."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l


def _of_person(_session: Session, one: HostedPerson) -> Origin:
    if one.participant_id is not None:
        return Origin(OriginKind.PARTICIPANT, one.participant_id)
    return Origin(OriginKind.SECRETARIAT, one.track_id)


register(
    Kind(
        HostList,
        _l("Host's list of a meeting"),
        lambda one: one.title,
        lambda one: f"/host-lists/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(
    Kind(
        HostedPerson,
        _l("Person on a host's list"),
        lambda one: one.name,
        lambda one: f"/host-lists/{one.list_id}" if one.host_list is not None else None,
        _of_person,
    )
)
