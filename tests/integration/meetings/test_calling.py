"""Asking the members for items; what milestones see of agenda and papers; meetings entered afterwards."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import Document, DocumentState
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import back_planning, service
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.models import Invitation, Meeting, MeetingState
from tests.factories.documents import drafted, place
from tests.factories.meetings import acting, again, in_days, invited, looking, particulars, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_milestones import clockwork, listed, next_of, plenary

__all__ = ["clockwork"]


def letters(stage: Stage, notice: str) -> list[UUID]:
    with system_unit(stage.engine, Reason.MAIL) as system:
        return sorted((one.person_id for one in system.query(OutboxMessage).filter_by(notice=notice)), key=str)


def spoken_for(stage: Stage) -> list[UUID]:
    """Focal points and alternates of the members."""
    members: list[Official] = [*(stage.focal[key] for key in ("bz", "gt", "mx")), stage.alternate["gt"]]
    return sorted((one.person for one in members), key=str)


def test_one_button_asks_the_members_for_items_and_each_is_written_to_once(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    at = f"/meetings/{meeting}"
    desk = Desk(app, stage.officer)
    page = desk.get(f"{at}/call-for-items")
    assert "4 letters, to Belize, Guatemala and Mexico" in page
    everybody = [str(stage.id[key]) for key in ("bz", "gt", "mx")]
    desk.send(f"{at}/call-for-items", {"chosen": everybody, "by": "2027-03-30"})
    assert letters(stage, "item_call") == spoken_for(stage)
    assert "ask the focal points" not in next_of(desk.get(at))
    assert "All of them have been written to." in desk.get(f"{at}/call-for-items")  # nobody is left to ask
    for other in (stage.focal["mx"], stage.coordinator):
        Desk(app, other).get(f"{at}/call-for-items", 404)


def test_whom_the_invitation_left_out_is_not_asked_unless_ticked(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    at = f"/meetings/{meeting}/call-for-items"
    with acting(stage.engine, stage.officer) as session:
        service.invite(session, again(session, meeting), [stage.id["mx"], stage.id["gt"]])
    desk = Desk(app, stage.officer)
    page = desk.get(at)
    assert "3 letters, to Guatemala and Mexico" in page
    assert "the invitation left them out: Belize." in page
    with acting(stage.engine, stage.officer) as session:
        assert service.call_for_items(session, again(session, meeting)) == 3
    page = desk.get(at)
    assert "Belize" in page
    assert "Guatemala" not in page.partition("<main")[2]
    desk.send(at, {"chosen": [str(stage.id["bz"])], "by": ""})
    assert letters(stage, "item_call") == spoken_for(stage)
    with acting(stage.engine, stage.officer) as session, pytest.raises(Refused):
        service.call_for_items(session, again(session, meeting), [stage.id["bz"]])


@pytest.mark.parametrize("page", ["call-for-items", "invite"])
def test_each_letter_is_read_in_full_before_it_leaves_and_nothing_is_kept_of_that(
    app: Flask, stage: Stage, page: str
) -> None:
    meeting = plenary(stage)
    desk, at = Desk(app, stage.officer), f"/meetings/{meeting}/{page}"
    everybody = [str(stage.id[key]) for key in ("bz", "gt", "mx")]

    def kept() -> tuple[int, int]:
        with system_unit(stage.engine, Reason.MAIL) as system:
            return system.query(OutboxMessage).count(), system.query(Invitation).count()

    before, read = kept(), []
    for number in range(5):
        _location, shown = desk.send(at, {"chosen": everybody, "by": "", "letter": str(number)}, 200)
        read.append(shown.partition('id="letters"')[2].partition("</section>")[0])
        assert "/l/preview/" in read[-1]
    assert kept() == before
    assert "Guatemala, alternate" in read[0]
    assert len(set(read[:4])) == 4
    assert read[4] == read[0]  # there is no fifth
    desk.send(at, {"chosen": [], "by": "", "letter": "0"}, 422)  # nobody is ticked
    desk.send(at, {"chosen": everybody, "by": ""})
    assert kept()[0] == before[0] + 4


def test_a_day_that_cannot_be_is_said_at_its_field(app: Flask, stage: Stage) -> None:
    path = f"/meetings/{plenary(stage)}/call-for-items"
    desk, mx = Desk(app, stage.officer), str(stage.id["mx"])
    assert desk.wrong(path, {"chosen": [mx], "by": "2020-01-01"}) == ["That day is past; give one to come"]
    assert desk.wrong(path, {"chosen": [mx], "by": "2027-09-01"}) == [
        "By that day the meeting has begun; give an earlier one"
    ]
    assert letters(stage, "item_call") == []


def test_the_agenda_is_out_when_it_is_issued_and_not_when_something_stands_on_it(stage: Stage) -> None:
    meeting = plenary(stage)

    def state() -> str:
        with looking(stage.engine, stage.officer) as session:
            found = back_planning.milestones_of(session, again(session, meeting), [], on=date(2027, 1, 11))
            return next(one.state.value for one in found if one.kind is MilestoneKind.PROVISIONAL_AGENDA)

    with acting(stage.engine, stage.officer) as session:
        service.add_item(session, again(session, meeting), service.ItemWords(title=LocalText.of("Opening")))
    assert state() == "to_come"
    with acting(stage.engine, stage.officer) as session:
        service.issue_agenda(session, again(session, meeting))
    assert state() == "done"


def test_papers_are_out_when_none_waits_any_more(app: Flask, stage: Stage, clockwork: Any) -> None:
    meeting = plenary(stage)
    clockwork.move_to(datetime.fromisoformat("2027-04-19T15:00:00+00:00"))
    wanted = ("papers", "2027-04-20")
    assert wanted in listed(stage)
    first = paper(stage, meeting, "working_paper")
    report = paper(stage, meeting, "report")
    assert wanted in listed(stage)
    with acting(stage.engine, stage.officer) as session:  # those before it, that it is the papers' turn
        service.call_for_items(session, again(session, meeting))
        invited(session, again(session, meeting))
        service.add_item(session, again(session, meeting), service.ItemWords(title=LocalText.of("Opening")))
        service.issue_agenda(session, again(session, meeting))
    assert "See which are not out" in next_of(Desk(app, stage.officer).get(f"/meetings/{meeting}"))
    released(stage, first)
    assert wanted not in listed(stage)
    second = paper(stage, meeting, "non_paper")
    assert wanted in listed(stage)
    released(stage, second)
    assert wanted not in listed(stage)
    with looking(stage.engine, stage.officer) as session:
        assert session.get_one(Document, report).released_at is None  # what comes after a meeting is no paper for it


def paper(stage: Stage, meeting: UUID, kind: str) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return drafted(session, place(session, meeting=meeting), None, kind=kind).id


def released(stage: Stage, key: UUID) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        one = system.get_one(Document, key)
        one.state, one.issued_at, one.released_at = DocumentState.ISSUED, clock.now(), clock.now()


def test_answers_are_asked_for_by_the_day_nominations_are_due(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    with looking(stage.engine, stage.officer) as session:
        due = back_planning.day_of(session, again(session, meeting), MilestoneKind.NOMINATIONS_DUE)
    assert due is not None
    assert f'value="{due.isoformat()}"' in Desk(app, stage.officer).get(f"/meetings/{meeting}/invite")


# --- entered afterwards ---------------------------------------------------------------------------------------------

LONG_PAST: dict[str, Any] = {"starts_on": in_days(-400), "ends_on": in_days(-399), "last_ends": None}


def draft_of_long_ago(stage: Stage) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return scheduled(session, announce=False, **LONG_PAST).id


def test_what_is_over_is_entered_as_held_and_not_announced(app: Flask, stage: Stage) -> None:
    meeting = draft_of_long_ago(stage)
    desk, at = Desk(app, stage.officer), f"/meetings/{meeting}"
    assert "its days are over" in next_of(desk.get(at))
    desk.send(f"{at}/announce", {}, form_at=at)
    assert "not announced as one to come" in desk.get(at)
    Desk(app, stage.focal["mx"]).get(at, 404)
    desk.send(f"{at}/hold", {}, form_at=at)
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert session.get_one(Meeting, meeting).state is MeetingState.HELD
    with acting(stage.engine, stage.officer) as session:
        made = service.invite(session, again(session, meeting), [stage.id["mx"], stage.id["gt"]])
        assert (made.participants, made.mails) == (2, 0)
        service.record_attendance(session, again(session, meeting), {})
    with system_unit(stage.engine, Reason.MAIL) as system:
        assert system.query(OutboxMessage).count() == 0
    assert listed(stage) == []  # no report of it is late


def test_what_is_to_come_is_not_entered_as_held(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, announce=False).id
    Desk(app, stage.officer).send(f"/meetings/{meeting}/hold", {}, 404, form_at=f"/meetings/{meeting}")


def test_the_form_says_that_days_are_over_and_offers_what_can_be_done(app: Flask, stage: Stage) -> None:
    desk, path = Desk(app, stage.officer), "/processes/rcx/meetings/new"
    typed = {
        "body": str(stage.id["plenary"]), "title-en": "An old meeting", "starts_on": in_days(-400).isoformat(),
        "ends_on": in_days(-400).isoformat(), "zone": "America/Panama", "readers": "members", "notice": "same",
        "attribution": "open", "days_seen": "1",
    }  # fmt: skip
    _location, page = desk.send(path, {**typed, "act": "announce"}, 422)
    assert "These days are over" in page
    assert "An old meeting" in page
    assert 'value="hold"' in page
    location, _page = desk.send(path, {**typed, "act": "hold"})
    assert "An old meeting" in Desk(app, stage.focal["mx"]).get(location)
    with system_unit(stage.engine, Reason.MAIL) as system:
        assert system.query(OutboxMessage).count() == 0


def test_a_change_of_what_is_over_writes_to_nobody(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session).id
        invited(session, again(session, meeting))
        assert service.change_meeting(session, again(session, meeting), particulars(**LONG_PAST)) == 0
    assert letters(stage, "meeting_changed") == []


@pytest.mark.parametrize("days_before", [1, 30])
def test_an_outcome_is_not_due_before_its_meeting(app: Flask, stage: Stage, days_before: int) -> None:
    with acting(stage.engine, stage.officer) as session:
        old = scheduled(session, announce=False, **LONG_PAST).id
        service.enter_as_held(session, again(session, old))
    desk, path = Desk(app, stage.officer), f"/meetings/{old}/outcomes/new"
    first = LONG_PAST["starts_on"]
    typed = {"kind": "decision", "text-en": "Report on training"}
    [said] = desk.wrong(path, {**typed, "due_on": (first - timedelta(days=days_before)).isoformat()})
    assert said.startswith("That day lies before the meeting")
    desk.send(path, {**typed, "due_on": (first + timedelta(days=30)).isoformat()})  # past today, and after the meeting
