"""Figures on paper: the inks of pages stand in style sheets, which a drawing in a print does not know."""

from __future__ import annotations

import re

INKS = {
    "f0": 'fill="#fff"',
    "f1": 'fill="#17506f"',
    "f2": 'fill="#6c9ab3"',
    "f3": 'fill="#d3dfe5"',
    "f4": 'stroke="#17506f"',
    "fon": 'fill="#fff"',
}
_HATCH = re.compile(r'<pattern id="hatch".*?</pattern>', re.DOTALL)
_DRAWING = re.compile(r"<svg\b(?![^>]*\bclass=\"sprite\")[^>]*>")
_INK = re.compile(rf'\bclass="({"|".join(INKS)})"')


def inked(html: str) -> str:
    """The paper with its inks said in each drawing itself, the hatch too."""
    found = _HATCH.search(html)
    made = _INK.sub(lambda ink: INKS[ink[1]], html)
    if found is None:
        return made
    hatch = _INK.sub(lambda ink: INKS[ink[1]], found[0])
    return _outer(made, hatch)


def _outer(html: str, hatch: str) -> str:
    """The hatch is said once in each drawing that stands in no other."""
    parts, depth, last = [], 0, 0
    for tag in re.finditer(r"<svg\b[^>]*>|</svg>", html):
        if tag[0] == "</svg>":
            depth -= 1
        else:
            if depth == 0 and _DRAWING.fullmatch(tag[0]):
                parts += [html[last : tag.end()], f"<defs>{hatch}</defs>"]
                last = tag.end()
            depth += 1
    return "".join([*parts, html[last:]])
