"""The predicate, in tables: which clause lets whom read, what follows from what, and what a label is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from secretariat.core.labels import (
    ADDRESSABLE_STANDINGS,
    READING_STANDINGS,
    Addressee,
    Clause,
    LabelValue,
    Level,
    Named,
    administrators,
    implied,
    may_read,
    satisfies,
    together,
)
from secretariat.core.viewer import INSTALLATION, Hat, HatKind, Office, Viewer
from secretariat.processes.models import StandingKind
from tests.access.people import (
    BODY,
    ELSEWHERE,
    ELSEWHERES,
    EVERYBODY,
    GOVERNMENT,
    GUATEMALA,
    HERE,
    HOUSE,
    MEXICO,
    NETWORK,
    OTHER_BODY,
    SOMEBODY,
    appointed,
    standing,
    who,
)

BOTH = frozenset({GOVERNMENT, NETWORK})
ONE_TRACK = frozenset({GOVERNMENT})


def to(kind: Named, one: UUID) -> Addressee:
    return Addressee(kind, one)


def participants(tracks: frozenset[UUID] = ONE_TRACK, **more: Any) -> Clause:
    return Clause(HERE, Level.PARTICIPANTS, tracks, **more)


def members(tracks: frozenset[UUID] = ONE_TRACK, **more: Any) -> Clause:
    return Clause(HERE, Level.MEMBERS, tracks, **more)


def named(*audience: Addressee, tracks: frozenset[UUID] = ONE_TRACK, **more: Any) -> Clause:
    return Clause(HERE, Level.NAMED, tracks, audience=frozenset(audience), **more)


def readers(clause: Clause) -> set[str]:
    """Who of everybody satisfies a clause."""
    satisfying = who(lambda one: satisfies(one, clause))
    assert satisfying == who(lambda one: may_read(one, LabelValue(frozenset({clause}))))
    return satisfying


EMERGENCY = "emergency reader"
DESK = {"officer", "chair's office"}
GOVERNMENTS_MEMBERS = {
    "focal point",
    "alternate",
    "colleague",
    "mexican",
    "chair of the body",
    "chair of the process",
    "liaison officer",
}
ON_GOVERNMENT = GOVERNMENTS_MEMBERS | {"observer"}
ON_NETWORK = {"organization", "guatemalan on the other track"}
GUATEMALANS_HERE = (GOVERNMENTS_MEMBERS - {"mexican"}) | {"guatemalan on the other track"}

READ_BY: list[tuple[str, Clause, set[str]]] = [
    ("public", Clause(ELSEWHERE, Level.PUBLIC), set(EVERYBODY)),
    ("participants of one track", participants(), {*ON_GOVERNMENT, *DESK, EMERGENCY}),
    ("participants of the other", participants(frozenset({NETWORK})), {*ON_NETWORK, "coordinator"}),
    (
        "participants of both",
        participants(BOTH),
        {*ON_GOVERNMENT, *ON_NETWORK, *DESK, "coordinator", EMERGENCY},
    ),
    ("members of one track", members(), {*GOVERNMENTS_MEMBERS, *DESK, EMERGENCY}),
    ("members of both", members(BOTH), {*GOVERNMENTS_MEMBERS, *ON_NETWORK, *DESK, "coordinator", EMERGENCY}),
    (
        "members elsewhere",
        Clause(ELSEWHERE, Level.MEMBERS, frozenset({ELSEWHERES})),
        {"officer elsewhere", "guatemalan elsewhere"},
    ),
    ("a track of another process", members(frozenset({ELSEWHERES})), set()),
    (
        "a participant by name",
        named(to(Named.PARTICIPANT, GUATEMALA)),
        GUATEMALANS_HERE - {"guatemalan on the other track"},
    ),
    ("by name on both tracks", named(to(Named.PARTICIPANT, GUATEMALA), tracks=BOTH), GUATEMALANS_HERE),
    ("a person by name", named(to(Named.PERSON, UUID(int=1004))), {"colleague"}),
    (
        "two by name",
        named(to(Named.PERSON, UUID(int=1004)), to(Named.PARTICIPANT, MEXICO)),
        {"colleague", "mexican", "observer"},
    ),
    ("the secretariat", named(to(Named.SECRETARIAT, GOVERNMENT)), {*DESK, EMERGENCY}),
    ("its own officers", named(to(Named.OFFICERS, GOVERNMENT)), {"officer"}),
    (
        "two secretariats",
        named(to(Named.SECRETARIAT, GOVERNMENT), to(Named.SECRETARIAT, NETWORK), tracks=BOTH),
        {*DESK, "coordinator"},
    ),
    (
        "the secretariat and one beside it",
        named(to(Named.SECRETARIAT, GOVERNMENT), to(Named.PERSON, UUID(int=1004))),
        {*DESK, "colleague"},
    ),
    ("an officer in person", named(to(Named.PERSON, UUID(int=1010))), {"officer"}),
    ("an officer in person, of another track", named(to(Named.PERSON, UUID(int=1012))), set()),
    ("the chair of a body", named(to(Named.CHAIR, BODY)), {"chair of the body"}),
    ("the chair of the process", named(to(Named.CHAIR, HERE)), {"chair of the process"}),
    ("liaison officers", named(to(Named.LIAISON, HERE)), {"liaison officer"}),
    ("delegations of a meeting", named(to(Named.MEETING, HERE)), set()),
    ("administrators of a process", named(to(Named.ADMINISTRATOR, INSTALLATION)), set()),
    ("administrators", administrators(), {"administrator"}),
    (
        "opened to one",
        members(opened_to=frozenset({to(Named.CHAIR, BODY)}), body=OTHER_BODY),
        {"chair of the body", *DESK, EMERGENCY},
    ),
    (
        "opened to a participant",
        members(opened_to=frozenset({to(Named.PARTICIPANT, MEXICO)})),
        {*ON_GOVERNMENT, *DESK, EMERGENCY},
    ),
    (
        "named and opened",
        named(to(Named.CHAIR, BODY), opened_to=frozenset({to(Named.LIAISON, HERE)})),
        {"chair of the body", "liaison officer"},
    ),
    (
        "opened elsewhere",
        replace(members(), process=ELSEWHERE, opened_to=frozenset({to(Named.CHAIR, BODY)})),
        {"officer elsewhere"} - {"officer elsewhere"},
    ),
]


@pytest.mark.parametrize(("clause", "expected"), [row[1:] for row in READ_BY], ids=[row[0] for row in READ_BY])
def test_who_satisfies_a_clause(clause: Clause, expected: set[str]) -> None:
    assert readers(clause) == expected


def seen_by(kind: str, clause: Clause, **more: Any) -> bool:
    return satisfies(appointed(40, "focal_point", standing(kind, **more)), clause)


@pytest.mark.parametrize("kind", StandingKind)
def test_what_each_standing_reads(kind: StandingKind) -> None:
    reading = kind.value in {"member", "observer", "partner", "participant", "partner_for_activities"}
    assert seen_by(kind.value, participants()) is reading
    assert seen_by(kind.value, members()) is (kind is StandingKind.MEMBER)
    addressed = reading or kind is StandingKind.INVITED_AD_HOC
    assert seen_by(kind.value, named(to(Named.PARTICIPANT, GUATEMALA))) is addressed
    assert seen_by(kind.value, named(to(Named.PERSON, UUID(int=1040)))) is addressed
    assert frozenset(READING_STANDINGS) < frozenset(ADDRESSABLE_STANDINGS)


BODIES: list[tuple[dict[str, Any], bool, bool]] = [
    ({"bodies": {BODY: {"member"}}}, True, True),
    ({"bodies": {BODY: {"chair"}}}, True, True),
    ({"bodies": {BODY: {"observer"}}}, True, False),
    ({"bodies": {BODY: {"observer", "member"}}}, True, True),
    ({"bodies": {BODY: set()}}, False, False),
    ({"bodies": {OTHER_BODY: {"member"}}}, False, False),
    ({"process_wide_bodies": frozenset({OTHER_BODY})}, False, False),
    ({"process_wide_bodies": frozenset({BODY})}, True, True),
    ({"process_wide_bodies": frozenset({BODY}), "bodies": {BODY: {"observer"}}}, True, True),
]


@pytest.mark.parametrize(("held", "as_participant", "as_member"), BODIES)
def test_what_is_of_a_body_is_read_by_who_is_in_it(held: dict[str, Any], as_participant: bool, as_member: bool) -> None:
    assert seen_by("member", participants(body=BODY), **held) is as_participant
    assert seen_by("member", members(body=BODY), **held) is as_member
    assert seen_by("suspended", participants(body=BODY), **held) is False


def test_an_observer_of_the_process_who_is_member_of_a_body_reads_what_is_of_its_members() -> None:
    assert seen_by("observer", members(body=BODY), bodies={BODY: {"member"}})
    assert not seen_by("observer", members(body=BODY), process_wide_bodies=frozenset({BODY}))
    assert seen_by("observer", participants(body=BODY), process_wide_bodies=frozenset({BODY}))


@pytest.mark.parametrize(
    ("ended_in", "made_in", "reads"), [(None, 9, True), (2, 1, True), (2, 2, True), (2, 3, False), (0, 1, False)]
)
def test_who_left_reads_what_was_made_before(ended_in: int | None, made_in: int, reads: bool) -> None:
    for clause in (
        participants(generation=made_in),
        members(generation=made_in),
        named(to(Named.PARTICIPANT, GUATEMALA), generation=made_in),
        named(to(Named.PERSON, UUID(int=1040)), generation=made_in),
    ):
        assert seen_by("member", clause, last_generation=ended_in) is reads


def test_a_person_named_reads_while_taking_part() -> None:
    by_name = named(to(Named.PERSON, UUID(int=1040)))
    gone = replace(appointed(40, "focal_point"), standings=())
    assert satisfies(appointed(40, "focal_point"), by_name)
    assert not satisfies(gone, by_name)
    assert not satisfies(appointed(40, "focal_point", standing(track=NETWORK)), by_name)
    assert not satisfies(appointed(41, "focal_point"), by_name)


def test_a_standing_reaches_its_own_process_alone() -> None:
    elsewhere = appointed(40, "focal_point", standing(process=ELSEWHERE))
    assert not satisfies(elsewhere, members())
    assert not satisfies(elsewhere, named(to(Named.PARTICIPANT, GUATEMALA)))


def test_one_of_several_standings_is_enough() -> None:
    twice = appointed(40, "focal_point", standing("suspended"), standing("member", track=NETWORK))
    assert satisfies(twice, members(frozenset({NETWORK})))
    assert satisfies(twice, named(to(Named.PARTICIPANT, GUATEMALA), tracks=BOTH))
    assert not satisfies(twice, members())
    assert not satisfies(twice, named(to(Named.PARTICIPANT, HOUSE), tracks=BOTH))


def test_an_office_opens_nothing_in_a_process_one_has_nothing_to_do_with() -> None:
    chair = Viewer(
        50,
        EVERYBODY["officer"].on,
        SOMEBODY,
        Hat(HatKind.PARTICIPANT, GUATEMALA),
        offices=frozenset({Office("chair", BODY), Office("secretariat", GOVERNMENT)}),
    )
    assert not satisfies(chair, named(to(Named.CHAIR, BODY)))
    assert not satisfies(chair, members())
    assert not satisfies(chair, members(opened_to=frozenset({to(Named.CHAIR, BODY)})))


def test_a_label_is_read_by_who_satisfies_all_its_clauses() -> None:
    both = LabelValue(frozenset({participants(BOTH), named(to(Named.CHAIR, BODY), to(Named.CHAIR, ELSEWHERE))}))
    assert who(lambda one: may_read(one, both)) == {"chair of the body"}


# --- what a clause and a label are ------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.PARTICIPANTS, Level.MEMBERS])
def test_an_audience_goes_with_named_readers_and_only_with_them(level: Level) -> None:
    with pytest.raises(ValueError, match="audience"):
        Clause(HERE, level, ONE_TRACK, audience=frozenset({to(Named.PERSON, SOMEBODY)}))
    with pytest.raises(ValueError, match="audience"):
        Clause(HERE, Level.NAMED, ONE_TRACK)


@pytest.mark.parametrize("level", [Level.PARTICIPANTS, Level.MEMBERS])
def test_above_public_a_track_is_named(level: Level) -> None:
    with pytest.raises(ValueError, match="track"):
        Clause(HERE, level)
    with pytest.raises(ValueError, match="track"):
        named(to(Named.PERSON, SOMEBODY), tracks=frozenset())
    assert Clause(HERE, Level.PUBLIC).tracks == frozenset()


def test_generations_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="generation"):
        members(generation=0)
    assert members().generation == 1


def test_the_empty_label_is_refused() -> None:
    with pytest.raises(ValueError, match="public"):
        LabelValue()
    with pytest.raises(ValueError, match="public"):
        LabelValue(frozenset())


def test_levels_stand_in_their_order() -> None:
    assert [level.value for level in Level] == ["public", "participants", "members", "named"]
    assert [level.weight for level in Level] == [0, 1, 2, 3]


def test_words_kept_in_the_database_stay_as_they_are() -> None:
    assert [one.value for one in Named] == [
        "participant",
        "person",
        "secretariat",
        "officers",
        "chair",
        "liaison",
        "meeting",
        "administrator",
        "protocol",
    ]


RICH = Clause(
    HERE,
    Level.MEMBERS,
    BOTH,
    BODY,
    opened_to=frozenset({to(Named.PERSON, SOMEBODY), to(Named.CHAIR, BODY), to(Named.CHAIR, HERE)}),
    generation=3,
)


def test_what_stands_in_the_database_for_a_clause() -> None:
    """Changed, every label in every database would mean something else: a migration's matter."""
    assert RICH.to_json() == {
        "process": str(HERE),
        "level": "members",
        "tracks": [str(GOVERNMENT), str(NETWORK)],
        "body": str(BODY),
        "audience": [],
        "opened_to": [["chair", str(HERE)], ["chair", str(BODY)], ["person", str(SOMEBODY)]],
        "generation": 3,
    }
    audience = [to(Named.PERSON, SOMEBODY), to(Named.LIAISON, HERE), to(Named.ADMINISTRATOR, INSTALLATION)]
    assert named(*audience).to_json() == {
        "process": str(HERE),
        "level": "named",
        "tracks": [str(GOVERNMENT)],
        "body": None,
        "audience": [["administrator", str(INSTALLATION)], ["liaison", str(HERE)], ["person", str(SOMEBODY)]],
        "opened_to": [],
        "generation": 1,
    }
    assert Clause(HERE, Level.PUBLIC).digest == DIGEST
    assert RICH.digest == RICH_DIGEST
    assert LabelValue(frozenset({RICH, Clause(HERE, Level.PUBLIC)})).digest == LABEL_DIGEST


