"""Documents and files, made through the services as a secretariat would; and files of every type, real or lying."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.documents import queries, service
from secretariat.documents.models import Document
from secretariat.documents.service import Asked, Particulars, Place, Received
from secretariat.documents.storage import Folder
from secretariat.processes.models import Body
from tests.factories.meetings import again

TEXT = b"Options for the reception protocol.\n"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def received(folder: Path, content: bytes = TEXT, name: str = "paper.txt") -> Received:
    """A file that lies in the storage of an installation with this data folder."""
    storage = Folder(folder / "documents")
    return service.receive(storage, BytesIO(content), name, size=len(content), largest=25_000_000)


def place(session: ViewerSession, slug: str = "rcx", *, meeting: UUID | None = None, body: str = "") -> Place:
    """The track one keeps, the meeting of this id, or the body of this (English) name."""
    process = queries.process_by_slug(session, slug)
    assert process is not None
    track = queries.track_kept(session, process.id, session.viewer)
    assert track is not None
    found = again(session, meeting) if meeting is not None else None
    bodies = queries.open_bodies(session, process.id, track.id, date(2026, 1, 1))
    held = found.body if found is not None else next((one for one in bodies if str(one.name) == body), None)
    assert isinstance(held, Body) or held is None
    return Place(process=process, track=track, body=held, meeting=found)


def drafted(
    session: ViewerSession,
    where: Place,
    file: Received | None,
    *,
    readers: frozenset[Clause] = frozenset(),
    **more: Any,
) -> Document:
    """A draft in English, with its file if one is given."""
    given: dict[str, Any] = {"title": LocalText.of("Options"), "kind": "working_paper", "readers": readers, **more}
    document = service.add_document(session, where, Particulars(**given))
    asked = Asked(due_on=None if file else date(2099, 1, 1))
    service.add_version(session, document, "en", asked, file, is_original=True)
    return document


def issued(session: ViewerSession, where: Place, file: Received, **more: Any) -> Document:
    """A document that has its symbol, and its readers unless a day of release is given."""
    document = drafted(session, where, file, **more)
    service.issue(session, document)
    return document


def document(session: ViewerSession, key: UUID) -> Document:
    """The document of this id under the session's eyes."""
    found = queries.document_by_id(session, key)
    assert found is not None
    return found


# --- files --------------------------------------------------------------------------------------------------------


def pdf(text: str = "Reception protocol", *, password: str = "") -> bytes:
    """A PDF of one page."""
    import pikepdf

    made = pikepdf.new()
    page = made.add_blank_page()
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
    )
    page.Contents = made.make_stream(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode())
    out = BytesIO()
    made.save(out, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    """A DOCX as a word processor makes one."""
    from docx import Document as Docx

    made = Docx()
    for one in paragraphs or ("Reception protocol",):
        made.add_paragraph(one)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def packed(**parts: str) -> bytes:
    """An archive of these parts, by name."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


ODT_TYPE = "application/vnd.oasis.opendocument.text"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def odt(*paragraphs: str, encrypted: bool = False) -> bytes:
    """An ODT of these paragraphs."""
    said = "".join(f"<text:p>{one}</text:p>" for one in paragraphs or ("Reception protocol",))
    content = f'<body xmlns:text="{_TEXT}">{said}</body>'
    manifest = "<manifest><encryption-data/></manifest>" if encrypted else "<manifest/>"
    return packed(**{"mimetype": ODT_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def office(main: str, kind: str, part: str, **more: str) -> bytes:
    """An archive that says it is an office document of this kind, with this main part."""
    types = f'<Types><Override PartName="/{main}" ContentType="application/{kind}.main+xml"/></Types>'
    return packed(**{"[Content_Types].xml": types, main: part, **more})
