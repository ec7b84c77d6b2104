"""Papers: what their reader may read and no more, marked on every page, and a copy that says whose it is."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from secretariat.core.labelling import relabel
from secretariat.core.models import Job, JobState
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import ContactCard
from secretariat.jobs import papers
from secretariat.jobs import service as jobs
from secretariat.plans.status import Status
from secretariat.prints import libraries, press
from secretariat.processes import clauses
from secretariat.processes.models import Participation, StandingKind
from tests.factories import people
from tests.factories.plans import acting, again, many
from tests.security.canaries.inside import text_of
from tests.support.plans import Site

MEMBERS = "Members only. For use within your government; not for observers, partners or the press."


def paper(site: Site, who: people.Official, form: str, *, language: str = "en", status: int = 200) -> Any:
    answer = site.client(who).get(f"/plans/{site.planned.plan_id}/paper.{form}?lang={language}")
    assert answer.status_code == status
    return answer


def pages(answer: Any) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.get_data())).pages]


def header_of(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if re.match(r"word/header\d*\.xml", name)]
        return " ".join(re.sub(r"<[^>]+>", "", parts.read(name).decode()) for name in names)


def kept_to_mexico(site: Site) -> None:
    """The plan, for the Government of Mexico and the secretariat by name."""
    with acting(site.planned.engine, site.planned.people.officer) as session:
        plan = site.planned.the_plan(session)
        audience = [clauses.participant(site.planned.people.id["mx"]), clauses.secretariat(plan.track)]
        relabel(session, plan, [clauses.named(plan.process, plan.track, audience=audience)], why="for Mexico")


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_plan_holds_what_its_page_holds_and_leaves_proposals_out(site: Site, form: str) -> None:
    planned, everybody = site.planned, site.planned.people
    said = planned.own("gt", "Publish monthly figures")
    planned.report(said, "gt", Status.IN_PROGRESS, "January series published", obstacle="A secret obstacle")
    planned.propose("mx", "A proposal to Mexico alone")
    for who in (everybody.focal["mx"], everybody.officer):
        text = " ".join(text_of(paper(site, who, form)).split())
        for words in ("Plan of action", "Exchange figures", "Publish monthly figures", "January series published"):
            assert words in text
        for words in ("A proposal to Mexico alone", "A secret obstacle"):
            assert words not in text
    paper(site, everybody.focal["co"], form, status=404)
    paper(site, everybody.coordinator, form, status=404)


def test_the_marking_stands_on_every_page_and_pages_are_counted(site: Site) -> None:
    with acting(site.planned.engine, site.planned.people.officer) as session:
        many(session, site.planned.people, site.planned.the_plan(session), "mx", 40)
    found = pages(paper(site, site.planned.people.focal["mx"], "pdf"))
    assert len(found) > 1
    for number, text in enumerate(found, 1):
        assert MEMBERS in text
        assert f"Page {number} of {len(found)}" in text
        assert "Copy of" not in text


def test_a_pdf_for_named_readers_bears_its_reader_and_the_time_on_every_page(site: Site) -> None:
    mexican = site.planned.people.focal["mx"]
    with acting(site.planned.engine, site.planned.people.officer) as session:
        many(session, site.planned.people, site.planned.the_plan(session), "mx", 40)
    kept_to_mexico(site)
    with system_unit(site.planned.engine, Reason.ADMINISTRATION) as system:
        card = system.scalars(select(ContactCard).where(ContactCard.person_id == mexican.person)).one_or_none()
        name = card.name if card else ""
    answer = paper(site, mexican, "pdf")
    found = pages(answer)
    assert len(found) > 1
    for text in found:
        assert "Named readers" in text
        # Once at the foot and three times through the page.
        assert text.count("Focal point, Mexico") == 4
        assert text.count("UTC") >= 4
        assert name in text
    for page in PdfReader(BytesIO(answer.get_data())).pages:
        assert "/Annots" not in page
        contents = page.get_contents()
        assert contents is not None
        assert b"/Watermark" in contents.get_data()
    paper(site, site.planned.people.focal["gt"], "pdf", status=404)


def test_the_copy_says_whose_it_is_in_arabic_letters(site: Site) -> None:
    kept_to_mexico(site)
    (text,) = pages(paper(site, site.planned.people.focal["mx"], "pdf", language="ar"))
    # Extracted in the order drawn; the letters are those of the name of Mexico, joined or not.
    assert "المكسيك" in text or "كيسكملا" in text
    content = paper(site, site.planned.people.focal["mx"], "docx", language="ar").get_data()
    assert "المكسيك" in header_of(content)


def test_a_row_narrower_than_its_paper_leaves_it_and_a_lighter_one_stays(site: Site) -> None:
    planned, everybody = site.planned, site.planned.people
    shown, narrower = planned.own("gt", "Publish monthly figures"), planned.own("mx", "For three readers alone")
    with acting(planned.engine, everybody.officer) as session:
        plan = planned.the_plan(session)
        audience = [clauses.participant(everybody.id["mx"]), clauses.secretariat(plan.track)]
        only = clauses.named(plan.process, plan.track, audience=audience)
        relabel(session, again(session, narrower), [only], why="for Mexico")
    assert shown
    text = text_of(paper(site, everybody.focal["mx"], "docx"))
    assert ("Publish monthly figures" in text, "For three readers alone" in text) == (True, False)
    kept_to_mexico(site)
    text = text_of(paper(site, everybody.focal["mx"], "docx"))
    assert ("Publish monthly figures" in text, "For three readers alone" in text) == (True, True)


def test_a_docx_is_marked_at_the_head_of_every_page(site: Site) -> None:
    content = paper(site, site.planned.people.focal["mx"], "docx").get_data()
    assert MEMBERS in header_of(content)
    kept_to_mexico(site)
    head = header_of(paper(site, site.planned.people.focal["mx"], "docx").get_data())
    assert "Named readers" in head
    assert "Focal point, Mexico" in head


def test_a_docx_is_written_from_right_to_left_where_its_language_is(site: Site) -> None:
    site.planned.own("gt", "Publish monthly figures")
    with ZipFile(BytesIO(paper(site, site.planned.people.officer, "docx", language="ar").get_data())) as parts:
        body = parts.read("word/document.xml").decode()
    assert "<w:bidiVisual/>" in body
    assert body.count("<w:bidi/>") == len(re.findall(r"<w:p[ >]", body.replace("<w:p/>", "")))
    assert "<w:tblHeader/>" in body


def test_a_pdf_is_tagged_titled_and_in_its_language(site: Site) -> None:
    reader = PdfReader(BytesIO(paper(site, site.planned.people.officer, "pdf", language="es").get_data()))
    root: Any = reader.root_object
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Plan of action"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.outline


def test_names_of_files_tell_nothing(site: Site) -> None:
    for form in ("pdf", "docx"):
        said = paper(site, site.planned.people.officer, form).headers["Content-Disposition"]
        assert re.fullmatch(rf"attachment; filename=plan-of-action-\d{{4}}-\d\d-\d\d\.{form}", said)
    paper(site, site.planned.people.officer, "exe", status=404)


def test_a_long_paper_is_made_by_the_worker_and_kept_for_who_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "AT_ONCE", 10)
    everybody, address = site.planned.people, f"/plans/{site.planned.plan_id}/paper.pdf"
    site.planned.own("gt", "Publish monthly figures")
    assert "takes a while" in site.page(everybody.focal["mx"], address)
    asked = site.send(everybody.focal["mx"], address)
    assert asked.status_code == 303
    with system_unit(site.planned.engine, Reason.JOB) as system:
        (job,) = system.scalars(select(Job)).all()
        key = job.id
    jobs.do(site.planned.engine, key)
    with system_unit(site.planned.engine, Reason.JOB) as system:
        assert system.get_one(Job, key).state is JobState.DONE
    answer = site.client(everybody.focal["mx"]).get(f"/jobs/{key}/result")
    assert "Publish monthly figures" in text_of(answer)
    for who in (everybody.focal["gt"], everybody.officer):
        assert site.client(who).get(f"/jobs/{key}/result").status_code == 404


def test_what_was_printed_is_not_kept_beyond_the_right_to_it(site: Site) -> None:
    mexican = site.planned.people.focal["mx"]
    with acting(site.planned.engine, mexican) as session:
        plan = site.planned.the_plan(session)
        told = papers.arguments("plan", plan, "docx")
        key = jobs.ask(session, papers.work_of("plan"), plan.process, plan.track, told, about=plan).id
    jobs.do(site.planned.engine, key)
    assert site.client(mexican).get(f"/jobs/{key}/result").status_code == 200
    with system_unit(site.planned.engine, Reason.ADMINISTRATION) as system:
        held = select(Participation).where(Participation.participant_id == site.planned.people.id["mx"])
        system.scalars(held).one().standing = StandingKind.SUSPENDED
    assert site.client(mexican).get(f"/jobs/{key}/result").status_code == 404


def test_without_its_libraries_the_page_says_which_package_is_missing(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "_present", set())
    monkeypatch.setattr(libraries, "find_library", lambda name: None if "pango" in name else f"lib{name}.so")
    answer = paper(site, site.planned.people.officer, "pdf", status=503)
    assert "libpango-1.0-0 and libpangoft2-1.0-0" in answer.get_data(as_text=True)
    assert paper(site, site.planned.people.officer, "docx").mimetype == papers.MEDIA_TYPES["docx"]
    assert libraries.missing_packages() == ["libpango-1.0-0", "libpangoft2-1.0-0"]
    with pytest.raises(press.PressMissing):
        press.printed(press.Plate("<p>x</p>"))
