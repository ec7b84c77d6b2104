"""The handover file of a term: begun and written by the outgoing chair and its secretariat, cleared by that chair."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.chairmanship import handover_queries as queries
from secretariat.chairmanship import policy, service, works
from secretariat.chairmanship.forms import ConfirmForm, HandoverForm
from secretariat.chairmanship.models import Handover
from secretariat.chairmanship.service import Words
from secretariat.chairmanship.views.base import blueprint
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.jobs.views import hand_out
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import as_shown, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes import wording
from secretariat.processes.models import ChairTerm, Track
from secretariat.processes.names import name_of, names_of


@blueprint.route("/chair-terms/<uuid:term_id>/handover", methods=["GET", "POST"])
@permission("begin a handover file")
def begin_handover(term_id: UUID) -> ResponseReturnValue:
    """To the file of a term; where there is none yet, what it is, and the button that begins it."""
    term: ChairTerm = found(queries.term_by_id(db(), term_id))
    track: Track = found(queries.track_of(db(), term))
    authorise(policy.may_prepare(viewer(), term, track.id))
    place.enter(term.process, track=track)
    there = queries.handover_of(db(), term.id)
    if there is not None:
        return redirect(url_for("chairmanship.handover", handover_id=there.id), 303)
    form = ConfirmForm()
    if form.ready():
        made = service.begin(db(), term, track)
        return done(
            _("Begun. Until the outgoing Chair clears it, nobody else reads it."),
            url_for("chairmanship.edit_handover", handover_id=made.id),
        )
    chair = name_of(db(), term.participant_id, process=term.process_id)
    return shown(form, "chairmanship/begin_handover.html", term=term, chair=chair)


@blueprint.get("/handovers/<uuid:handover_id>")
@signed_in
def handover(handover_id: UUID) -> ResponseReturnValue:
    """The file: of what it lists, what its reader may read today."""
    one = _handover(handover_id)
    content = works.content(db(), one)
    wording.shown_labels(db(), {line.label_id for line in content["lines"]})
    return render_template(
        "chairmanship/handover.html",
        handover=one,
        may_write=not one.is_cleared and policy.may_prepare(viewer(), one.term, one.track_id),
        may_clear=not one.is_cleared and policy.may_clear(viewer(), one.term),
        may_look_ahead=not one.is_cleared and policy.may_prepare(viewer(), one.term, one.track_id),
        receivers=[str(content["names"][key]) for key in one.for_participants],
        **content,
    )


@blueprint.get("/handovers/<uuid:handover_id>/next")
@permission("look at a handover file as the next chair will read it")
@unit.writes_on_get
def handover_as_next(handover_id: UUID) -> ResponseReturnValue:
    """The file before it is cleared, as those who chair next will read it."""
    one = _handover(handover_id)
    authorise(policy.may_prepare(viewer(), one.term, one.track_id) and not one.is_cleared)
    following = [UUID(key) for key in service.receivers(db(), one, clock.today(one.process.zone))]
    told = works.as_next(db(), one, following)
    wording.shown_labels(db(), {line.label_id for each in told for line in each.content["lines"] + each.beside})
    return render_template("chairmanship/handover_as_next.html", handover=one, readings=told)


@blueprint.route("/handovers/<uuid:handover_id>/paper.<form>", methods=["GET", "POST"])
@signed_in
def handover_paper(handover_id: UUID, form: str) -> ResponseReturnValue:
    """The file as PDF or DOCX."""
    one = _handover(handover_id)
    return hand_out(works.HANDOVER, one, one.process, one.track, form)


@blueprint.route("/handovers/<uuid:handover_id>/edit", methods=["GET", "POST"])
@permission("write a handover file")
def edit_handover(handover_id: UUID) -> ResponseReturnValue:
    """Say what became of the theme, what was promised, a word to the next chair; leave lines out."""
    one = _handover(handover_id)
    authorise(policy.may_prepare(viewer(), one.term, one.track_id) and not one.is_cleared)
    on = clock.today(one.process.zone)
    lines = queries.listed(db(), queries.open_keys(db(), one.process_id, one.body_id, on))
    form = HandoverForm(
        obj=one,
        languages=list(one.process.languages),
        lines=[(line.key, local_text(line.title)) for line in lines],
    )
    if form.ready(one):
        words = Words(form.theme.data, form.promises.data, form.advice.data)
        service.write(db(), one, words, form.left_out.data or [], on)
        return done(_("Saved."), url_for("chairmanship.handover", handover_id=one.id))
    return shown(form, "chairmanship/edit_handover.html", handover=one, lines=lines)


@blueprint.route("/handovers/<uuid:handover_id>/clear", methods=["GET", "POST"])
@permission("clear a handover file")
def clear_handover(handover_id: UUID) -> ResponseReturnValue:
    """Give the file to those who chair next; the page names them before."""
    one = _handover(handover_id)
    authorise(policy.may_clear(viewer(), one.term) and not one.is_cleared)
    on = clock.today(one.process.zone)
    following = service.receivers(db(), one, on)
    seen = as_shown(one.version, *following)
    form = ConfirmForm(data={"version": seen.version})
    if form.ready(seen):
        try:
            service.clear(db(), one, on)
        except Refused as refusal:
            form.tell(refusal)
        else:
            return done(_("Cleared. The next Chair reads it from now on."), url_for(".handover", handover_id=one.id))
    named = names_of(db(), [UUID(key) for key in following], process=one.process_id)
    return shown(
        form,
        "chairmanship/clear_handover.html",
        handover=one,
        following=[str(named[UUID(key)]) for key in following],
    )


def _handover(key: UUID) -> Handover:
    one: Handover = found(queries.handover_by_id(db(), key))
    place.enter(one.process, track=one.track)
    return one
