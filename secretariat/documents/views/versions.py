"""Language versions: one more, and the file of one that was awaited."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.core.refusals import Refused
from secretariat.documents import forms, policy, queries, service
from secretariat.documents.models import Document, VersionState
from secretariat.documents.views.base import blueprint, labels_offered, taken_in, the_document
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, shown
from secretariat.pages.unit import db, viewer
from secretariat.pages.uploads import takes_files


@blueprint.route("/documents/<uuid:document_id>/versions/new", methods=["GET", "POST"])
@permission("add a language version")
@takes_files
def add_version(document_id: UUID) -> ResponseReturnValue:
    """A document in one more language: its file, or who brings it by when."""
    document = the_document(document_id)
    authorise(policy.may_add_version(viewer(), document))
    there = [one.language for one in document.versions]
    languages = forms.languages_offered(document.process.languages, without=there)
    form = forms.version_form(languages, _persons(document))()
    if form.ready():
        try:
            received = taken_in(form)
            service.add_version(db(), document, form["language"].data, forms.asked_of(form), received)
        except Refused as problem:
            form.tell(problem)
        else:
            said = (
                _("Kept. Its readers find it on this page.")
                if received
                else _("Awaited. It stands among what is awaited.")
            )
            return done(said, url_for("documents.show", document_id=document.id))
    return shown(form, "documents/version.html", document=document, version=None, heading=_("Add a language version"))


@blueprint.route("/documents/<uuid:document_id>/versions/<uuid:version_id>", methods=["GET", "POST"])
@permission("see to a language version")
@takes_files
def see_to_version(document_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Bring the file of a version that is awaited, or change who brings it by when; of a draft, bring another file."""
    document = the_document(document_id)
    version = found(queries.version_of(db(), document.id, version_id))
    authorise(policy.may_see_to_version(viewer(), document, version))
    values = forms.version_values(version)
    awaited = version.state is VersionState.AWAITED
    form = forms.version_form([], _persons(document), asks=awaited)(obj=values)
    if form.ready(values):
        try:
            received = taken_in(form)
            if received is None and not awaited:
                raise Refused(_("Choose the file that takes the place of the present one."), "file")
            service.see_to_version(db(), document, version, forms.asked_of(form), received)
        except Refused as problem:
            form.tell(problem)
        else:
            said = _("Kept. Its readers find it on this page.") if received else _("Saved.")
            return done(said, url_for("documents.show", document_id=document.id))
    heading = language_name(version.language)
    return shown(form, "documents/version.html", document=document, version=version, heading=heading)


def _persons(document: Document) -> list[tuple[str, str]]:
    """Who of the process can be asked for a translation: whoever is appointed on the document's track today."""
    return list(labels_offered(document.process, document.track, None, []).persons)
