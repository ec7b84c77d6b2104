"""Old papers, in bulk from files and a list: all or nothing for each row, and the same list again changes nothing.

One way in for the command, which reads a folder of this machine, and for the page of officers, which reads an archive.
What a list may have says `documents.listed`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause, Level
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.documents import listed, words
from secretariat.documents.archives import Folder, NotListed, Papers
from secretariat.documents.listed import COLUMNS, Row
from secretariat.documents.models import Document, DocumentState, DocumentVersion, VersionState
from secretariat.documents.service.files import put_in, receive
from secretariat.documents.service.matching import Matched, known, match, refused
from secretariat.documents.service.record import record
from secretariat.documents.sniffing import Unfit, base_name
from secretariat.documents.storage import Storage
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

SOURCE = "bulk import"
ADDED, THERE, REFUSED = "added", "there already", "refused"


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a row: `added`, `there already`, or `refused` with the reason."""

    row: Row
    outcome: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A row that came in, or was there: its document."""

    document: Document
    outcome: str


def rows_of(path: Path) -> list[Row]:
    """The rows of a list that whoever runs the command has at hand. Raises NotListed."""
    try:
        found = listed.read(path.read_bytes())
    except OSError as problem:
        raise NotListed(f"{path.name}: {problem}") from None
    if found.unknown:
        raise NotListed(
            _(
                "The heading has what is not known: %(unknown)s. It may have: %(columns)s.",
                unknown=", ".join(found.unknown),
                columns=", ".join(COLUMNS),
            )
        )
    return list(found.rows)


def bring_in(
    engine: Engine, storage: Storage, place: tuple[str, str], folder: Path, row: Row, *, largest: int
) -> Listed:
    """One row into the process and track of these slugs, in a unit of work of its own; `largest` in bytes."""
    try:
        with system_unit(engine, Reason.REFERENCE) as system:
            taken = bring_row(system, storage, _track(system, place), Folder(folder), row, largest=largest)
    except (NotListed, Unfit) as problem:
        return Listed(row, REFUSED, why(problem, largest))
    after_commit.run(system)
    return Listed(row, taken.outcome)


def why(problem: NotListed | Unfit, largest: int) -> str:
    """Why a row is not taken, in a sentence."""
    if isinstance(problem, Unfit):
        return words.problem_in_words(problem.problem, largest_mb=largest // 1_000_000)
    return str(problem)


def bring_row(session: Session, storage: Storage, track: Track, papers: Papers, row: Row, *, largest: int) -> Taken:
    """One row, whole or not at all, with the eyes of the session: what these do not see is not there.

    Whether one may is the caller's to say. Raises NotListed, Unfit, StorageAway.
    """
    found = {language: papers.find(name) for language, name in row.files.items() if name}
    checksums = {language: _checksum(papers, file, largest) for language, file in found.items()}
    matched = match(known(session, track, [row], checksums.values()), row, checksums)
    if matched.problems:
        raise refused(matched)
    if matched.is_there:
        assert matched.document is not None
        return Taken(matched.document, THERE)
    document = matched.document or _new_document(session, track, matched)
    versions = {language: _version(session, document, row, language) for language in matched.adds}
    for language, version in versions.items():
        # Last, so that a row that is refused leaves no file behind; of several those before it, which are swept.
        with papers.opened(found[language], largest) as (content, size):
            name = base_name(row.files[language])
            put_in(session, version, receive(storage, content, name, size=size, largest=largest))
    record(session, "document brought in from a list", document, next(iter(versions.values())), file=row.file)
    session.flush()
    return Taken(document, ADDED)


def _checksum(papers: Papers, file: str, largest: int) -> str:
    with papers.opened(file, largest) as (content, _size):
        return checksum_of(content)


def checksum_of(content: BinaryIO) -> str:
    """The checksum of a file, which is left at its start."""
    content.seek(0)
    found = hashlib.file_digest(cast("hashlib._BytesIOLike", content), "sha256").hexdigest()
    content.seek(0)
    return found


def _track(system: SystemSession, place: tuple[str, str]) -> Track:
    slug, track = place
    found = system.scalar(select(Track).join(Process).where(Process.slug == slug, Track.slug == track))
    if found is None:
        raise NotListed(_("there is no track %(track)s of a process %(process)s", track=track, process=slug))
    return found


def _new_document(session: Session, track: Track, matched: Matched) -> Document:
    process, row = track.process, matched.row
    document = Document(
        process_id=process.id,
        track_id=track.id,
        body_id=matched.body.id if matched.body is not None else None,
        meeting_id=matched.meeting.id if matched.meeting is not None else None,
        item_id=matched.item.id if matched.item is not None else None,
        symbol=row.symbol or None,
        kind=matched.kind,
        title=_title(row),
        dated=matched.dated,
        author_text=row.author,
        state=DocumentState.ISSUED,
        issued_at=clock.now(),
        released_at=clock.now(),
        source=SOURCE,
    )
    clause = clause_of(matched.level, track)
    container = matched.container or process
    attach(session, document, [clause], container=container, widened=matched.level is Level.PUBLIC)
    session.flush()
    return document


def _title(row: Row) -> LocalText:
    texts = {language: one for language, one in row.titles.items() if one}
    first = next((language for language in row.files if language in texts), next(iter(texts)))
    return LocalText(texts, first)


def _version(session: Session, document: Document, row: Row, language: str) -> DocumentVersion:
    """The language version the file of a row goes into: one that is awaited, or a new one."""
    there = next((one for one in document.versions if one.language == language), None)
    if there is not None:
        return there
    others = len(document.versions)
    version = DocumentVersion(
        document_id=document.id,
        language=language,
        position=others + 1,
        is_original=not others,
        state=VersionState.AWAITED,
        asked_on=clock.today(),
    )
    attach(session, version, container=document)
    title = row.titles.get(language)
    if title and language not in document.title.texts:
        document.title = document.title.with_text(language, title)
    session.flush()
    session.expire(document, ["versions"])
    return version


def clause_of(level: Level, track: Track) -> Clause:
    """Who reads what a row says is for this level."""
    process = track.process
    if level is Level.PUBLIC:
        return clauses.public(process)
    if level is Level.PARTICIPANTS:
        return clauses.participants_of(process, track)
    return clauses.members_of(process, track)


def checksums_seen(seen: Mapping[str, Mapping[str, str]], row: Row) -> dict[str, str]:
    """Checksums of the files of a row, as they were looked at beforehand."""
    found = {language: seen.get(name, {}).get("sha256") for language, name in row.files.items()}
    return {language: one for language, one in found.items() if one}
