"""Word files that come in: one that somebody wrote, and one of ours with what a ministry changed in it.

Bytes in, values out. A file is read in a child (`word/child.py`); here is what its paragraphs mean. Of the file itself
nothing is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID

from secretariat.documents.extraction import Unreadable, in_a_child
from secretariat.texts.editions import Content
from secretariat.texts.paragraphs import LONGEST_PARAGRAPH, MOST_PARAGRAPHS, ParagraphKind
from secretariat.texts.word import names
from secretariat.texts.word.guessing import Guessed, Seen, guessed, tidy
from secretariat.texts.word.problems import Left, NotOurs, NotTaken, Problem, Reason

__all__ = [
    "Against", "FileComment", "Incoming", "Left", "NotOurs", "NotTaken", "Problem", "Proposed", "PutIn", "Reason",
    "Returned", "Told", "Words", "changes", "changes_to_any", "read",
]  # fmt: skip
SECONDS = 20
"""Longest a file is read, by the clock: somebody waits for it."""
_CHILD = "secretariat.texts.word.child"


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph as it was written in a file, without its number."""

    kind: ParagraphKind
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class FileComment:
    """A comment in the margin of a file, with the name its author has there."""

    author: str
    words: str
    at: str = ""
    """As the file says it (ISO 8601, mostly without a zone)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a file holds and a text does not, and how often; `word_words.left_in_words` has the sentence."""

    what: Left
    number: int = 1


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody's file says: its title (empty where no paragraph has that style), its paragraphs, and what was left
    out or taken in otherwise. Its comments are listed, not taken in."""

    title: str
    paragraphs: tuple[Words, ...]
    told: tuple[Told, ...] = ()
    comments: tuple[FileComment, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a returned file says of a paragraph: another wording (None where its words stand) and comments."""

    paragraph_id: UUID
    wording: str | None
    comments: tuple[FileComment, ...] = ()


