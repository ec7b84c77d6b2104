"""Publishing what a network said and was answered, by each side for its own words; and the page everybody reads."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.civil_society import forms, policy, published, queries
from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import Submission, SubmissionAnswer
from secretariat.civil_society.published_models import PublishedAnswer, PublishedSubmission
from secretariat.civil_society.service import publishing
from secretariat.civil_society.views.base import blueprint, the_answer, the_submission
from secretariat.core.languages import gettext as _
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission, public
from secretariat.pages.forms import Form, done, refusals, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes.names import in_order, names_of
from secretariat.processes.queries import process_by_slug


@blueprint.get("/processes/<slug>/civil-society")
@public("what a network and who answered it have both published is read by everybody")
def show_published(slug: str) -> str:
    """Submissions with their answers, where both sides have published them."""
    process = found(process_by_slug(db(), slug))
    place.enter(process, across=True)
    page = min(max(request.args.get("page", 1, int), 1), 1000)
    rows, more = published.of_both_sides(db(), process.id, page)
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
        page=page,
        more=more,
        names=names,
        signed=signed,
        dissents=dissents,
        adopted_by=in_words.ADOPTS_BY,
        kinds=in_words.KIND,
        says=in_words.SAYS,
    )


@blueprint.route("/submissions/<uuid:submission_id>/publish", methods=["GET", "POST"])
@permission("publish a submission")
def publish(submission_id: UUID) -> ResponseReturnValue:
    """Let everybody read a submission, for the network."""
    one = the_submission(submission_id)
    authorise(policy.may_publish(viewer(), one))
    form = forms.PublishForm()
    if not one.signatories:
        del form.signatures
    if not one.dissents:
        del form.dissents
    if not queries.replies_to(db(), [each.id for each in queries.answers_of(db(), one.id)]):
        del form.replies
    if form.ready():
        with refusals(form):
            chosen = {name: bool(form[name].data) for name in ("signatures", "dissents", "replies") if name in form}
            publishing.publish(db(), one, **chosen)
            return done(_told(one), _page(one))
    return shown(form, "civil_society/publish.html", one=one, answer=None)


@blueprint.route("/submissions/<uuid:submission_id>/unpublish", methods=["GET", "POST"])
@permission("take the publication of a submission back")
def unpublish(submission_id: UUID) -> ResponseReturnValue:
    """Let not everybody read it any more."""
    one = the_submission(submission_id)
    authorise(policy.coordinates(viewer(), one.track))
    found(published.of_network(db(), one.id))
    form = Form()
    if form.ready():
        with refusals(form):
            publishing.take_back(db(), one)
            return done(_("Taken back. It stands on the page for everybody no more."), _page(one))
    return shown(form, "civil_society/unpublish.html", one=one, answer=None)


@blueprint.route("/answers/<uuid:submission_answer_id>/publish", methods=["GET", "POST"])
@permission("publish an answer")
def publish_answer(submission_answer_id: UUID) -> ResponseReturnValue:
    """Let everybody read an answer, for whose it is."""
    this = the_answer(submission_answer_id)
    authorise(policy.may_publish_answer(viewer(), this))
    one = found(this.submission)
    form = Form()
    if form.ready():
        with refusals(form):
            publishing.publish_answer(db(), this)
            return done(_told(one), _page(one))
    return shown(form, "civil_society/publish.html", one=one, answer=this)


@blueprint.route("/answers/<uuid:submission_answer_id>/unpublish", methods=["GET", "POST"])
@permission("take the publication of an answer back")
def unpublish_answer(submission_answer_id: UUID) -> ResponseReturnValue:
    """Let not everybody read it any more."""
    this = the_answer(submission_answer_id)
    authorise(policy.answers_for(viewer(), this))
    one = found(this.submission)
    found(published.of_answer(db(), this.id))
    form = Form()
    if form.ready():
        with refusals(form):
            publishing.take_answer_back(db(), this)
            return done(_("Taken back. It stands on the page for everybody no more."), _page(one))
    return shown(form, "civil_society/unpublish.html", one=one, answer=this)


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a submission stands on its way to everybody, and what of it its reader may do."""

    submission: PublishedSubmission | None
    answers: dict[UUID, PublishedAnswer]
    may_publish: bool
    may_take_back: bool

    @property
    def is_public(self) -> bool:
        return self.submission is not None and bool(self.answers)

    def may_publish_answer(self, answer: SubmissionAnswer) -> bool:
        return answer.id not in self.answers and policy.may_publish_answer(viewer(), answer)

    def may_take_answer_back(self, answer: SubmissionAnswer) -> bool:
        return answer.id in self.answers and policy.answers_for(viewer(), answer)


def publication_of(one: Submission) -> Publication | None:
    """For the page of a submission; None for one that cannot be published."""
    if not policy.can_be_published(one):
        return None
    row, me = published.of_network(db(), one.id), viewer()
    return Publication(
        row,
        published.of_answers(db(), one.id),
        row is None and policy.may_publish(me, one),
        row is not None and policy.coordinates(me, one.track),
    )


def is_anything_published(process: UUID) -> bool:
    """For pages that lead to what everybody reads, where there is anything."""
    return published.is_anything_published(db(), process)


def _told(one: Submission) -> str:
    if (made := publication_of(one)) is not None and made.is_public:
        return _("Published. Everybody reads it now, with what the other side published.")
    return _("Published. Everybody reads it once the other side has published its part.")


def _page(one: Submission) -> str:
    return url_for("civil_society.show", submission_id=one.id)
