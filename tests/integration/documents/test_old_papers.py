"""Old papers by a page: read and shown row by row, confirmed, brought in by the worker, each row once."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.labels import Level
from secretariat.core.localtext import LocalText
from secretariat.core.models import Job, JobState
from secretariat.core.session import Reason, system_unit
from secretariat.documents import archives
from secretariat.documents import service as documents
from secretariat.documents.models import Document, DocumentVersion, ListState, PaperList
from secretariat.documents.service import importing, lists
from secretariat.documents.storage import storage_of
from secretariat.jobs import service as jobs
from secretariat.meetings import service as meetings
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories.meetings import acting, again, looking
from tests.integration.documents.conftest import Desk, Stage, upload
from tests.integration.documents.test_importing import past_meeting
from tests.support.sql import statements_sent

PAGE = "/processes/rcx/documents/lists"
Cells = list[list[Any]]
HEAD = ["Cote", "Titre (fr)", "Title en", "Type", "Date", "Réunion", "Point", "Niveau", "Fichier fr", "File en"]


def book(rows: Cells) -> bytes:
    """A spreadsheet of these rows; a day is a day there, and `=...` a formula."""
    from xlsxwriter import Workbook

    out = BytesIO()
    made_book = Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = made_book.add_worksheet()
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    made_book.close()
    return out.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


FILES = {
    "old/plan-fr.docx": made.docx("Plan"),
    "old/plan.pdf": made.pdf("Plan"),
    "note.txt": made.TEXT,
    "loose.txt": b"Nobody asks for it.\n",
}


def rows() -> Cells:
    return [
        HEAD,
        ["RCX/2004/1", "Plan d’action", "Plan of action", "Rapport", date(2004, 5, 20), "Workshop", "1",
         "tous les participants", "plan-fr.docx", "plan.pdf"],
        ["", "Note d’une visite", "", "", "2003", "", "", "", "note.txt", ""],
    ]  # fmt: skip


def send(desk: Desk, listing: bytes, packed: bytes, name: str = "list.xlsx", **fields: str) -> str:
    """Where the list leads."""
    given = {"otherwise": "members", **fields, "listing": upload(listing, name), "archive": upload(packed, "old.zip")}
    location, _page = desk.send(PAGE, given)
    return location


def wrong(desk: Desk, listing: bytes, packed: bytes, name: str = "list.xlsx") -> list[str]:
    return desk.wrong(
        PAGE, {"otherwise": "members", "listing": upload(listing, name), "archive": upload(packed, "old.zip")}
    )


def confirm(desk: Desk, page: str) -> None:
    desk.send(f"{page}/confirm", {}, form_at=page)


def work(stage: Stage, settings: Settings) -> JobState:
    """The worker does what waits; how the last job stands."""
    for key in jobs.waiting(stage.engine):
        jobs.do(stage.engine, key, settings)
    with system_unit(stage.engine, Reason.JOB) as system:
        return system.scalars(select(Job).order_by(Job.asked_at.desc())).first().state  # type: ignore[union-attr]


def there(stage: Stage) -> list[tuple[str, str]]:
    """Languages of every document, by title."""
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        wanted = select(Document.title, DocumentVersion.language).join(DocumentVersion.document)
        return sorted((str(title), language) for title, language in system.execute(wanted))


def workshop(stage: Stage) -> UUID:
    """A meeting that was over when it was entered, with one item."""
    key = past_meeting(stage, "Workshop", date(2004, 5, 20), entered=False)
    with acting(stage.engine, stage.officer) as session:
        meeting = again(session, key)
        meetings.add_item(session, meeting, meetings.ItemWords(title=LocalText.of("Return")))
        meetings.enter_as_held(session, meeting)
    return key


def test_a_list_is_shown_row_by_row_and_comes_in_once_it_is_confirmed(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    meeting = workshop(stage)
    desk = Desk(app, stage.officer)
    page = send(desk, book(rows()), archive(FILES))
    shown = desk.get(page)
    assert there(stage) == [], "nothing is a document before it is confirmed"
    assert "2 rows can come in." in shown
    assert "loose.txt" in shown
    assert "No row names it." in shown
    assert "Who will read them" in shown
    assert "Mexico" in shown, "readers by name"
    assert "20 May 2004" in shown, "a day of a spreadsheet is a day"
    confirm(desk, page)
    assert there(stage) == []
    assert "0 of 2 done." in desk.get(page)
    assert work(stage, settings) is JobState.DONE
    assert there(stage) == [("Note d’une visite", "fr"), ("Plan d’action", "en"), ("Plan d’action", "fr")]
    through = desk.get(page)
    assert "2 papers came in." in through
    with looking(stage.engine, stage.focal["co"]) as session:
        assert session.scalars(select(Document)).all() == [], "no more readers than the meeting it is of"
    with looking(stage.engine, stage.focal["mx"]) as session:
        plan = session.scalars(select(Document).where(Document.symbol.is_not(None))).one()
        assert (plan.symbol, plan.kind, plan.meeting_id) == ("RCX/2004/1", "report", meeting)
        assert plan.item is not None
        assert dict(plan.title.texts) == {"fr": "Plan d’action", "en": "Plan of action"}
    assert f"/documents/{plan.id}" in through
    assert "Note d’une visite" in Desk(app, stage.focal["mx"]).get("/processes/rcx/documents/?lang=en")
    assert "Note d’une visite" not in Desk(app, stage.focal["co"]).get("/processes/rcx/documents/?lang=en")
    assert list(storage_of(settings).keys_before(clock.machine() + timedelta(days=1))) != []
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        assert system.scalars(select(PaperList)).one().archive_key is None
    job = re.findall(r"/jobs/[0-9a-f-]+", desk.get("/jobs/"))[0]
    answer = desk.client.get(f"{job}/result")
    assert answer.data.startswith(b"PK")


def test_the_same_list_again_and_a_second_press_change_nothing(app: Flask, stage: Stage, settings: Settings) -> None:
    workshop(stage)
    desk = Desk(app, stage.officer)
    page = send(desk, book(rows()), archive(FILES))
    confirm(desk, page)
    work(stage, settings)
    before = there(stage)
    location, _page = desk.send(f"{page}/confirm", {}, form_at=page)
    assert "confirmed already" in desk.get(location)
    second = send(desk, book(rows()), archive(FILES))
    assert "2 are there already." in desk.get(second)
    _location, again_page = desk.send(f"{second}/confirm", {}, 422, form_at=second)
    assert "None of these rows can come in" in again_page
    assert work(stage, settings) is JobState.DONE
    assert there(stage) == before


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        (1, "=1+1", "A formula stands here"),
        (3, "poem", "The kind is one of"),
        (4, "soon", "date is a year, a month or a day"),
        (5, "Nowhere", "There is no meeting Nowhere"),
        (6, "99", "has no item 99"),
        (7, "secret", "The level is one of"),
        (7, "public", "Nothing of this process is public"),
        (8, "gone.pdf", "gone.pdf is not in the archive"),
        (8, "../note.txt", "lies outside the archive"),
        (0, "x" * 161, "at most 160 characters"),
        (8, "lie.pdf", "This file is not what its name says."),
        (8, "inside.zip", "It is an archive itself"),
        (8, "macro.docm", "A file of this type is not kept here"),
        (8, "large.txt", "This file is larger than"),
        (8, "empty.txt", "This file is empty"),
        (8, "same.txt", "Several files are called same.txt"),
    ],
)
def test_what_is_to_be_mended_stands_by_row_and_column_and_the_others_come_in(
    app: Flask, stage: Stage, settings: Settings, column: int, cell: str, why: str
) -> None:
    workshop(stage)
    listed = rows()
    listed[1][column] = cell
    more = {
        "lie.pdf": made.docx(), "inside.zip": archive({"a.txt": b"a"}), "macro.docm": b"MZ\x90\0", "empty.txt": b"",
        "large.txt": b"a" * (settings.largest_document + 1), "a/same.txt": b"one", "b/same.txt": b"two",
    }  # fmt: skip
    desk = Desk(app, stage.officer)
    page = send(desk, book(listed), archive({**FILES, **more}))
    shown = desk.get(page)
    assert why in shown
    mended = shown[shown.index("To be mended") :]
    assert re.search(r'<th scope="row">2</th>', mended), "the row as the spreadsheet counts"
    assert "One row can come in." in shown
    confirm(desk, page)
    assert work(stage, settings) is JobState.DONE
    assert there(stage) == [("Note d’une visite", "fr")]
    through = desk.get(page)
    assert "One was not taken." in through
    assert why in through


def test_a_paper_that_is_two_rows_and_a_file_that_is_in_two(app: Flask, stage: Stage) -> None:
    listed = [
        ["file", "title", "language", "symbol"],
        ["note.txt", "One", "en", "RCX/1"],
        ["note.txt", "Two", "es", "RCX/1"],
        ["plan.pdf", "Three", "en", "RCX/1"],
    ]
    desk = Desk(app, stage.officer)
    shown = desk.get(send(desk, book(listed), archive(FILES)))
    assert "note.txt stands in row 2 already." in shown
    assert "Row 2 has this document in this language already." in shown
    assert "One row can come in." in shown


def test_names_in_odd_encodings_and_ways_out_of_the_archive(app: Flask, stage: Stage, settings: Settings) -> None:
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        packed.writestr("xxxxx.txt", b"Reuni\xc3\xb3n\n")
        link = ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        packed.writestr(link, "/etc/passwd")
        packed.writestr("__MACOSX/._note.txt", b"left by a machine")
    raw = out.getvalue().replace(b"xxxxx.txt", "ñandú".encode("cp850")[:5] + b".txt")
    evil = archive({"../evil.txt": b"out", "/etc/evil.txt": b"out"})
    desk = Desk(app, stage.officer)
    listed: Cells = [["file", "title", "language"], ["ñandú.txt", "Ñandú", "es"], ["link.txt", "Link", "en"]]
    shown = desk.get(send(desk, book(listed), raw))
    assert "One row can come in." in shown
    assert "It only points to another file" in shown
    assert "MACOSX" not in shown
    shown = desk.get(send(desk, book([["file", "title", "language"], ["evil.txt", "Evil", "en"]]), evil))
    assert "Its name leads out of the archive" in shown
    assert "evil.txt is not in the archive" in shown
    assert not (settings.data_root.parent / "evil.txt").exists()


@pytest.mark.parametrize(
    ("listing", "packed", "why"),
    [
        (b"\xff\xd8\xff\xe0 a picture", b"", "The letters of this list cannot be read."),
        (b"PK\x03\x04 broken", b"", "This list cannot be opened."),
        (b"", b"", "The list is empty"),
        (b"file,title\nnote.txt,Note\n", b"", "The heading lacks: language."),
        (b"symbol,date\n1,2\n", b"", "The heading lacks: file, title."),
        (b"file,title,language\n", b"", "no row below them"),
        (b"file,title,language\nnote.txt,Note,en\n", b"no archive", "This is no ZIP archive"),
    ],
)
def test_what_cannot_be_read_at_all_is_told_at_its_place(
    app: Flask, stage: Stage, listing: bytes, packed: bytes, why: str
) -> None:
    said = wrong(Desk(app, stage.officer), listing, packed or archive(FILES), "list.csv")
    assert any(why in one for one in said), said
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        assert system.scalars(select(PaperList)).all() == []


def test_an_archive_that_would_fill_the_machine_is_refused(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sizes are added up before anything is unpacked."""
    monkeypatch.setattr(archives, "TIMES_UNPACKED", 1)
    half = settings.largest_document // 2
    bomb = archive({f"{number}.txt": b"\0" * half for number in range(3)})
    assert len(bomb) < half // 100, "a bomb is small"
    said = wrong(Desk(app, stage.officer), book(rows()), bomb)
    assert any("Unpacked, the archive would hold more" in one for one in said)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The worker dies at the second row, as often as the number here says."""
    times, seen = [1], [0]
    really = importing.bring_row

    def bring_row(*args: Any, **more: Any) -> Any:
        seen[0] += 1
        if seen[0] >= 2 and times[0]:
            times[0] -= 1
            raise RuntimeError("the machine goes down")
        return really(*args, **more)

    monkeypatch.setattr(lists, "bring_row", bring_row)
    return times


def test_a_job_that_was_interrupted_goes_on_and_doubles_nothing(
    app: Flask, stage: Stage, settings: Settings, broken: list[int]
) -> None:
    workshop(stage)
    desk = Desk(app, stage.officer)
    page = send(desk, book(rows()), archive(FILES))
    confirm(desk, page)
    assert work(stage, settings) is JobState.WAITING
    assert "1 of 2 done." in desk.get(page)
    assert len(there(stage)) == 2
    assert work(stage, settings) is JobState.DONE
    assert len(there(stage)) == 3
    assert "2 papers came in." in desk.get(page), "also the one before it was interrupted"


def test_a_long_list_takes_several_turns(
    app: Flask, stage: Stage, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker gives no task more than minutes; a turn that is over is no attempt that failed."""
    workshop(stage)
    ticks = iter(range(0, 100_000, 60))
    monkeypatch.setattr(lists, "monotonic", lambda: next(ticks))
    desk = Desk(app, stage.officer)
    page = send(desk, book(rows()), archive(FILES))
    confirm(desk, page)
    assert work(stage, settings) is JobState.WAITING
    assert "1 of 2 done." in desk.get(page)
    with system_unit(stage.engine, Reason.JOB) as system:
        assert system.scalars(select(Job)).one().attempts == 0
    assert work(stage, settings) is JobState.DONE
    assert "2 papers came in." in desk.get(page)


