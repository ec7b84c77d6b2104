"""The pages of documents: from the form to the file in a reader's hands, bad files, what is hidden, what it costs."""

import gc
import hashlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from config import Settings
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service
from secretariat.documents.models import Document, DocumentFile, DocumentState, Revision
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories.meetings import acting, in_days, looking, scheduled
from tests.integration.documents.conftest import Desk, Stage, downloads, upload
from tests.support.sql import statements_sent

NEW = "/processes/rcx/documents/new"

TOKEN = re.compile(r'name="csrf_token"[^>]*value="[^"]*"')


def typed(**fields: Any) -> dict[str, Any]:
    """The form of a working paper for all members, in English, with its file."""
    return {
        "title-en": "Options for the protocol",
        "kind": "working_paper",
        "language": "en",
        "file": upload(made.TEXT, "options.txt"),
        "readers": "members",
        "dated": "2026-03-10",
        **fields,
    }


def meeting_of(stage: Stage) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return scheduled(session, body="Vice-Ministerial Meeting").id


def fetched(desk: Desk, address: str) -> TestResponse:
    """The answer with the whole of its file."""
    answer = desk.client.get(address)
    answer.get_data()
    answer.close()
    return answer


def everything(stage: Stage) -> tuple[int, int]:
    """How many documents and files there are, whoever may read them."""
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return len(system.scalars(select(Document.id)).all()), len(system.scalars(select(DocumentFile.id)).all())


def kept(settings: Settings) -> list[Path]:
    return [path for path in (settings.data_root / "documents").glob("*/*") if path.is_file()]


def test_from_the_form_to_a_file_in_a_readers_hands(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    page, _ = desk.send(NEW, typed())
    member.get(page, 404)
    assert "no symbol yet" in desk.get("/processes/rcx/documents/")
    desk.send(f"{page}/issue", {})
    shown = member.get(page)
    assert "RCX/2026/1" in shown
    assert hashlib.sha256(made.TEXT).hexdigest() in shown
    (address,) = downloads(shown)
    answer = fetched(member, address)
    assert (answer.status_code, answer.data) == (200, made.TEXT)
    assert answer.headers["Content-Disposition"] == "attachment; filename=RCX-2026-1-EN.txt"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_document_of_a_meeting_stands_on_its_page_and_has_its_readers(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    desk, member, observer = (Desk(app, one) for one in (stage.officer, stage.focal["mx"], stage.focal["co"]))
    page, _ = desk.send(f"{NEW}?meeting={meeting}", typed(readers="container"))
    desk.send(f"{page}/issue", {})
    here = member.get(f"/meetings/{meeting}")
    assert "Options for the protocol" in here
    assert page in here
    observer.get(page, 404)
    assert "Options for the protocol" not in observer.get("/processes/rcx/documents/")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("options.pdf", b"", "This file is empty. Choose the one that holds the text."),
        (
            "options.pdf",
            made.docx(),
            "This file is not what its name says. Open it, save it anew as PDF, DOCX, ODT, XLSX,",
        ),
        ("options.docx", b"MZ\x90\x00\x03\x00\x00\x00", "This file is not what its name says. Open it, save it anew"),
        ("options.exe", b"MZ\x90\x00\x03\x00\x00\x00", "A file of this type is not kept here. Save it as PDF, DOCX,"),
        ("options.pdf", made.pdf(password="secret"), "This file is locked with a password. Save it without one"),
        (
            "options.pdf",
            made.pdf()[:200],
            "This file is damaged and cannot be opened. Save it anew where it comes from",
        ),
        ("ورقة" * 75 + ".txt", made.TEXT, "The name of this file is very long. Give it one of at most 200 characters"),
    ],
    ids=["empty", "lies", "lies and is a program", "a program", "encrypted", "broken", "a name of 300 letters"],
)
def test_a_file_that_is_not_taken_is_told_in_a_sentence_and_nothing_is_kept(
    app: Flask, stage: Stage, settings: Settings, name: str, content: bytes, why: str
) -> None:
    desk = Desk(app, stage.officer)
    _location, page = desk.send(NEW, typed(file=upload(content, name)), 422)
    said = desk.wrong(NEW, typed(file=upload(content, name)))
    assert len(said) == 1
    assert said[0].startswith(why)
    assert "Options for the protocol" in page  # what was typed stands there still
    assert everything(stage) == (0, 0)
    assert kept(settings) == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the browser of the tests leaves what it sends unclosed
def test_a_file_that_is_too_large_is_told_in_a_sentence(app: Flask, stage: Stage, settings: Settings) -> None:
    much = b"a" * (settings.largest_document + 1)
    desk = Desk(app, stage.officer)
    said = desk.wrong(NEW, typed(file=upload(much, "options.txt")))
    assert said == ["This file is larger than 25 MB. Save it with smaller pictures, or as several documents."]
    assert everything(stage) == (0, 0)
    assert kept(settings) == []
    gc.collect()


