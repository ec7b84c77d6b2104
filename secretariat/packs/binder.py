"""Binding a pack: all is looked at once more, what is no longer read leaves it, the rest becomes one file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfileobj
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession, reading_as
from secretariat.documents.extraction import in_a_child
from secretariat.documents.sniffing import TYPES
from secretariat.documents.storage import FileLost, Storage
from secretariat.jobs.kinds import Hands
from secretariat.packs import binding, queries
from secretariat.packs.contents import Became, Paper, Part, parts_of
from secretariat.packs.contents_page import Line, contents_paper, groups
from secretariat.packs.models import Pack, PackForm
from secretariat.packs.words import WITH_ADDRESS, note_on
from secretariat.prints import press

MOST_BYTES = 1_000_000_000
"""Of a pack; a paper that would make it larger stands beside it."""
MOST_PAGES = 20_000
_ENDINGS = {media_type: ending for ending, media_type in TYPES.items()}


@dataclass(frozen=True, slots=True)
class _Ready:
    """A pack as it is bound: papers with what became of each, in order; the contents page, already printed."""

    form: PackForm
    papers: Sequence[tuple[Paper, Part, Line]]
    contents: bytes
    title: str
    headings: dict[UUID, str]
    files: dict[UUID, queries.FileKept]

    @property
    def inside(self) -> list[tuple[Paper, Part, Line]]:
        """Those whose words stand in the pack."""
        return [one for one in self.papers if one[1].is_inside]


def bind(hands: Hands, storage: Storage, key: UUID, folder: Path) -> bool:
    """Bind a pack of which every paper was seen to. False where a paper came, changed or lost its piece meanwhile, so
    that it is to be seen to first."""
    with reading_as(hands.engine, hands.eyes()) as session:
        pack = queries.pack_by_id(session, key)
        if pack is None or pack.made_at is not None:
            return True
        ready = _ready(session, pack, hands.settings.base_url)
    if ready is None:
        return False
    out = folder / "pack"
    try:
        pages = _one_pdf(storage, ready, folder, out) if ready.form is PackForm.PDF else _one_zip(storage, ready, out)
    except FileLost:
        _make_anew(hands, key)
        return False
    _finish(hands, storage, key, ready, out, pages)
    return True


def _ready(session: ViewerSession, pack: Pack, base_url: str) -> _Ready | None:
    papers = queries.papers_of(session, pack.meeting_id, pack.language)
    parts = parts_of(pack.parts)
    if any(one.document not in parts or not parts[one.document].is_of(one) for one in papers):
        return None
    items = {one.id for one in queries.items_of(session, pack.meeting_id)}
    measured = _within_measure([(one, _under(parts[one.document], one, items)) for one in papers])
    files = queries.files_of(session, [one.file for one, _part in measured if one.file is not None])
    lines = _lines(pack, measured, files, base_url)
    contents, lines = _contents(session, pack, measured, lines)
    pairs = [(paper, line) for (paper, _part), line in zip(measured, lines, strict=True)]
    found = groups(session, pack.meeting_id, pairs)
    headings = {}
    if len(found) > 1:
        named = [local_text(group.heading) for group in found for _line in group.lines]
        headings = {paper.document: words for (paper, _line), words in zip(pairs, named, strict=True)}
    return _Ready(
        pack.form,
        [(paper, part, line) for (paper, part), line in zip(measured, lines, strict=True)],
        contents,
        f"{_('Papers of the meeting')}: {local_text(pack.meeting.title)}",
        headings,
        files,
    )


def _under(part: Part, paper: Paper, items: set[UUID]) -> Part:
    """With the item whose title stands above it, where the reader reads that."""
    return replace(part, item=str(paper.item_id) if paper.item_id in items else None)


def _within_measure(papers: Sequence[tuple[Paper, Part]]) -> list[tuple[Paper, Part]]:
    size, pages, kept = 0, 0, []
    for paper, became in papers:
        part = became
        if part.is_inside and (size + part.size > MOST_BYTES or pages + part.pages > MOST_PAGES):
            part = replace(part, became=Became.TOO_MUCH)
        elif part.is_inside:
            size, pages = size + part.size, pages + part.pages
        kept.append((paper, part))
    return kept


def _lines(
    pack: Pack, papers: Sequence[tuple[Paper, Part]], files: dict[UUID, queries.FileKept], base_url: str
) -> list[Line]:
    """The lines of the contents page, without the pages on which papers begin."""
    lines, place = [], 0
    for paper, part in papers:
        address = f"{base_url}/documents/{paper.document}" if part.became in WITH_ADDRESS else ""
        file = ""
        if part.is_inside and pack.form is PackForm.ZIP:
            file = _file_name(place + 1, paper, files)
        lines.append(
            Line(
                paper.symbol,
                paper.title,
                paper.label_id,
                paper.language,
                paper.language is not None and paper.language != pack.language,
                place=place,
                file=file,
                note=note_on(part.became),
                address=address,
            )
        )
        place += part.is_inside
    return lines


def _file_name(number: int, paper: Paper, files: dict[UUID, queries.FileKept]) -> str:
    """`003-RCX-2026-4-ES.pdf`: it tells nothing but the symbol."""
    ending = _ENDINGS.get(files[paper.file].media_type, "bin") if paper.file is not None else "pdf"
    symbol = "".join(sign if sign.isascii() and (sign.isalnum() or sign in ".-") else "-" for sign in paper.symbol)
    return f"{number:03}-{symbol.strip('-.') or 'paper'}-{(paper.language or '').upper()}.{ending}"


def _contents(
    session: ViewerSession, pack: Pack, papers: Sequence[tuple[Paper, Part]], lines: list[Line]
) -> tuple[bytes, list[Line]]:
    """The contents page, printed. In a PDF it says on which page each paper begins, which follows from how many pages
    it has itself."""
    paged = pack.form is PackForm.PDF
    own, printed = 1, b""
    for _try in range(3):
        if paged:
            lines = _with_pages(papers, lines, own)
        pairs = [(paper, line) for (paper, _part), line in zip(papers, lines, strict=True)]
        set_in = contents_paper(session, pack.meeting, pairs, paged=paged)
        printed = press.printed(press.Plate(set_in.html, set_in.watermark))
        has = binding.count(printed)
        if not paged or has == own:
            break
        own = has
    return printed, lines


def _with_pages(papers: Sequence[tuple[Paper, Part]], lines: Sequence[Line], own: int) -> list[Line]:
    at, paged = own + 1, []
    for (_paper, part), line in zip(papers, lines, strict=True):
        paged.append(replace(line, page=at if part.is_inside else 0))
        at += part.pages if part.is_inside else 0
    return paged


# --- one file -----------------------------------------------------------------------------------------------------


def _one_pdf(storage: Storage, ready: _Ready, folder: Path, out: Path) -> int:
    """Bind the pieces; how many pages there are. Raises FileLost where a piece is gone."""
    contents = folder / "contents.pdf"
    contents.write_bytes(ready.contents)
    bound = []
    for place, (paper, part, line) in enumerate(ready.inside):
        path = folder / f"piece-{place}.pdf"
        with storage.open(part.key or "") as kept, path.open("wb") as file:
            copyfileobj(kept, file)
        title = " ".join(one for one in (line.symbol, local_text(line.title)) if one)
        bound.append(binding.Bound(str(path), title, ready.headings.get(paper.document, "")))
    words = {"contents": _("Contents"), "title": ready.title, "language": current_reading().language.code}
    order = binding.bind_order(contents, bound, out, words)
    pages: int = json.loads(in_a_child("secretariat.packs.binding", order, seconds=binding.SECONDS_TO_BIND))["pages"]
    for one in bound:
        Path(one.path).unlink()
    return pages


def _one_zip(storage: Storage, ready: _Ready, out: Path) -> int:
    """The files as they came, texts as PDF, the contents before them. Raises FileLost."""
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr("000-contents.pdf", ready.contents)
        for paper, part, line in ready.inside:
            key = ready.files[paper.file].key if paper.file is not None else part.key or ""
            with storage.open(key) as kept, archive.open(line.file, "w", force_zip64=True) as file:
                copyfileobj(kept, file)
    return 0


def _finish(hands: Hands, storage: Storage, key: UUID, ready: _Ready, out: Path, pages: int) -> None:
    """Give the pack its file; its pieces are thrown away once that is written down."""
    with out.open("rb") as content:
        kept = storage.put(content)
    pieces = [part.key for _paper, part, _line in ready.papers if part.key is not None]
    with reading_as(hands.engine, hands.eyes(), writes=True) as session:
        pack = _locked(session, key)
        if pack is None or pack.made_at is not None:
            session.rollback()
            storage.remove(kept.key)
            return
        pack.parts = {str(paper.document): replace(part, key=None).to_json() for paper, part, _line in ready.papers}
        pack.key, pack.size, pack.pages, pack.made_at = kept.key, kept.size, pages, clock.now()
        session.commit()
    for piece in pieces:
        storage.remove(piece)


def _make_anew(hands: Hands, key: UUID) -> None:
    """A piece, or a file, is gone: all papers are seen to again, and what is not there is then told."""
    with reading_as(hands.engine, hands.eyes(), writes=True) as session:
        pack = _locked(session, key)
        if pack is not None:
            pack.parts = {}
            session.commit()


def _locked(session: ViewerSession, key: UUID) -> Pack | None:
    session.scalar(select(Pack.id).where(Pack.id == key).with_for_update())
    return queries.pack_by_id(session, key)
