"""What one person may read, for the secretariat of the track."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from secretariat.confidentiality import policy, reach
from secretariat.confidentiality.reach import Row
from secretariat.confidentiality.views import blueprint
from secretariat.core import clock
from secretariat.core.viewer import Hat
from secretariat.directory.hats import ROLE_WORDS
from secretariat.directory.queries import Entry
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track
from secretariat.processes.names import name_of


@blueprint.get("/readers/people/<slug>/<track_slug>/<uuid:person>")
@permission("see what a person may read")
def person(slug: str, track_slug: str, person: UUID) -> ResponseReturnValue:
    """By hat: what is held on this track, then what may be read; a list of one kind and label where that is chosen."""
    process = found(db().scalar(select(Process).where(Process.slug == slug)))
    track = found(db().scalar(select(Track).where(Track.process_id == process.id, Track.slug == track_slug)))
    authorise(policy.may_see_what_a_person_reads(viewer(), track))
    place.enter(process, track=track)
    entries = reach.appointments_of(db(), person, track)
    if not entries:
        not_found()
    hats = _hats(entries)
    chosen = _chosen(hats)
    rows = reach.rows_of(db(), person, chosen, track) if chosen is not None else []
    context: dict[str, Any] = {
        "process": process,
        "track": track,
        "person": person,
        "name": next((one.card.name for one in entries if one.card and one.card.name), ""),
        "entries": entries,
        "hats": [(str(hat), _words(entries, hat, process)) for hat in hats],
        "chosen": str(chosen) if chosen else "",
        "role_words": ROLE_WORDS,
        "acting_for": {str(one.appointment.hat): _for_whom(one, process) for one in entries},
    }
    of, label = request.args.get("of", ""), request.args.get("label", "")
    if not of:
        return render_template("confidentiality/reach.html", rows=rows, total=sum(row.count for row in rows), **context)
    listed = [row for row in rows if row.kind.name == of and label in ("", row.key)]
    return _list(listed or not_found(), process, context)


def _list(rows: list[Row], process: Process, context: dict[str, Any]) -> ResponseReturnValue:
    """Things of one kind, under one label or under all."""
    pages = pages_of(sum(row.count for row in rows))
    things = reach.things_of(db(), rows, process.id, offset=pages.offset, most=pages.rows)
    worded = {label: row.label for row in rows for label in row.labels}
    return render_template(
        "confidentiality/reach_list.html", listed=rows, worded=worded, pages=pages, things=things, **context
    )


def _hats(entries: list[Entry]) -> list[Hat]:
    """The hats worn today, in a constant order."""
    today = clock.today()
    return sorted({one.appointment.acts_as for one in entries if one.appointment.held_on(today)}, key=str)


def _chosen(hats: list[Hat]) -> Hat | None:
    """The hat asked for; one that is not worn is answered as one that does not exist."""
    asked = request.args.get("hat", "")
    if not asked:
        return hats[0] if hats else None
    return found(next((hat for hat in hats if str(hat) == asked), None))


def _for_whom(entry: Entry, process: Process) -> str:
    return name_of(db(), entry.appointment.participant_id, process=process.id)


def _words(entries: list[Entry], hat: Hat, process: Process) -> str:
    return next(
        (
            _for_whom(one, process) or str(ROLE_WORDS[one.appointment.role])
            for one in entries
            if one.appointment.hat == str(hat)
        ),
        "",
    )
