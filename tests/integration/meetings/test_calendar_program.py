"""What a calendar program that is not ours shows of the real mails and feeds: GNOME's, by its own reading of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from werkzeug.serving import make_server

from config import Settings
from secretariat.core.localtext import LocalText
from secretariat.mail import delivery
from secretariat.meetings import service
from secretariat.meetings.models import MeetingState
from tests.factories.meetings import acting, again, invited, particulars, scheduled
from tests.integration.meetings.conftest import Stage
from tests.integration.meetings.test_calendar import feed
from tests.support.calendar_program import CalendarProgram, why_no_calendar_program
from tests.support.mail import Sink

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
TWO_DAYS = {"starts_on": date(2027, 4, 14), "ends_on": date(2027, 4, 15)}
PANAMA, MADRID = "America/Panama", "Europe/Madrid"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What a calendar makes of a file does not depend on the database the file came from."""


@pytest.fixture(autouse=True)
def _then(stage: Stage) -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarProgram]:
    missing = why_no_calendar_program()
    if missing:
        pytest.skip(missing)
    with CalendarProgram(tmp_path_factory.mktemp("calendar")) as started:
        yield started


@pytest.fixture
def program(running: CalendarProgram) -> CalendarProgram:
    """The program with an empty calendar."""
    running.begin()
    return running


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application, served over HTTP."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class Post:
    """The mailbox of one focal point: each calendar part that has come, in order."""

    def __init__(self, stage: Stage, settings: Settings, sink: Sink, key: str = "gt") -> None:
        self._stage, self._settings, self._sink = stage, settings, sink
        self._address = stage.focal[key].email

    def latest(self) -> str:
        delivery.deliver(self._stage.engine, self._settings)
        mail = [one for one in self._sink.mails if str(one["To"]) == self._address][-1]
        return calendar_part(mail)


def calendar_part(mail: EmailMessage) -> str:
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    content = part.get_content()
    return content if isinstance(content, str) else content.decode()


@pytest.fixture
def post(stage: Stage, settings: Settings, smtp_sink: Sink) -> Post:
    return Post(stage, settings, smtp_sink)


def invite(stage: Stage, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", **{**TWO_DAYS, **fields})
        invited(session, meeting)
        return meeting.id


def change(stage: Stage, meeting: UUID, **fields: Any) -> None:
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(session, again(session, meeting), particulars(**{**TWO_DAYS, **fields}))


def call_off(stage: Stage, meeting: UUID) -> None:
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.CANCELLED, None)


def hours(shown: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["begins"], one["ends"]) for one in shown]


def test_an_invitation_stands_on_each_day_at_its_hours_by_two_clocks(
    stage: Stage, post: Post, program: CalendarProgram
) -> None:
    meeting = invite(stage)
    program.receive(post.latest())
    shown = program.shows(PANAMA)
    assert hours(shown) == [("2027-04-14 09:00", "2027-04-14 17:00"), ("2027-04-15 09:00", "2027-04-15 12:30")]
    assert {(one["uid"], one["title"], one["place"]) for one in shown} == {
        (str(meeting), "21st Vice-Ministerial Meeting", "Panama City")
    }
    assert hours(program.shows(MADRID)) == [
        ("2027-04-14 16:00", "2027-04-15 00:00"),
        ("2027-04-15 16:00", "2027-04-15 19:30"),
    ]


def test_other_days_in_another_zone_replace_the_entry(stage: Stage, post: Post, program: CalendarProgram) -> None:
    meeting = invite(stage)
    program.receive(post.latest())
    change(stage, meeting, starts_on=date(2027, 5, 4), ends_on=date(2027, 5, 6), zone=MADRID, begins=time(10))
    program.receive(post.latest())
    assert hours(program.shows(MADRID)) == [
        ("2027-05-04 10:00", "2027-05-04 17:00"),
        ("2027-05-05 10:00", "2027-05-05 17:00"),
        ("2027-05-06 10:00", "2027-05-06 12:30"),
    ]
    change(stage, meeting, starts_on=date(2027, 5, 5), ends_on=date(2027, 5, 5), last_ends=None)
    program.receive(post.latest())
    assert hours(program.shows(PANAMA)) == [("2027-05-05 09:00", "2027-05-05 17:00")]


def test_cancelling_removes_every_day_also_one_that_was_taken_off_before(
    stage: Stage, post: Post, program: CalendarProgram
) -> None:
    meeting = invite(stage)
    program.receive(post.latest())
    change(stage, meeting, ends_on=date(2027, 4, 14), last_ends=None)
    program.receive(post.latest())
    call_off(stage, meeting)
    program.receive(post.latest())
    assert program.shows(PANAMA) == []


def test_a_meeting_without_hours_lies_on_whole_days_by_every_clock(
    stage: Stage, post: Post, program: CalendarProgram
) -> None:
    invite(stage, begins=None, ends=None, last_ends=None, title=LocalText({"ar": "اجتماع كبار المسؤولين"}, "ar"))
    program.receive(post.latest())
    for zone in (PANAMA, "Asia/Tokyo"):
        (shown,) = program.shows(zone)
        assert (shown["begins"], shown["ends"], shown["title"]) == (
            "2027-04-14",
            "2027-04-16",
            "اجتماع كبار المسؤولين",
        )


def test_a_feed_is_fetched_over_http_and_follows_its_meetings(
    app: Flask, stage: Stage, address: str, program: CalendarProgram
) -> None:
    meeting, other = invite(stage), invite(stage, starts_on=date(2027, 6, 2), ends_on=date(2027, 6, 2), last_ends=None)
    feed_at = address + feed(app, stage.focal["mx"])
    june = ("2027-06-02 09:00", "2027-06-02 17:00")
    program.subscribe(feed_at, seen=3)
    assert hours(program.shows(PANAMA, feed_at)) == [
        ("2027-04-14 09:00", "2027-04-14 17:00"),
        ("2027-04-15 09:00", "2027-04-15 12:30"),
        june,
    ]
    change(stage, meeting, ends_on=date(2027, 4, 14), last_ends=None)
    program.refresh(feed_at, seen=2)
    assert hours(program.shows(PANAMA, feed_at)) == [("2027-04-14 09:00", "2027-04-14 17:00"), june]
    call_off(stage, meeting)
    program.refresh(feed_at, seen=1)
    (shown,) = program.shows(PANAMA, feed_at)
    assert (shown["uid"], shown["begins"]) == (str(other), june[0])
