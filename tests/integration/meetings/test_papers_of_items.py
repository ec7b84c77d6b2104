"""The papers of an item stand under it: on the page of the meeting, of the item, and in the printed agenda."""

import io
import re
from typing import Any
from uuid import UUID

import pytest
from docx import Document as Docx
from flask import Flask
from pypdf import PdfReader

from config import Settings
from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.documents import service as documents
from secretariat.documents.models import Revision
from secretariat.meetings import service
from secretariat.processes.clauses import members_of, named, participant, secretariat
from tests.factories import documents as made
from tests.factories.meetings import acting, scheduled
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_agenda import plenary, put, words_of
from tests.support.sql import statements_sent


def paper(stage: Stage, settings: Settings, meeting: UUID, item: UUID | None, title: str, **more: Any) -> UUID:
    """An issued paper for an item of a meeting."""
    with acting(stage.engine, stage.officer) as session:
        document = made.drafted(
            session,
            made.place(session, meeting=meeting),
            made.received(settings.data_root),
            title=LocalText.of(title),
            **more,
        )
        document.item_id = item
        documents.issue(session, document)
        return document.id


def narrower(stage: Stage, level: str) -> frozenset[Clause]:
    """Members alone, or Guatemala, Belize and the secretariat by name."""
    with acting(stage.engine, stage.officer) as session:
        where = made.place(session)
        if level == "members":
            return frozenset([members_of(where.process, where.track)])
        readers = [participant(stage.id["gt"]), participant(stage.id["bz"]), secretariat(where.track)]
        return frozenset([named(where.process, where.track, audience=readers)])


def for_all(stage: Stage) -> UUID:
    """An announced meeting of all participants."""
    with acting(stage.engine, stage.officer) as session:
        return scheduled(session, body="Vice-Ministerial Meeting", readers=service.Readers.PARTICIPANTS).id


def row_of(page: str, item: UUID) -> str:
    """What stands in the line of an item, without the time."""
    found = re.search(rf'<tr id="item-{item}".*?</tr>', page, re.S)
    assert found is not None
    return found[0]


def in_row(page: str, item: UUID) -> list[str]:
    """The papers whose links stand in the line of an item."""
    return re.findall(r'href="/documents/([0-9a-f-]{36})"', row_of(page, item))


def agenda_of(page: str) -> str:
    """The section of the agenda alone."""
    return page.partition('id="agenda"')[2].partition("<section")[0]


