"""The plan as members read it, and the list of plans."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.jobs.views import hand_out
from secretariat.pages import lists, unit
from secretariat.pages.access import found, signed_in
from secretariat.pages.place import enter
from secretariat.pages.statuses import STATUSES
from secretariat.plans import frameworks, plan_page, policy, queries, works
from secretariat.plans.amendment_models import Amendment
from secretariat.plans.models import Plan
from secretariat.plans.status import NOT_YET_REPORTED, Status
from secretariat.plans.views import blueprint, shown
from secretariat.processes.models import TrackKind
from secretariat.processes.names import in_order

STATUS_FILTERS = (*(status.value for status in Status), NOT_YET_REPORTED)


@blueprint.get("/processes/<slug>/plans")
@signed_in
def of_process(slug: str) -> ResponseReturnValue:
    """The plans of a process; where one is at work and nothing else is to choose, that plan."""
    process = found(queries.process_by_slug(unit.db(), slug))
    enter(process)
    plans = queries.plans_of(unit.db(), process.id)
    kept = [track for track in process.tracks if unit.viewer().keeps(track.id)]
    if len(plans) == 1 and not kept:
        return plan(plans[0].id)
    return render_template("plans/list.html", process=process, plans=plans, may_begin=bool(kept))


@blueprint.get("/plans/<uuid:plan_id>")
@signed_in
def plan(plan_id: UUID) -> ResponseReturnValue:
    """The plan: its areas, objectives and activities with the commitments in them."""
    one = found(queries.plan_by_id(unit.db(), plan_id))
    shown.enter_plan(one)
    viewer, filters = unit.viewer(), _filters(one)
    view = _table(one, filters)
    return render_template(
        "plans/plan.html",
        plan=one,
        view=view,
        filters=filters,
        may_keep=policy.may_keep(viewer, one),
        may_edit=policy.may_edit_text(viewer, one),
        may_carry_over=policy.may_carry_over(viewer, one) and queries.has_other_plans(unit.db(), one),
        may_amend=policy.may_amend(viewer, one),
        may_propose=policy.may_propose(viewer, one),
        may_commit=policy.may_commit_own(viewer, one),
        is_government=one.track.kind is TrackKind.GOVERNMENT,
        goals=frameworks.goals_of(one),
        pointed_to=frameworks.pointed_to,
    )


@blueprint.route("/plans/<uuid:plan_id>/paper.<form>", methods=["GET", "POST"])
@signed_in
def paper(plan_id: UUID, form: str) -> ResponseReturnValue:
    """The plan as PDF or DOCX."""
    one = found(queries.plan_by_id(unit.db(), plan_id))
    shown.enter_plan(one)
    return hand_out(works.PLAN, one, one.process, one.track, form)


@dataclass(frozen=True, slots=True)
class View:
    """What the page of a plan shows."""

    sections: list[plan_page.Section]
    rows: dict[UUID, shown.Row]
    pages: lists.Pages
    total: int
    bars: list[tuple[Any, dict[str, int], list[plan_page.Segment]]]
    areas: list[Any]
    participants: list[tuple[str, str]]
    statuses: list[tuple[str, Any]]
    chips: list[tuple[Any, str]]
    has_proposals: bool
    origins: dict[UUID, UUID]
    amendments: Sequence[Amendment]

    @property
    def amended(self) -> dict[UUID, date]:
        """By part, the day of its latest amendment."""
        earliest_first = sorted(self.amendments, key=lambda one: one.adopted_on)
        return {one.part_id: one.adopted_on for one in earliest_first if one.part_id is not None}


def _table(plan: Plan, filters: queries.Filters) -> View:
    db, today = unit.db(), clock.today()
    total = queries.commitments_in_table(db, plan.id, filters, today)
    pages = lists.pages_of(total)
    ahead = 1 if pages.number > 1 else 0
    fetched = queries.table_rows(db, plan.id, filters, today, offset=pages.offset - ahead, limit=pages.rows + ahead)
    proposals = queries.proposals_in_table(db, plan.id, filters, today)
    merged = plan_page.merged(
        fetched[ahead:], proposals, fetched[0] if ahead else None, is_last=pages.number == pages.count
    )
    outline = queries.outline(db, plan.id)
    counts = queries.standing_by_area(db, plan.id)
    areas = [part for part in outline if part.__tablename__ == "areas"]
    called = shown.names(plan, queries.participants_in_table(db, plan.id))
    participants = [(str(key), str(called[key])) for key in in_order(called)]
    return View(
        sections=plan_page.sections(outline, merged, whole=not filters and pages.count == 1),
        rows=shown.rows_of(plan, merged),
        pages=pages,
        total=total,
        bars=[(area, counts[area.id], plan_page.bar(counts[area.id])) for area in areas if area.id in counts],
        areas=areas,
        participants=participants,
        statuses=_statuses(bool(proposals) or filters.status == "proposed"),
        chips=lists.chips(_filter_words(filters, areas, dict(participants))),
        has_proposals=bool(proposals),
        origins=queries.origins(db, outline),
        amendments=queries.amendments_of(db, plan.id),
    )


def _statuses(has_proposals: bool) -> list[tuple[str, Any]]:
    keys = [*STATUS_FILTERS, *(["proposed"] if has_proposals else [])]
    return [(key, STATUSES[key].words) for key in keys]


def _filters(plan: Plan) -> queries.Filters:
    """What the address asks for; what it asks for and is not there filters nothing out."""
    status, due = request.args.get("status", ""), request.args.get("due", "")
    dues = {"soon", "reached"} if policy.may_keep(unit.viewer(), plan) else {"soon"}
    return queries.Filters(
        area_id=_key("area"),
        participant_id=_key("participant"),
        status=status if status in (*STATUS_FILTERS, "proposed") else "",
        due=due if due in dues else "",
    )


def _key(name: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.args.get(name, ""))
    return None


def _filter_words(filters: queries.Filters, areas: list[Any], participants: dict[str, str]) -> dict[str, Any]:
    area = next((f"{one.number}. {local_text(one.title)}" for one in areas if one.id == filters.area_id), "")
    due = {"soon": _("Due within thirty days"), "reached": _("Day reached")}.get(filters.due, "")
    return {
        "area": area,
        "participant": participants.get(str(filters.participant_id), ""),
        "status": STATUSES[filters.status].words if filters.status else "",
        "due": due,
    }
