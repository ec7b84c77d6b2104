"""What a secretariat arranges, in a real browser and one installation: an urgent circular to fifty of the Bali Process,
a ministerial of it invited by letter, its name plates, and a workshop of the Colombo Process from the call to the
question after half a year."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import docx
import pytest
from pypdf import PdfReader

from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import ContactCard
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings import queries, service
from secretariat.processes.models import Body, Participant, Participation, Process, StandingKind, Track, TrackKind
from tests.browser.walker import Walker
from tests.factories import people
from tests.factories.meetings import acting, invited, scheduled
from tests.factories.people import Official
from tests.support.installation import Installation, link_in, until

DAY = 24 * 3600
FIFTY = 50
WORDS = {
    "en": "Please name a contact for the night.",
    "es": "Rogamos nombrar un contacto para la noche.",
    "fr": "Veuillez nommer un contact pour la nuit.",
}


@pytest.mark.parametrize("installation", ["embedded"], indirect=True)
def test_an_urgent_circular_is_with_fifty_within_a_minute(installation: Installation, browser: Any) -> None:
    """Each in their language; who has not opened it stands on the call list, until it is opened from the mail."""
    one, readers = fifty(installation)
    officer = Walker(browser, installation)
    officer.sign_in(one.email, people.PASSWORD)
    officer.go("/processes/bali/circulars")
    officer.follow("Write a circular")
    officer.fill(title_en="After the earthquake", **{f"words_{code}": words for code, words in WORDS.items()})
    officer.choose(standings="member")
    officer.page.locator("[name=urgent]").check()
    officer.press("Go on: see who receives it")
    circular = str(officer.page.url)
    officer.go(f"{circular}/send")
    officer.reads_barrier_free()
    officer.press("Send it now")
    until(lambda: number_sent(installation) >= FIFTY, 60, installation)
    for reader, language in list(readers.items())[:3]:
        body = installation.wait_for_mail(reader.email).get_body(("plain",))
        assert body is not None
        assert WORDS[language] in body.get_content()
    officer.go("/processes/bali/follow-up/calls")
    unopened = officer.page.locator("main").inner_text().count("urgent, and not opened yet")
    assert unopened > 0
    first = next(iter(readers))
    Walker(browser, installation).go(link_in(installation.wait_for_mail(first.email)))
    officer.go("/processes/bali/follow-up/calls")
    assert officer.page.locator("main").inner_text().count("urgent, and not opened yet") == unopened - 1


def fifty(installation: Installation) -> tuple[Official, dict[Official, str]]:
    """An officer of the Bali Process, and fifty who speak for its members, of three languages."""
    engine, readers = installation.engine(), {}
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        process = system.query(Process).filter_by(slug="bali").one()
        process.languages = list(WORDS)
        track = system.query(Track).filter_by(process_id=process.id, kind=TrackKind.GOVERNMENT).one()
        held = system.query(Participation).filter_by(track_id=track.id, standing=StandingKind.MEMBER).all()
        members = [one.participant for one in held if one.until is None and one.participant is not None]
        for place in range(FIFTY):
            appoint = people.focal_point if place < len(members) else people.alternate
            language = list(WORDS)[place % len(WORDS)]
            email = f"urgent-{place}@bali.example"
            reader = appoint(system, track, members[place % len(members)], email=email, language=language)
            system.query(ContactCard).filter_by(person_id=reader.person).one().languages = [language]
            readers[reader] = language
        officer = people.officer(system, track, email="urgent@bali.example")
    engine.dispose()
    return officer, readers


def number_sent(installation: Installation) -> int:
    engine = installation.engine()
    with system_unit(engine, Reason.MAIL, writes=False) as system:
        sent = system.query(OutboxMessage).filter_by(notice="circular", state=MailState.SENT).count()
    engine.dispose()
    return sent


@pytest.mark.parametrize("installation", ["embedded"], indirect=True)
def test_a_workshop_is_lived_and_name_plates_are_printed(installation: Installation, browser: Any) -> None:
    print_name_plates(installation, browser)
    officers, focal = appointed(installation, "colombo", ("LK", "TH"))
    begins = clock.today() + timedelta(days=30)
    officer = Walker(browser, installation)
    officer.sign_in(officers.email, people.PASSWORD)
    workshop = call(officer, begins)
    name(Walker(browser, installation), focal["LK"], ("Ana Perera", "Bimal Silva", "Chamari Dias"))
    choose(officer, workshop)
    installation.move_clock(33 * DAY)
    hold(officer, officers, workshop)
    evaluate(Walker(browser, installation), focal["LK"], workshop)
    installation.move_clock(220 * DAY)
    say_what_could_be_used(Walker(browser, installation), focal["LK"])
    report_it(officer, officers)
    other = Walker(browser, installation)
    other.sign_in(focal["TH"].email, people.PASSWORD)
    other.go(workshop)
    other.sees("Our hotline answers in three languages")
    other.does_not_see("Ana Perera")


def call(officer: Walker, begins: date) -> str:
    officer.go("/processes/colombo/meetings/")
    officer.follow("Workshops")
    officer.follow("Prepare a workshop")
    officer.fill(title_en="Fair recruitment", starts_on=begins.isoformat(), place_en="Colombo", paid_by="IOM")
    officer.fill(ends_on=(begins + timedelta(days=1)).isoformat(), places_each="2")
    officer.fill(nominate_by=(begins - timedelta(days=10)).isoformat())
    officer.reads_barrier_free()
    officer.press("Save")
    workshop = str(officer.page.url)
    officer.follow("Call for nominees")
    officer.press("Call for nominees")
    officer.sees("You choose who comes, once people are named.")
    return workshop


def name(focal: Walker, one: Official, persons: tuple[str, ...]) -> None:
    """From the first page of a focal point, where what is awaited stands."""
    focal.sign_in(one.email, people.PASSWORD)
    focal.go("/")
    focal.follow("Fair recruitment")
    for person in persons:
        focal.fill(name=person, body="Ministry of Labour")
        focal.press("Name this person")
    focal.reads_barrier_free()
    focal.sees("Chamari Dias")


def choose(officer: Walker, workshop: str) -> None:
    officer.go(workshop)
    officer.follow("Choose who comes")
    officer.press("Say who comes")  # ticked beforehand: two, as there are places
    officer.sees("The call still runs. Say that it ends now, or wait until its day")
    officer.page.locator("[name=ends_call]").check()
    officer.reads_barrier_free()
    officer.press("Say who comes")
    officer.sees("in reserve")


def hold(officer: Walker, one: Official, workshop: str) -> None:
    officer.sign_in(one.email, people.PASSWORD)
    officer.go(workshop)
    officer.follow("Note who came")
    officer.page.get_by_label("Chamari Dias").check()
    officer.press("Save")
    certificate = officer.page.get_by_role("link", name="PDF").first.get_attribute("href")
    paper = officer.page.request.get(f"{officer.at.address}{certificate}")
    assert "Ana Perera" in PdfReader(io.BytesIO(paper.body())).pages[0].extract_text()


def evaluate(focal: Walker, one: Official, workshop: str) -> None:
    focal.sign_in(one.email, people.PASSWORD)
    focal.go(workshop)
    focal.follow("Your government's people")
    for mark in ("5", "4", "3"):
        focal.choose(useful=mark, taught="4", organized="5")
        focal.press("Hand in this paper")
    focal.sees("Nothing is awaited of you now")
    focal.go(workshop)
    focal.sees("3 papers, from one to five:")


def say_what_could_be_used(focal: Walker, one: Official) -> None:
    focal.sign_in(one.email, people.PASSWORD)
    focal.go("/")
    focal.follow("Fair recruitment")
    focal.sees("Half a year has passed.")
    focal.fill(words="Our hotline answers in three languages")
    focal.reads_barrier_free()
    focal.press("Send")
    focal.go("/")
    focal.does_not_see("Fair recruitment")


def report_it(officer: Walker, one: Official) -> None:
    """What was said stands in the next progress report, as capacity built."""
    officer.sign_in(one.email, people.PASSWORD)
    officer.go("/processes/colombo/reports")
    officer.follow(re.compile("Compile a report"))
    officer.press("Compile it")
    officer.sees("Capacity built")
    officer.sees("Our hotline answers in three languages")


# --- name plates --------------------------------------------------------------------------------------------------


def print_name_plates(installation: Installation, browser: Any) -> None:
    """Delegations are named by their focal points; the officer begins the host's list and prints the plates."""
    one, focal = appointed(installation, "bali", ("TH", "BD"))
    meeting = ministerial(installation, one, focal)
    officer = Walker(browser, installation)
    officer.sign_in(one.email, people.PASSWORD)
    invite_by_letter(officer, meeting)
    officer.go(f"/meetings/{meeting}")
    officer.follow("Host's list")
    officer.press("Begin the list")
    officer.sees("H.E. Somchai Jaidee")
    officer.sees("provisional until the letter has come")
    officer.reads_barrier_free()
    plates = officer.page.get_by_role("link", name="Name plates").get_attribute("href")
    pages = PdfReader(io.BytesIO(officer.page.request.get(f"{officer.at.address}{plates}").body())).pages
    printed = " ".join(pages[1].extract_text().split())
    assert printed.index("H.E. Farida Rahman") < printed.index("H.E. Somchai Jaidee")  # Bangladesh before Thailand


