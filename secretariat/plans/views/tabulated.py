"""The table of a plan: filtered and sorted by any column, a hundred rows a page, with an address one can send."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from secretariat.core import clock
from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import ago, bare_in_rows, local_text
from secretariat.core.languages.templating import today as readers_today
from secretariat.core.languages.words import parts_text
from secretariat.core.localtext import LocalText
from secretariat.jobs.views import hand_out, handed
from secretariat.pages import lists, unit
from secretariat.pages.access import found, signed_in
from secretariat.pages.macros import escaped
from secretariat.pages.statuses import STATUSES
from secretariat.plans import frameworks, policy, queries, table_paper
from secretariat.plans.exchange import going_out
from secretariat.plans.models import Plan
from secretariat.plans.queries import Filters, ListedPart
from secretariat.plans.tabulated import SORTS, Asked, Tabulated, labels_of, tabulated
from secretariat.plans.views import blueprint, shown
from secretariat.plans.views.plan import STATUS_FILTERS
from secretariat.processes.names import in_order
from secretariat.processes.wording import shown_labels

XLSX = "xlsx"


@blueprint.get("/plans/<uuid:plan_id>/table")
@signed_in
def plan_table(plan_id: UUID) -> ResponseReturnValue:
    """Every commitment of the plan, one below the other. Proposals are none."""
    db = unit.db()
    plan = found(queries.opened_plan(db, plan_id))
    shown.enter_plan(plan)
    pointing, goals = queries.objectives_pointing(db, plan.id), frameworks.goals_of(plan)
    goal = request.args.get("goal", "")
    asked = _asked(goal if goal in goals else "", pointing)
    pages: list[lists.Pages] = []

    def page(total: int) -> tuple[int, int]:
        pages.append(lists.pages_of(total))
        return pages[0].offset, pages[0].rows

    here = queries.counted_in_table(db, plan.id)
    view = tabulated(db, plan, asked, clock.today(), page, here, whole=sum(here.values()))
    areas = queries.areas_in_table(db, plan.id)
    participants = [(str(key), str(view.names[key])) for key in in_order({key: view.names[key] for key in here})]
    labels = labels_of(view)
    shown_labels(db, {plan.label_id, *labels})
    lines = _lines(plan, view, {key: _marks(goals, keys) for key, keys in pointing.items()})
    return render_template(
        "plans/table.html",
        plan=plan,
        asked=asked,
        pages=pages[0],
        total=view.total,
        lines=lines,
        standing=dict.fromkeys(one.status for one in lines),
        goals=[
            (one.key, one.mark) for one in frameworks.pointed_to(goals, (key for of in pointing.values() for key in of))
        ],
        goal=goal,
        labels=labels,
        headings=list(_headings(asked)),
        areas=areas,
        participants=participants,
        statuses=[(key, STATUSES[key].words) for key in STATUS_FILTERS],
        sorts=[(key, words) for key, words in _column_words().items()],
        in_force=lists.chips(
            _filter_words(asked, areas, dict(participants)) | {"goal": goals[goal].mark if goal in goals else ""}
        ),
    )


@blueprint.route("/plans/<uuid:plan_id>/table.<form>", methods=["GET", "POST"])
@signed_in
def plan_table_paper(plan_id: UUID, form: str) -> ResponseReturnValue:
    """The whole table as PDF, DOCX, or as the XLSX that can come in again."""
    plan = found(queries.plan_by_id(unit.db(), plan_id))
    shown.enter_plan(plan)
    if form == XLSX:
        return handed(going_out.made(found(going_out.plan_table(unit.db(), plan.id)), XLSX), plan)
    return hand_out(table_paper.PLAN_TABLE, plan, plan.process, plan.track, form)


# --- what is asked --------------------------------------------------------------------------------------------------


def _marks(goals: Mapping[str, frameworks.Goal], keys: Iterable[str]) -> str:
    return ", ".join(one.mark for one in frameworks.pointed_to(goals, keys))


def _asked(goal: str, pointing: Mapping[UUID, Collection[str]]) -> Asked:
    """What the address asks for; what it asks for and is not there filters nothing out."""
    sort = request.args.get("sort", "")
    status = request.args.get("status", "")
    return Asked(
        filters=Filters(
            area_id=_key("area"),
            participant_id=_key("participant"),
            status=status if status in STATUS_FILTERS else "",
            due_from=_day("from"),
            due_until=_day("until"),
            objectives=frozenset(key for key, keys in pointing.items() if goal in keys) if goal else None,
        ),
        words=_words("words"),
        partner=_words("partner"),
        indicator=_words("indicator"),
        step=_words("step"),
        sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "number",
        descending=sort.startswith("-"),
    )


def _key(name: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(request.args.get(name, ""))
    return None


def _day(name: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(request.args.get(name, ""))
    return None


def _words(name: str) -> str:
    return request.args.get(name, "").strip()[:200]


def _filter_words(asked: Asked, areas: Iterable[ListedPart], participants: dict[str, str]) -> dict[str, Any]:
    filters = asked.filters
    return {
        "area": next((f"{one.number}. {local_text(one.title)}" for one in areas if one.id == filters.area_id), ""),
        "words": asked.words and _("Activity: %(words)s", words=asked.words),
        "participant": participants.get(str(filters.participant_id), ""),
        "partner": asked.partner and _("Partners: %(words)s", words=asked.partner),
        "from": filters.due_from and _("Due from %(day)s", day=dates.day_in_full(filters.due_from, weekday=False)),
        "until": filters.due_until and _("Due until %(day)s", day=dates.day_in_full(filters.due_until, weekday=False)),
        "indicator": asked.indicator and _("Indicator: %(words)s", words=asked.indicator),
        "status": STATUSES[filters.status].words if filters.status else "",
        "step": asked.step and _("Latest step: %(words)s", words=asked.step),
    }


# --- what is shown --------------------------------------------------------------------------------------------------


class Heading(NamedTuple):
    """The head of a column: its words, the address that sorts by it, and how it is sorted now."""

    words: str
    address: str
    sorted: str


def _column_words() -> dict[str, str]:
    return {
        "number": _("Activity"),
        "responsible": _("Responsible"),
        "partners": _("Partners"),
        "due": _("Due"),
        "indicator": _("Indicator"),
        "status": _("Status"),
        "step": _("Latest step"),
    }


def _headings(asked: Asked) -> Iterator[Heading]:
    """A second press turns the order round; the first press on the latest step shows the latest first."""
    for key, words in _column_words().items():
        is_here = asked.sort == key
        first, second = (f"-{key}", key) if key == "step" else (key, f"-{key}")
        now = f"-{key}" if asked.descending else key
        asks = (second if now == first else first) if is_here else first
        standing = ("descending" if asked.descending else "ascending") if is_here else ""
        yield Heading(words, lists.here_with(sort=None if asks == "number" else asks), standing)


class Line(NamedTuple):
    """A row of the table, in the order in which the template takes it apart: the content of each cell, mark-up where
    there is any in it; the template escapes the others."""

    id: UUID
    number: str
    words: Markup
    responsible: Markup
    partners: str
    due: str
    indicator: str
    step: Markup
    status: str
    label_id: int


@lru_cache(maxsize=4_000)
def _day_cell(_language: str, one: date, here: date) -> Markup:
    """As `day(one, weekday=False)`, which asks for today again for each; the same all day."""
    words = escaped(dates.day_text(one, today=here, weekday=False))
    return Markup(f'<time datetime="{one.isoformat()}">{words}</time>')  # noqa: S704 - escaped


def _lines(plan: Plan, view: Tabulated, outside: Mapping[UUID | None, str]) -> list[Line]:
    """Cells are put together here, for a hundred rows cost more in pieces than the rest of the page. Whatever goes into
    one is escaped as it goes in."""
    viewer, today = unit.viewer(), clock.today()
    keeps, mine = policy.may_keep(viewer, plan), viewer.participant
    here, nothing = readers_today(), _soft(escaped(_("no words beside it")))
    on, said_in = partial(_day_cell, current_reading().language.code), bare_in_rows()

    def bare(words: LocalText) -> str:
        return escaped(said_in(words))

    part_words: dict[UUID | None, str] = {
        key: _small(f"{escaped(one.number)} {bare(one.title)}") for key, one in view.parts.items()
    }
    pointing = {key: _small(f'<bdi dir="ltr">{escaped(marks)}</bdi>') for key, marks in outside.items()}
    called = {key: escaped(str(name)) for key, name in view.names.items()}
    lines = []
    for one in view.rows:
        due: str = on(one.due_on, here) if one.due_on is not None else ""
        if (
            one.due_on is not None
            and one.due_on < today
            and not one.is_closed
            and (keeps or one.participant_id == mine)
        ):
            late = escaped(ago(one.due_on))
            due = Markup(f'<span class="due">{due}</span> <small>{late}</small>')  # noqa: S704 - escaped, as all below
        said = ""
        if one.stated_at is not None:
            told = _soft(f"{on(dates.in_reader_zone(one.stated_at).date(), here)}:")
            said = f"{told} {bare(one.step) if one.step else nothing}"
        part, points = part_words.get(one.part_id, ""), pointing.get(one.objective_id, "")
        lines.append(
            Line(
                one.id,
                one.shown_number,
                words=Markup(f"{part}{bare(one.words)}{points}"),  # noqa: S704
                responsible=Markup(f"{called[one.participant_id]}{_small(bare(one.lead)) if one.lead else ''}"),  # noqa: S704
                partners=parts_text(view.partners_of(one)),
                due=due,
                indicator=said_in(one.indicator),
                step=Markup(said),  # noqa: S704
                status=one.shown_status,
                label_id=one.label_id,
            )
        )
    return lines


def _small(words: str) -> str:
    return f"<small>{words}</small>"


def _soft(words: str) -> str:
    return f'<span class="soft">{words}</span>'
