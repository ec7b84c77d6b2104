"""A workshop of the Colombo Process in a real browser, from the call to the question after half a year; and, in the
same installation, the name plates of a ministerial of the Bali Process."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import queries, service
from secretariat.processes.models import Participant, Process, Track, TrackKind
from tests.browser.walker import Walker
from tests.factories import people
from tests.factories.meetings import acting, invited, scheduled
from tests.factories.people import Official
from tests.support.installation import Installation

DAY = 24 * 3600


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


# --- name plates --------------------------------------------------------------------------------------------------


def print_name_plates(installation: Installation, browser: Any) -> None:
    """Delegations are named by their focal points; the officer begins the host's list and prints the plates."""
    one, focal = appointed(installation, "bali", ("TH", "BD"))
    meeting = ministerial(installation, one, focal)
    officer = Walker(browser, installation)
    officer.sign_in(one.email, people.PASSWORD)
    officer.go(f"/meetings/{meeting}")
    officer.follow("Host's list")
    officer.press("Begin the list")
    officer.sees("H.E. Somchai Jaidee")
    officer.reads_barrier_free()
    plates = officer.page.get_by_role("link", name="Name plates").get_attribute("href")
    pages = PdfReader(io.BytesIO(officer.page.request.get(f"{officer.at.address}{plates}").body())).pages
    printed = " ".join(pages[1].extract_text().split())
    assert printed.index("H.E. Farida Rahman") < printed.index("H.E. Somchai Jaidee")  # Bangladesh before Thailand


def ministerial(installation: Installation, officer: Official, focal: dict[str, Official]) -> UUID:
    engine = installation.engine()
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
