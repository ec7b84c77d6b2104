"""Drafts of items and papers: worked on in the capital, passed to a colleague in another ministry, given back, sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.confidentiality.forms import LabelledForm, label_data, looked
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents import policy as document_policy
from secretariat.documents import queries as queries_of_documents
from secretariat.documents import service as documents
from secretariat.documents import words as document_words
from secretariat.documents.models import Document, DocumentFile, Revision
from secretariat.documents.views.files import handed_out
from secretariat.mail.lent import may_be_asked_again, not_delivered
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_lent_link, by_link
from secretariat.meetings import lent_queries, paper_forms, policy, proposal_forms, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.draft_letters import COMPOSE_SCOPE, LENT_SCOPE
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.lent_queries import Draft
from secretariat.meetings.models import ItemProposal
from secretariat.meetings.service.lending import LENT, REMINDED
from secretariat.meetings.views.base import blueprint, languages_of, names, new_nonce, the_meeting
from secretariat.meetings.views.papers import (
    KEEP,
    page_of,
    paper_at,
    paper_of,
    readers_offered,
    why_closed,
    would_read,
)
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import takes_files

PASS, DROP, END, REMIND = "pass", "drop", "end", "remind"
"""Values of buttons beside those of the draft itself; those of `end` and `remind` name the colleague."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A draft, where its page is, where one goes once it is sent, and where its files are fetched: signed in, or by
    link."""

    draft: Draft
    here: str
    sent: str
    file: Callable[[Any, DocumentFile], str]


@blueprint.route("/meetings/<uuid:meeting_id>/papers/<uuid:document_id>", methods=["GET", "POST"])
@permission("prepare a paper")
@takes_files
def prepare_paper(meeting_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """A paper of one's government that is not sent in yet."""
    _meeting, document = paper_at(meeting_id, document_id)
    authorise(service.may_prepare(viewer(), document))
    address = url_for("documents.show", document_id=document.id)
    return _preparing(_Place(document, page_of(document), address, _signed_in(document)))


@blueprint.route("/meetings/<uuid:meeting_id>/proposals/<uuid:proposal_id>/prepare", methods=["GET", "POST"])
@permission("prepare an item for an agenda")
def prepare_item(meeting_id: UUID, proposal_id: UUID) -> ResponseReturnValue:
    """An item of one's government that is not proposed yet."""
    the_meeting(meeting_id)
    proposal = found(queries.item_proposal(db(), proposal_id))
    found(proposal if proposal.meeting_id == meeting_id else None)
    authorise(service.may_prepare(viewer(), proposal))
    address = url_for("meetings.item_proposal", meeting_id=meeting_id, proposal_id=proposal_id)
    return _preparing(_Place(proposal, page_of(proposal), address, lambda _version, _file: ""))


@blueprint.route("/l/<token>/compose", methods=["GET", "POST"])
@by_link(COMPOSE_SCOPE)
@takes_files
def compose_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same without a password: behind a link to this draft alone. Once it is sent the page says so."""
    draft = _own(link.subjects[0])
    _enter(draft)
    if not service.may_prepare(viewer(), draft):
        return _receipt(draft, link.token)
    here = url_for("meetings.compose_by_link", token=link.token)
    file = lambda version, _file: url_for("meetings.compose_file", token=link.token, version_id=version.id)  # noqa: E731
    return _preparing(_Place(draft, here, here, file))


@blueprint.get("/l/<token>/compose/<uuid:version_id>")
@by_link(COMPOSE_SCOPE)
def compose_file(link: OpenedLink, version_id: UUID) -> ResponseReturnValue:
    """The file of a paper one prepares, in one language."""
    draft = _own(link.subjects[0])
    found(draft if service.may_prepare(viewer(), draft) else None)
    return _file(draft, lambda one: one.id == version_id)


def _own(key: UUID) -> Draft:
    """The paper or item of one's own government behind a link."""
    draft: Draft | None = lent_queries.prepared_paper(db(), key)
    if draft is None:
        draft = lent_queries.prepared_item(db(), key)
    if draft is None or draft.meeting is None or not policy.speaks_at(viewer(), draft.meeting):
        not_found()
    participant = draft.author_id if isinstance(draft, Document) else draft.participant_id
    if participant != viewer().participant:
        not_found()
    return draft


def _enter(draft: Draft) -> None:
    meeting = service.meeting_of(draft)
    place.enter(meeting.process, track=meeting.track)


def _signed_in(document: Document) -> Callable[[Any, DocumentFile], str]:
    return lambda _version, file: url_for("documents.fetch", document_id=document.id, file_id=file.id)


