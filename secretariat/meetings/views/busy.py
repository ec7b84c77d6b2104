"""Whether a track tells the other side on which days it meets."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.meetings import policy, queries, service
from secretariat.meetings.views.base import blueprint, the_process
from secretariat.pages import fields
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer


class BusyDaysForm(Form):
    """The switch, off unless somebody turned it on."""

    publish = fields.YesField(_l("Tell the secretariats of the other side on which days we meet"))


@blueprint.route("/processes/<slug>/busy-days", methods=["GET", "POST"])
@permission("publish busy days")
def busy_days(slug: str) -> ResponseReturnValue:
    """Turn the switch of one's own track."""
    process = the_process(slug)
    track = found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_schedule(viewer(), track.id))
    form = BusyDaysForm(data={"publish": track.busy_days_since is not None, "version": track.version})
    if form.ready(track):
        service.publish_busy_days(db(), track, publish=form.publish.data)
        said = (
            _("Saved. The other side is told of your days from now on, and of nothing else.")
            if form.publish.data
            else _("Saved. The other side is no longer told of your days, nor you of theirs.")
        )
        return done(said, url_for("meetings.index", slug=slug))
    return shown(form, "meetings/busy_days.html", process=process, track=track)
