"""Viewers and hats as values."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from uuid import UUID

import pytest

from secretariat.core.viewer import (
    ANONYMOUS_ID,
    INSTALLATION,
    NOBODY,
    Hat,
    HatKind,
    Office,
    Role,
    Viewer,
    anonymous,
    frozen,
)
from tests.access.people import (
    BODY,
    ELSEWHERE,
    ELSEWHERES,
    EVERYBODY,
    GOVERNMENT,
    GUATEMALA,
    HERE,
    MEXICO,
    NETWORK,
    SOMEBODY,
    TODAY,
    appointed,
    standing,
    who,
)

HATS = [
    (NOBODY, "nobody"),
    (Hat(HatKind.ADMINISTRATOR), "administrator"),
    (Hat(HatKind.PARTICIPANT, GUATEMALA), f"participant:{GUATEMALA}"),
    (Hat(HatKind.SECRETARIAT, GOVERNMENT), f"secretariat:{GOVERNMENT}"),
    (Hat(HatKind.EMERGENCY, GOVERNMENT), f"emergency:{GOVERNMENT}"),
]


@pytest.mark.parametrize(("hat", "written"), HATS)
def test_a_hat_is_written_and_read(hat: Hat, written: str) -> None:
    assert str(hat) == written
    assert Hat.parse(written) == hat


@pytest.mark.parametrize("wrong", ["", "queen", "participant:x", f"queen:{GUATEMALA}"])
def test_what_is_no_hat_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"valid|badly"):
        Hat.parse(wrong)


def test_the_installation_and_the_public_have_constant_keys() -> None:
    """They stand in the database and in its row security."""
    assert (1, UUID("00000000-0000-0000-0000-000000000000")) == (ANONYMOUS_ID, INSTALLATION)


def test_the_public_holds_nothing() -> None:
    public = anonymous(TODAY)
    assert (public.id, public.on, public.person, public.hat) == (ANONYMOUS_ID, TODAY, None, NOBODY)
    assert (public.standings, public.offices, public.roles, public.processes) == (
        (),
        frozenset(),
        frozenset(),
        frozenset(),
    )
    assert who(lambda one: one.is_anonymous) == {"public"}


def test_nothing_of_a_viewer_can_be_changed() -> None:
    viewer = EVERYBODY["focal point"]
    with pytest.raises(FrozenInstanceError):
        viewer.id = 3  # type: ignore[misc]
    for value in (viewer.hat, viewer.standings[0], Office("chair", BODY), Role("chair", HERE)):
        with pytest.raises((FrozenInstanceError, TypeError)):
            value.process = ELSEWHERE  # type: ignore[misc, union-attr]
        assert not hasattr(value, "__dict__")
    roles = frozen({BODY: {"member"}})
    assert roles == {BODY: frozenset({"member"})}
    with pytest.raises(TypeError):
        roles[BODY] = frozenset()  # type: ignore[index]
    with pytest.raises(AttributeError):
        roles[BODY].add("chair")  # type: ignore[attr-defined]


def test_a_standing_without_bodies_holds_none() -> None:
    assert dict(standing().bodies) == {}
    assert standing().last_generation is None
    assert standing().process_wide_bodies == frozenset()


def test_one_acts_for_a_participant_under_its_hat_alone() -> None:
    acting = {name: one.participant for name, one in EVERYBODY.items() if one.participant}
    assert acting["focal point"] == GUATEMALA
    assert acting["mexican"] == MEXICO
    assert set(EVERYBODY) - set(acting) == {
        "public",
        "officer",
        "chair's office",
        "officer elsewhere",
        "coordinator",
        "administrator",
        "emergency reader",
    }


def test_who_administers_and_who_keeps() -> None:
    assert who(lambda one: one.administers) == {"administrator"}
    assert who(lambda one: one.keeps(GOVERNMENT)) == {"officer", "chair's office"}
    assert who(lambda one: one.is_officer_of(GOVERNMENT)) == {"officer"}
    assert who(lambda one: one.is_officer_of(NETWORK)) == {"coordinator"}
    assert who(lambda one: one.reads_only) == {"emergency reader"}
    assert who(lambda one: one.keeps(NETWORK)) == {"coordinator"}
    elsewhere = replace(EVERYBODY["officer"], offices=frozenset({Office("administrator", GOVERNMENT)}))
    assert not elsewhere.administers
    assert not elsewhere.keeps(GOVERNMENT)


def test_one_has_to_do_with_processes_of_standings_and_of_appointments() -> None:
    both = appointed(40, "focal_point", standing(process=ELSEWHERE, track=ELSEWHERES))
    assert both.processes == {HERE, ELSEWHERE}
    assert EVERYBODY["officer"].processes == {HERE}
    assert replace(both, roles=frozenset()).processes == {ELSEWHERE}


def test_an_appointment_is_held_by_name_and_process() -> None:
    viewer = appointed(40, "focal_point")
    assert viewer.holds("focal_point", HERE)
    assert not viewer.holds("focal_point", ELSEWHERE)
    assert not viewer.holds("alternate", HERE)


BELONGING = [
    ("standing", Viewer(40, TODAY, SOMEBODY, standings=(standing(),))),
    ("role", Viewer(40, TODAY, SOMEBODY, roles=frozenset({Role("officer", HERE, GOVERNMENT)}))),
]


@pytest.mark.parametrize("viewer", [row[1] for row in BELONGING], ids=[row[0] for row in BELONGING])
def test_one_belongs_to_a_track_by_standing_or_by_appointment(viewer: Viewer) -> None:
    assert viewer.belongs_to(HERE, [NETWORK, GOVERNMENT])
    assert viewer.belongs_to(HERE, iter([GOVERNMENT]))
    assert not viewer.belongs_to(HERE, [NETWORK])
    assert not viewer.belongs_to(ELSEWHERE, [GOVERNMENT])
    assert not viewer.belongs_to(HERE, [])


def test_the_tracks_of_a_process_are_those_of_standings_and_of_appointments() -> None:
    viewer = appointed(40, "focal_point", standing(track=NETWORK), standing(process=ELSEWHERE, track=ELSEWHERES))
    assert viewer.tracks_in(HERE) == {GOVERNMENT, NETWORK}
    assert viewer.tracks_in(ELSEWHERE) == {ELSEWHERES}
    assert viewer.tracks_in(UUID(int=3)) == frozenset()
    without = replace(viewer, roles=frozenset({Role("chair", HERE)}))
    assert without.tracks_in(HERE) == {NETWORK}
    assert type(without.tracks_in(HERE)) is frozenset


def test_the_strongest_standing_of_a_process_is_told() -> None:
    observer, member = standing("observer"), standing("member", track=NETWORK)
    abroad = standing("member", process=ELSEWHERE, track=ELSEWHERES)
    viewer = appointed(40, "focal_point", abroad, observer, member)
    assert viewer.standing_in(HERE) == member
    assert replace(viewer, standings=(member, observer)).standing_in(HERE) == member
    assert viewer.standing_in(ELSEWHERE) == abroad
    assert replace(viewer, standings=(observer,)).standing_in(HERE) == observer
    assert replace(viewer, standings=(abroad,)).standing_in(HERE) is None
