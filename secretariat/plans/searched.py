"""By which words plans, their parts, commitments and reported steps are found."""

from __future__ import annotations

from secretariat.core.searchable import Searchable, Step, register
from secretariat.plans.models import Activity, Area, Commitment, Objective, Plan, ProgressUpdate

register(
    Searchable(
        Plan,
        title=lambda one: [one.title, one.symbol],
        words=lambda one: [one.adopted_where],
        day=lambda one: one.adopted_on,
    )
)
for _part in (Area, Objective, Activity):
    register(
        Searchable(
            _part,
            title=lambda one: one.title,
            words=lambda _one: [],
            way=(Step("plan_id", Plan),),
            stands=lambda one: one.taken_out_at is None,
        )
    )
register(
    Searchable(
        Commitment,
        title=lambda one: one.words,
        words=lambda one: [one.lead, one.indicator, one.baseline, one.origin_words],
        way=(Step("plan_id", Plan),),
        day=lambda one: moment.date() if (moment := one.accepted_at) else None,
    )
)
register(
    Searchable(
        ProgressUpdate,
        title=lambda _one: None,
        words=lambda one: [one.step, one.helped],
        way=(Step("commitment_id", Commitment), Step("plan_id", Plan)),
        shown=1,
        day=lambda one: one.stated_at.date(),
    )
)
