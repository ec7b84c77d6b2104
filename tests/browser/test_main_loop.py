"""The main job, end to end, in a real browser, through the real worker and real SMTP, as a person would walk it.

An officer schedules a meeting, invites, records an outcome and proposes it to Guatemala as a commitment; Guatemala's
focal point accepts it from a mail, is reminded, reports from the reminder's link; the chair reads it in the report.
"""

import re
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from secretariat.core import clock
from tests.browser.walker import SECONDS, Walker
from tests.support.installation import Installation, link_in, until

OFFICER, GUATEMALA, CHAIR = (f"{name}@demonstration.example" for name in ("officer", "focal-point-gt", "chair"))
CLICKS_OF_UPDATE = 3
"""From the mail: its link, the status, and to save."""
CLICKS_TO_PAPER = 2
"""From the first page after signing in: the report, and its paper for printing."""
STEP = "Dos de los tres pasos publican sus horas desde hoy."
WORDS = "Publish the hours of its third land crossing"


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
    page.get_by_role("checkbox", name="Guatemala").check()
    page.locator("[name=due_on]").fill((clock.today() + timedelta(days=5)).isoformat())
    officer.press("Propose it")


def accept_from_mail(guatemala: Walker, installation: Installation) -> None:
    mail = mail_with(installation, "/accept")
    guatemala.go(f"{link_in(mail)}?lang=en")  # the page stands in the language of the mail
    guatemala.sees(WORDS)
    guatemala.page.locator("[name=answer]").first.check()
    guatemala.leave_by(guatemala.page.locator(".savebar button"))
    guatemala.does_not_see(installation.password())


def report_from_reminder(guatemala: Walker, installation: Installation) -> None:
    """Reminders leave on working days at the sending hour of the recipient: the clock moves on to one."""
    installation.move_clock(seconds_to_working_hour())
    installation.start_task("worker.tasks.follow_up")  # the beat would, within five minutes
    mail = mail_with(installation, "/update")
    guatemala.clicks = 0
    guatemala.open_mail(f"{link_in(mail)}?lang=en")  # the page stands in the language of the mail
    ask = guatemala.page.locator("fieldset.ask", has_text=WORDS)
    guatemala.click(ask.get_by_label(re.compile("In progress|En curso")))
    before = guatemala.clicks
    guatemala.click(ask.locator("summary").first)  # a sentence, for who wants to add one
    ask.locator("textarea").first.fill(STEP)
    guatemala.leave_by(guatemala.page.locator(".savebar button"))
    assert before + 1 == CLICKS_OF_UPDATE


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
    officer.leave_by(page.locator("main form button").first)
    chair.sign_in(CHAIR)
    chair.clicks = 0
    chair.follow(re.compile("Progress report|Informe de avance"))
    chair.sees(STEP)
    chair.sees("Guatemala")
    with chair.page.expect_download(timeout=SECONDS * 1000) as paper:
        chair.click(chair.page.locator("main a[href$='/paper.pdf']").first)
    assert paper.value.path().read_bytes().startswith(b"%PDF")
    assert chair.clicks == CLICKS_TO_PAPER


def mail_with(installation: Installation, scope: str, seconds: float = 120) -> EmailMessage:
    """The mail to Guatemala's focal point whose link has this scope, once it has come."""

    def found() -> list[EmailMessage]:
        return [mail for mail in installation.mails_to(GUATEMALA) if scope in str(mail.get_body(("plain",)))]

    until(lambda: bool(found()), seconds, installation)
    return found()[-1]
