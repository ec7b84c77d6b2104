"""The report of a meeting: compiled on one press, then written on as a text."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.meetings import policy, service
from secretariat.meetings.views.base import blueprint, the_meeting
from secretariat.pages.access import authorise, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer


@blueprint.route("/meetings/<uuid:meeting_id>/report", methods=["GET", "POST"])
@permission("begin the report of a meeting")
def begin_report(meeting_id: UUID) -> ResponseReturnValue:
    """Compile the report from what is on record, or go on with the one that is written."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_begin_report(viewer(), meeting))
    written = service.report_of(db(), meeting)
    if written is not None:
        return redirect(url_for("texts.show", text_id=written.id), 303)
    form = Form()
    if form.ready():
        try:
            text = service.begin_report(db(), meeting)
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("Compiled. Write on, then circulate it; until then the Secretariat alone reads it.")
            return done(said, url_for("texts.show", text_id=text.id))
    return shown(form, "meetings/begin_report.html", meeting=meeting)
