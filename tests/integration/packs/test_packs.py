"""All papers of a meeting in one: what stands in it, for whom, and what does not; made, left, gone on with, fetched."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.core.models import Job, JobState, Reading
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service as documents
from secretariat.documents.models import DocumentFile
from secretariat.documents.storage import storage_of
from secretariat.jobs import service as jobs
from secretariat.meetings.models import AgendaItem
from secretariat.packs import binder, binding, making, service
from secretariat.packs.models import Pack, PackForm
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories import packs, texts
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.meetings.test_agenda import plenary, put
from tests.integration.packs.conftest import Desk, Stage
from tests.support.sql import statements_sent


def paper(
    stage: Stage, settings: Settings, meeting: UUID, title: str, content: bytes | None = None, **more: Any
) -> UUID:
    """An issued paper, a PDF of one page that says its title unless a content is given."""
    name, item = more.pop("name", "paper.pdf"), more.pop("item", None)
    with acting(stage.engine, stage.officer) as session:
        file = made.received(settings.data_root, content if content is not None else made.pdf(title), name)
        where = made.place(session, meeting=meeting)
        document = made.drafted(session, where, file, title=LocalText.of(title), **more)
        document.item_id = item
        documents.issue(session, document)
        return document.id


def named(stage: Stage, *keys: str) -> frozenset[Clause]:
    """These states by name, with the secretariat."""
    with acting(stage.engine, stage.officer) as session:
        where = made.place(session)
        readers = [*(clauses.participant(stage.id[key]) for key in keys), clauses.secretariat(where.track)]
        return frozenset([clauses.named(where.process, where.track, audience=readers)])


def overwritten(stage: Stage, settings: Settings, document: UUID, content: bytes) -> None:
    """The bytes of a document's file, changed where they lie."""
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        key = system.scalars(select(DocumentFile.key).where(DocumentFile.document_id == document)).one()
    (settings.data_root / "documents" / key[:2] / key).write_bytes(content)


def fetched(app: Flask, one: Official, pack: UUID) -> Any:
    answer = Desk(app, one).client.get(f"/packs/{pack}/file")
    answer.get_data()
    answer.close()
    return answer


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def bookmarks(content: bytes) -> list[Any]:
    """Titles, those below one in a list behind it, each with its page."""
    reader = PdfReader(BytesIO(content))

    def told(entries: list[Any]) -> list[Any]:
        return [
            told(one) if isinstance(one, list) else (one.title, (reader.get_destination_page_number(one) or 0) + 1)
            for one in entries
        ]

    return told(reader.outline)


def opened_as_paper(stage: Stage) -> set[tuple[UUID, UUID]]:
    with system_unit(stage.engine, Reason.READINGS, writes=False) as system:
        return {(one.person_id, one.thing_id) for one in system.scalars(select(Reading).where(Reading.as_paper))}


