"""Joint sessions: what the offices of the two sides propose and answer, and the notice each side reads."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.meetings import joint_forms, joint_queries, policy, queries
from secretariat.meetings.clashes import Span
from secretariat.meetings.day_forms import WarnsOfDays
from secretariat.meetings.joint_models import JointSession, JointState
from secretariat.meetings.service import joint as service
from secretariat.meetings.views import warnings
from secretariat.meetings.views.base import blueprint, languages_of, new_nonce, the_process
from secretariat.meetings.views.warnings import Warnings
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track

STATES = {
    JointState.PROPOSED: _l("Proposed"),
    JointState.AGREED: _l("Agreed"),
    JointState.DECLINED: _l("Not this time"),
    JointState.TAKEN_BACK: _l("Taken back"),
    JointState.CHANGED: _l("Changed"),
}


@blueprint.get("/processes/<slug>/joint-sessions")
@permission("keep joint sessions")
def joint_sessions(slug: str) -> ResponseReturnValue:
    """What this side proposed and was asked for."""
    process, track = _own_side(slug)
    return render_template(
        "meetings/joint_sessions.html",
        process=process,
        track=track,
        sessions=joint_queries.sessions_of(db(), process.id, track.id),
        states=STATES,
        can_propose=bool(joint_queries.others_of(db(), track)),
    )


@blueprint.route("/processes/<slug>/joint-sessions/new", methods=["GET", "POST"])
@permission("propose a joint session")
def propose_joint(slug: str) -> ResponseReturnValue:
    """Ask the other side for a session in common."""
    process, track = _own_side(slug)
    others = joint_queries.others_of(db(), track)
    authorise(bool(others))
    return _proposing(process, track, others, None)


@blueprint.route("/joint-sessions/<uuid:joint_id>/change", methods=["GET", "POST"])
@permission("propose a joint session")
def change_joint(joint_id: UUID) -> ResponseReturnValue:
    """Ask the other side for another hour: what both have agreed to holds until it agrees."""
    one, track = _the_session(joint_id)
    authorise(_may_change(one))
    sides = (one.government_id, one.network_id)
    others = [other for other in joint_queries.others_of(db(), track) if other.id in sides]
    return _proposing(one.process, track, others, one)


def _proposing(
    process: Process, track: Track, others: Sequence[Track], instead_of: JointSession | None
) -> ResponseReturnValue:
    made_of = joint_forms.proposing(
        [(str(one.id), local_text(one.name)) for one in others], languages_of(process), process.zone
    )
    form = made_of(obj=instead_of) if instead_of is not None and request.method == "GET" else made_of()
    there = {"process": process, "track": track, "instead_of": instead_of}
    if form.ready():
        words = joint_forms.words_of(form)
        with refusals(form):
            service.check_joint(words)
            warned = _warned(form, process, track)
            if warned:
                return warnings.shown(form, "meetings/propose_joint.html", warnings=warned, **there)
            other = UUID(form["other"].data) if "other" in form else others[0].id
            made = service.propose_joint(db(), process, track, other, words, instead_of=instead_of)
            told = _("Proposed. The other side's office reads it now, and nothing else of yours.")
            return done(told, url_for("meetings.joint_session", joint_id=made.id))
    return shown(form, "meetings/propose_joint.html", **there)


def _warned(form: WarnsOfDays, process: Process, track: Track) -> Warnings | None:
    """What else lies on the day, once: holidays, meetings of the same participants, days the other side has taken."""
    on = form["held_on"].data
    said = "/".join(str(form[name].data or "") for name in ("held_on", "zone", "other") if name in form)
    if form.was_warned(said):
        return None
    return warnings.warnings_for(process, track, None, Span(on, on), form["zone"].data or "", None, None) or None


@blueprint.get("/joint-sessions/<uuid:joint_id>")
@permission("keep joint sessions")
def joint_session(joint_id: UUID) -> ResponseReturnValue:
    """A joint session, with what its reader's side can do."""
    one, track = _the_session(joint_id)
    return _page(one, track, joint_forms.DeclineForm(formdata=None, languages=languages_of(one.process)))


