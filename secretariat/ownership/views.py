"""Pages of ownership: each participant its own, the secretariat all, the chair sums, or all where members agreed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.ownership import policy, queries
from secretariat.ownership.queries import Facts, Figure
from secretariat.ownership.telling import told
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.statuses import STATUSES
from secretariat.pages.unit import db, viewer
from secretariat.processes import wording
from secretariat.processes.models import Process, Track
from secretariat.processes.names import in_order, names_of
from secretariat.processes.words import LEVELS

blueprint = Blueprint("ownership", __name__)

PARTS: dict[Figure, dict[str, Any]] = {
    Figure.ATTENDED: {
        "came": _l("Came"),
        "again": _l("Came, as to the one before"),
        "not_there": _l("Not there"),
        "not_noted": _l("Not noted"),
    },
    Figure.ANSWERED: {"answered": _l("Answered"), "not_yet": _l("No answer on record")},
    Figure.PERSONS: {**LEVELS, "not_said": _l("Level not said")},
    Figure.HOSTED: {"meeting": _l("Meetings hosted"), "chair": _l("Terms as chair or host")},
    Figure.FOLLOWED: {
        key: STATUSES[key].words
        for key in ("completed", "in_progress", "not_yet_started", "postponed", "withdrawn", "not_yet_reported")
    },
}
GROUPED = {
    "completed": "step",
    "in_progress": "step",
    "not_yet_started": "still_to_come",
    "postponed": "still_to_come",
}
"""How statuses are put together in sums, as in the report: the fewer the parts, the more of them can be told."""
SUM_PARTS: dict[Figure, dict[str, Any]] = {
    **PARTS,
    Figure.FOLLOWED: {
        "step": _l("Steps reported"),
        "still_to_come": _l("Still to come"),
        "withdrawn": STATUSES["withdrawn"].words,
        "not_yet_reported": STATUSES["not_yet_reported"].words,
    },
}
HEADINGS = {
    Figure.ATTENDED: _l("Attendance"),
    Figure.ANSWERED: _l("Answers to invitations"),
    Figure.PERSONS: _l("Persons named, by level"),
    Figure.HOSTED: _l("Hosting and chairing"),
    Figure.FOLLOWED: _l("Follow-through, by area"),
}


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)


@blueprint.get("/processes/<slug>/ownership")
@permission("see what participants bring to a process")
def show(slug: str) -> ResponseReturnValue:
    """All participants for the secretariat, and for the chair where members agreed; its own for each; else sums for the
    chair."""
    process, track = _where(slug)
    me = viewer()
    every = policy.sees_all(me, track.id) or policy.sees_named(me, process)
    own = policy.sees_own(me, process.id, track.id)
    sums = policy.sees_sums(me, process.id)
    authorise(every or own or sums)
    facts = queries.facts(db(), process.id, track.id)
    shown = {one.participant for one in facts.rows} if every else {found(me.participant)} if own else set()
    names = names_of(db(), shown, process=process.id)
    return _page(
        "show",
        process,
        facts,
        names=names,
        participants=in_order(names),
        sums=_sums(facts, me.participant) if sums and not every else {},
    )


@blueprint.get("/processes/<slug>/ownership/<uuid:participant_id>")
@permission("see the rows behind a figure of ownership")
def rows(slug: str, participant_id: UUID) -> ResponseReturnValue:
    """The rows behind the figures of one participant, or behind the one that is asked for."""
    process, track = _where(slug)
    me = viewer()
    own = policy.sees_own(me, process.id, track.id) and me.participant == participant_id
    authorise(policy.sees_all(me, track.id) or policy.sees_named(me, process) or own)
    facts = queries.facts(db(), process.id, track.id).of(participant_id)
    if not facts.rows and not own:
        not_found()
    name = names_of(db(), [participant_id], process=process.id).get(participant_id, "")
    asked = request.args.get("figure", "")
    figures = [Figure(asked)] if asked in list(Figure) else list(Figure)
    part, within = request.args.get("part", ""), request.args.get("within")
    lines = {one: facts.behind(one, *filter(None, [part]), within=within) for one in figures}
    wording.shown_labels(db(), {one.label_id for ones in lines.values() for one in ones})
    return _page("rows", process, facts, called=str(name), lines=lines, participant_id=participant_id, whole=not asked)


def _where(slug: str) -> tuple[Process, Track]:
    process: Process = found(queries.process_by_slug(db(), slug))
    track: Track = found(queries.governments(process))
    place.enter(process)
    return process, track


def _page(name: str, process: Process, facts: Facts, **words: Any) -> str:
    return render_template(
        f"ownership/{name}.html",
        process=process,
        facts=facts,
        figures=Figure,
        parts=PARTS,
        sum_parts=SUM_PARTS,
        headings=HEADINGS,
        within_words=lambda within: facts.areas.get(within, within) or _("Without"),
        address=lambda one, **asked: url_for("ownership.rows", slug=process.slug, participant_id=one, **asked),
        **words,
    )


def _sums(facts: Facts, own: UUID | None) -> dict[Figure, list[tuple[str, Any]]]:
    """What the chair is told: of each year or area a total and its parts, as far as nobody can be read off them."""
    return {
        figure: [
            (within, told(facts.by_participant(figure, SUM_PARTS[figure], within, GROUPED), own))
            for within in facts.within(figure)
        ]
        for figure in (Figure.ATTENDED, Figure.ANSWERED, Figure.PERSONS, Figure.FOLLOWED)
    }