DIGEST = "355ca48808908808306300247be883fc34952be3c498f42050c260ca717a428e"
RICH_DIGEST = "c4ef67b60b20c2a26cbf3bcf3ff62241e6adb2b9a0e034aa3df6697ab29999b0"
LABEL_DIGEST = "0591f34336cf4e7584b1532e4930b86a0e5fe5b1354151f6a1a76c9d8ed883e4"

SOME = [
    RICH,
    Clause(HERE, Level.PUBLIC),
    participants(BOTH),
    members(),
    named(to(Named.PERSON, SOMEBODY), to(Named.CHAIR, BODY)),
    administrators(),
]


@pytest.mark.parametrize("clause", SOME)
def test_a_clause_is_read_back_as_it_was(clause: Clause) -> None:
    again = Clause.from_json(json.loads(json.dumps(clause.to_json())))
    assert again == clause
    assert again.digest == clause.digest
    assert type(again.tracks) is frozenset
    assert type(again.level) is Level


def test_what_is_written_down_stands_in_one_order_however_it_was_put_together() -> None:
    """Of two equal sets one may give its parts in another order."""
    seven, eight, many = UUID(int=7), UUID(int=8), [UUID(int=8 * one) for one in range(1, 30)]
    assert members(frozenset({eight, seven})).to_json()["tracks"] == [str(seven), str(eight)]
    assert members(frozenset(many)).to_json()["tracks"] == sorted(map(str, many))
    clauses = [members(generation=one) for one in range(1, 30)]
    content = json.dumps(sorted(one.digest for one in clauses), separators=(",", ":"))
    assert LabelValue(frozenset(clauses)).digest == hashlib.sha256(content.encode()).hexdigest()
    for few in range(2, 30):
        some = clauses[:few]
        assert LabelValue(frozenset(some)).heaviest == max(some, key=lambda one: one.digest)


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert len({clause.digest for clause in SOME}) == len(SOME)
    assert all(len(clause.digest) == 64 for clause in SOME)


