"""Every predicate about silence and adoption: who of everybody may."""

from __future__ import annotations

from secretariat.core.viewer import Office
from secretariat.documents.models import Document
from secretariat.processes import policy as processes
from secretariat.texts import policy as texts
from secretariat.texts.silence_models import AdoptionConfirmation, SilenceProcedure, TextAdoption
from tests.access.people import (
    BODY,
    ELSEWHERE,
    EVERYBODY,
    GOVERNMENT,
    GUATEMALA,
    HERE,
    NETWORK,
    appointed,
    standing,
    who,
)

OFFICER = {"officer", "chair's office"}
SPEAKERS = {"focal point", "alternate"}


def chairs_of(*chaired: object) -> set[str]:
    """Who holds the office of the chair of one of these."""
    return {
        name
        for name, viewer in EVERYBODY.items()
        if any(Office("chair", one) in viewer.offices for one in chaired)  # type: ignore[arg-type]
    }


def test_the_secretariat_of_the_track_keeps_silence_and_its_rules() -> None:
    assert who(lambda one: texts.may_set_rules(one, GOVERNMENT)) == OFFICER
    assert who(lambda one: texts.may_set_rules(one, NETWORK)) == {"coordinator"}
    of = Document(process_id=HERE, track_id=GOVERNMENT)
    assert who(lambda one: texts.may_open_silence(one, of)) == OFFICER
    found = SilenceProcedure(process_id=HERE, track_id=GOVERNMENT)
    assert who(lambda one: texts.may_keep_silence(one, found)) == OFFICER
    assert who(lambda one: texts.may_keep_silence(one, SilenceProcedure(process_id=HERE, track_id=NETWORK))) == {
        "coordinator"
    }


def test_who_speaks_for_a_participant_of_the_track_reacts() -> None:
    found = SilenceProcedure(process_id=HERE, track_id=GOVERNMENT)
    may = who(lambda one: texts.may_react(one, found))
    assert {*SPEAKERS, "mexican", "observer"} <= may
    assert not may & {"officer", "coordinator", "chair's office", "public", "guatemalan on the other track"}
    for name in may:
        assert processes.speaks_on(EVERYBODY[name], HERE, GOVERNMENT)


def test_it_is_the_standing_in_this_process_and_track_that_counts() -> None:
    found = SilenceProcedure(process_id=HERE, track_id=GOVERNMENT)
    here, elsewhere = standing(), standing(process=ELSEWHERE)
    assert texts.may_react(appointed(30, "focal_point", elsewhere, here), found)
    assert not texts.may_react(appointed(31, "focal_point", elsewhere), found)
    assert not texts.may_react(appointed(32, "focal_point", standing(track=NETWORK), elsewhere), found)
    assert not texts.may_react(appointed(33, "focal_point", standing(last_generation=2)), found)


def test_the_chair_pronounces_or_the_secretariat_for_it() -> None:
    of = Document(process_id=HERE, track_id=GOVERNMENT, body_id=BODY)
    chairs = chairs_of(HERE, BODY)
    assert chairs
    assert who(lambda one: texts.chairs(one, of)) == chairs
    assert who(lambda one: texts.may_pronounce(one, of)) == OFFICER | chairs
    elsewhere = Document(process_id=HERE, track_id=NETWORK)
    assert who(lambda one: texts.may_pronounce(one, elsewhere)) == {"coordinator"} | chairs_of(HERE)


def test_a_capital_confirms_through_who_speaks_for_it() -> None:
    adoption = TextAdoption(process_id=HERE, track_id=GOVERNMENT)
    row = AdoptionConfirmation(participant_id=GUATEMALA, adoption=adoption)
    assert who(lambda one: texts.may_confirm(one, row)) == {*SPEAKERS, *OFFICER}
