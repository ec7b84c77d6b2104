"""Milestones: a template a body, the cycle of a meeting, the officer's list, and one button for what comes next."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask

from secretariat.core import clock
from secretariat.core.awaited import awaited
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import service as follow_up
from secretariat.meetings import back_planning, service
from secretariat.meetings.milestone_models import MilestoneKind, MilestoneRule
from secretariat.meetings.models import Adoption, AttributionRule, MeetingState
from secretariat.meetings.service import Confirmation, Distance, ItemWords
from secretariat.processes.models import Body
from tests.factories.meetings import acting, again, invited, looking, outcome, particulars, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

NOW = datetime.fromisoformat("2027-01-11T15:00:00+00:00")
FIRST = date(2027, 5, 11)  # a Tuesday; so is what lies whole weeks before it


@pytest.fixture(autouse=True)
def clockwork() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


def plenary(stage: Stage, first: date = FIRST, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(
            session, body="Vice-Ministerial Meeting", starts_on=first, ends_on=first, last_ends=None, **fields
        )
        return meeting.id


def path_of(stage: Stage, body: str = "plenary") -> str:
    return f"/processes/rcx/bodies/{stage.id[body]}/milestones"


def next_of(page: str) -> str:
    block = page.partition('<div class="next">')[2].partition("</div>")[0]
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", block))).strip()


def listed(stage: Stage, one: Official | None = None) -> list[tuple[str, str]]:
    """The milestones in the list of an officer: kind and day."""
    with looking(stage.engine, one or stage.officer) as session:
        today = clock.today()
        return [(each.status, str(each.due_on)) for each in awaited(session, today) if each.kind == "milestone"]


def all_kinds(**more: Distance | None) -> dict[MilestoneKind, Distance | None]:
    return {kind: more.get(kind.value) for kind in MilestoneKind}


def template(**more: str) -> dict[str, str]:
    """The form of a body's milestones with nothing chosen but this."""
    return {f"{part}_{kind.value}": "" for kind in MilestoneKind for part in ("number", "counts")} | more


# --- the template of a body ---------------------------------------------------------------------------------------


def test_a_body_that_has_said_nothing_shows_what_the_product_keeps(app: Flask, stage: Stage) -> None:
    page = Desk(app, stage.officer).get(path_of(stage))
    assert re.search(r'name="number_invitation"[^>]*value="8"', page)
    assert re.search(r'<option selected value="weeks:before:first_day">', page)


