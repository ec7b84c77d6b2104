"""The agenda: items and their parts, order, numbers and hours; issued, adopted, annotated."""

import html
import io
import re
from typing import Any
from uuid import UUID

import pytest
import time_machine
from docx import Document
from flask import Flask

from secretariat.core.labelling import label_value
from secretariat.core.localtext import LocalText
from secretariat.meetings import queries, service
from tests.factories.meetings import acting, again, in_days, looking, scheduled
from tests.integration.meetings.conftest import Desk, Stage

Line = tuple[str, str]


def plenary(stage: Stage, **fields: Any) -> UUID:
    """An announced meeting of members, two days long, from nine."""
    with acting(stage.engine, stage.officer) as session:
        return scheduled(session, body="Vice-Ministerial Meeting", **fields).id


def put(stage: Stage, meeting: UUID, title: str, within: UUID | None = None, **words: Any) -> UUID:
    """An item of the agenda, or a part of one."""
    with acting(stage.engine, stage.officer) as session:
        given = service.ItemWords(title=LocalText.of(title), within=within, **words)
        return service.add_item(session, again(session, meeting), given).id


def agenda(stage: Stage, meeting: UUID, reader: Any = None) -> list[Line]:
    """Places and titles, as this reader sees them."""
    with looking(stage.engine, reader or stage.officer) as session:
        return [(one.place, str(one.title)) for one in queries.agenda_of(session, meeting)]


def with_parts(stage: Stage, meeting: UUID) -> dict[str, UUID]:
    """Opening; Plan, with Workshop and Guidelines; Lunch; Next meeting, on the second day."""
    made = {"Opening": put(stage, meeting, "Opening", minutes=30), "Plan": put(stage, meeting, "Plan", minutes=60)}
    made["Workshop"] = put(stage, meeting, "Workshop", made["Plan"], minutes=20)
    made["Guidelines"] = put(stage, meeting, "Guidelines", made["Plan"], minutes=50)
    made["Lunch"] = put(stage, meeting, "Lunch", is_break=True, minutes=90)
    made["Next meeting"] = put(stage, meeting, "Next meeting", day=2)
    return made