@blueprint.post("/joint-sessions/<uuid:joint_id>/agree")
@permission("answer a joint session")
def agree_to_joint(joint_id: UUID) -> ResponseReturnValue:
    """Take part; each side has its notice from now on."""
    one, track = _the_session(joint_id)
    authorise(one.asked == track.id)
    try:
        service.agree_to_joint(db(), one, track)
    except Refused as problem:
        return done(problem.sentence, _at(one), "attend")
    return done(_("Agreed. The members of each side read its notice, and find it in their calendar."), _at(one))


@blueprint.post("/joint-sessions/<uuid:joint_id>/decline")
@permission("answer a joint session")
def decline_joint(joint_id: UUID) -> ResponseReturnValue:
    """Not this time, with a word if one wants."""
    one, track = _the_session(joint_id)
    authorise(one.asked == track.id)
    form = joint_forms.DeclineForm(languages=languages_of(one.process))
    if form.ready():
        try:
            service.decline_joint(db(), one, track, form.said)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Saved. The other side's office reads it."), _at(one))
    return _page(one, track, form)


@blueprint.post("/joint-sessions/<uuid:joint_id>/take-back")
@permission("take a joint session back")
def take_back_joint(joint_id: UUID) -> ResponseReturnValue:
    """Either side takes an agreed session back; who proposed it, its proposal."""
    one, track = _the_session(joint_id)
    authorise(one.state is not JointState.PROPOSED or one.proposed_by == track.id)
    try:
        service.take_back_joint(db(), one, track)
    except Refused as problem:
        return done(problem.sentence, _at(one), "attend")
    return done(_("Taken back. Who had read its notice reads that it is called off."), _at(one))


@blueprint.get("/joint-notices/<uuid:notice_id>")
@signed_in
def joint_notice(notice_id: UUID) -> ResponseReturnValue:
    """The notice one side has of a joint session."""
    notice = found(joint_queries.notice_by_id(db(), notice_id))
    track = db().get(Track, notice.track_id)
    place.enter(notice.process, track=found(track))
    return render_template("meetings/joint_notice.html", notice=notice)


def _page(one: JointSession, track: Track, form: Form) -> ResponseReturnValue:
    is_over = one.held_on < clock.today(one.zone)
    is_asked = one.asked == track.id
    may_answer = is_asked and one.state is JointState.PROPOSED and not is_over
    may_take_back = not is_over and (
        one.state is JointState.AGREED or (one.state is JointState.PROPOSED and not is_asked)
    )
    return shown(
        form,
        "meetings/joint_session.html",
        one=one,
        may_change=_may_change(one),
        before=joint_queries.session_by_id(db(), one.instead_of_id) if one.instead_of_id is not None else None,
        proposed=joint_queries.proposed_instead_of(db(), one.id),
        state=STATES[one.state],
        is_asked=is_asked,
        may_answer=may_answer,
        may_take_back=may_take_back,
        notice=joint_queries.notice_of(db(), one.id, track.id),
        new_nonce=new_nonce,
    )


def _may_change(one: JointSession) -> bool:
    """Whether another hour can be proposed for it: by either side."""
    return one.state is JointState.AGREED and one.held_on >= clock.today(one.zone)


def _own_side(slug: str) -> tuple[Process, Track]:
    process = the_process(slug)
    track = found(queries.track_kept(db(), process.id, viewer()))
    authorise(policy.may_schedule(viewer(), track.id))
    place.enter(process, track=track)
    return process, track


def _the_session(joint_id: UUID) -> tuple[JointSession, Track]:
    """The session of this address, and the side of it whose office its reader is."""
    one = found(joint_queries.session_by_id(db(), joint_id))
    track = found(queries.track_kept(db(), one.process_id, viewer()))
    authorise(track.id in (one.government_id, one.network_id))
    place.enter(one.process, track=track)
    return one, track


def _at(one: JointSession) -> str:
    return url_for("meetings.joint_session", joint_id=one.id)
