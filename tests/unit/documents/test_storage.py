"""The storage: written whole or not at all, under names that say nothing, for its owner alone."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from secretariat.documents.storage import FileLost, Folder

TOMORROW = datetime.now(UTC) + timedelta(days=1)


class Torn(BytesIO):
    """A file whose sender is gone in the middle."""

    def read(self, _size: int | None = -1) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(4)


def test_what_is_kept_comes_back_with_its_checksum(tmp_path: Path) -> None:
    storage = Folder(tmp_path / "documents")
    kept = storage.put(BytesIO(b"A paper."))
    assert (kept.size, kept.sha256) == (8, hashlib.sha256(b"A paper.").hexdigest())
    with storage.open(kept.key) as file:
        assert file.read() == b"A paper."


def test_the_same_content_twice_is_two_files_with_nothing_in_common(tmp_path: Path) -> None:
    storage = Folder(tmp_path)
    first, second = storage.put(BytesIO(b"A paper.")), storage.put(BytesIO(b"A paper."))
    assert first.key != second.key
    assert first.sha256[:8] not in first.key
    storage.remove(first.key)
    with storage.open(second.key) as file:
        assert file.read() == b"A paper."


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    storage = Folder(tmp_path)
    before = storage.put(BytesIO(b"A paper."))
    with pytest.raises(ConnectionResetError):
        storage.put(cast("BinaryIO", Torn(b"Half a paper.")))
    assert list(storage.keys_before(TOMORROW)) == [before.key]


def test_what_was_begun_and_never_finished_is_found(tmp_path: Path) -> None:
    storage = Folder(tmp_path)
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / ("0" * 32)).write_bytes(b"Half")
    assert list(storage.keys_before(TOMORROW)) == ["0" * 32]
    storage.remove("0" * 32)
    assert list(storage.keys_before(TOMORROW)) == []


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    storage = Folder(tmp_path / "documents")
    key = storage.put(BytesIO(b"A paper.")).key
    modes = [
        path.stat().st_mode & 0o777
        for path in (tmp_path / "documents" / key[:2], tmp_path / "documents" / key[:2] / key)
    ]
    assert modes == [0o700, 0o600]


def test_a_file_that_is_not_there_is_said_to_be_lost(tmp_path: Path) -> None:
    storage = Folder(tmp_path)
    for key in ("0" * 32, "../../etc/passwd", ""):
        with pytest.raises(FileLost):
            storage.open(key)
    storage.remove("0" * 32)


def test_files_written_lately_are_not_old(tmp_path: Path) -> None:
    storage = Folder(tmp_path)
    old, young = storage.put(BytesIO(b"a")).key, storage.put(BytesIO(b"b")).key
    aged = datetime.now(UTC) - timedelta(days=2)
    os.utime(tmp_path / old[:2] / old, (aged.timestamp(), aged.timestamp()))
    assert list(storage.keys_before(datetime.now(UTC) - timedelta(days=1))) == [old]
    assert young != old
