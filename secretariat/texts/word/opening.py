"""A Word file opened with care: what it is, how large it gets, and whether it reaches out of itself.

Parts are read into memory and no further than their limit; nothing is written to disk, fetched, run or resolved.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

from secretariat.documents import sniffing
from secretariat.texts.word.problems import NotTaken, Problem

LARGEST = 25_000_000
"""Bytes of a file as it is sent."""
MOST_ENTRIES = 2_000
"""Parts of a file; a long report with pictures has some hundreds."""
MOST_UNPACKED = 200_000_000
"""Bytes of all its parts unpacked, pictures too."""
MOST_OF_A_PART = 32_000_000
"""Bytes of a part that is read; the words of 2,000 paragraphs with their changes take some 5 million."""
MOST_RATIO = 200
"""How many times smaller than its content a part may be packed, where that content is beyond `_RATIO_FROM`."""
_RATIO_FROM = 4_000_000
_WELL_KNOWN = frozenset({"hyperlink"})
"""Relationships that may lead out of a file: one clicks them or not."""
_PROGRAMS = (b"macroEnabled", b"vbaProject", b"vnd.ms-office.activeX", b"vnd.ms-word.keyMapCustomizations")
_SNIFFED = {
    sniffing.Problem.EMPTY: Problem.EMPTY,
    sniffing.Problem.TOO_LARGE: Problem.TOO_LARGE,
    sniffing.Problem.ENCRYPTED: Problem.ENCRYPTED,
    sniffing.Problem.BROKEN: Problem.BROKEN,
    sniffing.Problem.HOLDS_PROGRAMS: Problem.MACROS,
}
_DECLARATIONS = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)


class Parts:
    """The parts of a file, by name; each is parsed when it is asked for."""

    def __init__(self, read: dict[str, bytes], names: frozenset[str]) -> None:
        self._read, self.names = read, names

    def tree(self, name: str) -> Any | None:
        """The root of a part; None where there is none of this name. Raises NotTaken."""
        return parsed(self._read[name]) if name in self._read else None


def opened(data: bytes) -> Parts:
    """The parts of a file. Raises NotTaken."""
    if len(data) > LARGEST:
        raise NotTaken(Problem.TOO_LARGE)
    if data.startswith(b"PK"):
        _check_archive(data)
    try:
        sniffing.sniffed(BytesIO(data), "x.docx")
    except sniffing.Unfit as unfit:
        raise NotTaken(_SNIFFED.get(unfit.problem, Problem.NOT_WORD)) from None
    parts = _read(data)
    for name in sorted(parts.names):
        if name.endswith(".rels"):
            _check_relationships(parts.tree(name))
    return parts


def parsed(part: bytes) -> Any:
    """A part as a tree; it may define and name nothing that is not in it. Raises NotTaken."""
    _check_declares_nothing(part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotTaken(Problem.BROKEN) from None
    if root.getroottree().docinfo.doctype:
        raise NotTaken(Problem.ENTITIES)
    return root


def _check_declares_nothing(part: bytes) -> None:
    if any(one in part for one in _DECLARATIONS):
        raise NotTaken(Problem.ENTITIES)


def _check_archive(data: bytes) -> None:
    """It unpacks to what may be read, and says that it holds no programs. Raises NotTaken."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            types = next((one for one in entries if one.filename.lower() == "[content_types].xml"), None)
            if types is not None and not types.flag_bits & 1:
                said = archive.read(types)
                if any(one in said for one in _PROGRAMS):
                    raise NotTaken(Problem.MACROS)
    except NotTaken:
        raise
    except sniffing.UNREADABLE:
        raise NotTaken(Problem.BROKEN) from None


def _check_entries(entries: list[ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise NotTaken(Problem.BOMB)
    for one in entries:
        if one.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise NotTaken(Problem.BROKEN)  # the format knows no other (ISO/IEC 29500-2, annex B)
        if _leads_away(one.orig_filename):
            raise NotTaken(Problem.PATHS)
        beyond = one.file_size > MOST_RATIO * max(one.compress_size, 1)
        if (one.file_size > _RATIO_FROM and beyond) or (_is_read(one.filename) and one.file_size > MOST_OF_A_PART):
            raise NotTaken(Problem.BOMB)
        if re.search(r"(^|/)(vbaProject|vbaData|activeX\d*)\.(bin|xml)$", one.filename, re.IGNORECASE):
            raise NotTaken(Problem.MACROS)
    if len({one.filename.lower() for one in entries}) < len(entries):
        raise NotTaken(Problem.BROKEN)  # two parts of one name: each reader would see another


def _leads_away(name: str) -> bool:
    """Whether a name of a part leads out of the file it is in."""
    return name.startswith(("/", "\\")) or "\0" in name or ":" in name or ".." in re.split(r"[/\\]", name)


def _is_read(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _read(data: bytes) -> Parts:
    """Everything in XML, so that nothing in it is overlooked. A part is never longer than it says: where it is, its
    checksum is another."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            read = {one.filename: archive.read(one) for one in archive.infolist() if _is_read(one.filename)}
            names = frozenset(archive.namelist())
    except NotTaken:
        raise
    except sniffing.UNREADABLE:
        raise NotTaken(Problem.BROKEN) from None
    for part in read.values():
        _check_declares_nothing(part)
    return Parts(read, names)


def _check_relationships(root: Any) -> None:
    """Nothing but hyperlinks leads out of the file. Raises NotTaken."""
    for one in root.iter("{*}Relationship"):
        kind = one.get("Type", "").rpartition("/")[2]
        target = one.get("Target", "")
        if kind in ("vbaProject", "attachedToolbars", "control"):
            raise NotTaken(Problem.MACROS)
        outside = one.get("TargetMode", "").lower() == "external" or "://" in target or target.startswith("\\\\")
        if outside and kind not in _WELL_KNOWN:
            raise NotTaken(Problem.EXTERNAL_LINKS)
