"""The matrix of a plan: which participant does what in which activity. Columns, in one statement."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.plans.models import Activity, Area, Commitment, Objective, ProgressUpdate
from secretariat.plans.numbering import commitment_number
from secretariat.plans.queries.commitments import IN_PLAN
from secretariat.plans.queries.progress import in_force_id
from secretariat.plans.queries.tabulated import ListedPart
from secretariat.plans.status import Status, shown_as
from secretariat.processes.models import Participant


class Cell(NamedTuple):
    """A commitment in the matrix, with the statement that holds of it."""

    id: UUID
    label_id: int
    participant_id: UUID
    part_id: UUID | None
    part_number: str
    number: int | None
    status: Status | None
    said_label_id: int | None

    @property
    def shown_number(self) -> str:
        return commitment_number(self.part_number, self.number)

    @property
    def shown_status(self) -> str:
        return shown_as(self.status)


def cells_of(session: Session, plan_id: UUID) -> list[Cell]:
    """Every commitment of a plan the reader reads, in the order of the text. Proposals are none."""
    rows = session.execute(
        select(
            Commitment.id,
            Commitment.label_id,
            Commitment.participant_id,
            Commitment.area_id,
            Commitment.objective_id,
            Commitment.activity_id,
            Commitment.part_number,
            Commitment.number,
            ProgressUpdate.status,
            ProgressUpdate.label_id,
        )
        .outerjoin(ProgressUpdate, ProgressUpdate.id == in_force_id())
        .where(Commitment.plan_id == plan_id, Commitment.state.in_(IN_PLAN))
        .order_by(Commitment.place, Commitment.number, Commitment.id)
    )
    return [
        Cell(key, label, who, activity or objective or area, part_number, number, status, said)
        for key, label, who, area, objective, activity, part_number, number, status, said in rows
    ]


def listed_parts(session: Session, plan_id: UUID) -> list[tuple[ListedPart, bool]]:
    """Areas, objectives and activities in the order of the paper, and whether each is an activity. Three statements."""
    found: list[tuple[str, ListedPart, bool]] = []
    for kind in (Area, Objective, Activity):
        wanted = select(kind.place, kind.id, kind.number, kind.title, kind.label_id).where(kind.plan_id == plan_id)
        found += [
            (place, ListedPart(key, number, title, label), kind is Activity)
            for place, key, number, title, label in session.execute(wanted)
        ]
    return [(part, is_activity) for _place, part, is_activity in sorted(found, key=lambda one: one[0])]


def codes_of(session: Session, participants: set[UUID]) -> dict[UUID, str]:
    """The two letters of each state; what is no state has none."""
    wanted = select(Participant.id, Participant.iso).where(Participant.id.in_(participants))
    return {key: iso for key, iso in session.execute(wanted) if iso}
