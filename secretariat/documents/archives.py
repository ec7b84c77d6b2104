"""Where the files of old papers are: a folder of this machine, or an archive (ZIP) that was sent.

An archive is read, never unpacked: no name in it becomes a path anywhere. Each file is brought into a temporary one,
and no more of it than may be; what it says of its own size is believed only where it is too large already.
"""

from __future__ import annotations

import os
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, Protocol, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import LeftToRight
from secretariat.documents.sniffing import LONGEST_NAME, base_name

MOST_FILES = 2_000
TIMES_UNPACKED = 32
"""So many times the largest file an archive may hold when it is unpacked."""
_END = struct.Struct("<4s4H2LH")
"""What stands at the end of an archive; its sixth part is the length of the list of files, in bytes."""
_MOST_OF_A_DIRECTORY = 4_000_000
_IN_MEMORY = 1024 * 1024
_PIECE = 1024 * 1024
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_LEFT_BY_MACHINES = ("__macosx/", "thumbs.db", "desktop.ini", ".ds_store")
_ENCODINGS = ("utf-8", "cp850", "cp1252", "cp1256", "cp720", "cp437")
"""In which names in an archive are written that does not say so: what the systems of these languages have used."""


class NotListed(ValueError):
    """What cannot be taken of a list, of a row or of an archive, and why: sentences, in the language of who reads them.
    `column` is that of the list."""

    def __init__(self, sentence: Any, column: str = "", *more: Any) -> None:
        super().__init__()
        self.sentences, self.column = (sentence, *more), column

    def __str__(self) -> str:
        return " ".join(str(one) for one in self.sentences)


class Papers(Protocol):
    """Where files are found by the names a list has for them."""

    def find(self, name: str) -> str:
        """The file of this name, as this place calls it. Raises NotListed."""

    def opened(self, found: str, largest: int) -> AbstractContextManager[tuple[BinaryIO, int]]:
        """The file, no more of it than a byte above `largest`; how large it is. Raises NotListed."""


