"""The whole life of a text in a real browser, by real mails and a real worker.

On the RCM: drafted in two languages, two rounds of comments from the links in mails, put under silence, broken with a
reason, put under silence anew, extended, passed, pronounced by the chair, frozen. On the Bali Process: a summary of the
co-chairs, under their own responsibility.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from secretariat.core.days_off import closed_in
from secretariat.core.session import Reason, system_unit
from secretariat.processes.models import Participant, Process, Track, TrackKind
from tests.browser.walker import Walker
from tests.factories import people
from tests.support.installation import Installation, link_in, until

OFFICER, CHAIR, GUATEMALA, UNITED_STATES, HONDURAS = (
    f"{name}@demonstration.example"
    for name in ("officer", "chair", "focal-point-gt", "focal-point-us", "focal-point-hn")
)
ZONE = "America/Costa_Rica"
TITLE = "Declaration on reception at land crossings"
IN_SPANISH = "Declaración sobre la recepción en los pasos terrestres"
PASTED = """Recalling the conclusions of the last Vice-Ministerial Meeting,

I. At the crossing

1. Each crossing publishes its hours in the languages of those who cross.

2. Returned children are received by staff trained for it."""
TRANSLATED = (
    "Recordando las conclusiones de la última Reunión Viceministerial,",
    "En el paso",
    "Cada paso publica sus horas en los idiomas de quienes cruzan.",
    "Las niñas y los niños retornados son recibidos por personal capacitado.",
)
PROPOSED = "Cada paso publica sus horas y su número de teléfono en los idiomas de quienes cruzan."
SETTLED = "Each crossing publishes its hours and its telephone number in the languages of those who cross."
KEPT_CLOSE = "Two of our ministries still differ on the staff."
OF_ALL = "Our ministries welcome the draft as a whole."
ANSWER = "The telephone numbers were added in both languages."
REASON = "The word reception is not known to our law in this sense."
MENDED = "Returned children are received and looked after by staff trained for it."
IN_SPANISH_MENDED = "Las niñas y los niños retornados son recibidos y atendidos por personal capacitado."
WHY_LONGER = "Two capitals asked for another week."
UNDERSTOOD = "Guatemala entiende que el personal capacitado incluye al personal consular."
SUMMARY = """The Co-Chairs prepared this summary under their own responsibility.

I. Return and reintegration

1. The Co-Chairs thanked members for the figures on assisted return.

2. The Co-Chairs noted that some members publish the hours of their crossings.