def test_the_agenda_is_kept_and_reordered_without_a_script(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    desk = Desk(app, stage.officer)
    for title, minutes in (("Opening", "30"), ("Report", "45"), ("Lunch", "90")):
        more = {"is_break": "y"} if title == "Lunch" else {}
        desk.send(f"/meetings/{meeting}/agenda/new", {"title-en": title, "day": "1", "minutes": minutes, **more})
    with looking(stage.engine, stage.officer) as session:
        opening, report, _lunch = (one.id for one in queries.agenda_of(session, meeting))
    page = f"/meetings/{meeting}"
    location, _page = desk.send(f"{page}/agenda/{report}/move", {"act": "up"}, form_at=page)
    assert location.endswith(f"#item-{report}")
    assert agenda(stage, meeting, stage.focal["gt"]) == [("1", "Report"), ("2", "Opening"), ("", "Lunch")]
    shown = Desk(app, stage.focal["gt"]).get(page)
    assert re.findall(r'<bdi dir="ltr">(\d\d:\d\d)</bdi>', shown) == ["09:00", "09:45", "10:15"]
    desk.send(f"{page}/agenda/{opening}/move", {"act": "remove"}, form_at=page)
    assert agenda(stage, meeting) == [("1", "Report"), ("", "Lunch")]


def test_parts_stand_behind_their_item_with_numbers_and_hours_of_their_own(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    with_parts(stage, meeting)
    assert agenda(stage, meeting, stage.focal["gt"]) == [
        ("1", "Opening"), ("2", "Plan"), ("2.1", "Workshop"), ("2.2", "Guidelines"), ("", "Lunch"),
        ("3", "Next meeting"),
    ]  # fmt: skip
    shown = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}")
    assert re.findall(r'<bdi dir="ltr">(\d\d:\d\d)</bdi>', shown) == [
        "09:00", "09:30", "09:30", "09:50", "10:30", "09:00",
    ]  # fmt: skip
    assert "Its parts take 10 minutes more than the item has." in shown


def test_a_part_is_added_and_made_an_item_on_the_form(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    plan = put(stage, meeting, "Plan", day=2)
    desk = Desk(app, stage.officer)
    words = {"title-en": "Workshop", "day": "1", "within": str(plan), "annotation-en": "For discussion."}
    desk.send(f"/meetings/{meeting}/agenda/new", words)
    assert agenda(stage, meeting) == [("1", "Plan"), ("1.1", "Workshop")]
    with looking(stage.engine, stage.officer) as session:
        part = queries.agenda_of(session, meeting)[1]
        assert (part.day, str(part.annotation)) == (2, "For discussion.")
    desk.send(f"/meetings/{meeting}/agenda/{part.id}", {"title-en": "Workshop", "day": "1", "within": ""})
    assert agenda(stage, meeting) == [("1", "Workshop"), ("2", "Plan")]


def test_an_item_takes_its_parts_along_and_a_part_stays_in_its_item(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    made = with_parts(stage, meeting)
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}"

    def move(title: str, **press: str) -> list[Line]:
        desk.send(f"{page}/agenda/{made[title]}/move", press, form_at=page)
        return agenda(stage, meeting)

    assert move("Plan", act="up")[:4] == [("1", "Plan"), ("1.1", "Workshop"), ("1.2", "Guidelines"), ("2", "Opening")]
    assert move("Guidelines", act="up")[:3] == [("1", "Plan"), ("1.1", "Guidelines"), ("1.2", "Workshop")]
    assert move("Guidelines", act="up")[:3] == [("1", "Plan"), ("1.1", "Guidelines"), ("1.2", "Workshop")]
    assert move("Plan", beside=str(made["Next meeting"]), act="after")[-4:] == [
        ("2", "Next meeting"), ("3", "Plan"), ("3.1", "Guidelines"), ("3.2", "Workshop"),
    ]  # fmt: skip
    with looking(stage.engine, stage.officer) as session:
        assert [one.day for one in queries.agenda_of(session, meeting)] == [1, 1, 2, 2, 2, 2]
    assert move("Next meeting", beside=str(made["Opening"]), act="before")[0] == ("1", "Next meeting")
    before = agenda(stage, meeting)
    assert move("Workshop", beside=str(made["Opening"]), act="before") == before
    assert "A part of an item stays inside its item" in desk.get(page)
    assert move("Opening", beside=str(made["Opening"]), act="before") == before


def test_what_stands_beside_nothing_is_not_found(app: Flask, stage: Stage) -> None:
    meeting, other = plenary(stage), plenary(stage)
    made, elsewhere = with_parts(stage, meeting), put(stage, other, "Elsewhere")
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}"
    before = agenda(stage, meeting)
    for beside in (str(elsewhere), "nothing", ""):
        desk.send(f"{page}/agenda/{made['Plan']}/move", {"beside": beside, "act": "after"}, 404, form_at=page)
    assert agenda(stage, meeting) == before


def test_an_item_with_parts_stays_until_they_are_gone(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    made = with_parts(stage, meeting)
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}"
    desk.send(f"{page}/agenda/{made['Plan']}/move", {"act": "remove"}, form_at=page)
    assert "This item has parts" in desk.get(page)
    for title in ("Workshop", "Guidelines", "Plan"):
        desk.send(f"{page}/agenda/{made[title]}/move", {"act": "remove"}, form_at=page)
    assert agenda(stage, meeting) == [("1", "Opening"), ("", "Lunch"), ("2", "Next meeting")]


@pytest.mark.parametrize(
    ("item", "typed", "said"),
    [
        (None, {"within": "Plan", "is_break": "y"}, ["A break stands between items, not inside one"]),
        ("Plan", {"within": "Opening"}, ["This item has parts of its own, so it cannot be a part"]),
        ("Plan", {"is_break": "y"}, ["This item has parts; a break has none"]),
    ],
)
def test_what_cannot_be_a_part_is_said_beside_its_field(
    app: Flask, stage: Stage, item: str | None, typed: dict[str, str], said: list[str]
) -> None:
    meeting = plenary(stage)
    made = with_parts(stage, meeting)
    before = agenda(stage, meeting)
    if "within" in typed:
        typed = {**typed, "within": str(made[typed["within"]])}
    path = f"/meetings/{meeting}/agenda/{made[item] if item else 'new'}"
    assert Desk(app, stage.officer).wrong(path, {"title-en": "Words", "day": "1", **typed}) == said
    assert agenda(stage, meeting) == before


@pytest.mark.parametrize(("item", "within"), [(None, "Lunch"), (None, "Workshop"), ("Opening", "Opening")])
def test_what_has_no_parts_is_not_offered_and_not_found(
    app: Flask, stage: Stage, item: str | None, within: str
) -> None:
    meeting = plenary(stage)
    made = with_parts(stage, meeting)
    before = agenda(stage, meeting)
    path = f"/meetings/{meeting}/agenda/{made[item] if item else 'new'}"
    Desk(app, stage.officer).send(path, {"title-en": "Words", "day": "1", "within": str(made[within])}, 404)
    assert agenda(stage, meeting) == before


def test_a_part_is_for_no_more_readers_than_its_item(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    desk = Desk(app, stage.officer)
    path = f"/meetings/{meeting}/agenda/new"
    desk.send(path, {"title-en": "Budget", "day": "1", "readers": "secretariat"})
    put(stage, meeting, "Plan")
    with looking(stage.engine, stage.officer) as session:
        budget = next(one for one in queries.agenda_of(session, meeting) if str(one.title) == "Budget")
    part = put(stage, meeting, "Salaries", budget.id)
    assert agenda(stage, meeting, stage.focal["gt"]) == [("1", "Plan")]
    assert agenda(stage, meeting) == [("1", "Budget"), ("1.1", "Salaries"), ("1", "Plan")]
    desk.send(f"/meetings/{meeting}/agenda/{part}", {"title-en": "Salaries", "day": "1", "within": ""})
    with looking(stage.engine, stage.officer) as session:
        found = again(session, meeting)
        moved = queries.agenda_item(session, meeting, part)
        assert moved is not None
        assert label_value(session, moved.label_id) == label_value(session, found.label_id)
    assert agenda(stage, meeting, stage.focal["gt"]) == [("1", "Plan"), ("2", "Salaries")]


def test_an_agenda_is_issued_as_provisional_and_then_adopted(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}"
    assert "Issue the provisional agenda" not in desk.get(page)
    desk.send(f"{page}/agenda/issue", {}, form_at=page)
    assert "Nothing stands on the agenda yet" in desk.get(page)
    put(stage, meeting, "Opening")
    desk.send(f"{page}/agenda/issue", {}, form_at=page)
    shown = desk.get(page)
    assert "The provisional agenda is issued" in shown
    assert "Provisional, issued on" in shown
    assert "Note that the meeting adopted it" not in shown
    assert words_of(desk, f"{page}/agenda/paper.docx")[0].startswith("Provisional agenda: ")
    with time_machine.travel(f"{in_days(30)}T15:00:00Z", tick=False):
        desk = Desk(app, stage.officer)
        assert "Note that the meeting adopted it" in desk.get(page)
        desk.send(f"{page}/agenda/adopt", {}, form_at=page)
        assert "Adopted on" in Desk(app, stage.focal["mx"]).get(page)
        assert words_of(desk, f"{page}/agenda/paper.docx")[0].startswith("Agenda: ")


def test_the_annotated_agenda_says_what_each_item_is_for(app: Flask, stage: Stage) -> None:
    meeting = plenary(stage)
    plan = put(stage, meeting, "Plan", minutes=60, annotation=LocalText.of("For decision.\nThe draft is attached."))
    put(stage, meeting, "Workshop", plan, minutes=20, led_by_text="the Secretariat")
    path = f"/meetings/{meeting}/agenda/new"
    narrow = {"title-en": "Budget", "annotation-en": "In confidence", "day": "1", "readers": "secretariat"}
    Desk(app, stage.officer).send(path, narrow)
    words = words_of(Desk(app, stage.officer), f"/meetings/{meeting}/agenda/annotated.docx")
    assert words[words.index("1. Plan") :][:6] == [
        "1. Plan", "09:00 · 60 minutes", "For decision.", "The draft is attached.",
        "1.1. Workshop", "09:00 · 20 minutes · led by the Secretariat",
    ]  # fmt: skip
    assert not [one for one in words if "Budget" in one or "confidence" in one]


def words_of(desk: Desk, path: str) -> list[str]:
    """The paragraphs of a DOCX, its title first."""
    answer = desk.client.get(path)
    assert answer.status_code == 200, html.unescape(answer.get_data(as_text=True))[:300]
    made = Document(io.BytesIO(answer.get_data()))
    words = [re.sub("[\u2066-\u2069\u200e\u200f]", "", one.text).strip() for one in made.paragraphs]
    return [made.core_properties.title, *(one for one in words if one)]


def test_an_item_to_which_more_belongs_is_not_taken_off_by_one_press_beside_the_arrows(
    app: Flask, stage: Stage
) -> None:
    meeting = plenary(stage)
    bare = put(stage, meeting, "Opening")
    full = put(stage, meeting, "Plan", annotation=LocalText.of("What is asked of the meeting."))
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}"
    location, _page = desk.send(f"{page}/agenda/{full}/move", {"act": "remove"}, form_at=page)
    assert location.endswith(f"/agenda/{full}")
    assert "Nothing is taken off yet" in desk.get(location)
    assert agenda(stage, meeting) == [("1", "Opening"), ("2", "Plan")]
    desk.send(f"{page}/agenda/{full}/move", {"act": "remove-all"}, form_at=location)
    desk.send(f"{page}/agenda/{bare}/move", {"act": "remove"}, form_at=page)
    assert agenda(stage, meeting) == []
