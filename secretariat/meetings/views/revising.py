"""What follows an issued paper, sent in by the government whose paper it is: signed in, or by the link by which it was
sent in. It goes the way of a paper: its government alone reads it until it is sent, those who decide find it among what
awaits an answer, and the secretariat gives it its symbol."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents import forms as document_forms
from secretariat.documents import policy as document_policy
from secretariat.documents import service as documents
from secretariat.documents import words as document_words
from secretariat.documents.models import Document
from secretariat.documents.views.base import taken_in
from secretariat.mail.links import OpenedLink
from secretariat.mail.views.links import by_link
from secretariat.meetings import lent_queries, paper_forms, service
from secretariat.meetings.draft_letters import COMPOSE_SCOPE
from secretariat.meetings.views.base import blueprint, names
from secretariat.meetings.views.papers import KEEP, compose_address, page_of, paper_at
from secretariat.pages import place
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import takes_files


@blueprint.route("/meetings/<uuid:meeting_id>/papers/<uuid:document_id>/revise", methods=["GET", "POST"])
@permission("revise a paper of one's own government")
@takes_files
def revise_paper(meeting_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """A revision, a corrigendum or an addendum to an issued paper of one's government."""
    _meeting, document = paper_at(meeting_id, document_id)
    return _revising(document, url_for("documents.show", document_id=document.id), by_mail=False)


@blueprint.route("/l/<token>/revise", methods=["GET", "POST"])
@by_link(COMPOSE_SCOPE)
@takes_files
def revise_by_own_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link by which the paper was written."""
    document = found(lent_queries.prepared_paper(db(), link.subjects[0]))
    found(document.meeting)
    place.enter(document.process, track=document.track)
    return _revising(document, url_for("meetings.compose_by_link", token=link.token), by_mail=True)


def _revising(document: Document, back: str, *, by_mail: bool) -> ResponseReturnValue:
    authorise(document_policy.may_revise_own(viewer(), document))
    original = next((one.language for one in document.versions if one.is_original), None)
    first = {} if request.method == "POST" else {"title": document.title, "language": original}
    form = paper_forms.revision_form(document.process.languages)(**first)
    if form.ready():
        try:
            made = _begun(document, form)
            if request.form.get("act") != KEEP:
                service.send_paper(db(), made)
        except Refused as problem:
            form.tell(problem)
        else:
            return _done(made, back, by_mail=by_mail)
    meeting = service.meeting_of(document)
    return shown(
        form,
        "meetings/revise_paper.html",
        document=document,
        meeting=meeting,
        participant=names([viewer().participant], meeting)[found(viewer().participant)],
        document_words=document_words,
        back=back,
    )


def _begun(document: Document, form: Form) -> Document:
    file, other = taken_in(form), taken_in(form, "other_file")
    if other is not None and not form["other_language"].data:
        raise Refused(_("Choose the language of this file."), "other_language")
    paper = paper_forms.paper_of(form, file, other)
    return documents.prepare_revision(db(), document, document_forms.revision_of(form), paper)


def _done(made: Document, back: str, *, by_mail: bool) -> ResponseReturnValue:
    if request.form.get("act") == KEEP:
        kept = _("Kept as a draft; your government alone reads it.")
        return done(kept, compose_address(made) if by_mail else page_of(made))
    sent = _("Sent in. The Secretariat gives it its symbol, and you are told what becomes of it.")
    return done(sent, back if by_mail else url_for("documents.show", document_id=made.id))
