"""Two wordings compared in words: what was taken away and what was put in. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from uuid import UUID

from secretariat.texts.paragraphs import Counted

_WORDS = re.compile(r"\s+|\w+(?:['’\-]\w+)*|[^\w\s]")


class Change(StrEnum):
    """What became of a stretch of words."""

    SAME = "same"
    TAKEN_AWAY = "taken_away"
    PUT_IN = "put_in"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, were taken away, or put in."""

    change: Change
    words: str


def compared(before: str, after: str) -> list[Stretch]:
    """The later wording with what was taken away from the earlier one, word by word.

    The words that stayed and those taken away give the earlier wording, those that stayed and those put in the later
    one, sign by sign.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    stretches: list[Stretch] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(stretches, Change.SAME, old[old_from:old_to])
        else:
            _add(stretches, Change.TAKEN_AWAY, old[old_from:old_to])
            _add(stretches, Change.PUT_IN, new[new_from:new_to])
    return stretches


def _add(stretches: list[Stretch], change: Change, words: Sequence[str]) -> None:
    if words:
        stretches.append(Stretch(change, "".join(words)))


class Fate(StrEnum):
    """What became of a paragraph from one edition to another."""

    SAME = "same"
    CHANGED = "changed"
    NEW = "new"
    TAKEN_OUT = "taken_out"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """A paragraph of two editions: as it is counted in the later (or, taken out, in the earlier) one."""

    counted: Counted
    fate: Fate
    stretches: Sequence[Stretch]


def compared_paragraphs(
    before: Iterable[Counted], after: Iterable[Counted], language: str
) -> Iterator[ComparedParagraph]:
    """The paragraphs of the later edition in their order, those taken out where they stood.

    A paragraph is known by its id: one with the same words in another order is moved. In a language it lacks, the words
    of its original are compared.
    """
    old, new = list(before), list(after)
    earlier = {one.piece.id: one for one in old}
    later = {one.piece.id for one in new}
    waiting = _taken_out(old, later)
    stay = _in_order([one.piece.id for one in old if one.piece.id in later], [one.piece.id for one in new])
    yield from (_gone(one, language) for one in waiting.get(None, ()))
    for one in new:
        yield _kept(earlier.get(one.piece.id), one, language, moved=one.piece.id not in stay)
        yield from (_gone(other, language) for other in waiting.get(one.piece.id, ()))


def _taken_out(old: Sequence[Counted], later: set[UUID]) -> dict[UUID | None, list[Counted]]:
    """Those taken out, by the paragraph that stayed before them; None for those at the beginning."""
    waiting: dict[UUID | None, list[Counted]] = {}
    last: UUID | None = None
    for one in old:
        if one.piece.id in later:
            last = one.piece.id
        else:
            waiting.setdefault(last, []).append(one)
    return waiting


def _in_order(old: Sequence[UUID], new: Sequence[UUID]) -> set[UUID]:
    """The paragraphs that kept their order: the rest of those in both were moved."""
    matching = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {old[place] for block in matching for place in range(block.a, block.a + block.size)}


def _kept(before: Counted | None, after: Counted, language: str, *, moved: bool) -> ComparedParagraph:
    words = after.piece.words.in_language(language)[0]
    if before is None:
        return ComparedParagraph(after, Fate.NEW, [Stretch(Change.PUT_IN, words)] if words else [])
    stretches = compared(before.piece.words.in_language(language)[0], words)
    if any(one.change is not Change.SAME for one in stretches):
        return ComparedParagraph(after, Fate.CHANGED, stretches)
    return ComparedParagraph(after, Fate.MOVED if moved else Fate.SAME, stretches)


def _gone(one: Counted, language: str) -> ComparedParagraph:
    words = one.piece.words.in_language(language)[0]
    return ComparedParagraph(one, Fate.TAKEN_OUT, [Stretch(Change.TAKEN_AWAY, words)] if words else [])
