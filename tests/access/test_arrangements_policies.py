"""Every predicate about host's lists: who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from secretariat.arrangements import policy as arrangements
from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.workshop_models import Workshop, WorkshopCall
from secretariat.core.dates import PartialDate
from secretariat.core.viewer import Hat, HatKind, Office, Role, Viewer
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.processes.models import Process
from tests.access.people import EVERYBODY, GOVERNMENT, GUATEMALA, HERE, who

KEY, OTHER = UUID(int=901), UUID(int=902)
OFFICER = {"officer", "chair's office"} & EVERYBODY.keys() or {"officer"}
NOW = datetime(2026, 11, 1, tzinfo=UTC)
EVE, FIRST = date(2027, 2, 28), date(2027, 3, 1)


def protocol(key: UUID = KEY) -> Viewer:
    roles = frozenset({Role("protocol_officer", HERE, GOVERNMENT)})
    hat, office = Hat(HatKind.PROTOCOL, key), Office("protocol", key)
    return Viewer(id=77, on=EVE, person=UUID(int=77), hat=hat, offices=frozenset({office}), roles=roles)


def meeting(state: MeetingState = MeetingState.ANNOUNCED) -> Meeting:
    return Meeting(process_id=HERE, track_id=GOVERNMENT, state=state, starts_on=PartialDate("2027-03-01"))


def listing(erased_on: date | None = None) -> HostList:
    return HostList(id=KEY, process_id=HERE, track_id=GOVERNMENT, erased_on=erased_on)


def test_a_list_is_opened_by_the_secretariat_while_the_meeting_takes_place() -> None:
    for state in MeetingState:
        open_states = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.HELD)
        allowed = who(partial(arrangements.may_open, meeting=meeting(state)))
        assert allowed == (OFFICER if state in open_states else set())
    assert not arrangements.may_open(protocol(), meeting())


@pytest.mark.parametrize("erased_on", [None, FIRST])
def test_it_is_seen_to_by_its_own_protocol_officers_and_the_secretariat(erased_on: date | None) -> None:
    one, here = listing(erased_on), erased_on is None
    assert who(lambda reader: arrangements.may_see_to(reader, one)) == (OFFICER if here else set())
    assert who(lambda reader: arrangements.may_name_protocol(reader, one)) == (OFFICER if here else set())
    assert arrangements.may_see_to(protocol(), one) is here
    assert not arrangements.may_see_to(protocol(OTHER), one)
    assert not arrangements.may_name_protocol(protocol(), one)


def test_a_participant_speaks_of_its_own_persons_until_the_meeting() -> None:
    mine = HostedPerson(participant_id=GUATEMALA)
    speaking = who(lambda one: arrangements.may_give(one, mine, meeting(), EVE))
    assert speaking
    assert all(EVERYBODY[name].participant == GUATEMALA for name in speaking)
    assert who(lambda one: arrangements.may_give(one, HostedPerson(), meeting(), EVE)) == set()
    for on, at in ((FIRST, meeting()), (EVE, meeting(MeetingState.CANCELLED))):
        assert who(partial(arrangements.may_give, one=mine, meeting=at, on=on)) == set()
        assert not arrangements.is_open(at, on)
    speaker = EVERYBODY[sorted(speaking)[0]]
    assert not arrangements.may_give(replace(speaker, roles=frozenset()), mine, meeting(), EVE)


def test_it_is_erased_sixty_days_after_the_last_day() -> None:
    assert arrangements.erased_after(date(2027, 3, 2)) == date(2027, 5, 1)


def workshop(**more: object) -> Workshop:
    given = {"nominate_by": EVE, "ends_on": FIRST, "called_at": NOW, "chosen_at": None, "attended_at": None}
    return Workshop(process_id=HERE, track_id=GOVERNMENT, **(given | more))


def test_workshops_are_kept_by_the_secretariat_and_answered_by_who_was_asked() -> None:
    assert who(lambda one: arrangements.may_keep_workshops(one, GOVERNMENT)) == OFFICER
    called = WorkshopCall(participant_id=GUATEMALA, workshop=workshop())
    speaking = who(lambda one: arrangements.may_nominate(one, called))
    assert speaking
    assert all(EVERYBODY[name].participant == GUATEMALA for name in speaking)
    assert not arrangements.may_nominate(protocol(), called)


def test_people_are_named_between_the_call_and_the_choice() -> None:
    assert arrangements.is_called(workshop(), EVE)
    assert not arrangements.is_called(workshop(), FIRST)
    assert not arrangements.is_called(workshop(called_at=None), EVE)
    assert not arrangements.is_called(workshop(chosen_at=NOW), EVE)
    assert arrangements.named_until(workshop()) == EVE
    here = Process(zone="America/Panama")
    assert arrangements.named_until(workshop(chosen_at=NOW, process=here)) == date(2026, 10, 31)  # as it was there
    late = datetime(2027, 6, 1, tzinfo=UTC)
    assert arrangements.named_until(workshop(chosen_at=late, process=here)) == EVE


def test_half_a_year_after_it_was_held_it_is_asked_what_could_be_used() -> None:
    held, day = workshop(attended_at=NOW), FIRST + arrangements.HALF_A_YEAR
    assert arrangements.asks_use(held, day)
    assert not arrangements.asks_use(held, day - timedelta(days=1))
    assert not arrangements.asks_use(workshop(), day)


def test_a_contribution_is_entered_by_the_secretariat_and_answered_by_its_giver_until_it_is_right() -> None:
    assert who(lambda one: arrangements.may_keep_contributions(one, GOVERNMENT)) == OFFICER
    of = Contribution(process_id=HERE, track_id=GOVERNMENT, participant_id=GUATEMALA)
    assert who(lambda one: arrangements.may_answer_contribution(one, of)) == {"focal point", "alternate"}
    assert who(lambda one: arrangements.may_take_contribution_away(one, of)) == OFFICER
    assert not who(lambda one: arrangements.may_note_givers_word(one, of))
    by_name = Contribution(process_id=HERE, track_id=GOVERNMENT, giver="A foundation")
    assert who(lambda one: arrangements.may_note_givers_word(one, by_name)) == OFFICER
    by_name.confirmed_at = NOW
    assert not who(lambda one: arrangements.may_note_givers_word(one, by_name))
    of.confirmed_at = NOW
    assert not who(lambda one: arrangements.may_answer_contribution(one, of))
    assert not who(lambda one: arrangements.may_take_contribution_away(one, of))