# --- the page of a draft --------------------------------------------------------------------------------------------


def _preparing(at: _Place) -> ResponseReturnValue:
    act, _colon, whom = request.form.get("act", "").partition(":")
    lent = lent_queries.lent_of(db(), at.draft)
    if request.method == "POST" and act == END:
        one = found(next((one for one in lent if str(one.id) == whom), None))
        service.end(db(), one, at.draft)
        return done(_("Taken back; the link opens nothing any more."), at.here)
    if request.method == "POST" and act == REMIND:
        return _reminding(at, found(next((one for one in lent if str(one.id) == whom), None)))
    if request.method == "POST" and act == DROP:
        return _dropping(at)
    form = _form_of(at.draft, passes=act == PASS)
    looks = isinstance(form, LabelledForm) and form.looks
    shows = would_read(form, at.draft.meeting) if isinstance(form, LabelledForm) else None
    if not looks and form.ready(at.draft):
        try:
            return _kept(at, form, act)
        except Refused as problem:
            form.tell(problem)
    return _page(at, form, lent, shows)


def _kept(at: _Place, form: Form, act: str) -> ResponseReturnValue:
    """What was typed is kept whichever button was pressed; then it stays here, goes to a colleague, or is sent."""
    _write(at.draft, form)
    if act == KEEP:
        return done(_("Kept as a draft; your government alone reads it."), at.here)
    if act == PASS:
        service.pass_on(db(), at.draft, form["name"].data, form["address"].data, form["asked"].data or "")
        return done(_("Passed on. Your colleague gets a link to this draft and to nothing else."), at.here)
    _send(at.draft)
    sent = (
        _("Sent in. The chair decides, and you are told what becomes of it.")
        if isinstance(at.draft, Document)
        else _("Proposed. The chair decides, and you are told what becomes of it.")
    )
    return done(sent, at.sent)


def _reminding(at: _Place, lent: LentDraft) -> ResponseReturnValue:
    try:
        service.remind(db(), lent, at.draft)
    except Refused as problem:
        return done(problem.sentence, at.here, "attend")
    return done(_("Your colleague is written to once more, with the link to this draft alone."), at.here)


def _dropping(at: _Place) -> ResponseReturnValue:
    meeting = service.meeting_of(at.draft)
    if isinstance(at.draft, Document):
        service.drop_paper(db(), at.draft)
    else:
        service.withdraw_item(db(), at.draft)
    words = _("Thrown away; nothing of it was sent.")
    return done(
        words, at.here if "token" in (request.view_args or {}) else url_for("meetings.show", meeting_id=meeting.id)
    )


def _page(at: _Place, form: Form, lent: Any, shows: Any) -> ResponseReturnValue:
    meeting = service.meeting_of(at.draft)
    zone = meeting.process.zone
    context = {
        "draft": at.draft,
        "meeting": meeting,
        "participant": names([viewer().participant], meeting)[found(viewer().participant)],
        "lent": lent,
        "undelivered": not_delivered(db(), LENT, [one.id for one in lent], reminder=REMINDED),
        "shows": shows,
        "closed": why_closed(meeting) if _is_first(at.draft) else None,
        "follows": _followed(at.draft),
        "here": at.here,
        "file_at": at.file,
        "words": in_words,
        "document_words": document_words,
        "new_nonce": new_nonce,
        "may_remind": lambda one: may_be_asked_again(one, clock.today(zone), zone),
    }
    if isinstance(form, LabelledForm):
        return looked(form, "meetings/prepare.html", **context)
    return shown(form, "meetings/prepare.html", **context)


def _is_first(draft: Draft) -> bool:
    """Whether it follows no paper that is there already."""
    return not isinstance(draft, Document) or draft.revision is Revision.FIRST


def _followed(draft: Draft) -> Document | None:
    """The paper it follows, where it does."""
    return queries_of_documents.first_of(db(), draft) if isinstance(draft, Document) and draft.line_id else None


def _receipt(draft: Draft, token: str) -> ResponseReturnValue:
    """What stands once a draft was sent, for whoever comes back by the link: a paper that is issued can be revised."""
    revises = isinstance(draft, Document) and document_policy.may_revise_own(viewer(), draft)
    return shown(
        Form(formdata=None), "meetings/sent_draft.html", draft=draft, meeting=draft.meeting, words=in_words,
        document_words=document_words,
        revise=url_for("meetings.revise_by_own_link", token=token) if revises else "",
    )  # fmt: skip


