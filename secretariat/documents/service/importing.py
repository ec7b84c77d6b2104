"""Old papers, in bulk from a folder and a list: all or nothing for each row, and the same list again changes nothing.

The list is a CSV file with a heading. Its columns, in any order: `file` (within the folder), `title`, `language`, and
if known `kind`, `symbol`, `date` (a year, a month or a day), `body` (its abbreviation or name), `level` (public,
participants, members - the default), `author`, and for a paper of a meeting `meeting` (its title in any language) or
`meeting_date` (its first day), or both. Rows with one symbol are languages of one document.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from secretariat.core import after_commit, clock, kinds
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause, Level
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.documents import words
from secretariat.documents.models import KINDS, Document, DocumentFile, DocumentState, DocumentVersion, VersionState
from secretariat.documents.service.files import put_in, receive
from secretariat.documents.service.record import record
from secretariat.documents.sniffing import Unfit
from secretariat.documents.storage import Storage
from secretariat.processes import clauses
from secretariat.processes.models import Body, Process, Track

COLUMNS = ("file", "title", "language", "kind", "symbol", "date", "body", "level", "author", "meeting", "meeting_date")
NEEDED = ("file", "title", "language")
SOURCE = "bulk import"
LONGEST_SYMBOL, LONGEST_AUTHOR = 160, 300


class NotListed(ValueError):
    """A list or a row that cannot be read, and why; for who runs the command, in English as all commands are."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list. `number` is its line."""

    number: int
    file: str
    title: str
    language: str
    kind: str = "other"
    symbol: str = ""
    date: str = ""
    body: str = ""
    level: str = "members"
    author: str = ""
    meeting: str = ""
    meeting_date: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a row: `added`, `there already`, or `refused` with the reason."""

    row: Row
    outcome: str
    why: str = ""


def rows_of(path: Path) -> list[Row]:
    """The rows of a list. Raises NotListed."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _rows(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise NotListed(f"{path.name} cannot be read as CSV in UTF-8: {problem}") from None


def _rows(lines: csv.DictReader[str]) -> list[Row]:
    heading = [name.strip().lower() for name in lines.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in heading]:
        raise NotListed(f"the heading lacks: {', '.join(missing)}; it may have: {', '.join(COLUMNS)}")
    if unknown := sorted(set(heading) - set(COLUMNS)):
        raise NotListed(f"the heading has what is not known: {', '.join(unknown)}; it may have: {', '.join(COLUMNS)}")
    found = []
    for line in lines:
        said = {str(name).strip().lower(): (value or "").strip() for name, value in line.items() if name}
        found.append(Row(lines.line_num, **{name: value for name, value in said.items() if value or name in NEEDED}))
    return found


