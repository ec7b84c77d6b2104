"""Whom a text concerns: the members of its track or, where its body has a membership of its own, those of the body."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.labelling import label_values_met
from secretariat.core.labels import satisfies
from secretariat.core.session import Reason, system_access
from secretariat.directory.viewers import make_participants
from secretariat.documents.models import Document
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    Participation,
    StandingKind,
)

PRESIDING = ("chair", "co_chair")
AT_A_BODY = ("member", "chair", "co_chair")
Place = tuple[UUID, UUID, UUID | None]
"""Process, track and, where the text is of one, body."""


def members_of(session: Session, places: Collection[Place], on: date) -> dict[Place, frozenset[UUID]]:
    """The members of each place on a day, with all eyes, in a constant number of statements however many places."""
    wanted = set(places)
    if not wanted:
        return {}
    with system_access(session, Reason.SILENCE) as system:
        bodies = {body for _process, _track, body in wanted if body is not None}
        own = set(system.scalars(select(Body.id).where(Body.id.in_(bodies), Body.membership == BodyMembershipRule.OWN)))
        seats = [
            *system.scalars(select(BodyMembership).where(BodyMembership.body_id.in_(own))),
            *system.scalars(select(ChairTerm).where(ChairTerm.body_id.in_(own))),
        ]
        held = system.scalars(
            select(Participation).where(
                Participation.track_id.in_({track for _process, track, _body in wanted}),
                Participation.standing == StandingKind.MEMBER,
            )
        ).all()
        return {
            place: frozenset(
                one.participant_id
                for one in (seats if place[2] in own else held)
                if one.participant_id is not None and one.held_on(on) and _is_of(one, place, own)
            )
            for place in wanted
        }


def still_members(session: Session, rows: Sequence[Any], on: date) -> list[Any]:
    """Those of these rows whose participant is a member of their place on a day: who has left is asked no more. Each
    has `process_id`, `track_id`, `body_id` and `participant_id`."""
    members = members_of(session, {(one.process_id, one.track_id, one.body_id) for one in rows}, on)
    return [one for one in rows if one.participant_id in members[one.process_id, one.track_id, one.body_id]]


def who_do_not_read(session: Session, label: int, members: Collection[UUID], on: date) -> list[UUID]:
    """Those of these members whom a label hides its thing from on a day."""
    read = who_read(session, [(label, one) for one in members], on)
    return [one for one in members if (label, one) not in read]


def who_read(session: Session, asked: Collection[tuple[int, UUID]], on: date) -> set[tuple[int, UUID]]:
    """Of these labels and participants those pairs of which the label lets the participant read its thing on a day; a
    constant number of statements."""
    if not asked:
        return set()
    labels = label_values_met(session, {label for label, _one in asked})
    with system_access(session, Reason.SILENCE) as system:
        seen = make_participants(system, {one for _label, one in asked}, on)
    return {
        (label, one) for label, one in asked if all(satisfies(seen[one], clause) for clause in labels[label].clauses)
    }


def _is_of(one: BodyMembership | ChairTerm | Participation, place: Place, own: set[UUID]) -> bool:
    process, track, body = place
    if isinstance(one, Participation):
        return one.process_id == process and one.track_id == track
    return one.body_id == body and body in own and one.role in AT_A_BODY


def is_co_chaired(session: Session, document: Document, on: date) -> bool:
    """Whether co-chairs preside over the body of a document on a day; over the process, where the body has no chair of
    its own."""
    terms = session.scalars(
        select(ChairTerm).where(
            ChairTerm.process_id == document.process_id,
            ChairTerm.body_id.is_(None) | (ChairTerm.body_id == document.body_id),
        )
    )
    held = [one for one in terms if one.held_on(on) and one.role in PRESIDING]
    own = [one for one in held if one.body_id is not None]
    return any(one.role == "co_chair" for one in own or held)
