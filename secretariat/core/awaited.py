"""What is awaited of whom: one registry, fed by every feature that awaits something, read by home pages, call lists,
digests and policies alike. There is one way to be nudged.

A feature registers a source: a named read that yields `Awaited` values under the eyes of the session it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from secretariat.core.localtext import LocalText


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing awaited.

    `kind` names what is asked (`commitment`, `proposal`, `invitation`, `milestone`), `subject` the thing's id,
    `participant` of whom it is awaited; None where it is nobody's in the process, so that the secretariat sees to it
    alone, and `by_whom` names who it is. `due_on` is None for what has no date; `since` is when the waiting began.
    `title` is the thing's own words, `last_word` the last thing told about it. `cycle` changes when the asking begins
    anew (a new due date, a new period): a reminder is unique by subject, step and cycle. `label_id` is the thing's
    label: a mail repeats no words of what is for named readers, nor of what does not say; `last_word_label_id` says it
    of the last word, which has readers of its own. `within` is what the subject stands in, where that matters (the
    meeting of an invitation, the plan of a commitment). `language` is that in which something is awaited, where it is a
    matter of languages. `office` is the role that is asked, where that is not who speaks for the participant: a
    submission of civil society awaits the liaison officer. What one person alone can say awaits that person
    (`office_of`): one's own details.
    `earlier` are the ids the same thing had before, under which it may have been asked already. `rung_from` is from
    when one rings about it whatever the policy asks by mail: what is urgent, and has come to nobody's eyes.
    """

    kind: str
    subject: UUID
    process: UUID
    track: UUID
    participant: UUID | None
    title: LocalText
    since: date
    due_on: date | None = None
    last_word: LocalText | None = None
    last_word_on: date | None = None
    status: str = ""
    cycle: str = ""
    label_id: int | None = None
    last_word_label_id: int | None = None
    within: UUID | None = None
    by_whom: str = ""
    language: str = ""
    office: str = ""
    earlier: tuple[UUID, ...] = ()
    rung_from: datetime | None = None


_PERSON = "person:"


def office_of(person: UUID) -> str:
    """What awaits this person and nobody else, as an office (`Awaited.office`)."""
    return f"{_PERSON}{person}"


def is_for(one: Awaited, person: UUID | None) -> bool:
    """Whether somebody of the participant is meant by it: all are, but by what awaits another person."""
    return not one.office.startswith(_PERSON) or (person is not None and one.office == office_of(person))


Source = Callable[[Session, UUID | None, UUID | None, date], Iterable[Awaited]]
Rows = Callable[..., Select[*tuple[Any, ...]]]
_sources: dict[str, Source] = {}
_rare: dict[str, Rows] = {}


def register(name: str, source: Source, *, rare: Rows | None = None) -> None:
    """Enter a feature's source of awaited things, of one kind or several: `source(session, process, participant, on)`;
    None means all.

    `rare` is for a source that mostly has nothing: the statement it reads its rows by, as
    `rare(of_process=..., of_participant=...)`, with the parameters `process`, `participant` and `on`. Whether there are
    any is then asked for all such sources at once, and only those that have some are read: everybody's first page asks.
    """
    if _sources.get(name, source) is not source:
        raise ValueError(f"there is already a source of what is awaited called {name!r}")
    _sources[name] = source
    if rare is not None:
        _rare[name] = rare
        _presence.cache_clear()


def awaited(
    session: Session, on: date, *, process: UUID | None = None, participant: UUID | None = None
) -> Iterator[Awaited]:
    """Everything awaited on a day, as far as the session's reader may read it; by due date, the undated last."""
    silent = _silent(session, process, participant, on)
    found = [
        one
        for name in sorted(_sources)
        if name not in silent
        for one in _sources[name](session, process, participant, on)
    ]
    yield from sorted(found, key=lambda one: (one.due_on is None, one.due_on or date.max, str(one.subject)))


def _silent(session: Session, process: UUID | None, participant: UUID | None, on: date) -> set[str]:
    """Which of the rare sources have nothing."""
    if not _rare:
        return set()
    asked = _presence(of_process=process is not None, of_participant=participant is not None)
    there = session.execute(asked, {"process": process, "participant": participant, "on": on}).one()
    return {name for name, any_of in zip(sorted(_rare), there, strict=True) if not any_of}


@cache
def _presence(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once. Each part is narrowed to the reader's labels like a statement of its own."""
    rows = (_rare[name](of_process=of_process, of_participant=of_participant) for name in sorted(_rare))
    return select(*(one.order_by(None).exists().label(f"any_{place}") for place, one in enumerate(rows)))
