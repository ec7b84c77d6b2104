"""Who may raise, lower and propose labels. Pure predicates on what the viewer holds today.

Raising is immediate, by the secretariat of the track or by whose paper it is. Lowering belongs to whose paper it is: a
participant's paper to that participant alone, a joint text to the body that adopted it (the secretariat or the body's
chair records its decision), the secretariat's own to the secretariat.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from secretariat.core.kinds import Origin, OriginKind
from secretariat.core.viewer import Office, Viewer

SPEAKING_ROLES = ("focal_point", "alternate", "representative")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is asked of a thing: whose it is, and in which process and track it stands."""

    origin: Origin
    process: UUID
    track: UUID

    @property
    def is_joint(self) -> bool:
        """Whether a body adopted it, so that its label is lowered by that body's decision."""
        return self.origin.kind is OriginKind.BODY

    @property
    def participant(self) -> UUID | None:
        """The participant whose paper it is, if it is one's."""
        return self.origin.id if self.origin.kind is OriginKind.PARTICIPANT else None


def is_own(viewer: Viewer, paper: Paper) -> bool:
    """Whether it is the paper of the participant one speaks for, in this process and track."""
    return (
        paper.participant is not None
        and viewer.participant == paper.participant
        and any(
            role.name in SPEAKING_ROLES and role.process == paper.process and role.track == paper.track
            for role in viewer.roles
        )
    )


def may_raise(viewer: Viewer, paper: Paper) -> bool:
    """Leave it to fewer readers, at once: the secretariat of the track, and whose paper it is."""
    return viewer.keeps(paper.track) or is_own(viewer, paper) or _chairs(viewer, paper)


def may_lower(viewer: Viewer, paper: Paper) -> bool:
    """Open it to more readers, now, at a day or with an event."""
    if paper.origin.kind is OriginKind.PARTICIPANT:
        return is_own(viewer, paper)
    if paper.origin.kind is OriginKind.BODY:
        return viewer.keeps(paper.track) or _chairs(viewer, paper)
    return paper.origin.kind is OriginKind.SECRETARIAT and viewer.keeps(paper.track)


def _chairs(viewer: Viewer, paper: Paper) -> bool:
    """Whether one chairs the body whose joint text it is."""
    return paper.is_joint and Office("chair", paper.origin.id) in viewer.offices


def may_propose(viewer: Viewer, paper: Paper) -> bool:
    """Propose to a participant that it lower the label of its paper: the secretariat of the track."""
    return paper.participant is not None and viewer.keeps(paper.track)


def may_answer(viewer: Viewer, participant: UUID, process: UUID, track: UUID) -> bool:
    """Answer what was proposed for a participant's paper: that participant, nobody for it."""
    return is_own(viewer, Paper(Origin(OriginKind.PARTICIPANT, participant), process, track))


def may_see_to(viewer: Viewer, paper: Paper) -> bool:
    """Open the page on which a label is changed; set and close a day on which to look again."""
    return may_raise(viewer, paper) or may_lower(viewer, paper) or may_propose(viewer, paper)
