"""What all pages of documents share: loading under the reader's eyes, what can be chosen, taking in a file."""

from __future__ import annotations

import logging
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from config import Settings
from secretariat.confidentiality import choices
from secretariat.confidentiality.choices import Offered as Label
from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.refusals import Refused
from secretariat.documents import queries, service
from secretariat.documents import words as in_words
from secretariat.documents.models import Document
from secretariat.documents.service import Received
from secretariat.documents.sniffing import LONGEST_NAME, Problem, Unfit, base_name
from secretariat.documents.storage import Storage, StorageAway, storage_of
from secretariat.pages import place
from secretariat.pages.access import found
from secretariat.pages.forms import Form
from secretariat.pages.unit import db, if_refused
from secretariat.pages.uploads import UploadField, UploadsField, sent_of
from secretariat.processes.models import Body, Process, Track

log = logging.getLogger(__name__)
blueprint = Blueprint("documents", __name__)


def the_process(slug: str) -> Process:
    """The process of this address, on whose ground the page stands."""
    process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    return process


def the_document(document_id: UUID) -> Document:
    """The document of this address, or the 404 which hidden and missing share."""
    document = found(queries.document_by_id(db(), document_id))
    place.enter(document.process, track=document.track)
    return document


def settings() -> Settings:
    made: Settings = current_app.extensions["settings"]
    return made


def storage() -> Storage:
    return storage_of(settings())


def labels_offered(process: Process, track: Track, meeting: Any, bodies: list[Body]) -> Label:
    """The labels a document can be given. In a meeting it is for the readers of that, or for fewer; what is for more
    than its container's readers is opened on the page of its label, once it is issued."""
    within = local_text(meeting.title) if meeting is not None else ""
    offered = choices.offered(db(), choices.Place(process, track, bodies, within=within), clock.today())
    return offered.without(choices.PUBLIC, choices.BOTH)


def taken_in(form: Form, name: str = "file") -> Received | None:
    """The file the form brings, kept before anything is written of it; None where it brings none. Raises Refused."""
    field = cast("UploadField", form[name]) if name in form else None
    if field is None or field.data is None:
        return None
    return _kept(field.data, name)


def all_taken_in(form: Form, name: str, *, most: int) -> list[Received]:
    """The files the form brings in one field, all kept or none named; one that is refused is told by its name.

    Raises Refused.
    """
    chosen = cast("UploadsField", form[name]).data
    if len(chosen) > most:
        raise Refused(_("Give at most %(most)s files.", most=most), name)
    found = []
    for one in chosen:
        try:
            found.append(_kept(one, name))
        except Refused as refused:
            if len(chosen) == 1:
                raise
            called = base_name(one.filename or "")[:LONGEST_NAME]
            raise Refused(_("%(file)s: %(why)s", file=called, why=refused.sentence), name) from None
    return found


def _kept(file: FileStorage, name: str) -> Received:
    try:
        received = service.receive(
            storage(),
            cast("Any", file.stream),
            file.filename or "",
            size=sent_of(file),
            largest=settings().largest_document,
        )
    except Unfit as unfit:
        sentence = in_words.problem_in_words(Problem(unfit.problem), largest_mb=settings().largest_document_mb)
        raise Refused(sentence, name) from None
    except StorageAway:
        log.exception("a file could not be kept")
        raise Refused(
            _("The file could not be kept just now, and nothing of it was. Send it again in a moment."), name
        ) from None
    forget_if_refused(received)
    return received


def forget_if_refused(received: Received) -> None:
    """A file that was kept goes at once where its form is not taken after all: nobody fills the storage with what was
    refused. What a process leaves behind that dies on the way is swept."""
    place_of_files, key = storage(), received.kept.key

    def forget() -> None:
        try:
            place_of_files.remove(key)
        except OSError:
            log.warning("a file of a refused form stays until it is swept", exc_info=True)

    if_refused(forget)


def page(template: str, document: Document, **context: Any) -> ResponseReturnValue:
    """A page about a document."""
    return render_template(
        f"documents/{template}.html", document=document, words=in_words, new_nonce=new_nonce, **context
    )


def new_nonce() -> str:
    """For a form of one button: each has its own, so that each is answered."""
    return new_key().hex
