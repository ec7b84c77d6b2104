"""Writes docs/reference-schema.md from the schema (`python -m secretariat.reference.schema_page`)."""

from __future__ import annotations

import re
import sys
import typing
from enum import Enum

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from secretariat.reference import schema
from secretariat.reference.reading import DEEPEST, LARGEST_BYTES

HEAD = f"""# Schema of reference files

Facts about a process are kept in a YAML file, one process a file, and loaded with

    flask --app wsgi reference load PATH...

Without a path the files that come with the product are loaded (`secretariat/reference/data/`). After that
`flask --app wsgi reference check` says how much is stored of each process; of bodies, meetings and outcomes,
how many its file told and how many were made here since.

A file is loaded whole or not at all; what is wrong is told with file, key and reason. A second load changes nothing. A
file that has changed adds and changes what it tells otherwise than at its last load; what people have changed in the
product since stands, and what a file no longer names is kept.

- Text is UTF-8; a file has at most {LARGEST_BYTES:,} bytes and {DEEPEST} levels. Anchors, aliases and tags are refused,
  as are keys written twice and keys that are not below.
- Dates are a year (number or text), a month or a day: `2009`, `'2009-04'`, `'2009-04-23'`. An end is the first day that
  no longer counts, unless it says otherwise.
- A missing key means that the source is silent.
- A name is known if it is a name or alias of a participant. In `participants` an unknown one becomes a participant, and
  then needs its `kind`; elsewhere (host, chair, `by`, steering group) it is kept as text, with a warning.
- `former` is a membership that ended (`until`) and what followed from it. An entry of `also` is a second standing.
- A participant that is the civil-society network itself (by its name or an alias) stands on that network's track, not
  on that of the governments.
- Words are in English; other languages are added in the product.

This page is written by `python -m secretariat.reference.schema_page > docs/reference-schema.md`; a test compares them.
"""


def schema_page() -> str:
    """The page, in Markdown."""
    parts = [
        HEAD,
        "\n## A process\n",
        *_tables(schema.ProcessFile),
        "\n## Participants\n",
        *_tables(schema.ParticipantsFile),
    ]
    return "".join(parts)


def _tables(kind: type[BaseModel]) -> list[str]:
    found = [kind]
    for one in found:
        found += [inner for field in one.model_fields.values() for inner in _models(field) if inner not in found]
    return [_table(one, heading=one is not kind) for one in found]


def _table(kind: type[BaseModel], *, heading: bool) -> str:
    doc = " ".join((kind.__doc__ or "").split())
    head = f"\n### {_title(kind)}\n" if heading else ""
    rows = "".join(_row(name, field) for name, field in kind.model_fields.items())
    return f"{head}\n{doc}\n\n| key | what | |\n|---|---|---|\n{rows}"


def _row(name: str, field: FieldInfo) -> str:
    required = "required" if field.is_required() else ""
    said = " ".join((field.description or "").split())
    return f"| `{name}` | {'. '.join(filter(None, [_shape(field), said]))} | {required} |\n"


def _shape(field: FieldInfo) -> str:
    models = _models(field)
    listed = "list[" in str(field.annotation)
    if models:
        return f"{'list of ' if listed else ''}[{_title(models[0])}](#{_title(models[0]).replace(' ', '-')})"
    enums = [part for part in _parts(field.annotation) if isinstance(part, type) and issubclass(part, Enum)]
    if enums:
        choices = "one of " + ", ".join(f"`{one.value.replace('_', '-')}`" for one in enums[0])
        return f"list, each {choices}" if listed else choices
    literals = [part for part in _parts(field.annotation) if isinstance(part, str)]
    if literals:
        return "one of " + ", ".join(f"`{one}`" for one in literals)
    if bool in _parts(field.annotation):
        return "`true` or `false`"
    if any("_date" in str(one) for one in (field.metadata, field.annotation)):
        return "date"
    return "list of texts" if listed else "text"


def _models(field: FieldInfo) -> list[type[BaseModel]]:
    return [part for part in _parts(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)]


def _parts(annotation: object) -> list[object]:
    found = [annotation]
    for one in found:
        found += list(typing.get_args(one))
    return found


def _title(kind: type[BaseModel]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__.removesuffix("Entry")).lower()


if __name__ == "__main__":
    sys.stdout.write(schema_page())
