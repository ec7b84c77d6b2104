"""Answers taken by telephone: noted by the secretariat, confirmed by the focal point with one press."""

import re
from typing import Any
from uuid import UUID

from flask import Flask

from config import Settings
from secretariat.core.awaited import awaited
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import queries
from secretariat.meetings.models import Answer, Invitation, NotedAnswer
from tests.factories.meetings import in_days, looking
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import link, meeting_of

GIVEN = {"answer": "attends", "persons": "3", "word": "By telephone, from the focal point"}


def of(stage: Stage, meeting: UUID, state: str) -> Invitation:
    with looking(stage.engine, stage.officer) as session:
        return next(one for one in queries.invitations_of(session, meeting) if one.participant_id == stage.id[state])


def noted(app: Flask, stage: Stage, meeting: UUID, **typed: Any) -> str:
    path = f"/meetings/{meeting}/invitations/{of(stage, meeting, 'mx').id}/note"
    Desk(app, stage.officer).send(path, {**GIVEN, **typed})
    return path


def mails(stage: Stage) -> list[UUID]:
    """Whom a receipt is put out for."""
    with system_unit(stage.engine, Reason.MAIL) as system:
        found = system.query(OutboxMessage).filter_by(notice="meeting_answer_noted").all()
        return sorted((one.person_id for one in found), key=str)


def rows(stage: Stage) -> int:
    with system_unit(stage.engine, Reason.MAIL) as system:
        return system.query(NotedAnswer).count()


def test_what_was_noted_counts_once_the_focal_point_confirms_it(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    noted(app, stage, meeting)
    assert of(stage, meeting, "mx").answer is Answer.AWAITED
    with looking(stage.engine, stage.focal["mx"]) as session:
        waiting = [one.kind for one in awaited(session, in_days(0), participant=stage.id["mx"])]
        assert waiting == ["invitation"]
    assert mails(stage) == [stage.focal["mx"].person]
    assert "noted, not yet confirmed" in Desk(app, stage.officer).get(f"/meetings/{meeting}")
    page = f"/l/{link(stage, settings, stage.focal['mx'], of(stage, meeting, 'mx').id)}/reply"
    desk = Desk(app)
    assert re.search(r"The Secretariat noted:</b> you will attend, 3 persons", desk.get(page))
    desk.send(page, {"act": f"confirm:{noted_now(stage)}"})
    answer = of(stage, meeting, "mx")
    assert (answer.answer, answer.persons, answer.answered_by_id) == (Answer.ATTENDS, 3, stage.focal["mx"].person)
    assert rows(stage) == 0
    desk.send(page, {"act": "confirm"})
    assert "Nothing is noted that waits for you" in desk.get(page)


def test_another_answer_takes_its_place(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    noted(app, stage, meeting)
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/reply", {"answer": "regrets"})
    assert of(stage, meeting, "mx").answer is Answer.REGRETS
    assert rows(stage) == 0


def test_what_is_noted_anew_takes_the_place_of_what_was(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    noted(app, stage, meeting)
    noted(app, stage, meeting, answer="will_answer", will_answer_by=in_days(5).isoformat())
    assert rows(stage) == 1
    assert mails(stage) == [stage.focal["mx"].person] * 2
    shown = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/reply")
    assert "you will answer by" in shown


def test_nobody_else_is_told(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    path = noted(app, stage, meeting)
    for reader in (stage.focal["gt"], stage.focal["bz"], stage.coordinator):
        Desk(app, reader).get(path, 404)
        with looking(stage.engine, reader) as session:
            assert session.query(NotedAnswer).all() == []
    assert "noted" not in Desk(app, stage.focal["bz"]).get(f"/meetings/{meeting}")


def test_what_cannot_be_noted_is_said(app: Flask, stage: Stage) -> None:
    meeting, other = meeting_of(stage), meeting_of(stage)
    key = of(stage, meeting, "mx").id
    desk, path = Desk(app, stage.officer), f"/meetings/{meeting}/invitations/{key}/note"
    assert len(desk.wrong(path, {})) == 2
    assert desk.wrong(path, {**GIVEN, "answer": "will_answer"}) == ["Give the day by which you will know"]
    past = {**GIVEN, "answer": "will_answer", "will_answer_by": in_days(-2).isoformat()}
    assert desk.wrong(path, past) == ["That day is past; give one to come"]
    desk.get(f"/meetings/{other}/invitations/{key}/note", 404)
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/reply", {"answer": "attends"})
    _location, page = desk.send(path, GIVEN, 422)
    assert "This participant has answered itself" in page
    assert rows(stage) == 0
    assert mails(stage) == []


def noted_now(stage: Stage) -> UUID:
    with system_unit(stage.engine, Reason.MAIL) as system:
        return system.query(NotedAnswer).one().id


def test_what_was_noted_after_the_page_was_opened_is_not_confirmed_unseen(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    noted(app, stage, meeting, answer="regrets", persons="")
    page, desk = f"/meetings/{meeting}/reply", Desk(app, stage.focal["mx"])
    seen = noted_now(stage)
    assert f'value="confirm:{seen}"' in desk.get(page)
    noted(app, stage, meeting, persons="9")
    desk.send(page, {"act": f"confirm:{seen}"})
    assert of(stage, meeting, "mx").answer is Answer.AWAITED
    assert "The Secretariat has noted another answer in the meantime" in desk.get(page)
    desk.send(page, {"act": f"confirm:{noted_now(stage)}"})
    assert (of(stage, meeting, "mx").answer, of(stage, meeting, "mx").persons) == (Answer.ATTENDS, 9)