def invite_by_letter(officer: Walker, meeting: UUID) -> None:
    """Said once, in one minister's style, fetched for signature, and dispatched by note verbale into the register."""
    officer.go(f"/meetings/{meeting}")
    officer.follow("Letters of invitation")
    officer.follow("Write the letters")
    officer.fill(signatory="The Co-Chairs\nof the Bali Process")
    officer.press("Keep these words")
    row = officer.page.get_by_role("row").filter(has_text="Thailand")
    officer.leave_by(row.get_by_role("link", name="Write it"))
    officer.fill(addressee="His Excellency\nMr Somchai Jaidee\nMinister of Foreign Affairs\nBangkok")
    officer.fill(copy_to="Royal Thai Embassy, Jakarta")
    officer.reads_barrier_free()
    officer.choose(language="en")
    officer.press("Keep the letter")
    row = officer.page.get_by_role("row").filter(has_text="Thailand")
    letter = row.get_by_role("link", name="Word").get_attribute("href")
    words = docx.Document(io.BytesIO(officer.page.request.get(f"{officer.at.address}{letter}").body())).paragraphs
    assert any("Mr Somchai Jaidee" in paragraph.text for paragraph in words)
    assert any("I have the honour to invite you" in paragraph.text for paragraph in words)
    officer.leave_by(row.get_by_role("link", name="It has gone"))
    officer.fill(note_verbale="BP/NV/12")
    officer.press("Enter it in the register")
    officer.follow("Register")
    officer.sees("BP/NV/12")


