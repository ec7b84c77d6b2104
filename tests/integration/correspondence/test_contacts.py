"""The contact list: page, paper, CSV and vCards hold what their reader may know, each number as its owner allows."""

from __future__ import annotations

import csv
import io
from datetime import date

from flask import Flask
from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.correspondence import vcards
from secretariat.directory import cards, contact_list, service
from secretariat.directory.contact_list import Wanted
from secretariat.directory.models import Appointment, ContactCard
from secretariat.processes.models import Participant, Process, Track
from tests.factories import people
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

TO_ALL, TO_SECRETARIAT = "+501 255 5010", "+501 655 5020"
FORMULA = '=HYPERLINK("https://elsewhere.example")'


def numbered(stage: Stage, one: Official) -> None:
    """Two numbers, one of them for the secretariat alone; a subject, and a ministry that looks like a formula."""
    with acting(stage.engine, one) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == one.person)).one()
        service.add_number(session, card, "telephone", TO_ALL, cards.SharedWith.DIRECTORY)
        service.add_number(session, card, "mobile", TO_SECRETARIAT, cards.SharedWith.SECRETARIAT)
        card.ministry, card.languages = LocalText.of(FORMULA), ["es", "en"]
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, one.appointment).subject = LocalText.of("Consular; protection,\nchildren")


def test_each_reads_on_page_paper_and_file_what_its_owner_allows(app: Flask, stage: Stage) -> None:
    numbered(stage, stage.focal["bz"])
    officer, member, observer, network = (
        Desk(app, one) for one in (stage.officer, stage.focal["mx"], stage.focal["co"], stage.coordinator)
    )
    where = ("/people/rcx", "/people/rcx/contacts.csv", "/people/rcx/contacts.vcf")
    for path in where:
        [for_all, for_secretariat] = (TO_ALL, TO_SECRETARIAT)
        if path.endswith("vcf"):
            for_all, for_secretariat = for_all.replace(" ", ""), for_secretariat.replace(" ", "")
        assert for_secretariat in officer.get(path)
        page = member.get(path)
        assert for_all in page
        assert for_secretariat not in page
        for reader in (observer, network):
            page = reader.get(path)
            assert for_all not in page
            assert "Belize" not in page or path == "/people/rcx"
    assert "No focal point named yet" in officer.get("/people/rcx")
    assert "No focal point named yet" not in member.get("/people/rcx")
    paper = member.client.get("/people/rcx/contact-list.docx")
    assert paper.status_code == 200
    assert paper.headers["Content-Disposition"].endswith(".docx")
    member.get("/people/rcx/contacts.txt", 404)


def test_a_list_is_narrowed_and_read_by_theme(app: Flask, stage: Stage) -> None:
    numbered(stage, stage.focal["bz"])
    member = Desk(app, stage.focal["mx"])
    assert "Belize" in member.get("/people/rcx?language=es")
    assert "1 appointment." in member.get("/people/rcx?language=es&role=focal_point")
    assert "1 appointment." in member.get("/people/rcx?by=theme")
    assert member.get("/people/rcx?role=nothing&language=xx").count("<tr><th") == member.get("/people/rcx").count(
        "<tr><th"
    )


def test_a_csv_runs_nothing_and_a_vcard_holds_one_value_a_line(app: Flask, stage: Stage) -> None:
    numbered(stage, stage.focal["bz"])
    member = Desk(app, stage.focal["mx"])
    rows = list(csv.reader(io.StringIO(member.get("/people/rcx/contacts.csv").lstrip("\ufeff"))))
    assert rows[0][0].startswith("Members only.")
    assert any("'" + FORMULA in row for row in rows)
    text = member.get("/people/rcx/contacts.vcf")
    unfolded = text.replace("\r\n ", "")
    assert "CATEGORIES:RCX,Consular\\; protection\\,\\nchildren" in unfolded
    assert text.count("BEGIN:VCARD") == text.count("END:VCARD") == text.count("\nNOTE:Members only.")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_what_looks_like_another_line_stays_in_its_own() -> None:
    made = vcards.vcards([vcards.Card("k", "Ana\r\nEND:VCARD", note="ñ" * 80)], date(2026, 1, 2))
    lines = made.decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("END:VCARD") == 1
    assert "FN:Ana\\nEND:VCARD" in lines
    assert f"NOTE:{'ñ' * 80}" in lines


def test_a_long_list_costs_as_many_statements_as_a_short_one(app: Flask, stage: Stage) -> None:
    member = Desk(app, stage.focal["mx"])
    few = counted(member)
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, stage.id["government"])
        for place in range(120):
            subject = LocalText.of(f"Theme {place % 3}") if place % 2 else None
            whose = session.get_one(Participant, stage.id["gt" if place % 5 else "bz"])
            people.alternate(session, track, whose, name=f"Alternate {place}", subject=subject)
        for place, card in enumerate(session.scalars(select(ContactCard).where(ContactCard.track_id == track.id))):
            card.languages = [["es", "en"], ["fr"], []][place % 3]
    assert counted(member) == few
    leaf_through(stage, stage.focal["mx"])
    assert "Mexico</th>" not in member.get("/people/rcx")
    assert "Mexico</th>" in member.get("/people/rcx?page=2")


def leaf_through(stage: Stage, reader: Official) -> None:
    """Its pages, one after the other, are the whole list as papers and files have it."""
    with looking(stage.engine, reader) as session:
        process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
        on = session.viewer.on
        every, whole = contact_list.alike(session, process, on), contact_list.lines_of(session, process, on)
        for theme_first in (False, True):
            for wanted in (Wanted(), Wanted(language="es"), Wanted(theme="Theme 1"), Wanted("alternate", every[1].hat)):
                some = [one for one in every if wanted.fits(one)]
                lines = [one for one in whole if wanted.fits(one)]
                if theme_first:
                    some, lines = contact_list.by_theme(some), [one for one in lines if one.theme]
                    lines.sort(key=lambda one: one.theme)
                assert len(lines) == sum(one.number for one in some) > 0
                leafed = []
                for first in range(0, len(lines) + 7, 7):
                    leafed += contact_list.page_of(
                        session, process, on, some, wanted, first, 7, theme_first=theme_first
                    )
                assert [one.row for one in leafed] == [one.row for one in lines]
                assert [one.theme for one in leafed] == [one.theme for one in lines]


def counted(reader: Desk) -> int:
    for _time in range(3):
        reader.get("/people/rcx")
    with statements_sent() as sent:
        reader.get("/people/rcx")
    return len(sent)
