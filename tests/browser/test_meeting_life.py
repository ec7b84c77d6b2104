"""The whole life of a meeting in a real browser, on the RCM and on the Bali Process, by real mails and a real worker.

Scheduled like the last one and warned of what lies on its days, invited, answered and delegated from the mail, its
agenda ordered by keys, its papers issued, held, minuted under its rule, its outcomes confirmed and led on, closed.
"""

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfWriter

from secretariat.core import clock
from secretariat.core.days_off import holidays_in
from secretariat.core.session import Reason, system_unit
from secretariat.processes.models import Body, Participant, Process, Track, TrackKind
from tests.browser.walker import Walker
from tests.factories import people
from tests.factories.processes import chair_term
from tests.support.calendar_program import CalendarProgram, why_no_calendar_program
from tests.support.installation import Installation, link_in, until

PERSONS = "Delegate of long standing", "Adviser on return"


@dataclass(frozen=True, slots=True)
class Place:
    """A process as the walk goes through it: who acts, by which addresses, and how its meeting is told from others."""

    slug: str
    officer: str
    focal: str
    chair: str
    password: str
    state: str
    without: str
    other: str
    zone: str
    begins: datetime
    title: str
    symbol: str
    rule: str

    def days(self, number: int = 0) -> date:
        return self.begins.date() + timedelta(days=number)


@pytest.mark.parametrize("installation", ["embedded"], indirect=True)
def test_the_life_of_a_meeting_of_liaison_officers_on_the_rcm(installation: Installation, browser: Any) -> None:
    first = clock.today() + timedelta(days=33)
    first += timedelta(days=(1 - first.weekday()) % 7)  # the days of the meeting the demonstration has announced
    rcm = Place(
        slug="rcm",
        officer="officer@demonstration.example",
        focal="focal-point-gt@demonstration.example",
        chair="chair@demonstration.example",
        password=installation.password(),
        state="Guatemala",
        without="Canada",
        other="Honduras",
        zone="America/Panama",
        begins=datetime(first.year, first.month, first.day, 9, tzinfo=ZoneInfo("America/Panama")),
        title="Red de Funcionarios de Enlace",
        symbol="RCM/LON/",
        rule="chatham_house",
    )
    officer = Walker(browser, installation)
    officer.sign_in(rcm.officer, rcm.password)
    open_network(officer)
    schedule_like_the_last(officer, rcm)
    meeting = live_through(officer, browser, installation, rcm)
    propose_to_state(officer, meeting, rcm)
    close(officer, meeting)
    look_back(Walker(browser, installation), rcm, installation)


@pytest.mark.parametrize("installation", ["servers"], indirect=True)
def test_the_life_of_a_ministerial_conference_of_the_bali_process(installation: Installation, browser: Any) -> None:
    bali = appointed_in_bali(installation)
    officer = Walker(browser, installation)
    officer.sign_in(bali.officer, bali.password)
    schedule_by_hand(officer, bali)
    meeting = live_through(officer, browser, installation, bali)
    send_to_steering_group(officer, meeting)
    close(officer, meeting)
    look_back(Walker(browser, installation), bali, installation)


def live_through(officer: Walker, browser: Any, installation: Installation, place: Place) -> str:
    """From the warning of its days to the confirmed outcomes; gives the address of the meeting."""
    heed_the_days(officer)
    meeting = invite_with_an_exception(officer, place)
    answer_from_the_mail(Walker(browser, installation), installation, place)
    see_to_milestones(officer, meeting)
    take_up_the_proposed_item(officer, meeting)
    order_the_agenda(officer, meeting)
    issue_a_paper(officer, meeting, place)
    installation.move_clock((place.begins + timedelta(hours=4) - datetime.now(place.begins.tzinfo)).total_seconds())
    officer.sign_in(place.officer, place.password)
    note_the_table(officer, meeting, place)
    split_a_draft(officer, meeting)
    confirm_with_a_reservation(Walker(browser, installation), officer, meeting, place)
    return meeting


# --- before -------------------------------------------------------------------------------------------------------


