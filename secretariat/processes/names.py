"""What participants are called, in the reader's language and the usage of a process, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.database import one_of
from secretariat.core.dates import passed, reached
from secretariat.core.languages import DEFAULT_LANGUAGE, LANGUAGES, current_reading
from secretariat.core.languages.order import collation_key, ranks
from secretariat.core.sizes import among, in_size
from secretariat.processes.models import Participant, ParticipantName


@dataclass(frozen=True, slots=True)
class Name:
    """A participant's name, the language it is really in, and what to sort it by."""

    words: str
    language: str
    order: tuple[int, tuple[str, str]]

    def __str__(self) -> str:
        return self.words


def names_of(
    session: Session,
    participants: Iterable[UUID | None],
    *,
    process: UUID | None = None,
    language: str | None = None,
    on: date | None = None,
) -> dict[UUID, Name]:
    """Names of these participants on a day, by id: as the process has agreed them, else as generally used.

    A name that is not there in the reader's language is given in English, or in whichever there is. Three statements at
    most, however many; None among the ids is passed over. Every id that is a participant's has a name.
    """
    wanted = sorted({one for one in participants if one is not None}, key=_number)
    if not wanted:
        return {}
    day, spoken = on or clock.today(), language or current_reading().language.code
    statement, given = in_size(_names_in, wanted)
    best = _best(session.execute(statement, given | {"process": process, "spoken": spoken}), spoken, process, day)
    # Only where neither language has a name that was in use on that day the others are asked for.
    rest = [key for key in wanted if key not in best or best[key][0].is_outside]
    if rest:
        best |= _best(session.execute(_NAMES_IN_ALL, {"process": process, "participants": rest}), spoken, process, day)
    found = {key: _name(row, spoken) for key, (_place, row) in best.items()}
    unnamed = [key for key in rest if key not in found]
    if unnamed:
        keys = session.execute(select(Participant.id, Participant.key).where(Participant.id.in_(unnamed)))
        found.update({one: Name(key, DEFAULT_LANGUAGE, (0, collation_key(key, spoken))) for one, key in keys})
    return found


def name_of(session: Session, participant: UUID | None, *, process: UUID | None = None) -> str:
    """The name of one participant, for the title of a thing; empty for none.

    Names remembered in the session are taken from there: whoever lists many titles remembers theirs beforehand.
    """
    if participant is None:
        return ""
    known = _remembered(session)
    if (participant, process) not in known:
        remember(session, [participant], process=process)
    return known.get((participant, process), "")


def remember(session: Session, participants: Iterable[UUID | None], *, process: UUID | None = None) -> None:
    """Read these names once for the session's titles: two statements, however many."""
    found = names_of(session, participants, process=process)
    _remembered(session).update({(one, process): str(name) for one, name in found.items()})


def _remembered(session: Session) -> dict[tuple[UUID, UUID | None], str]:
    by_language: dict[str, dict[tuple[UUID, UUID | None], str]] = session.info.setdefault("names_remembered", {})
    return by_language.setdefault(current_reading().language.code, {})


_OF_PROCESS = select(
    ParticipantName.id,
    ParticipantName.participant_id,
    ParticipantName.language,
    ParticipantName.name,
    ParticipantName.process_id,
    ParticipantName.since,
    ParticipantName.until,
    ParticipantName.ranks,
).where(
    ParticipantName.process_id.is_(None)
    | (ParticipantName.process_id == bindparam("process", type_=ParticipantName.process_id.type)),
)
_NAMES_IN_ALL = _OF_PROCESS.where(ParticipantName.participant_id.in_(bindparam("participants", expanding=True)))


@cache
def _names_in(size: int | None) -> Select[*tuple[Any, ...]]:
    """The names of so many in two languages."""
    spoken = bindparam("spoken", type_=ParticipantName.language.type)
    chosen = among(ParticipantName.participant_id, size)
    return _OF_PROCESS.where(chosen, one_of(ParticipantName.language, (spoken, DEFAULT_LANGUAGE)))


_number = attrgetter("int")


def in_order(names: dict[UUID, Name]) -> list[UUID]:
    """Ids in alphabetical order of the language shown."""
    return sorted(names, key=lambda one: (names[one].order, str(one)))


def _name(row: Row[*tuple[Any, ...]], spoken: str) -> Name:
    return Name(row.name, row.language, (row.ranks.get(spoken, 0), collation_key(row.name, spoken)))


class _Place(NamedTuple):
    """Which of several names of one participant is taken: the least."""

    is_outside: bool
    by_language: int
    is_general: bool
    key: UUID


def _best(
    rows: Iterable[Row[*tuple[Any, ...]]], spoken: str, process: UUID | None, on: date
) -> dict[UUID, tuple[_Place, Row[*tuple[Any, ...]]]]:
    best: dict[UUID, tuple[_Place, Row[*tuple[Any, ...]]]] = {}
    for row in rows:
        place = _place(row, spoken, process, on)
        held = best.get(row.participant_id)
        if held is None or place < held[0]:
            best[row.participant_id] = place, row
    return best


def _place(row: Row[*tuple[Any, ...]], spoken: str, process: UUID | None, on: date) -> _Place:
    outside = not reached(row.since, on) or passed(row.until, on)
    by_language = 0 if row.language == spoken else 1 if row.language == DEFAULT_LANGUAGE else 2
    return _Place(outside, by_language, row.process_id != process or process is None, row.id)


def settle_ranks(session: Session) -> None:
    """Work out anew the place of every name in every language; called after names were added or changed.

    The rules of a language (ñ after n, the Arabic article left out) stand in `core.languages.order`, in plain Python,
    so that both databases, pages and mails sort alike. Names change rarely and are read on every page: the place is
    stored.
    """
    session.flush()
    names = {str(one.id): one for one in session.scalars(select(ParticipantName))}
    texts = {key: one.name for key, one in names.items()}
    placed = {language: ranks(texts, language) for language in LANGUAGES}
    for key, one in names.items():
        found = {language: placed[language][key] for language in LANGUAGES}
        if one.ranks != found:
            one.ranks = found
    session.flush()
