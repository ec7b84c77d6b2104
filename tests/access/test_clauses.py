"""The clauses things of a process are labelled with: nothing is forgotten in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.processes import clauses
from secretariat.processes.models import Body, Process, Track
from tests.access.people import BODY, GOVERNMENT, GUATEMALA, HERE, NETWORK, SOMEBODY

PROCESS = Process(id=HERE, generation=3)
TRACK, OTHER = Track(id=GOVERNMENT), Track(id=NETWORK)
CHAIR = Addressee(Named.CHAIR, BODY)
BOTH = frozenset({GOVERNMENT, NETWORK})

MADE: list[tuple[Callable[[], Clause], Clause]] = [
    (lambda: clauses.public(PROCESS), Clause(HERE, Level.PUBLIC)),
    (
        lambda: clauses.participants_of(PROCESS, TRACK),
        Clause(HERE, Level.PARTICIPANTS, frozenset({GOVERNMENT}), generation=3),
    ),
    (
        lambda: clauses.participants_of(PROCESS, TRACK, OTHER, body=Body(id=BODY)),
        Clause(HERE, Level.PARTICIPANTS, BOTH, BODY, generation=3),
    ),
    (lambda: clauses.members_of(PROCESS, TRACK), Clause(HERE, Level.MEMBERS, frozenset({GOVERNMENT}), generation=3)),
    (
        lambda: clauses.members_of(PROCESS, TRACK, OTHER, body=Body(id=BODY), opened_to=iter([CHAIR])),
        Clause(HERE, Level.MEMBERS, BOTH, BODY, opened_to=frozenset({CHAIR}), generation=3),
    ),
    (
        lambda: clauses.named(PROCESS, TRACK, OTHER, audience=iter([CHAIR])),
        Clause(HERE, Level.NAMED, BOTH, audience=frozenset({CHAIR}), generation=3),
    ),
]


@pytest.mark.parametrize(("make", "expected"), MADE)
def test_a_clause_says_process_tracks_body_audience_and_generation(
    make: Callable[[], Clause], expected: Clause
) -> None:
    made = make()
    assert made == expected
    assert {type(made.tracks), type(made.audience), type(made.opened_to)} == {frozenset}


def test_a_process_not_yet_written_is_in_its_first_generation() -> None:
    new = Process(id=HERE)
    made = [
        clauses.participants_of(new, TRACK),
        clauses.members_of(new, TRACK),
        clauses.named(new, TRACK, audience=[CHAIR]),
    ]
    assert [one.generation for one in made] == [1, 1, 1]


def test_who_can_be_addressed() -> None:
    assert clauses.secretariat(TRACK) == Addressee(Named.SECRETARIAT, GOVERNMENT)
    assert clauses.participant(GUATEMALA) == Addressee(Named.PARTICIPANT, GUATEMALA)
    assert clauses.person(SOMEBODY) == Addressee(Named.PERSON, SOMEBODY)
    assert clauses.chair(BODY) == Addressee(Named.CHAIR, BODY)
