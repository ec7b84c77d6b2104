"""The main job, end to end, in a real browser, through the real worker and real SMTP, as a person would walk it.

An officer schedules a meeting, invites, records an outcome and proposes it to Guatemala as a commitment; Guatemala's
focal point accepts it from a mail, is reminded, reports from the reminder's link; the chair reads it in the report.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from secretariat.core import clock
from tests.support import brokers, databases
from tests.support.installation import Installation, link_in, until

OFFICER, GUATEMALA, CHAIR = (f"{name}@demonstration.example" for name in ("officer", "focal-point-gt", "chair"))
STEP = "Dos de los tres pasos publican sus horas desde hoy."
WORDS = "Publish the hours of its third land crossing"


@pytest.fixture(params=["embedded", "servers"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """What `make run` starts: on the embedded database and broker, and on PostgreSQL with Redis."""
    if request.param == "embedded":
        with Installation(tmp_path) as running:
            yield running
        return
    missing = databases.why_no_postgresql() or brokers.why_no_server()
    if missing:
        pytest.skip(missing)
    url = databases.empty("loop")
    try:
        with brokers.claimed() as broker, Installation(tmp_path, DATABASE_URL=url, BROKER_URL=broker) as running:
            yield running
    finally:
        databases.drop(url)


class Walker:
    """One person at a browser of their own."""

    def __init__(self, browser: Any, installation: Installation) -> None:
        self.at = installation
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB").new_page()
        self.page.set_default_timeout(30_000)

    def sign_in(self, email: str) -> None:
        self.go("/account/sign-in")
        self.page.get_by_label(re.compile("mail", re.IGNORECASE)).first.fill(email)
        self.page.locator("[name=password]").first.fill(self.at.password())
        self.page.locator("[name=password]").first.press("Enter")
        self.page.wait_for_url(f"{self.at.address}/**")
        self.page.locator(".mast-nav").wait_for()

    def go(self, path: str) -> None:
        answer = self.page.goto(path if path.startswith("http") else self.at.address + path)
        assert answer.status == 200, (path, answer.status)

    def follow(self, words: str | re.Pattern[str]) -> None:
        self.page.locator("main").get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state()

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def does_not_see(self, words: str) -> None:
        assert words not in self.page.locator("body").inner_text()


def test_from_meeting_to_progress_report(installation: Installation, browser: Any) -> None:
    officer = Walker(browser, installation)
    officer.sign_in(OFFICER)
    meeting = schedule_and_invite(officer)
    check_invitation(installation)
    propose_from_outcome(officer, meeting)
    accept_from_mail(Walker(browser, installation), installation)
    report_from_reminder(Walker(browser, installation), installation)
    read_report(Walker(browser, installation), Walker(browser, installation))


def schedule_and_invite(officer: Walker) -> str:
    page, first = officer.page, clock.today() + timedelta(days=60)
    officer.go("/processes/rcm/meetings/")
    officer.follow("Schedule a meeting")
    page.locator("[name=body]").select_option(label="Regional Consultation Group on Migration")
    page.locator("[name=title-en]").fill("Meeting on return over land")
    page.locator("[name=starts_on]").fill(first.isoformat())
    page.locator("[name=ends_on]").fill((first + timedelta(days=1)).isoformat())
    page.locator("[name=zone]").select_option("America/Panama")
    page.locator("[name=begins]").fill("09:00")
    page.locator("[name=ends]").fill("17:00")
    page.locator("[name=attribution][value=chatham_house]").check()
    page.locator("[name=readers][value=members]").check()
    page.locator("[name=notice][value=same]").check()
    page.locator("button[name=act][value=announce]").click()
    if page.get_by_role("button", name="Schedule all the same").count():  # a holiday of one of the members
        officer.press("Schedule all the same")
    officer.press("Send the invitations")
    officer.sees("Meeting on return over land")
    return str(page.url)


def check_invitation(installation: Installation) -> None:
    until(
        lambda: any("return over land" in str(mail) for mail in calendars(installation)),
        120,
        installation,
    )
    entry = next(one for one in calendars(installation) if "return over land" in str(one["SUMMARY"]))
    assert str(entry["ATTENDEE"]).lower() == f"mailto:{GUATEMALA}"
    assert entry["DTSTART"].params["TZID"] == "America/Panama"


def calendars(installation: Installation) -> list[Any]:
    found = []
    for mail in installation.mails_to(GUATEMALA):
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                content = part.get_content()
                text = content if isinstance(content, str) else content.decode()
                found += Calendar.from_ical(text).walk("VEVENT")
    return found


def propose_from_outcome(officer: Walker, meeting: str) -> None:
    page = officer.page
    officer.go(meeting)
    officer.follow("Record an outcome")
    page.locator("[name=kind]").select_option("action_point")
    page.locator("[name=text-en]").fill(WORDS)
    officer.press("Keep as a draft")
    officer.follow("Confirm")
    page.locator("[name=adoption][value=consensus]").check()
    page.locator("[name=word]").fill("The Chair, by telephone today")
    officer.press("Note the confirmation")
    officer.follow("Propose as a commitment")
    assert page.locator("[name=words-en]").input_value() == WORDS
    page.get_by_label("Guatemala").check()
    page.locator("[name=due_on]").fill((clock.today() + timedelta(days=5)).isoformat())
    officer.press("Propose it")


def accept_from_mail(guatemala: Walker, installation: Installation) -> None:
    mail = mail_with(installation, "/accept")
    guatemala.go(link_in(mail))
    guatemala.sees(WORDS)
    guatemala.page.locator("[name=answer]").first.check()
    guatemala.page.locator(".savebar button").click()
    guatemala.page.wait_for_load_state()
    guatemala.does_not_see(installation.password())


def report_from_reminder(guatemala: Walker, installation: Installation) -> None:
    """Reminders leave on working days at the sending hour of the recipient: the clock moves on to one."""
    installation.move_clock(seconds_to_working_hour())
    installation.start_task("worker.tasks.follow_up")  # the beat would, within five minutes
    mail = mail_with(installation, "/update")
    guatemala.go(link_in(mail))
    ask = guatemala.page.locator("fieldset.ask", has_text=WORDS)
    ask.get_by_label(re.compile("In progress|En curso")).check()
    ask.locator("summary").first.click()
    ask.locator("textarea").first.fill(STEP)
    guatemala.page.locator(".savebar button").click()
    guatemala.page.wait_for_load_state()


def seconds_to_working_hour() -> float:
    """From now to the first working day after tomorrow, ten in the morning in Guatemala."""
    now = datetime.now(ZoneInfo("America/Guatemala"))
    day = now + timedelta(days=2)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return (day.replace(hour=10, minute=0, second=0) - now).total_seconds()


def read_report(officer: Walker, chair: Walker) -> None:
    page = officer.page
    officer.sign_in(OFFICER)  # a day later the session of before has ended
    officer.go("/processes/rcm/reports")
    officer.follow("Compile a report")
    officer.press("Compile it")
    officer.sees(STEP)
    officer.follow("Issue")
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    chair.sign_in(CHAIR)
    chair.follow(re.compile("Progress report|Informe de avance"))
    chair.sees(STEP)
    chair.sees("Guatemala")


def mail_with(installation: Installation, scope: str, seconds: float = 120) -> EmailMessage:
    """The mail to Guatemala's focal point whose link has this scope, once it has come."""

    def found() -> list[EmailMessage]:
        return [mail for mail in installation.mails_to(GUATEMALA) if scope in str(mail.get_body(("plain",)))]

    until(lambda: bool(found()), seconds, installation)
    return found()[-1]
