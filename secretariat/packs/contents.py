"""What stands in a pack: which papers, each in which language, and what became of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from secretariat.core.localtext import LocalText
from secretariat.documents.models import DocumentState, VersionState
from secretariat.documents.queries import ListedDocument, ListedVersion


class Became(StrEnum):
    """What became of a paper in a pack: it stands in it, or why it does not."""

    INSIDE = "inside"
    INSIDE_ENCRYPTED = "inside_encrypted"
    INSIDE_BROKEN = "inside_broken"
    NO_TEXT = "no_text"
    NO_PAGES = "no_pages"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    LAYERED = "layered"
    TOO_LONG = "too_long"
    TOO_MUCH = "too_much"
    UNPACKS_TOO_FAR = "unpacks_too_far"
    LOST = "lost"
    NOT_SET = "not_set"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it would stand in a pack: `language` is the one it is there in (none: not yet in any), `file` its
    file; one by paragraph has an `edition`."""

    document: UUID
    symbol: str
    title: LocalText
    label_id: int
    item_id: UUID | None
    language: str | None
    file: UUID | None = None
    edition: UUID | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What became of a paper, and what it was then: its label, its file or edition, its language. `key` is a piece in
    the storage that waits to be bound, of so many `pages` and `size` bytes."""

    became: Became
    label_id: int
    language: str | None
    file: str | None = None
    edition: str | None = None
    key: str | None = None
    pages: int = 0
    size: int = 0
    item: str | None = None
    """The item of the agenda under whose title it stands on the contents page."""

    @classmethod
    def of(cls, paper: Paper, became: Became, *, key: str | None = None, pages: int = 0, size: int = 0) -> Part:
        """What became of a paper as it is now."""
        return cls(became, paper.label_id, paper.language, _text(paper.file), _text(paper.edition), key, pages, size)

    @property
    def is_inside(self) -> bool:
        """Whether its words stand in the pack."""
        return self.became in (Became.INSIDE, Became.INSIDE_ENCRYPTED, Became.INSIDE_BROKEN)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Part:
        return cls(**{**stored, "became": Became(stored["became"])})

    def is_of(self, paper: Paper) -> bool:
        """Whether the paper is still what it was: the same words in the same language under the same label."""
        return (self.label_id, self.language, self.file, self.edition) == (
            paper.label_id,
            paper.language,
            _text(paper.file),
            _text(paper.edition),
        )


def _text(key: UUID | None) -> str | None:
    return str(key) if key is not None else None


def parts_of(stored: dict[str, Any]) -> dict[UUID, Part]:
    """The parts of a pack by document."""
    return {UUID(key): Part.from_json(one) for key, one in stored.items()}


def stands_in_packs(one: ListedDocument) -> bool:
    """What is issued and out. Drafts do not, nor what waits for its day, was withdrawn or gave way to a revision."""
    return one.released and one.state is DocumentState.ISSUED


def chosen(one: ListedDocument, wanted: str) -> ListedVersion | None:
    """The version of a document that stands in a pack: in the language asked for, else the original, else the first."""
    there = [version for version in one.versions if _is_there(one, version)]
    return next(
        (version for version in there if version.language == wanted),
        next((version for version in there if version.state is VersionState.ORIGINAL), next(iter(there), None)),
    )


def _is_there(one: ListedDocument, version: ListedVersion) -> bool:
    return version.file is not None or (one.by_paragraph and version.state is not VersionState.AWAITED)


def in_order(papers: Iterable[Paper], items: Sequence[UUID]) -> list[Paper]:
    """Papers by the item of the agenda they are for; after these, those for no item (or for one that is hidden). Within
    an item they stay as they come."""
    places = {item: place for place, item in enumerate(items)}
    return sorted(papers, key=lambda one: places.get(one.item_id, len(places)) if one.item_id else len(places))
