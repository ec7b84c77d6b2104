"""What of a host's list a person meets: the list, and a person on it. Who reads them follows from what they are."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.workshop_models import CapacityBuilt, Workshop, WorkshopCall, WorkshopSeat
from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText


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


def _title(one: WorkshopCall | CapacityBuilt) -> LocalText | str:
    return one.workshop.title if one.workshop is not None else ""


def _page(one: WorkshopCall | CapacityBuilt | WorkshopSeat) -> str | None:
    return f"/workshops/{one.workshop_id}" if one.workshop is not None else None


def _by_participant(_session: Session, one: WorkshopCall | CapacityBuilt) -> Origin:
    return Origin(OriginKind.PARTICIPANT, one.participant_id)


def _of_seat(session: Session, one: WorkshopSeat) -> Origin:
    if one.participant_id is not None:
        return Origin(OriginKind.PARTICIPANT, one.participant_id)
    return Origin(OriginKind.SECRETARIAT, one.workshop.track_id)


def _of_giver(_session: Session, one: Contribution) -> Origin:
    if one.participant_id is not None:
        return Origin(OriginKind.PARTICIPANT, one.participant_id)
    return Origin(OriginKind.SECRETARIAT, one.track_id)


register(
    Kind(
        Workshop,
        _l("Workshop"),
        lambda one: one.title,
        lambda one: f"/workshops/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(Kind(WorkshopCall, _l("Call for nominees of a workshop"), _title, _page, _by_participant))
register(Kind(WorkshopSeat, _l("Person named for a workshop"), lambda one: one.name, _page, _of_seat))
register(Kind(CapacityBuilt, _l("What could be used of a workshop"), lambda one: one.words, _page, _by_participant))
register(
    Kind(
        Contribution,
        _l("Contribution"),
        lambda one: one.in_kind or one.earmark or one.currency,
        lambda one: f"/contributions/{one.id}",
        _of_giver,
    )
)
