"""The page of a label: looking before saving, forged choices, stale saves, answers behind a link; a meeting's form."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.confidentiality.models import Declassification, LoweringState, ProposedLowering
from secretariat.core import clock
from secretariat.core.models import SecurityEvent
from secretariat.core.session import Reason, system_unit
from secretariat.mail import links
from secretariat.meetings.models import Meeting
from tests.factories.meetings import calm_in
from tests.integration.confidentiality.conftest import Desk, Stage

WHY = {"why": "agreed by telephone"}
WIDER = {"readers": "participants", "widens": "y", **WHY}


def named(stage: Stage, *states: str) -> dict[str, object]:
    return {
        "readers": "named",
        "named_participants": [f"participant:{stage.world.id[one]}" for one in states],
        "named_offices": [f"secretariat:{stage.world.id['government']}"],
        **WHY,
    }


def security(stage: Stage) -> list[str]:
    with system_unit(stage.engine, Reason.AUDIT, writes=False) as system:
        return list(system.scalars(select(SecurityEvent.kind)))


def test_who_will_read_it_is_shown_before_anything_is_stored(app: Flask, stage: Stage) -> None:
    before = stage.readers("commitment")
    desk = Desk(app, stage.who("gt"))
    page = desk.look(stage.path("commitment"), WIDER)
    shown = page[page.index('id="who-reads"') :]
    assert "Belize, Colombia, Guatemala, Honduras, International Organization for Migration and Mexico" in re.sub(
        r"\s+", " ", shown
    )
    assert re.search(r"<dt>Added</dt><dd>\s*Colombia and International Organization for Migration", shown)
    assert "agreed by telephone" in page  # what was typed is kept
    assert stage.readers("commitment") == before


def test_a_change_is_stored_once_it_was_looked_at(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("gt"))
    answered, _location, page = desk.post(stage.path("commitment"), WIDER, form=desk.get(stage.path("commitment")))
    assert answered == 422
    assert "Look below at who will read it" in page
    assert "co" not in stage.readers("commitment")
    assert "Those added read it from now on" in desk.change(stage.path("commitment"), WIDER)
    assert "co" in stage.readers("commitment")


def test_another_choice_than_the_one_looked_at_is_shown_first(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("gt"))
    looked = desk.look(stage.path("commitment"), named(stage, "gt"))
    answered, _location, _page = desk.post(stage.path("commitment"), WIDER, form=looked)
    assert answered == 422
    assert "co" not in stage.readers("commitment")


@pytest.mark.parametrize(
    "forged",
    [
        {"readers": "public"},  # the members have agreed to no public page
        {"readers": "body:00000000-0000-4000-8000-000000000000"},
        {"readers": "named", "named_participants": "participant:00000000-0000-4000-8000-000000000000"},
        {"readers": "named", "named_offices": "secretariat:00000000-0000-4000-8000-000000000000"},
        {"readers": "named", "named_persons": "person:00000000-0000-4000-8000-000000000000"},
        {"readers": "17"},
        {"when": "event", "occasion": "report adopted:00000000-0000-4000-8000-000000000000"},
    ],
)
@pytest.mark.parametrize("act", ["look", ""])
def test_a_label_that_is_not_theirs_to_give_is_not_there(
    app: Flask, stage: Stage, forged: dict[str, str], act: str
) -> None:
    before = stage.readers("item")
    desk = Desk(app, stage.who("officer"))
    answered, _location, _page = desk.post(
        stage.path("item"), {**WHY, **forged, "act": act}, form=desk.get(stage.path("item"))
    )
    assert answered == 404
    assert security(stage).count("label not theirs to give") == 1
    assert stage.readers("item") == before


def test_the_other_side_of_the_wall_is_not_offered(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    answered, _location, _page = desk.post(stage.path("item"), named(stage, "house"), form=desk.get(stage.path("item")))
    assert answered == 404


@pytest.mark.parametrize(
    ("who", "what"),
    [("mx", "commitment"), ("co", "commitment"), ("coordinator", "item"), ("administrator", "item"), ("gt", "item")],
)
def test_the_page_is_not_there_for_who_may_do_nothing_with_it(app: Flask, stage: Stage, who: str, what: str) -> None:
    Desk(app, stage.who(who)).get(stage.path(what), 404)


def test_a_refused_label_is_said_beside_the_choice(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    path = stage.path("commitment")
    typed = {"readers": "secretariat", **WHY, "act": "look"}
    answered, _location, page = desk.post(path, typed, form=desk.get(path))
    assert answered == 422
    assert "It would be hidden from the participant whose paper it is." in page


def test_a_label_changed_meanwhile_is_a_conflict_with_both_texts(app: Flask, stage: Stage) -> None:
    path = stage.path("commitment")
    first, second = Desk(app, stage.who("gt")), Desk(app, stage.who("gt2"))
    looked = first.look(path, WIDER)
    second.change(path, named(stage, "gt", "mx"))
    answered, _location, page = first.post(path, WIDER, form=looked)
    assert answered == 409
    assert "What stands now:" in page
    assert "co" not in stage.readers("commitment")


def test_the_secretariat_proposes_from_the_same_page_and_the_link_answers(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    officer = Desk(app, stage.who("officer"))
    assert "Propose it to the participant" in officer.look(stage.path("commitment"), WIDER)
    assert "Proposed." in officer.change(stage.path("commitment"), WIDER)
    assert "co" not in stage.readers("commitment")
    gt = stage.who("gt")
    assert gt is not None
    with system_unit(stage.engine, Reason.MAIL) as system:
        row = system.scalars(select(ProposedLowering)).one()
        key = row.id
        made = links.issue(
            system, key="test:lowering", scope="lowering", person=gt.person, hat=gt.hat,
            process=stage.world.id["process"], track=stage.world.id["government"], subjects=[key],
        )  # fmt: skip
    assert "A wider label, awaiting an answer" in Desk(app, gt).get("/")
    address = f"/l/{links.token_of(settings.secret_key, made)}/lowering"
    desk = Desk(app, None)
    page = desk.get(address)
    assert "It is your paper" in page
    answered, location, _page = desk.post(address, {"answer": "accept"}, form=page)
    assert answered == 303
    assert "Opened, as was proposed" in desk.get(location)
    assert "co" in stage.readers("commitment")
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        assert system.get_one(ProposedLowering, key).state is LoweringState.ACCEPTED


def test_the_secretariat_takes_a_proposal_back_and_cannot_answer_it(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.who("officer"))
    officer.change(stage.path("commitment"), WIDER)
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        key = system.scalars(select(ProposedLowering.id)).one()
    page = officer.get(f"/readers/lowerings/{key}")
    assert officer.post(f"/readers/lowerings/{key}", {"answer": "accept"}, form=page)[0] == 404
    assert officer.post(f"/readers/lowerings/{key}/take-back", {}, form=page)[0] == 303
    assert "Taken back" in officer.get(f"/readers/lowerings/{key}")
    Desk(app, stage.who("mx")).get(f"/readers/lowerings/{key}", 404)


def test_planned_and_called_off_on_the_page(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("gt"))
    path, day = stage.path("commitment"), clock.today() + timedelta(days=9)
    page = desk.change(path, {**WIDER, "when": "day", "on": day.isoformat()})
    assert "Decided for later" in page
    assert "opens as planned" in Desk(app, stage.who("officer")).get("/")
    with system_unit(stage.engine, Reason.LABELLING, writes=False) as system:
        key = system.scalars(select(Declassification.id)).one()
    call_off = f"/readers/declassifications/{key}/call-off"
    assert Desk(app, stage.who("mx")).post(call_off, {}, form=page)[0] in (400, 404)
    assert desk.post(call_off, {}, form=page)[0] == 303
    assert "Decided for later" not in desk.get(path)


def test_a_day_to_look_again_from_the_page_to_the_first_page(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    path = stage.path("item")
    page = desk.get(path)
    review = path.replace("/label", "/review")
    assert desk.post(review, {"on": (clock.today() - timedelta(days=1)).isoformat()}, form=page)[0] == 422
    assert desk.post(review, {"on": (clock.today() + timedelta(days=5)).isoformat()}, form=desk.get(path))[0] == 303
    assert "to be looked at again" in desk.get("/")
    looked = re.findall(r'action="(/readers/reviews/[^"]+/looked-at)"', desk.get(path))[0]
    assert desk.post(looked, {}, form=desk.get(path))[0] == 303
    assert "to be looked at again" not in desk.get("/")


NEW = "/processes/rcx/meetings/new"


def meeting(**more: object) -> dict[str, object]:
    return {
        "starts_on": calm_in(60, 1).isoformat(),
        "zone": "America/Panama",
        "title-en": "A meeting of few",
        "attribution": "chatham_house",
        "readers": "members",
        "notice": "same",
        **more,
    }


def test_the_form_of_a_meeting_shows_who_will_read_it_and_keeps_what_was_typed(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    page = desk.look(NEW, meeting(**{k: v for k, v in named(stage, "gt", "mx").items() if k != "why"}))
    assert re.search(r"<dt>Participants</dt><dd>Guatemala and Mexico", page)
    assert 'value="A meeting of few"' in page
    with system_unit(stage.engine, Reason.LABELLING, writes=False) as system:
        assert system.scalars(select(Meeting.id).where(Meeting.id != stage.of["meeting"][1])).all() == []


def test_a_meeting_for_named_readers_is_read_by_them_alone(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    typed = meeting(**{k: v for k, v in named(stage, "gt").items() if k != "why"}, act="announce")
    assert desk.post(NEW, typed, form=desk.get(NEW))[0] == 303
    with system_unit(stage.engine, Reason.LABELLING, writes=False) as system:
        key = system.scalars(select(Meeting.id).where(Meeting.id != stage.of["meeting"][1])).one()
    stage.of["made"] = "meetings", key
    assert stage.readers("made") == {"officer", "gt", "gt2", "chair"}


def test_named_readers_without_one_named_is_said(app: Flask, stage: Stage) -> None:
    desk = Desk(app, stage.who("officer"))
    answered, _location, page = desk.post(NEW, meeting(readers="named"), form=desk.get(NEW))
    assert answered == 422
    assert "Tick at least one reader" in page
