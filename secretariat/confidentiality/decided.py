"""Reads of what is decided about labels, each under the eyes of the session it is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from secretariat.confidentiality.models import (
    Declassification,
    DeclassificationState,
    LabelReview,
    LoweringState,
    ProposedLowering,
)
from secretariat.core import kinds
from secretariat.core.awaited import Awaited
from secretariat.core.kinds import Kind
from secretariat.core.labelling import container_of
from secretariat.core.localtext import LocalText
from secretariat.processes.models import Body, Process, Track, TrackKind

SOON = timedelta(days=14)
"""So long before its day a lowering to come, or a label to look at again, stands on the officer's list."""

About = Declassification | LabelReview | ProposedLowering


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing stands: its process, track, and the bodies whose paper it may be."""

    process: Process
    track: Track
    bodies: Sequence[Body]


def thing_by_hand(session: Session, name: str, key: UUID) -> tuple[Kind, Any] | None:
    """A thing whose label can be changed by hand in its present state, with its kind; None for any other.

    A thing that stands in something its reader may not see has no page.
    """
    kind = kinds.by_name(name)
    if kind is None or kind.by_hand is None:
        return None
    thing = session.scalar(select(kind.model).where(kind.model.id == key))
    if thing is None or not kind.by_hand.open(thing) or place_of(session, thing) is None:
        return None
    return kind, thing


def place_of(session: Session, thing: Any) -> Place | None:
    """Where a thing stands, up through what it stands in; None where its reader does not see the whole way."""
    track, process, bodies = None, None, []
    for one in _upwards(thing):
        track = track or getattr(one, "track", None)
        body = one if isinstance(one, Body) else getattr(one, "body", None)
        bodies += [body] if isinstance(body, Body) and body not in bodies else []  # of a text it is its words
        process = one if isinstance(one, Process) else getattr(one, "process", None) or process
    if process is None:
        return None
    track = track or session.scalar(
        select(Track)
        .where(Track.process_id == process.id, Track.kind == TrackKind.GOVERNMENT)
        .order_by(Track.position)
        .limit(1)
    )
    return Place(process, track, bodies) if track is not None else None


def _upwards(thing: Any) -> Iterator[Any]:
    one: Any = thing
    while one is not None:
        yield one
        one = container_of(one)


def open_bodies(session: Session, place: Place, on: date) -> list[Body]:
    """The bodies a label can name here: those the thing stands in first, then the others of its track that are open."""
    others = session.scalars(
        select(Body).where(Body.process_id == place.process.id, Body.track_id == place.track.id).order_by(Body.position)
    )
    return [*place.bodies, *(one for one in others if one not in place.bodies and one.held_on(on))]


# --- what is decided about one thing ----------------------------------------------------------------------------------


def lowerings_to_come(session: Session, name: str, key: UUID) -> list[Declassification]:
    """Planned lowerings of a thing, and those that wait for a person."""
    wanted = select(Declassification).where(
        *_about(Declassification, name, key),
        Declassification.state.in_((DeclassificationState.PLANNED, DeclassificationState.HELD)),
    )
    return list(session.scalars(wanted.order_by(Declassification.at, Declassification.id)))


def reviews_to_come(session: Session, name: str, key: UUID) -> list[LabelReview]:
    """Days on which somebody is to look at the label of a thing again."""
    wanted = select(LabelReview).where(*_about(LabelReview, name, key), LabelReview.looked_at.is_(None))
    return list(session.scalars(wanted.order_by(LabelReview.on, LabelReview.id)))


def open_proposals(session: Session, name: str, key: UUID) -> list[ProposedLowering]:
    """Lowerings proposed to the participant whose paper a thing is, and not yet answered."""
    wanted = select(ProposedLowering).where(
        *_about(ProposedLowering, name, key), ProposedLowering.state == LoweringState.PROPOSED
    )
    return list(session.scalars(wanted.order_by(ProposedLowering.at, ProposedLowering.id)))


def decided_about(session: Session, name: str, key: UUID) -> list[About]:
    """Every row about a thing, also those whose time is over: they follow its label."""
    found: list[About] = []
    for model in (Declassification, LabelReview, ProposedLowering):
        found += session.scalars(select(model).where(*_about(model, name, key)))
    return found


def _about(model: Any, name: str, key: UUID) -> tuple[Any, Any]:
    return model.thing_kind == name, model.thing_id == key


def declassification(session: Session, key: UUID) -> Declassification | None:
    return session.scalar(select(Declassification).where(Declassification.id == key))


def review(session: Session, key: UUID) -> LabelReview | None:
    return session.scalar(select(LabelReview).where(LabelReview.id == key))


def proposal(session: Session, key: UUID) -> ProposedLowering | None:
    return session.scalar(select(ProposedLowering).where(ProposedLowering.id == key))


# --- lists ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToSeeTo:
    """One line of the officer's list: a label to look at again, or a lowering that comes or waits."""

    row: Declassification | LabelReview
    kind: Kind
    title: LocalText | str
    on: date | None

    @property
    def is_review(self) -> bool:
        return isinstance(self.row, LabelReview)

    @property
    def waits(self) -> bool:
        """Whether its time has come and a person must look."""
        return isinstance(self.row, Declassification) and self.row.state is DeclassificationState.HELD


