"""Who can read a thing: today, and on any day before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import queries
from secretariat.confidentiality.history import LabelsOf, OnDay
from secretariat.confidentiality.readers import Readers, readers_of
from secretariat.confidentiality.telling import counted, told
from secretariat.confidentiality.views import blueprint
from secretariat.core import clock, kinds
from secretariat.core.kinds import Kind
from secretariat.core.labelling import container_of, label_value
from secretariat.core.languages import gettext as _
from secretariat.core.languages import templating
from secretariat.core.languages.dates import day_in_full
from secretariat.pages import place
from secretariat.pages.access import found, signed_in
from secretariat.pages.fields import typed_day
from secretariat.pages.forms import UNPROCESSABLE
from secretariat.pages.unit import db
from secretariat.processes.wording import clauses_in_words


@dataclass(frozen=True, slots=True)
class Beside:
    """How a label stands to that of the container: `than` is "same", "narrower" or "wider"; the container as a link."""

    than: str
    words: Any
    title: Any
    page: str | None


@blueprint.get("/readers/<kind>/<uuid:thing_id>")
@signed_in
def readers(kind: str, thing_id: UUID) -> ResponseReturnValue:
    """Who can read one thing, or could on the day asked for; and what became of its label."""
    entered = found(kinds.by_name(kind))
    thing = found(queries.thing(db(), entered, thing_id))
    label = label_value(db(), thing.label_id)
    process = found(queries.process_of(db(), label))
    place.enter(process)
    labels = LabelsOf(db(), thing)
    day, typed, problem = _asked()
    is_today = day == clock.today()
    state = OnDay(day, label) if is_today else labels.on(day)
    who = readers_of(db(), state.label, day) if state.label is not None else Readers()
    groups = told(db(), who, process.id, day)
    answer = make_response(
        render_template(
            "confidentiality/readers.html",
            thing=thing,
            kind=entered,
            title=entered.title(thing),
            page=entered.page(thing),
            process=process,
            clauses=clauses_in_words(db(), label),
            beside=_beside(thing),
            day=day,
            is_today=is_today,
            latest=_latest(),
            typed=typed,
            problem=problem,
            state=state,
            clauses_then=clauses_in_words(db(), state.label) if state.label is not None else [],
            everyone=who.everyone,
            groups=groups,
            counted=counted(groups),
            history=labels.told(process.id),
        )
    )
    if problem:
        answer.status_code = UNPROCESSABLE
    return answer


def _asked() -> tuple[date, str, str]:
    """The day asked for, as it was typed, and what is wrong with it; today where nothing was asked or it is wrong."""
    typed, today = request.args.get("on", "").strip(), clock.today()
    if not typed:
        return today, "", ""
    try:
        day = typed_day(typed)
    except ValueError:
        example = day_in_full(today, weekday=False)
        return today, typed, _("Give a day, for example %(example)s", example=example)
    if day > _latest():
        return today, typed, _("Give a day up to today: who will be appointed later is not known yet.")
    return min(day, today), day.isoformat(), ""


def _latest() -> date:
    """The last day one can ask for: the reader's today may be ahead of the product's, which is that of UTC."""
    return max(clock.today(), templating.today())


def _beside(thing: Any) -> Beside | None:
    container = container_of(thing)
    if container is None:
        return None
    kind: Kind | None = kinds.kind_of(container)
    if kind is None:
        return None
    same = thing.label_id == container.label_id
    than = "wider" if thing.widened else "same" if same or thing.own_label_id is None else "narrower"
    return Beside(than, kind.word, kind.title(container), kind.page(container))
