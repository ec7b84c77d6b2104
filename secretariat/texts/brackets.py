"""Words in square brackets: what is not agreed yet. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph; `open` where it stands in brackets, which it then holds itself."""

    words: str
    open: bool


class BracketsDoNotClose(ValueError):
    """A bracket has no counterpart. `at` is its place in the words, `words` what stands around it."""

    def __init__(self, words: str, at: int) -> None:
        self.at = at
        self.around = words[max(0, at - 20) : at + 21].strip()
        super().__init__(self.around)


def check(words: str) -> None:
    """Raises BracketsDoNotClose at the first bracket without its counterpart."""
    opened: list[int] = []
    for place, sign in enumerate(words):
        if sign == "[":
            opened.append(place)
        elif sign == "]":
            if not opened:
                raise BracketsDoNotClose(words, place)
            opened.pop()
    if opened:
        raise BracketsDoNotClose(words, opened[-1])


def parts(words: str) -> Iterator[Part]:
    """The words in stretches, each in brackets or not; brackets inside others stay in the outer stretch. Brackets that
    do not close are shown as they stand."""
    begun, depth = 0, 0
    for place, sign in enumerate(words):
        if sign == "[":
            if depth == 0 and place > begun:
                yield Part(words[begun:place], open=False)
                begun = place
            elif depth == 0:
                begun = place
            depth += 1
        elif sign == "]" and depth > 0:
            depth -= 1
            if depth == 0:
                yield Part(words[begun : place + 1], open=True)
                begun = place + 1
    if begun < len(words):
        yield Part(words[begun:], open=False)


def is_open(words: str) -> bool:
    """Whether any of the words stand in brackets."""
    return any(one.open for one in parts(words))
