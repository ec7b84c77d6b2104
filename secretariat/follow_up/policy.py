"""Who may look after follow-up, and what a policy may say."""

from __future__ import annotations

from secretariat.core.viewer import HatKind, Viewer


def keeps_follow_up(viewer: Viewer) -> bool:
    """Whether one looks after the follow-up of a track: its secretariat."""
    return viewer.hat.kind is HatKind.SECRETARIAT and viewer.hat.id is not None and viewer.keeps(viewer.hat.id)