def test_papers_stand_under_their_item_by_symbol(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    plan = put(stage, meeting, "Plan", minutes=60)
    part, other = put(stage, meeting, "Workshop", plan, minutes=20), put(stage, meeting, "Closing")
    first, second = (paper(stage, settings, meeting, plan, title) for title in ("Options", "More options"))
    of_part = paper(stage, settings, meeting, part, "Programme")
    of_none = paper(stage, settings, meeting, None, "Note on logistics")
    for reader in (stage.officer, stage.focal["mx"]):
        page = Desk(app, reader).get(f"/meetings/{meeting}")
        assert in_row(page, plan) == [str(first), str(second)]
        assert in_row(page, part) == [str(of_part)]
        assert in_row(page, other) == []
        assert str(of_none) not in agenda_of(page)
        assert re.search(r'<bdi class="sym" dir="ltr">RCX/\d{4}/1</bdi></a> Options', row_of(page, plan))


def test_a_paper_stands_there_for_who_may_read_it(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = for_all(stage)
    item = put(stage, meeting, "Plan")
    wide = paper(stage, settings, meeting, item, "Options")
    members = paper(stage, settings, meeting, item, "For members", readers=narrower(stage, "members"))
    secret = paper(stage, settings, meeting, item, "In confidence", readers=narrower(stage, "named"))
    for key, reads in (("co", [wide]), ("mx", [wide, members]), ("gt", [wide, members, secret])):
        page = Desk(app, stage.focal[key]).get(f"/meetings/{meeting}?lang=en")
        assert sorted(in_row(page, item)) == sorted(map(str, reads)), key
        assert ("In confidence" in page) is (secret in reads)
        assert ("Reading is recorded." in row_of(page, item)) is (secret in reads)
    page = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}")
    assert 'class="banner" data-level="members"' in page
    assert row_of(page, item).count('class="label"') == 1, "its own label stands beside what is narrower than the page"


def test_papers_taken_back_or_replaced_are_for_the_list_alone(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    item = put(stage, meeting, "Plan")
    gone = paper(stage, settings, meeting, item, "Withdrawn")
    first = paper(stage, settings, meeting, item, "First words")
    with acting(stage.engine, stage.officer) as session:
        documents.withdraw(session, made.document(session, gone), LocalText.of("An error"))
        revised = documents.revise(session, made.document(session, first), Revision.REV, LocalText.of("Second words"))
        documents.add_version(
            session, revised, "en", documents.Asked(), made.received(settings.data_root), is_original=True
        )
        draft = revised.id
    member, officer = Desk(app, stage.focal["mx"]), Desk(app, stage.officer)
    assert in_row(member.get(f"/meetings/{meeting}"), item) == [str(first)]
    shown = officer.get(f"/meetings/{meeting}")
    assert in_row(shown, item) == [str(first), str(draft)]
    assert "no symbol yet" in row_of(shown, item)
    with acting(stage.engine, stage.officer) as session:
        documents.issue(session, made.document(session, draft))
    assert in_row(member.get(f"/meetings/{meeting}"), item) == [str(draft)]


def test_papers_beyond_those_listed_stand_under_their_items_too(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secretariat.meetings.views.meetings.ROWS", 2)
    meeting = for_all(stage)
    items = [put(stage, meeting, f"Item {number}") for number in range(5)]
    papers = [paper(stage, settings, meeting, item, f"Paper {number}") for number, item in enumerate(items[:4])]
    last = paper(stage, settings, meeting, items[4], "Named", readers=narrower(stage, "named"))
    desk = Desk(app, stage.focal["gt"])
    page = desk.get(f"/meetings/{meeting}")
    assert [in_row(page, one) for one in items] == [[str(one)] for one in (*papers, last)]
    assert 'class="banner" data-level="named"' in page, "what stands beyond the list weighs on the page like the rest"


def test_papers_cost_the_page_no_statement(app: Flask, stage: Stage, settings: Settings) -> None:
    with_none, with_many = for_all(stage), for_all(stage)
    for meeting in (with_none, with_many):
        items = [put(stage, meeting, f"Item {number}") for number in range(3)]
        for number in range(6):
            paper(stage, settings, meeting, items[number % 3] if meeting == with_many else None, f"Paper {number}")
    desk, counted = Desk(app, stage.focal["mx"]), []
    for meeting in (with_none, with_many, with_none, with_many):  # the first two readings warm what is remembered
        with statements_sent() as sent:
            desk.get(f"/meetings/{meeting}")
        counted.append(len(sent))
    assert counted[2] == counted[3]


def test_the_pages_of_an_item_name_its_papers(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    item, other = put(stage, meeting, "Plan"), put(stage, meeting, "Closing")
    key = paper(stage, settings, meeting, item, "Options")
    desk = Desk(app, stage.officer)
    for path in ("agenda", "notes"):
        assert f'href="/documents/{key}"' in desk.get(f"/meetings/{meeting}/{path}/{item}")
        assert "/documents/" not in desk.get(f"/meetings/{meeting}/{path}/{other}").partition("<main")[2]


@pytest.mark.parametrize("file", ["paper", "annotated"])
def test_the_printed_agenda_names_papers_as_wide_as_the_meeting(
    app: Flask, stage: Stage, settings: Settings, file: str
) -> None:
    meeting = for_all(stage)
    item = put(stage, meeting, "Plan", minutes=60, annotation=LocalText.of("For decision."))
    part = put(stage, meeting, "Workshop", item, minutes=20)
    paper(stage, settings, meeting, item, "Options")
    paper(stage, settings, meeting, item, "For members", readers=narrower(stage, "members"))
    paper(stage, settings, meeting, part, "Programme")
    with acting(stage.engine, stage.officer) as session:
        where, file_of = made.place(session, meeting=meeting), made.received(settings.data_root)
        made.drafted(session, where, file_of, title=LocalText.of("Not out yet")).item_id = item
    for reader in (stage.officer, stage.focal["mx"], stage.focal["co"]):
        desk = Desk(app, reader)
        text = all_text(desk, f"/meetings/{meeting}/agenda/{file}.docx")
        printed = pdf_text(desk, f"/meetings/{meeting}/agenda/{file}.pdf")
        for words in (text, printed):
            assert re.search(r"Plan.*RCX/\d{4}/P\.1 Options.*Workshop.*RCX/\d{4}/P\.2 Programme", words, re.S), words
            assert "For members" not in words
            assert "Not out yet" not in words


def test_a_paper_for_an_item_nobody_shows_stands_nowhere(app: Flask, stage: Stage, settings: Settings) -> None:
    """The item is the secretariat's alone, its paper is for everybody: a reader sees the paper in the list."""
    meeting = for_all(stage)
    narrow = {"title-en": "Budget", "day": "1", "readers": "secretariat"}
    Desk(app, stage.officer).send(f"/meetings/{meeting}/agenda/new", narrow)
    page = Desk(app, stage.officer).get(f"/meetings/{meeting}")
    item = UUID(re.findall(r'<tr id="item-([0-9a-f-]{36})"', page)[0])
    key = paper(stage, settings, meeting, item, "Options")
    shown = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}")
    assert str(item) not in shown
    assert f'href="/documents/{key}"' in shown
    assert f'href="/documents/{key}"' not in agenda_of(shown)
    assert "Options" not in all_text(Desk(app, stage.focal["mx"]), f"/meetings/{meeting}/agenda/annotated.docx")


def all_text(desk: Desk, path: str) -> str:
    """Every word of a DOCX in its order, tables too."""
    answer = desk.client.get(path)
    assert answer.status_code == 200
    found = Docx(io.BytesIO(answer.get_data()))
    words = "\n".join("".join(t.text or "" for t in one.iter(f"{_W}t")) for one in found.element.body.iter(f"{_W}p"))
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", words)


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pdf_text(desk: Desk, path: str) -> str:
    """Every word of a PDF."""
    answer = desk.client.get(path)
    assert answer.status_code == 200
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.get_data())).pages)
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069\u200e\u200f]", "", text))


def test_the_words_of_the_annotated_agenda_stay_in_order(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    item = put(stage, meeting, "Plan", minutes=60, annotation=LocalText.of("For decision."))
    paper(stage, settings, meeting, item, "Options")
    words = words_of(Desk(app, stage.officer), f"/meetings/{meeting}/agenda/annotated.docx")
    assert words[words.index("1. Plan") :][1:3] == ["09:00 · 60 minutes", "For decision."]
    assert re.fullmatch(r"RCX/\d{4}/1 Options", words[words.index("1. Plan") + 3])
