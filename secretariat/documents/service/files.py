"""Taking in a file, sweeping those nobody has, and reading the words of those that came."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO
from uuid import UUID

import structlog
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock
from secretariat.core.labelling import attach
from secretariat.core.session import Reason, system_unit
from secretariat.documents import extraction
from secretariat.documents.models import DocumentFile, DocumentText, DocumentVersion, PaperList, TextState, VersionState
from secretariat.documents.sniffing import Problem, Unfit, base_name, sniffed
from secretariat.documents.storage import FileLost, Kept, Storage, StorageAway

log = structlog.get_logger()
TASK = "worker.tasks.read_words"
ORPHANED_AFTER = timedelta(days=1)
"""Longer than any request takes between writing its file and committing the row that names it."""
MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Received:
    """A file that lies in the storage and that no row names yet."""

    kept: Kept
    name: str
    media_type: str


def receive(storage: Storage, content: BinaryIO, name: str, *, size: int, largest: int) -> Received:
    """Look into a file, and keep it if it is one that is taken here. `size` is what was sent, `largest` what may be, in
    bytes. Raises Unfit."""
    if size > largest:
        raise Unfit(Problem.TOO_LARGE)
    called = base_name(name)
    what = sniffed(content, called)
    return Received(storage.put(content), called or f"document.{what.ending}", what.media_type)


def put_in(session: Session, version: DocumentVersion, received: Received) -> DocumentFile:
    """Give a language version its file; it is original or final from then on. One it had as a draft gives way."""
    viewer = getattr(session, "viewer", None)
    for before in list(version.files):
        for words in session.scalars(select(DocumentText).where(DocumentText.file_id == before.id)):
            session.delete(words)
        session.flush()
        session.delete(before)
    session.flush()
    file = DocumentFile(
        document_id=version.document_id,
        version_id=version.id,
        key=received.kept.key,
        name=received.name,
        media_type=received.media_type,
        size=received.kept.size,
        sha256=received.kept.sha256,
        uploaded_at=clock.now(),
        uploaded_by_id=viewer.person if viewer is not None else None,
    )
    attach(session, file, container=version)
    version.state = VersionState.ORIGINAL if version.is_original else VersionState.FINAL
    session.flush()
    session.expire(version, ["files"])
    after_commit.start(session, TASK, file.id)
    return file


def named_also(keys: Callable[[Session], Iterable[str]]) -> None:
    """Enter which files the rows of another feature name; its module `works` does so when it is imported."""
    _named_also.append(keys)


_named_also: list[Callable[[Session], Iterable[str]]] = []


def sweep(engine: Engine, storage: Storage) -> int:
    """Throw away files that no row names and that are too old for one to come still; how many those were."""
    before = clock.machine() - ORPHANED_AFTER
    with system_unit(engine, Reason.FILES, writes=False) as system:
        named = {*system.scalars(select(DocumentFile.key)), *system.scalars(select(PaperList.archive_key))}
        for keys in _named_also:
            named.update(keys(system))
    orphans = [key for key in storage.keys_before(before) if key not in named]
    for key in orphans:
        storage.remove(key)
    return len(orphans)


def unread(engine: Engine) -> list[UUID]:
    """Files whose words nobody has read yet: for the sweep that finds what a lost message left behind."""
    with system_unit(engine, Reason.FILES, writes=False) as system:
        waiting = select(DocumentFile.id).where(DocumentFile.text_state == TextState.WAITING)
        return list(system.scalars(waiting.order_by(DocumentFile.uploaded_at, DocumentFile.id)))


def read_words(engine: Engine, storage: Storage, file_id: UUID) -> None:
    """Read the words of a file for search. What cannot be read is told on its page; a reader that dies is tried again,
    and after `MOST_ATTEMPTS` no more."""
    claimed = _claimed(engine, file_id)
    if claimed is None:
        return
    key, media_type = claimed
    try:
        with storage.open(key) as file:
            text: str | None = extraction.words_of(file.read(), media_type)
    except StorageAway:  # says nothing of the file: it is read when the storage is there again
        log.warning("the storage does not answer; the words of a file wait", file=str(file_id))
        _give_back(engine, file_id)
        return
    except (extraction.Unreadable, FileLost) as problem:
        log.warning("the words of a file could not be read", file=str(file_id), problem=type(problem).__name__)
        text = None
    _write_words(engine, file_id, text)


def _claimed(engine: Engine, file_id: UUID) -> tuple[str, str] | None:
    with system_unit(engine, Reason.FILES) as system:
        file = system.get(DocumentFile, file_id)
        if file is None or file.text_state is not TextState.WAITING:
            return None
        if file.text_attempts >= MOST_ATTEMPTS:
            file.text_state = TextState.UNREADABLE
            return None
        file.text_attempts += 1
        return file.key, file.media_type


def _give_back(engine: Engine, file_id: UUID) -> None:
    with system_unit(engine, Reason.FILES) as system:
        file = system.get(DocumentFile, file_id)
        if file is not None and file.text_attempts:
            file.text_attempts -= 1


def _write_words(engine: Engine, file_id: UUID, text: str | None) -> None:
    with system_unit(engine, Reason.FILES) as system:
        state = TextState.UNREADABLE if text is None else TextState.READ
        taken = system.execute(
            update(DocumentFile)
            .where(DocumentFile.id == file_id, DocumentFile.text_state == TextState.WAITING)
            .values(text_state=state)
        )
        if text is not None and taken.rowcount:  # type: ignore[attr-defined]
            attach(system, DocumentText(file_id=file_id, text=text), container=system.get_one(DocumentFile, file_id))
