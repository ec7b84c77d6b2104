"""The life of a progress report in a real browser: drafted, checked, issued, tabled, followed by the next one.

Guatemala corrects an entry of its own from the link of a mail; what it corrects stands in the report that is issued, in
the paper of the meeting, and no later word changes it.
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.browser.test_main_loop import CHAIR, OFFICER, mail_with
from tests.browser.walker import Walker
from tests.support.installation import Installation, link_in

RIGHT = "Three of the five crossings publish their hours"
LATER = "All five publish them now"
DAY = 24 * 60 * 60


@pytest.mark.parametrize("installation", ["servers"], indirect=True)
def test_a_report_is_checked_issued_tabled_and_followed(installation: Installation, browser: Any) -> None:
    officer, guatemala, chair = (Walker(browser, installation) for _ in range(3))
    officer.sign_in(OFFICER)
    draft = compiled(officer)
    ask(officer, draft)
    own = corrected(guatemala, installation)
    officer.go(f"{draft}/check")
    officer.sees("Corrected")
    installation.move_clock(9 * DAY)
    issued = issue(officer, draft)
    chair.sign_in(CHAIR)
    chair.go(issued)
    chair.sees(RIGHT)
    chair.reads_barrier_free()
    guatemala.go(own)
    guatemala.does_not_see("These entries are right")
    table(officer, issued)
    chair.go(chair.page.url)
    chair.sees(RIGHT)
    follow(officer)


def compiled(officer: Walker) -> str:
    officer.go("/processes/rcm/reports")
    officer.follow("Compile a report")
    officer.fill(**{"introduction-en": "As the Vice-Ministers asked."})
    officer.press("Compile it")
    officer.sees("As the Vice-Ministers asked.")
    return str(officer.page.url)


def ask(officer: Walker, draft: str) -> None:
    officer.follow("Ask the participants")
    officer.fill(until=(officer.at.now().date() + timedelta(days=7)).isoformat())
    officer.press("Ask the participants")
    officer.sees("No word yet")
    officer.reads_barrier_free()
    officer.go(f"{draft}/issue")
    officer.sees(re.compile("Participants may look at their entries until"))
    assert officer.page.locator("main form button").count() == 0


def corrected(guatemala: Walker, installation: Installation) -> str:
    link = link_in(mail_with(installation, "/check"))
    guatemala.go(link)
    guatemala.reads_barrier_free()
    guatemala.leave_by(guatemala.page.locator("main section a.btn").first)
    guatemala.choose(status="completed")
    guatemala.fill(step=RIGHT)
    guatemala.leave_by(guatemala.page.locator(".savebar button"))
    guatemala.sees(RIGHT)
    return link


def issue(officer: Walker, draft: str) -> str:
    officer.sign_in(OFFICER)  # days later the session of before has ended
    officer.go(f"{draft}/issue")
    officer.leave_by(officer.page.locator("main form button").first)
    officer.sees(RIGHT)
    return str(officer.page.url)


def table(officer: Walker, issued: str) -> None:
    officer.go(issued)
    officer.follow("Table it at a meeting")
    officer.page.locator("[name=meeting]").first.check()
    officer.press("Table it")
    officer.sees(re.compile("Tabled as"))  # the page loads itself anew while the worker makes the papers
    officer.reads_barrier_free()
    officer.follow("See the paper")
    officer.sees("Spanish")


def follow(officer: Walker) -> None:
    """The next report begins where this one ended, and looks back on it."""
    officer.go("/processes/rcm/reports")
    officer.follow("Compile a report")
    officer.press("Compile it")
    officer.sees(re.compile("No step was reported in this period|A step was reported"))
    officer.does_not_see(RIGHT)