3. The Co-Chairs invited members to name a contact for each crossing by the end of the year."""
NOTED = "The Co-Chairs noted that several members publish the hours of their crossings, and that others will."
RESERVED = "Sri Lanka does not associate itself with paragraph 3."


@pytest.mark.parametrize("installation", ["embedded"], indirect=True)
def test_a_declaration_of_the_rcm_from_first_draft_to_adoption(installation: Installation, browser: Any) -> None:
    officer, focal = Walker(browser, installation), Walker(browser, installation)
    officer.sign_in(OFFICER)
    text = draft(officer)
    first = circulate(officer, text)
    comments = ask_for_comments(officer, first, days=6)
    symbol = symbol_of(officer, first)
    comment_from_guatemala(focal, link_to(installation, GUATEMALA, "comment", symbol))
    comment_from_the_united_states(
        Walker(browser, installation), link_to(installation, UNITED_STATES, "comment", symbol)
    )
    answer_the_first_round(officer, comments, text)
    second = circulate(officer, text)
    read_what_became(officer, focal, second)
    agree_in_the_second_round(officer, focal, Walker(browser, installation), second)
    third = settle_and_circulate(officer, text)
    allow_silence(officer)
    break_the_silence(officer, Walker(browser, installation), third)
    fourth = mend_and_circulate(officer, text)
    pass_the_silence(officer, focal, fourth)
    pronounce(Walker(browser, installation), fourth)
    look_at_what_is_frozen(officer, text, fourth, "By silence", UNDERSTOOD)


@pytest.mark.parametrize("installation", ["servers"], indirect=True)
def test_a_summary_of_the_co_chairs_of_the_bali_process(installation: Installation, browser: Any) -> None:
    bali = appointed_in_bali(installation)
    officer, thailand, co_chair = (Walker(browser, installation) for _one in range(3))
    officer.sign_in(bali.officer, people.PASSWORD)
    text = draft_the_summary(officer)
    first = circulate(officer, text)
    comments = ask_for_comments(officer, first, days=6)
    thailand.go(link_to(installation, bali.thailand, "comment", symbol_of(officer, first)))
    say(thailand, "The Co-Chairs noted", wording=NOTED, read_by="readers")
    send(thailand)
    officer.go(comments)
    answer(officer, NOTED, "taken_up", draft="beside")
    officer.follow("Close the round now")
    officer.press("Close the round")
    write(officer, text, 3, words_en=NOTED)
    second = circulate(officer, text)
    pronounce_as_summary(co_chair, bali, second)
    thailand.sign_in(bali.thailand, people.PASSWORD)
    read_the_summary(thailand, second)
    look_at_what_is_frozen(officer, text, second, "As a summary of the co-chairs", RESERVED)


# --- drafted and circulated ---------------------------------------------------------------------------------------


def draft(officer: Walker) -> str:
    """A text in two languages, both authentic; its address."""
    officer.go("/processes/rcm/texts/")
    officer.follow("Begin a text")
    officer.fill(title_en=TITLE, title_es=IN_SPANISH)
    officer.choose(kind="declaration", original="en", readers="members")
    for name in ("languages", "authentic"):
        for code in ("en", "es"):
            officer.page.locator(f"[name={name}][value={code}]").check()
    officer.reads_barrier_free()
    officer.press("Begin it")
    officer.sees("Nothing is written yet.")
    text = str(officer.page.url)
    officer.follow("Paste paragraphs")
    officer.fill(pasted=PASTED)
    officer.reads_barrier_free()
    officer.press("Add them")
    officer.sees("4 paragraphs added.")
    for place, words in enumerate(TRANSLATED):
        write(officer, text, place, words_es=words)
    officer.does_not_see("To be translated")
    officer.reads_barrier_free()
    return text


def write(officer: Walker, text: str, place: int, **words: str) -> None:
    """Write the paragraph at a place, in the languages given."""
    officer.go(text)
    officer.leave_by(officer.page.locator(".par-acts > a").nth(place))
    officer.fill(**words)
    if not place:
        officer.reads_barrier_free()
    officer.press("Save")


def circulate(officer: Walker, text: str) -> str:
    """Circulated in both languages; the address of the edition."""
    officer.go(text)
    officer.follow("Circulate it")
    officer.reads_barrier_free()
    officer.press("Circulate it")
    officer.sees(re.compile(r"Circulated as [A-Z-]+/"))
    return str(officer.page.url)


def symbol_of(officer: Walker, edition: str) -> str:
    officer.go(edition)
    return str(officer.page.locator(".dochead .sym").inner_text())


# --- two rounds of comments ---------------------------------------------------------------------------------------


def ask_for_comments(officer: Walker, edition: str, days: int) -> str:
    """Open a round on an edition; the address of the round."""
    officer.go(edition)
    officer.follow("Open a round of comments")
    officer.fill(ends_on=in_days(officer, days), ends_hour="17:00")
    officer.reads_barrier_free()
    officer.press("Open the round")
    officer.sees("The round is open.")
    return str(officer.page.url)


def in_days(officer: Walker, days: int) -> str:
    return (officer.at.now().astimezone(ZoneInfo(ZONE)).date() + timedelta(days=days)).isoformat()


def comment_from_guatemala(focal: Walker, link: str) -> None:
    """In Spanish, behind the link alone: other words for a paragraph, and a word on the whole, sent as one."""
    focal.go(link)
    focal.sees("Cada paso publica sus horas")
    focal.reads_barrier_free()
    say(focal, "Cada paso publica", wording=PROPOSED, read_by="readers")
    say(focal, "", words=OF_ALL, read_by="readers")
    focal.sees(PROPOSED)
    focal.reads_barrier_free()
    send(focal)
    focal.sees(OF_ALL)


def comment_from_the_united_states(focal: Walker, link: str) -> None:
    """In English, to the secretariat alone. Without words, nothing is kept and nothing typed is lost."""
    focal.go(link)
    say(focal, "Returned children", read_by="secretariat")
    focal.page.locator(".errors").wait_for()
    assert focal.page.locator("[name=read_by][value=secretariat]").is_checked()
    focal.reads_barrier_free()
    focal.fill(words=KEPT_CLOSE)
    send(focal)
    focal.sees(KEPT_CLOSE)
    send(focal)
    focal.does_not_see(PROPOSED)


def say(focal: Walker, paragraph: str, *, read_by: str, **typed: str) -> None:
    """Write a comment on the paragraph that begins with these words, or on the whole."""
    place = focal.page.locator(".par-row", has_text=paragraph) if paragraph else focal.page.locator("#text > *").first
    focal.leave_by(place.locator("a").first)
    focal.fill(**typed)
    focal.choose(read_by=read_by)
    focal.reads_barrier_free()
    send(focal)


def send(walker: Walker) -> None:
    """Press the firm button of the page, in whatever language it is."""
    walker.leave_by(walker.page.locator("main form button.btn:not(.second, .plain)").first)


def answer_the_first_round(officer: Walker, comments: str, text: str) -> None:
    """The compilation, by paragraph; what is proposed is put beside the words that stand, then both are settled."""
    officer.go(comments)
    for words in (PROPOSED, OF_ALL, KEPT_CLOSE, "Guatemala", "United States"):
        officer.sees(words)
    officer.reads_barrier_free()
    fetched(officer, "Text document", b"PK")
    fetched(officer, "PDF", b"%PDF")
    answer(officer, PROPOSED, "taken_up", answer_en=ANSWER, draft="beside")
    answer(officer, OF_ALL, "taken_up")
    answer(officer, KEPT_CLOSE, "not_this_time", answer_en="The words on the staff stay as they are for now.")
    officer.follow("Close the round now")
    officer.reads_barrier_free()
    officer.press("Close the round")
    officer.go(f"{text}?in=es")
    officer.sees(f"[{PROPOSED}]")
    write(officer, text, 2, words_en=SETTLED, words_es=PROPOSED)


def answer(officer: Walker, said: str, became: str, draft: str = "", **words: str) -> None:
    one = officer.page.locator("main li[id^=c-]", has_text=said)
    officer.leave_by(one.get_by_role("link", name="Say what becomes of it"))
    officer.choose(became=became)
    officer.fill(**words)
    if draft:
        officer.choose(draft=draft)
        officer.reads_barrier_free()
    officer.press("Save")


def read_what_became(officer: Walker, focal: Walker, second: str) -> None:
    """In the next draft each reads what became of what it may read; what went to the secretariat alone is not there."""
    officer.go(second)
    for words in (PROPOSED, ANSWER, KEPT_CLOSE):
        officer.sees(words)
    officer.reads_barrier_free()
    officer.follow("What changed since the edition before")
    officer.page.locator("ins", has_text="telephone number").wait_for()
    officer.reads_barrier_free()
    focal.sign_in(GUATEMALA)
    focal.go(second)
    for words in (PROPOSED, ANSWER):
        focal.sees(words)
    focal.does_not_see(KEPT_CLOSE)
    focal.leave_by(focal.page.locator("main a[href*='beside=']").first)
    focal.sees(SETTLED)
    focal.reads_barrier_free()


def agree_in_the_second_round(officer: Walker, focal: Walker, other: Walker, second: str) -> None:
    """A second mail, for the revision, answered in Spanish and in English; it ends one day later than was written,
    which is told; then by itself at its hour, and its link takes nothing more."""
    comments = ask_for_comments(officer, second, days=2)
    symbol = symbol_of(officer, second)
    officer.go(comments)
    officer.follow("Change the end")
    officer.fill(ends_on=in_days(officer, 3))
    officer.reads_barrier_free()
    officer.press("Save")
    mail_about(officer.at, HONDURAS, "/comment", symbol, count=2)
    other.go(link_to(officer.at, UNITED_STATES, "comment", symbol))
    say(other, "Each crossing publishes", words="We can live with this.", read_by="readers")
    send(other)
    link = link_to(officer.at, GUATEMALA, "comment", symbol)
    focal.go(link)
    say(focal, "Las niñas y los niños", words="Estamos de acuerdo.", read_by="readers")
    send(focal)
    move_on(officer, days=4)
    officer.sign_in(OFFICER)
    officer.go(comments)
    officer.sees(re.compile("over since"))
    answer(officer, "Estamos de acuerdo.", "taken_up")
    answer(officer, "We can live with this.", "taken_up")
    focal.go(link)
    assert not focal.page.locator("main a[href*='/new']").count()


# --- silence ------------------------------------------------------------------------------------------------------


def settle_and_circulate(officer: Walker, text: str) -> str:
    write(officer, text, 0, words_en="Recalling the Vice-Ministerial Meeting of last year,",
          words_es="Recordando la Reunión Viceministerial del año pasado,")  # fmt: skip
    return circulate(officer, text)


def allow_silence(officer: Walker) -> None:
    officer.go("/processes/rcm/silence")
    officer.fill(since=in_days(officer, 0), decision="RCM/VM/2025/3, paragraph 12")
    officer.choose(reasons_to="readers")
    officer.reads_barrier_free()
    officer.press("Keep these rules")


def put_under_silence(officer: Walker, edition: str) -> str:
    """By the rules, until the hour that is proposed; the address of the silence."""
    officer.go(edition)
    officer.follow("Put it under silence")
    assert officer.page.locator("[name=ends_on]").input_value()
    officer.reads_barrier_free()
    officer.press("Put it under silence")
    officer.sees("It stands if no member objects before the hour.")
    return str(officer.page.url)


def break_the_silence(officer: Walker, focal: Walker, third: str) -> None:
    """An objection with its reason, from the link of the mail: members are told that it is broken."""
    silence = put_under_silence(officer, third)
    symbol = symbol_of(officer, third)
    focal.go(link_to(officer.at, UNITED_STATES, "silence", symbol))
    focal.reads_barrier_free()
    focal.choose(kind="objection")
    focal.press("Send this for your government")
    focal.page.locator(".errors").wait_for()
    focal.fill(words=REASON)
    focal.press("Send this for your government")
    focal.sees("Your objection is kept; the silence is broken")
    focal.reads_barrier_free()
    officer.go(silence)
    officer.sees("A member has objected in time.")
    officer.sees("find words that all can live with")
    officer.sees(REASON)
    officer.reads_barrier_free()
    mail_about(officer.at, HONDURAS, "/silence/", symbol)


def mend_and_circulate(officer: Walker, text: str) -> str:
    write(officer, text, 3, words_en=MENDED, words_es=IN_SPANISH_MENDED)
    return circulate(officer, text)


def pass_the_silence(officer: Walker, focal: Walker, fourth: str) -> None:
    """Under silence anew: extended with a word, a statement kept, who has not reacted reminded, passed, on record."""
    silence = put_under_silence(officer, fourth)
    officer.follow("Extend")
    later = working_day_after(officer.page.locator("[name=ends_on]").input_value() or in_days(officer, 21))
    officer.fill(ends_on=later.isoformat(), word=WHY_LONGER)
    officer.reads_barrier_free()
    officer.press("Extend it")
    officer.sees(WHY_LONGER)
    symbol = symbol_of(officer, fourth)
    focal.go(link_to(officer.at, GUATEMALA, "silence", symbol))
    focal.choose(kind="interpretation", language="es")
    focal.fill(words=UNDERSTOOD)
    send(focal)
    focal.sees(UNDERSTOOD)
    ends = datetime(later.year, later.month, later.day, 17, tzinfo=ZoneInfo(ZONE))
    move_to(officer, ends - timedelta(hours=47))
    officer.at.start_task("worker.tasks.record_silences")  # the beat would, within a minute
    mail_about(officer.at, HONDURAS, "/l/", symbol, count=3)
    move_to(officer, ends + timedelta(minutes=2))
    officer.at.start_task("worker.tasks.record_silences")
    mail_about(officer.at, HONDURAS, "/silence/", symbol)
    mail_about(officer.at, GUATEMALA, "/silence/", symbol)
    assert len(mails(officer.at, GUATEMALA, "/l/", symbol)) == 2  # that it began, and is longer: no reminder
    officer.sign_in(OFFICER)
    officer.go(silence)
    officer.sees("It has ended for every member, and none has objected.")
    officer.reads_barrier_free()


# --- adopted ------------------------------------------------------------------------------------------------------


def pronounce(chair: Walker, fourth: str) -> None:
    chair.sign_in(CHAIR)
    chair.go(fourth)
    chair.leave_by(chair.page.locator("main a[href$='/adoption']").first)
    chair.choose(how="silence")
    chair.reads_barrier_free()
    send(chair)
    chair.page.wait_for_url(re.compile("/adoptions/"))
    chair.sees(UNDERSTOOD)
    chair.reads_barrier_free()


def look_at_what_is_frozen(officer: Walker, text: str, adopted: str, *said: str) -> None:
    """On record with what was said; the text is written, circulated and put to comments no more; the papers say so."""
    officer.go(adopted)
    officer.follow("How the text was adopted")
    for words in (*said, "SHA-256"):
        officer.sees(words)
    officer.sees(re.compile("By (the |a co-)chair"))
    officer.reads_barrier_free()
    officer.go(adopted)
    officer.sees("Adopted")
    officer.does_not_see("Open a round of comments")
    officer.reads_barrier_free()
    fetched(officer, "Word file", b"PK")
    fetched(officer, "PDF", b"%PDF")
    officer.go(text)
    officer.reads_barrier_free()
    officer.sees("Adopted")
    officer.does_not_see("Take it up again")
    assert not officer.page.locator(".par-acts").count()


# --- a summary, under the responsibility of the co-chairs ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bali:
    """Who acts in the Bali Process, by address: the reference data know the process and nobody in it."""

    officer: str
    thailand: str
    co_chair: str


def appointed_in_bali(installation: Installation) -> Bali:
    engine = installation.engine()
    with system_unit(engine, Reason.ADMINISTRATION) as system:
        process = system.query(Process).filter_by(slug="bali").one()
        track = system.query(Track).filter_by(process_id=process.id, kind=TrackKind.GOVERNMENT).one()
        thailand, indonesia = (system.query(Participant).filter_by(iso=iso).one() for iso in ("TH", "ID"))
        made = Bali(
            officer=people.officer(system, track, email="drafting@bali.example").email,
            thailand=people.focal_point(system, track, thailand, email="bangkok@bali.example").email,
            co_chair=people.chair(system, track, indonesia, email="co-chair@bali.example").email,
        )
    engine.dispose()
    return made


def draft_the_summary(officer: Walker) -> str:
    officer.go("/processes/bali/texts/new")
    officer.fill(title_en="Co-Chairs’ Summary")
    officer.choose(kind="statement", original="en", readers="members")
    officer.press("Begin it")
    text = str(officer.page.url)
    officer.follow("Paste paragraphs")
    officer.fill(pasted=SUMMARY)
    officer.press("Add them")
    officer.sees("5 paragraphs added.")
    officer.reads_barrier_free()
    return text


def pronounce_as_summary(co_chair: Walker, bali: Bali, second: str) -> None:
    """It is theirs, so members need not agree to it; a member's reservation is kept beside it word for word."""
    co_chair.sign_in(bali.co_chair, people.PASSWORD)
    co_chair.go(second)
    co_chair.leave_by(co_chair.page.locator("main a[href$='/adoption']").first)
    co_chair.choose(how="consensus")
    co_chair.press("Pronounce adoption")
    co_chair.sees("Choose the meeting at which it was adopted by consensus")
    co_chair.reads_barrier_free()
    co_chair.choose(how="chairs_summary", statement_kind="reservation")
    co_chair.page.locator("[name=statement_of]").select_option(label="Sri Lanka")
    co_chair.fill(statement=RESERVED)
    co_chair.press("Pronounce adoption")
    co_chair.sees("As a summary of the co-chairs")
    co_chair.reads_barrier_free()


