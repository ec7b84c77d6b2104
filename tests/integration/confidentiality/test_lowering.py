"""Declassification: on its day, late, twice, when the clock is changed, with an event; and days to look again."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.confidentiality import decided, service
from secretariat.confidentiality.choices import NAMED, PARTICIPANTS, SECRETARIAT, said
from secretariat.confidentiality.models import Declassification, DeclassificationState, LabelReview
from secretariat.confidentiality.service import NotAllowed, Refused, Wanted
from secretariat.core import clock, events
from secretariat.core.labelling import label_history
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import service as meetings
from secretariat.meetings.models import Adoption, Meeting
from secretariat.meetings.service import Confirmation
from secretariat.processes.clauses import participant
from tests.factories import meetings as made
from tests.factories.follow_up import on
from tests.integration.confidentiality.conftest import Stage

IN_TEN = timedelta(days=10)


def plan(stage: Stage, who: str, what: str, day: date | None = None, event: str = "", *, widens: bool = True) -> UUID:
    with stage.acts(who) as session:
        of = stage.subject(session, what)
        occasion = next((one for one in events.occasions(session, of.thing) if one.event == event), None)
        own = stage.label(session, of, PARTICIPANTS)
        row, _change = service.plan_lowering(
            session, of, Wanted(own, widens), why="ten years on", decision="RCX/VM/1", on=day, occasion=occasion
        )
        return row.id


def state(stage: Stage, key: UUID) -> DeclassificationState:
    with system_unit(stage.engine, Reason.LABELLING, writes=False) as system:
        return system.get_one(Declassification, key).state


def test_a_planned_lowering_waits_for_its_day_and_is_done_once(stage: Stage) -> None:
    key = plan(stage, "gt", "commitment", clock.today() + IN_TEN)
    assert service.lower_what_is_due(stage.engine) == 0
    assert "co" not in stage.readers("commitment")
    with on(clock.now() + IN_TEN):
        assert service.lower_what_is_due(stage.engine) == 1
        assert service.lower_what_is_due(stage.engine) == 0
        assert "co" in stage.readers("commitment")
        with stage.acts("gt") as session:
            history = label_history(session, stage.subject(session, "commitment").thing)
        assert "ten years on" in history[-1].why
    assert state(stage, key) is DeclassificationState.DONE


def test_days_the_worker_was_away_are_caught_up_with(stage: Stage) -> None:
    plan(stage, "gt", "commitment", clock.today() + IN_TEN)
    with on(clock.now() + timedelta(days=400)):
        assert service.lower_what_is_due(stage.engine) == 1


def test_a_clock_set_back_lowers_nothing_twice(stage: Stage) -> None:
    key = plan(stage, "gt", "commitment", clock.today() + IN_TEN)
    with on(clock.now() + IN_TEN):
        service.lower_what_is_due(stage.engine)
    with stage.acts("gt") as session:
        of = stage.subject(session, "commitment")
        named = said(participant(stage.world.id["gt"]))
        service.change(session, of, Wanted(stage.label(session, of, NAMED, named)), why="raised again")
    with on(clock.now() + IN_TEN):  # the day comes once more
        assert service.lower_what_is_due(stage.engine) == 0
    assert state(stage, key) is DeclassificationState.DONE
    assert "co" not in stage.readers("commitment")


@pytest.mark.parametrize(("what", "who"), [("commitment", "officer"), ("commitment", "mx"), ("plan", "gt")])
def test_who_may_not_lower_now_may_not_plan_it(stage: Stage, what: str, who: str) -> None:
    with pytest.raises(NotAllowed):
        plan(stage, who, what, clock.today() + IN_TEN)


def test_a_day_that_has_come_is_refused(stage: Stage) -> None:
    with pytest.raises(Refused, match="day to come"):
        plan(stage, "gt", "commitment", clock.today())


def test_where_the_label_has_become_another_a_person_looks_again(stage: Stage) -> None:
    key = plan(stage, "gt", "commitment", clock.today() + IN_TEN)
    with stage.acts("gt") as session:
        of = stage.subject(session, "commitment")
        named = (said(participant(stage.world.id["gt"])), f"secretariat:{stage.world.id['government']}")
        service.change(session, of, Wanted(stage.label(session, of, NAMED, *named)), why="a mistake")
    with on(clock.now() + IN_TEN):
        assert service.lower_what_is_due(stage.engine) == 0
        assert "co" not in stage.readers("commitment")
        assert state(stage, key) is DeclassificationState.HELD
        with stage.acts("officer") as session:
            listed = decided.to_see_to(session, [stage.world.id["government"]], clock.today())
            assert [(one.row.id, one.waits) for one in listed] == [(key, True)]


def test_where_what_it_stands_in_was_raised_meanwhile_a_person_looks_again(stage: Stage) -> None:
    """Deciding to leave the meeting's label out was deciding about that label, and not about a stricter one."""
    named = (said(participant(stage.world.id["gt"])), f"secretariat:{stage.world.id['government']}")
    with stage.acts("officer") as session:
        of = stage.subject(session, "item")
        service.change(session, of, Wanted(stage.label(session, of, NAMED, *named)), why="for the drafters")
    key = plan(stage, "officer", "item", clock.today() + IN_TEN)
    with stage.acts("officer") as session:
        of = stage.subject(session, "meeting")
        service.change(session, of, Wanted(stage.label(session, of, SECRETARIAT)), why="a leak is feared")
    with on(clock.now() + IN_TEN):
        assert service.lower_what_is_due(stage.engine) == 0
        assert stage.readers("item") == {"officer"}
    assert state(stage, key) is DeclassificationState.HELD


