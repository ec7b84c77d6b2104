"""The life of a proposal in a real browser: proposed from an outcome to three governments, mailed to each, accepted by
one, accepted in its own words by the second, both from the link of their mail, and declined by the third on its page.

What anybody else sees of them is looked at before the answers and after: nothing, then what
was accepted, never the rest.
"""

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from secretariat.core import clock
from tests.browser.test_main_loop import OFFICER
from tests.browser.walker import Walker
from tests.support.installation import Installation, link_in, until

GUATEMALA, HONDURAS, EL_SALVADOR, MEXICO = (
    f"focal-point-{code}@demonstration.example" for code in ("gt", "hn", "sv", "mx")
)
WORDS = "Answer the telephone for children at night"
OWN_WORDS = "Answer the telephone for children on working days"
OUTCOME = "Consulates on the route name a contact for children."
PLAN = "Plan of action on return, protection and regular routes"
REASON = "The consulates have no staff at night"


@pytest.mark.parametrize("installation", ["servers"], indirect=True)
def test_a_proposal_is_accepted_amended_and_declined(installation: Installation, browser: Any) -> None:
    officer, guatemala, honduras, el_salvador, mexico = (Walker(browser, installation) for _ in range(5))
    officer.sign_in(OFFICER)
    mexico.sign_in(MEXICO)
    plan = propose(officer)
    seen_by_the_officer(officer, plan)
    others_see(mexico, plan)
    accept(guatemala, installation)
    others_see(mexico, plan, WORDS)
    amend(honduras, installation)
    others_see(mexico, plan, WORDS, OWN_WORDS)
    el_salvador.sign_in(EL_SALVADOR)
    decline(el_salvador, plan)
    others_see(mexico, plan, WORDS, OWN_WORDS)
    told_to_the_officer(officer, plan)
    behind_the_link(guatemala, installation)


def propose(officer: Walker) -> str:
    """From an outcome of the last meeting, to three at once; the address of the plan."""
    page = officer.page
    officer.go("/processes/rcm/plans")
    officer.follow(PLAN)
    plan = str(page.url).split("?", maxsplit=1)[0]
    officer.go("/processes/rcm/meetings/")
    officer.leave_by(page.locator("main a[href^='/meetings/']", has_text="Regional Consultation Group").last)
    officer.sees(OUTCOME)
    officer.follow(OUTCOME)
    officer.follow("Propose as a commitment")
    officer.fill(words_en=WORDS, words_es=WORDS, due_on=(clock.today() + timedelta(days=40)).isoformat())
    for name in ("Guatemala", "Honduras", "El Salvador"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    officer.reads_barrier_free()
    officer.press("Propose it")
    return plan


def seen_by_the_officer(officer: Walker, plan: str) -> None:
    officer.go(f"{plan}?status=proposed")
    assert officer.page.locator("main tr", has_text=WORDS).count() == 3


def others_see(mexico: Walker, plan: str, *accepted: str) -> None:
    """Of another government: what was accepted, once each, and no sign of the rest."""
    mexico.go(f"{plan}?lang=en")
    shown = mexico.page.locator("main")
    assert [shown.locator("tr", has_text=words).count() for words in (WORDS, OWN_WORDS)] == [
        int(words in accepted) for words in (WORDS, OWN_WORDS)
    ]
    mexico.does_not_see("Awaits the answer")
    mexico.does_not_see(REASON)
    mexico.go(f"{plan}?status=proposed")
    mexico.does_not_see(WORDS)


def accept(guatemala: Walker, installation: Installation) -> None:
    guatemala.go(f"{link_in(mail_to(installation, GUATEMALA))}?lang=en")
    guatemala.sees(WORDS)
    guatemala.reads_barrier_free()
    guatemala.leave_by(guatemala.page.locator(".savebar button"))
    guatemala.sees("Choose an answer; nothing was sent")
    guatemala.choose(answer="accept")
    guatemala.leave_by(guatemala.page.locator(".savebar button"))
    guatemala.sees(re.compile("Accepted: commitment"))


def amend(honduras: Walker, installation: Installation) -> None:
    honduras.go(f"{link_in(mail_to(installation, HONDURAS))}?lang=en")
    honduras.choose(answer="amend")
    honduras.page.locator("summary").first.click()
    honduras.fill(words=OWN_WORDS)
    honduras.leave_by(honduras.page.locator(".savebar button"))
    honduras.sees(re.compile("Accepted: commitment"))
    honduras.sees(OWN_WORDS)


def decline(el_salvador: Walker, plan: str) -> None:
    """From the page, signed in: it finds its own proposal in the plan, and neither what others were proposed."""
    page = el_salvador.page
    el_salvador.go(f"{plan}?status=proposed&lang=en")
    row = page.locator("main tr", has_text=WORDS)
    assert row.count() == 1
    el_salvador.leave_by(row.get_by_role("link").first)
    el_salvador.leave_by(page.locator("main a[href$='/answer']").first)
    el_salvador.choose(answer="decline")
    page.locator("summary").last.click()
    el_salvador.fill(word=REASON)
    el_salvador.leave_by(page.locator(".savebar button"))
    el_salvador.go(f"{plan}?status=proposed")
    el_salvador.does_not_see(WORDS)


def told_to_the_officer(officer: Walker, plan: str) -> None:
    """The secretariat reads who accepted what, in whose words, and that nothing waits any more."""
    officer.go(f"{plan}?status=proposed")
    officer.does_not_see(WORDS)
    officer.go(plan)
    officer.sees(OWN_WORDS)
    officer.leave_by(officer.page.locator("main tr", has_text=OWN_WORDS).get_by_role("link").first)
    officer.sees(re.compile(re.escape(WORDS)))  # as it was proposed


def behind_the_link(guatemala: Walker, installation: Installation) -> None:
    """Opened once more, the link tells what stands and takes no second answer."""
    guatemala.go(f"{link_in(mail_to(installation, GUATEMALA))}?lang=en")
    guatemala.sees(re.compile("Accepted"))
    assert guatemala.page.locator("[name=answer]").count() == 0


def mail_to(installation: Installation, address: str) -> EmailMessage:
    """The mail with the link to the proposal, once it has come."""

    def found() -> list[EmailMessage]:
        bodies = {mail: " ".join(str(mail.get_body(("plain",))).split()) for mail in installation.mails_to(address)}
        return [mail for mail, words in bodies.items() if "/accept" in words]

    until(lambda: bool(found()), 120, installation)
    return found()[-1]
