"""Lists of contacts: every problem at its row and column, nothing before it is confirmed, nobody appointed by one."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from config import Settings
from secretariat.core.session import Reason, system_unit
from secretariat.correspondence.listed_models import ContactList, ListedContact
from secretariat.directory.models import Appointment, ContactCard, ContactNumber
from secretariat.jobs import service as jobs
from secretariat.mail.models import OutboxMessage
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

SEND = "/people/rcx/government/lists"
LISTED = "/people/rcx/listed"
HEAD = ["Country", "Name", "Function", "Email", "Phone"]


def book(rows: list[list[Any]], merged: tuple[str, str] | None = None) -> bytes:
    from xlsxwriter import Workbook

    out = BytesIO()
    made = Workbook(out, {"in_memory": True})
    sheet = made.add_worksheet("People")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(place, column, cell)
    if merged:
        sheet.merge_range(*merged)
    made.close()
    return out.getvalue()


def sent(desk: Desk, content: bytes, name: str = "people.xlsx", at: str = SEND) -> str:
    location, _page = desk.send(at, {"table": FileStorage(BytesIO(content), name)})
    return location.removesuffix("/columns")


def press(desk: Desk, page: str, what: str, **typed: str) -> str:
    return desk.send(f"{page}/{what}", typed, form_at=page)[0]


def work(stage: Stage, settings: Settings) -> None:
    for key in jobs.waiting(stage.engine):
        jobs.do(stage.engine, key, settings)


def columns_of(desk: Desk, page: str, **changed: str) -> dict[str, str]:
    form = desk.get(f"{page}/columns")
    chosen = dict(
        re.findall(r'<select[^>]*name="(\w+)"[^>]*>(?:(?!</select>).)*<option selected value="([^"]*)"', form, re.S)
    )
    picked = dict(re.findall(r'name="(\w+)" value="(\w+)"[^>]*checked', form)) | dict(
        re.findall(r'checked[^>]*name="(\w+)"[^>]*value="(\w+)"', form)
    )
    heading = dict(re.findall(r'name="(heading)"[^>]*value="(\d+)"', form))
    return {**heading, **chosen, **picked, **changed}


def counts(stage: Stage) -> tuple[int, ...]:
    with system_unit(stage.engine, Reason.JOB) as system:
        kinds = (ListedContact, Appointment, ContactCard, ContactNumber, OutboxMessage)
        return tuple(system.scalar(select(func.count()).select_from(one)) or 0 for one in kinds)


def test_a_list_is_looked_at_mended_confirmed_and_merged(app: Flask, stage: Stage, settings: Settings) -> None:
    officer = Desk(app, stage.officer)
    with system_unit(stage.engine, Reason.JOB) as system:
        card = system.scalars(select(ContactCard).where(ContactCard.person_id == stage.focal["mx"].person)).one()
        known, number = card.name, next(one.value for one in card.numbers if one.kind == "mail")
    before = counts(stage)
    rows = [
        HEAD,
        ["México", known, "Directora", number, "+52 55 5555 0101"],  # 2: a card has this name
        ["Belice", "Ana Paz", "Head", "ana@bz.example", "501 600 1234"],  # 3: no number
        ["Belize", "Desk", "Desk", "ana@bz.example", ""],  # 4: the address of another
        ["Atlantis", "Nobody", "", "not an address", ""],  # 5: no participant, no address
        ["Belize", "PAZ, Ana", "", "", "+501 600 9999"],  # 6: likely row 3
        ["Guatemala", "<script>alert(1)</script>", "", "", ""],  # 7: a program
    ]
    page = sent(officer, book(rows))
    wrong = officer.get(page)
    for sentence in (
        "“501 600 1234” is no telephone number with the code of its country",
        "Nobody here is called “Atlantis”",
        "“not an address” is no address for mail.",
        "Something a program would run stands here.",
    ):
        assert sentence in wrong, sentence
    assert "The same address" not in wrong
    assert "Ana Paz in row 3 has the same address" in officer.get(f"{page}?show=notes")
    assert counts(stage) == before, "nothing stands anywhere"
    assert officer.send(f"{page}/confirm", {}, 422, form_at=page)
    rows[6][1] = "Luz Sol"
    officer.send(f"{page}/throw-away", {}, form_at=page)
    page = sent(officer, book(rows))
    officer.send(f"{page}/columns", columns_of(officer, page, lenient="yes"))
    press(officer, page, "names", of_0="nobody")
    alike = officer.get(f"{page}?show=alike")
    assert alike.count("<small>Likely ") == 2
    assert "Named by letter" in alike
    press(officer, page, "confirm")
    work(stage, settings)
    listed, appointments, cards, numbers, mails = counts(stage)
    assert (listed, appointments, cards, mails) == (3, before[1], before[2], before[4]), (
        "nobody is appointed or written to"
    )
    assert numbers == before[3] + 1, "the new telephone, on the card that was there"
    assert "3 contacts were entered." in officer.get(page)
    people = officer.get(LISTED)
    [ana] = re.findall(r'href="(/people/listed/[^"]+)"><bdi>Ana Paz<', people)
    told = officer.get(ana)
    assert "+501 600 9999" in told, "of the row that was the same person"
    assert "PAZ, Ana" in told
    own = Desk(app, stage.focal["bz"])
    assert "Ana Paz" in own.get(LISTED)
    assert "Luz Sol" not in own.get(LISTED)
    for stranger in (stage.focal["mx"], stage.focal["co"], stage.coordinator, stage.chair):
        Desk(app, stranger).get(ana, 404)
    # a list sent again finds everybody here, and what is apart can be made one later
    again = sent(
        officer, book([HEAD, ["Belize", "Anita Paz", "", "ana2@bz.example", ""], ["Belize", "Ana Paz", "", "", ""]])
    )
    press(officer, again, "alike", of_0="apart")
    press(officer, again, "confirm")
    work(stage, settings)
    assert counts(stage)[0] == 5
    [pair] = set(re.findall(r'href="(/people/listed/[^"]+/merge/[^"]+)"', officer.get(LISTED)))
    assert "Ana Paz stays." in officer.get(pair)
    officer.send(pair, {})
    assert counts(stage)[0] == 4
    [ana] = re.findall(r'href="(/people/listed/[^"]+)"><bdi>Ana Paz<', own.get(LISTED))
    assert "+501 600 9999" in own.get(ana), "whichever stayed has the numbers of both"
    own.send(f"{ana}/take-off", {})
    assert counts(stage)[0] == 3


def test_five_thousand_contacts_with_merged_cells(app: Flask, stage: Stage, settings: Settings) -> None:
    """Nothing is lost, and the page asks as much as for one."""
    officer = Desk(app, stage.officer)
    many = 5000 if settings.database_url.startswith("sqlite") else 500  # the second tells nothing the first does not
    rows = [
        HEAD,
        *(
            ["" if place else "Belize", f"Person {place}", "Head", f"p{place}@bz.example", f"+501 600 {place:04}"]
            for place in range(many)
        ),
    ]
    one, all_of_them = sent(officer, book(rows[:2])), sent(officer, book(rows, (f"A2:A{many + 1}", "Belize")))
    officer.get(one)
    with statements_sent() as few:
        officer.get(one)
    officer.get(one)  # what a session stores once a minute is stored before
    with statements_sent() as as_many:
        officer.get(all_of_them)
    assert len(as_many) == len(few)
    assert f"{many} contacts would be entered." in officer.get(all_of_them)
    press(officer, all_of_them, "confirm")
    work(stage, settings)
    assert counts(stage)[0] == many


def test_what_cannot_be_read_says_why(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    for content, name, sentence in (
        (b"%PDF-1.7", "a.pdf", "This is a PDF."),
        (b"\xd0\xcf\x11\xe0rest", "a.xls", "of an older kind"),
        (b"PK\x03\x04broken", "a.xlsx", "cannot be opened"),
        ("Ñ;é".encode("latin-1"), "a.csv", "letters of this table"),
        (b"BEGIN:VCARD\nVERSION:2.1\nFN:A\nEND:VCARD", "a.vcf", "older kind"),
        (b"BEGIN:VCARD\nVERSION:4.0\nFN:A", "a.vcf", "to their end"),
        (b"", "a.csv", "empty"),
    ):
        _where, page = officer.send(SEND, {"table": FileStorage(BytesIO(content), name)}, 422)
        assert sentence in page, (name, sentence)
    card = b"BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nORG:Belize;Foreign Affairs\nURL:javascript:alert(1)\nEND:VCARD"
    page = officer.get(sent(officer, card, "ana.vcf") + "?show=notes")
    assert "URL holds a program or a link to one, and was left out." in page
    assert "alert(1)" not in page
    for stranger in (stage.focal["mx"], stage.coordinator, stage.chair):
        Desk(app, stranger).get(SEND, 404)
    coordination = Desk(app, stage.coordinator)
    network = SEND.replace("government", stage_network(stage))
    coordination.get(network)
    with system_unit(stage.engine, Reason.JOB) as system:
        assert system.scalar(select(func.count()).select_from(ContactList)) == 1
    coordination.get(f"{LISTED}")


def stage_network(stage: Stage) -> str:
    from secretariat.processes.models import Track

    with system_unit(stage.engine, Reason.JOB) as system:
        return system.get_one(Track, stage.id["network"]).slug