def open_network(officer: Walker) -> None:
    officer.go("/processes/rcm/bodies/new")
    officer.fill(name_en="Liaison Officers' Network", name_es="Red de Funcionarios de Enlace", abbreviation="LON")
    officer.choose(kind="liaison-network", level="technical", permanence="standing", membership="process")
    officer.fill(since=officer.at.now().date().isoformat())
    officer.press("Open the body")


def schedule_like_the_last(officer: Walker, place: Place) -> None:
    officer.go(f"/processes/{place.slug}/meetings/")
    officer.follow("Schedule a meeting")
    officer.page.locator("main a[href*='like=']").first.click()
    assert officer.page.locator("[name=zone]").input_value()
    officer.page.locator("[name=body]").select_option(label="Liaison Officers' Network")
    officer.fill(starts_on=place.days().isoformat(), ends_on=place.days(1).isoformat())
    officer.choose(zone=place.zone, attribution=place.rule, readers="members")
    officer.fill(begins="09:00", ends="17:00", last_ends="12:30")
    officer.press("Announce and go on to invitations")
    officer.sees(re.compile("of the same participants|also of"))


def schedule_by_hand(officer: Walker, place: Place) -> None:
    officer.go(f"/processes/{place.slug}/meetings/new")
    officer.page.locator("[name=body]").select_option(label="Ministerial Conference")
    officer.fill(starts_on=place.days(1).isoformat(), ends_on=place.days().isoformat(), place_en="Nusa Dua")
    officer.fill(begins="09:00", ends="17:00")
    officer.choose(zone=place.zone, attribution=place.rule, readers="members", notice="participants")
    officer.press("Announce and go on to invitations")
    officer.sees("The last day lies before the first; give the same day or a later one")
    officer.reads_barrier_free()
    assert officer.page.locator("[name='place-en']").input_value() == "Nusa Dua"
    officer.fill(starts_on=place.days().isoformat(), ends_on=place.days(1).isoformat())
    officer.press("Announce and go on to invitations")
    officer.sees("Indonesia")


def heed_the_days(officer: Walker) -> None:
    officer.sees("On these days")
    officer.reads_barrier_free()
    officer.press("Schedule all the same")
    officer.sees("Announced. Its readers see it from now on; nobody has been written to yet.")


def invite_with_an_exception(officer: Walker, place: Place) -> str:
    meeting = str(officer.page.url).partition("/invite")[0]
    assert officer.page.get_by_label(place.state, exact=True).is_checked()
    officer.page.get_by_label(re.compile(place.without)).uncheck()
    officer.reads_barrier_free()
    officer.press("Send the invitations")
    row = officer.page.locator("#invitations, section", has_text="Invitations")
    assert row.get_by_role("rowheader", name=place.state, exact=True).count() == 1
    assert row.get_by_role("rowheader", name=place.without, exact=True).count() == 0
    return meeting


def answer_from_the_mail(focal: Walker, installation: Installation, place: Place) -> None:
    link = link_in(mail_about(installation, place))
    focal.go(f"{link}?lang=en")  # the page stands in the language of the mail
    focal.choose(answer="attends")
    focal.fill(persons="2")
    focal.reads_barrier_free()
    focal.press("Send the answer")
    focal.sees("Thank you. Saved: you will attend.")
    focal.follow("Name the whole delegation")
    for name, role in zip(PERSONS, ("head", "adviser"), strict=True):
        focal.fill(name=name, ministry="Ministry of Foreign Affairs")
        focal.choose(role=role, level="senior")
        if role == "adviser":
            focal.page.locator("[name=is_unlisted]").check()
        focal.press("Add to the delegation")
        focal.sees(name)
    focal.fill(name=PERSONS[0].upper())
    focal.choose(role="delegate")
    focal.press("Add to the delegation")
    focal.page.locator(".errors").wait_for()
    assert focal.page.locator("[name=name]").input_value() == PERSONS[0].upper()
    focal.reads_barrier_free()
    focal.go(f"{link}?lang=en")  # the page stands in the language of the mail
    focal.follow("Propose an item")
    focal.fill(title_en="Return of children and adolescents", words_en="What worked at the crossings.")
    focal.reads_barrier_free()
    focal.press("Propose it")
    focal.does_not_see(place.password)