def test_the_secretariat_says_when_the_milestones_of_a_body_are_due(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    kept = template(number_papers="10", counts_papers="days:before:first_day")
    kept |= {"number_draft_report": "3", "counts_draft_report": "weeks:after:last_day"}
    location, _page = desk.send(path_of(stage), kept)
    assert location.endswith("/meetings/")
    with looking(stage.engine, stage.officer) as session:
        rules = back_planning.kept(back_planning.rules_of(session, [stage.id["plenary"]])[stage.id["plenary"]])
        assert {one.kind.value: (one.days, one.anchor.value) for one in rules} == {
            "papers": (-10, "first_day"),
            "draft_report": (21, "last_day"),
        }
    page = desk.get(path_of(stage))
    assert re.search(r'name="number_draft_report"[^>]*value="3"', page)
    assert not re.search(r'name="number_invitation"[^>]*value="\d', page)


def test_bad_numbers_are_said_beside_their_field_and_nothing_is_lost(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    for given, sentence in (
        ({"counts_papers": "weeks:before:first_day", "number_papers": ""}, "Give the number, for example 6"),
        ({"counts_papers": "weeks:before:first_day", "number_papers": "many"}, "Give a whole number"),
        ({"counts_papers": "weeks:before:first_day", "number_papers": "300"}, "more than two years"),
        ({"counts_papers": "fortnights", "number_papers": "3"}, "Choose one of those shown"),
    ):
        (wrong,) = desk.wrong(path_of(stage), template(**given))
        assert sentence in wrong, given
    page = desk.send(path_of(stage), template(counts_papers="weeks:before:first_day", number_papers="300"), 422)[1]
    assert re.search(r'name="number_papers"[^>]*value="300"', page)
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        assert system.query(MilestoneRule).count() == 0


def test_two_officers_at_one_template_meet_in_a_conflict(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    papers = template(counts_papers="days:before:first_day", number_papers="9")
    desk.send(path_of(stage), papers)
    stale = re.findall(r'name="version"[^>]*value="([^"]*)"', desk.get(path_of(stage)))[0]
    desk.send(path_of(stage), papers | {"number_papers": "8"})
    page = desk.send(path_of(stage), papers | {"number_papers": "7", "version": stale}, 409)[1]
    assert re.search(r'name="number_papers"[^>]*value="7"', page)


@pytest.mark.parametrize("who", ["coordinator", "chair"])
def test_nobody_else_sets_them(app: Flask, stage: Stage, who: str) -> None:
    Desk(app, getattr(stage, who)).get(path_of(stage), 404)
    with acting(stage.engine, getattr(stage, who)) as session:
        body = session.get(Body, stage.id["plenary"])
        if body is not None:
            with pytest.raises(NotAllowed):
                service.keep_milestones(session, body, all_kinds())


# --- the cycle of a meeting ---------------------------------------------------------------------------------------


def test_the_cycle_shows_every_milestone_with_its_day(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    page = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}")
    steps = page.partition('<ol class="cycle mini"')[2].partition("</ol>")[0]
    words = [html.unescape(re.sub(r"<[^>]+>", " ", one)).strip() for one in re.findall(r"<li.*?</li>", steps, re.S)]
    assert [one.split("  ")[0].strip() for one in words][1:3] == ["Call for items 16 Feb", "Invitation 16 Mar"]
    assert len(words) == 8
    assert "Note them as sent" not in page


def test_a_postponed_meeting_moves_all_its_milestones(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    with acting(stage.engine, stage.officer) as session:
        before = _days(stage, session, meeting)
        service.call_off_meeting(session, again(session, meeting), MeetingState.POSTPONED, None)
        assert _days(stage, session, meeting) == {}
        moved = again(session, meeting)
        later = FIRST + timedelta(weeks=10)
        service.change_meeting(session, moved, particulars(starts_on=later, ends_on=later, last_ends=None))
        service.announce_meeting(session, moved)
        after = _days(stage, session, meeting)
    assert after == {kind: day + timedelta(weeks=10) for kind, day in before.items()}


def _days(stage: Stage, session: Any, meeting: UUID) -> dict[str, date]:
    found = back_planning.milestones_of(session, again(session, meeting), [], on=date(2027, 1, 11))
    return {one.kind.value: one.milestone.counted_on for one in found}


def test_off_the_record_there_is_no_report_to_wait_for(stage: Stage) -> None:
    meeting = plenary(stage, attribution=AttributionRule.OFF_THE_RECORD)
    with looking(stage.engine, stage.officer) as session:
        assert {"draft_report", "comments_due"} & set(_days(stage, session, meeting)) == set()


def test_what_comes_next_follows_the_milestones(app: Flask, stage: Stage, clockwork: Any) -> None:
    meeting = plenary(stage)
    desk = Desk(app, stage.officer)
    at = f"/meetings/{meeting}"
    assert "ask the focal points for agenda items; its day is Tue 16 Feb." in next_of(desk.get(at))
    desk.send(f"{at}/milestones/call_for_items", {}, form_at=at)
    assert "invite the participants" in next_of(desk.get(at))
    with acting(stage.engine, stage.officer) as session:
        invited(session, again(session, meeting))
    assert "put the agenda together" in next_of(desk.get(at))
    assert "Note it as circulated" not in desk.get(at), "of a meeting that is to come there is no report yet"
    with acting(stage.engine, stage.officer) as session:
        service.add_item(session, again(session, meeting), ItemWords(title=LocalText.of("Opening")))
    assert "4 answers are still awaited" in next_of(desk.get(at))
    clockwork.move_to(datetime.fromisoformat("2027-04-19T15:00:00+00:00"))
    desk = Desk(app, stage.officer)
    assert "issue the provisional agenda" in next_of(desk.get(at))
    desk.send(f"{at}/agenda/issue", {}, form_at=at)
    assert "send out the papers; their day is Tue 20 Apr." in next_of(desk.get(at))
    desk.send(f"{at}/milestones/papers", {}, form_at=at)
    clockwork.move_to(datetime.fromisoformat("2027-05-12T15:00:00+00:00"))
    desk = Desk(app, stage.officer)
    with acting(stage.engine, stage.officer) as session:
        held = again(session, meeting)
        service.record_attendance(session, held, {})
        made = outcome(session, held, "Agreed")
        service.confirm_outcome(session, held, made, Confirmation(adoption=Adoption.CONSENSUS, word="in the room"))
    assert "circulate the draft report; its day is Tue 25 May." in next_of(desk.get(at))
    assert "Note it as circulated" in desk.get(at)
    desk.send(f"{at}/milestones/draft_report", {}, form_at=at)
    assert "gather the comments on the report" in next_of(desk.get(at))
    desk.send(f"{at}/milestones/comments_due", {}, form_at=at)
    assert "then the meeting can be closed" in next_of(desk.get(at))


def test_what_was_noted_is_taken_back(app: Flask, stage: Stage) -> None:
    at = f"/meetings/{plenary(stage)}"
    desk = Desk(app, stage.officer)
    desk.send(f"{at}/milestones/call_for_items", {}, form_at=at)
    assert "Not yet after all" in desk.get(at)
    desk.send(f"{at}/milestones/call_for_items", {"act": "undo"}, form_at=at)
    assert "ask the focal points for agenda items" in next_of(desk.get(at))


def test_nobody_but_its_secretariat_notes_a_milestone_and_none_that_is_seen(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    at = f"/meetings/{meeting}"
    for one, status in ((stage.focal["mx"], 404), (stage.coordinator, 404)):
        Desk(app, one).send(f"{at}/milestones/papers", {}, status, form_at="/account/")
    for kind in ("invitation", "nothing_like_it"):
        Desk(app, stage.officer).send(f"{at}/milestones/{kind}", {}, 404, form_at=at)
    with acting(stage.engine, stage.officer) as session, pytest.raises(NotAllowed):
        service.note_milestone(session, again(session, meeting), MilestoneKind.INVITATION, is_reached=True)


# --- the officer's list -------------------------------------------------------------------------------------------


def test_what_is_late_or_due_this_week_is_in_the_list_of_its_secretariat_alone(
    app: Flask, stage: Stage, clockwork: Any
) -> None:
    plenary(stage)
    assert listed(stage) == []
    clockwork.move_to(datetime.fromisoformat("2027-02-09T15:00:00+00:00"))
    assert listed(stage) == [("call_for_items", "2027-02-16")]
    clockwork.move_to(datetime.fromisoformat("2027-03-12T15:00:00+00:00"))
    assert listed(stage) == [("call_for_items", "2027-02-16"), ("invitation", "2027-03-16")]
    page = html.unescape(Desk(app, stage.officer).get("/"))
    assert "2 things are to be done for meetings." in page
    assert "To do for meetings" in page
    assert "To do for meetings" in Desk(app, stage.officer).get("/processes/rcx/follow-up/")
    assert "To do for meetings" not in Desk(app, stage.focal["mx"]).get("/")
    assert "To do for meetings" not in Desk(app, stage.coordinator).get("/")


def test_a_meeting_that_moves_leaves_the_list_with_its_milestones(stage: Stage, clockwork: Any) -> None:
    meeting = plenary(stage)
    clockwork.move_to(datetime.fromisoformat("2027-03-12T15:00:00+00:00"))
    assert len(listed(stage)) == 2
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.POSTPONED, None)
    assert listed(stage) == []


def test_milestones_are_asked_of_no_focal_point(stage: Stage, clockwork: Any) -> None:
    plenary(stage)
    clockwork.move_to(datetime.fromisoformat("2027-03-12T15:00:00+00:00"))
    assert listed(stage)
    assert follow_up.scan(stage.engine)["digests"] == 0
    with looking(stage.engine, stage.focal["mx"]) as session:
        mine = list(awaited(session, clock.today(), participant=stage.id["mx"]))
        assert mine == []


def test_as_many_statements_for_one_meeting_as_for_many(stage: Stage, clockwork: Any) -> None:
    counts = []
    for _more in range(2):
        plenary(stage)
        with acting(stage.engine, stage.officer) as session:
            invited(session, scheduled(session, body="Steering Group", starts_on=FIRST, ends_on=FIRST, last_ends=None))
        with looking(stage.engine, stage.officer) as session, statements_sent() as sent:
            back_planning.due_milestones(session, date(2027, 4, 1))
        counts.append(len(sent))
    assert counts[0] == counts[1]
