"""Viewers by what they are, as values: everybody a table of who may do what asks about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.core.viewer import (
    INSTALLATION,
    Hat,
    HatKind,
    Office,
    Role,
    Standing,
    Viewer,
    anonymous,
    frozen,
)

TODAY = date(2026, 11, 22)
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
GOVERNMENT, NETWORK, ELSEWHERES = UUID(int=10), UUID(int=11), UUID(int=12)
BODY, OTHER_BODY = UUID(int=20), UUID(int=21)
GUATEMALA, MEXICO, HOUSE = UUID(int=30), UUID(int=31), UUID(int=32)
SOMEBODY = UUID(int=99)
"""A person who is none of those below."""


def standing(
    kind: str = "member", process: UUID = HERE, track: UUID = GOVERNMENT, participant: UUID = GUATEMALA, **more: Any
) -> Standing:
    bodies = {body: frozenset(roles) for body, roles in more.pop("bodies", {}).items()}
    return Standing(process, track, participant, kind, bodies=frozen(bodies), **more)


def appointed(
    person: int,
    role: str,
    *standings: Standing,
    participant: UUID = GUATEMALA,
    process: UUID = HERE,
    track: UUID = GOVERNMENT,
    offices: Iterable[Office] = (),
) -> Viewer:
    """Somebody appointed by a participant."""
    return Viewer(
        person,
        TODAY,
        UUID(int=1000 + person),
        Hat(HatKind.PARTICIPANT, participant),
        standings or (standing(process=process, track=track, participant=participant),),
        frozenset(offices),
        frozenset({Role(role, process, track)}),
    )


def keeper(person: int, track: UUID, role: str = "officer", process: UUID = HERE) -> Viewer:
    """Somebody of the secretariat of a track: its own, or a chair's office that serves as one."""
    offices = {Office("secretariat", track)} | ({Office("officers", track)} if role != "chairs_office" else set())
    return Viewer(
        person,
        TODAY,
        UUID(int=1000 + person),
        Hat(HatKind.SECRETARIAT, track),
        (),
        frozenset(offices),
        frozenset({Role(role, process, track)}),
    )


def emergency_reader(person: int, track: UUID, process: UUID = HERE) -> Viewer:
    """Who reads a track for some hours, in an emergency."""
    return Viewer(
        person,
        TODAY,
        UUID(int=1000 + person),
        Hat(HatKind.EMERGENCY, UUID(int=90)),
        (),
        frozenset({Office("emergency", track)}),
        frozenset({Role("emergency_reader", process, track)}),
    )


def administrator(person: int = 19) -> Viewer:
    return Viewer(
        person,
        TODAY,
        UUID(int=1000 + person),
        Hat(HatKind.ADMINISTRATOR),
        (),
        frozenset({Office("administrator", INSTALLATION)}),
        frozenset({Role("administrator", INSTALLATION, INSTALLATION)}),
    )


EVERYBODY: dict[str, Viewer] = {
    "public": anonymous(TODAY),
    "focal point": appointed(2, "focal_point"),
    "alternate": appointed(3, "alternate"),
    "colleague": appointed(4, "colleague"),
    "mexican": appointed(5, "focal_point", participant=MEXICO),
    "observer": appointed(6, "focal_point", standing("observer", participant=MEXICO), participant=MEXICO),
    "chair of the body": appointed(7, "chair", offices={Office("chair", BODY)}),
    "chair of the process": appointed(8, "chair", offices={Office("chair", HERE)}),
    "liaison officer": appointed(9, "liaison_officer", offices={Office("liaison", HERE)}),
    "officer": keeper(10, GOVERNMENT),
    "chair's office": keeper(17, GOVERNMENT, "chairs_office"),
    "officer elsewhere": keeper(11, ELSEWHERES, process=ELSEWHERE),
    "coordinator": keeper(12, NETWORK, "coordinator"),
    "organization": appointed(13, "representative", participant=HOUSE, track=NETWORK),
    "guatemalan elsewhere": appointed(14, "focal_point", process=ELSEWHERE, track=ELSEWHERES),
    "guatemalan on the other track": appointed(15, "focal_point", track=NETWORK),
    "nobody any more": Viewer(16, TODAY, UUID(int=1016), Hat(HatKind.PARTICIPANT, GUATEMALA)),
    "administrator": administrator(),
    "emergency reader": emergency_reader(20, GOVERNMENT),
}


def who(allows: Callable[[Viewer], bool]) -> set[str]:
    """Who of everybody is allowed. What a predicate answers is true or false and nothing between."""
    answers = {name: allows(viewer) for name, viewer in EVERYBODY.items()}
    assert set(map(type, answers.values())) <= {bool}, answers
    return {name for name, answer in answers.items() if answer}