def test_one_pdf_holds_what_its_reader_may_read_in_the_order_of_the_agenda(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = plenary(stage)
    plan, closing = put(stage, meeting, "Plan"), put(stage, meeting, "Closing")
    last = paper(stage, settings, meeting, "Last words", item=closing)
    kept = paper(stage, settings, meeting, "In confidence", readers=named(stage, "mx"), item=plan)
    hidden = paper(stage, settings, meeting, "For Belize alone", readers=named(stage, "bz"), item=plan)
    with acting(stage.engine, stage.officer) as session:
        text = texts.begun(session, [texts.words("Each child is received", es="Cada niño es recibido")],
                           meeting=meeting, languages=["en", "es"], title=LocalText.of("Protocol"))  # fmt: skip
        text_document = texts.circulated(session, text).document_id
        made.drafted(session, made.place(session, meeting=meeting), made.received(settings.data_root))
    table = paper(stage, settings, meeting, "Table", made.docx(), name="table.docx")

    mexico, guatemala = stage.focal["mx"], stage.focal["gt"]
    pack = packs.made(stage.engine, settings, mexico, meeting)
    content = fetched(app, mexico, pack)
    assert content.status_code == 200
    assert content.headers["Content-Type"] == "application/pdf"
    pages = pages_of(content.data)
    flat = [one for entry in bookmarks(content.data) for one in (entry if isinstance(entry, list) else [entry])]
    assert [(re.sub(r"^RCX/\d+/\S+ ", "", title), page) for title, page in flat] == [
        ("Contents", 1), ("1. Plan", 2), ("In confidence", 2), ("2. Closing", 3), ("Last words", 3),
        ("Other papers", 4), ("Protocol", 4),
    ]  # fmt: skip
    assert len(pages) == 4
    assert "Last words" in pages[2]
    assert "Each child is received" in pages[3]
    assert "For Belize alone" not in "".join(pages)
    assert str(hidden) not in "".join(pages)
    # What stands beside: said where.
    assert "It is no PDF" in pages[0].replace("\n", " ")
    assert f"/documents/{table}" in pages[0].replace("\n", "")
    # The marking of each, and of all that of the heaviest.
    assert "Named readers" in pages[0]
    assert "Copy of" in pages[0]
    assert pages[1].count("Copy of") == 4, "three times through the page and once below"
    assert "Members only" in pages[2]
    assert "Copy of" not in pages[2]
    assert all(page.rstrip().endswith(str(number)) for number, page in enumerate(pages[1:], start=2))
    # Recorded as when each is opened alone.
    assert opened_as_paper(stage) == {(mexico.person, one) for one in (kept, last)}
    assert text_document not in {thing for _person, thing in opened_as_paper(stage)}

    other = pages_of(fetched(app, guatemala, packs.made(stage.engine, settings, guatemala, meeting)).data)
    assert len(other) == 3
    assert "In confidence" not in "".join(other)
    assert "Named readers" not in "".join(other)
    for stranger in (guatemala, stage.officer, stage.coordinator):
        assert fetched(app, stranger, pack).status_code == 404
        Desk(app, stranger).get(f"/packs/{pack}", 404)


def test_a_zip_holds_the_files_as_they_came_and_texts_as_pdf(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    table = made.docx("A table")
    paper(stage, settings, meeting, "Table", table, name="table.docx")
    paper(stage, settings, meeting, "Options", made.TEXT, name="options.txt")
    bomb = paper(stage, settings, meeting, "Bomb", made.docx(), name="bomb.docx")
    overwritten(stage, settings, bomb, made.office("word/document.xml", made.DOCX[12:-9], "x" * 1000))
    locked = paper(stage, settings, meeting, "Locked")
    overwritten(stage, settings, locked, made.pdf(password="x"))
    member = stage.focal["mx"]
    answer = fetched(app, member, packs.made(stage.engine, settings, member, meeting, PackForm.ZIP, "es"))
    assert answer.headers["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.data)) as archive:
        names = archive.namelist()
        assert names[0] == "000-contents.pdf"
        assert [re.sub(r"RCX-\d+-", "", one) for one in names[1:]] == [
            "001-1-EN.docx", "002-2-EN.txt", "003-3-EN.docx", "004-4-EN.pdf",
        ]  # fmt: skip
        assert archive.read(names[1]) == table
        contents = "".join(pages_of(archive.read(names[0]))).replace("\n", " ")
    assert "contraseña" in contents or "password" in contents


@pytest.mark.parametrize("form", list(PackForm))
def test_what_is_past_all_measure_is_told_and_the_rest_is_made(
    app: Flask, stage: Stage, settings: Settings, form: PackForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = plenary(stage)
    paper(stage, settings, meeting, "Good one")
    paper(stage, settings, meeting, "Long one", packs.many_pages(binding.MOST_PAGES_OF_A_PAPER + 1))
    paper(stage, settings, meeting, "Layered one", packs.with_layers())
    for title, content in (("Locked one", made.pdf(password="x")), ("Torn one", made.pdf()[:200]), ("Lost one", b"")):
        spoilt = paper(stage, settings, meeting, title)
        overwritten(stage, settings, spoilt, content)
    with system_unit(stage.engine, Reason.FILES) as system:
        lost = system.scalars(select(DocumentFile).where(DocumentFile.document_id == spoilt)).one()
        lost.key = "0" * 32
    packed = paper(stage, settings, meeting, "Packed one", made.docx(), name="packed.docx")
    monkeypatch.setattr("secretariat.documents.sniffing.MOST_UNPACKED", 1000)
    assert packed
    member = stage.focal["mx"]
    answer = fetched(app, member, packs.made(stage.engine, settings, member, meeting, form))
    assert answer.status_code == 200
    if form is PackForm.PDF:
        said = pages_of(answer.data)
        assert len(said) == 2
        assert "Good one" in said[1]
        contents = " ".join(said[0].split())
        wanted = [
            "It has more than 2,000 pages", "switched on and off", "locked with a password", "Its file is damaged",
            "not where it should be", "It is no PDF",
        ]  # fmt: skip
    else:
        with ZipFile(BytesIO(answer.data)) as archive:
            assert len(archive.namelist()) == 6
            contents = " ".join("".join(pages_of(archive.read("000-contents.pdf"))).split())
        wanted = ["stands here as it came", "packed as no paper is", "not where it should be"]
    for sentence in wanted:
        assert sentence in contents, sentence


def test_who_lost_the_right_to_one_paper_has_the_pack_made_anew(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    paper(stage, settings, meeting, "For all")
    taken = paper(stage, settings, meeting, "Taken away", readers=named(stage, "mx", "bz"))
    member = stage.focal["mx"]
    first = packs.made(stage.engine, settings, member, meeting)
    desk = Desk(app, member)
    assert "Fetch the PDF" in desk.get(f"/packs/{first}")
    fewer = named(stage, "bz")
    with acting(stage.engine, stage.officer) as session:
        relabel(session, made.document(session, taken), fewer, why="a test")
    recorded = opened_as_paper(stage)
    page = desk.get(f"/packs/{first}")
    assert "no longer as you may read it" in page
    assert "Taken away" not in page
    assert "Fetch the PDF" not in page
    assert "Have it made anew" in desk.get(f"/packs/{first}/file", 410)
    assert opened_as_paper(stage) == recorded
    second = packs.made(stage.engine, settings, member, meeting)
    assert "Taken away" not in "".join(pages_of(fetched(app, member, second).data))
    desk.get(f"/packs/{first}", 404)


def test_a_paper_withdrawn_or_made_heavier_since_is_not_handed_out(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = plenary(stage)
    heavier, gone = (paper(stage, settings, meeting, title) for title in ("Heavier", "Gone"))
    member, fewer = stage.focal["mx"], named(stage, "mx")
    item = put(stage, meeting, "Later in confidence")
    with acting(stage.engine, stage.officer) as session:
        made.document(session, gone).item_id = item
    for act in ("item", "heavier", "gone"):
        pack = packs.made(stage.engine, settings, member, meeting)
        assert fetched(app, member, pack).status_code == 200
        with acting(stage.engine, stage.officer) as session:
            if act == "item":
                bz = clauses.participant(stage.id["bz"])
                where = made.place(session, meeting=meeting)
                kept = clauses.named(where.process, where.track, audience=[bz, clauses.secretariat(where.track)])
                relabel(session, session.scalars(select(AgendaItem)).one(), [kept], why="a test")
            elif act == "heavier":
                relabel(session, made.document(session, heavier), fewer, why="a test")
            else:
                documents.withdraw(session, made.document(session, gone), LocalText.of("An error"))
        assert fetched(app, member, pack).status_code == 410, act


def test_a_pack_is_gone_on_with_where_it_was_left(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = plenary(stage)
    for number in range(3):
        paper(stage, settings, meeting, f"Paper {number}")
    member = stage.focal["mx"]
    pack = packs.asked(stage.engine, member, meeting)
    assert packs.asked(stage.engine, member, meeting) == pack, "one that is under way is not begun twice"
    with looking(stage.engine, member) as session:
        job = session.scalars(select(Pack.job_id)).one()
    assert job is not None
    done: list[str] = []
    step = making._step

    def one_and_no_more(bench: making.Bench, one: Any) -> None:
        if len(done) == 1:
            raise KeyboardInterrupt("the machine went down")
        step(bench, one)
        done.extend(str(each.title) for each in one)

    monkeypatch.setattr(making, "_step", one_and_no_more)
    with pytest.raises(KeyboardInterrupt):
        jobs.do(stage.engine, job, settings)
    page = Desk(app, member).get(f"/packs/{pack}")
    assert "1 of 3 done." in page
    with system_unit(stage.engine, Reason.JOB) as system:
        system.get_one(Job, job).state = JobState.WAITING

    def all_that_is_left(bench: making.Bench, one: Any) -> None:
        step(bench, one)
        done.extend(str(each.title) for each in one)

    monkeypatch.setattr(making, "_step", all_that_is_left)
    jobs.do(stage.engine, job, settings)
    assert sorted(done) == ["Paper 0", "Paper 1", "Paper 2"], "none twice"
    answer = fetched(app, member, pack)
    assert len(pages_of(answer.data)) == 4
    folder = settings.data_root / "documents"
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        keys = set(service.files_named(system)) | set(system.scalars(select(DocumentFile.key)))
    assert {path.name for path in folder.glob("*/*") if path.is_file()} == keys, "its pieces are thrown away"


def test_what_is_read_no_more_when_the_pack_is_bound_leaves_it(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = plenary(stage)
    paper(stage, settings, meeting, "Stays")
    leaves = paper(stage, settings, meeting, "Leaves", readers=named(stage, "mx", "bz"))
    bind, fewer = binder.bind, named(stage, "bz")

    def after_a_change(*arguments: Any) -> bool:
        with acting(stage.engine, stage.officer) as session:
            relabel(session, made.document(session, leaves), fewer, why="a test")
        return bind(*arguments)

    monkeypatch.setattr(making, "bind", after_a_change)
    member = stage.focal["mx"]
    said = "".join(pages_of(fetched(app, member, packs.made(stage.engine, settings, member, meeting)).data))
    assert "Stays" in said
    assert "Leaves" not in said
    assert "Named readers" not in said


def test_packs_are_kept_for_a_week_and_their_files_are_swept(
    stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = plenary(stage)
    paper(stage, settings, meeting, "For all")
    packs.made(stage.engine, settings, stage.focal["mx"], meeting)
    storage = storage_of(settings)
    monkeypatch.setattr("secretariat.documents.service.files.ORPHANED_AFTER", -service.KEPT)
    assert documents.sweep(stage.engine, storage) == 0, "a pack's file is named by its row"
    service.forget(stage.engine)
    assert documents.sweep(stage.engine, storage) == 0
    later = clock.now() + service.KEPT * 2
    monkeypatch.setattr("secretariat.packs.service.clock.now", lambda: later)
    service.forget(stage.engine)
    monkeypatch.undo()
    monkeypatch.setattr("secretariat.documents.service.files.ORPHANED_AFTER", -service.KEPT)
    assert documents.sweep(stage.engine, storage) == 1


def test_pages_cost_the_same_for_one_paper_and_for_many(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    desk, member = Desk(app, stage.focal["mx"]), stage.focal["mx"]

    def cost() -> list[int]:
        pack = packs.made(stage.engine, settings, member, meeting)
        counts = []
        for address in (f"/meetings/{meeting}/pack", f"/packs/{pack}", f"/packs/{pack}/file"):
            desk.client.get(address).close()
            with statements_sent() as sent:
                answer = desk.client.get(address)
            assert answer.status_code == 200
            answer.close()
            counts.append(len(sent))
        return counts

    paper(stage, settings, meeting, "First", readers=named(stage, "mx"))
    one = cost()
    for number in range(4):
        paper(stage, settings, meeting, f"Paper {number}", readers=named(stage, "mx"))
    assert cost() == one


def test_nothing_is_asked_for_where_nothing_is_out(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = plenary(stage)
    desk = Desk(app, stage.focal["mx"])
    assert "All papers in one" not in desk.get(f"/meetings/{meeting}")
    _at, page = desk.send(f"/meetings/{meeting}/pack", {"language": "en", "form": "pdf"}, 422)
    assert "No paper of this meeting is out yet." in page
    paper(stage, settings, meeting, "For all")
    assert "All papers in one" in desk.get(f"/meetings/{meeting}")
    location, _page = desk.send(f"/meetings/{meeting}/pack", {"language": "es", "form": "zip"})
    assert location.startswith("/packs/")
    assert "Waiting for its turn." in desk.get(location)
    with looking(stage.engine, stage.focal["mx"]) as session:
        job = session.scalars(select(Pack.job_id)).one()
    assert desk.client.get(f"/jobs/{job}").location == location
    desk.get("/jobs/")