@dataclass(frozen=True, slots=True)
class PutIn:
    """A paragraph that is new in a returned file, behind that with the id (None: at the beginning)."""

    after: UUID | None
    words: Words
    comments: tuple[FileComment, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """What a ministry did to a file of ours, all its changes accepted: other wordings and comments by paragraph, new
    paragraphs, those taken out (with the comments that stand where they were), and what is said of none of them."""

    proposed: tuple[Proposed, ...] = ()
    put_in: tuple[PutIn, ...] = ()
    taken_out: tuple[UUID, ...] = ()
    comments: tuple[FileComment, ...] = ()
    told: tuple[Told, ...] = ()


# --- somebody's file ----------------------------------------------------------------------------------------------


def read(data: bytes, *, kinds: Collection[ParagraphKind] = tuple(ParagraphKind)) -> Incoming:
    """What a file says. A paragraph of a kind that is not in `kinds` becomes a plain one. Tracked changes of a file
    that was not sent out are nobody's to accept here. Raises NotTaken."""
    said = _said(data)
    if said["tracked"]:
        raise NotTaken(Problem.TRACKED)
    blocks = _of_text(said["blocks"])
    title = next((one for one in blocks if one["look"]["style"] == "title" and one["words"].strip()), None)
    found = guessed(_seen(one) for one in blocks if one is not title)
    if not found:
        raise NotTaken(Problem.NO_WORDS)
    left = {Left(kind): number for kind, number in said["left"].items()}
    comments = tuple(_comment(one) for one in said["comments"])
    deeper = sum(one.deeper for one in found)
    return Incoming(
        tidy(title["words"]) if title else "",
        tuple(_words(one, kinds) for one in found),
        _told({**left, Left.COMMENTS: len(comments), Left.DEEPER: deeper}),
        comments,
    )


def _of_text(blocks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The paragraphs of a text; of a file of ours without symbol and end, and in its first language."""
    return [one for one in blocks if one["column"] == 0 and not {names.SYMBOL, names.END} & set(one["marks"])]


def _seen(block: Mapping[str, Any]) -> Seen:
    look = block["look"]
    return Seen(block["words"], look["outline"], look["numbered"], look["rank"], block["is_row"], look["style"])


def _words(one: Guessed, kinds: Collection[ParagraphKind]) -> Words:
    return Words(one.kind if one.kind in kinds else ParagraphKind.PLAIN, one.depth, one.words)


def _comment(one: Mapping[str, Any]) -> FileComment:
    return FileComment(one["author"], one["words"], one["date"])


def _told(left: Mapping[Left, int]) -> tuple[Told, ...]:
    return tuple(Told(what, left[what]) for what in Left if left.get(what))


def _said(data: bytes) -> dict[str, Any]:
    """What stands in a file, as the child says it. Raises NotTaken."""
    try:
        answer = in_a_child(_CHILD, data, str(MOST_PARAGRAPHS), str(LONGEST_PARAGRAPH), seconds=SECONDS)
    except Unreadable:
        raise NotTaken(Problem.NOT_READ) from None
    said: dict[str, Any] = json.loads(answer)
    if "problem" in said:
        raise NotTaken(Problem(said["problem"]), said["number"])
    return said


# --- a file of ours -----------------------------------------------------------------------------------------------


def changes(data: bytes, known: Content, language: str, text_id: UUID, edition: int) -> Returned:
    """What was changed in the file of an edition, known by its properties and by the ids of its paragraphs. Raises
    NotTaken, NotOurs."""
    return _compared(_said(data), known, language, text_id, edition)


@dataclass(frozen=True, slots=True)
class Against:
    """What a returned file was compared with: an edition and a language of it."""

    edition: int
    known: Content
    language: str


def changes_to_any(data: bytes, edition: Callable[[int], Content | None], text_id: UUID) -> tuple[Against, Returned]:
    """The same for a file of any edition of a text, in the language it was downloaded in; `edition` gives the content
    of the one with a number. Raises NotTaken, NotOurs."""
    said = _said(data)
    properties = said["properties"]
    number, language = properties.get(names.EDITION, ""), properties.get(names.LANGUAGE, "")
    if not number.isdecimal() or len(number) > _FIGURES:
        raise NotOurs(Reason.PROPERTIES_LOST)
    if properties.get(names.TEXT) != names.sign_of(text_id):
        raise NotOurs(Reason.ANOTHER_TEXT)
    known = edition(int(number))
    if known is None or language not in known.languages:
        raise NotOurs(Reason.ANOTHER_EDITION)
    return Against(int(number), known, language), _compared(said, known, language, text_id, int(number))


_FIGURES = 6
"""Of the number of an edition."""


def _compared(said: Mapping[str, Any], known: Content, language: str, text_id: UUID, edition: int) -> Returned:
    beside = _check_origin(said["properties"], known, language, text_id, edition)
    blocks = [one for one in said["blocks"] if one["column"] == beside or _is_outside(one)]
    return _Comparison(known, language, bool(beside), said).of(blocks)


def _check_origin(properties: Mapping[str, str], known: Content, language: str, text_id: UUID, edition: int) -> int:
    """The column of the language in the file. Raises NotOurs."""
    if any(not properties.get(name) for name in (names.TEXT, names.EDITION, names.SHA256, names.LANGUAGE)):
        raise NotOurs(Reason.PROPERTIES_LOST)
    if properties[names.TEXT] != names.sign_of(text_id):
        raise NotOurs(Reason.ANOTHER_TEXT)
    if properties[names.EDITION] != str(edition) or properties[names.SHA256] != known.sha256:
        raise NotOurs(Reason.ANOTHER_EDITION)
    held = [properties[names.LANGUAGE], properties.get(names.BESIDE)]
    if language not in held:
        raise NotOurs(Reason.ANOTHER_LANGUAGE)
    return held.index(language)


def _is_outside(block: Mapping[str, Any]) -> bool:
    """Whether it is the symbol or the end, which stand in no column."""
    return bool({names.SYMBOL, names.END} & set(block["marks"]))


class _Comparison:
    """A returned file beside the edition it was made from."""

    def __init__(self, known: Content, language: str, beside: bool, said: Mapping[str, Any]) -> None:
        self.known, self.language, self.beside = known, language, beside
        self._standing = {one.id: one.words.in_language(language)[0] for one in known.pieces}
        self._comments = {one["key"]: _comment(one) for one in said["comments"]}
        self._left = {Left(kind): number for kind, number in said["left"].items()}
        self._placed: set[str] = set()

    def of(self, blocks: Sequence[Mapping[str, Any]]) -> Returned:
        title = [one for one in blocks if any(name.startswith(names.TITLE) for name in one["marks"])]
        paragraphs = [one for one in blocks if one not in title and not _is_outside(one)]
        keys = self._keys(paragraphs)
        present = [key for key in keys if key is not None]
        if not present:
            raise NotOurs(Reason.WITHOUT_IDS)
        found = dict(self._proposed(paragraphs, keys))
        gone = tuple(one.id for one in self.known.pieces if one.id not in found)
        put_in = tuple(self._put_in(paragraphs, keys))
        return Returned(
            tuple(found[one.id] for one in self.known.pieces if one.id in found and _says_something(found[one.id])),
            put_in,
            gone,
            tuple(one for key, one in self._comments.items() if key not in self._placed),
            self._told(title, present),
        )

    def _keys(self, paragraphs: Sequence[Mapping[str, Any]]) -> list[UUID | None]:
        """The paragraph of the edition each one is; None for a new one. One whose bookmark was lost is known by its
        words, where these stand for no other."""
        keys: list[UUID | None] = []
        found: set[UUID] = set()
        for one in paragraphs:
            key = self._marked(one) if one["words"].strip() or one["comments"] else None
            keys.append(key if key in self._standing and key not in found else None)
            found.update(filter(None, keys[-1:]))
        lost = {tidy(words): key for key, words in self._standing.items() if key not in found}
        return [key or lost.pop(tidy(one["words"]), None) for key, one in zip(keys, paragraphs, strict=True)]

    def _marked(self, block: Mapping[str, Any]) -> UUID | None:
        found = filter(None, map(names.paragraph_of, block["marks"]))
        return next((key for key, beside in found if beside == self.beside), None)

    def _proposed(
        self, paragraphs: Sequence[Mapping[str, Any]], keys: Sequence[UUID | None]
    ) -> Iterator[tuple[UUID, Proposed]]:
        for one, key in zip(paragraphs, keys, strict=True):
            if key is not None and one["words"].strip():
                words = one["words"].strip()
                same = tidy(words) == tidy(self._standing[key])
                yield key, Proposed(key, None if same else words, self._in_margin(one))

    def _put_in(self, paragraphs: Sequence[Mapping[str, Any]], keys: Sequence[UUID | None]) -> Iterator[PutIn]:
        """New paragraphs, with what they are guessed among all the others."""
        held = [(one, key) for one, key in zip(paragraphs, keys, strict=True) if one["words"].strip()]
        after: UUID | None = None
        for (one, key), found in zip(held, guessed(_seen(one) for one, _key in held), strict=True):
            if key is not None:
                after = key
            else:
                yield PutIn(after, _words(found, tuple(ParagraphKind)), self._in_margin(one))

    def _in_margin(self, block: Mapping[str, Any]) -> tuple[FileComment, ...]:
        """Its comments; each stands with one paragraph."""
        mine = [key for key in block["comments"] if key in self._comments and key not in self._placed]
        self._placed.update(mine)
        return tuple(self._comments[key] for key in mine)

    def _told(self, title: Sequence[Mapping[str, Any]], present: Sequence[UUID]) -> tuple[Told, ...]:
        words = tidy(" ".join(one["words"] for one in title))
        was = tidy(self.known.title.in_language(self.language)[0])
        there = set(present)
        order = [one.id for one in self.known.pieces if one.id in there]
        matching = SequenceMatcher(None, order, present, autojunk=False).get_matching_blocks()
        moved = len(present) - sum(one.size for one in matching)
        told = {kind: number for kind, number in self._left.items() if kind not in _OURS}
        loose = len(self._comments) - len(self._placed)
        return _told({**told, Left.TITLE: int(words != was), Left.MOVED: moved, Left.LOOSE_COMMENTS: loose})


_OURS = frozenset({Left.HEADERS})
"""What every file of ours has when it comes back."""


def _says_something(one: Proposed) -> bool:
    return one.wording is not None or bool(one.comments)
