"""My government: what one participant has in a process, in its eyes alone, in as many statements for many rows."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.meetings import service as meetings
from secretariat.meetings.lent_queries import prepared_item
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment
from secretariat.processes.models import Process, Track
from tests.factories import documents as made
from tests.factories.meetings import acting, again, in_days
from tests.integration.capital.conftest import Desk, Stage
from tests.integration.documents.conftest import upload
from tests.integration.meetings.test_delegations import meeting_of, named
from tests.support.sql import statements_sent

PATH = "/processes/rcx/my-government"


def commitment(stage: Stage, words: str, state: str = "mx", lead: str = "Ministry of Labour") -> UUID:
    with acting(stage.engine, stage.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == "rcx")).one()
        track = session.scalars(select(Track).where(Track.id == stage.id["government"])).one()
        plan = plans.begin_plan(session, session.viewer, process, track, LocalText.of(f"Plan of {words}"))
        area = plans.add_area(session, session.viewer, plan, LocalText.of("Policy"))
        plans.adopt_plan(session, session.viewer, plan, in_days(-10), where=LocalText.of("Meeting"))
        draft = plans.Draft(
            stage.id[state], LocalText.of(words), part=area, due_on=in_days(30), lead=LocalText.of(lead)
        )
        key = plans.propose_commitment(session, session.viewer, plan, draft).id
    with acting(stage.engine, stage.focal[state]) as session:
        plans.accept(session, session.viewer, session.scalars(select(Commitment).where(Commitment.id == key)).one())
    return key


def filled(app: Flask, stage: Stage, number: int, state: str = "mx") -> UUID:
    """A meeting with a delegation, an item, a paper and a draft that is with a colleague; and a commitment."""
    meeting = meeting_of(stage)
    named(stage, meeting, state, f"Delegate {state} {number}")
    with acting(stage.engine, stage.focal[state]) as session:
        words = meetings.ProposedItem(title=LocalText.of(f"Item of {state} {number}"))
        meetings.propose_item(session, again(session, meeting), words)
        draft = meetings.ProposedItem(title=LocalText.of(f"Draft of {state} {number}"))
        key = meetings.prepare_item(session, again(session, meeting), draft).id
        item = prepared_item(session, key)
        assert item is not None
        meetings.pass_on(session, item, f"Colleague {state} {number}", f"c{number}@ministry.example")
    typed: dict[str, Any] = {
        "title-en": f"Paper of {state} {number}", "kind": "non_paper", "language": "en", "readers": "container",
        "file": upload(made.TEXT, "paper.txt"), "act": "send",
    }  # fmt: skip
    Desk(app, stage.focal[state]).send(f"/meetings/{meeting}/papers/new", typed)
    commitment(stage, f"Promise of {state} {number}", state)
    return meeting


SHOWN = ("Item of mx", "Draft of mx", "Paper of mx", "Promise of mx", "Delegate mx", "Colleague mx")


def test_it_shows_what_is_ones_own_and_nothing_of_others(app: Flask, stage: Stage) -> None:
    filled(app, stage, 1)
    filled(app, stage, 2, "bz")
    page = Desk(app, stage.focal["mx"]).get(PATH)
    assert [one for one in SHOWN if f"{one} 1" not in page] == []
    assert [one for one in SHOWN if one.replace("mx", "bz") in page] == []
    assert "Ministry of Labour" in page
    assert "One thing is with a colleague" in page
    other = Desk(app, stage.focal["bz"]).get(PATH)
    assert [one for one in SHOWN if one in other] == []


def test_it_is_linked_for_who_speaks_for_a_participant_and_there_for_nobody_else(app: Flask, stage: Stage) -> None:
    for reader in (stage.focal["mx"], stage.alternate["gt"]):
        desk = Desk(app, reader)
        assert f'href="{PATH}"' in desk.get("/processes/rcx/meetings/")
        assert "My government" in desk.get(PATH)
    observer = Desk(app, stage.focal["co"])
    assert "My participation" in observer.get("/processes/rcx/meetings/")
    observer.get(PATH)
    for reader in (stage.officer, stage.coordinator):
        desk = Desk(app, reader)
        desk.get(PATH, 404)
        assert PATH not in desk.get("/processes/rcx/meetings/")
    Desk(app).get(PATH, 302)
    Desk(app, stage.focal["mx"]).get("/processes/nowhere/my-government", 404)


def test_a_former_promise_and_a_meeting_that_is_over_ask_for_nothing(app: Flask, stage: Stage) -> None:
    page = Desk(app, stage.focal["mx"]).get(PATH)
    assert "Nothing is open." in page
    assert "No meeting is to come to which you are invited." in page


def test_one_row_and_many_are_the_same_work(app: Flask, stage: Stage) -> None:
    counts = []
    desk = Desk(app, stage.focal["mx"])
    for number in (1, 2, 3):
        filled(app, stage, number)
        for _again in range(2):
            desk.get(PATH)
        with statements_sent() as sent:
            desk.get(PATH)
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_it_stands_in_every_language(app: Flask, stage: Stage, language: str) -> None:
    filled(app, stage, 1)
    assert "Item of mx 1" in Desk(app, stage.focal["mx"]).get(f"{PATH}?lang={language}")
