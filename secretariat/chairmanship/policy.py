"""Who may do what with the handover file of a term. Reading is the labels' matter; these are pure and see values."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.viewer import Viewer
from secretariat.processes.models import ChairTerm

PRESIDING = ("chair", "co_chair")


def is_outgoing(viewer: Viewer, term: ChairTerm) -> bool:
    """Whether one is appointed as chair by the participant whose term it is: also when the term has just ended."""
    return viewer.participant == term.participant_id and any(
        one.name == "chair" and one.process == term.process_id and one.body == term.body_id for one in viewer.roles
    )


def may_prepare(viewer: Viewer, term: ChairTerm, track: UUID) -> bool:
    """The outgoing chair, and the secretariat beside it; not a chair's office that serves as one, for with the term it
    may be the next chair's."""
    return term.role in PRESIDING and (is_outgoing(viewer, term) or viewer.is_officer_of(track))


def may_clear(viewer: Viewer, term: ChairTerm) -> bool:
    """The outgoing chair alone."""
    return term.role in PRESIDING and is_outgoing(viewer, term)
