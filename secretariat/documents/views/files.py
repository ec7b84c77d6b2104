"""Handing out a file: always to be saved, never to be shown on a page of the product."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import Any, Protocol
from uuid import UUID

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from secretariat.core.database import Labelled
from secretariat.core.languages import gettext as _
from secretariat.documents import policy, queries
from secretariat.documents.models import Document, DocumentFile
from secretariat.documents.storage import FileLost, StorageAway
from secretariat.documents.views.base import blueprint, storage, the_document
from secretariat.pages import marks
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.unit import db, viewer

log = logging.getLogger(__name__)
POLICY = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Should a browser show a file all the same, it runs nothing, sends nothing and belongs to no origin."""


@blueprint.get("/documents/<uuid:document_id>/files/<uuid:file_id>")
@permission("fetch the file of a document")
def fetch(document_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """A file, whole; who has fetched it is recorded from Members only upwards."""
    document = the_document(document_id)
    file = found(queries.file_of(db(), document.id, file_id))
    authorise(policy.may_fetch(viewer(), document))
    return handed_out(document, file)


def handed_out(document: Document, file: DocumentFile) -> ResponseReturnValue:
    """A file of a document to whoever may have it."""
    return saved(file, called(document, file), document)


class Stored(Protocol):
    """A row that names a file in the documents' storage."""

    id: Any
    key: Any
    name: Any
    media_type: Any
    size: Any


def saved(file: Stored, name: str, recorded: Labelled) -> ResponseReturnValue:
    """A file, to be saved under this name; that `recorded` was handed out is noted."""
    try:
        content = storage().open(file.key)
    except (FileLost, StorageAway):
        log.error("a file is not where it should be", extra={"file": str(file.id)})
        heading = _("This file is not where it should be")
        sentence = _(
            "That is our fault, not yours. Tell the Secretariat; whoever runs the installation can look for it."
        )
        return render_template("errors/plain.html", heading=heading, sentence=sentence, reference=""), 503
    marks.handed_out(recorded)
    return _handed_out(content, file, name)


def _handed_out(content: Any, file: Stored, name: str) -> Response:
    """The whole of it at once: a part would be a way round the read log, which counts openings."""
    # Text is something browsers show and the product compresses; it goes out as bytes of no kind.
    media_type = "application/octet-stream" if file.media_type.startswith("text/") else file.media_type
    answer = send_file(
        content, mimetype=media_type, as_attachment=True, download_name=name, conditional=False, etag=False
    )
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Content-Length"] = str(file.size)
    return answer


def called(document: Document, file: DocumentFile) -> str:
    """The name it is saved under: its symbol and language; of a draft the one it came with."""
    if document.symbol is None or file.version is None:
        return file.name
    ending = PurePosixPath(file.name).suffix.lower()
    return f"{document.symbol.replace('/', '-')}-{file.version.language.upper()}{ending}"
