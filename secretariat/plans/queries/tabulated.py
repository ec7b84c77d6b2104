"""The table of a plan: commitments one below the other, read as columns, and what stands in their cells.

One statement for the rows, one for their partners, one for each level of the text: however many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, case, select
from sqlalchemy.orm import Session

from secretariat.core.database import one_of
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.sizes import among, in_size
from secretariat.plans.models import (
    Activity,
    Area,
    Commitment,
    CommitmentPartner,
    CommitmentState,
    Objective,
    ProgressUpdate,
)
from secretariat.plans.numbering import commitment_number
from secretariat.plans.queries.commitments import IN_PLAN
from secretariat.plans.queries.evidence import NamedEvidence, evidence_of_plan
from secretariat.plans.queries.plan_page import Filters, narrowed
from secretariat.plans.queries.progress import in_force_id
from secretariat.plans.status import CLOSED, Status, shown_as
from secretariat.processes.models import Track


class TableRow(NamedTuple):
    """A commitment with the statement that holds of it, as far as the reader reads that."""

    id: UUID
    label_id: int
    participant_id: UUID
    area_id: UUID | None
    objective_id: UUID | None
    activity_id: UUID | None
    part_number: str
    number: int | None
    words: LocalText
    lead: LocalText | None
    due_on: date | None
    indicator: LocalText | None
    state: CommitmentState
    status: Status | None
    step: LocalText | None
    stated_at: datetime | None
    said_label_id: int | None

    @property
    def shown_number(self) -> str:
        return commitment_number(self.part_number, self.number)

    @property
    def part_id(self) -> UUID | None:
        """The lowest part of the text it stands in."""
        return self.activity_id or self.objective_id or self.area_id

    @property
    def shown_status(self) -> str:
        """The key of its status; silence is `not_yet_reported`."""
        return shown_as(self.status)

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is awaited."""
        return self.state is CommitmentState.WITHDRAWN or self.status in CLOSED


_STATUSES = (Status.COMPLETED, Status.IN_PROGRESS, Status.NOT_YET_STARTED, Status.POSTPONED, Status.WITHDRAWN)
"""The order of statuses; not yet reported is none of them and stands after all."""

BY_DATABASE = {
    "number": Commitment.place,
    "due": Commitment.due_on,
    "status": case({one: place for place, one in enumerate(_STATUSES)}, value=ProgressUpdate.status),
    "step": ProgressUpdate.stated_at,
}
"""By what the database sorts; the order of words is the reader's language's, which it does not know."""


