"""What stands in a Word file, as plain values: read in a child that holds no secrets, like the words for search.

    python -m secretariat.texts.word.child MOST LONGEST

takes a file on standard input and says on standard output in JSON what it holds, or why it is not read.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from secretariat.documents.extraction import bounded
from secretariat.texts.word import names
from secretariat.texts.word.body import Block, Walker, comments_of, margins_with_words
from secretariat.texts.word.opening import Parts, opened
from secretariat.texts.word.problems import Left, NotTaken, Problem
from secretariat.texts.word.styles import W


def here(data: bytes, *, most: int, longest: int) -> dict[str, Any]:
    """What a file holds, read in this process: at most so many paragraphs of at most so many characters. Raises
    NotTaken."""
    parts = opened(data)
    document = parts.tree("word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise NotTaken(Problem.BROKEN)
    walker = Walker(parts)
    blocks = list(walker.blocks(body))
    _check(blocks, most, longest)
    walker.left[Left.HEADERS] += margins_with_words(parts)
    return {
        "properties": _properties(parts),
        "blocks": [asdict(one) for one in blocks],
        "comments": [asdict(one) for one in comments_of(parts)],
        "tracked": walker.tracked,
        "left": {kind.value: number for kind, number in walker.left.items() if number},
    }


_FRAME = 3
"""Symbol, title and end, which are no paragraphs of a text."""


def _check(blocks: list[Block], most: int, longest: int) -> None:
    held: dict[int, int] = {}
    framed = 0
    for one in blocks:
        if framed < _FRAME and (one.look.style == "title" or {names.SYMBOL, names.END} & {*one.marks}):
            framed += 1
        elif one.words.strip():
            held[one.column] = held.get(one.column, 0) + 1
            if len(one.words) > longest:
                raise NotTaken(Problem.LONG_PARAGRAPH, held[one.column])
    number = max(held.values(), default=0)
    if number > most:
        raise NotTaken(Problem.TOO_MANY_PARAGRAPHS, number)


def _properties(parts: Parts) -> dict[str, str]:
    root = parts.tree("docProps/custom.xml")
    return {one.get("name", ""): "".join(one.itertext()).strip() for one in (() if root is None else root)}


def _main() -> None:
    bounded()
    most, longest = map(int, sys.argv[1:3])
    try:
        said = here(sys.stdin.buffer.read(), most=most, longest=longest)
    except NotTaken as refused:
        said = {"problem": refused.problem.value, "number": refused.number}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    _main()
