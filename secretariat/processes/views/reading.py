"""The list of processes, the page of one, its public page, and the pages of a participant and a body."""

from __future__ import annotations

import re
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import LANGUAGES, current_reading
from secretariat.core.localtext import LocalText
from secretariat.pages.access import authorise, found, not_found, permission, public
from secretariat.pages.unit import db, viewer
from secretariat.processes import policy, queries, sections
from secretariat.processes.models import Process
from secretariat.processes.views.common import name_of, process_of

_SOURCES = re.compile(r"\s*\((?:[a-z]+(?:-[a-z]+)*-\d{4}(?:,\s*)?)+\)$")
"""The keys of its sources behind a name; what they stand for is said at the foot of the page."""

blueprint = Blueprint("processes", __name__, url_prefix="/processes")


@blueprint.get("/")
@public("the public sees that the processes exist whose members agreed to a public page")
def index() -> ResponseReturnValue:
    """Every process the reader may see."""
    return render_template("processes/index.html", processes=queries.processes_seen(db()))


@blueprint.get("/<slug>/")
@public("the public page of a process, once its members agreed to one; those inside read its own page here")
def show(slug: str) -> ResponseReturnValue:
    """All of a process, or its public page for those who are not in it."""
    process = process_of(slug)
    today = clock.today()
    if not policy.takes_part(viewer(), process):
        return render_template("processes/public.html", shown=queries.public_process(db(), process, today))
    if policy.has_left(viewer(), process):
        return _what_is_kept(process)
    parts = [(section, section.load(db(), viewer(), process)) for section in sections.entered()]
    return render_template(
        "processes/show.html",
        process=process,
        called=[without_sources(one) for one in process.other_names],
        shown=queries.process_shown(db(), process, today, viewer().tracks_in(process.id)),
        sections=[(section, context) for section, context in parts if context is not None],
        may_edit=policy.may_edit(viewer(), process),
        may_name=policy.may_name_to_chair(viewer(), process),
        kept=policy.kept_track(viewer(), process),
    )


def without_sources(name: str) -> str:
    """`Regional Migration Conference` of `Regional Migration Conference (martin-2015)`."""
    return _SOURCES.sub("", name)


def _what_is_kept(process: Process) -> str:
    """What a participant that left was sent before: by the process's rule it keeps that, and reads nothing newer."""
    parts = [(section, section.load(db(), viewer(), process)) for section in sections.entered()]
    return render_template(
        "processes/kept.html",
        process=process,
        texts=queries.texts(db(), process),
        sections=[(section, context) for section, context in parts if context is not None],
    )


@blueprint.get("/<slug>/participants/<uuid:participant_id>")
@permission("read the standing of a participant")
def participant(slug: str, participant_id: UUID) -> ResponseReturnValue:
    """What a participant has been in a process, and what it is called."""
    process = process_of(slug)
    authorise(policy.takes_part(viewer(), process) and not policy.has_left(viewer(), process))
    standings = queries.participations_of(db(), process, participant_id)
    if not standings:
        not_found()
    kept = policy.kept_track(viewer(), process)
    works = next((one for one in standings if one.country_id or one.focus), standings[0])
    return render_template(
        "processes/participant.html",
        process=process,
        participant=found(queries.participant(db(), participant_id)),
        name=name_of(process, participant_id),
        standings=standings,
        works=works,
        country=queries.name_of_country(db(), process, works),
        names=queries.names_used(db(), process, participant_id),
        may_edit=policy.may_edit(viewer(), process),
        may_change={one.id for one in standings if kept and one.track_id == kept.id and one.until is None},
    )


@blueprint.get("/<slug>/bodies/<uuid:body_id>")
@permission("read who is in a body")
def body(slug: str, body_id: UUID) -> ResponseReturnValue:
    """A body, who chairs it and who is in it."""
    process = process_of(slug)
    authorise(policy.takes_part(viewer(), process) and not policy.has_left(viewer(), process))
    row = found(queries.body(db(), process, body_id))
    all_shown = queries.process_shown(db(), process, clock.today())
    one = next(b for b in (*all_shown.bodies, *all_shown.closed_bodies) if b.row.id == row.id)
    return render_template(
        "processes/body.html", process=process, body=one, may_keep=policy.may_keep(viewer(), row.track)
    )


def text_lines(value: LocalText) -> list[tuple[str, str]]:
    """The points of a running text, and the language they are in."""
    shown_text, language = value.in_language(current_reading().language.code)
    return [(line.strip(), language) for line in shown_text.splitlines() if line.strip()]


def direction(code: str) -> str:
    """The direction in which a language is written; of one not known, that of its words."""
    return LANGUAGES[code].direction if code in LANGUAGES else "auto"


blueprint.add_app_template_filter(text_lines, "points")
blueprint.add_app_template_filter(direction, "direction")
