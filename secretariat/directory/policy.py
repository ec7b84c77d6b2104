"""Who may do what with appointments and contact cards. Pure predicates on what the viewer holds today.

Appointments are made by the secretariat of the track, by letter on record, and by nobody for himself. Where a track has
no officer, an administrator names the first; that gives the administrator nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.directory.models import Appointment, ContactCard, ProposedSuccessor, RoleName
from secretariat.processes.models import Track, TrackKind

FOR_ONE_MEETING = RoleName.PROTOCOL_OFFICER
"""Who is named for one meeting, on the page of its host's list; never from the directory of a process."""

KEEPING_ROLES = {TrackKind.GOVERNMENT: RoleName.OFFICER, TrackKind.CIVIL_SOCIETY: RoleName.COORDINATOR}
"""What those are appointed as who keep a track."""

ROLES = {
    TrackKind.GOVERNMENT: (
        RoleName.FOCAL_POINT,
        RoleName.ALTERNATE,
        RoleName.COLLEAGUE,
        RoleName.CHAIR,
        RoleName.LIAISON_OFFICER,
        RoleName.OFFICER,
        RoleName.CHAIRS_OFFICE,
    ),
    TrackKind.CIVIL_SOCIETY: (RoleName.REPRESENTATIVE, RoleName.CHAIR, RoleName.COORDINATOR),
}
"""What one can be appointed as on each side of a process."""


def keeps_any_track(viewer: Viewer, tracks: Iterable[Track]) -> bool:
    """Whether one acts as the secretariat of one of these tracks."""
    return any(viewer.keeps(track.id) for track in tracks)


def may_appoint(viewer: Viewer, track: Track, role: RoleName, person: UUID | None) -> bool:
    """Enter an appointment on a track: its secretariat, for anyone but oneself. `person` None is somebody new."""
    known = role in ROLES[track.kind] or role is FOR_ONE_MEETING
    return viewer.keeps(track.id) and known and person != viewer.person


def may_appoint_first(viewer: Viewer, person: UUID | None, *, kept: bool) -> bool:
    """Name the first keeper of a track nobody keeps: an administrator, never for himself."""
    return viewer.administers and not kept and person != viewer.person


def may_end(viewer: Viewer, appointment: Appointment) -> bool:
    """End an appointment, or hand it over: the secretariat of its track."""
    return appointment.track_id is not None and viewer.keeps(appointment.track_id)


def kept_track(viewer: Viewer, appointment: Appointment, tracks: Iterable[Track]) -> Track | None:
    """The track of an appointment, where one acts as its secretariat."""
    return next((one for one in tracks if one.id == appointment.track_id and viewer.keeps(one.id)), None)


def may_settle(viewer: Viewer, told: ProposedSuccessor) -> bool:
    """See to whom a focal point says to follow: the secretariat of the track."""
    return viewer.keeps(told.track_id)


def may_edit_card(viewer: Viewer, card: ContactCard) -> bool:
    """Change what stands on a contact card: whose it is, and the secretariat of its track."""
    return viewer.person == card.person_id or viewer.keeps(card.track_id)


def may_choose_readers(viewer: Viewer, card: ContactCard) -> bool:
    """Choose who sees a number: whose it is, nobody else."""
    return viewer.person == card.person_id


def hat_fits(role: RoleName, hat: Hat, track: Track) -> bool:
    """Whether what one is appointed as belongs with whom one acts for."""
    if role in (KEEPING_ROLES[track.kind], RoleName.CHAIRS_OFFICE):
        return hat == Hat(HatKind.SECRETARIAT, track.id)
    if role is FOR_ONE_MEETING:
        return hat.kind is HatKind.PROTOCOL and hat.id is not None
    return hat.kind is HatKind.PARTICIPANT and hat.id is not None and role in ROLES[track.kind]