def test_a_planned_lowering_can_be_called_off(stage: Stage) -> None:
    key = plan(stage, "gt", "commitment", clock.today() + IN_TEN)
    with stage.acts("officer") as session:
        row = decided.declassification(session, key)
        assert row is not None
        service.call_off(session, row)
    with on(clock.now() + IN_TEN):
        assert service.lower_what_is_due(stage.engine) == 0


def test_nobody_else_learns_that_it_is_planned(stage: Stage) -> None:
    key = plan(stage, "gt", "commitment", clock.today() + IN_TEN)
    for who, sees in (("gt", True), ("officer", True), ("mx", False), ("coordinator", False), ("co", False)):
        with stage.acts(who) as session:
            assert (decided.declassification(session, key) is not None) is sees, who


def close(stage: Stage) -> None:
    with stage.acts("officer") as session:
        meeting = session.scalars(select(Meeting).where(Meeting.id == stage.of["meeting"][1])).one()
        moved = made.particulars(starts_on=made.in_days(-1), ends_on=made.in_days(-1), last_ends=None)
        meetings.change_meeting(session, meeting, moved)
        meetings.record_attendance(session, made.again(session, meeting.id), {})
        meetings.close_meeting(session, made.again(session, meeting.id))


def test_what_waits_for_a_meeting_to_be_closed_is_lowered_with_it(stage: Stage) -> None:
    plan(stage, "officer", "item", event="meeting closed")
    assert "co" not in stage.readers("item")
    close(stage)
    assert "co" in stage.readers("item")


def test_what_waits_for_the_chairs_confirmation_is_lowered_with_it(stage: Stage) -> None:
    plan(stage, "officer", "item", event="outcome confirmed")
    with stage.acts("officer") as session:
        of = stage.subject(session, "outcome")
        meeting = made.again(session, stage.of["meeting"][1])
        meetings.confirm_outcome(
            session, meeting, of.thing, Confirmation(adoption=Adoption.CONSENSUS, word="in the room")
        )
    assert "co" in stage.readers("item")


def test_an_event_of_another_meeting_lowers_nothing(stage: Stage) -> None:
    plan(stage, "officer", "item", event="meeting closed")
    with stage.acts("officer") as session:
        other = made.scheduled(session, body="Steering Group")
        events.happened(session, "meeting closed", other.id)
    assert "co" not in stage.readers("item")


def test_a_day_to_look_again_stands_on_the_list_until_somebody_looked(stage: Stage) -> None:
    with stage.acts("officer") as session:
        row = service.look_again_on(session, stage.subject(session, "item"), clock.today() + IN_TEN, "still right?")
        key = row.id
    kept = [stage.world.id["government"]]
    with stage.acts("officer") as session:
        assert [one.row.id for one in decided.to_see_to(session, kept, clock.today())] == [key]
        assert decided.to_see_to(session, kept, clock.today() - timedelta(days=10)) == []
    with stage.acts("coordinator") as session:
        assert decided.to_see_to(session, kept, clock.today()) == []
    with stage.acts("officer") as session:
        found = session.scalars(select(LabelReview).where(LabelReview.id == key)).one()
        service.looked_at(session, stage.subject(session, "item"), found)
        assert decided.to_see_to(session, kept, clock.today()) == []


def test_the_officers_list_says_nothing_of_what_the_officer_may_not_read(stage: Stage) -> None:
    with stage.acts("gt") as session:
        service.look_again_on(session, stage.subject(session, "commitment"), clock.today() + IN_TEN, "")
    kept = [stage.world.id["government"]]
    with stage.acts("officer") as session:
        assert len(decided.to_see_to(session, kept, clock.today())) == 1
    with stage.acts("gt") as session:
        of = stage.subject(session, "commitment")
        named = said(participant(stage.world.id["gt"]))
        service.change(session, of, Wanted(stage.label(session, of, NAMED, named)), why="ours alone")
    with stage.acts("officer") as session:
        assert decided.to_see_to(session, kept, clock.today()) == []
