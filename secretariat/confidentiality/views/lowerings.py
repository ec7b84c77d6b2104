"""A lowering proposed to a participant: its page, signed in or by the link of a mail, and taking it back."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import decided, rights, service
from secretariat.confidentiality.forms import AnswerLoweringForm
from secretariat.confidentiality.models import LoweringState, ProposedLowering
from secretariat.confidentiality.preview import Preview, preview
from secretariat.confidentiality.service import Refused
from secretariat.confidentiality.service.changing import wanted_by
from secretariat.confidentiality.service.proposing import SCOPE
from secretariat.confidentiality.service.record import Subject
from secretariat.confidentiality.views import blueprint
from secretariat.confidentiality.views.label import here, in_words, the_subject, title_of
from secretariat.core.languages import gettext as _
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer


@blueprint.route("/readers/lowerings/<uuid:lowering_id>", methods=["GET", "POST"])
@permission("answer a proposed lowering")
def lowering(lowering_id: UUID) -> ResponseReturnValue:
    """What is proposed, for the participant to answer and for the secretariat to see or take back."""
    row = found(decided.proposal(db(), lowering_id))
    of = the_subject(row.thing_kind, row.thing_id)
    authorise(_may_answer(row) or (rights.may_propose(viewer(), of.paper) and request.method == "GET"))
    return _page(of, row, url_for("confidentiality.lowering", lowering_id=row.id))


@blueprint.route("/l/<token>/lowering", methods=["GET", "POST"])
@by_link(SCOPE)
def answer_lowering(link: OpenedLink) -> ResponseReturnValue:
    """The same behind the link of a mail: this one proposal and its answer."""
    row = found(decided.proposal(db(), link.subjects[0]))
    of = the_subject(row.thing_kind, row.thing_id)
    if not _may_answer(row):
        not_found()
    return _page(of, row, request.path)


def _may_answer(row: ProposedLowering) -> bool:
    return rights.may_answer(viewer(), row.participant_id, row.process_id, row.track_id)


def _page(of: Subject, row: ProposedLowering, onward: str) -> ResponseReturnValue:
    form = AnswerLoweringForm()
    if form.ready():
        try:
            made = service.answer(db(), of, row, accepts=form.answer.data == "accept", word=form.word.data or "")
        except Refused as refusal:
            form.refuse(refusal.sentence)
        else:
            said = _("Opened. Those added read it from now on.") if made else _("Declined. It stays as it is.")
            return done(said, onward)
    answers = _may_answer(row) and row.state is LoweringState.PROPOSED
    return shown(
        form, "confidentiality/lowering.html", of=of, title=title_of(of.thing), row=row, wanted=in_words(row),
        shows=_shows(of, row) if row.state is LoweringState.PROPOSED else None,
        answers=answers, keeps=rights.may_propose(viewer(), of.paper), page=of.kind.page(of.thing), back=here(of),
    )  # fmt: skip


def _shows(of: Subject, row: ProposedLowering) -> Preview | None:
    try:
        made = service.weighed(db(), of.kind, of.thing, wanted_by(db(), row))
    except Refused:
        return None
    return preview(db(), of.place.process.id, made.read_after, made.read_before)


@blueprint.post("/readers/lowerings/<uuid:lowering_id>/take-back")
@permission("take a proposed lowering back")
def take_back_lowering(lowering_id: UUID) -> ResponseReturnValue:
    """The secretariat takes its proposal back."""
    row = found(decided.proposal(db(), lowering_id))
    of = the_subject(row.thing_kind, row.thing_id)
    authorise(rights.may_propose(viewer(), of.paper))
    try:
        service.take_back(db(), of, row)
    except Refused as refusal:
        return done(refusal.sentence, here(of), "attend")
    return done(_("Taken back; the label stays as it is."), here(of))
