"""Who may ask what one person reads. Who reads a thing may be asked by whoever reads the thing: the session says so."""

from __future__ import annotations

from secretariat.core.viewer import Viewer
from secretariat.processes.models import Track


def may_see_what_a_person_reads(viewer: Viewer, track: Track) -> bool:
    """See what those appointed on a track may read of it: the secretariat of that track."""
    return viewer.keeps(track.id)
