"""Old papers in bulk: all or nothing a row, the same list twice, an interrupted one, rows that cannot be taken."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import Document, DocumentFile, DocumentVersion, VersionState
from secretariat.meetings import service as meetings
from tests.factories import documents as made
from tests.factories.meetings import acting, looking, scheduled
from tests.integration.documents.conftest import Desk, Stage

LIST = """file,title,language,kind,symbol,date,level
plan.pdf,Plan of action,en,report,RCX/2004/1,2004-05,participants
plan-es.docx,Plan de acción,es,report,RCX/2004/1,2004-05,participants
note.txt,Note of a visit,en,,,2003,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_in = tmp_path / "old papers"
    made_in.mkdir()
    (made_in / "plan.pdf").write_bytes(made.pdf("Plan"))
    (made_in / "plan-es.docx").write_bytes(made.docx("Plan"))
    (made_in / "note.txt").write_bytes(made.TEXT)
    return made_in


def bring_in(app: Flask, folder: Path, text: str = LIST, slug: str = "rcx") -> Result:
    listing = folder / "list.csv"
    listing.write_text(text, encoding="utf-8")
    return app.test_cli_runner().invoke(args=["documents", "import", str(folder), str(listing), "--process", slug])


def there(stage: Stage) -> list[tuple[str | None, str, VersionState]]:
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        rows = system.execute(
            select(Document.symbol, DocumentVersion.language, DocumentVersion.state)
            .join(DocumentVersion, DocumentVersion.document_id == Document.id)
            .join(DocumentFile, DocumentFile.version_id == DocumentVersion.id)
        )
        return sorted(((row.symbol, row.language, row.state) for row in rows), key=str)


def test_a_list_brings_in_its_papers_with_progress(app: Flask, stage: Stage, folder: Path) -> None:
    told = bring_in(app, folder)
    assert told.exit_code == 0, told.output
    assert told.output.splitlines() == [
        "[1/3] line 2, plan.pdf: added",
        "[2/3] line 3, plan-es.docx: added",
        "[3/3] line 4, note.txt: added",
        "3 added, 0 there already, 0 refused.",
    ]
    assert there(stage) == [
        ("RCX/2004/1", "en", VersionState.ORIGINAL),
        ("RCX/2004/1", "es", VersionState.FINAL),
        (None, "en", VersionState.ORIGINAL),
    ]
    with looking(stage.engine, stage.focal["co"]) as session:
        assert session.scalars(select(Document.symbol)).all() == ["RCX/2004/1"]
    member = Desk(app, stage.focal["mx"])
    assert "Note of a visit" in member.get("/processes/rcx/documents/")


def test_the_same_list_again_changes_nothing(app: Flask, stage: Stage, folder: Path) -> None:
    bring_in(app, folder)
    before = there(stage)
    told = bring_in(app, folder)
    assert told.output.splitlines()[-1] == "0 added, 3 there already, 0 refused."
    assert there(stage) == before


def test_one_that_was_interrupted_goes_on_where_it_stopped(app: Flask, stage: Stage, folder: Path) -> None:
    bring_in(app, folder, "\n".join(LIST.splitlines()[:2]) + "\n")
    told = bring_in(app, folder)
    assert told.output.splitlines()[-1] == "2 added, 1 there already, 0 refused."


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("gone.pdf,Gone,en,report,,2004,", "gone.pdf is not in the folder"),
        ("../list.txt,Out,en,report,,2004,", "../list.txt lies outside the folder"),
        ("note.txt,Note,en,poem,,2004,", "kind is one of: agenda"),
        ("note.txt,Note,en,report,,soon,", "date is a year, a month or a day"),
        ("note.txt,Note,en,report,,2004,secret", "level is one of: public, participants, members"),
        ("note.txt,Note,en,report,,2004,public", "Nothing of this process is public"),
        ("note.txt,,en,report,,2004,", "title is empty"),
        (f"note.txt,Note,en,report,{'x' * 161},2004,", "symbol has at most 160 characters"),
        ("note.txt,Note,english please,report,,2004,", "language is a code such as en"),
        ("lie.pdf,Lie,en,report,,2004,", "This file is not what its name says."),
        ("locked.pdf,Locked,en,report,,2004,", "This file is locked with a password."),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_whole_and_the_others_come_in(
    app: Flask, stage: Stage, settings: Settings, folder: Path, row: str, why: str
) -> None:
    (folder.parent / "list.txt").write_text("x")
    (folder / "lie.pdf").write_bytes(made.docx())
    (folder / "locked.pdf").write_bytes(made.pdf(password="secret"))
    told = bring_in(app, folder, LIST.splitlines()[0] + f"\n{row}\n" + LIST.splitlines()[1] + "\n")
    assert told.exit_code == 1
    assert why in told.output
    assert "1 added, 0 there already, 1 refused." in told.output
    assert len([one for one in (settings.data_root / "documents").glob("*/*") if one.is_file()]) == 1
    assert there(stage) == [("RCX/2004/1", "en", VersionState.ORIGINAL)]


