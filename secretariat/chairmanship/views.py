"""The chair's page."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.chairmanship import queries
from secretariat.chairmanship.chaired import chaired_in
from secretariat.core import clock
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import place, shell
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.unit import db, viewer
from secretariat.plans.numbering import commitment_number
from secretariat.processes import wording
from secretariat.processes.models import Process

blueprint = Blueprint("chairmanship", __name__)


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    shell.add_to_navigation(app, shell.NavigationEntry(5, _l("Chair"), "chairmanship.show", _navigation))


def _navigation() -> str | None:
    here = place.here()
    if here is None or here.id is None or not chaired_in(viewer(), here.id):
        return None
    return url_for("chairmanship.show", slug=here.slug)


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
    wording.shown_labels(db(), made.labels)
    return render_template(
        "chairmanship/show.html",
        process=process,
        page=made,
        standing=made.standing,
        on=on,
        chairs_process=process.id in chaired,
        number_of=lambda one: commitment_number(one.part_number, one.number),
    )