def test_the_heaviest_clause_gives_level_and_words() -> None:
    label = LabelValue(frozenset({Clause(HERE, Level.PUBLIC), members(), participants(BOTH)}))
    assert (label.level, label.heaviest) == (Level.MEMBERS, members())
    of_a_body = LabelValue(frozenset({members(), members(body=BODY), participants(BOTH)}))
    assert of_a_body.heaviest == members(body=BODY)
    above_a_body = LabelValue(frozenset({members(), participants(body=BODY)}))
    assert above_a_body.heaviest == members()
    for one, other in ((members(), members(frozenset({NETWORK}))), (members(body=BODY), members(body=OTHER_BODY))):
        tied = LabelValue(frozenset({one, other}))
        assert tied.heaviest == max((one, other), key=lambda clause: clause.digest)


def test_administrators_are_addressed_in_the_installation() -> None:
    assert administrators().to_json() == {
        "process": str(INSTALLATION),
        "level": "named",
        "tracks": [str(INSTALLATION)],
        "body": None,
        "audience": [["administrator", str(INSTALLATION)]],
        "opened_to": [],
        "generation": 1,
    }


# --- what follows from what -------------------------------------------------------------------------------------

IMPLIED: list[tuple[str, Clause, Clause, bool]] = [
    ("itself", members(), members(), True),
    ("itself, named", SOME[4], SOME[4], True),
    ("public from anything", Clause(ELSEWHERE, Level.PUBLIC), members(), True),
    ("public from named", Clause(HERE, Level.PUBLIC), SOME[4], True),
    ("participants from members", participants(), members(), True),
    ("members from participants", members(), participants(), False),
    ("more tracks from fewer", participants(BOTH), participants(), True),
    ("fewer tracks from more", participants(), participants(BOTH), False),
    ("another process", participants(), replace(members(), process=ELSEWHERE), False),
    ("another body", participants(body=BODY), members(body=OTHER_BODY), False),
    ("no body from a body", participants(), members(body=BODY), False),
    ("a body from none", participants(body=BODY), members(), False),
    ("the same body", participants(body=BODY), members(body=BODY), True),
    ("from what is opened", participants(), members(opened_to=RICH.opened_to), False),
    ("opened from what is not", participants(opened_to=RICH.opened_to), members(), True),
    ("an older generation", participants(generation=1), members(generation=2), False),
    ("a newer generation", participants(generation=2), members(generation=1), False),
    ("the same generation", participants(generation=2), members(generation=2), True),
    ("participants from named", participants(), SOME[4], False),
    ("named from members", SOME[4], members(), False),
    ("named from other named", named(to(Named.PERSON, SOMEBODY), to(Named.CHAIR, HERE)), SOME[4], False),
    ("anything from public", members(), Clause(HERE, Level.PUBLIC), False),
    ("the same level", members(BOTH), members(), True),
]


@pytest.mark.parametrize(("clause", "by", "expected"), [row[1:] for row in IMPLIED], ids=[row[0] for row in IMPLIED])
def test_what_follows_from_what(clause: Clause, by: Clause, expected: bool) -> None:
    assert implied(clause, by) is expected


def test_what_stands_in_another_thing_loses_what_is_implied() -> None:
    assert together([participants(BOTH)], [members()]).clauses == {members()}
    assert together([participants()], [participants(body=BODY)]).clauses == {participants(), participants(body=BODY)}
    assert together([Clause(HERE, Level.PUBLIC)]).clauses == {Clause(HERE, Level.PUBLIC)}
    assert together([SOME[4]], [SOME[4], members()]).clauses == {SOME[4], members()}
    with pytest.raises(ValueError, match="public"):
        together([], [])


def test_of_two_that_follow_from_each_other_one_stays() -> None:
    """Which one is settled by content, so that one set of clauses is always one label."""
    two = [Clause(HERE, Level.PUBLIC), Clause(ELSEWHERE, Level.PUBLIC)]
    heavier = max(two, key=lambda one: one.digest)
    assert together(two).clauses == {heavier}
    assert together(reversed(two)).clauses == {heavier}