def to_see_to(session: Session, tracks: Iterable[UUID], on: date) -> list[ToSeeTo]:
    """What the secretariat of these tracks should see to, the earliest first. Nothing of a thing it may not read."""
    kept = sorted(tracks, key=str)
    if not kept:
        return []
    reviews = session.scalars(
        select(LabelReview).where(
            LabelReview.track_id.in_(kept), LabelReview.looked_at.is_(None), LabelReview.on <= on + SOON
        )
    )
    coming = session.scalars(
        select(Declassification).where(
            Declassification.track_id.in_(kept),
            or_(
                Declassification.state == DeclassificationState.HELD,
                (Declassification.state == DeclassificationState.PLANNED) & (Declassification.on <= on + SOON),
            ),
        )
    )
    rows: list[Declassification | LabelReview] = [*reviews, *coming]
    things = things_of(session, rows)
    found = [
        ToSeeTo(row, *_called(things[row.thing_kind, row.thing_id]), row.on)
        for row in rows
        if (row.thing_kind, row.thing_id) in things
    ]
    return sorted(found, key=lambda one: (one.on or date.min, str(one.row.id)))


def _called(found: tuple[Kind, Any]) -> tuple[Kind, LocalText | str]:
    kind, thing = found
    return kind, kind.title(thing)


def things_of(
    session: Session, rows: Iterable[About | Row[*tuple[Any, ...]]]
) -> dict[tuple[str, UUID], tuple[Kind, Any]]:
    """The things these rows are about, as far as the session reads them; a statement for each kind."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        wanted[row.thing_kind].add(row.thing_id)
    found = {}
    for name in sorted(wanted):
        kind = kinds.by_name(name)
        if kind is not None:
            for thing in session.scalars(select(kind.model).where(kind.model.id.in_(sorted(wanted[name], key=str)))):
                found[name, thing.id] = (kind, thing)
    return found


def awaited_answers(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterator[Awaited]:
    """Lowerings proposed that await a participant's answer. Their label is for named readers: no mail repeats words."""
    wanted = rows_awaiting_answer(of_process=process is not None, of_participant=participant is not None)
    rows = session.execute(wanted, {"process": process, "participant": participant}).all()
    things = things_of(session, rows)
    for row in rows:
        if (row.thing_kind, row.thing_id) in things:
            _kind, title = _called(things[row.thing_kind, row.thing_id])
            yield Awaited(
                kind="lowering", subject=row.id, process=row.process_id, track=row.track_id,
                participant=row.participant_id, title=title if isinstance(title, LocalText) else LocalText.of(title),
                since=row.at.date(), label_id=row.label_id,
            )  # fmt: skip


@cache
def rows_awaiting_answer(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Columns, and built once: the first page of everybody asks for it, and mostly there is none."""
    wanted = (
        select(
            ProposedLowering.id,
            ProposedLowering.thing_kind,
            ProposedLowering.thing_id,
            ProposedLowering.process_id,
            ProposedLowering.track_id,
            ProposedLowering.participant_id,
            ProposedLowering.at,
            ProposedLowering.label_id,
        )
        .where(ProposedLowering.state == LoweringState.PROPOSED)
        .order_by(ProposedLowering.at, ProposedLowering.id)
    )
    if of_process:
        wanted = wanted.where(
            ProposedLowering.process_id == bindparam("process", type_=ProposedLowering.process_id.type)
        )
    if of_participant:
        mine = bindparam("participant", type_=ProposedLowering.participant_id.type)
        wanted = wanted.where(ProposedLowering.participant_id == mine)
    return wanted
