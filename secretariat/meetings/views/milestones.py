"""When a body's milestones are due, and noting that one of a meeting is reached."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.meetings import back_planning, milestone_words, policy, service
from secretariat.meetings.milestone_forms import milestone_values, milestones_form
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.milestones import NOTED_BY_HAND
from secretariat.meetings.views.base import blueprint, the_meeting, the_process
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes import queries as processes


@blueprint.route("/processes/<slug>/bodies/<uuid:body_id>/milestones", methods=["GET", "POST"])
@permission("set the milestones of a body")
def body_milestones(slug: str, body_id: UUID) -> ResponseReturnValue:
    """When what is done around each meeting of a body is due."""
    process = the_process(slug)
    body = found(processes.body(db(), process, body_id))
    authorise(policy.may_schedule(viewer(), body.track_id))
    place.enter(process, track=body.track)
    own = back_planning.rules_of(db(), [body.id])[body.id]
    rules = {one.kind: one for one in back_planning.kept(own)}
    values = milestone_values(rules, sum(one.version for one in own))
    form = milestones_form()(obj=values)
    if form.ready(values) and form.fits():
        service.keep_milestones(db(), body, form.distances)
        said = _("Saved. All meetings of %(body)s follow, also those planned already.", body=local_text(body.name))
        return done(said, url_for("meetings.index", slug=slug))
    return shown(form, "meetings/milestones.html", process=process, body=body, kinds=milestone_words.KIND)


@blueprint.post("/meetings/<uuid:meeting_id>/milestones/<milestone>")
@permission("note a milestone")
def note_milestone(meeting_id: UUID, milestone: str) -> ResponseReturnValue:
    """Note that a milestone is reached, or that it is not after all."""
    meeting = the_meeting(meeting_id)
    kind = found(next((one for one in NOTED_BY_HAND if one.value == milestone), None))
    authorise(policy.may_note_milestone(viewer(), meeting))
    is_reached = request.form.get("act") != "undo"
    service.note_milestone(db(), meeting, kind, is_reached=is_reached)
    return done(_noted(kind, is_reached=is_reached), url_for("meetings.show", meeting_id=meeting_id))


def _noted(kind: MilestoneKind, *, is_reached: bool) -> str:
    word = milestone_words.KIND[kind]
    if is_reached:
        return _("Noted as of today: %(milestone)s.", milestone=word)
    return _("Taken back: %(milestone)s is open again.", milestone=word)
