"""The register: letters in and out have their number, are found by their words, and lead to what they decided."""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.correspondence.register_models import LetterScan, RegisteredLetter
from tests.integration.meetings.conftest import Desk, Stage

WHERE = "/processes/rcx/government/register"


def entered(desk: Desk, stage: Stage, **more: Any) -> str:
    """An entry; where its page is."""
    typed = {
        "direction": "in",
        "kind": "note_verbale",
        "participant": str(stage.id["mx"]),
        "subject": "Nomination of a focal point",
        "passed_on": "2026-03-03",
        "dated": "2026-03-01",
        "reference": "DGM/214/2026",
        "decided": "A nomination",
        **more,
    }
    return desk.send(f"{WHERE}/new", typed)[0]


def test_a_letter_has_its_number_its_scan_and_what_it_answers(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    first = entered(officer, stage, scans=FileStorage(BytesIO(b"Sealed and signed."), "note.txt"))
    second = entered(officer, stage, direction="out", earlier=first.rpartition("/")[2], subject="Our thanks")
    page = officer.get(first)
    assert "RCX/REG/2026/R.1" in page
    assert "RCX/REG/2026/R.2" in page, "what answers it"
    assert "Nomination of a focal point" in officer.get(second)
    [scan] = re.findall(r'href="(/letters/scans/[^"]+)"', page)
    with officer.client.get(scan) as answer:
        assert answer.data == b"Sealed and signed."
    officer.send(f"{first}/edit", {**fields_of(officer, first), "subject": "Nomination of two focal points"})
    assert "Nomination of two focal points" in officer.get(first)
    for reader in (stage.focal["mx"], stage.coordinator, stage.chair):
        for path in (first, scan, WHERE, f"{WHERE}/new"):
            Desk(app, reader).get(path, 404)


def fields_of(desk: Desk, page: str) -> dict[str, str]:
    form = desk.get(f"{page}/edit")
    typed = dict(re.findall(r'name="(subject|dated|passed_on|reference|decided)"[^>]*value="([^"]*)"', form))
    chosen = dict(re.findall(r'name="(direction|kind)" value="([^"]*)"[^>]*checked', form))
    [participant] = re.findall(r'<option selected value="([0-9a-f-]{36})"', form)[:1]
    return {name: html.unescape(value) for name, value in {**typed, **chosen, "participant": participant}.items()}


def test_it_is_found_by_words_names_and_kind(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    entered(officer, stage)
    entered(
        officer, stage, participant="", correspondent="Embassy of Elsewhere", subject="A visit", kind="letter",
        direction="out", reference="",
    )  # fmt: skip
    officer.get(WHERE)  # what was entered last is said once
    assert officer.get(WHERE).count("RCX/REG/2026/R.") == 2
    for query, found in (("q=mexico", "Nomination"), ("q=elsewhere", "A visit"), ("q=dgm%2F214", "Nomination")):
        page = officer.get(f"{WHERE}?{query}")
        assert page.count("RCX/REG/2026/R.") == 1
        assert found in page
    assert officer.get(f"{WHERE}?direction=out").count("RCX/REG/2026/R.") == 1
    assert "No letter here has these words." in officer.get(f"{WHERE}?q=100%25")


def test_what_is_named_elsewhere_is_entered_in_one_step_and_circulars_enter_themselves(
    app: Flask, stage: Stage
) -> None:
    officer = Desk(app, stage.officer)
    page = officer.get(WHERE)
    assert "Note 12/2024" in page
    [address, *_others] = re.findall(r'href="([^"]+/register/new\?appointment=[^"]+)"', page)
    proposed = officer.get(html.unescape(address))
    assert 'value="Note 12/2024"' in proposed
    typed = {"direction": "in", "kind": "note_verbale", "participant": str(stage.id["mx"]), "subject": "Nomination"}
    where, _page = officer.send(html.unescape(address), {**typed, "passed_on": "2026-03-03"})
    assert "The appointment it made" in officer.get(where)
    assert officer.get(WHERE).count("Note 12/2024") == page.count("Note 12/2024") - 1
    draft = {"title-en": "Hurricane", "words-en": "Words.", "standings": ["member"]}
    circular, _page = officer.send("/processes/rcx/government/circulars/new", draft)
    officer.send(f"{circular}/send", {})
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        one = session.scalars(select(RegisteredLetter).where(RegisteredLetter.circular_id.is_not(None))).one()
        assert (one.subject, one.reference, one.passed_on) == ("Hurricane", "RCX/CIRC/2026/1", clock.today("UTC"))
        assert one.correspondent.startswith("Members (4")
        assert session.scalars(select(LetterScan)).all() == []


def test_a_day_that_lies_ahead_and_nobody_to_write_to_are_told(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    typed = {"direction": "in", "kind": "letter", "subject": "A visit", "passed_on": "2099-01-01"}
    assert officer.wrong(f"{WHERE}/new", {**typed, "participant": str(stage.id["mx"])}) == [
        "This day lies ahead; give the day on which it came or went"
    ]
    assert officer.wrong(f"{WHERE}/new", {**typed, "passed_on": "2026-01-01"}) == [
        "Say with whom: choose a participant, or give a name."
    ]
