"""Making a pack: one paper after the other, under the eyes of who asked, looked at anew before each; then bound.

What became of a paper is written down with its piece, so that whoever goes on - another turn, or a worker after one
that died - does no paper twice. Whatever one paper does to its child, the others are made all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, BinaryIO, cast
from uuid import UUID

import structlog
from sqlalchemy import select

from secretariat.core.languages import reading_as_told
from secretariat.core.session import ViewerSession, reading_as
from secretariat.documents.extraction import Unreadable, in_a_child
from secretariat.documents.models import Document, DocumentFile
from secretariat.documents.sniffing import TYPES, Problem, Unfit, sniffed
from secretariat.documents.storage import FileLost, Storage, storage_of
from secretariat.jobs.kinds import Hands, NotThroughYet, Progress, Result
from secretariat.meetings.delegation_works import issuer_of
from secretariat.packs import queries
from secretariat.packs.binder import bind
from secretariat.packs.binding import SECONDS_FOR_A_PAPER, Stamps, clean_order
from secretariat.packs.contents import Became, Paper, Part, parts_of
from secretariat.packs.models import Pack, PackForm
from secretariat.prints import press, sheet
from secretariat.texts.works import edition_paper

log = structlog.get_logger()
TURN = timedelta(seconds=90)
"""So long a job is at a pack at a time, well below what a worker gives a task."""
TEXTS_AT_ONCE = 10
"""So many are set by one press: as long as that takes, nobody looks whether they are still read; binding does."""
MOST_ROUNDS = 10
"""How often it is looked whether papers came or changed while the pack was made."""
PDF = TYPES["pdf"]
BINDING = "secretariat.packs.binding"


@dataclass(slots=True)
class Bench:
    """What a turn works with. `stamps` are those made so far, by marking and whether they name whose copy it is."""

    hands: Hands
    storage: Storage
    pack: UUID
    folder: Path
    stamps: dict[tuple[str, bool], Stamps] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a paper is made of, read at one moment: the plate of a text, or a file with its marking and whose copy."""

    form: PackForm
    plate: press.Plate | None = None
    file: DocumentFile | None = None
    marking: str = ""
    copy_of: str = ""


def make(hands: Hands, told: Mapping[str, Any], progress: Progress) -> Result:
    """Make a pack, or go on with one. Its file lies in the storage; the job itself keeps nothing. Of a pack that is
    thrown away, or of a meeting that is no longer read, nothing is made."""
    until = monotonic() + TURN.total_seconds()
    with reading_as_told(told), TemporaryDirectory() as folder:
        bench = Bench(hands, storage_of(hands.settings), UUID(told["pack"]), Path(folder))
        for _round in range(MOST_ROUNDS):
            waiting, through = _waiting(bench)
            done = through
            for papers in _together(waiting):
                if monotonic() > until:
                    raise NotThroughYet
                _step(bench, papers)
                done += len(papers)
                progress(done, through + len(waiting))
            if monotonic() > until:
                raise NotThroughYet
            if bind(bench.hands, bench.storage, bench.pack, bench.folder):
                break
    return Result("", b"")


def _waiting(bench: Bench) -> tuple[list[Paper], int]:
    """The papers nobody was at yet, or that changed since; how many are done."""
    with reading_as(bench.hands.engine, bench.hands.eyes()) as session:
        pack = queries.pack_by_id(session, bench.pack)
        if pack is None or pack.made_at is not None:
            return [], 0
        papers = queries.papers_of(session, pack.meeting_id, pack.language)
        parts = parts_of(pack.parts)
    waiting = [one for one in papers if one.document not in parts or not parts[one.document].is_of(one)]
    return waiting, len(papers) - len(waiting)


def _together(papers: Sequence[Paper]) -> Iterator[Sequence[Paper]]:
    """Papers by the step: texts some at a time, since loading what sets them takes longer than setting one; files,
    which may end the child that opens them, each alone."""
    texts = [one for one in papers if one.edition is not None]
    yield from (texts[place : place + TEXTS_AT_ONCE] for place in range(0, len(texts), TEXTS_AT_ONCE))
    yield from ([one] for one in papers if one.edition is None)


def _step(bench: Bench, papers: Sequence[Paper]) -> None:
    """Some papers, with what became of them. What is no longer what it was leaves nothing; it is looked at again."""
    with reading_as(bench.hands.engine, bench.hands.eyes()) as session:
        looked = [(paper, _taken(session, bench.pack, paper)) for paper in papers]
    taken = [(paper, one) for paper, one in looked if one is not None]
    if not taken:
        return
    plates = [(paper, one.plate) for paper, one in taken if one.plate is not None]
    parts = {paper.document: part for paper, part in _set(bench, plates)}
    parts |= {paper.document: _part(bench, paper, one) for paper, one in taken if one.plate is None}
    with reading_as(bench.hands.engine, bench.hands.eyes(), writes=True) as session:
        session.scalar(select(Pack.id).where(Pack.id == bench.pack).with_for_update())
        pack = queries.pack_by_id(session, bench.pack)
        if pack is None:
            return
        pack.parts = {**pack.parts, **{str(key): part.to_json() for key, part in parts.items()}}
        session.commit()


