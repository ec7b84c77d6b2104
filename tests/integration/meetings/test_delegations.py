"""Naming a delegation, who sees it, and the list."""

import html
import io
import re
from typing import Any
from uuid import UUID

import pytest
from docx import Document
from flask import Flask

from config import Settings
from secretariat.core.session import Reason, system_unit
from secretariat.mail import links
from secretariat.meetings import delegation_queries, queries, service
from secretariat.meetings.models import Answer, DelegateNeeds, DelegateRole
from tests.factories.meetings import acting, again, in_days, invited, looking, particulars, scheduled
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.sql import statements_sent

HEAD = {
    "name": "Ana Head",
    "role": "head",
    "function": "Director",
    "ministry": "Migration Institute",
    "level": "senior",
}


def meeting_of(stage: Stage, **fields: Any) -> UUID:
    """An announced meeting of members to which all of them are invited."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", **fields)
        invited(session, meeting)
        return meeting.id


def named(stage: Stage, meeting: UUID, state: str, name: str, **words: Any) -> UUID:
    with acting(stage.engine, stage.focal[state]) as session:
        own = queries.own_invitation(session, meeting, stage.id[state])
        assert own is not None
        return service.add_delegate(session, own, service.DelegateWords(name=name, **words)).id


def seen(stage: Stage, meeting: UUID, reader: Official) -> list[str]:
    """Names of all delegates, as this reader may see them."""
    with looking(stage.engine, reader) as session:
        return sorted(
            one.name for invitation in queries.invitations_of(session, meeting) for one in invitation.delegates
        )


def own(stage: Stage, meeting: UUID, state: str) -> tuple[Answer, int | None, list[tuple[str, DelegateRole, str]]]:
    with looking(stage.engine, stage.focal[state]) as session:
        found = queries.own_invitation(session, meeting, stage.id[state])
        assert found is not None
        people = sorted(found.delegates, key=lambda one: one.position)
        return found.answer, found.persons, [(one.name, one.role, one.level) for one in people]


def test_a_focal_point_names_its_delegation_person_by_person(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    desk, path = Desk(app, stage.focal["mx"]), f"/meetings/{meeting}/delegation"
    desk.send(path, HEAD)
    desk.send(path, {"name": "Berta Adviser", "role": "adviser", "language": "es", "needs": "A ramp"})
    assert own(stage, meeting, "mx") == (
        Answer.ATTENDS, 2, [("Ana Head", DelegateRole.HEAD, "senior"), ("Berta Adviser", DelegateRole.ADVISER, "")],
    )  # fmt: skip
    shown = desk.get(path)
    assert "A ramp" in shown
    assert re.findall(r'href="[^"]*delegation/[^"]*">([^<]*)</a>', shown) == ["Ana Head", "Berta Adviser"]


def test_the_link_of_the_mail_opens_the_same_without_a_password(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    with looking(stage.engine, stage.focal["mx"]) as session:
        found = queries.own_invitation(session, meeting, stage.id["mx"])
        assert found is not None
        key = found.id
    token = link(stage, settings, stage.focal["mx"], key)
    desk = Desk(app)
    assert f"/l/{token}/delegation" in desk.get(f"/l/{token}/reply")
    desk.send(f"/l/{token}/delegation", HEAD)
    person = re.findall(rf'href="(/l/{token}/delegation/[^"]*)"', desk.get(f"/l/{token}/delegation"))[0]
    desk.send(person, {**HEAD, "name": "Ana Maria Head"})
    assert own(stage, meeting, "mx")[2] == [("Ana Maria Head", DelegateRole.HEAD, "senior")]
    desk.send(person, {"act": "remove"})
    assert own(stage, meeting, "mx")[2] == []


def link(stage: Stage, settings: Settings, one: Official, subject: UUID) -> str:
    with system_unit(stage.engine, Reason.MAIL) as system:
        made = links.issue(
            system, key=f"test:{one.person}", scope="reply", person=one.person, hat=one.hat, subjects=[subject],
            process=stage.id["process"], track=stage.id["government"],
        )  # fmt: skip
        return links.token_of(settings.secret_key, made)


def test_what_cannot_be_is_said_beside_its_field(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD)
    desk, path = Desk(app, stage.focal["mx"]), f"/meetings/{meeting}/delegation"
    assert desk.wrong(path, {"name": "Other", "role": "head"}) == [
        "The delegation has a head already; make that one a delegate first"
    ]
    assert desk.wrong(path, {"name": "ana  HEAD", "role": "delegate"}) == ["This person is already in the delegation"]
    assert len(desk.wrong(path, {})) == 2
    long = "م" * 301
    assert desk.wrong(path, {"name": long, "role": "delegate"}) == ["Shorten this by 1 character."]
    assert own(stage, meeting, "mx")[2] == [("Ana Head", DelegateRole.HEAD, "")]
    desk.send(path, {"name": long[:300], "role": "delegate"})
    assert [one[0] for one in own(stage, meeting, "mx")[2]] == ["Ana Head", long[:300]]


def test_one_kept_off_the_list_and_what_one_needs_are_read_by_its_own_and_the_secretariat(
    app: Flask, stage: Stage
) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD, needs="A ramp")
    hidden = named(stage, meeting, "mx", "Carla Quiet", is_unlisted=True, needs="A quiet room")
    both = ["Ana Head", "Carla Quiet"]
    assert seen(stage, meeting, stage.focal["mx"]) == seen(stage, meeting, stage.officer) == both
    assert seen(stage, meeting, stage.focal["gt"]) == ["Ana Head"]
    for reader, needs in ((stage.focal["mx"], 2), (stage.officer, 2), (stage.focal["gt"], 0)):
        with looking(stage.engine, reader) as session:
            keys = [one.id for one in queries.invitations_of(session, meeting)]
            assert len(delegation_queries.needs_of(session, keys)) == needs
    page = f"/meetings/{meeting}/delegations"
    assert "A quiet room" in Desk(app, stage.officer).get(page)
    other = Desk(app, stage.focal["bz"]).get(page)
    assert "Ana Head" in other
    assert not [words for words in ("Carla Quiet", "A ramp", "A quiet room") if words in other]
    assert "Carla Quiet" not in " ".join(listed(Desk(app, stage.officer), meeting))
    path = f"/meetings/{meeting}/delegation/{hidden}"
    Desk(app, stage.focal["gt"]).get(path, 404)
    Desk(app, stage.focal["mx"]).send(path, {"name": "Carla Quiet", "role": "delegate"})
    assert seen(stage, meeting, stage.focal["gt"]) == both
    assert "Carla Quiet" in " ".join(listed(Desk(app, stage.officer), meeting))


def listed(desk: Desk, meeting: UUID) -> list[str]:
    """The paragraphs of the list as it is printed."""
    answer = desk.client.get(f"/meetings/{meeting}/delegations/paper.docx")
    assert answer.status_code == 200, html.unescape(answer.get_data(as_text=True))[:300]
    return [one.text for one in Document(io.BytesIO(answer.get_data())).paragraphs if one.text.strip()]


def test_the_list_begins_with_the_letter_that_was_drawn(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage, languages=["en"])
    for state in ("bz", "gt", "mx"):
        named(stage, meeting, state, f"Person of {state}")
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}/delegations"
    states = ("Belize", "Guatemala", "Mexico")
    assert [one for one in listed(desk, meeting) if one in states] == ["Belize", "Guatemala", "Mexico"]
    said = "In the alphabetical order of the first language of the meeting"
    assert said not in desk.get(page)
    desk.send(page, {"letter": "g"})
    assert [one for one in listed(desk, meeting) if one in states] == ["Guatemala", "Mexico", "Belize"]
    Desk(app, stage.focal["mx"]).send(page, {"letter": "b"}, 404, form_at=f"/meetings/{meeting}/delegation")


def test_who_reads_another_language_than_the_meetings_is_told_whose_order_it_is(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage, languages=["es", "en"])
    named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD)
    page = Desk(app, stage.officer).get(f"/meetings/{meeting}/delegations")
    assert "In the alphabetical order of the first language of the meeting: Spanish." in page


def test_regrets_and_new_days_keep_no_name(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD, needs="A ramp")
    named(stage, meeting, "mx", "Berta", needs="A meal")
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/reply", {"answer": "regrets"})
    assert own(stage, meeting, "mx") == (Answer.REGRETS, None, [])
    with system_unit(stage.engine, Reason.MAIL) as system:
        assert system.query(DelegateNeeds).count() == 0


def test_a_delegation_sees_whom_it_sent_before_and_nobody_else_s(app: Flask, stage: Stage) -> None:
    before = meeting_of(stage)
    named(stage, before, "mx", "Ana Head", role=DelegateRole.HEAD, ministry="Migration Institute", level="senior")
    named(stage, before, "gt", "Gonzalo")
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=in_days(-30), ends_on=in_days(-30), last_ends=None)
        service.change_meeting(session, again(session, before), moved)
        service.record_attendance(session, again(session, before), {})
    shown = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting_of(stage)}/delegation")
    assert "Migration Institute, Senior officials" in shown
    assert "Gonzalo" not in shown


def test_after_the_meeting_is_called_off_nobody_is_named(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    person = named(stage, meeting, "mx", "Ana Head", role=DelegateRole.HEAD)
    desk, path = Desk(app, stage.focal["mx"]), f"/meetings/{meeting}/delegation"
    token = re.findall(r'name="csrf_token"[^>]*value="([^"]*)"', desk.get(path))[0]
    Desk(app, stage.officer).send(f"/meetings/{meeting}/call-off", {"state": "cancelled"})
    assert "This meeting was cancelled" in desk.get(path)
    for address, typed in ((path, {"name": "Late", "role": "delegate"}), (f"{path}/{person}", {"act": "remove"})):
        answer = desk.client.post(address, data={**typed, "csrf_token": token, "nonce": address})
        assert answer.status_code in (303, 422)
    assert [one[0] for one in own(stage, meeting, "mx")[2]] == ["Ana Head"]


@pytest.mark.parametrize("path", ["delegations", "delegation"])
def test_the_pages_are_the_same_work_for_few_and_for_many(app: Flask, stage: Stage, path: str) -> None:
    meeting = meeting_of(stage)
    reader = stage.officer if path == "delegations" else stage.focal["mx"]
    desk, counts = Desk(app, reader), []
    for more in (1, 5):
        for number in range(more):
            for state in ("mx", "gt"):
                named(stage, meeting, state, f"Person {state} {more} {number}", needs="A meal")
        for _again in range(2):
            desk.get(f"/meetings/{meeting}/{path}")
        with statements_sent() as sent:
            desk.get(f"/meetings/{meeting}/{path}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_who_is_kept_off_the_list_is_not_counted_for_those_who_read_it(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    named(stage, meeting, "gt", "Ana Head", role=DelegateRole.HEAD)

    def listed() -> str:
        page = Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/delegations")
        return re.sub(r'value="[^"]*"', "", page)

    before = listed()
    named(stage, meeting, "gt", "Kept Off", is_unlisted=True)
    assert listed() == before
    assert own(stage, meeting, "gt")[1] == 1
    named(stage, meeting, "bz", "Kept Off", is_unlisted=True)
    assert own(stage, meeting, "bz")[:2] == (Answer.ATTENDS, None)
    named(stage, meeting, "gt", "Berta Delegate")
    assert own(stage, meeting, "gt")[1] == 2
