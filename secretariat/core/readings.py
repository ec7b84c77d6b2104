"""The read log: who opened what is for named readers. Written by the web after its answer, one insert a visit.

What is recorded is an opening of the thing itself - its page, a paper made of it, its page behind a link from a mail -
and not its line in a list. A file that is handed out leaves the product as it is, so it is recorded from Members only
upwards. Whoever's own paper it is does not leave a trace with every look at it: a secretariat with
its drafts, a participant with what it said, a person with the own card.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, insert, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.database import Labelled, new_key, table_of
from secretariat.core.journal import Entry
from secretariat.core.kinds import Origin, OriginKind, kind_of
from secretariat.core.labelling import label_value
from secretariat.core.labels import Level, Named
from secretariat.core.models import Reading
from secretariat.core.session import Reason, ViewerSession, system_access, system_unit
from secretariat.core.viewer import Hat, HatKind, Viewer

KEPT = timedelta(days=365)
"""So long a visit is kept, then it is forgotten."""
MOST = 500
"""Visits shown at once, the latest first."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a thing."""

    at: datetime
    person: UUID
    hat: Hat
    thing_kind: str
    thing_id: UUID
    as_paper: bool


def is_recorded(session: ViewerSession, thing: Labelled, *, least: Level = Level.NAMED) -> bool:
    """Whether opening this thing is recorded for the reader of this session: from the level `least` upwards."""
    viewer = session.viewer
    kind = kind_of(thing)
    if viewer.person is None or kind is None:
        return False
    if label_value(session, thing.label_id).level.weight < least.weight:
        return False
    return not is_own(viewer, kind.origin(session, thing))


def is_own(viewer: Viewer, origin: Origin) -> bool:
    """Whether it is the paper of the side one acts for."""
    if origin.kind is OriginKind.SECRETARIAT:
        return viewer.keeps(origin.id)
    if origin.kind is OriginKind.PARTICIPANT:
        return viewer.participant == origin.id
    return origin.kind is OriginKind.PERSON and viewer.person == origin.id


def is_shared(session: ViewerSession, label: int) -> bool:
    """Whether a label for named readers names anybody beside the side one acts for."""
    viewer = session.viewer
    named = [one for clause in label_value(session, label).clauses for one in clause.audience]
    return any(
        not (
            (one.kind is Named.SECRETARIAT and viewer.keeps(one.id))
            or (one.kind is Named.PARTICIPANT and viewer.participant == one.id)
            or (one.kind is Named.PERSON and viewer.person == one.id)
        )
        for one in named
    )


def sees_visits(session: ViewerSession, thing: Labelled) -> bool:
    """Whether the reader sees who opened a thing and when: the secretariat of a track it is for, as far as it reads the
    thing itself."""
    tracks = {track for clause in label_value(session, thing.label_id).clauses for track in clause.tracks}
    return any(session.viewer.keeps(track) for track in tracks)


def sees_participants(session: ViewerSession, thing: Labelled) -> bool:
    """Whether the reader sees which sides opened a thing, not persons or hours: the participant whose paper it is."""
    kind = kind_of(thing)
    if kind is None or session.viewer.participant is None:
        return False
    return kind.origin(session, thing) == Origin(OriginKind.PARTICIPANT, session.viewer.participant)


def tells(session: ViewerSession, thing: Labelled) -> bool:
    """Whether the reader sees anything of who opened a thing."""
    return kind_of(thing) is not None and (sees_visits(session, thing) or sees_participants(session, thing))


def visit(viewer: Viewer, thing_kind: str, thing_id: UUID, *, as_paper: bool = False) -> Entry:
    """Write down that the viewer opened a thing."""
    return visits(viewer, [(thing_kind, thing_id)], as_paper=as_paper)


def visits(viewer: Viewer, things: Sequence[tuple[str, UUID]], *, as_paper: bool = False) -> Entry:
    """Write down that the viewer opened these things at once: one insert, however many."""
    now = clock.now()
    rows = [
        {
            "id": new_key(),
            "at": now,
            "person_id": viewer.person,
            "hat": str(viewer.hat),
            "thing_kind": thing_kind,
            "thing_id": thing_id,
            "as_paper": as_paper,
            "keep_until": now.date() + KEPT,
        }
        for thing_kind, thing_id in things
    ]

    def write(connection: Connection) -> None:
        connection.execute(insert(table_of(Reading)).inline(), rows)

    return write


def own_visits(session: ViewerSession) -> list[Visit]:
    """What the reader opened under the hat worn now, the latest first."""
    mine = (Reading.person_id == session.viewer.person, Reading.hat == str(session.viewer.hat))
    return _visits(session, mine)


def visits_of(session: ViewerSession, thing: Labelled) -> list[Visit]:
    """Who opened a thing, the latest first. Whether the reader may know is the caller's policy.

    Of a thing that stands on both sides of the wall each side's office is told of its own openings, not of the other's.
    """
    found = _visits(session, _of(thing))
    own = session.viewer
    return [one for one in found if one.hat.kind is not HatKind.SECRETARIAT or (one.hat.id and own.keeps(one.hat.id))]


def hats_that_opened(session: ViewerSession, thing: Labelled) -> set[Hat]:
    """Under which hats a thing was opened: sides, not persons or hours. Whether the reader may know is the caller's."""
    with system_access(session, Reason.READINGS) as system:
        return {Hat.parse(one) for one in system.scalars(select(Reading.hat).where(*_of(thing)).distinct())}


def _of(thing: Any) -> tuple[Any, ...]:
    return Reading.thing_kind == thing.__tablename__, Reading.thing_id == thing.id


def _visits(session: Session, conditions: Iterable[Any]) -> list[Visit]:
    wanted = select(Reading).where(*conditions).order_by(Reading.at.desc(), Reading.id).limit(MOST)
    with system_access(session, Reason.READINGS) as system:
        return [
            Visit(one.at, one.person_id, Hat.parse(one.hat), one.thing_kind, one.thing_id, one.as_paper)
            for one in system.scalars(wanted)
        ]


def forget(engine: Engine, today: date) -> None:
    """Throw away visits whose time has passed."""
    with system_unit(engine, Reason.READINGS) as system:
        system.execute(delete(Reading).where(Reading.keep_until < today))
