"""Sentences that are kept, and read later by somebody of another language: in every language the product speaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from secretariat.core.languages import LANGUAGES, current_reading, language_or_none, reading_in
from secretariat.core.languages.words import in_its_direction


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in several languages; as text it is that of the present reader."""

    texts: Mapping[str, str]

    @classmethod
    def of(cls, say: Callable[[], Any]) -> Sentence:
        """What `say` says in each language."""
        zone, texts = current_reading().zone, {}
        for code in LANGUAGES:
            with reading_in(code, zone):
                texts[code] = str(say())
        return cls(texts)

    def __str__(self) -> str:
        return self.texts.get(current_reading().language.code) or next(iter(self.texts.values()), "")

    def about(self, name: str) -> Sentence:
        """The same, beginning with the name of what it is about where it does not say it."""
        return Sentence({code: one if name in one else _beginning(code, name, one) for code, one in self.texts.items()})


def _beginning(code: str, name: str, sentence: str) -> str:
    language = language_or_none(code)
    return f"{in_its_direction(name, language) if language is not None else name}: {sentence}"
