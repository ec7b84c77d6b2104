"""Papers of states for a meeting: sent in signed in or by the link of a mail, taken back, and answered."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality import choices
from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, label_data, looked
from secretariat.confidentiality.preview import Preview, preview_new
from secretariat.core.labels import satisfies
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.documents import policy as document_policy
from secretariat.documents import queries as queries_of_documents
from secretariat.documents import service as documents
from secretariat.documents import submission_queries
from secretariat.documents import words as document_words
from secretariat.documents.models import Document
from secretariat.documents.views.base import labels_offered, taken_in
from secretariat.mail import links
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import settings
from secretariat.mail.views.links import by_link
from secretariat.meetings import lent_queries, paper_forms, policy, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.draft_letters import COMPOSE_SCOPE
from secretariat.meetings.lent_queries import Draft
from secretariat.meetings.models import Meeting
from secretariat.meetings.views.base import blueprint, languages_of, names, new_nonce, the_meeting
from secretariat.pages import place
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import as_shown, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import takes_files

KEEP, SEND, ONWARD = "keep", "send", "onward"
"""Values of the button of a form: keep as a draft of one's capital, send, or go on with a draft kept before (its value
names which)."""


@blueprint.route("/meetings/<uuid:meeting_id>/papers/new", methods=["GET", "POST"])
@permission("send in a paper")
@takes_files
def submit_paper(meeting_id: UUID) -> ResponseReturnValue:
    """A paper of one's government for a meeting."""
    meeting = the_meeting(meeting_id)
    return _submitting(meeting, url_for("meetings.show", meeting_id=meeting_id, _anchor="documents"), by_mail=False)


@blueprint.route("/l/<token>/paper", methods=["GET", "POST"])
@by_link("reply")
@takes_files
def submit_paper_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password."""
    own = found(next((one for one in (queries.invitation_by_id(db(), key) for key in link.subjects) if one), None))
    meeting = found(own.meeting)
    place.enter(meeting.process, track=meeting.track)
    return _submitting(meeting, url_for("meetings.reply_by_link", token=link.token), by_mail=True)


def _submitting(meeting: Meeting, back: str, *, by_mail: bool) -> ResponseReturnValue:
    authorise(policy.speaks_at(viewer(), meeting))
    if (kept_at := onward(meeting, by_mail=by_mail)) is not None:
        return redirect(kept_at, 303)
    label = readers_offered(meeting)
    first = {} if request.method == "POST" else {**label_data(label, None), "language": _language(meeting)}
    form = paper_forms.labelled_paper_form(meeting.process.languages, label)(**first)
    shows = would_read(form, meeting)
    if not form.looks and form.ready():
        try:
            document = service.begin_paper(db(), meeting, paper_of(form))
            if request.form.get("act") != KEEP:
                service.send_paper(db(), document)
        except Refused as problem:
            form.tell(problem)
        else:
            return _done(document, back, by_mail=by_mail)
    return looked(
        form,
        "meetings/submit_paper.html",
        meeting=meeting,
        participant=names([viewer().participant], meeting)[found(viewer().participant)],
        words=in_words,
        closed=service.why_nothing_is_taken(meeting),
        shows=shows,
        back=back,
        drafts=drafts_of(meeting),
        new_nonce=new_nonce,
        revisable=[] if by_mail else _revisable(meeting),  # a link opens what it is about alone
    )


def _revisable(meeting: Meeting) -> list[tuple[str, LocalText, str]]:
    """Symbol, title and page of each paper of one's own for this meeting that can be revised."""
    return [
        (one.symbol, one.title, url_for("meetings.revise_paper", meeting_id=meeting.id, document_id=one.id))
        for one in submission_queries.papers_of_meeting(db(), meeting.id, found(viewer().participant))
        if document_policy.is_revisable(one)
    ]


def _done(document: Document, back: str, *, by_mail: bool) -> ResponseReturnValue:
    """Who came by a link is led to one to this paper alone: there it is gone on with, and revised once it is issued."""
    own = compose_address(document) if by_mail else ""
    if request.form.get("act") == KEEP:
        return done(_("Kept as a draft; your government alone reads it."), own or page_of(document))
    return done(_("Sent in. The chair decides, and you are told what becomes of it."), own or back)


def page_of(draft: Draft) -> str:
    """Where one works on a draft, signed in."""
    if isinstance(draft, Document):
        return url_for("meetings.prepare_paper", meeting_id=draft.meeting_id, document_id=draft.id)
    return url_for("meetings.prepare_item", meeting_id=draft.meeting_id, proposal_id=draft.id)


def compose_address(draft: Draft) -> str:
    """Where one works on a draft without a password: a link of one's own to it alone."""
    meeting = service.meeting_of(draft)
    token = links.made_for_oneself(
        db(), settings().secret_key, scope=COMPOSE_SCOPE, process=meeting.process_id, track=meeting.track_id,
        subject=draft.id,
    )  # fmt: skip
    return url_for("meetings.compose_by_link", token=token)


