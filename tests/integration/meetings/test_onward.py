"""What comes after an outcome: its page, another body's agenda, matters arising, what became of it."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from secretariat.core.lineage import became
from secretariat.core.localtext import LocalText
from secretariat.meetings import queries, service
from secretariat.meetings.models import Adoption, Outcome
from tests.factories.meetings import acting, again, in_days, looking, outcome, particulars, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

TECHNICAL = "Steering Group"
POLITICAL = "Vice-Ministerial Meeting"


def held(stage: Stage, body: str = TECHNICAL, title: str = "3rd Meeting of the Steering Group") -> UUID:
    """A meeting that took place yesterday, for the members of its body."""
    readers = service.Readers.BODY if body == TECHNICAL else service.Readers.MEMBERS
    words: dict[str, Any] = {"title": LocalText.of(title), "readers": readers}
    with acting(stage.engine, stage.officer) as session:
        key = scheduled(session, body=body, **words).id
        moved = particulars(starts_on=in_days(-1), ends_on=in_days(-1), last_ends=None, **words)
        service.change_meeting(session, again(session, key), moved)
        service.record_attendance(session, again(session, key), {})
        return key


def coming(stage: Stage, body: str = POLITICAL) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return scheduled(session, body=body).id


def confirmed(stage: Stage, meeting: UUID, text: str, *, kind: str = "decision", due_on: date | None = None) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        found = again(session, meeting)
        words = service.OutcomeWords(kind=kind, text=LocalText.of(text), due_on=due_on)
        made = service.record_outcome(session, found, words)
        service.confirm_outcome(
            session, found, made, service.Confirmation(adoption=Adoption.CONSENSUS, word="In the room")
        )
        return made.id


def arising(app: Flask, stage: Stage, meeting: UUID) -> list[str]:
    """What is offered for an agenda."""
    page = Desk(app, stage.officer).get(f"/meetings/{meeting}/agenda/matters")
    return re.findall(r'name="chosen"[^>]*> <span>([^<]*)<br>', page)


def taken_up(app: Flask, stage: Stage, meeting: UUID, *keys: str) -> str:
    location, _page = Desk(app, stage.officer).send(f"/meetings/{meeting}/agenda/matters", {"chosen": list(keys)})
    return location


def test_an_outcome_goes_up_to_another_body_and_both_sides_show_it(app: Flask, stage: Stage) -> None:
    below, above = held(stage), coming(stage)
    made = confirmed(stage, below, "Prepare guidelines on consular protection")
    assert arising(app, stage, above) == []
    page = f"/meetings/{below}/outcomes/{made}"
    desk = Desk(app, stage.officer)
    assert "Nothing yet." in desk.get(page)
    desk.send(f"{page}/send", {"to": str(stage.id["plenary"])})
    assert POLITICAL in desk.get(page)
    assert arising(app, stage, above) == ["Prepare guidelines on consular protection"]
    taken_up(app, stage, above, f"outcome:{made}")
    with looking(stage.engine, stage.officer) as session:
        (item,) = queries.agenda_of(session, above)
        assert (str(item.title), item.from_outcome_id) == ("Prepare guidelines on consular protection", made)
    assert "from an outcome" in desk.get(f"/meetings/{above}")
    assert f"/meetings/{above}#item-{item.id}" in desk.get(page)
    assert arising(app, stage, above) == []


def test_who_reads_one_end_of_the_line_is_not_told_of_the_other(app: Flask, stage: Stage) -> None:
    """Belize is no member of the steering group: it reads the item, not the outcome from which it comes."""
    below, above = held(stage), coming(stage)
    made = confirmed(stage, below, "Prepare guidelines on consular protection")
    with acting(stage.engine, stage.officer) as session:
        service.send_outcome(session, again(session, below), found(session, made), stage.id["plenary"])
    taken_up(app, stage, above, f"outcome:{made}")
    shown = Desk(app, stage.focal["bz"]).get(f"/meetings/{above}")
    assert "Prepare guidelines on consular protection" in shown
    assert "from an outcome" not in shown
    Desk(app, stage.focal["bz"]).get(f"/meetings/{below}/outcomes/{made}", 404)
    with looking(stage.engine, stage.focal["bz"]) as session:
        assert [str(one.title) for one in became(session, made)] == ["21st Vice-Ministerial Meeting"]
    with looking(stage.engine, stage.focal["co"]) as session:
        assert became(session, made) == []


def found(session: object, outcome_id: UUID) -> Outcome:
    one = queries.outcome_by_id(session, outcome_id)  # type: ignore[arg-type]
    assert one is not None
    return one


def test_what_is_to_be_done_arises_until_it_is_seen_to(app: Flask, stage: Stage) -> None:
    before, after = held(stage, POLITICAL, "20th Vice-Ministerial Meeting"), coming(stage)
    dated = confirmed(stage, before, "Report on training", kind="conclusion", due_on=in_days(20))
    confirmed(stage, before, "Migration is a shared concern", kind="declaration")
    confirmed(stage, before, "Convene a workshop", kind="action_point")
    assert arising(app, stage, after) == ["Report on training", "Convene a workshop"]
    assert arising(app, stage, coming(stage, TECHNICAL)) == []
    desk, page = Desk(app, stage.officer), f"/meetings/{before}/outcomes/{dated}"
    desk.send(f"{page}/seen-to", {})
    assert "Seen to; nothing more is to be done." in desk.get(page)
    assert arising(app, stage, after) == ["Convene a workshop"]
    desk.send(f"{page}/open-again", {}, form_at=page)
    assert arising(app, stage, after) == ["Report on training", "Convene a workshop"]


def test_a_long_outcome_is_shortened_in_the_title_and_stands_whole_in_the_annotation(app: Flask, stage: Stage) -> None:
    before, after = held(stage, POLITICAL, "20th Vice-Ministerial Meeting"), coming(stage)
    text = "To prepare guidelines, " * 20
    made = confirmed(stage, before, text.strip())
    taken_up(app, stage, after, f"outcome:{made}")
    with looking(stage.engine, stage.officer) as session:
        (item,) = queries.agenda_of(session, after)
        assert len(str(item.title)) <= 300
        assert str(item.title).endswith("guidelines…")
        assert str(item.annotation) == text.strip()


def test_nothing_ticked_is_said_and_what_does_not_arise_is_not_found(app: Flask, stage: Stage) -> None:
    before, after = held(stage, POLITICAL, "20th Vice-Ministerial Meeting"), coming(stage)
    confirmed(stage, before, "Convene a workshop")
    other = confirmed(stage, held(stage), "Of another body")
    desk, path = Desk(app, stage.officer), f"/meetings/{after}/agenda/matters"
    assert desk.wrong(path, {}) == ["Tick what the agenda is to take up"]
    desk.send(path, {"chosen": f"outcome:{other}"}, 404)
    with looking(stage.engine, stage.officer) as session:
        assert queries.agenda_of(session, after) == []


@pytest.mark.parametrize("which", ["own", "network"])
def test_an_outcome_goes_to_no_body_that_is_not_there_for_it(app: Flask, stage: Stage, which: str) -> None:
    meeting = held(stage)
    made = confirmed(stage, meeting, "Prepare guidelines")
    body = {"own": stage.id["steering"], "network": stage.id["network_body"]}[which]
    path = f"/meetings/{meeting}/outcomes/{made}/send"
    Desk(app, stage.officer).send(path, {"to": str(body)}, 404)
    with looking(stage.engine, stage.officer) as session:
        assert found(session, made).sent_to_id is None


def test_a_draft_is_led_nowhere(app: Flask, stage: Stage) -> None:
    meeting = held(stage)
    with acting(stage.engine, stage.officer) as session:
        made = outcome(session, again(session, meeting), "A draft").id
    page = f"/meetings/{meeting}/outcomes/{made}"
    desk = Desk(app, stage.officer)
    assert "Send it on" not in desk.get(page)
    desk.get(f"{page}/send", 404)
    reader: Official = stage.focal["mx"]
    Desk(app, reader).get(page, 404)


def test_matters_are_the_same_work_for_one_and_for_many(app: Flask, stage: Stage) -> None:
    before, after = held(stage, POLITICAL, "20th Vice-Ministerial Meeting"), coming(stage)
    desk, path = Desk(app, stage.officer), f"/meetings/{after}/agenda/matters"
    counts = []
    for more in (1, 5):
        for number in range(more):
            confirmed(stage, before, f"Point {number}", kind="action_point")
        for _again in range(2):
            desk.get(path)
        with statements_sent() as sent:
            desk.get(path)
        counts.append(len(sent))
    assert counts[0] == counts[1]
