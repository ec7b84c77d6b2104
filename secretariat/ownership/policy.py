"""Who sees what of ownership. Pure predicates on what the viewer holds today."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.viewer import Office, Viewer
from secretariat.processes.models import Process

SPEAKING = ("focal_point", "alternate")


def sees_all(viewer: Viewer, track: UUID) -> bool:
    """Each participant by name: the secretariat of the track, its own officers. Not a chair's office that serves as
    one: it is the chair's."""
    return viewer.is_officer_of(track)


def sees_sums(viewer: Viewer, process: UUID) -> bool:
    """Sums: who chairs the process itself. Those of one body would lie inside them, and could be taken away."""
    return Office("chair", process) in viewer.offices


def sees_named(viewer: Viewer, process: Process) -> bool:
    """Each participant by name, as far as one may read it: who chairs the process, where the members have agreed."""
    return sees_sums(viewer, process.id) and process.names_to_chair(viewer.on)


def sees_own(viewer: Viewer, process: UUID, track: UUID) -> bool:
    """Its own facts: who speaks for a participant that stands on the track."""
    speaks = any(viewer.holds(role, process) for role in SPEAKING)
    return viewer.participant is not None and speaks and track in viewer.tracks_in(process)
