"""What is found, with the eyes of the session that asks: as many statements for much as for little.

A thing is found where its reader reads what holds the words, and the thing itself is in sight: inside all it stands in
(`confidentiality.queries`). What is not is left out before anything is counted, so that no number tells of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Text,
    bindparam,
    case,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from secretariat.confidentiality.queries import beside, in_sight
from secretariat.core import searchable
from secretariat.core.kinds import kind_of
from secretariat.search.asking import Begun, Question
from secretariat.search.models import SearchEntry

LOOKED_THROUGH = table("search_words", column("rowid"))
"""SQLite's index of whole texts beside the entries (`core.ddl.whole_texts`)."""
MOST = 1_000
"""Things that are found, counted and leafed through; who finds more is told to ask for more words."""
SUGGESTED, LOOKED_AT = 8, 40
"""Things that are suggested while one types, and how many of the latest they are chosen from."""
MOST_HOLDERS = 3
"""Things that hold the words, of each that is found, looked at for words to show."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """To what a search is narrowed."""

    kind: str = ""
    process: UUID | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that is found: its kind and key, its process and its day."""

    kind: str
    id: UUID
    process: UUID | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Found:
    """What is found, in order; of each kind, whatever kind it is narrowed to, and in each process likewise how much, so
    that one may choose another."""

    matches: Sequence[Match] = ()
    of_kinds: Mapping[str, int] = field(default_factory=dict)
    in_processes: Mapping[UUID, int] = field(default_factory=dict)
    is_all: bool = True
    """Whether there is no more than what was looked at (MOST)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A match with the thing itself, and the things in which the words stand."""

    thing: Any
    match: Match
    words_in: Sequence[Any]


def found(session: Session, asked: Question, narrowed: Narrowed, *, latest: bool) -> Found:
    """What is found: what bears the words in its title comes first, then the latest; or the latest alone."""
    everything, is_all = _matches(session, asked, Narrowed(since=narrowed.since), latest=latest)
    of_kinds = Counter(one.kind for one in everything if narrowed.process in (None, one.process))
    in_processes = Counter(one.process for one in everything if one.process and narrowed.kind in ("", one.kind))
    if not is_all and (narrowed.kind or narrowed.process):
        everything, is_all = _matches(session, asked, narrowed, latest=latest)
    chosen = [one for one in everything if narrowed.kind in ("", one.kind) and narrowed.process in (None, one.process)]
    return Found(chosen, of_kinds, in_processes, is_all)


def _matches(session: Session, asked: Question, narrowed: Narrowed, *, latest: bool) -> tuple[list[Match], bool]:
    postgresql = _is_postgresql(session)
    given = {"kind": narrowed.kind or None, "process": narrowed.process, "since": narrowed.since}
    by = {name: value for name, value in given.items() if value is not None}
    statement = _matching(postgresql, latest=latest, narrowed=tuple(by))
    rows = session.execute(statement, {**_words(asked, postgresql, in_title=not latest), **by}).all()
    seen = _in_sight(session, rows[:MOST])
    matches = [Match(row.found_kind, row.found_id, row.process_id, row.day) for row in rows[:MOST]]
    return [one for one in matches if one.id in seen], len(rows) <= MOST


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


_FOUND = (SearchEntry.found_kind, SearchEntry.found_id, SearchEntry.process_id)


