"""A figure of a paper as a picture, for a word processor: the bars of a chart, drawn as the press draws them.

Only what the charts are made of is known: rectangles in an ink or the hatch, and figures written in or beside them.
Words are no part of a picture: they stand beside it, where they can be read, translated and searched.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

SCALE = 4
"""Dots of the picture for one unit of the drawing: some 400 to an inch."""
_INK, _PAPER, _HATCHED = "#000", "#fff", "#17506f"
_HATCH_EACH, _HATCH_WIDE = 5, 1.6
_LETTERS = 11
_KNOWN = frozenset({"rect", "text", "title", "g"})


class UnknownShape(ValueError):
    """A drawing holds a shape no picture is made of."""


def size_of(svg: Any) -> tuple[int, int]:
    """The width and height of a drawing in its own units."""
    _left, _top, width, height = (svg.get("viewBox") or svg.get("viewbox")).split()  # HTML knows no capitals
    return int(width), int(height)


def png(svg: Any) -> bytes:
    """The drawing as a picture. Raises UnknownShape."""
    from PIL import Image, ImageDraw, ImageFont

    width, height = size_of(svg)
    image = Image.new("RGB", (width * SCALE, height * SCALE), _PAPER)
    draw = ImageDraw.Draw(image)
    letters = ImageFont.load_default(_LETTERS * SCALE)
    for shape in _shapes(svg):
        if shape.tag == "rect":
            box = _box(shape)
            if shape.get("fill", "").startswith("url("):
                _hatch(image, box)
            else:
                draw.rectangle(box, fill=shape.get("fill", _INK))
        elif shape.tag == "text":
            at = float(shape.get("x")) * SCALE, float(shape.get("y")) * SCALE
            draw.text(at, shape.text_content().strip(), shape.get("fill", _INK), letters, anchor="ms")
        elif shape.tag not in _KNOWN:
            raise UnknownShape(f"no picture is made of <{shape.tag}>")
    out = BytesIO()
    image.save(out, "PNG", optimize=True, dpi=(96 * SCALE, 96 * SCALE))
    return out.getvalue()


def _shapes(svg: Any) -> Iterator[Any]:
    """What is drawn, one thing on the other; what only says how something is filled is no part of it."""
    for child in svg:
        if isinstance(child.tag, str) and child.tag not in ("defs", "pattern"):
            yield child
            yield from _shapes(child)


def _box(shape: Any) -> tuple[int, int, int, int]:
    left, top = float(shape.get("x", 0)), float(shape.get("y", 0))
    right, bottom = left + float(shape.get("width")), top + float(shape.get("height"))
    return round(left * SCALE), round(top * SCALE), round(right * SCALE) - 1, round(bottom * SCALE) - 1


def _hatch(image: Any, box: tuple[int, int, int, int]) -> None:
    """Slanting lines as those of the press, in a piece of paper of its own so that none runs over the edge."""
    from PIL import Image, ImageDraw

    width, height = box[2] - box[0] + 1, box[3] - box[1] + 1
    piece = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(piece)
    apart = round(_HATCH_EACH * SCALE * 2**0.5)
    for start in range(-height, width + height, apart):
        draw.line((start, height, start + height, 0), _HATCHED, round(_HATCH_WIDE * SCALE))
    image.paste(piece, box[:2])
