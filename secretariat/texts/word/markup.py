"""Paragraphs of a text in the mark-up of Word, with what was put in and taken away as tracked changes. Pure.

Elements stand in the order of the schema: Word opens no file in which they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from itertools import count

from secretariat.texts.brackets import parts
from secretariat.texts.paragraphs import Counted, ParagraphKind, alphabet, is_rtl
from secretariat.texts.word import names
from secretariat.texts.wording import Change, Stretch, compared

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OPERATIVE, HEADINGS, OPERATIVE_BESIDE, HEADINGS_BESIDE = 901, 902, 903, 904
"""The numberings of a file: of its language and of the one beside."""
STEP = 567
"""How far a rank is set in: a centimetre, in twentieths of a point."""
SHADE = "E3E3E3"
"""Behind words in brackets; stays lighter than the ink on any printer."""
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed something, and when."""

    author: str
    at: datetime

    @property
    def attributes(self) -> str:
        """As every tracked change carries them."""
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f'w:author="{_attribute(self.author)}" w:date="{at}"'


class Setter:
    """Sets paragraphs in one language. `hand` is whose the tracked changes are."""

    def __init__(
        self, language: str, *, ids: Iterator[int] | None = None, beside: bool = False, hand: Hand | None = None
    ) -> None:
        self.language, self.beside = language, beside
        self.hand = hand
        self.written_out: dict[tuple[int, int], tuple[int, str]] = {}
        """Numberings of their own, by that they belong to and the letter counted: its number, and what it writes."""
        self._ids = ids or count(1)

    def title(self, before: str, after: str, spoken: str) -> str:
        """The title of the text."""
        name = f"{names.TITLE}{'_beside' if self.beside else ''}"
        look = f'<w:pStyle w:val="Title"/>{_bidi(spoken)}'
        return self._paragraph(look, "", name, self._runs(before, after, spoken))

    def symbol(self, words: str) -> str:
        """The symbol, which is no part of the text: it keeps its direction."""
        run = f"<w:r><w:rPr><w:b/><w:bCs/></w:rPr>{_words(words, 't')}</w:r>"
        return self._paragraph(f'<w:pStyle w:val="TextSymbol"/>{_bidi(self.language)}', "", names.SYMBOL, run)

    def end(self) -> str:
        """What follows the last paragraph, so that its end can be put in or taken away as that of any other."""
        return self._paragraph('<w:pStyle w:val="TextEnd"/>', "", names.END, "")

    def same(self, one: Counted) -> str:
        """A paragraph as it stands."""
        return self.pair(one, one)

    def pair(self, before: Counted, after: Counted) -> str:
        """A paragraph that stays, with what became of its words, its kind and its depth."""
        (old, old_language), (new, spoken) = self._said(before), self._said(after)
        was, look = self._look(before, old_language), self._look(after, spoken)
        changed = "" if was == look else f"<w:pPrChange {self._marks()}><w:pPr>{was}</w:pPr></w:pPrChange>"
        name = names.bookmark(after.piece.id, beside=self.beside)
        return self._paragraph(look, changed, name, self._runs(old, new, spoken))

    def put_in(self, one: Counted) -> str:
        """A paragraph that is new."""
        words, spoken = self._said(one)
        look = self._look(one, spoken)
        name = names.bookmark(one.piece.id, beside=self.beside)
        return self._paragraph(look, f"<w:rPr><w:ins {self._marks()}/></w:rPr>", name, self._runs("", words, spoken))

    def taken_out(self, one: Counted, *, moved: bool) -> str:
        """A paragraph that is there no more, or stands elsewhere."""
        words, spoken = self._said(one)
        look = self._look(one, spoken)
        name = names.bookmark(one.piece.id, beside=self.beside, gone=moved)
        return self._paragraph(look, f"<w:rPr><w:del {self._marks()}/></w:rPr>", name, self._runs(words, "", spoken))

    def _said(self, one: Counted) -> tuple[str, str]:
        return one.piece.words.in_language(self.language)

    def _paragraph(self, look: str, behind: str, name: str, runs: str) -> str:
        number = next(self._ids)
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'<w:p><w:pPr>{look}{behind}</w:pPr>{start}{runs}<w:bookmarkEnd w:id="{number}"/></w:p>'

    def _look(self, one: Counted, spoken: str) -> str:
        """Style, numbering, direction and place of a paragraph."""
        piece, rank = one.piece, len(one.place) - 1
        numbering = self._numbering(one)
        numbered = f'<w:numPr><w:ilvl w:val="{rank}"/><w:numId w:val="{numbering}"/></w:numPr>' if rank >= 0 else ""
        hanging = f' w:hanging="{STEP}"' if rank >= 0 else ""
        left = STEP * (piece.set_in + (1 if rank >= 0 else 0))
        return (
            f'<w:pStyle w:val="{style(piece.kind, piece.depth)}"/>{numbered}{_bidi(spoken)}'
            f'<w:ind w:left="{left}"{hanging}/>'
        )

    def _numbering(self, one: Counted) -> int:
        """The numbering of a paragraph. Beyond the alphabet word processors count otherwise than texts do (`bb` where
        these say `ab`), so that from there on each letter is written out by a numbering of its own, for what is set in
        below it too."""
        heading = one.piece.kind is ParagraphKind.HEADING
        numbering = HEADINGS if heading else OPERATIVE
        if self.beside:
            numbering = HEADINGS_BESIDE if heading else OPERATIVE_BESIDE
        if len(one.place) < 2 or one.place[1] <= len(alphabet(self.language)):
            return numbering
        written = Counted(one.piece, one.place[:2]).number(self.language)
        own = numbering * 10_000 + len(self.written_out)
        return self.written_out.setdefault((numbering, one.place[1]), (own, written))[0]

    def _runs(self, before: str, after: str, spoken: str) -> str:
        return "".join(self._run(change, words, is_open, spoken) for change, words, is_open in _told(before, after))

    def _run(self, change: Change, words: str, is_open: bool, spoken: str) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if is_open else ""
        tongue = f'<w:rtl/><w:lang w:bidi="{spoken}"/>' if is_rtl(spoken) else f'<w:lang w:val="{spoken}"/>'
        text = _words(words, "delText" if change is Change.TAKEN_AWAY else "t")
        run = f"<w:r><w:rPr>{shade}{tongue}</w:rPr>{text}</w:r>"
        if change is Change.SAME:
            return run
        kind = "del" if change is Change.TAKEN_AWAY else "ins"
        return f"<w:{kind} {self._marks()}>{run}</w:{kind}>"

    def _marks(self) -> str:
        if self.hand is None:
            raise ValueError("nobody is named whose change this is")
        return f'w:id="{next(self._ids)}" {self.hand.attributes}'