def tabulated(
    session: Session,
    plan_id: UUID,
    filters: Filters,
    on: date,
    *,
    sort: str = "number",
    descending: bool = False,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[TableRow]:
    """Rows of the table under these filters, `limit` of them after `offset`. One statement."""
    if limit is not None and not filters:
        given = {"plan_id": plan_id, "passed": offset, "rows": limit}
        return [TableRow(*one) for one in session.execute(_page(sort, descending), given)]
    statement = narrowed(_ROWS, plan_id, filters, on).order_by(*_order(sort, descending))
    return [TableRow(*one) for one in session.execute(statement.offset(offset or None).limit(limit))]


def _order(sort: str, descending: bool) -> list[Any]:
    """What has none of what is sorted by stands last, either way; the order of the plan decides between equals."""
    in_plan = [Commitment.place, Commitment.number, Commitment.id]
    if sort == "number":
        return [one.desc() for one in in_plan] if descending else in_plan
    first = BY_DATABASE[sort]
    return [(first.desc() if descending else first.asc()).nulls_last(), *in_plan]


_ROWS: Select[*tuple[Any, ...]] = (
    select(
        Commitment.id,
        Commitment.label_id,
        Commitment.participant_id,
        Commitment.area_id,
        Commitment.objective_id,
        Commitment.activity_id,
        Commitment.part_number,
        Commitment.number,
        Commitment.words,
        Commitment.lead,
        Commitment.due_on,
        Commitment.indicator,
        Commitment.state,
        ProgressUpdate.status,
        ProgressUpdate.step,
        ProgressUpdate.stated_at,
        ProgressUpdate.label_id,
    )
    .outerjoin(ProgressUpdate, ProgressUpdate.id == in_force_id())
    .where(one_of(Commitment.state, IN_PLAN))
)


_PLAN = bindparam("plan_id", type_=Commitment.plan_id.type)


@cache
def _page(sort: str, descending: bool) -> Select[*tuple[Any, ...]]:
    """A page of the table under no filter, built once: `plan_id`, `passed` and `rows` are given each time."""
    passed, rows = bindparam("passed", type_=Integer), bindparam("rows", type_=Integer)
    return _ROWS.where(Commitment.plan_id == _PLAN).order_by(*_order(sort, descending)).offset(passed).limit(rows)


class ListedPart(NamedTuple):
    """An area, objective or activity in a list."""

    id: UUID
    number: str
    title: LocalText
    label_id: int


_PARTS: dict[type[Area | Objective | Activity], Select[*tuple[Any, ...]]] = {
    kind: select(kind.id, kind.number, kind.title, kind.label_id).where(kind.plan_id == _PLAN).order_by(kind.place)
    for kind in (Area, Objective, Activity)
}
_POINTING = select(Objective.id, Objective.points_to).where(Objective.plan_id == _PLAN)


def areas_in_table(session: Session, plan_id: UUID) -> list[ListedPart]:
    """The areas of a plan, in their order."""
    return [ListedPart(*one) for one in session.execute(_PARTS[Area], {"plan_id": plan_id})]


def objectives_pointing(session: Session, plan_id: UUID) -> dict[UUID, list[str]]:
    """To what outside frameworks the objectives of a plan point, by objective; without those that point nowhere."""
    return {key: list(points) for key, points in session.execute(_POINTING, {"plan_id": plan_id}) if points}


def parts_in_table(session: Session, plan_id: UUID, rows: Iterable[TableRow]) -> dict[UUID, ListedPart]:
    """What these rows stand in, by id: the lowest part of each. A statement for each level of the text."""
    wanted: dict[type[Area | Objective | Activity], set[UUID]] = {Area: set(), Objective: set(), Activity: set()}
    for one in rows:
        if one.part_id is not None:
            level = Activity if one.activity_id else Objective if one.objective_id else Area
            wanted[level].add(one.part_id)
    found = {}
    for kind, keys in wanted.items():
        if keys:
            # all of the plan's are asked for: the text of a plan is short, and the statement is the same each time
            parts = session.execute(_PARTS[kind], {"plan_id": plan_id})
            found.update({part.id: ListedPart(*part) for part in parts if part.id in keys})
    return found


class ListedPartner(NamedTuple):
    """A partner named beside a commitment: a participant, or the name of a network or of who is neither."""

    participant_id: UUID | None
    name_text: str
    label_id: int


_PARTNERS = (
    select(
        CommitmentPartner.commitment_id,
        CommitmentPartner.participant_id,
        CommitmentPartner.name_text,
        CommitmentPartner.label_id,
        Track.name,
    )
    .outerjoin(Track, Track.id == CommitmentPartner.track_id)
    .order_by(CommitmentPartner.position, CommitmentPartner.id)
)
_PARTNERS_OF_PLAN = _PARTNERS.join(Commitment, Commitment.id == CommitmentPartner.commitment_id).where(
    Commitment.plan_id == _PLAN
)


@cache
def _partners_of(size: int | None) -> Select[*tuple[Any, ...]]:
    """Built once for each number of commitments that `in_size` knows."""
    return _PARTNERS.where(among(CommitmentPartner.commitment_id, size))


def partners_in_table(
    session: Session, plan_id: UUID, commitments: Collection[UUID] | None = None
) -> dict[UUID, list[ListedPartner]]:
    """Partners by commitment, in their order; of all commitments of the plan where none are named. One statement.

    The only place that knows how partners are kept, for the table and whatever is made of it.
    """
    if commitments is None:
        asked = session.execute(_PARTNERS_OF_PLAN, {"plan_id": plan_id})
    else:
        asked = session.execute(*in_size(_partners_of, list(commitments)))
    found: dict[UUID, list[ListedPartner]] = defaultdict(list)
    for commitment, participant, name, label, network in asked:
        shown = local_text(network) if network is not None else name
        if participant is not None or shown:  # a network the reader does not know of is named nowhere
            found[commitment].append(ListedPartner(participant, shown, label))
    return found


def evidence_in_table(session: Session, plan_id: UUID) -> dict[UUID, Sequence[NamedEvidence]]:
    """What is named as evidence of the statements that hold, by commitment. Two statements."""
    found = evidence_of_plan(session, plan_id, ProgressUpdate.id == in_force_id())
    return {named[0].commitment_id: named for named in found.values()}