def _form_of(draft: Draft, *, passes: bool) -> Form:
    """The form of a draft with what was typed, or as it stands."""
    if isinstance(draft, Document) and draft.revision is not Revision.FIRST:
        made = paper_forms.that_passes(paper_forms.following_form(draft.process.languages), passes=passes)
        return made(obj=paper_forms.paper_values(draft))
    if isinstance(draft, Document):
        label = readers_offered(draft.meeting)
        own = documents.readers_given(db(), draft)
        made = paper_forms.that_passes(paper_forms.labelled_paper_form(draft.process.languages, label), passes=passes)
        return made(obj=paper_forms.paper_values(draft), **label_data(label, own))
    made = paper_forms.that_passes(proposal_forms.propose_form(languages_of(draft.meeting.process)), passes=passes)
    return made(obj=proposal_forms.item_values(draft))


def _write(draft: Draft, form: Form, *, keeps_readers: bool = False) -> None:
    if isinstance(draft, Document):
        follows, paper = draft.revision is not Revision.FIRST, paper_of(form)
        if follows:
            paper = replace(paper, kind=draft.kind)
        documents.change_paper(db(), draft, paper, keeps_readers=keeps_readers or follows)
    else:
        service.change_prepared(db(), draft, proposal_forms.proposed_item(form), keeps_readers=keeps_readers)


def _send(draft: Draft) -> None:
    if isinstance(draft, Document):
        service.send_paper(db(), draft)
    else:
        service.send_item(db(), draft)


def _file(draft: Draft, wanted: Callable[[Any], bool]) -> ResponseReturnValue:
    """The file of the version wanted, of a paper."""
    versions = draft.versions if isinstance(draft, Document) else []
    version = found(next((one for one in versions if wanted(one)), None))
    assert isinstance(draft, Document)
    return handed_out(draft, found(version.file))


# --- the colleague's page -------------------------------------------------------------------------------------------


@blueprint.route("/l/<token>/prepare", methods=["GET", "POST"])
@by_lent_link(LENT_SCOPE, lambda key: service.lender(unit.engine(), key))
@takes_files
def colleague(link: OpenedLink) -> ResponseReturnValue:
    """What a focal point passed on, and nothing else: read with the lender's eyes."""
    lent, draft = _lent(link)
    _enter(draft)
    here = url_for("meetings.colleague", token=link.token)
    if not service.is_out(lent, draft, viewer()):
        return shown(Form(formdata=None), "meetings/colleague_done.html", is_back=lent.is_back, meeting=draft.meeting)
    form = _colleague_form(lent, draft)
    if form.ready(draft):
        try:
            _write(draft, form, keeps_readers=True)
            if request.form.get("act") != KEEP:
                service.give_back(db(), lent, draft, form["word"].data or "")
        except Refused as problem:
            form.tell(problem)
        else:
            if request.form.get("act") == KEEP:
                return done(_("Kept. Give it back when you have done."), here)
            return done(_("Given back. Your colleague is told. Thank you."), here)
    meeting = service.meeting_of(draft)
    return shown(
        form,
        "meetings/colleague.html",
        draft=draft,
        lent=lent,
        meeting=meeting,
        participant=names([viewer().participant], meeting)[found(viewer().participant)],
        file_at=lambda _version, file: url_for("meetings.colleague_file", token=link.token, file_id=file.id),
        words=in_words,
        document_words=document_words,
    )


@blueprint.get("/l/<token>/prepare/<uuid:file_id>")
@by_lent_link(LENT_SCOPE, lambda key: service.lender(unit.engine(), key))
def colleague_file(link: OpenedLink, file_id: UUID) -> ResponseReturnValue:
    """A file of the paper that was passed on."""
    lent, draft = _lent(link)
    found(draft if service.is_out(lent, draft, viewer()) else None)
    return _file(draft, lambda one: one.file is not None and one.file.id == file_id)


def _lent(link: OpenedLink) -> tuple[LentDraft, Draft]:
    lent = found(lent_queries.lent_draft(db(), link.subjects[0]))
    draft = service.draft_of(db(), lent)
    if draft is None or draft.meeting is None:
        not_found()
    return lent, draft


def _colleague_form(lent: LentDraft, draft: Draft) -> Form:
    if isinstance(draft, Document):
        of = paper_forms.paper_form if draft.revision is Revision.FIRST else paper_forms.following_form
        made, values = of(draft.process.languages), paper_forms.paper_values(draft)
    else:
        assert isinstance(draft, ItemProposal)
        made, values = proposal_forms.item_form(languages_of(draft.meeting.process)), proposal_forms.item_values(draft)
    return paper_forms.for_colleague(made)(obj=values, word=lent.word)
