"""The paragraphs of a Word file as if all its tracked changes were accepted, and what it holds besides them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from secretariat.texts.word import names
from secretariat.texts.word.opening import Parts
from secretariat.texts.word.problems import Left
from secretariat.texts.word.styles import Look, Looks, W, is_hidden

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PRIVATE = range(0xE000, 0xF900)
"""Signs that a font alone knows."""


@dataclass(slots=True)
class Block:
    """A paragraph (or a row of a table) of a file: its look and words, the bookmarks and comments that begin in it, and
    the column it stands in where two languages stand beside each other."""

    look: Look
    words: str = ""
    marks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    is_row: bool = False
    column: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A comment of the file itself."""

    key: str
    author: str
    date: str
    words: str


class Walker:
    """Walks through a file; what is no paragraph is counted in `left`."""

    def __init__(self, parts: Parts) -> None:
        self.left: Counter[Left] = Counter()
        self.tracked = 0
        """Changes that nobody has accepted or rejected yet."""
        self._looks = Looks(parts)
        self._footnotes = {kind: _notes(parts.tree(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
        self._fields: list[bool] = []
        """Of each field one is in, whether its instruction was passed and its result is read."""
        self._waiting: Block | None = None
        """Bookmarks and comments that begin between paragraphs."""
        self._column = 0

    # --- blocks -------------------------------------------------------------------------------------------------

    def blocks(self, body: Any) -> Iterator[Block]:
        """Its paragraphs in order. One whose end is deleted runs into the next, as a word processor has it."""
        carried: Block | None = None
        for block, ends in self._inside(body):
            if carried is not None:
                _run_into(carried, block)
            carried = None if ends else block
            if ends:
                yield block
        if carried is not None:
            yield carried

    def _inside(self, parent: Any) -> Iterator[tuple[Block, bool]]:
        for one in parent:
            if one.tag == f"{W}p":
                yield self._paragraph(one)
            elif one.tag == f"{W}tbl":
                yield from self._table(one)
            elif one.tag == f"{W}sdt":
                yield from self._controlled(one)
            elif one.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                self.tracked += one.tag in (f"{W}ins", f"{W}moveTo")
                yield from self._inside(one)
            elif one.tag in (f"{W}del", f"{W}moveFrom"):
                self.tracked += 1
            elif one.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.left[Left.EMBEDDED] += 1
            elif one.tag == f"{_MC}AlternateContent":
                yield from self._inside(_chosen(one))
            else:
                self._mark(one, self._held())

    def _controlled(self, control: Any) -> Iterator[tuple[Block, bool]]:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and "contents" in gallery.get(f"{W}val", "").lower():
            self.left[Left.CONTENTS] += 1
            return
        for content in control.findall(f"{W}sdtContent"):
            yield from self._inside(content)

    def _held(self) -> Block:
        if self._waiting is None:
            self._waiting = Block(Look())
        return self._waiting

    def _paragraph(self, paragraph: Any) -> tuple[Block, bool]:
        properties = paragraph.find(f"{W}pPr")
        block = Block(self._looks.of(properties), column=self._column)
        if self._waiting is not None:
            block.marks, block.comments = self._waiting.marks, self._waiting.comments
            self._waiting = None
        mark = properties.find(f"{W}rPr") if properties is not None else None
        ends = mark is None or all(mark.find(f"{W}{name}") is None for name in ("del", "moveFrom"))
        added = mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("ins", "moveTo"))
        self.tracked += (not ends) + added
        style = properties.find(f"{W}pStyle") if properties is not None else None
        hidden = style is not None and style.get(f"{W}val") in self._looks.hidden
        pieces: list[str] = []
        self._runs(paragraph, block, pieces, gone=False, hidden=hidden)
        block.words = "".join(pieces)
        if block.look.style.startswith("toc "):
            self.left[Left.CONTENTS] += 0 if not block.words.strip() else 1
            block.words = ""
        return block, ends

    def _table(self, table: Any) -> Iterator[tuple[Block, bool]]:
        marks = (one.get(f"{W}name", "") for one in table.iter(f"{W}bookmarkStart"))
        beside = any(names.paragraph_of(name) for name in marks)
        if not beside:
            self.left[Left.TABLES] += 1
        for row in table.iter(f"{W}tr"):
            properties = row.find(f"{W}trPr")
            self.tracked += properties is not None and properties.find(f"{W}ins") is not None
            if properties is not None and properties.find(f"{W}del") is not None:
                self.tracked += 1
            elif beside:
                yield from self._beside(row)
            elif row.getparent() is table or row.getparent().getparent() is table:
                yield self._row(row), True

    def _beside(self, row: Any) -> Iterator[tuple[Block, bool]]:
        around = self._column
        for place, cell in enumerate(row.iterchildren(f"{W}tc")):
            self._column = place
            blocks = list(self._inside(cell))
            yield from ((block, ends or block is blocks[-1][0]) for block, ends in blocks)
        self._column = around

    def _row(self, row: Any) -> Block:
        """A row as one paragraph; tables within its cells run on."""
        whole = Block(Look(), is_row=True)
        cells = []
        for cell in row.iterchildren(f"{W}tc", f"{W}sdt"):
            held = list(self.blocks(cell))
            cells.append(" ".join(one.words.strip() for one in held if one.words.strip()))
            for one in held:
                whole.marks += one.marks
                whole.comments += one.comments
        whole.words = " | ".join(one for one in cells if one)
        return whole

    # --- words --------------------------------------------------------------------------------------------------

    def _runs(self, parent: Any, block: Block, into: list[str], *, gone: bool, hidden: bool) -> None:
        """The words in an element of a paragraph; those that were deleted are gone, their marks stay."""
        for one in parent:
            name = one.tag.removeprefix(W)
            if name == "r":
                self._run(one, block, into, gone=gone, hidden=hidden)
            elif name in ("del", "moveFrom"):
                self.tracked += 1
                self._runs(one, block, into, gone=True, hidden=hidden)
            elif name in ("ins", "moveTo"):
                self.tracked += 1
                self._runs(one, block, into, gone=gone, hidden=hidden)
            elif name in ("hyperlink", "smartTag", "customXml", "fldSimple", "sdt", "sdtContent", "dir", "bdo"):
                self._runs(one, block, into, gone=gone, hidden=hidden)
            elif one.tag == f"{_MC}AlternateContent":
                self._runs(_chosen(one), block, into, gone=gone, hidden=hidden)
            elif one.tag.startswith(_MATHS):
                into.extend(text.text or "" for text in one.iter(f"{_MATHS}t") if not gone)
            else:
                self._mark(one, block)

    def _run(self, run: Any, block: Block, into: list[str], *, gone: bool, hidden: bool) -> None:
        properties = run.find(f"{W}rPr")
        style = properties.find(f"{W}rStyle") if properties is not None else None
        hidden = hidden or is_hidden(properties) or (style is not None and style.get(f"{W}val") in self._looks.hidden)
        pieces: list[str] = []
        for one in run.iterchildren():
            inside = _chosen(one) if one.tag == f"{_MC}AlternateContent" else (one,)
            for element in inside:
                self._piece(element, block, pieces, gone=gone)
        words = "".join(pieces)
        if hidden and words.strip() and not gone:
            self.left[Left.HIDDEN] += 1
        elif not gone and all(self._fields):
            into.append(words)

    def _piece(self, one: Any, block: Block, into: list[str], *, gone: bool) -> None:
        name = one.tag.removeprefix(W)
        if name == "t":
            into.append(one.text or "")
        elif name in _SIGNS:
            into.append(_SIGNS[name])
        elif name == "br":
            into.append("\n" if one.get(f"{W}type", "textWrapping") == "textWrapping" else " ")
        elif name == "sym":
            into.append(_sign(one.get(f"{W}char", "")))
        elif name == "fldChar":
            self._field(one.get(f"{W}fldCharType", ""))
        elif name in ("footnoteReference", "endnoteReference"):
            note = self._footnotes[name.removesuffix("Reference")].get(one.get(f"{W}id", ""), "")
            if note and not gone:
                self.left[Left.FOOTNOTES] += 1
                into.append(f" ({note})")
        elif name in ("drawing", "pict", "object"):
            self._drawn(one, gone=gone)
        else:
            self._mark(one, block)

    def _drawn(self, one: Any, *, gone: bool) -> None:
        if gone:
            return
        if any("".join(box.itertext()).strip() for box in one.iter(f"{W}txbxContent")):
            self.left[Left.TEXT_BOXES] += 1
        else:
            self.left[Left.EMBEDDED if one.tag == f"{W}object" else Left.PICTURES] += 1

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _mark(self, one: Any, block: Block) -> None:
        """A bookmark or a comment that begins here."""
        if one.tag == f"{W}bookmarkStart":
            block.marks.append(one.get(f"{W}name", ""))
        elif one.tag in (f"{W}commentRangeStart", f"{W}commentReference"):
            key = one.get(f"{W}id", "")
            if key not in block.comments:
                block.comments.append(key)


def _run_into(before: Block, block: Block) -> None:
    """A paragraph whose end was deleted goes on with the next, which it then is, unless that is new or has no words of
    its own left: who deletes from the end of one to the end of another means the other."""
    if not before.words.strip():
        return
    if not block.words.strip() or not any(map(names.paragraph_of, block.marks)):
        block.look, block.marks = before.look, before.marks
    block.words = before.words + block.words
    block.comments[:0] = before.comments


_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}


def _sign(code: str) -> str:
    point = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
    return "" if point < 32 or point in _PRIVATE or 0xD800 <= point < 0xE000 else chr(point)


def _chosen(alternate: Any) -> Any:
    """Of several ways to say the same the one for who knows least, or the first."""
    fallback = alternate.find(f"{_MC}Fallback")
    first = alternate.find(f"{_MC}Choice")
    return fallback if fallback is not None else first if first is not None else ()


def _notes(root: Any | None, kind: str) -> dict[str, str]:
    """Footnotes by their key; the lines that divide them from the text are none."""
    found = {}
    for one in () if root is None else root.iter(f"{W}{kind}"):
        if one.get(f"{W}type") in (None, "normal"):
            found[one.get(f"{W}id", "")] = _plain(one)
    return found


def _plain(element: Any) -> str:
    """The words in an element, without those deleted (these stand in `delText`)."""
    paragraphs = ("".join(text.text or "" for text in one.iter(f"{W}t")) for one in element.iter(f"{W}p"))
    return " ".join(" ".join(paragraphs).split())


def comments_of(parts: Parts) -> list[Note]:
    """The comments of a file."""
    root = parts.tree("word/comments.xml")
    return [
        Note(
            one.get(f"{W}id", ""),
            " ".join(one.get(f"{W}author", "").split())[:200],
            one.get(f"{W}date", "")[:25],
            _plain(one),
        )
        for one in (() if root is None else root.iter(f"{W}comment"))
    ]


def margins_with_words(parts: Parts) -> int:
    """How many heads and feet of pages have words."""
    found = [name for name in parts.names if re.fullmatch(r"word/(header|footer)\d*\.xml", name)]
    return sum(bool(_plain(parts.tree(name))) for name in found)
