"""Words in several languages as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.types import TypeDecorator

from secretariat.core.stored import read_json

_put = object.__setattr__


@dataclass(frozen=True, slots=True, eq=False)
class LocalText:
    """One text in one or more languages.

    `texts` maps a language code (`en`, `es`, `fr`, `ar`, ...) to the words; `original` is the language they were
    written in first, and what is shown where the reader's own language is not there.
    """

    texts: Mapping[str, str]
    original: str

    def __post_init__(self) -> None:
        kept = {language: text for language, text in self.texts.items() if text}
        object.__setattr__(self, "texts", MappingProxyType(kept))

    @classmethod
    def of(cls, text: str, language: str = "en") -> LocalText:
        """A text in a single language."""
        return cls({language: text}, language)

    def in_language(self, language: str) -> tuple[str, str]:
        """The words for a reader of `language`, and the language they are really in (the fallback is visible)."""
        text = self.texts.get(language)
        if text is not None:
            return text, language
        if self.original in self.texts:
            return self.texts[self.original], self.original
        for other, text in sorted(self.texts.items()):
            return text, other
        return "", language

    def with_text(self, language: str, text: str) -> LocalText:
        """The same text with the words in one language replaced (an empty text takes that language away)."""
        return LocalText({**self.texts, language: text}, self.original)

    def to_json(self) -> dict[str, Any]:
        return {"original": self.original, "texts": dict(sorted(self.texts.items()))}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> LocalText:
        return cls(value["texts"], value["original"])

    @classmethod
    def read(cls, written: str) -> LocalText | None:
        """What `to_json` gave, as the embedded database holds it: it was looked through when it was written."""
        value = read_json(written)
        if value is None:
            return None
        made = object.__new__(cls)
        _put(made, "texts", MappingProxyType(value["texts"]))
        _put(made, "original", value["original"])
        return made

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LocalText) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.original, tuple(sorted(self.texts.items()))))

    def __str__(self) -> str:
        return self.in_language(self.original)[0]


class LocalTextColumn(TypeDecorator[LocalText]):
    """Stores a `LocalText` as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: LocalText | None, dialect: Dialect) -> Any:
        return None if value is None else value.to_json()

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """On the embedded database in one step; a page reads a hundred of them."""
        return _read if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: Any, dialect: Dialect) -> LocalText | None:
        return None if value is None else LocalText.from_json(value)


def _read(written: str | None) -> LocalText | None:
    if written is None:
        return None
    return _known(written) if len(written) <= _SHORT else LocalText.read(written)


_SHORT = 200
"""Titles and names, which pages read again and again; the same words are the same value, and never change."""
_known = lru_cache(maxsize=5_000)(LocalText.read)