def test_a_job_that_was_given_up_is_asked_for_again_by_one_press(
    app: Flask, stage: Stage, settings: Settings, broken: list[int]
) -> None:
    workshop(stage)
    broken[0] = 3
    desk = Desk(app, stage.officer)
    page = send(desk, book(rows()), archive(FILES))
    confirm(desk, page)
    for _attempt in range(3):
        work(stage, settings)
    assert "This was interrupted." in desk.get(page)
    desk.send(f"{page}/go-on", {}, form_at=page)
    assert "1 of 2 done." in desk.get(page)
    work(stage, settings)
    assert "2 papers came in." in desk.get(page)
    assert len(there(stage)) == 3


def test_rights_are_those_of_the_moment_it_is_done(app: Flask, stage: Stage, settings: Settings) -> None:
    from secretariat.directory.models import Appointment

    workshop(stage)
    desk = Desk(app, stage.officer)
    confirm(desk, send(desk, book(rows()), archive(FILES)))
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        held = select(Appointment).where(Appointment.person_id == stage.officer.person)
        for one in system.scalars(held):
            one.until = clock.today()
    for _attempt in range(3):
        work(stage, settings)
    assert there(stage) == []


def test_what_an_officer_does_not_see_is_not_there_for_the_list(app: Flask, stage: Stage) -> None:
    """A meeting for named readers without the secretariat, and one that is not there, are one answer."""
    key = workshop(stage)
    with acting(stage.engine, stage.officer) as session:
        meeting = again(session, key)
        audience = [clauses.participant(stage.id["mx"])]
        relabel(session, meeting, [clauses.named(meeting.process, meeting.track, audience=audience)], why="for one")
    desk = Desk(app, stage.officer)
    shown = desk.get(send(desk, book(rows()), archive(FILES)))
    assert "There is no meeting Workshop on this track." in shown
    listed = rows()
    listed[1][5] = "Nowhere"
    other = desk.get(send(desk, book(listed), archive(FILES)))
    assert "There is no meeting Nowhere on this track." in other


