"""What styles and numberings of a file say of a paragraph: whether it is a heading, and how it is numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from secretariat.texts.word.opening import Parts

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading (\d)")
_BODY = 9
"""The outline level of what is no heading."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph is by its looks: the rank of a heading from 0 (None for what is none), and the format and rank
    of its number (`decimal`, `lowerLetter`, `bullet` ...; empty without one)."""

    style: str = ""
    outline: int | None = None
    numbered: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    outline: int | None
    numbering: tuple[str | None, int | None]


class Looks:
    """The styles and numberings of a file."""

    def __init__(self, parts: Parts) -> None:
        self._styles: dict[str, tuple[str, Any]] = {}
        self._known: dict[str, _Style] = {}
        self._default = ""
        self.hidden: set[str] = set()
        """Styles whose words are not shown."""
        linked: dict[str, str] = {}
        styles = parts.tree("word/styles.xml")
        for one in () if styles is None else styles.iter(f"{W}style"):
            key, kind = one.get(f"{W}styleId", ""), one.get(f"{W}type", "paragraph")
            if is_hidden(one.find(f"{W}rPr")):
                self.hidden.add(key)
            if kind == "numbering":
                linked[key] = _numbering(one.find(f"{W}pPr"))[0] or ""
            elif kind == "paragraph":
                self._styles[key] = (_value(one, "basedOn") or "", one)
                if one.get(f"{W}default") in ("1", "true", "on"):
                    self._default = key
        self._formats = _formats(parts.tree("word/numbering.xml"), linked)

    def of(self, properties: Any | None) -> Look:
        """What a paragraph with these properties is."""
        style = self._style((_value(properties, "pStyle") if properties is not None else None) or self._default)
        outline = _number(_value(properties, "outlineLvl")) if properties is not None else None
        own = _numbering(properties)
        key = own[0] if own[0] is not None else style.numbering[0]
        rank = own[1] if own[1] is not None else style.numbering[1]
        numbered = self._formats.get((key or "", rank or 0), "") if key not in (None, "0") else ""
        level = style.outline if outline is None else outline
        return Look(style.name, None if level == _BODY else level, numbered, rank or 0)

    def _style(self, key: str) -> _Style:
        if key not in self._known:
            self._known[key] = self._resolved(key)
        return self._known[key]

    def _resolved(self, key: str) -> _Style:
        """A style with what it has of those it is based on, of which some go in circles."""
        name, outline, number, rank = "", None, None, None
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            base, element = self._styles[key]
            properties = element.find(f"{W}pPr")
            own = (_value(element, "name") or "").lower()
            name = name or own
            heading = _HEADING.fullmatch(own)
            if outline is None:
                outline = _number(_value(properties, "outlineLvl")) if properties is not None else None
            if outline is None and heading:
                outline = int(heading[1]) - 1
            found = _numbering(properties)
            number, rank = (number or found[0], rank if rank is not None else found[1])
            key = base
        return _Style(name, outline, (number, rank))


def is_hidden(properties: Any | None) -> bool:
    """Whether words with these properties of a run are not shown."""
    found = properties.find(f"{W}vanish") if properties is not None else None
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")


def _formats(numbering: Any | None, linked: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """How each rank of each numbering is written. One may say that it is that of a style (`linked`: its numbering)."""
    if numbering is None:
        return {}
    own = {one.get(f"{W}numId", ""): _value(one, "abstractNumId") for one in numbering.iter(f"{W}num")}
    abstract = {
        one.get(f"{W}abstractNumId"): _ranks(one.findall(f"{W}lvl")) for one in numbering.iter(f"{W}abstractNum")
    }
    for one in numbering.iter(f"{W}abstractNum"):
        style = _value(one, "numStyleLink")
        if style is not None:
            abstract[one.get(f"{W}abstractNumId")] = abstract.get(own.get(linked.get(style, "")), {})
    formats: dict[tuple[str, int], str] = {}
    for one in numbering.iter(f"{W}num"):
        key = one.get(f"{W}numId", "")
        overridden = _ranks([level for over in one.findall(f"{W}lvlOverride") for level in over.findall(f"{W}lvl")])
        for rank, kind in {**abstract.get(_value(one, "abstractNumId"), {}), **overridden}.items():
            formats[key, rank] = kind
    return formats


def _ranks(levels: list[Any]) -> dict[int, str]:
    """The format of each rank; one that writes nothing before the words numbers nothing."""
    found = {}
    for one in levels:
        kind = _value(one, "numFmt") or "decimal"
        words = _value(one, "lvlText")
        found[_number(one.get(f"{W}ilvl")) or 0] = "" if kind == "none" or words == "" else kind
    return found


def _numbering(properties: Any | None) -> tuple[str | None, int | None]:
    held = properties.find(f"{W}numPr") if properties is not None else None
    if held is None:
        return None, None
    return _value(held, "numId"), _number(_value(held, "ilvl"))


def _value(element: Any, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    value: str | None = None if found is None else found.get(f"{W}val")
    return value


def _number(words: str | None) -> int | None:
    return int(words) if words is not None and words.isascii() and words.isdigit() and len(words) < 6 else None