def see_to_milestones(officer: Walker, meeting: str) -> None:
    officer.go(meeting)
    officer.follow("For all meetings of this body")
    officer.reads_barrier_free()
    officer.fill(number_papers="9")
    officer.press("Keep these milestones")
    officer.go(meeting)
    officer.press("Note them as sent")
    officer.press("Not yet after all")
    officer.press("Note them as sent")


def take_up_the_proposed_item(officer: Walker, meeting: str) -> None:
    officer.go(meeting)
    officer.follow("Return of children and adolescents")
    officer.sees("What worked at the crossings.")
    officer.choose(taken_up="yes")
    officer.reads_barrier_free()
    officer.press("Answer")
    officer.go(meeting)
    assert agenda(officer) == ["Return of children and adolescents"]


def order_the_agenda(officer: Walker, meeting: str) -> None:
    page = officer.page
    officer.go(meeting)
    officer.follow("Add an item")
    officer.fill(title_en="Reports of the working groups", minutes="600")
    officer.press("Add, and another")
    officer.fill(title_en="Adoption of the agenda", minutes="15", led_by_text="The Chair")
    officer.reads_barrier_free()
    officer.press("Add to the agenda")
    officer.sees(re.compile("minutes more than the day has"))
    for _step in range(2):
        page.get_by_role("button", name="Move up: Adoption of the agenda").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
    officer.follow(re.compile("Reports of the working groups"))
    officer.fill(minutes="90")
    officer.press("Save the item")
    assert agenda(officer) == [
        "Adoption of the agenda",
        "Return of children and adolescents",
        "Reports of the working groups",
    ]
    officer.press("Issue the provisional agenda")
    officer.sees(re.compile("Provisional, issued on"))
    officer.reads_barrier_free()
    for words, begins in (("PDF", b"%PDF"), ("DOCX", b"PK"), ("Annotated, PDF", b"%PDF")):
        fetched = page.request.get(
            page.locator("main form", has=page.get_by_role("button", name=words, exact=True))
            .or_(page.locator("main a", has_text=re.compile(f"^{words}$")))
            .first.evaluate("one => one.action || one.href")
        )
        assert fetched.body().startswith(begins), words


def agenda(officer: Walker) -> list[str]:
    """The items in their order, without their numbers."""
    rows = officer.page.locator("tr[data-item] th a").all_inner_texts()
    return [re.sub(r"^[\d.]+\s*", "", row) for row in rows]


def issue_a_paper(officer: Walker, meeting: str, place: Place) -> None:
    officer.go(meeting)
    officer.follow("Add a document")
    officer.fill(title_en="Return over land: where we stand")
    officer.choose(language="en", kind="working_paper", readers="members")
    bring(officer, "paper.pdf", b"These are words, whatever the name of the file says.")
    officer.press("Keep as a draft")
    officer.page.locator(".errors").wait_for()
    assert officer.page.locator("[name='title-en']").input_value() == "Return over land: where we stand"
    officer.reads_barrier_free()
    bring(officer, "paper.pdf", pdf())
    officer.press("Keep as a draft")
    issue(officer, f"{place.symbol}{officer.at.now().year}/1")
    officer.follow("Revise, correct or add")
    officer.choose(revision="rev")
    officer.press("Begin it")
    officer.follow("Add a language version")
    officer.choose(language="en")
    bring(officer, "paper rev 1.pdf", pdf(pages=2))
    officer.press("Save")
    issue(officer, f"{place.symbol}{officer.at.now().year}/1/Rev.1")
    officer.reads_barrier_free()


def issue(officer: Walker, symbol: str) -> None:
    officer.follow("Issue it")
    officer.press("Issue it")
    officer.sees(symbol)


