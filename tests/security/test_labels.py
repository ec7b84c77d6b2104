"""Labels as values: what holds for all labels and all readers, tried at random."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.core.labels import Addressee, Clause, LabelValue, Level, Named, implied, may_read, satisfies, together
from secretariat.core.viewer import INSTALLATION, Hat, HatKind, Office, Role, Standing, Viewer, frozen

PROCESSES = [UUID(int=100 + n) for n in range(2)]
TRACKS = {PROCESSES[0]: [UUID(int=10), UUID(int=11)], PROCESSES[1]: [UUID(int=12)]}
BODIES = [UUID(int=20), UUID(int=21)]
PARTICIPANTS = [UUID(int=30), UUID(int=31), UUID(int=32)]
PERSONS = [UUID(int=40), UUID(int=41)]
STANDINGS = ["member", "observer", "partner", "participant", "partner_for_activities", "invited_ad_hoc", "suspended"]


@st.composite
def addressees(draw: st.DrawFn, process: UUID) -> Addressee:
    kind = draw(st.sampled_from(list(Named)))
    among = {
        Named.PARTICIPANT: PARTICIPANTS,
        Named.PERSON: PERSONS,
        Named.SECRETARIAT: TRACKS[process],
        Named.OFFICERS: TRACKS[process],
        Named.CHAIR: [process, *BODIES],
        Named.LIAISON: [process],
        Named.MEETING: [UUID(int=50)],
        Named.PROTOCOL: [UUID(int=60)],
        Named.ADMINISTRATOR: [INSTALLATION],
    }[kind]
    return Addressee(kind, draw(st.sampled_from(among)))


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    process = draw(st.sampled_from(PROCESSES))
    level = draw(st.sampled_from(list(Level)))
    if level is Level.PUBLIC:
        return Clause(process, level)
    tracks = draw(st.sets(st.sampled_from(TRACKS[process]), min_size=1))
    some = st.frozensets(addressees(process), max_size=2)
    named = level is Level.NAMED
    return Clause(
        process,
        level,
        frozenset(tracks),
        body=None if named else draw(st.sampled_from([None, None, *BODIES])),
        audience=draw(st.frozensets(addressees(process), min_size=1, max_size=2)) if named else frozenset(),
        opened_to=draw(st.one_of(st.just(frozenset()), some)),
        generation=draw(st.integers(1, 3)),
    )


@st.composite
def viewers(draw: st.DrawFn) -> Viewer:
    kind = draw(st.sampled_from([HatKind.PARTICIPANT, HatKind.PARTICIPANT, HatKind.SECRETARIAT, HatKind.EMERGENCY]))
    process = draw(st.sampled_from(PROCESSES))
    track = draw(st.sampled_from(TRACKS[process]))
    person, roles = draw(st.sampled_from(PERSONS)), frozenset({Role("focal_point", process, track)})
    if kind in (HatKind.SECRETARIAT, HatKind.EMERGENCY):
        office = frozenset({Office(kind.value, track)})
        if kind is HatKind.SECRETARIAT and draw(st.booleans()):
            office |= {Office("officers", track)}
        return Viewer(5, date(2026, 1, 1), person, Hat(kind, track), offices=office, roles=roles)
    participant = draw(st.sampled_from(PARTICIPANTS))
    standings = tuple(
        Standing(
            process,
            on,
            participant,
            draw(st.sampled_from(STANDINGS)),
            frozen({body: draw(st.sets(st.sampled_from(["member", "observer", "chair"]))) for body in BODIES}),
            frozenset(draw(st.sets(st.sampled_from(BODIES)))),
            draw(st.sampled_from([None, None, 1, 2])),
        )
        for on in draw(st.sets(st.sampled_from(TRACKS[process]), min_size=1))
    )
    among = [
        Office("chair", process),
        Office("chair", BODIES[0]),
        Office("liaison", process),
        Office("meeting", UUID(int=50)),
        Office("protocol", UUID(int=60)),
    ]
    offices = draw(st.frozensets(st.sampled_from(among), max_size=2))
    return Viewer(5, date(2026, 1, 1), person, Hat(kind, participant), standings, offices, roles)


labels = st.builds(LabelValue, st.frozensets(clauses(), min_size=1, max_size=3))
MANY = settings(max_examples=300, deadline=None)


@MANY
@given(st.lists(labels, min_size=1, max_size=3), viewers())
def test_a_thing_inside_another_is_read_by_those_who_read_both(parts: list[LabelValue], viewer: Viewer) -> None:
    joined = together(*(part.clauses for part in parts))
    assert may_read(viewer, joined) == all(may_read(viewer, part) for part in parts)


@MANY
@given(clauses(), clauses(), viewers())
def test_what_is_implied_is_satisfied(weaker: Clause, stronger: Clause, viewer: Viewer) -> None:
    if implied(weaker, stronger) and satisfies(viewer, stronger):
        assert satisfies(viewer, weaker)


@MANY
@given(st.lists(clauses(), min_size=1, max_size=5), st.randoms())
def test_one_set_of_clauses_is_one_label_in_whatever_order_it_came(parts: list[Clause], random: object) -> None:
    turned = list(parts)
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert together(parts) == together(turned)
    assert together(parts).digest == together(*([one] for one in turned)).digest


@MANY
@given(st.lists(clauses(), min_size=1, max_size=4))
def test_joining_a_label_with_itself_changes_nothing(parts: list[Clause]) -> None:
    once = together(parts)
    assert together(once.clauses, once.clauses) == once


@MANY
@given(clauses())
def test_what_is_written_down_is_read_back(clause: Clause) -> None:
    assert Clause.from_json(clause.to_json()) == clause
    assert Clause.from_json(clause.to_json()).digest == clause.digest


@MANY
@given(labels, viewers())
def test_nobody_reads_above_public_in_a_process_they_have_nothing_to_do_with(label: LabelValue, viewer: Viewer) -> None:
    foreign = {one.process for one in label.clauses if one.level is not Level.PUBLIC} - viewer.processes
    if foreign:
        assert not may_read(viewer, label)