@cache
def _matching(postgresql: bool, *, latest: bool, narrowed: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    day = func.max(SearchEntry.dated_on)
    order: list[ColumnElement[Any]] = [day.is_(None), day.desc(), func.max(SearchEntry.id).desc()]
    if not latest:
        order.insert(0, func.max(case((_bears(postgresql, "title_words"), 1), else_=0)).desc())
    return (
        select(*_FOUND, day.label("day"))
        .where(*_conditions(postgresql, narrowed))
        .group_by(*_FOUND)
        .order_by(*order)
        .limit(MOST + 1)
    )


def _words(asked: Question, postgresql: bool, *, in_title: bool = False) -> dict[str, Any]:
    names = ["words", *(["title_words"] if in_title else [])]
    return {f"in_{name}": asked.for_postgresql if postgresql else asked.for_sqlite(name) for name in names}


def _conditions(postgresql: bool, narrowed: Sequence[str]) -> list[ColumnElement[bool]]:
    said = {
        "kind": SearchEntry.found_kind == bindparam("kind"),
        "process": SearchEntry.process_id == bindparam("process", type_=SearchEntry.process_id.type),
        "since": SearchEntry.dated_on >= bindparam("since", type_=SearchEntry.dated_on.type),
    }
    return [_bears(postgresql, "words"), *(said[name] for name in narrowed)]


def _bears(postgresql: bool, name: str) -> ColumnElement[bool]:
    """Whether an entry has all words that are asked for, each in one of its forms."""
    asked = bindparam(f"in_{name}", type_=Text())
    if postgresql:
        held: Any = getattr(SearchEntry, name)
        return held.op("@@", return_type=Boolean())(func.to_tsquery("simple", asked))  # type: ignore[no-any-return]
    of = literal_column("search_words").op("MATCH", return_type=Boolean())(asked)
    return SearchEntry.id.in_(select(LOOKED_THROUGH.c.rowid).where(of))


def _in_sight(session: Session, rows: Sequence[Any]) -> set[UUID]:
    """Which of these things are in sight; one statement a kind."""
    seen: set[UUID] = set()
    for kind, keys in _by_kind((row.found_kind, row.found_id) for row in rows).items():
        seen.update(session.scalars(_keys_in_sight(kind), {"keys": keys}))
    return seen


@cache
def _keys_in_sight(kind: str) -> Select[*tuple[Any, ...]]:
    model = _models()[kind]
    return in_sight(model).with_only_columns(model.id).where(model.id.in_(bindparam("keys", expanding=True)))


@cache
def _models() -> Mapping[str, type[Any]]:
    return {one.found.__tablename__: one.found for one in searchable.every()}


def _by_kind(pairs: Iterable[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, key in pairs:
        by_kind[kind].append(key)
    return by_kind


def hits(session: Session, asked: Question, matches: Sequence[Match]) -> list[Hit]:
    """The things themselves, in this order; some statements for each kind."""
    words_in = _words_in(session, asked, [one.id for one in matches])
    things = _things(session, matches)
    return [Hit(things[one.id], one, words_in.get(one.id, ())) for one in matches if one.id in things]


def _things(session: Session, matches: Sequence[Match]) -> dict[UUID, Any]:
    things: dict[UUID, Any] = {}
    for kind, keys in _by_kind((one.kind, one.id) for one in matches).items():
        model = _models()[kind]
        wanted = in_sight(model).where(model.id.in_(keys)).options(*beside(model))
        things |= {one.id: one for one in session.scalars(wanted) if kind_of(one) is not None}
    return things


def suggested(session: Session, asked: Begun) -> list[Hit]:
    """Things whose own titles have these words, the latest first. As one types, few are looked at: what stands in
    something hidden is left out of these, and nothing is counted."""
    postgresql = _is_postgresql(session)
    words = asked.for_postgresql if postgresql else asked.for_sqlite("title_words")
    rows = session.execute(_titled(postgresql), {"in_title_words": words}).all()
    seen = _in_sight(session, rows)
    matches = [Match(row.found_kind, row.found_id, row.process_id, row.dated_on) for row in rows]
    chosen = [one for one in matches if one.id in seen][:SUGGESTED]
    things = _things(session, chosen)
    return [Hit(things[one.id], one, ()) for one in chosen if one.id in things]


@cache
def _titled(postgresql: bool) -> Select[*tuple[Any, ...]]:
    day = SearchEntry.dated_on
    return (
        select(*_FOUND, day)
        .where(_bears(postgresql, "title_words"), SearchEntry.thing_id == SearchEntry.found_id)
        .order_by(day.is_(None), day.desc(), SearchEntry.id.desc())
        .limit(LOOKED_AT)
    )


@cache
def _holding(postgresql: bool) -> Select[*tuple[Any, ...]]:
    return select(SearchEntry.found_id, SearchEntry.thing_kind, SearchEntry.thing_id).where(
        SearchEntry.found_id.in_(bindparam("found", expanding=True)), _bears(postgresql, "words")
    )


def _words_in(session: Session, asked: Question, keys: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """For each thing that is found, what holds the words: itself first, then what stands in it; a few are enough."""
    postgresql = _is_postgresql(session)
    holding = session.execute(_holding(postgresql), {**_words(asked, postgresql), "found": list(keys)}).all()
    few: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(holding, key=lambda each: each.thing_id != each.found_id):
        if len(few[row.found_id]) < MOST_HOLDERS:
            few[row.found_id].append(row)
    held: dict[UUID, Any] = {}
    for kind, wanted in _by_kind((row.thing_kind, row.thing_id) for rows in few.values() for row in rows).items():
        said = searchable.by_name(kind)
        if said is not None:
            held |= {one.id: one for one in session.scalars(select(said.model).where(said.model.id.in_(wanted)))}
    return {key: [held[row.thing_id] for row in rows if row.thing_id in held] for key, rows in few.items()}
