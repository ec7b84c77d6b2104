"""Reads a YAML file that may come from anywhere: safely, within limits, and with a sentence for what cannot be read."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import yaml

LARGEST_BYTES = 1_000_000
DEEPEST = 12
"""How far lists and entries may stand inside one another; the schema needs five."""

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnreadableError(ValueError):
    """The file cannot be read as reference data. The message is a sentence for a person, the key first."""


class _UniqueKeys(_Loader):  # type: ignore[misc]
    """A safe loader that refuses a key written twice, where YAML would silently keep the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise UnreadableError(f"line {key.start_mark.line + 1}: a key must be a word")
            if key.value in seen:
                raise UnreadableError(
                    f"{key.value}: is written twice, the second time in line {key.start_mark.line + 1}"
                )
            seen.add(key.value)
        made: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return made


def read(path: Path) -> tuple[dict[str, Any], bytes]:
    """What a file holds, and its bytes. Raises UnreadableError."""
    try:
        if not path.exists():
            raise UnreadableError("there is no such file")
        if not path.is_file():
            raise UnreadableError("is not a file")
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror})") from None
    if len(content) > LARGEST_BYTES:
        raise UnreadableError(f"is larger than {LARGEST_BYTES:,} bytes; no reference file needs that much")
    return parse(content), content


def parse(content: bytes) -> dict[str, Any]:
    """The entries of a file. Raises UnreadableError."""
    try:
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"is not UTF-8 text (byte {error.start + 1})") from None
    try:
        _look_over(text)
        value = yaml.load(text, Loader=_UniqueKeys)  # noqa: S506 - derived from the safe loader
    except UnreadableError:
        raise
    except yaml.YAMLError as error:
        raise UnreadableError(_told(error)) from None
    except (ValueError, OverflowError) as error:
        raise UnreadableError(f"a number or a day in it cannot be read ({error})") from None
    if not isinstance(value, dict):
        raise UnreadableError("holds no entries; a file begins with `slug:` (a process) or `participants:`")
    return value


def _look_over(text: str) -> None:
    """Refuse what would grow or nest without end, before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise UnreadableError(f"line {line}: uses an anchor or alias (& or *); write the entry out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise UnreadableError(f"line {line}: entries stand more than {DEEPEST} deep in one another")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _told(error: yaml.YAMLError) -> str:
    mark: yaml.Mark | None = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "cannot be read as YAML"
    if "could not determine a constructor" in problem:
        problem = "uses a tag of a programming language; only plain text, numbers, lists and entries are read"
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)
