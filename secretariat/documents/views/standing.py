"""What becomes of a document: issued, released, revised, withdrawn."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents import forms, policy, service
from secretariat.documents import words as in_words
from secretariat.documents.models import Document
from secretariat.documents.views.base import blueprint, the_document
from secretariat.pages.access import authorise, permission
from secretariat.pages.forms import Form, as_shown, done, shown
from secretariat.pages.unit import db, viewer


@blueprint.route("/documents/<uuid:document_id>/issue", methods=["GET", "POST"])
@permission("issue a document")
def issue(document_id: UUID) -> ResponseReturnValue:
    """Give a draft its symbol; the page says who has it then, and from when."""
    document = the_document(document_id)
    authorise(policy.may_issue(viewer(), document))
    files = sorted(str(one.file.id) for one in document.versions if one.file is not None)
    seen = as_shown(document.version, *files)
    form = Form(data={"version": seen.version})
    if form.ready(seen):
        try:
            symbol = service.issue(db(), document)
        except Refused as problem:
            form.tell(problem)
        else:
            said = (
                _("Issued as %(symbol)s. Its readers have it now.", symbol=symbol)
                if document.is_released
                else _("Issued as %(symbol)s. Its readers have it on the day of its release.", symbol=symbol)
            )
            return done(said, _back(document))
    readers = document.readers_label_id
    return shown(form, "documents/issue.html", document=document, readers=readers, words=in_words)


@blueprint.post("/documents/<uuid:document_id>/release")
@permission("release a document")
def release(document_id: UUID) -> ResponseReturnValue:
    """Let its readers have it before its day."""
    document = the_document(document_id)
    authorise(policy.may_release(viewer(), document))
    try:
        service.release(db(), document)
    except Refused as problem:
        return done(problem.sentence, _back(document), "attend")
    return done(_("Released. Its readers have it now."), _back(document))


@blueprint.route("/documents/<uuid:document_id>/revise", methods=["GET", "POST"])
@permission("revise a document")
def revise(document_id: UUID) -> ResponseReturnValue:
    """Begin a revision, corrigendum or addendum: a draft in the same line, for the same readers."""
    document = the_document(document_id)
    authorise(policy.may_revise(viewer(), document))
    form = forms.revision_form(document.process.languages, by_paragraph=document.by_paragraph)(title=document.title)
    if form.ready():
        try:
            made = service.revise(db(), document, forms.revision_of(form), form["title"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("Begun as a draft. Add its languages, then issue it.")
            return done(said, url_for("documents.show", document_id=made.id))
    return shown(form, "documents/revise.html", document=document)


@blueprint.route("/documents/<uuid:document_id>/withdraw", methods=["GET", "POST"])
@permission("withdraw a document")
def withdraw(document_id: UUID) -> ResponseReturnValue:
    """Take a document back; it stays on record, its files are the Secretariat's alone."""
    document = the_document(document_id)
    authorise(policy.may_withdraw(viewer(), document))
    form = forms.withdrawal_form(document.process.languages)()
    if form.ready():
        try:
            service.withdraw(db(), document, form["word"].data)
        except Refused as problem:
            form.tell(problem)
        else:
            return done(_("Withdrawn. That it was there stays on record."), _back(document))
    return shown(form, "documents/withdraw.html", document=document)


def _back(document: Document) -> str:
    return url_for("documents.show", document_id=document.id)