def test_without_a_file_a_day_is_asked_for_and_the_version_is_awaited(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    said = desk.wrong(NEW, typed(file=""))
    assert said == ["Choose the file, or give the day by which it is awaited."]
    assert desk.wrong(NEW, typed(file="", due_on=in_days(-365).isoformat())) == ["That day is past; give one to come"]
    page, _ = desk.send(NEW, typed(file="", due_on=in_days(9).isoformat()))
    assert "Awaited" in desk.get(page)
    assert "Options for the protocol" in desk.get("/")  # on the desk of the secretariat
    _location, told = desk.send(f"{page}/issue", {}, 422)
    assert "Nothing can be read yet: bring the file of one language first." in told


def test_a_translation_is_awaited_of_the_participant_whose_person_translates(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    page, _ = desk.send(NEW, typed())
    desk.send(f"{page}/issue", {})
    asked = {"language": "es", "person": f"person:{stage.focal['mx'].person}", "due_on": in_days(5).isoformat()}
    desk.send(f"{page}/versions/new", {**asked, "word_count": "1200"})
    assert "Awaited in this language: Spanish" in member.get("/")
    assert "Awaited in this language" not in Desk(app, stage.focal["bz"]).get("/")
    shown = desk.get(page)
    assert "1,200 words" in shown
    (address,) = set(_versions(shown))
    desk.send(address, {"file": upload(b"Opciones", "opciones.txt")})
    assert "Awaited in this language" not in member.get("/")
    assert len(downloads(member.get(page))) == 2


def _versions(page: str) -> list[str]:
    import re

    return [one for one in re.findall(r'href="(/documents/[^"]+/versions/[^"]+)"', page) if not one.endswith("/new")]


def test_before_its_day_the_secretariat_and_its_author_read_a_document(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    desk, member, author = (Desk(app, one) for one in (stage.officer, stage.focal["mx"], stage.focal["gt"]))
    page, _ = desk.send(NEW, typed(author=f"participant:{stage.id['gt']}", release_on=in_days(3).isoformat()))
    desk.send(f"{page}/issue", {})
    author.get(page)
    member.get(page, 404)
    assert service.release_what_is_due(stage.engine) == 0
    with clock.moved(timedelta(days=3)):
        assert service.release_what_is_due(stage.engine) == 1
        assert service.release_what_is_due(stage.engine) == 0
    member.get(page)


def test_a_document_is_released_before_its_day_by_an_act(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    page, _ = desk.send(NEW, typed(release_on=in_days(30).isoformat()))
    desk.send(f"{page}/issue", {})
    member.get(page, 404)
    desk.send(f"{page}/release", {}, form_at=page)
    assert "RCX/2026/1" in member.get(page)


def test_a_revision_takes_the_place_of_the_text_before_it(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    first, _ = desk.send(NEW, typed())
    desk.send(f"{first}/issue", {})
    latest = first
    for revision, symbol in (("corr", "Corr.1"), ("rev", "Rev.1"), ("add", "Add.1")):
        draft, _ = desk.send(f"{latest}/revise", {"revision": revision, "title-en": "Options"})
        desk.send(f"{draft}/versions/new", {"language": "en", "file": upload(made.TEXT, "a.txt")})
        desk.send(f"{draft}/issue", {})
        assert f"RCX/2026/1/{symbol}" in member.get(draft)
        latest = draft if revision == "rev" else latest
    with looking(stage.engine, stage.officer) as session:
        rows = session.execute(select(Document.revision, Document.state)).all()
    states = dict(rows)
    assert states == {
        Revision.FIRST: DocumentState.SUPERSEDED,
        Revision.CORR: DocumentState.ISSUED,
        Revision.REV: DocumentState.ISSUED,
        Revision.ADD: DocumentState.ISSUED,
    }
    assert "A revision has taken the place of this text." in member.get(first)


def test_what_is_withdrawn_stays_on_record_and_its_files_are_the_secretariats(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    page, _ = desk.send(NEW, typed())
    desk.send(f"{page}/issue", {})
    (address,) = downloads(member.get(page))
    desk.send(f"{page}/withdraw", {"word-en": "Sent too early"})
    assert "Sent too early" in member.get(page)
    assert downloads(member.get(page)) == []
    assert member.client.get(address).status_code == 404
    assert fetched(desk, address).status_code == 200


def test_fetching_is_recorded_from_members_only_upwards(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    page, _ = desk.send(NEW, typed())
    desk.send(f"{page}/issue", {})
    shown = member.get(page)
    assert "Fetching a file is recorded." in shown
    assert "Options for the protocol" not in member.get("/readers/own")
    member.client.get(downloads(shown)[0]).close()
    assert "Options for the protocol" in member.get("/readers/own")
    log = desk.get(f"/readers{page}/log")
    assert stage.focal["mx"].email.split("@")[0] in log


def test_what_all_participants_read_leaves_no_trace(app: Flask, stage: Stage) -> None:
    desk, observer = Desk(app, stage.officer), Desk(app, stage.focal["co"])
    page, _ = desk.send(NEW, typed(readers="participants"))
    desk.send(f"{page}/issue", {})
    shown = observer.get(page)
    assert "RCX/2026/P.1" in shown
    assert "Fetching a file is recorded." not in shown
    observer.client.get(downloads(shown)[0]).close()
    assert "Options for the protocol" not in observer.get("/readers/own")


def test_a_name_in_arabic_is_told_to_the_browser_as_rfc_8187_has_it(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    page, _ = desk.send(NEW, typed(file=upload(made.TEXT, "ورقة عمل.txt")))
    answer = fetched(desk, downloads(desk.get(page))[0])
    assert answer.headers["Content-Disposition"].isascii()
    assert "filename*=UTF-8''%D9%88%D8%B1%D9%82%D8%A9%20%D8%B9%D9%85%D9%84.txt" in answer.headers["Content-Disposition"]


def test_hidden_and_missing_are_one_answer(app: Flask, stage: Stage) -> None:
    desk, member = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    page, _ = desk.send(NEW, typed())
    (address,) = downloads(desk.get(page))
    nowhere = f"/documents/{uuid4()}/files/{uuid4()}"
    pages = [TOKEN.sub("", member.get(one, 404)).replace(one, "~") for one in (address, nowhere)]
    assert pages[0] == pages[1]  # but for the token, whose signature tells the second


def test_symbols_are_made_as_the_secretariat_says(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    pattern = "/processes/rcx/documents/symbols"
    assert desk.wrong(pattern, {"pattern": "{process}/{number}/{year}"}) == [
        "Give a pattern with the year and, last, the number, for example {process}/{body}/{year}/{number}"
    ]
    desk.send(pattern, {"pattern": "{process}/WP/{year}/{number}"})
    page, _ = desk.send(NEW, typed())
    desk.send(f"{page}/issue", {})
    assert "RCX/WP/2026/1" in desk.get(page)


def test_the_list_costs_the_same_for_one_row_and_for_many(app: Flask, stage: Stage, settings: Settings) -> None:
    desk = Desk(app, stage.officer)

    def cost() -> int:
        desk.get("/processes/rcx/documents/")
        with statements_sent() as sent:
            desk.get("/processes/rcx/documents/")
        return len(sent)

    def another() -> None:
        with acting(stage.engine, stage.officer) as session:
            where = made.place(session)
            readers = frozenset({clauses.members_of(where.process, where.track)})
            made.issued(
                session, where, made.received(settings.data_root), readers=readers, title=LocalText.of("One more")
            )

    another()
    one = cost()
    for _ in range(4):
        another()
    assert cost() == one


def test_of_many_documents_a_meeting_shows_the_first_and_leads_to_all(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secretariat.meetings.views.meetings.ROWS", 2)
    meeting = meeting_of(stage)
    with acting(stage.engine, stage.officer) as session:
        where = made.place(session, meeting=meeting)
        for number in range(3):
            title = LocalText.of(f"Paper <{number}>")
            made.issued(session, where, made.received(settings.data_root), title=title)
        made.drafted(session, where, None, title=LocalText.of("Not yet"))
    reader, officer = Desk(app, stage.focal["gt"]), Desk(app, stage.officer)
    page = reader.get(f"/meetings/{meeting}?lang=en")
    assert [f"Paper &lt;{number}&gt;" in page for number in range(3)] == [True, True, False]
    assert "These are the first 2 of 3." in page
    assert "These are the first 2 of 4." in officer.get(f"/meetings/{meeting}?lang=en")
    everything = f"/meetings/{meeting}/documents"
    assert everything in page
    assert reader.get(everything).count("Paper &lt;") == 3
    assert "Not yet" not in reader.get(everything)
    assert "Not yet" in officer.get(everything)
    Desk(app, stage.coordinator).get(everything, 404)


def test_a_file_that_came_after_the_page_was_opened_is_not_issued_unseen(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.drafted(session, made.place(session), made.received(settings.data_root)).id
    desk, path = Desk(app, stage.officer), f"/documents/{key}/issue"
    page = desk.get(path)
    unseen = {
        name: re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)[0] for name in ("csrf_token", "nonce", "version")
    }
    with acting(stage.engine, stage.officer) as session:
        document = made.document(session, key)
        other = made.received(settings.data_root, b"Another text.", "other.txt")
        service.see_to_version(session, document, document.versions[0], service.Asked(), other)
    assert desk.client.post(path, data=unseen).status_code == 409
    with looking(stage.engine, stage.officer) as session:
        assert made.document(session, key).symbol is None
    desk.send(path, {})
    with looking(stage.engine, stage.officer) as session:
        assert made.document(session, key).symbol is not None
