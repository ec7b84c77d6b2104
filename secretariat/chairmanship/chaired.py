"""What one chairs today. Pure: predicates on what the viewer holds."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from secretariat.core.viewer import Office, Role, Viewer

CHAIR = "chair"


def chaired_in(viewer: Viewer, process: UUID) -> frozenset[UUID]:
    """What the viewer chairs today in a process: the process itself, or bodies of it, by id."""
    return frozenset(_chaired(one) for one in _chairing(viewer) if one.process == process)


def processes_chaired(viewer: Viewer) -> frozenset[UUID]:
    """The processes in which the viewer chairs anything today."""
    return frozenset(one.process for one in _chairing(viewer))


def presides(chaired: Collection[UUID], process: UUID, body: UUID | None) -> bool:
    """Whether who chairs these chairs what is of this body, or of the process where it is of none: who chairs the
    process chairs all its bodies, as wherever the chair decides."""
    return process in chaired or (body is not None and body in chaired)


def _chairing(viewer: Viewer) -> list[Role]:
    """Appointments as chair whose term runs: with its end the office is gone, whatever the appointment says."""
    named = [one for one in viewer.roles if one.name == CHAIR]
    return [one for one in named if Office(CHAIR, _chaired(one)) in viewer.offices]


def _chaired(role: Role) -> UUID:
    return role.body or role.process
