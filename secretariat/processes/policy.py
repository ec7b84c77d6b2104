"""Who may do what with a process. Pure predicates on what the viewer holds today.

A process and its governments' side are kept by the secretariat of the governments' track; a network's side by the
coordination of that network, and by nobody else.
"""

from __future__ import annotations

from uuid import UUID

from secretariat.core.labels import ADDRESSABLE_STANDINGS
from secretariat.core.viewer import Viewer
from secretariat.processes.models import Process, StandingKind, Track, TrackKind

SPEAKING = ("focal_point", "alternate")
"""Roles that speak for their government."""
REPRESENTATIVE = "representative"
"""Who speaks for an organization of a network, among its own."""
_NO_LONGER = (StandingKind.SUSPENDED, StandingKind.FORMER)


def may_found(viewer: Viewer) -> bool:
    """Begin a process: an administrator, who gains nothing by it."""
    return viewer.administers


def may_add_network(viewer: Viewer, process: Process) -> bool:
    """Give a process a civil-society side: the governments' own officers, who gain nothing on it."""
    governments = [track for track in process.tracks if track.kind is TrackKind.GOVERNMENT]
    return any(viewer.is_officer_of(track.id) for track in governments)


def has_left(viewer: Viewer, process: Process) -> bool:
    """Whether one acts for a participant that left, or is suspended, and by the process's rule keeps what was addressed
    to it before: it reads that, and not what is said of the process or its bodies since."""
    held = [one for one in viewer.standings if one.process == process.id]
    going_on = any(one.last_generation is None and one.standing in ADDRESSABLE_STANDINGS for one in held)
    return bool(held) and not going_on


def speaks_on(viewer: Viewer, process: UUID, track: UUID) -> bool:
    """Who speaks for a participant on one side of a process today: for a government its focal point or alternate, for
    an organization of a network its representative, and neither on the other side. Whoever has left that side or is
    suspended reads what is left to it, and says nothing there."""
    held = [one for one in viewer.standings if (one.process, one.track) == (process, track)]
    if held and all(one.last_generation is not None or one.standing in _NO_LONGER for one in held):
        return False
    return viewer.participant is not None and any(
        one.name in (*SPEAKING, REPRESENTATIVE) and (one.process, one.track) == (process, track) for one in viewer.roles
    )


def takes_part(viewer: Viewer, process: Process) -> bool:
    """Read the page of those inside; everyone else reads the public page, if there is one."""
    return process.id in viewer.processes


def may_keep(viewer: Viewer, track: Track) -> bool:
    """Change what stands on one side of the wall: its participants, bodies, chairs."""
    return viewer.keeps(track.id)


def may_edit(viewer: Viewer, process: Process) -> bool:
    """Change the process itself - texts, names, public page, dormancy: the secretariat of the governments' track."""
    return any(track.kind is TrackKind.GOVERNMENT and viewer.keeps(track.id) for track in process.tracks)


def may_name_to_chair(viewer: Viewer, process: Process) -> bool:
    """Put on record that the chair is told participants by name: the governments' own officers. Not a chair's office
    that serves as secretariat: it would open this to itself."""
    governments = [track for track in process.tracks if track.kind is TrackKind.GOVERNMENT]
    return any(viewer.is_officer_of(track.id) for track in governments)


def kept_track(viewer: Viewer, process: Process) -> Track | None:
    """The side of this process the viewer keeps, if one; a hat keeps one at most."""
    return next((track for track in process.tracks if viewer.keeps(track.id)), None)
