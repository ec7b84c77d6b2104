"""What a file really is, whatever its name says: by its first bytes, then by whether it is made as its type is made.

Pure but for the libraries that look into a file. Nothing is drawn, run or fetched. Whoever may send a file may send one
that is made to fill the memory of who opens it: what is unpacked here is measured first, a PDF is opened by a child.
"""

from __future__ import annotations

import lzma
import mimetypes
import re
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

import puremagic

from secretariat.documents.pdf import Opens, opens

_OOXML = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OOXML}wordprocessingml.document",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "pptx": f"{_OOXML}presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
}
"""What is taken: the ending of the name, and the media type."""
LONGEST_NAME = 200
"""Characters."""
MOST_PARTS = 10_000
MOST_UNPACKED = 1024 * 1024 * 1024
"""Bytes a packed document may hold when it is unpacked; more is made to fill the memory of who opens it."""
MOST_OF_A_LIST = 4 * 1024 * 1024
"""Bytes of a part that only says what the others are; a longer one is made to fill the memory of who reads it."""
UNREADABLE = (
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, NotImplementedError, RuntimeError, ValueError),
)
"""What an archive that is not whole makes its reader raise, here or there."""
_HEAD = 8192
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


class Problem(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    LONG_NAME = "long_name"
    NOT_TAKEN = "not_taken"
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    HOLDS_PROGRAMS = "holds_programs"


class Unfit(ValueError):
    """A file that is not taken, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file is: its ending and media type, as its content has them."""

    ending: str

    @property
    def media_type(self) -> str:
        return TYPES[self.ending]


def base_name(name: str) -> str:
    """The name of a file without the folders some browsers send with it, on one line."""
    return " ".join(PurePosixPath(name.replace("\\", "/")).name.split())


def sniffed(content: BinaryIO, name: str) -> Sniffed:
    """What is in `content`, read from its start; it is left there. Raises Unfit."""
    if len(name) > LONGEST_NAME:
        raise Unfit(Problem.LONG_NAME)
    content.seek(0)
    head = content.read(_HEAD)
    if not head:
        raise Unfit(Problem.EMPTY)
    claimed = _claimed(name)
    try:
        ending = _by_content(content, head, claimed)
    finally:
        content.seek(0)
    if ending is None:
        raise Unfit(Problem.NOT_WHAT_IT_SAYS if claimed in TYPES else Problem.NOT_TAKEN)
    if claimed not in (None, ending):
        raise Unfit(Problem.NOT_WHAT_IT_SAYS)
    return Sniffed(ending)


def _claimed(name: str) -> str | None:
    """The ending of a name, where it is one of a known type: that of `agenda 14.04.2026` claims nothing."""
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    return ending if ending in TYPES or mimetypes.guess_type(f"x.{ending}")[0] else None


def _by_content(content: BinaryIO, head: bytes, claimed: str | None) -> str | None:
    looks = _looks_like(head)
    if "pdf" in looks:
        _check_pdf(content)
        return "pdf"
    if head.startswith(b"PK"):
        return _packed(content)
    if _ENCRYPTED_OFFICE in head or ("doc" in looks and _ENCRYPTED_OFFICE in _whole(content)):
        raise Unfit(Problem.ENCRYPTED)
    if looks - {"txt"} and not (claimed == "txt" and _is_text(content)):
        return None
    return "txt" if claimed in (None, "txt") and _is_text(content) else None


def _looks_like(head: bytes) -> set[str]:
    """Endings of the types whose files begin so."""
    try:
        return {found.extension.lstrip(".") for found in puremagic.magic_string(head) if found.extension}
    except puremagic.PureError:
        return set()


def _whole(content: BinaryIO) -> bytes:
    content.seek(0)
    return content.read()


# --- PDF ----------------------------------------------------------------------------------------------------------


def _check_pdf(content: BinaryIO) -> None:
    """It opens without a password and has pages. Raises Unfit."""
    how = opens(_whole(content))
    if how is Opens.ENCRYPTED:
        raise Unfit(Problem.ENCRYPTED)
    if how is not Opens.WELL:
        raise Unfit(Problem.BROKEN)


# --- what is packed: DOCX, XLSX, PPTX, ODT ------------------------------------------------------------------------


def _packed(content: BinaryIO) -> str | None:
    """The type of a document made of parts; None where it is some other archive. Raises Unfit."""
    content.seek(0)
    try:
        with ZipFile(content) as archive:
            return _of_parts(archive)
    except Unfit:
        raise
    except UNREADABLE:
        raise Unfit(Problem.BROKEN) from None


def _of_parts(archive: ZipFile) -> str | None:
    parts = {one.filename: one for one in archive.infolist()}
    if len(parts) > MOST_PARTS or sum(one.file_size for one in parts.values()) > MOST_UNPACKED:
        raise Unfit(Problem.TOO_LARGE)
    if any(one.flag_bits & 1 for one in parts.values()):
        raise Unfit(Problem.ENCRYPTED)
    if "mimetype" in parts:
        return _open_document(archive, parts)
    if "[Content_Types].xml" not in parts:
        return None
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in parts):
        raise Unfit(Problem.HOLDS_PROGRAMS)
    said = _listed(archive, parts["[Content_Types].xml"]).decode("utf-8", "replace")
    for ending, main in _MAIN_PARTS.items():
        if main in parts:
            if f"{TYPES[ending]}.main+xml" not in said:
                return None
            _check_part(archive, parts[main])
            return ending
    return None


def _open_document(archive: ZipFile, parts: dict[str, ZipInfo]) -> str | None:
    if _listed(archive, parts["mimetype"]).decode("ascii", "replace").strip() != TYPES["odt"]:
        return None
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in _listed(archive, manifest):
        raise Unfit(Problem.ENCRYPTED)
    if "content.xml" not in parts:
        raise Unfit(Problem.BROKEN)
    _check_part(archive, parts["content.xml"])
    return "odt"


def _listed(archive: ZipFile, part: ZipInfo) -> bytes:
    """A part that is read into memory. Raises Unfit where it is past all measure."""
    if part.file_size > MOST_OF_A_LIST:
        raise Unfit(Problem.BROKEN)
    return archive.read(part)


def _check_part(archive: ZipFile, part: ZipInfo) -> None:
    """The part is there to its last byte. Raises BadZipFile where it is not, Unfit where it holds nothing."""
    if not part.file_size:
        raise Unfit(Problem.BROKEN)
    with archive.open(part) as opened:
        while opened.read(1024 * 1024):
            pass


# --- plain text ---------------------------------------------------------------------------------------------------


def _is_text(content: BinaryIO) -> bool:
    try:
        text = _whole(content).decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return _CONTROL.search(text) is None