def test_another_file_under_a_symbol_that_is_there_is_refused(app: Flask, stage: Stage, folder: Path) -> None:
    bring_in(app, folder)
    (folder / "plan.pdf").write_bytes(made.pdf("Another"))
    told = bring_in(app, folder)
    assert "RCX/2004/1 is there in en with another file" in told.output
    assert "0 added, 2 there already, 1 refused." in told.output


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("file,title\n", "The heading lacks: language"),
        ("file,title,language,colour\nnote.txt,Note,en,red\n", "The heading has what is not known: colour"),
    ],
)
def test_a_list_without_its_columns_is_refused(app: Flask, stage: Stage, folder: Path, text: str, why: str) -> None:
    told = bring_in(app, folder, text)
    assert told.exit_code == 1
    assert why in told.output


def test_a_process_that_is_not_there_is_told(app: Flask, stage: Stage, folder: Path) -> None:
    told = bring_in(app, folder, slug="nowhere")
    assert "there is no track government of a process nowhere" in told.output
    assert there(stage) == []


def past_meeting(stage: Stage, title: str, first: date, *, body: str = "", entered: bool = True) -> UUID:
    words: dict[str, Any] = {"title": LocalText.of(title), "starts_on": first, "ends_on": first, "last_ends": None}
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body=body, announce=False, **words)
        if entered:
            meetings.enter_as_held(session, meeting)
        return meeting.id


def test_a_row_names_its_meeting_by_title_or_day(app: Flask, stage: Stage, folder: Path) -> None:
    plenary = past_meeting(stage, "9th Vice-Ministerial Meeting", date(2004, 5, 20), body="Vice-Ministerial Meeting")
    past_meeting(stage, "Workshop", date(2004, 6, 1))
    second = past_meeting(stage, "Workshop", date(2005, 6, 1))
    head = "file,title,language,kind,level,meeting,meeting_date\n"
    rows = [
        "plan.pdf,By its title,en,report,members,9th Vice-Ministerial Meeting,",
        "plan-es.docx,By its day,en,report,members,,2004-05-20",
        "note.txt,By both,en,report,members,Workshop,2005-06-01",
    ]
    told = bring_in(app, folder, head + "\n".join(rows) + "\n")
    assert told.exit_code == 0, told.output
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        found = {str(one.title): one.meeting_id for one in system.scalars(select(Document))}
    assert found == {"By its title": plenary, "By its day": plenary, "By both": second}
    assert "By its title" in Desk(app, stage.focal["mx"]).get(f"/meetings/{plenary}")


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("Nowhere,,", "There is no meeting Nowhere on this track"),
        ("Workshop,,", "Several meetings are called Workshop; give title and first day"),
        (",soon,", "A date is a year, a month or a day"),
        ("To come,,", "The meeting To come is a draft"),
        ("Plenary,,Steering Group", "The meeting Plenary is of another body than Steering Group"),
    ],
)
def test_a_meeting_that_is_not_clear_refuses_the_row(
    app: Flask, stage: Stage, settings: Settings, folder: Path, named: str, why: str
) -> None:
    for first in (date(2004, 6, 1), date(2005, 6, 1)):
        past_meeting(stage, "Workshop", first)
    past_meeting(stage, "To come", date(2006, 6, 1), entered=False)
    past_meeting(stage, "Plenary", date(2007, 6, 1), body="Vice-Ministerial Meeting")
    head = "file,title,language,kind,meeting,meeting_date,body\n"
    told = bring_in(app, folder, f"{head}note.txt,Note,en,report,{named}\n")
    assert told.exit_code == 1
    assert why in told.output
    assert there(stage) == []
    assert [one for one in (settings.data_root / "documents").glob("*/*") if one.is_file()] == []