def bring(officer: Walker, name: str, content: bytes) -> None:
    """Choose a file in the dialogue of the browser."""
    with officer.page.expect_file_chooser() as opened:
        officer.page.locator("[name=file]").click()
    opened.value.set_files({"name": name, "mimeType": "application/pdf", "buffer": content})


def pdf(pages: int = 1) -> bytes:
    written, writer = io.BytesIO(), PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(written)
    return written.getvalue()


# --- at the table and after ---------------------------------------------------------------------------------------


def note_the_table(officer: Walker, meeting: str, place: Place) -> None:
    officer.go(meeting)
    officer.follow("Note attendance")
    for one in officer.page.locator("input[type=radio][value=present]").all():
        one.check()
    officer.reads_barrier_free()
    officer.press("Save the attendance")
    officer.sees("Saved. The meeting stands as held.")
    officer.go(f"{meeting}/notes")
    officer.follow("Write the note")
    officer.fill(text_en=f"{place.state} said that the crossings close at six.")
    officer.press("Keep the note")
    if place.rule == "chatham_house":
        officer.sees(f"This names {place.state}.")
        officer.reads_barrier_free()
        officer.fill(text_en="It was said that the crossings close at six.")
        officer.press("Keep the note")
    officer.sees("the crossings close at six.")


def split_a_draft(officer: Walker, meeting: str) -> None:
    officer.go(meeting)
    officer.follow("From a draft")
    officer.choose(language="en")
    officer.fill(
        text="Conclusions\n\n"
        "1. The meeting decided to publish the hours of each land crossing.\n\n"
        "2. The meeting requested the Secretariat to gather the figures on returns."
    )
    officer.press("Show the paragraphs")
    taken = [one.is_checked() for one in officer.page.locator("[name^=take_]").all()]
    kinds = [one.input_value() for one in officer.page.locator("[name^=kind_]").all()]
    assert list(zip(taken, kinds, strict=True))[-2:] == [(True, "decision"), (True, "request")]
    assert sum(taken) == 2
    officer.reads_barrier_free()
    officer.press("Keep as drafts")
    officer.sees(re.compile("publish the hours of each land crossing"))


def confirm_with_a_reservation(chair: Walker, officer: Walker, meeting: str, place: Place) -> None:
    chair.sign_in(place.chair, place.password)
    chair.go(meeting)
    chair.page.locator(".next a").first.click()  # the chair's office may read Spanish: its pages are told by their form
    chair.choose(adoption="ad_referendum")
    chair.page.locator("details:has([name=statement_of]) > summary").click()
    chair.page.locator("[name=statement_of]").select_option(label=place.other)
    chair.choose(statement_kind="reservation")
    chair.fill(statement_en="Our parliament has still to be heard.")
    chair.reads_barrier_free()
    chair.page.locator("main form .row .btn").first.click()
    chair.page.wait_for_url(re.compile(re.escape(meeting) + "(#.*)?$"))
    officer.go(meeting)
    officer.sees("Our parliament has still to be heard.")
    officer.sees(re.compile(f"Reservation of {place.other}"))
    officer.follow("Note the chair's confirmation")
    officer.choose(adoption="consensus")
    officer.fill(word="In the room, at the closing session")
    officer.press("Note the confirmation")
    officer.reads_barrier_free()


def propose_to_state(officer: Walker, meeting: str, place: Place) -> None:
    officer.go(meeting)
    officer.follow("Propose as a commitment")
    assert "publish the hours" in officer.page.locator("[name=words-en]").input_value()
    officer.page.get_by_role("checkbox", name=place.state, exact=True).check()
    officer.fill(due_on=place.days(120).isoformat())
    officer.press("Propose it")


def send_to_steering_group(officer: Walker, meeting: str) -> None:
    officer.go(meeting)
    officer.follow(re.compile("publish the hours of each land crossing"))
    officer.follow("Send it on")
    officer.page.locator("[name=to]").select_option(label="Steering Group")
    officer.reads_barrier_free()
    officer.press("Save")
    officer.sees("Steering Group")


