"""A year of the RCM and its network in a real browser: each side meets on days of its own, and once together.

The network's organizations, one in each of the eleven member states, sign a position; it crosses the wall as a
submission, is answered in part by the government whose liaison officer has it, a guideline comes from it, the network
replies, and the progress report of the governments credits it. Nothing else of either side is read on the other. In
between, somebody without an account comments on a text that is open to everybody, and reads the response.
"""

import re
from datetime import timedelta
from typing import Any

import pytest

from secretariat.demonstration.network import MEMBERS
from secretariat.demonstration.people import address_of
from tests.browser.test_main_loop import schedule_and_invite
from tests.browser.walker import Walker
from tests.support.installation import Installation

OFFICER, COORDINATOR, LIAISON, CHAIR = map(address_of, ("officer", "coordinator", "liaison-officer-cr", "chair"))
GUATEMALA = address_of("focal-point-gt")
DAY = 24 * 60 * 60
ASSEMBLY, JOINT = "Assembly of the network", "Children on the route: a common space"
POSITION, GUIDELINE = "Children are heard within two days", "Guideline on hearing children"
PARAGRAPHS = "1. Each child is heard within two days.\n\n2. Whoever hears it speaks its language."
ANSWER = "The first is our practice already; the second we write into a guideline."
REPLY = "The network offers its interpreters."
REMARK, TO_EVERYBODY = "Draw it, for who does not read", "The next notice has drawings."
CREDIT = "The guideline on hearing children comes from a declaration of the network."


@pytest.mark.parametrize("installation", ["embedded"], indirect=True)
def test_a_year_of_the_two_sides(installation: Installation, browser: Any) -> None:
    officer, coordinator, liaison = (Walker(browser, installation) for _one in range(3))
    for walker, address in ((officer, OFFICER), (coordinator, COORDINATOR), (liaison, LIAISON)):
        enter(walker, address)
    assembly = meet_on_different_days(officer, coordinator)
    meet_together(officer, coordinator)
    ask_everybody(officer, Walker(browser, installation))
    position = open_a_position(coordinator)
    sign_for_all(Walker(browser, installation), position)
    installation.move_clock(8 * DAY)
    for walker, address in ((officer, OFFICER), (coordinator, COORDINATOR), (liaison, LIAISON)):
        enter(walker, address)  # days later the session of before has ended
    submission = send_it(coordinator, position)
    answer_in_part(liaison, submission)
    guideline = issue_a_guideline(officer)
    link_the_guideline(liaison, submission)
    reply(coordinator, submission, guideline)
    report = credit_it(officer, Walker(browser, installation), submission, guideline)
    member = Walker(browser, installation)
    enter(member, GUATEMALA)
    member.go(report)
    member.sees(CREDIT)  # a member without a liaison officer reads the report, and of the submission nothing else
    member.does_not_see(POSITION)
    cannot_read(member, submission)
    cannot_read(coordinator, report)
    for address in (assembly, position):
        for walker in (officer, liaison):
            cannot_read(walker, address)
    cannot_read(coordinator, guideline)


def enter(walker: Walker, address: str) -> None:
    """Signed in, and reading in English whatever the language of the account."""
    walker.sign_in(address)
    walker.go("/?lang=en")


def in_days(walker: Walker, days: int) -> str:
    return str((walker.at.now() + timedelta(days=days)).date())


def cannot_read(walker: Walker, address: str) -> None:
    """Hidden equals missing."""
    answer = walker.page.goto(address)
    assert answer is not None
    assert answer.status == 404


# --- meetings -----------------------------------------------------------------------------------------------------


