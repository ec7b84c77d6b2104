"""The demonstration's documents: real files with symbols, a revision, an awaited translation, several levels."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, select

from secretariat.core.labelling import label_value
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.demonstration import build
from secretariat.demonstration.papers import Desk
from secretariat.documents.models import Document, DocumentFile, DocumentVersion, VersionState
from secretariat.documents.storage import Folder
from secretariat.reference.loader import load, shipped_files


@pytest.fixture
def papers(engine: Engine, tmp_path: Path) -> Folder:
    registers_and_reference(engine)
    folder = Folder(tmp_path / "documents")
    build.build(engine, Desk(folder, 25_000_000))
    return folder


def level_of(system: SystemSession, one: Document) -> str:
    return label_value(system, one.label_id).level.value


def registers_and_reference(engine: Engine) -> None:
    from secretariat import registers

    registers.fill()
    for path in shipped_files():
        if path.stem in ("participants", "rcm"):
            load(engine, path)


def test_documents_stand_as_a_secretariat_would_leave_them(engine: Engine, papers: Folder) -> None:
    with system_unit(engine, Reason.FILES, writes=False) as system:
        rows = system.scalars(select(Document)).all()
        stand = sorted(
            (str(one.title), one.revision.value, one.state.value, one.is_released, level_of(system, one))
            for one in rows
        )
        assert stand == [
            ("Declaration on families at the reception desks", "first", "issued", True, "participants"),
            ("Guidelines on the reception of returned children", "first", "issued", True, "members"),
            ("Note on the figures on returns", "first", "issued", False, "named"),
            ("Notice for families at the reception desks", "first", "issued", True, "participants"),
            ("Plan of action on return, protection and regular routes", "first", "issued", True, "participants"),
            ("Provisional agenda", "first", "superseded", True, "members"),
            ("Provisional agenda", "rev", "issued", True, "members"),
            ("State of the plan of action", "first", "issued", True, "members"),
        ]
        assert all(one.symbol for one in rows)
        [awaited] = system.scalars(select(DocumentVersion).where(DocumentVersion.state == VersionState.AWAITED))
        assert (awaited.language, awaited.word_count, awaited.translator) == (
            "es", 1200, "Translation service of the Secretariat",
        )  # fmt: skip
        keys = list(system.scalars(select(DocumentFile.key)))
        assert len(keys) == 8
    pdfs = 0
    for key in keys:
        with papers.open(key) as content:
            bytes_of_it = content.read()
        if bytes_of_it.startswith(b"%PDF"):
            pdfs += 1
            assert PdfReader(BytesIO(bytes_of_it)).pages[0].extract_text().strip()
        else:
            assert docx.Document(BytesIO(bytes_of_it)).paragraphs
    assert pdfs == 2, "the revised agenda, in both languages"