def close(officer: Walker, meeting: str) -> None:
    officer.go(meeting)
    for said in ("Note it as circulated", "Note that they are in"):
        if officer.page.get_by_role("button", name=said, exact=True).count():
            officer.press(said)
    officer.press("Close the meeting")
    officer.go(meeting)
    assert officer.page.get_by_role("button", name="Close the meeting").count() == 0


def look_back(focal: Walker, place: Place, installation: Installation) -> None:
    """The calendar of who was invited, by two clocks, and the feed as a calendar program fetches it."""
    focal.sign_in(place.focal, place.password)
    month = f"{place.days():%Y-%m}"
    for view in ("", "&view=list"):
        focal.go(f"/calendar/?month={month}{view}")
        entry = focal.page.locator("main li, main tr", has=focal.page.locator(f"a:text-matches('{place.title}')"))
        assert re.search(r"09:00 .+ \(\d\d:00 (here|aquí)\)", entry.first.inner_text()), entry.first.inner_text()
        focal.reads_barrier_free()
    focal.go("/calendar/feeds")
    focal.reads_barrier_free()
    focal.page.locator("form[action$='/feeds/new'] button").first.click()
    address = focal.page.locator("code").first.inner_text()
    begins = f"{place.begins:%Y-%m-%d %H:%M}"
    if why_no_calendar_program():
        pytest.skip(why_no_calendar_program())
    with CalendarProgram(installation.folder / "calendar") as program:
        program.subscribe(address.replace("localhost", "127.0.0.1"), seen=None)
        shown = [one for one in program.shows(place.zone, address) if re.search(place.title, one["title"])]
    assert next(one["begins"] for one in shown) == begins
    assert len({one["uid"] for one in shown}) == 1


def mail_about(installation: Installation, place: Place) -> EmailMessage:
    """The invitation to this meeting, once it has come by worker and relay."""

    def found() -> list[EmailMessage]:
        bodies = ((mail, mail.get_body(("plain",))) for mail in installation.mails_to(place.focal))
        texts = [(mail, body.get_content()) for mail, body in bodies if body is not None]
        return [mail for mail, text in texts if re.search(place.title, text) and "/reply" in text]

    until(lambda: bool(found()), 120, installation)
    return found()[-1]


# --- people of the Bali Process -----------------------------------------------------------------------------------


def appointed_in_bali(installation: Installation) -> Place:
    """An officer, focal points and a co-chair: the reference data know the process and nobody in it."""
    engine = installation.engine()
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        process = system.query(Process).filter_by(slug="bali").one()
        track = system.query(Track).filter_by(process_id=process.id, kind=TrackKind.GOVERNMENT).one()
        state = {
            iso: system.query(Participant).filter_by(iso=iso).one() for iso in ("ID", "TH", "BD", "LK", "NZ", "AU")
        }
        conference = next(
            one
            for one in system.query(Body).filter_by(process_id=process.id)
            if str(one.name) == "Ministerial Conference"
        )
        officer = people.officer(system, track, email="officer@bali.example")
        focal = {
            iso: people.focal_point(system, track, one, email=f"{iso.lower()}@bali.example")
            for iso, one in state.items()
        }
        chair_term(system, track, state["ID"], body=conference, role="co_chair")
        chair = people.chair(system, track, state["ID"], body=conference, email="chair@bali.example")
    engine.dispose()
    first = holiday_ahead("ID", clock.today() + timedelta(days=40))
    return Place(
        slug="bali",
        officer=officer.email,
        focal=focal["TH"].email,
        chair=chair.email,
        password=people.PASSWORD,
        state="Thailand",
        without="New Zealand",
        other="Sri Lanka",
        zone="Asia/Makassar",
        begins=datetime(first.year, first.month, first.day, 9, tzinfo=ZoneInfo("Asia/Makassar")),
        title="4th Ministerial Conference",
        symbol="BALI-PROCESS/",
        rule="open",
    )


def holiday_ahead(country: str, since: date) -> date:
    """The first public holiday of a country from a day on."""
    return holidays_in(country, since, since + timedelta(days=300))[0].on