def style(kind: ParagraphKind, depth: int) -> str:
    """The style of a paragraph: headings have those of the word processor, so that its outline knows them."""
    if kind is ParagraphKind.HEADING:
        return f"Heading{depth}"
    if kind is ParagraphKind.PREAMBLE:
        return "TextPreamble"
    return f"Text{'Operative' if kind is ParagraphKind.OPERATIVE else 'Plain'}{depth}"


def _told(before: str, after: str) -> Iterator[tuple[Change, str, bool]]:
    """The stretches of a comparison, each in brackets or not: what was taken away as it stood in the earlier wording,
    the rest as in the later one."""
    before, after = clean(before), clean(after)
    stretches = [Stretch(Change.SAME, after)] if before == after else compared(before, after)
    was, now = _openness(before), _openness(after)
    old = new = 0
    for one in stretches:
        length = len(one.words)
        gone = one.change is Change.TAKEN_AWAY
        flags = was[old : old + length] if gone else now[new : new + length]
        old += 0 if one.change is Change.PUT_IN else length
        new += 0 if gone else length
        yield from _split(one, flags)


def _split(one: Stretch, flags: Sequence[bool]) -> Iterator[tuple[Change, str, bool]]:
    begun = 0
    for place in range(1, len(flags) + 1):
        if place == len(flags) or flags[place] != flags[begun]:
            yield one.change, one.words[begun:place], flags[begun]
            begun = place


def _openness(words: str) -> list[bool]:
    return [one.open for one in parts(words) for _sign in one.words]


def _bidi(language: str) -> str:
    return "<w:bidi/>" if is_rtl(language) else ""


def clean(words: str) -> str:
    """Words without signs that no XML may hold, with one kind of line end."""
    return _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def _attribute(words: str) -> str:
    return escape(" ".join(clean(words).split()))


def _words(words: str, tag: str) -> str:
    """Words of a run; line ends and tabs are elements."""
    pieces = re.split(r"([\n\t])", clean(words))
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        marks.get(one) or f'<w:{tag} xml:space="preserve">{escape(one, quote=False)}</w:{tag}>' for one in pieces if one
    )
