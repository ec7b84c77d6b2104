"""Where the files of documents lie: written whole, synced and hashed before anybody is told of them.

A key is random and says nothing: not what a file is, whose, or when. No two rows share one, also for the same content.
`Storage` is what another place than a folder has to offer.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from config import Settings

_KEY = re.compile(r"[0-9a-f]{32}")
_PIECE = 1024 * 1024


class FileLost(OSError):
    """A file that a row speaks of is not where it should be."""


class StorageAway(OSError):
    """The storage does not answer, or refuses what is asked of it. Nothing that was there is another than before."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the storage: its key, its size in bytes, its checksum."""

    key: str
    size: int
    sha256: str


class Storage(Protocol):
    """A place for files."""

    def put(self, content: BinaryIO) -> Kept:
        """Keep what is read from `content`, which can be read again. When this returns it is kept for good; when it
        raises nothing is there. Raises StorageAway."""

    def open(self, key: str) -> BinaryIO:
        """The file. Raises FileLost, StorageAway."""

    def remove(self, key: str) -> None:
        """Throw a file away; one that is not there is thrown away already."""

    def keys_before(self, instant: datetime) -> Iterator[str]:
        """Keys of files last written before an instant, those begun and never finished among them."""


class Folder:
    """A folder on this machine, for its owner alone. Files are spread over 256 folders by the start of their key."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: BinaryIO) -> Kept:
        key = secrets.token_hex(16)
        begun, whole = self._begun(key), self._path(key)
        for folder in (begun.parent, whole.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            size, checksum = _write(content, begun)
            begun.replace(whole)
        except BaseException:
            with suppress(OSError):
                begun.unlink(missing_ok=True)
            raise
        _sync_folder(whole.parent)
        _sync_folder(self.root)
        return Kept(key, size, checksum)

    def open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError:
            raise FileLost(key) from None

    def remove(self, key: str) -> None:
        for path in (self._path(key), self._begun(key)):
            path.unlink(missing_ok=True)

    def keys_before(self, instant: datetime) -> Iterator[str]:
        for path in sorted(self.root.glob("*/*")):
            written_at = _written_at(path) if _KEY.fullmatch(path.name) else None
            if written_at is not None and written_at < instant:
                yield path.name

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise FileLost(key)
        return self.root / key[:2] / key

    def _begun(self, key: str) -> Path:
        return self.root / "begun" / key


def storage_of(settings: Settings) -> Storage:
    """The storage of an installation."""
    if settings.documents_bucket:
        from secretariat.documents.bucket import Bucket  # needs a package that not every installation has

        return Bucket(
            settings.documents_bucket,
            endpoint=settings.documents_endpoint,
            region=settings.documents_region,
            access_key=settings.documents_access_key,
            secret_key=settings.documents_secret_key,
        )
    if settings.documents_root is not None:
        return Folder(settings.documents_root)
    return Folder(settings.data_root / "documents")


def _write(content: BinaryIO, path: Path) -> tuple[int, str]:
    size, checksum = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while piece := content.read(_PIECE):
            file.write(piece)
            checksum.update(piece)
            size += len(piece)
        file.flush()
        os.fsync(file.fileno())
    return size, checksum.hexdigest()


def _sync_folder(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written_at(path: Path) -> datetime | None:
    """None for a file that was thrown away since it was listed, or moved: one that has just come goes to its place."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
