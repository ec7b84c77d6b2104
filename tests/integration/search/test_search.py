"""Search: what one may read is found by any form of its words, and nothing else is told of, on both databases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, select

from secretariat.core import searchable
from secretariat.core.labelling import attach, relabel
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import DocumentFile, DocumentText
from secretariat.meetings.models import Meeting
from secretariat.meetings.service import ItemWords, add_item
from secretariat.processes import clauses
from secretariat.search import index, queries
from secretariat.search.models import SearchEntry
from tests.factories import documents, meetings, people
from tests.factories.meetings import acting
from tests.factories.processes import small_world
from tests.support.sql import statements_sent

TITLES = {"en": "Protocols on returns", "es": "Protocolos de repatriación", "ar": "بروتوكولات العودة"}


class Ground:
    """A meeting in three languages with an item, and a paper whose file has words of its own."""

    def __init__(self, app: Flask, engine: Engine, folder: Path) -> None:
        self.app, self.engine = app, engine
        with system_unit(engine, Reason.REFERENCE) as session:
            world = small_world(session)
            self.officer = people.officer(session, world.government)
            self.member = people.focal_point(session, world.government, world.member["gt"])
        with acting(engine, self.officer) as session:
            meeting = meetings.scheduled(session, title=LocalText(TITLES, "en"))
            item = add_item(session, meeting, ItemWords(title=LocalText.of("Shelters <b>at</b> borders")))
            paper = documents.issued(session, documents.place(session), documents.received(folder))
            self.meeting, self.item, self.paper = meeting.id, item.id, paper.id
        with system_unit(engine, Reason.FILES) as session:
            file = session.scalars(select(DocumentFile)).one()
            words = "Long before. " * 40 + "The families were reunited at once. " + "Long after. " * 40
            attach(session, DocumentText(file_id=file.id, text=words), container=file)

    def page(self, who: people.Official | None, words: str, **more: str) -> str:
        client = people.sign_in(self.app, who) if who else self.app.test_client()
        return client.get("/search", query_string={"q": words, "lang": "en", **more}).text

    def found(self, who: people.Official | None, words: str, **more: str) -> list[str]:
        """Addresses of what is found, in order."""
        return re.findall(r'<article class="thread"><h3[^>]*><a href="([^"]+)"', self.page(who, words, **more))


@pytest.fixture
def ground(app: Flask, engine: Engine, tmp_path: Path) -> Ground:
    return Ground(app, engine, tmp_path)


def test_anything_is_found_by_any_form_of_its_words_in_each_language(ground: Ground) -> None:
    meeting = f"/meetings/{ground.meeting}"
    for words in ("protocol", "PROTOCOLS return", "protocolo", "repatriacion", "بروتوكول", "عودة", "the protocol"):
        assert meeting in ground.found(ground.member, words), words
    assert ground.found(ground.member, "protocol shelter") == []
    assert ground.found(ground.member, "border") == [meeting]  # the item, which is read on that page
    assert "Shelters &lt;b&gt;at&lt;/b&gt; <mark>borders</mark>" in ground.page(ground.member, "border")
    page = ground.page(ground.member, "reuniting family")
    assert f"/documents/{ground.paper}" in page
    assert "<mark>families</mark> were <mark>reunited</mark> at once" in page
    assert ground.found(ground.member, "protocol", kind="documents") == []
    assert ground.found(ground.member, "protocol", kind="meetings", process="rcx", since="2020-01-01") == [meeting]
    assert ground.found(ground.member, "protocol", since="2099-01-01") == []
    assert len(ground.found(ground.member, "border", since="2020-01-01")) == 1  # dated as its meeting is
    assert "Write the day as year" in ground.page(ground.member, "protocol", since="soon")
    assert "the first 200 characters" in ground.page(ground.member, "protocol " * 30)
    assert "There is no word in this" in ground.page(ground.member, "/ - '")
    assert ground.found(ground.member, "\" OR words : *) NEAR ' & | ! :* <->") == []


def test_what_one_may_not_read_is_not_found_from_the_moment_of_its_label(ground: Ground) -> None:
    meeting = f"/meetings/{ground.meeting}"
    assert ground.found(None, "protocol") == ground.found(None, "reunited") == []
    with acting(ground.engine, ground.officer) as session:
        found = session.get_one(Meeting, ground.meeting)
        relabel(session, found, [clauses.public(found.process)], why="opened", widened=True)
    assert "Nothing you may read" in ground.page(None, "protocol")  # its process is not open: it is not counted
    with system_unit(ground.engine, Reason.LABELLING) as session:
        process = session.get_one(Meeting, ground.meeting).process
        relabel(session, process, [clauses.public(process)], why="a public page")
    page = ground.page(None, "protocol")
    assert "One found." in page
    assert ground.found(None, "protocol") == ["/processes/rcx/"]  # its own page is for those inside
    with acting(ground.engine, ground.officer) as session:
        found = session.get_one(Meeting, ground.meeting)
        few = clauses.named(found.process, found.track, audience=[clauses.secretariat(found.track)])
        relabel(session, found, [few], why="closed")
    assert ground.found(None, "protocol") == ground.found(ground.member, "protocol") == []
    assert ground.found(ground.member, "border") == []  # what stands in it neither
    assert meeting in ground.found(ground.officer, "protocol")
    with system_unit(ground.engine, Reason.SEARCH) as session:
        wrong = [
            (said.name, one.thing_id)
            for said in searchable.every()
            for one in session.scalars(select(SearchEntry).where(SearchEntry.thing_kind == said.name))
            if one.label_id != session.scalar(select(said.model.label_id).where(said.model.id == one.thing_id))
        ]
        assert wrong == []


def test_a_change_is_found_by_its_new_words_alone_and_what_is_gone_not_at_all(ground: Ground) -> None:
    with acting(ground.engine, ground.officer) as session:
        session.get_one(Meeting, ground.meeting).title = LocalText.of("Corridors")
    assert ground.found(ground.member, "protocol") == []
    assert ground.found(ground.member, "corridor") == [f"/meetings/{ground.meeting}"]
    with system_unit(ground.engine, Reason.FILES) as session:
        session.execute(delete(DocumentText))  # past the unit of work
    assert index.sweep(ground.engine) == 1
    assert ground.found(ground.member, "reunited") == []
    with system_unit(ground.engine, Reason.SEARCH) as session:
        session.execute(delete(SearchEntry))
    assert ground.found(ground.member, "corridor") == []
    assert index.bring_in(ground.engine) > 3
    assert index.bring_in(ground.engine) == 0
    assert ground.found(ground.member, "corridor") == [f"/meetings/{ground.meeting}"]


def test_a_page_asks_the_same_for_few_and_for_many(ground: Ground) -> None:
    client = people.sign_in(ground.app, ground.member)

    def asked() -> int:
        for _again in range(3):  # what a reader may read is worked out, and then remembered
            client.get("/search?q=protocol")
        with statements_sent() as sent:
            assert client.get("/search?q=protocol").status_code == 200
        return len(sent)

    few = asked()
    with acting(ground.engine, ground.officer) as session:
        for number in range(12):
            meetings.scheduled(session, title=LocalText.of(f"Protocol {number}"))
    assert asked() == few


def test_what_one_types_is_met_with_titles_one_may_read(ground: Ground) -> None:
    meeting = f"/meetings/{ground.meeting}"

    def suggested(who: people.Official | None, words: str, language: str = "en") -> dict[str, Any]:
        client = people.sign_in(ground.app, who) if who else ground.app.test_client()
        answer = client.get("/search/suggestions", query_string={"q": words, "lang": language})
        assert answer.status_code == 200
        told: dict[str, Any] = answer.get_json()
        return told

    for words in ("pro", "PROTOC", "return pro", "the protocols on ret", "repatri", "برو", "العو", "عو"):
        assert meeting in [one["page"] for one in suggested(ground.member, words)["found"]], words
    first = suggested(ground.member, "protoc")["found"][0]
    assert first["words"] == "Protocols on returns"
    assert "Meeting" in first["about"]
    assert "Members only" in first["about"]
    assert suggested(ground.member, "protoc", "ar")["found"][0]["words"] == TITLES["ar"]
    assert suggested(ground.member, "protoc")["told"].startswith("One suggestion.")
    nothing = suggested(ground.member, "unheard of")
    assert nothing == {"found": [], "told": "No suggestion. Enter searches."}
    assert suggested(None, "protoc") == nothing
    for words in ("", " ", "p", "/ - '", "\" OR words : *) NEAR ' & | ! :* <->", "ء", "x" * 5_000, "\u0640"):
        assert suggested(ground.member, words)["found"] == [], words
    with acting(ground.engine, ground.officer) as session:
        for number in range(12):
            meetings.scheduled(session, title=LocalText.of(f"Protocol {number}"))
    assert len(suggested(ground.member, "protoc")["found"]) == queries.SUGGESTED