class Folder:
    """Files in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def find(self, name: str) -> str:
        path = (self.root / name).resolve()
        if self.root.resolve() not in path.parents:
            raise NotListed(_l("%(name)s lies outside the folder", name=LeftToRight(name)), "file")
        if not path.is_file():
            raise NotListed(_l("%(name)s is not in the folder", name=LeftToRight(name)), "file")
        return str(path)

    @contextmanager
    def opened(self, found: str, largest: int) -> Iterator[tuple[BinaryIO, int]]:
        with Path(found).open("rb") as file:
            yield file, Path(found).stat().st_size


class Archive:
    """Files in a ZIP. `left` are those that are not looked at, each with the sentence why."""

    def __init__(self, content: BinaryIO, largest: int) -> None:
        """Raises NotListed for an archive that cannot be read, or holds too much."""
        _check_directory(content)
        try:
            self._zip = ZipFile(content)
        except _BROKEN:
            raise NotListed(_l("This is no ZIP archive, or it is damaged. Make it anew and choose that one.")) from None
        self.left: list[tuple[str, Any]] = []
        self._entries: dict[str, ZipInfo] = {}
        self._known: dict[str, set[str]] = {}
        entries = [one for one in self._zip.infolist() if not one.is_dir() and not _by_a_machine(one.filename)]
        _check_measure(entries, largest)
        for one in entries:
            self._take(one)

    @property
    def names(self) -> Sequence[str]:
        """The files there are, as the archive calls them."""
        return list(self._entries)

    def find(self, name: str) -> str:
        if _leads_out(name):
            raise NotListed(_l("%(name)s lies outside the archive", name=LeftToRight(name)), "file")
        for wanted in (_plain(name), _plain(base_name(name))):
            found = self._known.get(wanted, set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                said = _l("Several files are called %(name)s; give the folder too.", name=LeftToRight(name))
                raise NotListed(said, "file")
        left = next((why for called, why in self.left if _plain(called) == _plain(name)), None)
        raise NotListed(left or _l("%(name)s is not in the archive", name=LeftToRight(name)), "file")

    @contextmanager
    def opened(self, found: str, largest: int) -> Iterator[tuple[BinaryIO, int]]:
        with SpooledTemporaryFile[bytes](max_size=_IN_MEMORY, mode="w+b") as file:
            size = 0
            try:
                with self._zip.open(self._entries[found]) as packed:
                    while size <= largest and (piece := packed.read(_PIECE)):
                        file.write(piece)
                        size += len(piece)
            except _BROKEN:
                raise NotListed(_l("This file is damaged in the archive; pack it anew."), "file") from None
            file.seek(0)
            yield cast("BinaryIO", file), size

    def close(self) -> None:
        self._zip.close()

    def _take(self, one: ZipInfo) -> None:
        names = _names_of(one)
        shown = names[0]
        if why := _why_not(one, shown):
            self.left.append((shown, why))
            return
        if shown in self._entries:
            self.left.append((shown, _l("It stands twice in the archive; the first is taken.")))
            return
        self._entries[shown] = one
        for name in names:
            for known in (_plain(name), _plain(base_name(name))):
                self._known.setdefault(known, set()).add(shown)


def _check_directory(content: BinaryIO) -> None:
    """The list of what is in an archive is read whole: it is no longer than that of so many files is. Raises NotListed.

    Its length stands at the end of the archive, before a comment of at most 65,535 bytes.
    """
    end = content.seek(0, os.SEEK_END)
    content.seek(max(0, end - _END.size - 65_535))
    tail = content.read()
    at = tail.rfind(b"PK\x05\x06")
    content.seek(0)
    if at >= 0 and len(tail) - at >= _END.size and _END.unpack_from(tail, at)[5] > _MOST_OF_A_DIRECTORY:
        raise _too_many()


def _too_many() -> NotListed:
    return NotListed(_l("The archive holds more than %(most)s files. Send them in several.", most=MOST_FILES))


def _check_measure(entries: Sequence[ZipInfo], largest: int) -> None:
    if len(entries) > MOST_FILES:
        raise _too_many()
    if sum(one.file_size for one in entries) > TIMES_UNPACKED * largest:
        most = TIMES_UNPACKED * largest // 1_000_000
        raise NotListed(
            _l("Unpacked, the archive would hold more than %(most)s MB. Send its files in several.", most=most)
        )


def _why_not(one: ZipInfo, shown: str) -> Any:
    """Why a file of an archive is not looked at; nothing where it is."""
    if _leads_out(shown):
        return _l("Its name leads out of the archive; pack it under a plain name.")
    if stat.S_ISLNK(one.external_attr >> 16):
        return _l("It only points to another file; pack that one.")
    if one.flag_bits & 1:
        return _l("It is locked with a password; pack it without one.")
    if shown.lower().endswith(_ARCHIVES):
        return _l("It is an archive itself; put its files beside the others.")
    if len(base_name(shown)) > LONGEST_NAME:
        return _l("Its name is very long; give it one of at most %(most)s characters.", most=LONGEST_NAME)
    return ""


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or plain[1:2] == ":" or "\0" in name


def _by_a_machine(name: str) -> bool:
    plain = name.lower()
    return plain.startswith(_LEFT_BY_MACHINES[0]) or plain.rpartition("/")[2] in _LEFT_BY_MACHINES[1:]


def _names_of(one: ZipInfo) -> list[str]:
    """What a name may be: as it says, or, where the archive does not say how it is written, read in every way; the
    likeliest first."""
    if one.flag_bits & 0x800 or one.filename.isascii():
        return [one.filename]
    try:
        raw = one.filename.encode("cp437")
    except UnicodeEncodeError:
        return [one.filename]
    found = []
    for encoding in _ENCODINGS:
        try:
            found.append(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return list(dict.fromkeys([*found, one.filename]))


def _plain(name: str) -> str:
    """A name for comparing: without the ways to write the same letters, and without capitals."""
    composed = unicodedata.normalize("NFC", name.replace("\\", "/")).removeprefix("./")
    return " ".join(composed.split()).casefold()
