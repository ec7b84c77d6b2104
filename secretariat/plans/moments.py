"""Plans of action of a process, on its timeline."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.dates import PartialDate
from secretariat.core.languages import lazy_gettext as _l
from secretariat.plans.models import Plan, PlanState
from secretariat.processes.models import Process
from secretariat.processes.timeline import Lane, Moment, enter


def plans(session: Session, process: Process) -> Iterable[Moment]:
    """Adopted plans over their period; one without a beginning stands where it ended, or else was adopted."""
    rows = session.execute(
        select(
            Plan.id, Plan.title, Plan.symbol, Plan.period_from, Plan.period_until, Plan.adopted_on, Plan.state,
            Plan.label_id,
        )
        .where(Plan.process_id == process.id, Plan.state != PlanState.DRAFT)
        .order_by(Plan.period_from, Plan.id)
    )  # fmt: skip
    for one in rows:
        adopted = PartialDate.parse(one.adopted_on) if one.adopted_on is not None else None
        yield Moment(
            one.title,
            one.period_from or one.period_until or adopted,
            one.label_id,
            until=one.period_until if one.period_from else None,
            goes_on=one.period_until is None and one.state is PlanState.ADOPTED,
            note=[one.symbol] if one.symbol else [],
            page=("plans.plan", {"plan_id": one.id}),
        )


enter(Lane("plans", 50, _l("Plans of action"), _l("Plan of action"), plans, "f2"))
