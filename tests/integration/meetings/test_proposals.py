"""Items that states propose for an agenda, what is decided of them, and who is told."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from config import Settings
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import queries, service
from secretariat.meetings.models import ItemState
from tests.factories.meetings import acting, again, looking, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import link, meeting_of
from tests.support.sql import statements_sent

GIVEN = {"title-en": "Return of children", "words-en": "Two cases in confidence", "readers": "deciding"}


def proposed(stage: Stage, meeting: UUID, state: str = "mx", **words: Any) -> UUID:
    given = {"title": LocalText.of("Return of children"), "words": LocalText.of("In confidence"), **words}
    with acting(stage.engine, stage.focal[state]) as session:
        return service.propose_item(session, again(session, meeting), service.ProposedItem(**given)).id


def seen(stage: Stage, meeting: UUID, reader: Official) -> list[tuple[str, ItemState]]:
    with looking(stage.engine, reader) as session:
        return [(str(one.title), one.state) for one in queries.item_proposals_of(session, meeting)]


def agenda(stage: Stage, meeting: UUID, reader: Official) -> list[tuple[str, str, UUID | None]]:
    with looking(stage.engine, reader) as session:
        found = queries.agenda_of(session, meeting)
        return [(str(one.title), str(one.annotation or ""), one.led_by_id) for one in found]


def told(stage: Stage) -> list[UUID]:
    with system_unit(stage.engine, Reason.MAIL) as system:
        return [one.person_id for one in system.query(OutboxMessage).filter_by(notice="item_answered").all()]


def test_a_state_proposes_an_item_which_those_who_decide_read(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/proposals/new", GIVEN)
    for reader in (stage.focal["mx"], stage.officer):
        assert seen(stage, meeting, reader) == [("Return of children", ItemState.PROPOSED)]
    for reader in (stage.focal["bz"], stage.focal["co"], stage.coordinator):
        assert seen(stage, meeting, reader) == []
    assert "Return of children" not in Desk(app, stage.focal["bz"]).get(f"/meetings/{meeting}")


def test_the_link_of_the_mail_takes_an_item_too(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    with looking(stage.engine, stage.focal["mx"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["mx"])
        assert own is not None
        key = own.id
    token = link(stage, settings, stage.focal["mx"], key)
    desk = Desk(app)
    assert f"/l/{token}/propose" in desk.get(f"/l/{token}/reply")
    desk.send(f"/l/{token}/propose", {**GIVEN, "readers": "meeting"})
    assert seen(stage, meeting, stage.focal["bz"]) == [("Return of children", ItemState.PROPOSED)]


@pytest.mark.parametrize("readers", list(service.ItemReaders))
def test_what_is_taken_up_stands_on_the_agenda_and_what_was_said_in_confidence_does_not(
    app: Flask, stage: Stage, readers: service.ItemReaders
) -> None:
    meeting = meeting_of(stage)
    key = proposed(stage, meeting, readers=readers)
    page = f"/meetings/{meeting}/proposals/{key}"
    desk = Desk(app, stage.officer)
    desk.send(f"{page}/answer", {"taken_up": "yes"}, form_at=page)
    said = "In confidence" if readers is service.ItemReaders.MEETING else ""
    assert agenda(stage, meeting, stage.focal["bz"]) == [("Return of children", said, stage.id["mx"])]
    assert told(stage) == [stage.focal["mx"].person]
    assert "1. Return of children" in Desk(app, stage.focal["mx"]).get(page)
    desk.send(f"{page}/answer", {"taken_up": "no", "answer-en": "No"}, 404, form_at=f"/meetings/{meeting}")
    assert len(agenda(stage, meeting, stage.officer)) == 1


def test_what_is_not_taken_up_is_answered_with_a_word(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    page = f"/meetings/{meeting}/proposals/{proposed(stage, meeting)}"
    desk = Desk(app, stage.officer)
    _location, shown = desk.send(f"{page}/answer", {"taken_up": "no"}, 422, form_at=page)
    assert "Say in a word why it is not taken up this time" in shown
    assert (seen(stage, meeting, stage.officer)[0][1], told(stage)) == (ItemState.PROPOSED, [])
    desk.send(f"{page}/answer", {"taken_up": "no", "answer-en": "At the next meeting"}, form_at=page)
    assert "At the next meeting" in Desk(app, stage.focal["mx"]).get(page)
    assert agenda(stage, meeting, stage.officer) == []
    assert told(stage) == [stage.focal["mx"].person]


def test_the_chair_of_the_body_decides(app: Flask, stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Steering Group", readers=service.Readers.BODY).id
    page = f"/meetings/{meeting}/proposals/{proposed(stage, meeting)}"
    Desk(app, stage.chair).send(f"{page}/answer", {"taken_up": "yes"}, form_at=page)
    assert [one[0] for one in agenda(stage, meeting, stage.focal["mx"])] == ["Return of children"]


def test_whose_it_is_withdraws_it_and_nobody_else(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    page = f"/meetings/{meeting}/proposals/{proposed(stage, meeting, readers=service.ItemReaders.MEETING)}"
    for reader, status in ((stage.focal["bz"], 404), (stage.officer, 404), (stage.focal["mx"], 303)):
        Desk(app, reader).send(f"{page}/withdraw", {}, status, form_at=f"/meetings/{meeting}")
    assert seen(stage, meeting, stage.officer) == []
    Desk(app, stage.officer).send(f"{page}/answer", {"taken_up": "yes"}, 404, form_at=f"/meetings/{meeting}")


def test_bad_input_is_said_and_nothing_is_stored(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    desk, path = Desk(app, stage.focal["mx"]), f"/meetings/{meeting}/proposals/new"
    assert desk.wrong(path, {"readers": "deciding"}) == ["Give the item its words, for example Return of children"]
    for _number in range(20):
        proposed(stage, meeting)
    _location, shown = desk.send(path, GIVEN, 422)
    assert "already await an answer" in shown
    Desk(app, stage.officer).get(path, 404)
    Desk(app, stage.focal["co"]).get(path, 404)
    assert len(seen(stage, meeting, stage.officer)) == 20


def test_the_page_of_the_meeting_is_the_same_work_for_one_and_for_many(app: Flask, stage: Stage) -> None:
    meeting, counts = meeting_of(stage), []
    desk = Desk(app, stage.officer)
    for more in (1, 6):
        for _number in range(more):
            proposed(stage, meeting)
        for _again in range(2):
            desk.get(f"/meetings/{meeting}")
        with statements_sent() as sent:
            desk.get(f"/meetings/{meeting}")
        counts.append(len(sent))
    assert counts[0] == counts[1]