def meet_on_different_days(officer: Walker, coordinator: Walker) -> str:
    """Each side tells the other its days; the network's assembly gives way to the governments' meeting."""
    for one in (officer, coordinator):
        one.go("/processes/rcm/busy-days")
        one.page.locator("[name=publish]").check()
        one.press("Save")
    schedule_and_invite(officer)
    taken = in_days(officer, 60)
    coordinator.go("/processes/rcm/meetings/new")
    coordinator.fill(title_en=ASSEMBLY, starts_on=taken, ends_on=taken, place_en="Panama City")
    coordinator.fill(begins="09:00", ends="13:00")
    coordinator.choose(zone="America/Panama")
    coordinator.press("Announce and go on to invitations")
    coordinator.sees("On these days")
    coordinator.reads_barrier_free()
    coordinator.fill(starts_on=in_days(coordinator, 63), ends_on=in_days(coordinator, 63))
    coordinator.press("Announce and go on to invitations")
    if coordinator.page.get_by_role("button", name="Schedule all the same").count():  # a holiday of one of the states
        coordinator.press("Schedule all the same")
    coordinator.press("Send the invitations")
    coordinator.sees(MEMBERS["GT"])
    return str(coordinator.page.url).partition("#")[0].partition("?")[0]


def meet_together(officer: Walker, coordinator: Walker) -> None:
    """A session in common is proposed by one office and agreed by the other; each side has a notice of its own."""
    officer.go("/processes/rcm/joint-sessions/new")
    officer.fill(title_en=JOINT, held_on=in_days(officer, 90), begins="10:00", ends="12:00", place_en="Panama City")
    officer.choose(zone="America/Panama")
    propose(officer)
    coordinator.go("/processes/rcm/joint-sessions")
    coordinator.follow(JOINT)
    coordinator.reads_barrier_free()
    coordinator.press("Take part")
    coordinator.sees("The notice our members read")
    for one in (officer, coordinator):
        one.go("/processes/rcm/meetings/")
        one.sees(JOINT)


def propose(officer: Walker) -> None:
    """Send the proposal, also where the day is a holiday of one of the states."""
    officer.press("Propose it")
    if officer.page.get_by_role("button", name="Propose it all the same").count():
        officer.press("Propose it all the same")


# --- the public ---------------------------------------------------------------------------------------------------


def ask_everybody(officer: Walker, anybody: Walker) -> None:
    """From the public page to the text, to the mail and its link, and once the officer has answered to the response."""
    anybody.go("/processes/rcm/?lang=en")
    anybody.follow("Texts open to comments")
    anybody.follow("Notice for families")
    here = str(anybody.page.url)
    anybody.click(anybody.page.locator("main summary").last)
    anybody.page.locator("main details[open] textarea").fill(REMARK)
    anybody.fill(name="A reader", address="reader@elsewhere.example")
    anybody.reads_barrier_free()
    anybody.press("Send the comments")
    mail = anybody.at.wait_for_mail("reader@elsewhere.example").get_body(("plain",))
    assert mail is not None
    (link,) = re.findall(r"https?://\S+/consult\b", mail.get_content())
    anybody.open_mail(link)
    anybody.sees(REMARK)
    anybody.press("Confirm my comments")
    officer.go(f"{here}/comments")
    officer.sees(REMARK)
    officer.reads_barrier_free()
    officer.follow("End it now")
    officer.press("End it now")
    for place in ("whole", "last"):
        ways = officer.page.locator("main").get_by_role("link", name="Say what becomes of them")
        officer.leave_by(ways.first if place == "whole" else ways.last)
        officer.choose(became="taken_up")
        officer.fill(answer_en=TO_EVERYBODY)
        officer.press("Save")
    officer.follow("Publish the response")
    officer.press("Publish the response")
    response = anybody.at.wait_for_mail("reader@elsewhere.example", 2).get_body(("plain",))
    assert response is not None
    assert here in response.get_content()
    anybody.go(here)
    anybody.sees(TO_EVERYBODY)
    anybody.sees("4 persons have commented")
    anybody.does_not_see(REMARK)
    anybody.reads_barrier_free()


# --- a position ---------------------------------------------------------------------------------------------------


def open_a_position(coordinator: Walker) -> str:
    """Written and circulated in the network's own space, and opened to signatures for a week."""
    write_and_circulate(coordinator, POSITION, kind="working_paper", readers="participants")
    coordinator.follow("Open it to signatures")
    coordinator.fill(ends_on=in_days(coordinator, 6), ends_hour="17:00")
    coordinator.reads_barrier_free()
    coordinator.press("Open it")
    coordinator.sees("Open to signatures")
    return str(coordinator.page.url)