def ministerial(installation: Installation, officer: Official, focal: dict[str, Official]) -> UUID:
    engine = installation.engine()
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        bodies = system.query(Body).join(Process, Process.id == Body.process_id).filter(Process.slug == "bali")
        body = next(one for one in bodies if str(one.name) == "Ministerial Conference")
        body.invites_by_letter = body.names_by_letter = True
    with acting(engine, officer) as session:
        held = scheduled(session, "bali", body="Ministerial Conference", languages=["en"])
        invited(session, held)
        meeting = held.id
    for iso, head in (("TH", "H.E. Somchai Jaidee"), ("BD", "H.E. Farida Rahman")):
        with acting(engine, focal[iso]) as session:
            own = queries.own_invitation(session, meeting, focal[iso].hat.id)
            assert own is not None
            service.add_delegate(session, own, service.DelegateWords(name=head, function="Minister"))
    engine.dispose()
    return meeting


def appointed(installation: Installation, slug: str, states: tuple[str, ...]) -> tuple[Official, dict[str, Official]]:
    """An officer and focal points with accounts of the walk's own."""
    engine = installation.engine()
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        process = system.query(Process).filter_by(slug=slug).one()
        track = system.query(Track).filter_by(process_id=process.id, kind=TrackKind.GOVERNMENT).one()
        officer = people.officer(system, track, email=f"workshops@{slug}.example")
        focal = {
            iso: people.focal_point(
                system, track, system.query(Participant).filter_by(iso=iso).one(), email=f"{iso.lower()}@{slug}.example"
            )
            for iso in states
        }
    engine.dispose()
    return officer, focal
