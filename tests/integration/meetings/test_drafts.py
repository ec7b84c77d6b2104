"""Conclusions pasted from a draft, split into outcomes which the officer confirms."""

import re
from typing import Any
from uuid import UUID

from flask import Flask

from secretariat.meetings import queries, service
from secretariat.meetings.models import AttributionRule, OutcomeState
from tests.factories.meetings import acting, again, looking, scheduled
from tests.integration.meetings.conftest import Desk, Stage

DRAFT = """Conclusions

1. Agreed to convene a workshop on
consular protection.
2. Requested the Technical Secretariat to circulate a draft.
"""


def meeting(stage: Stage, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return scheduled(session, body="Vice-Ministerial Meeting", **fields).id


def pasted(desk: Desk, path: str, text: str = DRAFT) -> dict[str, str]:
    """The form of the paragraphs, filled in as it is proposed."""
    _location, page = desk.send(path, {"language": "en", "text": text}, 200)
    rows: dict[str, str] = {"language": "en", "count": re.findall(r'name="count"[^>]*value="(\d+)"', page)[0]}
    for name, words in re.findall(r'<textarea[^>]*name="(text_\d+)"[^>]*>\s*([^<]*)</textarea>', page):
        rows[name] = words
    for name, choices in re.findall(r'<select[^>]*name="((?:kind|addressed_to)_\d+)"[^>]*>(.*?)</select>', page, re.S):
        rows[name] = next(iter(re.findall(r'<option selected value="([^"]*)"', choices)), "")
    rows |= dict.fromkeys(re.findall(r'<input checked[^>]*name="(take_\d+)"', page), "y")
    return rows


def recorded(stage: Stage, key: UUID) -> list[tuple[str, str, str]]:
    with looking(stage.engine, stage.officer) as session:
        found = queries.outcomes_of(session, key)
        assert {one.state for one in found} <= {OutcomeState.DRAFT}
        return [(str(one.text), one.kind, one.addressed_to) for one in found]


def test_each_paragraph_becomes_a_draft_outcome(app: Flask, stage: Stage) -> None:
    key = meeting(stage)
    desk, path = Desk(app, stage.officer), f"/meetings/{key}/outcomes/paste"
    rows = pasted(desk, path)
    assert "take_0" not in rows  # a heading
    assert recorded(stage, key) == []
    location, _page = desk.send(path, rows)
    assert location.endswith("#outcomes")
    assert "2 drafts are kept." in desk.get(f"/meetings/{key}")
    assert recorded(stage, key) == [
        ("Agreed to convene a workshop on consular protection.", "decision", ""),
        ("Requested the Technical Secretariat to circulate a draft.", "request", "secretariat"),
    ]


def test_what_the_officer_makes_of_a_paragraph_stands(app: Flask, stage: Stage) -> None:
    key = meeting(stage)
    desk, path = Desk(app, stage.officer), f"/meetings/{key}/outcomes/paste"
    rows = pasted(desk, path)
    del rows["take_2"]
    desk.send(path, {**rows, "take_0": "y", "text_0": "Migration is shared.", "kind_0": "declaration"})
    assert [one[:2] for one in recorded(stage, key)] == [
        ("Migration is shared.", "declaration"),
        ("Agreed to convene a workshop on consular protection.", "decision"),
    ]


def test_a_draft_that_names_who_was_at_the_table_is_queried(app: Flask, stage: Stage) -> None:
    key = meeting(stage)
    with acting(stage.engine, stage.officer) as session:
        service.invite(session, again(session, key), [stage.id["mx"]])
    desk, path = Desk(app, stage.officer), f"/meetings/{key}/outcomes/paste"
    rows = pasted(desk, path, "Agreed with the proposal of Mexico.")
    desk.wrong(path, rows)
    assert recorded(stage, key) == []


def test_nothing_pasted_too_much_and_nothing_ticked_are_said(app: Flask, stage: Stage) -> None:
    key = meeting(stage)
    desk, path = Desk(app, stage.officer), f"/meetings/{key}/outcomes/paste"
    assert desk.wrong(path, {"language": "en", "text": " "}) == ["Paste the paragraphs of the draft"]
    assert desk.wrong(path, {"language": "en", "text": "One.\n\n" * 61}) == [
        "These are 61 paragraphs; paste at most 60 at a time"
    ]
    rows = {name: value for name, value in pasted(desk, path).items() if not name.startswith("take")}
    _location, page = desk.send(path, rows, 422)
    assert "Tick the paragraphs that are outcomes" in page
    for forged in ({"count": "0"}, {"count": "4000"}, {"count": "00020001"}, {"count": "x"}, {"language": "xx"}):
        desk.send(path, {**rows, **forged}, 404)
    assert recorded(stage, key) == []


def test_off_the_record_nothing_is_pasted(app: Flask, stage: Stage) -> None:
    key = meeting(stage, attribution=AttributionRule.OFF_THE_RECORD)
    Desk(app, stage.officer).get(f"/meetings/{key}/outcomes/paste", 404)
