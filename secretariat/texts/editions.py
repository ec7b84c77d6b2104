"""What an edition says, as a value that can be hashed. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.core.localtext import LocalText
from secretariat.texts.paragraphs import Counted, ParagraphKind, Piece, counted


@dataclass(frozen=True, slots=True)
class Content:
    """A text at one moment: its title, its languages, which of these are authentic, and its paragraphs in order."""

    title: LocalText
    original: str
    languages: tuple[str, ...]
    authentic: tuple[str, ...]
    pieces: tuple[Piece, ...]

    def counted(self) -> Sequence[Counted]:
        """Its paragraphs with their numbers."""
        return tuple(counted(self.pieces))

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title.to_json(),
            "original": self.original,
            "languages": list(self.languages),
            "authentic": list(self.authentic),
            "paragraphs": [
                {"id": str(one.id), "kind": one.kind.value, "depth": one.depth, "words": one.words.to_json()}
                for one in self.pieces
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Content:
        return cls(
            LocalText.from_json(stored["title"]),
            stored["original"],
            tuple(stored["languages"]),
            tuple(stored["authentic"]),
            tuple(_pieces(stored["paragraphs"])),
        )

    @property
    def sha256(self) -> str:
        """Of what it says, whatever the order in which a database keeps keys."""
        written = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def _pieces(stored: Iterable[Mapping[str, Any]]) -> Iterable[Piece]:
    for one in stored:
        kind = ParagraphKind(one["kind"])
        yield Piece(UUID(one["id"]), kind, one["depth"], LocalText.from_json(one["words"]))


def digest_of(words: str) -> str:
    """What tells one wording from another, for translations that were made from it."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]