def drafts_of(meeting: Meeting) -> list[Draft]:
    """What one's government prepares for a meeting: whoever kept a draft behind a link finds it again by the same."""
    return lent_queries.drafts_for(db(), meeting.id, found(viewer().participant))


def onward(meeting: Meeting, *, by_mail: bool) -> str | None:
    """Where one goes on with the draft whose button was pressed; None where none was."""
    act, _colon, key = request.form.get("act", "").partition(":")
    if request.method != "POST" or act != ONWARD:
        return None
    draft: Draft | None = next((one for one in drafts_of(meeting) if str(one.id) == key), None)
    if draft is None:
        not_found()
    return compose_address(draft) if by_mail else page_of(draft)


def paper_of(form: LabelledForm) -> documents.Paper:
    """What was typed, with its files looked into and kept. Raises Refused."""
    file, other = taken_in(form), taken_in(form, "other_file")
    if other is not None and not form["other_language"].data:
        raise Refused(_("Choose the language of this file."), "other_language")
    return paper_forms.paper_of(form, file, other)


def readers_offered(meeting: Meeting) -> Label:
    """The labels a participant can give its paper: none that it would not read itself, and no persons by name."""
    bodies = [meeting.body] if meeting.body is not None else []
    every = labels_offered(meeting.process, meeting.track, meeting, bodies).without(choices.SECRETARIAT)
    reads = [
        one
        for one in every.choices
        if one.key == choices.NAMED or all(satisfies(viewer(), clause) for clause in one.clauses)
    ]
    return replace(every, choices=reads, persons=())


def would_read(form: LabelledForm, meeting: Meeting) -> Preview | None:
    """Who would read it once it is issued, if asked for."""
    if not form.looks or not form.has_label():
        return None
    given = documents.with_author(form.given, meeting.track, found(viewer().participant))
    return preview_new(db(), meeting.process_id, meeting, given)


def why_closed(meeting: Meeting) -> str | None:
    """Why nothing is taken for a meeting any more; None while it is."""
    try:
        service.check_takes_submissions(meeting)
    except Refused as problem:
        return problem.sentence
    return None


def _language(meeting: Meeting) -> str | None:
    return next(iter(meeting.process.languages), None)


# --- what becomes of it ---------------------------------------------------------------------------------------------


@blueprint.post("/meetings/<uuid:meeting_id>/papers/<uuid:document_id>/take-back")
@permission("take back a paper one sent in")
def take_back_paper(meeting_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """Whose it is goes on with it alone, while nobody has answered."""
    _meeting, document = paper_at(meeting_id, document_id)
    authorise(document_policy.may_take_back(viewer(), document))
    documents.take_back(db(), document)
    return done(_("Taken back; your government alone reads it again."), page_of(document))


@blueprint.route("/meetings/<uuid:meeting_id>/papers/<uuid:document_id>/answer", methods=["GET", "POST"])
@permission("answer a paper that was sent in")
def answer_paper(meeting_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The decision, and a word to its author."""
    meeting, document = paper_at(meeting_id, document_id)
    authorise(service.may_answer_paper(viewer(), document))
    items = queries.agenda_of(db(), meeting.id)
    issues = policy.may_keep(viewer(), meeting)
    seen = as_shown(document.version)
    form = paper_forms.answer_form(languages_of(meeting.process), items, issues=issues)(
        data={
            "version": seen.version,
            "item": str(document.item_id) if document.item_id else None,  # what follows a paper is for the same item
        }
    )
    if form.ready(seen):
        outcome, item = form["outcome"].data, form["item"].data
        try:
            symbol = service.answer_paper(
                db(), document, form["answer"].data, taken_up=outcome != paper_forms.NO,
                item=UUID(item) if item else None, issue=outcome == paper_forms.ISSUE,
            )  # fmt: skip
        except Refused as problem:
            form.tell(problem, {"readers": ""})
        else:
            return done(_answered(outcome, symbol), url_for("documents.show", document_id=document.id))
    named = names([document.author_id], meeting)
    return shown(
        form,
        "meetings/answer_paper.html",
        meeting=meeting,
        document=document,
        follows=queries_of_documents.first_of(db(), document) if document.line_id else None,
        participant=named[document.author_id] if document.author_id else "",
        document_words=document_words,
    )


def _answered(outcome: str, symbol: str | None) -> str:
    if outcome == paper_forms.NO:
        return _("Answered; its author is told.")
    if symbol is None:
        return _("Taken up; its author is told. It has its symbol once you issue it.")
    return _("Issued as %(symbol)s; its author is told.", symbol=symbol)


def paper_at(meeting_id: UUID, document_id: UUID) -> tuple[Meeting, Document]:
    """The meeting and a paper of a participant for it; addresses whose parts disagree are a 404."""
    meeting = the_meeting(meeting_id)
    document = found(lent_queries.prepared_paper(db(), document_id))
    return meeting, found(document if document.meeting_id == meeting.id else None)
