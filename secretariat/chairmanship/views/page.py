"""The chair's page."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from secretariat.chairmanship import handover_queries, queries
from secretariat.chairmanship.chaired import chaired_in
from secretariat.chairmanship.views.base import blueprint
from secretariat.core import clock
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.unit import db, viewer
from secretariat.plans.numbering import commitment_number
from secretariat.processes import wording
from secretariat.processes.models import Process


@blueprint.get("/processes/<slug>/chair")
@permission("see the page of the chair")
def show(slug: str) -> ResponseReturnValue:
    """What was reported, what is still to come, what needs the chair's hand, what is proposed for the agenda."""
    process: Process = found(queries.process_by_slug(db(), slug))
    chaired, participant = chaired_in(viewer(), process.id), viewer().participant
    authorise(bool(chaired) and participant is not None)
    place.enter(process)
    on = clock.today(process.zone)
    made = queries.page(db(), process, chaired, found(participant), on)
    handovers = handover_queries.handovers_in(db(), process.id)
    wording.shown_labels(db(), made.labels | {one.label_id for one in handovers})
    return render_template(
        "chairmanship/show.html",
        process=process,
        page=made,
        standing=made.standing,
        on=on,
        chairs_process=process.id in chaired,
        handovers=handovers,
        number_of=lambda one: commitment_number(one.part_number, one.number),
    )