def _taken(session: ViewerSession, key: UUID, paper: Paper) -> _Taken | None:
    """What the paper is made of, as its reader may read it now; None where it is not there, or under another label."""
    pack = queries.pack_by_id(session, key)
    document = session.scalar(select(Document).where(Document.id == paper.document))
    if pack is None or document is None or document.label_id != paper.label_id:
        return None
    if paper.edition is not None:
        set_in = edition_paper(session, paper.edition)
        return _Taken(pack.form, press.Plate(set_in.html, set_in.watermark)) if set_in is not None else None
    if paper.file is None:
        return _Taken(pack.form)
    file = queries.file_by_id(session, paper.file)
    if file is None:
        return None
    marking, copy_of = sheet.marking_of(session, document, issuer_of(pack.meeting))
    return _Taken(pack.form, file=file, marking=marking, copy_of=copy_of)


def _part(bench: Bench, paper: Paper, taken: _Taken) -> Part:
    if taken.file is None:
        return Part.of(paper, Became.NO_TEXT)
    try:
        if taken.form is PackForm.ZIP:
            return _looked_at(bench, paper, taken.file)
        if taken.file.media_type != PDF:
            return Part.of(paper, Became.NO_PAGES)
        return _cleaned(bench, paper, taken)
    except FileLost:
        log.error("the file of a document is not where it should be", file=str(paper.file))
        return Part.of(paper, Became.LOST)


def _set(bench: Bench, plates: Sequence[tuple[Paper, press.Plate]]) -> Iterator[tuple[Paper, Part]]:
    """Texts by paragraph, set as when they are printed alone: with their marking, and the watermark of a copy. Where
    one of them is not brought out, the others are set each by itself."""
    from secretariat.packs.binding import count  # reads a PDF, which whoever asks for a pack need not be able to

    if not plates:
        return
    try:
        made = press.printed_all([plate for _paper, plate in plates])
    except press.PressFailed as problem:
        if len(plates) > 1:
            for one in plates:
                yield from _set(bench, [one])
            return
        (paper, _plate) = plates[0]
        log.warning("a text could not be set for a pack", document=str(paper.document), problem=str(problem)[:500])
        yield paper, Part.of(paper, Became.NOT_SET)
        return
    for (paper, _plate), content in zip(plates, made, strict=True):
        piece = bench.folder / "text.pdf"
        piece.write_bytes(content)
        yield paper, _kept(bench, paper, piece, count(content))


def _cleaned(bench: Bench, paper: Paper, taken: _Taken) -> Part:
    """The pages of a PDF, stamped with what its label asks for."""
    assert taken.file is not None
    source, out = bench.folder / "source.pdf", bench.folder / "cleaned.pdf"
    with bench.storage.open(taken.file.key) as kept, source.open("wb") as file:
        copyfileobj(kept, file)
    order = clean_order(source, out, _stamps(bench, taken.marking, taken.copy_of))
    try:
        said = json.loads(in_a_child(BINDING, order, seconds=SECONDS_FOR_A_PAPER))
    except (Unreadable, ValueError) as problem:
        log.info("a PDF could not be opened for a pack", document=str(paper.document), problem=str(problem)[:500])
        return Part.of(paper, Became.BROKEN)
    if "problem" in said:
        return Part.of(paper, Became(said["problem"]))
    return _kept(bench, paper, out, said["pages"])


def _looked_at(bench: Bench, paper: Paper, file: DocumentFile) -> Part:
    """A file that goes into a ZIP as it came. It is never unpacked; what is packed past all measure is left out."""
    copy = bench.folder / "looked_at"
    with bench.storage.open(file.key) as kept, copy.open("wb") as written:
        copyfileobj(kept, written)
    try:
        with copy.open("rb") as content:
            sniffed(cast("BinaryIO", content), file.name)
    except Unfit as unfit:
        if unfit.problem is Problem.TOO_LARGE:
            return Part.of(paper, Became.UNPACKS_TOO_FAR)
        became = Became.INSIDE_ENCRYPTED if unfit.problem is Problem.ENCRYPTED else Became.INSIDE_BROKEN
        return Part.of(paper, became, size=file.size)
    return Part.of(paper, Became.INSIDE, size=file.size)


def _kept(bench: Bench, paper: Paper, piece: Path, pages: int) -> Part:
    """A piece in the storage, until the pack is bound."""
    with piece.open("rb") as content:
        kept = bench.storage.put(content)
    return Part.of(paper, Became.INSIDE, key=kept.key, pages=pages, size=kept.size)


def _stamps(bench: Bench, marking: str, copy_of: str) -> Stamps | None:
    if not marking and not copy_of:
        return None
    wanted = (marking, bool(copy_of))
    if wanted not in bench.stamps:
        paths = []
        for across in (False, True):
            path = bench.folder / f"stamp-{len(bench.stamps)}-{'across' if across else 'upright'}.pdf"
            path.write_bytes(press.printed(press.Plate(sheet.stamp(marking, copy_of, across=across), bare=True)))
            paths.append(str(path))
        bench.stamps[wanted] = Stamps(*paths)
    return bench.stamps[wanted]
