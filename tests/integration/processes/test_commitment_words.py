"""What a process calls a commitment: its secretariat chooses, and every page, mail and paper of it says so."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select

from config import Settings
from secretariat.core import audit, clock
from secretariat.core.languages import LANGUAGES
from secretariat.core.models import AuditContent
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, system_unit
from secretariat.documents import sheets
from secretariat.mail import delivery
from secretariat.plans.models import Plan
from secretariat.plans.status import Status
from secretariat.processes import service
from secretariat.processes.models import Participant, Process, StandingKind
from tests.factories import people
from tests.factories.follow_up import card
from tests.factories.plans import acting, own, plan
from tests.factories.processes import participation, process_with_tracks
from tests.support.plans import Planned, Site, planned, site
from tests.support.relay import ScriptedRelay

__all__ = ["planned", "site"]
PATH = "/processes/rcx/commitment-words"
WORDS = {
    "intention": {"en": "intention", "es": "intenci", "fr": "intention", "ar": "ني|نوايا"},
    "contribution": {"en": "contribution", "es": "contribuci", "fr": "contribution", "ar": "مساهم"},
}
USUAL = {"en": "commitment", "es": "compromiso", "fr": "engagement", "ar": "التزام"}


def call(planned: Planned, **words: str) -> None:
    with acting(planned.engine, planned.people.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
        service.set_commitment_words(session, session.viewer, process, words)


def said(page: str) -> str:
    """What stands on a page, and what those hear who do not see it."""
    heard = " ".join(re.findall(r'(?:title|aria-label|data-th|placeholder|alt)="([^"]*)"', page))
    return html.unescape(f"{re.sub(r'<[^>]*>', ' ', page)} {heard}")


def test_the_secretariat_chooses_the_word_in_each_language_and_it_is_on_record(site: Site) -> None:
    people = site.planned.people
    page = site.page(people.officer, PATH)
    assert '<span lang="es" dir="ltr">Contribución</span>' in page
    assert '<span lang="ar" dir="rtl">نية</span>' in page
    [version] = re.findall(r'name="version"[^>]*value="(\d+)"', page)
    chosen = {"en": "contribution", "es": "commitment", "fr": "intention", "ar": "commitment"}
    assert site.send(people.officer, PATH, **chosen, version=version).status_code == 303
    assert site.send(people.officer, PATH, **chosen, version=version).status_code == 409  # as somebody saw it before
    assert "Word for a contribution" in site.page(people.officer, "/processes/rcx/")
    with system_unit(site.planned.engine, Reason.REFERENCE, writes=False) as system:
        process = system.scalars(select(Process).where(Process.slug == "rcx")).one()
        assert process.commitment_words == {"en": "contribution", "fr": "intention"}
        contents = system.scalars(select(AuditContent.content)).all()
        assert {"words": {"en": "contribution", "fr": "intention"}} in contents
        assert audit.chain_holds(system, "rcx/government")


def test_nobody_else_chooses_it_and_nothing_else_can_be_chosen(site: Site) -> None:
    people = site.planned.people
    for who in (people.focal["gt"], people.chair, people.focal["house"], people.coordinator):
        assert site.client(who).get(PATH).status_code == 404
    with acting(site.planned.engine, people.focal["gt"]) as session:
        process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
        with pytest.raises(NotAllowed):
            service.set_commitment_words(session, session.viewer, process, {"en": "intention"})
    with acting(site.planned.engine, people.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
        with pytest.raises(ValueError, match="promise"):
            service.set_commitment_words(session, session.viewer, process, {"en": "promise"})
    wrong = site.send(people.officer, PATH, en="promise", es="commitment", fr="commitment", ar="commitment")
    assert wrong.status_code == 422
    with system_unit(site.planned.engine, Reason.REFERENCE, writes=False) as system:
        assert system.scalars(select(Process.commitment_words).where(Process.slug == "rcx")).one() == {}


def pages_of(site: Site) -> list[tuple[Any, str]]:
    """Pages that speak of commitments, each with who opens it."""
    planned, people = site.planned, site.planned.people
    gt, officer = people.focal["gt"], people.officer
    made, asked = planned.own("gt"), planned.propose("gt", "Share the template")
    planned.report(made, "gt", Status.COMPLETED, "Done")
    withdrawn = planned.own("mx", "Close the old line")
    planned.report(withdrawn, "mx", Status.WITHDRAWN)
    at = f"/plans/{planned.plan_id}"
    drafted = site.send(officer, f"{at}/report", from_on="2020-01-01", to_on=clock.today().isoformat())
    assert drafted.status_code == 303
    return [
        (gt, "/"), (gt, at), (gt, f"{at}?status=postponed"), (gt, f"{at}/table"), (gt, f"{at}/matrix"),
        (gt, f"{at}/commit"), (gt, f"/commitments/{made}"), (gt, f"/commitments/{made}/revise"),
        (gt, f"/commitments/{made}/report"), (gt, f"/commitments/{asked}"), (gt, f"/commitments/{asked}/answer"),
        (gt, "/processes/rcx/my-government"), (gt, f"{at}/tables"),
        (None, site.link(gt, "accept", asked)), (None, site.link(gt, "update", made)),
        (officer, "/"), (officer, f"{at}/propose"), (officer, f"{at}/tables"), (officer, f"{at}/imports"),
        (officer, drafted.location), (officer, f"{drafted.location}/check"), (officer, f"{drafted.location}/issue"),
        (officer, "/processes/rcx/ownership"), (officer, f"/readers/commitments/{made}"),
        (officer, "/processes/rcx/follow-up/"), (people.chair, "/processes/rcx/chair"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_every_page_of_the_process_says_it_and_none_says_the_usual_word(site: Site, word: str) -> None:
    call(site.planned, **dict.fromkeys(LANGUAGES, word))
    pages = pages_of(site)
    heard = dict.fromkeys(LANGUAGES, 0)
    for who, path in pages:
        for language, usual in USUAL.items():
            answer = site.client(who).get(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert answer.status_code == 200, path
            text = said(answer.get_data(as_text=True)).lower()
            assert usual not in text, (language, path, text[max(0, text.find(usual) - 200) : text.find(usual) + 200])
            heard[language] += bool(re.search(WORDS[word][language], text))
    assert min(heard.values()) > len(pages) // 2, heard


def test_a_process_may_say_otherwise_in_one_language_alone(site: Site) -> None:
    call(site.planned, en="contribution")
    gt, at = site.planned.people.focal["gt"], f"/plans/{site.planned.plan_id}"
    assert "No contribution has been made yet." in site.page(gt, f"{at}?lang=en")
    assert "Aún no se ha asumido ningún compromiso." in site.page(gt, f"{at}?lang=es")
    call(site.planned, en="commitment", es="intention")
    assert "No commitment has been made yet." in site.page(gt, f"{at}?lang=en")
    assert "Aún no se ha declarado ninguna intención." in site.page(gt, f"{at}?lang=es")


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def words_of(mail: EmailMessage) -> str:
    """What a mail says, in plain text and in mark-up."""
    bodies = [mail.get_body((kind,)) for kind in ("plain", "html")]
    return " ".join(said(body.get_content()) for body in bodies if body is not None).lower()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "An intention is proposed to Guatemala."),
        ("es", "Se propone una intención a Guatemala."),
        ("fr", "Une intention est proposée au participant suivant"),
        ("ar", "تُقترح نية على"),
    ],
)
def test_a_mail_says_it_and_its_subject_stays(site: Site, relay: ScriptedRelay, language: str, says: str) -> None:
    planned = site.planned
    card(planned.engine, planned.people.focal["gt"].person, languages=[language])
    planned.propose("gt", "Share the template")
    delivery.deliver(planned.engine, site.settings)
    call(planned, **{language: "intention"})
    planned.propose("gt", "Name a contact")
    delivery.deliver(planned.engine, site.settings)
    before, after = relay.taken
    assert USUAL[language] in words_of(before)
    assert words_of(after).count(says.lower()) == 2
    assert USUAL[language] not in words_of(after)
    assert before["Subject"].split("(")[0] == after["Subject"].split("(")[0]


def cells_of(content: bytes) -> list[str]:
    """All cells of a table for a spreadsheet."""
    return [cell for _number, row in sheets.book_of(content)[0].rows for cell in row]


def test_papers_and_tables_say_it(site: Site) -> None:
    planned, gt = site.planned, site.planned.people.focal["gt"]
    planned.own("gt")
    call(planned, en="contribution", ar="contribution")
    at = f"/plans/{planned.plan_id}"
    for language, noun, reached in (("en", "Contribution", "Not yet reported"), ("ar", "مساهم", "لم يُبلَّغ عنها بعد")):
        for path, says in ((f"{at}/paper.docx", noun), (f"{at}/table.docx", reached)):
            answer = site.client(gt).get(path, query_string={"lang": language})
            assert answer.status_code == 200, path
            paper = Document(BytesIO(answer.data))
            cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
            text = " ".join([*(one.text for one in paper.paragraphs), *cells])
            assert says in text, (path, text)
            assert USUAL[language] not in text.lower()
        answer = site.client(gt).get(f"{at}/whole.xlsx", query_string={"lang": language})
        headings = cells_of(answer.data)
        assert any(noun in one for one in headings), headings
        assert not any(USUAL[language] in one.lower() for one in headings)


def test_an_issued_report_keeps_the_word_it_was_issued_with(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.report(planned.own("gt"), "gt", Status.COMPLETED, "Done")
    planned.own("mx", "Name a contact")
    call(planned, en="intention")
    drafted = site.send(
        people.officer, f"/plans/{planned.plan_id}/report", from_on="2020-01-01", to_on=clock.today().isoformat()
    )
    issued = site.send(people.officer, f"{drafted.location}/issue").location
    call(planned, en="contribution")
    page = said(site.page(people.focal["hn"], issued))
    assert "A step was reported on 1 of 2 intentions" in page
    assert "contribution" not in page
    matrix = site.client(people.focal["hn"]).get(f"{issued}/matrix.xlsx").data
    assert any("has stated no intention" in one for one in cells_of(matrix))


def test_a_row_of_another_process_among_others_says_the_word_of_its_own(site: Site) -> None:
    planned, gt = site.planned, site.planned.people.focal["gt"]
    with system_unit(planned.engine, Reason.REFERENCE) as system:
        process, government, _network = process_with_tracks(system, "two")
        guatemala = system.get_one(Participant, planned.people.id["gt"])
        participation(system, government, guatemala, StandingKind.MEMBER)
        officer = people.officer(system, government)
        people.focal_point(system, government, guatemala, of=gt)
        ids = {"process": process.id, "government": government.id, "gt": guatemala.id}
    beside: Any = SimpleNamespace(id=ids)
    with acting(planned.engine, officer) as session:
        key = plan(session, beside).id
    with acting(planned.engine, gt) as session:
        own(session, beside, session.scalars(select(Plan).where(Plan.id == key)).one(), "gt", "Theirs")
    planned.own("gt", "Ours")
    call(planned, en="intention")
    page = site.page(gt, "/?lang=en")
    assert "An intention · RCX" in said(page)
    assert "A commitment · TWO" in said(page)