def read_the_summary(thailand: Walker, second: str) -> None:
    thailand.go(second)
    thailand.sees(NOTED)
    thailand.follow("How the text was adopted")
    thailand.sees(RESERVED)
    thailand.sees("By a co-chair")
    thailand.reads_barrier_free()
    assert not thailand.page.get_by_role("link", name="Keep a statement").count()


# --- what these walks share ---------------------------------------------------------------------------------------


def fetched(walker: Walker, words: str, begins: bytes) -> None:
    address = walker.page.locator("main").get_by_role("link", name=words, exact=True).get_attribute("href")
    body = walker.page.request.get(f"{walker.at.address}{address}").body()
    assert body.startswith(begins), (words, body[:200])


def mails(installation: Installation, address: str, scope: str, symbol: str) -> list[EmailMessage]:
    """The mails to an address about what has exactly this symbol, with a link of this scope."""
    named = re.compile(re.escape(symbol) + r"(?![\w/])")
    bodies = ((mail, mail.get_body(("plain",))) for mail in installation.mails_to(address))
    texts = [(mail, body.get_content()) for mail, body in bodies if body is not None]
    return [mail for mail, text in texts if scope in text and named.search(text)]


def mail_about(installation: Installation, address: str, scope: str, symbol: str, count: int = 1) -> EmailMessage:
    until(lambda: len(mails(installation, address, scope, symbol)) >= count, 120, installation)
    return mails(installation, address, scope, symbol)[-1]


def link_to(installation: Installation, address: str, scope: str, symbol: str) -> str:
    """The link behind which one comments on what has this symbol, or reacts to it, from the mail."""
    return link_in(mail_about(installation, address, f"/{scope}", symbol))


def working_day_after(day: str) -> date:
    """The first day a week from a day on which offices of the zone are open."""
    closed, found = closed_in("CR"), date.fromisoformat(day) + timedelta(days=7)
    while closed(found):
        found += timedelta(days=1)
    return found


def move_on(walker: Walker, days: int) -> None:
    move_to(walker, walker.at.now() + timedelta(days=days))


def move_to(walker: Walker, moment: datetime) -> None:
    walker.at.move_clock((moment - datetime.now(UTC)).total_seconds())
