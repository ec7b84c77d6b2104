"""Whose eyes a handover file will be read with: those of whom the next chair appoints, on the day its term begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from secretariat.chairmanship.handing_over import begins
from secretariat.chairmanship.models import Handover
from secretariat.core import labelling
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.directory import viewers
from secretariat.processes.models import ChairTerm


def reader_as_next(session: ViewerSession, handover: Handover, participant: UUID, on: date) -> Viewer:
    """Whoever the participant appoints, and nobody in particular: what it stands for, and its office as chair."""
    nobody = uuid5(NAMESPACE_URL, f"handover:{handover.id}:{participant}")
    with system_access(session, Reason.ARCHIVE) as system:
        alone = viewers.make_participants(system, [participant], on)[participant]
        return labelling.reader_in_order(
            system.connection(), nobody, alone.hat, on, lambda key: replace(alone, id=key, person=nobody)
        )


def day_of_reading(terms: list[ChairTerm], term: ChairTerm, participant: UUID, on: date) -> date:
    """The day on which it first reads the file as chair: when its term begins, or today where it runs or none is on
    record."""
    first = begins(terms, term, participant)
    return max(on, first) if first is not None else on
