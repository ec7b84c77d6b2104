"""Keeping the index true: whatever is written, relabelled or taken away has its entry written in the same transaction.

The entry of a thing carries the label of the thing, so that who searches is told of nothing else, neither by a title
nor by a number of things found. What the label of a thing is, `core.labelling` alone decides; here it is copied as the
thing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Engine, Select, bindparam, column, delete, insert, select, table, update
from sqlalchemy.inspection import inspect
from sqlalchemy.orm import Session

from secretariat.core import searchable
from secretariat.core.database import is_postgresql, table_of
from secretariat.core.localtext import LocalText
from secretariat.core.searchable import Searchable, Words
from secretariat.core.session import Reason, system_unit
from secretariat.core.stems import ALGORITHMS, forms_of, words_in
from secretariat.search.models import SearchEntry

MOST_STEMS = 20_000
"""Different stems kept of one thing; a file of more is found by those it begins with."""
AT_ONCE = 200
"""Things whose entries are written in one transaction, when those that have none are brought in."""


def write(session: Session, things: Sequence[Any], gone: Iterable[UUID] = ()) -> int:
    """Put the entries of these things in place of those they had, and take those of what is gone away; how many there
    are now."""
    entries, connection = table_of(SearchEntry), session.connection()
    keys = [*(one.id for one in things), *gone]
    for begin in range(0, len(keys), AT_ONCE):
        connection.execute(delete(entries).where(entries.c.thing_id.in_(keys[begin : begin + AT_ONCE])))
    rows = list(_rows(session, things))
    if rows:
        connection.execute(insert(entries), rows)
    _redate(session, things)
    return len(rows)


def _redate(session: Session, things: Sequence[Any]) -> None:
    """Words that stand in a thing are dated as the thing is."""
    entries = table_of(SearchEntry)
    days = [
        {"thing": one.id, "day": said.day(one)}
        for one in things
        if (said := searchable.of(one)) is not None and said.model in _dating()
    ]
    if days:
        session.connection().execute(
            update(entries)
            .where(
                entries.c.dated_by == bindparam("thing", type_=entries.c.dated_by.type),
                entries.c.dated_on.is_distinct_from(bindparam("day", type_=entries.c.dated_on.type)),
            )
            .values(dated_on=bindparam("day", type_=entries.c.dated_on.type)),
            days,
        )


@cache
def _dating() -> frozenset[type[Any]]:
    """Classes whose day is also that of what stands in their things."""
    passed = {step.to for one in searchable.every() if not one.is_dated for step in one.way}
    return frozenset(one.model for one in searchable.every() if one.is_dated and one.model in passed)


def _rows(session: Session, things: Sequence[Any]) -> Iterator[dict[str, Any]]:
    by_class: dict[str, list[Any]] = defaultdict(list)
    for one in things:
        by_class[one.__tablename__].append(one)
    for name, alike in by_class.items():
        said = searchable.by_name(name)
        assert said is not None  # only such things come here
        standing = [one for one in alike if said.stands(one)]
        ways = _ways(session, said, standing)
        for one in standing:
            yield _row(said, one, ways[one.id])


def _row(said: Searchable, one: Any, way: Sequence[_Stood]) -> dict[str, Any]:
    title = _stems(_some(said.title(one)), said.language(one))
    more = _stems(said.words(one), said.language(one))
    dated = next((each for each in way if each.is_dated), None)
    return {
        "thing_kind": said.name,
        "thing_id": one.id,
        "found_kind": said.found.__tablename__,
        "found_id": way[said.shown].id,
        "process_id": way[-1].process,
        "dated_on": dated.day if dated else None,
        "dated_by": dated.id if dated is not None and dated.id != one.id else None,
        "title_words": " ".join(sorted(title)),
        "words": " ".join(sorted(title | more)),
        "label_id": one.label_id,
    }


def _some(given: Any) -> Iterable[Words]:
    return [given] if given is None or isinstance(given, (str, LocalText)) else given


def _stems(given: Iterable[Words], language: str | None) -> set[str]:
    found: set[str] = set()
    for text, languages in _texts(given, [language] if language else list(ALGORITHMS)):
        for word in words_in(text):
            found |= forms_of(word, languages)
            if len(found) > MOST_STEMS:
                return found
    return found


def _texts(given: Iterable[Words], otherwise: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    for one in given:
        if isinstance(one, LocalText):
            yield from ((text, [language]) for language, text in one.texts.items())
        elif one:
            yield one, otherwise


class _Stood(NamedTuple):
    """A thing, or what it stands in: its key, its process, and its day where it has one."""

    id: UUID | None
    process: UUID | None
    is_dated: bool = False
    day: date | None = None


def _ways(session: Session, said: Searchable, things: Sequence[Any]) -> dict[UUID, list[_Stood]]:
    """Of each thing, itself and what it stands in, one statement a step."""
    ways = {one.id: [_Stood(one.id, _process(one), said.is_dated, said.day(one))] for one in things}
    at: dict[UUID, Any] = {one.id: getattr(one, said.way[0].column) for one in things} if said.way else {}
    for number, step in enumerate(said.way):
        after = said.way[number + 1].column if number + 1 < len(said.way) else None
        near = _columns(step.to).where(step.to.id.in_({*at.values()} - {None}))
        rows = {row.id: row for row in session.execute(near)}
        there = searchable.by_name(step.to.__tablename__)
        dated = there if there is not None and there.is_dated else None
        for thing, key in at.items():
            row = rows.get(key)
            day = dated.day(row) if dated is not None and row is not None else None
            ways[thing].append(_Stood(key, getattr(row, "process_id", None), dated is not None, day))
            at[thing] = getattr(row, after) if row is not None and after else None
    return ways


def _columns(model: type[Any]) -> Select[*tuple[Any, ...]]:
    """All columns of a class, and no objects: in the midst of a flush none is loaded."""
    return select(*(getattr(model, each.key) for each in inspect(model).column_attrs))


def _process(one: Any) -> UUID | None:
    return one.id if one.__tablename__ == "processes" else getattr(one, "process_id", None)


def bring_in(engine: Engine, *, anew: bool = False) -> int:
    """Write the entries of things that have none, of all where `anew`; how many. A part at a time, so that whoever
    stops it loses nothing."""
    return sum(_bring_in(engine, said, anew=anew) for said in searchable.every())


def _bring_in(engine: Engine, said: Searchable, *, anew: bool) -> int:
    model, entries = said.model, table_of(SearchEntry)
    written, last = 0, None
    while True:
        with system_unit(engine, Reason.SEARCH) as system:
            wanted = select(model).order_by(model.id).limit(AT_ONCE)
            if last is not None:
                wanted = wanted.where(model.id > last)
            if not anew:
                wanted = wanted.where(~select(entries.c.id).where(entries.c.thing_id == model.id).exists())
            things = list(system.scalars(wanted))
            if not things:
                return written
            written, last = written + write(system, things), things[-1].id


def sweep(engine: Engine) -> int:
    """Take away the entries of things that were erased past the unit of work; how many. On SQLite what was taken away
    before is then thrown out of the index, too: it would lie there until it is written anew."""
    swept, entries = 0, table_of(SearchEntry)
    with system_unit(engine, Reason.SEARCH) as system:
        for said in searchable.every():
            things = table_of(said.model)
            there = select(things.c.id).where(things.c.id == entries.c.thing_id).exists()
            gone = delete(entries).where(entries.c.thing_kind == said.name, ~there)
            swept += system.connection().execute(gone).rowcount
        if not is_postgresql(system.connection()):
            looked_through = table("search_words", column("search_words"))
            system.connection().execute(insert(looked_through).values(search_words="optimize"))
    return swept
