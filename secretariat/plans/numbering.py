"""Numbers and places in a plan: `1.1.1` for what was adopted, a letter after it for a commitment. Pure.

A proposal has no number: the next letter is given when it is accepted, from a sequence of those who will read it, so
that no gap tells of a proposal that was not taken up.
"""

from __future__ import annotations

_STEP = 4


def letters(number: int) -> str:
    """`a` for 1, `z` for 26, `aa` for 27. Raises ValueError below 1."""
    if number < 1:
        raise ValueError(f"numbers begin at 1, not {number}")
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written


def part_number(above: str, position: int) -> str:
    """The number of an area, objective or activity: that of the part above and its own place in it."""
    return f"{above}.{position}" if above else str(position)


def commitment_number(part: str, number: int | None) -> str:
    """`1.1.1 b`; empty while it is a proposal."""
    if number is None:
        return ""
    return f"{part} {letters(number)}" if part else letters(number)


def place(above: str, position: int) -> str:
    """A key that sorts the parts of a plan as they stand on paper: parts of a part after it, in their order."""
    return f"{above}{position:0{_STEP}d}."
