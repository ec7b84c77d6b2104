"""Every part of the interface once, for those who build pages. In development only."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.wording import ShownLabel
from secretariat.pages import fields, statuses
from secretariat.pages.access import public
from secretariat.pages.forms import Conflict, Form, shown
from secretariat.pages.lists import Pages
from secretariat.pages.said import say

blueprint = Blueprint("components", __name__, url_prefix="/dev")

LABELS = (
    ShownLabel("public", "Public"),
    ShownLabel("participants", "All participants", "government"),
    ShownLabel("members", "Members only", "government"),
    ShownLabel(
        "named", "Named readers", "heads of delegation", "Four heads of delegation and two officers.", "#labels"
    ),
)


class SampleForm(Form):
    """One field of every kind."""

    title = fields.LocalTextField("Title of the meeting", [fields.Needed("Give a title, for example Working group")])
    place = fields.TextField("Place", [fields.Optional()])
    day = fields.DayField(
        "Day", [fields.Needed("Give the day of the meeting, for example 26 March 2026")], default=date(2026, 3, 26)
    )
    end = fields.HourField("End", [fields.Needed("Give the hour at which it ends, for example 17:00")])
    zone = fields.ZoneField("Time zone", [fields.Needed("Choose the place whose time it is")])
    rule = fields.PickField(
        "Attribution",
        [fields.Needed("Choose how what is said may be used")],
        choices=[("chatham_house", "Chatham House rule"), ("open", "Open"), ("off", "Off the record")],
    )
    invite = fields.PicksField("Invite", choices=[("members", "Members (11)"), ("observers", "Observers (6)")])
    words = fields.LongTextField("A word to the Secretariat", [fields.Optional()])


def install(app: Flask) -> None:
    """Add the catalogue of components to an application in development."""
    app.register_blueprint(blueprint)


@blueprint.route("/components", methods=["GET", "POST"])
@public("shows parts of the interface filled with samples, in development only")
def components() -> ResponseReturnValue:
    """Every part once; `?form=wrong` and `?form=stale` show what a form says then."""
    today = clock.today()
    form = SampleForm()
    if request.args.get("form") == "stale":
        form.conflict = Conflict({"place": "Panama City", "day": "2026-03-27"}, "Officer for documents", clock.now())
    if request.args.get("form") == "wrong":
        form.validate()
    say("Saved. Guatemala, 2.1.1 b: completed. The Secretariat sees it now; the next report will say so.")
    say("The agenda leaves at 16:00. Until then you may hold it back.", "attend")
    say("This was not saved. The officer for documents changed the same entry at 09:12.", "error")
    return shown(
        form,
        "dev/components.html",
        labels=LABELS,
        statuses=statuses.STATUSES,
        pages=Pages(3, 961),
        sample=LocalText({"es": "Grupo Regional de Consulta <sobre> Migración"}, "es"),
        days=[today + timedelta(days=ahead) for ahead in (-13, -1, 0, 1, 3, 30, 400)],
        now=clock.now(),
    )
