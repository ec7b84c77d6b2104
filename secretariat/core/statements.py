"""Reads the SQL a reader's session is about to send: whatever reads a labelled table carries the filter, or stays here.

The filter is added to ORM statements (`core.session`). This looks at what came out of it, so that a way past the
filter - bare tables and raw text inside an ORM statement, a connection taken from the session - is refused instead of
answered, on either database.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from secretariat.core.database import Base, BehindTheWall, Labelled, table_of

_TARGET = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s")
_INSERT = re.compile(r"\s*INSERT INTO\s")
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.S)
_FILTERED = (
    r"(?<!NOT )(?<!NOT \()\bEXISTS \(SELECT \*\s+FROM readable_labels\s+"
    r"WHERE readable_labels\.label_id = {table}\.label_id AND readable_labels\.viewer_id = "
)
_LOCKED_ROWS = re.compile(r"\sFOR (?:NO KEY )?(?:UPDATE|SHARE|KEY SHARE)\b[\w\s,]*$")


@lru_cache(maxsize=5000)
def unfiltered_table(statement: str) -> str | None:
    """The first table this statement reads past the filter; None where it reads none.

    What a statement writes to is not read: the unit of work changes by key the rows it has loaded through the filter.
    """
    text = _LOCKED_ROWS.sub("", _COMMENT.sub(" ", statement))
    behind = _references(text, _names(BehindTheWall))
    if behind and not (_INSERT.match(text) and len(behind) == 1):
        return behind[0]
    read = _references(text, _names(Labelled))
    target = _TARGET.match(text)
    if read and target and text[target.end() :].startswith((read[0], f'"{read[0]}')):
        read = read[1:]
    for name, times in Counter(read).items():
        if len(re.findall(_FILTERED.format(table=re.escape(name)), text)) < times:
            return name
    return None


def _references(text: str, tables: frozenset[str]) -> list[str]:
    """Names by which a statement reads these tables - the alias where there is one - in order, with repetitions."""
    pattern = _pattern(tables)
    return [match["alias"] or match["table"] for match in pattern.finditer(text)] if pattern else []


@lru_cache(maxsize=16)
def _pattern(tables: frozenset[str]) -> re.Pattern[str] | None:
    if not tables:
        return None
    names = "|".join(map(re.escape, tables))  # in any order: only a whole word is one
    # The schema may be named, and letters may be large: SQLAlchemy writes neither, who writes SQL by hand may.
    return re.compile(
        rf'(?<![\w."])(?<!\bAS )(?:"?(?:public|main)"?\.)?"?(?P<table>{names})\b"?(?![.(])'
        rf'(?:\s+AS\s+"?(?P<alias>\w+)"?)?',
        re.IGNORECASE,
    )


def _names(mark: type) -> frozenset[str]:
    """Tables of the mapped classes that bear this mark; asked anew each time, since classes are mapped as they load."""
    return frozenset(
        table_of(mapper.class_).name for mapper in Base.registry.mappers if issubclass(mapper.class_, mark)
    )
