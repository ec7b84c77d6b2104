"""An answer is linked to what the submission became: each side finds the other as far as it may read both."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from secretariat.civil_society import became
from secretariat.civil_society.became_models import AnswerLink, LedTo
from secretariat.civil_society.service import linking
from secretariat.confidentiality import reach
from secretariat.core.labelling import attach, relabel
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.meetings import service as meetings
from secretariat.meetings.models import Meeting, Outcome
from secretariat.meetings.service.agenda import ItemWords
from secretariat.plans.models import Plan
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Process, Track
from tests.factories import people, plans
from tests.factories.meetings import acting, looking, scheduled
from tests.factories.people import Official
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_submissions import answer, begun, given, sent
from tests.integration.meetings.conftest import Desk, Stage

pytestmark = pytest.mark.usefixtures("app")


def outcome(stage: Stage, words: str, *, both: bool = False) -> UUID:
    """What the members agreed; read by them, or by participants of both sides."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, stage.id["process"])
        government, network = (session.get_one(Track, stage.id[key]) for key in ("government", "network"))
        made = Outcome(
            process_id=process.id, track_id=government.id, kind="recommendation", text=LocalText.of(words), position=1
        )
        readers = (
            clauses.participants_of(process, government, network) if both else clauses.members_of(process, government)
        )
        attach(session, made, [readers], container=process)
        return made.id


def answered(stage: Stage, network: Network) -> tuple[UUID, UUID]:
    """A submission, and the answer Guatemala gave."""
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "We do so from May on.")
    given(stage, network.liaison["gt"], made)
    return key, made


def linked(stage: Stage, by: Official, key: UUID, thing: UUID, kind: LedTo = LedTo.OUTCOME) -> UUID:
    with acting(stage.engine, by) as session:
        return linking.link(session, answer(session, key), kind, thing).id


def found(stage: Stage, one: Official, key: UUID) -> list[Any]:
    """What a reader finds that an answer led to."""
    with looking(stage.engine, one) as session:
        return [thing.title.texts["en"] for thing in became.things_of(session, [key]).get(key, [])]


def test_each_side_finds_what_it_may_read_of_the_other(stage: Stage, network: Network) -> None:
    _key, made = answered(stage, network)
    for thing in (outcome(stage, "Among members"), outcome(stage, "For both sides", both=True)):
        linked(stage, network.liaison["gt"], made, thing)
    assert sorted(found(stage, network.liaison["gt"], made)) == ["Among members", "For both sides"]
    assert sorted(found(stage, stage.officer, made)) == ["Among members", "For both sides"]
    for one in (stage.coordinator, network.house):
        assert found(stage, one, made) == ["For both sides"]
    assert found(stage, stage.focal["mx"], made) == []


def test_on_the_things_page_the_submission_is_named_to_who_reads_it(stage: Stage, network: Network, app: Flask) -> None:
    key, made = answered(stage, network)
    thing = outcome(stage, "For both sides", both=True)
    linked(stage, network.liaison["gt"], made, thing)

    def behind(one: Official) -> list[UUID]:
        with looking(stage.engine, one) as session:
            return [row.id for row in became.behind(session, [thing]).get(thing, [])]

    for one in (network.liaison["mx"], stage.officer, stage.coordinator, network.road):
        assert behind(one) == [key]
    for one in (stage.focal["gt"], stage.focal["mx"], stage.focal["co"]):
        assert behind(one) == []


def test_a_draft_answer_tells_of_no_link(stage: Stage, network: Network) -> None:
    key = sent(stage)
    made = begun(stage, network.liaison["gt"], key, "We do so from May on.")
    thing = outcome(stage, "For both sides", both=True)
    linked(stage, network.liaison["gt"], made, thing)
    for one in (stage.coordinator, stage.officer):
        assert found(stage, one, made) == []
    with looking(stage.engine, network.liaison["gt"]) as session:
        assert became.behind(session, [thing]) == {}
    given(stage, network.liaison["gt"], made)
    assert found(stage, stage.coordinator, made) == ["For both sides"]


def test_who_answers_links_and_the_secretariat_once_it_is_given(stage: Stage, network: Network) -> None:
    _key, made = answered(stage, network)
    thing = outcome(stage, "Among members")
    for one in (network.liaison["mx"], stage.coordinator, network.house):
        with pytest.raises(NotAllowed):
            linked(stage, one, made, thing)
    linked(stage, stage.officer, made, thing)
    with pytest.raises(Refused, match="linked to it already"):
        linked(stage, network.liaison["gt"], made, thing)
    with pytest.raises(Refused, match="is not there to be linked"):
        linked(stage, network.liaison["gt"], made, uuid4())
    with pytest.raises(Refused, match="is not there to be linked"):
        linked(stage, network.liaison["gt"], made, thing, LedTo.COMMITMENT)


def test_what_the_answerer_may_not_read_is_not_linked(stage: Stage, network: Network) -> None:
    _key, made = answered(stage, network)
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["government"])
        hidden = Outcome(
            process_id=process.id, track_id=track.id, kind="decision", text=LocalText.of("Hidden"), position=1
        )
        attach(session, hidden, [clauses.named(process, track, audience=[clauses.secretariat(track)])])
        thing = hidden.id
    with pytest.raises(Refused, match="is not there to be linked"):
        linked(stage, network.liaison["gt"], made, thing)


