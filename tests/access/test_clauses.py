"""The clauses things of a process are labelled with: nothing is forgotten in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import INSTALLATION
from secretariat.processes import clauses
from secretariat.processes.models import Body, Process, Track
from tests.access.people import BODY, GOVERNMENT, GUATEMALA, HERE, NETWORK, SOMEBODY
from tests.security.worlds import World

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


def test_what_nobody_reads_names_who_is_no_person() -> None:
    made = clauses.nobody(PROCESS, TRACK)
    nobody = Addressee(Named.PERSON, INSTALLATION)
    assert made == Clause(HERE, Level.NAMED, frozenset({GOVERNMENT}), audience=frozenset({nobody}), generation=3)


def test_a_process_not_yet_written_is_in_its_first_generation() -> None:
    new = Process(id=HERE)
    made = [
        clauses.participants_of(new, TRACK),
        clauses.members_of(new, TRACK),
        clauses.named(new, TRACK, audience=[CHAIR]),
    ]
    assert [one.generation for one in made] == [1, 1, 1]


def test_what_is_opened_today_is_for_who_takes_part_today(world: World) -> None:
    with system_unit(world.engine, Reason.REFERENCE) as session:
        session.get_one(Process, world.process).generation = 4
        members = Clause(world.process, Level.MEMBERS, BOTH, generation=2)
        public = Clause(world.process, Level.PUBLIC)
        unknown = Clause(HERE, Level.MEMBERS, BOTH, generation=2)
        assert clauses.of_today(session, iter([members, public, unknown])) == {
            replace(members, generation=4),
            public,
            replace(unknown, generation=1),
        }


def test_clauses_say_the_same_whoever_has_left_meanwhile() -> None:
    members = Clause(HERE, Level.MEMBERS, BOTH, generation=2)
    public = Clause(HERE, Level.PUBLIC)
    assert clauses.of_any_generation(members) == replace(members, generation=1)
    assert clauses.same(iter([members, public]), [public, replace(members, generation=5)])
    assert not clauses.same([members], [members, public])
    assert not clauses.same([members], [replace(members, body=BODY)])
    assert clauses.same([], [])


def test_who_can_be_addressed() -> None:
    assert clauses.officers(TRACK) == Addressee(Named.OFFICERS, GOVERNMENT)
    assert clauses.secretariat(TRACK) == Addressee(Named.SECRETARIAT, GOVERNMENT)
    assert clauses.participant(GUATEMALA) == Addressee(Named.PARTICIPANT, GUATEMALA)
    assert clauses.person(SOMEBODY) == Addressee(Named.PERSON, SOMEBODY)
    assert clauses.chair(BODY) == Addressee(Named.CHAIR, BODY)