def test_it_is_the_secretariats_alone(app: Flask, stage: Stage) -> None:
    page = send(Desk(app, stage.officer), book(rows()), archive(FILES))
    for reader in (stage.focal["mx"], stage.coordinator, stage.focal["co"], stage.chair):
        desk = Desk(app, reader)
        desk.get(page, 404)
        for act in ("confirm", "throw-away", "go-on"):
            desk.send(f"{page}/{act}", {}, 404, form_at="/account/")
    Desk(app, stage.focal["mx"]).get(PAGE, 404)
    Desk(app).get(PAGE, 302)
    assert page not in Desk(app, stage.coordinator).get(PAGE)


def test_a_list_nobody_confirms_is_thrown_away_in_time_and_its_archive_with_it(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    desk = Desk(app, stage.officer)
    storage = storage_of(settings)
    page = send(desk, book(rows()), archive(FILES))
    with clock.moved(timedelta(days=6)):
        documents.forget_lists(stage.engine)
    kept = list(storage.keys_before(datetime.now(UTC) + timedelta(days=9)))
    assert len(kept) == 1
    desk.get(page)
    with clock.moved(timedelta(days=8)):
        documents.forget_lists(stage.engine)
    desk.get(page, 404)
    second = send(desk, book(rows()), archive(FILES))
    desk.send(f"{second}/throw-away", {}, form_at=second)
    desk.get(second, 404)
    assert there(stage) == []


def test_an_archive_that_waits_is_not_swept(app: Flask, stage: Stage, settings: Settings, monkeypatch: Any) -> None:
    send(Desk(app, stage.officer), book(rows()), archive(FILES))
    storage = storage_of(settings)
    monkeypatch.setattr(clock, "machine", lambda: datetime.now(UTC) + timedelta(days=3))
    assert documents.sweep(stage.engine, storage) == 0
    with system_unit(stage.engine, Reason.FILES) as system:
        system.delete(system.scalars(select(PaperList)).one())
    assert documents.sweep(stage.engine, storage) == 1


def test_one_row_and_many_are_the_same_work(app: Flask, stage: Stage) -> None:
    workshop(stage)
    desk = Desk(app, stage.officer)
    counts = []
    for number in (1, 3, 9):
        listed = rows()[:1]
        files = {}
        for place in range(number):
            files[f"{place}.txt"] = f"Paper {place} of {number}\n".encode()
            listed.append(
                [f"RCX/{number}/{place}", "", f"Paper {place}", "", "2004", "Workshop", "1", "", "", f"{place}.txt"]
            )
        page = send(desk, book(listed), archive(files))
        desk.get(page)
        with statements_sent() as sent:
            desk.get(page)
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_it_stands_in_every_language(app: Flask, stage: Stage, settings: Settings, language: str) -> None:
    workshop(stage)
    desk = Desk(app, stage.officer)
    desk.get(f"{PAGE}?lang={language}")
    page = send(desk, book(rows()), archive(FILES))
    assert "Plan of action" in desk.get(page) or "Plan d’action" in desk.get(page)
    confirm(desk, page)
    work(stage, settings)
    desk.get(page)
    assert len(there(stage)) == 3


def test_the_level_of_rows_that_say_none_is_chosen_and_never_everyone(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.officer)
    desk.send(
        PAGE,
        {"otherwise": "public", "listing": upload(book(rows()), "l.xlsx"), "archive": upload(archive(FILES), "a.zip")},
        422,
    )
    send(desk, book(rows()), archive(FILES), otherwise="participants")
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        one = system.scalars(select(PaperList)).one()
        assert one.state is ListState.LOOKED_AT
        assert [row["level"] for row in one.content["rows"]] == ["tous les participants", Level.PARTICIPANTS.value]
