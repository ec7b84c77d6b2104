"""A text as a Word file: as it stands, two languages beside each other, or with what changed since an earlier edition.

Words and values in, bytes out. What makes the file is loaded when one is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from secretariat.texts.editions import Content
from secretariat.texts.paragraphs import Counted, is_rtl
from secretariat.texts.word import names

if TYPE_CHECKING:
    from secretariat.texts.word.frame import Frame
    from secretariat.texts.word.markup import Setter


@dataclass(frozen=True, slots=True)
class Origin:
    """The edition a file is of. Without it a file does not find its way back (`word_in.changes`)."""

    text_id: UUID
    edition: int


def written(
    content: Content,
    language: str,
    *,
    symbol: str,
    marking: str,
    foot: Sequence[str],
    beside: str | None = None,
    origin: Origin | None = None,
    copy_of: str = "",
) -> bytes:
    """The text in a language as a file one can work on, with a second language beside it if one is named.

    `marking` stands on every page, `copy_of` too: whose copy it is, where the text is for named readers. What a
    paragraph lacks in a language stands there in its original.
    """
    from secretariat.texts.word.frame import side_by_side
    from secretariat.texts.word.markup import Setter

    frame = _frame(content, language, marking, foot, copy_of)
    ids = count(1)
    setter = Setter(language, ids=ids)
    paragraphs = [setter.symbol(symbol)] if symbol else []
    if beside is None:
        paragraphs += [_title(setter, content, content), *(setter.same(one) for one in content.counted())]
    else:
        other = Setter(beside, ids=ids, beside=True)
        rows = [(_title(setter, content, content), _title(other, content, content))]
        rows += [(setter.same(one), other.same(one)) for one in content.counted()]
        paragraphs += [side_by_side(rows, rtl=is_rtl(language)), setter.end()]
        frame.number(other)
    frame.number(setter)
    frame.say(_properties(content, language, origin, beside))
    return frame.finished(paragraphs)


def tracked(
    before: Content,
    after: Content,
    language: str,
    *,
    symbol: str,
    marking: str,
    foot: Sequence[str],
    author: str,
    at: datetime,
    origin: Origin | None = None,
    copy_of: str = "",
) -> bytes:
    """The later edition with tracked changes by `author`: who accepts all has it, who rejects all has the earlier one.

    A paragraph that was moved is taken out where it was and put in where it is. `origin` is that of the later edition.
    """
    from secretariat.texts.word.markup import Hand, Setter

    frame = _frame(after, language, marking, foot, copy_of)
    setter = Setter(language, hand=Hand(author, at))
    paragraphs = [setter.symbol(symbol)] if symbol else []
    paragraphs += [_title(setter, before, after), *_changed(setter, before.counted(), after.counted()), setter.end()]
    frame.number(setter)
    frame.say(_properties(after, language, origin, None))
    return frame.finished(paragraphs)


def _frame(content: Content, language: str, marking: str, foot: Sequence[str], copy_of: str) -> Frame:
    from secretariat.texts.word.frame import Frame

    title = content.title.in_language(language)[0]
    return Frame(title, language, marking=marking, foot=foot, copy_of=copy_of)


def _title(setter: Setter, before: Content, after: Content) -> str:
    words, spoken = after.title.in_language(setter.language)
    return setter.title(before.title.in_language(setter.language)[0], words, spoken)


def _changed(setter: Setter, old: Sequence[Counted], new: Sequence[Counted]) -> Iterator[str]:
    """The paragraphs of both editions, so that those of each stand in their order."""
    was, now = [one.piece.id for one in old], [one.piece.id for one in new]
    both = {*was} & {*now}
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield from map(setter.pair, old[old_from:old_to], new[new_from:new_to])
        else:
            yield from (setter.taken_out(one, moved=one.piece.id in both) for one in old[old_from:old_to])
            yield from map(setter.put_in, new[new_from:new_to])


def _properties(content: Content, language: str, origin: Origin | None, beside: str | None) -> dict[str, str]:
    told = {names.SHA256: content.sha256, names.LANGUAGE: language}
    if beside is not None:
        told[names.BESIDE] = beside
    if origin is not None:
        told |= {names.TEXT: names.sign_of(origin.text_id), names.EDITION: str(origin.edition)}
    return told