def bring_in(
    engine: Engine, storage: Storage, place: tuple[str, str], folder: Path, row: Row, *, largest: int
) -> Listed:
    """One row into the process and track of these slugs, in a unit of work of its own; `largest` in bytes."""
    try:
        path = _file(folder, row)
        with system_unit(engine, Reason.REFERENCE) as system:
            added = _bring_in(system, storage, _place(system, place), path, row, largest)
    except NotListed as problem:
        return Listed(row, "refused", str(problem))
    except Unfit as unfit:
        return Listed(row, "refused", words.problem_in_words(unfit.problem, largest_mb=largest // 1_000_000))
    after_commit.run(system)
    return Listed(row, "added" if added else "there already")


def _file(folder: Path, row: Row) -> Path:
    path = (folder / row.file).resolve()
    if folder.resolve() not in path.parents:
        raise NotListed(f"{row.file} lies outside the folder")
    if not path.is_file():
        raise NotListed(f"{row.file} is not in the folder")
    return path


def _place(system: SystemSession, place: tuple[str, str]) -> Track:
    slug, track = place
    found = system.scalar(select(Track).join(Process).where(Process.slug == slug, Track.slug == track))
    if found is None:
        raise NotListed(f"there is no track {track} of a process {slug}")
    return found


def _bring_in(system: SystemSession, storage: Storage, track: Track, path: Path, row: Row, largest: int) -> bool:
    _check(row)
    with path.open("rb") as content:
        checksum = hashlib.file_digest(content, "sha256").hexdigest()
        document = _document(system, track, row, checksum)
        versions = [] if document is None else [one for one in document.versions if one.language == row.language]
        if versions and versions[0].file is not None:
            if versions[0].file.sha256 != checksum:
                raise NotListed(f"{row.symbol or row.title} is there in {row.language} with another file")
            return False
        if document is None:
            document = _new_document(system, track, row)
        version = versions[0] if versions else _new_version(system, document, row)
        # Last, so that a row that is refused leaves no file behind.
        put_in(system, version, receive(storage, content, path.name, size=path.stat().st_size, largest=largest))
    record(system, "document brought in from a list", document, version, file=row.file)
    return True


def _check(row: Row) -> None:
    """Raises NotListed for what no column would hold."""
    if not row.title:
        raise NotListed("title is empty")
    if len(row.symbol) > LONGEST_SYMBOL or len(row.author) > LONGEST_AUTHOR:
        raise NotListed(f"symbol has at most {LONGEST_SYMBOL} characters, author {LONGEST_AUTHOR}")


def _document(system: SystemSession, track: Track, row: Row, checksum: str) -> Document | None:
    """The document of this symbol; of one without a symbol, the one that has just this file."""
    if row.symbol:
        found = system.scalar(
            select(Document).where(Document.process_id == track.process_id, Document.symbol == row.symbol)
        )
        if found is not None and found.track_id != track.id:
            raise NotListed(f"{row.symbol} is a symbol of another track")
        return found
    return system.scalar(
        select(Document)
        .join(DocumentFile, DocumentFile.document_id == Document.id)
        .where(Document.track_id == track.id, Document.symbol.is_(None), DocumentFile.sha256 == checksum)
        .limit(1)
    )


def _new_document(system: SystemSession, track: Track, row: Row) -> Document:
    process = track.process
    if row.kind not in KINDS:
        raise NotListed(f"kind is one of: {', '.join(KINDS)}")
    meeting = _meeting(system, track, row)
    body = _body(system, track, row) if meeting is None else meeting.body
    level = _level(process, row)
    document = Document(
        process_id=process.id,
        track_id=track.id,
        body_id=body.id if body else None,
        meeting_id=meeting.id if meeting is not None else None,
        symbol=row.symbol or None,
        kind=row.kind,
        title=LocalText.of(row.title, row.language),
        dated=_dated(row),
        author_text=row.author,
        state=DocumentState.ISSUED,
        issued_at=clock.now(),
        released_at=clock.now(),
        source=SOURCE,
    )
    clause = _clause(level, process, track)
    attach(system, document, [clause], container=meeting or body or process, widened=level is Level.PUBLIC)
    system.flush()
    return document


def _new_version(system: SystemSession, document: Document, row: Row) -> DocumentVersion:
    if not row.language.isascii() or not 2 <= len(row.language) <= 12:
        raise NotListed("language is a code such as en, es, fr or ar")
    others = len(document.versions)
    version = DocumentVersion(
        document_id=document.id,
        language=row.language,
        position=others + 1,
        is_original=not others,
        state=VersionState.AWAITED,
        asked_on=clock.today(),
    )
    attach(system, version, container=document)
    if others:
        document.title = document.title.with_text(row.language, row.title)
    system.flush()
    return version


def _body(system: SystemSession, track: Track, row: Row) -> Body | None:
    if not row.body:
        return None
    bodies: Iterable[Body] = system.scalars(select(Body).where(Body.track_id == track.id))
    for one in bodies:
        if row.body in _names_of(one):
            return one
    raise NotListed(f"there is no body {row.body} on this track")


def _names_of(body: Body) -> tuple[str, ...]:
    """What a row can call a body."""
    return (body.abbreviation, *body.name.texts.values())


def _meeting(system: SystemSession, track: Track, row: Row) -> Any:
    """The meeting the row names; of a room above this one, so found by the kind it has entered."""
    kind = kinds.by_name("meetings")
    if kind is None or not (row.meeting or row.meeting_date):
        return None
    called = f"{row.meeting} {row.meeting_date}".strip()
    wanted = select(kind.model).where(kind.model.track_id == track.id)
    if row.meeting_date:
        wanted = wanted.where(kind.model.starts_on == _day(row.meeting_date, "meeting_date"))
    found = [one for one in system.scalars(wanted) if not row.meeting or row.meeting in one.title.texts.values()]
    if not found:
        raise NotListed(f"there is no meeting {called} on this track")
    if len(found) > 1:
        raise NotListed(f"several meetings are called {called}; give title and first day")
    [meeting] = found
    if meeting.state.value == "draft":
        raise NotListed(f"the meeting {called} is a draft; announce it or enter it as held first")
    if row.body and (meeting.body is None or row.body not in _names_of(meeting.body)):
        raise NotListed(f"the meeting {called} is of another body than {row.body}")
    return meeting


def _level(process: Process, row: Row) -> Level:
    known = {one.value: one for one in (Level.PUBLIC, Level.PARTICIPANTS, Level.MEMBERS)}
    if row.level not in known:
        raise NotListed(f"level is one of: {', '.join(known)}")
    if row.level == Level.PUBLIC.value and not process.public_page:
        raise NotListed("nothing of this process is public before its members agree to a public page")
    return known[row.level]


def _clause(level: Level, process: Process, track: Track) -> Clause:
    if level is Level.PUBLIC:
        return clauses.public(process)
    if level is Level.PARTICIPANTS:
        return clauses.participants_of(process, track)
    return clauses.members_of(process, track)


def _dated(row: Row) -> PartialDate | None:
    return _day(row.date, "date") if row.date else None


def _day(written: str, column: str) -> PartialDate:
    try:
        return PartialDate.parse(written)
    except ValueError:
        raise NotListed(f"{column} is a year, a month or a day: 2009, 2009-04 or 2009-04-23") from None