def test_the_pages_link_it_and_take_it_away(stage: Stage, network: Network, app: Flask) -> None:
    key, made = answered(stage, network)
    thing = outcome(stage, "For both sides", both=True)
    liaison, coordinator = Desk(app, network.liaison["gt"]), Desk(app, stage.coordinator)
    assert "/links/outcome" in liaison.get(f"/answers/{made}")
    assert "/links/" not in coordinator.get(f"/answers/{made}")
    for kind in LedTo:
        liaison.get(f"/answers/{made}/links/{kind.value}")
    liaison.get(f"/answers/{made}/links/nothing", 404)
    coordinator.get(f"/answers/{made}/links/outcome", 404)
    liaison.send(f"/answers/{made}/links/outcome", {"thing": str(thing)})
    assert "For both sides" in coordinator.get(f"/submissions/{key}")
    with looking(stage.engine, stage.officer) as session:
        link = session.scalars(select(AnswerLink.id)).one()
    liaison.send(f"/answer-links/{link}/take-away", {})
    assert "For both sides" not in coordinator.get(f"/submissions/{key}")


def test_links_to_what_the_asker_does_not_read_are_neither_counted_nor_listed(stage: Stage, network: Network) -> None:
    _key, made = answered(stage, network)
    linked(stage, network.liaison["gt"], made, outcome(stage, "Among members"))
    with looking(stage.engine, stage.coordinator) as session:
        track = session.get_one(Track, stage.id["network"])
        hat = people.hat_of(session.get_one(Participant, stage.id["house"]))
        rows = reach.rows_of(session, network.house.person, hat, track)
    assert "answer_links" not in {row.kind.name for row in rows}


def test_only_links_one_reads_count_towards_the_most(
    stage: Stage, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "MOST", 1)
    _key, made = answered(stage, network)
    hidden = outcome(stage, "Hidden later")
    linked(stage, network.liaison["gt"], made, hidden)
    with pytest.raises(Refused, match="has 1 links already"):
        linked(stage, network.liaison["gt"], made, outcome(stage, "One more"))
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["government"])
        few = clauses.named(process, track, audience=[clauses.secretariat(track)])
        relabel(session, session.get_one(Outcome, hidden), [few], why="test")
    linked(stage, network.liaison["gt"], made, outcome(stage, "One more"))


def levels(page: str) -> list[str]:
    """The level in the banner of a page; none where all of it is public."""
    return re.findall(r'class="banner" data-level="(\w+)', page)


def test_a_public_page_that_names_a_submission_bears_its_label(stage: Stage, network: Network, app: Flask) -> None:
    _key, made = answered(stage, network)
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session)
        item = meetings.add_item(session, meeting, ItemWords(title=LocalText.of("Reception of children")))
        where, thing, held = f"/meetings/{meeting.id}", item.id, meeting.id
        world: Any = SimpleNamespace(id=stage.id)  # all a plan needs of it
        plan = plans.plan(session, world)
        activity, there, planned = plans.parts(session, plan)[2].id, f"/plans/{plan.id}", plan.id
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, stage.id["process"])
        for one in (process, session.get_one(Meeting, held), session.get_one(Plan, planned)):
            relabel(session, one, [clauses.public(process)], why="test")
    liaison = Desk(app, network.liaison["gt"])
    before = [levels(liaison.get(page)) for page in (where, there)]
    linked(stage, stage.officer, made, thing, LedTo.AGENDA_ITEM)
    linked(stage, stage.officer, made, activity, LedTo.ACTIVITY)
    after = [levels(liaison.get(page)) for page in (where, there)]
    assert (before, after) == ([[], []], [["members"], ["members"]])


def test_an_agenda_item_and_an_activity_name_the_submission_on_their_pages(
    stage: Stage, network: Network, app: Flask
) -> None:
    key, made = answered(stage, network)
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session)
        item = meetings.add_item(session, meeting, ItemWords(title=LocalText.of("Reception of children")))
        where, thing = f"/meetings/{meeting.id}", item.id
    with acting(stage.engine, stage.officer) as session:
        world: Any = SimpleNamespace(id=stage.id)  # all a plan needs of it
        plan = plans.plan(session, world)
        activity, there = plans.parts(session, plan)[2].id, f"/plans/{plan.id}"
    linked(stage, stage.officer, made, thing, LedTo.AGENDA_ITEM)
    linked(stage, stage.officer, made, activity, LedTo.ACTIVITY)
    assert sorted(found(stage, stage.officer, made)) == ["Exchange figures", "Reception of children"]
    officer, liaison, focal = (Desk(app, one) for one in (stage.officer, network.liaison["gt"], stage.focal["gt"]))
    for page in (where, there):
        assert f"/submissions/{key}" in officer.get(page)
        assert f"/submissions/{key}" in liaison.get(page)
        assert f"/submissions/{key}" not in focal.get(page)
