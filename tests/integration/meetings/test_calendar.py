"""The calendar and its feeds: what one may read by day, by two clocks, as long as one may."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.meetings import service
from secretariat.meetings.feed_models import CalendarFeed
from secretariat.meetings.models import MeetingNotice, MeetingState
from secretariat.meetings.service import NoticeReaders
from secretariat.processes import clauses
from secretariat.processes.models import Body, LifeState, Process
from tests.factories.meetings import acting, again, invited, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

FIRST = date(2027, 5, 11)
MONTH = "/calendar/?month=2027-05"
FEEDS = "/calendar/feeds"
NOWHERE = "820e5187-b192-4242-9265-21a9c62eea8f"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2027-01-11 15:00Z", tick=True):
        yield


def meeting(stage: Stage, body: str = "Vice-Ministerial Meeting", days: int = 2, **fields: Any) -> UUID:
    last = FIRST + timedelta(days=days - 1)
    with acting(stage.engine, stage.officer) as session:
        made = scheduled(session, body=body, **{"starts_on": FIRST, "ends_on": last, "last_ends": None, **fields})
        return made.id


def words_of(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def cell(page: str, day: date) -> str:
    return words_of(page.partition(f'<time datetime="{day}"')[2].partition("</td>")[0].partition(">")[2])


# --- month and list -----------------------------------------------------------------------------------------------


def test_a_meeting_stands_on_each_of_its_days_at_the_time_of_its_place_and_of_the_reader(
    app: Flask, stage: Stage
) -> None:
    meeting(stage)
    page = Desk(app, stage.focal["mx"]).get(MONTH)
    first, second = cell(page, FIRST), cell(page, FIRST + timedelta(days=1))
    assert "RCX 21st Vice-Ministerial Meeting" in first
    assert "09:00 Panama (14:00 here)" in first
    assert "day 1 of 2" in first
    assert "day 2 of 2" in second
    assert "21st" not in cell(page, FIRST + timedelta(days=2))
    assert "One meeting takes place." in page


def test_hours_that_are_the_readers_own_are_said_once(app: Flask, stage: Stage) -> None:
    meeting(stage)
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        system.get_one(User, stage.focal["mx"].user).zone = "America/Panama"
    page = Desk(app, stage.focal["mx"]).get(MONTH)
    assert "09:00 Panama" in cell(page, FIRST)
    assert "here)" not in cell(page, FIRST)


def test_the_list_tells_the_same(app: Flask, stage: Stage) -> None:
    meeting(stage)
    page = words_of(Desk(app, stage.focal["mx"]).get(f"{MONTH}&view=list"))
    assert "21st Vice-Ministerial Meeting" in page
    assert "09:00 Panama (14:00 here)" in page


def test_an_empty_month_says_what_will_stand_there(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    assert "No meeting takes place. Meetings stand here from their announcement on." in desk.get(MONTH)
    assert "No meeting in the year from here." in desk.get(f"{MONTH}&view=list")


@pytest.mark.parametrize("month", ["never", "2027-13", "0001-01", "9999-12", ""])
def test_a_month_there_is_not_is_the_present_one(app: Flask, stage: Stage, month: str) -> None:
    assert "<h1>January 2027</h1>" in Desk(app, stage.officer).get(f"/calendar/?month={month}")


def test_what_one_may_not_read_is_not_there(app: Flask, stage: Stage) -> None:
    meeting(stage, body="Steering Group", readers=service.Readers.BODY, title=LocalText.of("Hidden from the others"))
    meeting(stage, announce=False, title=LocalText.of("Not yet announced"))
    officers = Desk(app, stage.officer).get(MONTH)
    assert "Hidden from the others" in officers
    assert "Not yet announced" in officers
    for one in (stage.focal["bz"], stage.coordinator):
        page = Desk(app, one).get(MONTH)
        assert "Hidden from the others" not in page
        assert "Not yet announced" not in page
        assert "No meeting takes place." in page


def test_who_may_know_the_days_alone_is_led_to_no_meeting(app: Flask, stage: Stage) -> None:
    key = meeting(stage, body="Steering Group", readers=service.Readers.BODY, notice=NoticeReaders.PARTICIPANTS)
    page = Desk(app, stage.focal["bz"]).get(MONTH)
    assert "21st Vice-Ministerial Meeting" in cell(page, FIRST)
    assert str(key) not in page


def test_what_was_called_off_leaves_the_calendar(app: Flask, stage: Stage) -> None:
    key = meeting(stage)
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, key), MeetingState.POSTPONED, None)
    assert "21st" not in Desk(app, stage.officer).get(MONTH)


def test_as_many_statements_for_one_meeting_as_for_many(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    counts = []
    for _more in range(2):
        for body in ("Vice-Ministerial Meeting", "Steering Group"):
            meeting(stage, body=body)
        for path in (MONTH, f"{MONTH}&view=list"):
            desk.get(path)
            with statements_sent() as sent:
                desk.get(path)
            counts.append(len(sent))
    assert counts[:2] == counts[2:]


# --- feeds --------------------------------------------------------------------------------------------------------


def feed(app: Flask, one: Official, kind: str = "personal", of: str = "") -> str:
    """Make a feed and give the path of its address."""
    desk = Desk(app, one)
    before = set(addresses(desk))
    desk.send("/calendar/feeds/new", {"kind": kind, "of": of}, form_at=FEEDS)
    (path,) = set(addresses(desk)) - before
    return path


def addresses(desk: Desk) -> list[str]:
    return re.findall(r"(/calendar/feed/[\w-]+\.ics)", desk.get(FEEDS))


def fetched(app: Flask, path: str) -> list[Any]:
    """The events of a feed, fetched by a calendar that has no cookie."""
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def test_a_personal_feed_holds_what_its_owner_reads_with_the_uid_of_the_invitation(app: Flask, stage: Stage) -> None:
    key = meeting(stage)
    meeting(stage, body="Steering Group", readers=service.Readers.BODY, title=LocalText.of("Hidden from the others"))
    path = feed(app, stage.focal["bz"])
    (event,) = fetched(app, path)
    assert str(event["uid"]) == str(key)
    assert str(event["summary"]) == "21st Vice-Ministerial Meeting"
    assert b"BEGIN:VTIMEZONE" in app.test_client().get(path).data
    assert {str(one["uid"]) for one in fetched(app, feed(app, stage.focal["mx"]))} > {str(key)}


def test_a_feed_without_meetings_is_a_calendar_all_the_same(app: Flask, stage: Stage) -> None:
    """RFC 5545 (3.6) asks for one component at least; an object without any is refused by those who keep to it."""
    there = Calendar.from_ical(app.test_client().get(feed(app, stage.focal["mx"])).data)
    assert [one.name for one in there.subcomponents] == ["VTIMEZONE"]


def test_a_feed_that_did_not_change_is_the_same_bytes(app: Flask, stage: Stage) -> None:
    meeting(stage)
    path = feed(app, stage.focal["mx"])
    assert app.test_client().get(path).data == app.test_client().get(path).data


def test_a_feed_of_a_body_holds_its_meetings_alone(app: Flask, stage: Stage) -> None:
    meeting(stage)
    steering = meeting(stage, body="Steering Group")
    path = feed(app, stage.focal["mx"], "body", str(stage.id["steering"]))
    assert [str(one["uid"]) for one in fetched(app, path)] == [str(steering)]


def test_the_public_feed_holds_what_is_public_while_the_public_page_is_on(app: Flask, stage: Stage) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, stage.id["process"])
        process.public_page_since = clock.today()
        relabel(session, process, [clauses.public(process)], why="test")
    key = meeting(stage, notice=NoticeReaders.PUBLIC)
    meeting(stage, body="Steering Group", title=LocalText.of("For members"))
    path = feed(app, stage.officer, "public", str(stage.id["process"]))
    (event,) = fetched(app, path)
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        notice = system.scalars(select(MeetingNotice.id).where(MeetingNotice.meeting_id == key)).one()
    assert (str(event["uid"]), str(event["class"])) == (str(notice), "PUBLIC")
    assert str(key) not in app.test_client().get(path).text
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        session.get_one(Process, stage.id["process"]).public_page_since = None
    assert app.test_client().get(path).status_code == 404


def test_no_public_feed_without_a_public_page(app: Flask, stage: Stage) -> None:
    sent = {"kind": "public", "of": str(stage.id["process"])}
    assert "What is public of" not in Desk(app, stage.officer).get(FEEDS)
    Desk(app, stage.officer).send("/calendar/feeds/new", sent, 404, form_at=FEEDS)


def test_what_is_stored_is_a_digest(app: Flask, stage: Stage) -> None:
    path = feed(app, stage.officer)
    token = path.removeprefix("/calendar/feed/").removesuffix(".ics")
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        (row,) = system.scalars(select(CalendarFeed))
        assert token not in str(vars(row))
        assert len(row.digest) == 64


def test_a_revoked_feed_is_closed_for_good(app: Flask, stage: Stage) -> None:
    path = feed(app, stage.officer)
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        key = system.scalars(select(CalendarFeed.id)).one()
    Desk(app, stage.focal["mx"]).send(f"/calendar/feeds/{key}/revoke", {}, 404, form_at="/account/")
    assert app.test_client().get(path).status_code == 200
    Desk(app, stage.officer).send(f"/calendar/feeds/{key}/revoke", {}, form_at=FEEDS)
    closed = app.test_client().get(path)
    forged = app.test_client().get(f"/calendar/feed/{'A' * 43}.ics")
    assert closed.status_code == forged.status_code == 404
    assert addresses(Desk(app, stage.officer)) == []
    assert feed(app, stage.officer) != path


def test_a_feed_ends_with_the_appointment(app: Flask, stage: Stage) -> None:
    meeting(stage)
    path = feed(app, stage.focal["mx"])
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        held = select(Appointment).where(Appointment.person_id == stage.focal["mx"].person)
        for one in system.scalars(held):
            one.until = clock.today()
    assert app.test_client().get(path).status_code == 404


def test_a_suspended_account_feeds_nobody(app: Flask, stage: Stage) -> None:
    path = feed(app, stage.focal["mx"])
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        system.get_one(User, stage.focal["mx"].user).suspended_at = clock.now()
    assert app.test_client().get(path).status_code == 404


def test_a_feed_opens_nothing_more_for_who_is_signed_in_as_somebody_else(app: Flask, stage: Stage) -> None:
    meeting(stage, body="Steering Group", readers=service.Readers.BODY, title=LocalText.of("Hidden from the others"))
    path = feed(app, stage.focal["bz"])
    assert "Hidden" not in Desk(app, stage.officer).get(path)
    assert path not in Desk(app, stage.officer).get(FEEDS)


@pytest.mark.parametrize(("kind", "of"), [("body", "nothing"), ("elsewhere", ""), ("body", NOWHERE)])
def test_a_feed_of_what_is_not_there_is_not_made(app: Flask, stage: Stage, kind: str, of: str) -> None:
    Desk(app, stage.officer).send("/calendar/feeds/new", {"kind": kind, "of": of}, 404, form_at=FEEDS)


def test_a_feed_speaks_the_language_of_its_owner(app: Flask, stage: Stage) -> None:
    meeting(stage)
    (event,) = fetched(app, feed(app, stage.focal["gt"]))
    assert str(event["summary"]) == "21.ª Reunión Viceministerial"


def test_the_same_feed_is_made_once(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    for _again in range(2):
        desk.send("/calendar/feeds/new", {"kind": "personal", "of": ""}, form_at=FEEDS)
    assert len(addresses(desk)) == 1


def test_fetching_takes_as_many_statements_for_one_meeting_as_for_many(app: Flask, stage: Stage) -> None:
    path = feed(app, stage.officer)
    counts = []
    for _more in range(2):
        for body in ("Vice-Ministerial Meeting", "Steering Group"):
            key = meeting(stage, body=body, begins=time(9), ends=time(17))
            with acting(stage.engine, stage.officer) as session:
                invited(session, again(session, key))
        fetched(app, path)
        with statements_sent() as sent:
            fetched(app, path)
        counts.append(len(sent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("of", [Process, Body])
def test_feeds_of_what_rests_stop_and_what_was_held_stays(app: Flask, stage: Stage, of: type[Any]) -> None:
    meeting(stage, notice=NoticeReaders.PARTICIPANTS)
    paths = [feed(app, stage.focal["mx"]), feed(app, stage.focal["co"])]  # of meetings, and of days alone
    assert [len(fetched(app, path)) for path in paths] == [1, 1]
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        for one in system.scalars(select(of)):
            one.state = LifeState.DORMANT
    assert [fetched(app, path) for path in paths] == [[], []]
    with time_machine.travel("2027-05-20 15:00Z", tick=True):
        assert [len(fetched(app, path)) for path in paths] == [1, 1]