def write_and_circulate(writer: Walker, title: str, *, kind: str, readers: str) -> None:
    writer.go("/processes/rcm/texts/")
    writer.follow("Begin a text")
    writer.fill(title_en=title)
    writer.choose(kind=kind, original="en", readers=readers)
    writer.press("Begin it")
    writer.follow("Paste paragraphs")
    writer.fill(pasted=PARAGRAPHS)
    writer.press("Add them")
    writer.follow("Circulate it")
    writer.press("Circulate it")
    writer.sees(re.compile(r"Circulated as [A-Z-]+/"))


def sign_for_all(member: Walker, position: str) -> None:
    for state, name in MEMBERS.items():
        member.page.context.clear_cookies()
        enter(member, address_of(f"representative-{state}"))
        member.go(position)
        member.follow("Sign it")
        member.press("Sign it")
        member.sees(name)
    member.reads_barrier_free()


# --- over the wall ------------------------------------------------------------------------------------------------


def send_it(coordinator: Walker, position: str) -> str:
    """Adopted, made a submission, sent: with its number, and all who signed it."""
    coordinator.go(position)
    coordinator.follow("Say what became of it")
    coordinator.choose(adopted="adopted")
    coordinator.fill(on=in_days(coordinator, -1), word="At the assembly, nobody objecting")
    coordinator.press("Put it on record")
    coordinator.follow("Make a submission of it")
    coordinator.choose(kind="declaration")
    coordinator.fill(theme="Children")
    coordinator.press("Make the draft")
    coordinator.follow("Send it")
    coordinator.press("Send it")
    for name in MEMBERS.values():
        coordinator.sees(name)
    coordinator.reads_barrier_free()
    return str(coordinator.page.url)


def answer_in_part(liaison: Walker, submission: str) -> None:
    """It came to the liaison officer by its theme; the answer is its own government's."""
    mail = liaison.at.wait_for_mail(LIAISON)
    assert submission in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    liaison.go(submission)
    liaison.follow("Write the answer")
    liaison.choose(says="in_part")
    liaison.fill(words_en=ANSWER)
    liaison.press("Keep as a draft")
    liaison.follow("Give the answer")
    liaison.press("Give the answer")
    liaison.sees(ANSWER)


def issue_a_guideline(officer: Walker) -> str:
    write_and_circulate(officer, GUIDELINE, kind="guidelines", readers="members")
    return str(officer.page.url)


def link_the_guideline(liaison: Walker, submission: str) -> None:
    liaison.go(submission)
    liaison.follow("Say what it became")
    liaison.follow("Document")
    liaison.page.locator("[name=thing]").select_option(label=GUIDELINE)
    liaison.press("Link it")
    liaison.sees(GUIDELINE)
    liaison.reads_barrier_free()


def reply(coordinator: Walker, submission: str, guideline: str) -> None:
    """The network reads the answer and replies; the guideline, for members, it does not find."""
    coordinator.go(submission)
    coordinator.sees(ANSWER)
    coordinator.does_not_see(GUIDELINE)
    coordinator.follow("Reply to the answer")
    coordinator.fill(words_en=REPLY)
    coordinator.reads_barrier_free()
    coordinator.press("Send the reply")
    coordinator.sees(REPLY)


def credit_it(officer: Walker, chair: Walker, submission: str, guideline: str) -> str:
    """The Secretariat finds beside its draft what came of the submission, and credits it; the members read that. The
    address of the report."""
    officer.go(guideline)
    officer.sees(POSITION)
    officer.go("/processes/rcm/reports")
    officer.follow("Compile a report")
    officer.fill(introduction_en=CREDIT)
    officer.press("Compile it")
    beside = officer.page.locator("section", has=officer.page.locator("#networks"))
    beside.get_by_role("link", name=re.compile(POSITION)).wait_for()
    beside.get_by_role("link", name=GUIDELINE).wait_for()
    officer.reads_barrier_free()
    officer.go(f"{officer.page.url}/issue")
    officer.leave_by(officer.page.locator("main form button").first)
    officer.sees(CREDIT)
    issued = str(officer.page.url)
    enter(chair, CHAIR)
    chair.go(issued)
    chair.sees(CREDIT)
    chair.does_not_see(POSITION)
    chair.go(submission)
    chair.sees(REPLY)
    return issued
