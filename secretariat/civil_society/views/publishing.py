"""What a network submitted and was answered, for everybody, where both sides publish it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from secretariat.civil_society import words as in_words
from secretariat.civil_society.published import published
from secretariat.civil_society.views.base import blueprint
from secretariat.pages import place
from secretariat.pages.access import found, public
from secretariat.pages.unit import db
from secretariat.processes.names import in_order, names_of
from secretariat.processes.queries import process_by_slug


@blueprint.get("/processes/<slug>/civil-society")
@public("what a network and who answered it have both published is read by everybody")
def show_published(slug: str) -> str:
    """Submissions with their answers, as far as both are public."""
    process = found(process_by_slug(db(), slug))
    place.enter(process)
    rows = published(db(), process.id)
    dissents = {row.submission.id: [(UUID(one["by"]), one) for one in row.submission.dissents] for row in rows}
    concerned = {key for row in rows for key in row.submission.signed_by}
    concerned |= {key for said in dissents.values() for key, _one in said}
    concerned |= {answer.participant_id for row in rows for answer in row.answers if answer.participant_id}
    names = names_of(db(), concerned, process=process.id)
    signed = {
        row.submission.id: [str(names[key]) for key in in_order(names) if key in row.submission.signed_by]
        for row in rows
    }
    return render_template(
        "civil_society/published.html",
        process=process,
        rows=rows,
        names=names,
        signed=signed,
        dissents=dissents,
        adopted_by=in_words.ADOPTS_BY,
        kinds=in_words.KIND,
        says=in_words.SAYS,
    )
