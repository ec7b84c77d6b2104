"""What was said or written by mistake: milestones opened again, parts of a draft reworded and taken away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.plans import queries, service
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import Area, Commitment, NotedAfter, Plan, ProgressUpdate
from secretariat.plans.status import Status
from tests.factories.plans import acting, again, seeing
from tests.integration.plans.test_tables_in import draft_plan
from tests.support.plans import Planned, Site


def days(*ahead: int) -> list[date]:
    return [clock.today() + timedelta(days=one) for one in ahead]


def with_milestones(planned: Planned) -> tuple[UUID, list[str]]:
    """A commitment of Guatemala with two milestones; its id and their keys."""
    first, second = days(10, 40)
    steps = [Milestone(first, LocalText.of("A draft law")), Milestone(second, LocalText.of("The law is adopted"))]
    key = planned.own("gt", due_on=None, milestones=steps)
    with seeing(planned.engine, planned.people.officer) as session:
        return key, [one.key for one in again(session, key).milestones]


def due(planned: Planned, key: UUID) -> date | None:
    with seeing(planned.engine, planned.people.officer) as session:
        return again(session, key).due_on


def test_a_milestone_reached_by_mistake_is_open_again_and_what_stood_is_kept(planned: Planned) -> None:
    key, [first, second] = with_milestones(planned)
    planned.report(key, "gt", Status.IN_PROGRESS, reached=[first])
    assert due(planned, key) == days(40)[0]
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        service.reopen_milestones(session, session.viewer, again(session, key), [first], LocalText.of("Too early"))
    assert due(planned, key) == days(10)[0]
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        [revision] = queries.revisions(session, [key])
        assert [one.reached_on for one in revision.milestones_before] == [clock.today(), None]
        assert [one.reached_on for one in revision.milestones_after] == [None, None]
        assert str(revision.reason) == "Too early"
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        for keys, why in (([second], "in the meantime"), ([], "Choose the milestones")):
            with pytest.raises(Refused, match=why):
                service.reopen_milestones(session, session.viewer, again(session, key), keys, None)
    with acting(planned.engine, planned.people.officer) as session, pytest.raises(NotAllowed):
        service.reopen_milestones(session, session.viewer, again(session, key), [first], None)


def noted(planned: Planned, key: UUID, reached: list[str]) -> UUID:
    with acting(planned.engine, planned.people.officer) as session:
        return service.note_progress(
            session, session.viewer, again(session, key), Status.IN_PROGRESS, language="en", after=NotedAfter.CALL,
            reached=reached,
        ).id  # fmt: skip


def test_a_note_names_milestones_that_are_reached_once_it_is_confirmed(planned: Planned) -> None:
    key, [first, second] = with_milestones(planned)
    update = noted(planned, key, [first, second])
    assert due(planned, key) == days(10)[0]
    planned.report(key, "gt", Status.IN_PROGRESS, reached=[first])  # said by itself meanwhile
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        said = session.scalars(select(ProgressUpdate).where(ProgressUpdate.id == update)).one()
        service.confirm_note(session, session.viewer, said)
    with seeing(planned.engine, planned.people.focal["mx"]) as session:
        assert all(not one.is_open for one in again(session, key).milestones)
    with pytest.raises(Refused, match="in the meantime"):
        noted(planned, key, [first])


def test_both_stand_on_their_pages(site: Site) -> None:
    key, [first, _second] = with_milestones(site.planned)
    people = site.planned.people
    page = f"/commitments/{key}"
    answer = site.send(
        people.officer, f"{page}/note", status="in_progress", after="call", on="", reached=[first], step="",
        postponed_to="", obstacle="", support="",
    )  # fmt: skip
    assert answer.status_code == 303
    with seeing(site.planned.engine, people.focal["gt"]) as session:
        update = session.scalars(select(ProgressUpdate.id)).one()
    assert "A draft law" in site.page(people.focal["gt"], f"/updates/{update}/confirm")
    assert site.send(people.focal["gt"], f"/updates/{update}/confirm", answer="confirm").status_code == 303
    assert "/reopen" in site.page(people.focal["gt"], page)
    assert "/reopen" not in site.page(people.focal["mx"], page)
    assert site.client(people.focal["mx"]).get(f"{page}/reopen").status_code == 404
    assert site.send(people.focal["gt"], f"{page}/reopen", reason="").status_code == 422
    assert site.send(people.focal["gt"], f"{page}/reopen", reached=[first], reason="").status_code == 303
    assert "/reopen" not in site.page(people.focal["gt"], page)


# --- parts of a draft ---


def drafted(site: Site) -> tuple[str, dict[str, Any]]:
    """A draft with an area that holds an objective, and an empty area; its id and theirs."""
    key = draft_plan(site.planned, "A draft")
    with acting(site.planned.engine, site.planned.people.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == key)).one()
        area = service.add_area(session, session.viewer, plan, LocalText.of("Full"))
        below = service.add_objective(session, session.viewer, plan, LocalText.of("Below"), above=area)
        empty = service.add_area(session, session.viewer, plan, LocalText.of("Empty"))
        draft = service.Draft(site.planned.people.id["gt"], LocalText.of("To do"), part=below)
        service.propose_commitment(session, session.viewer, plan, draft)
        return str(key), {"full": area.id, "below": below.id, "empty": empty.id}


def test_a_part_of_a_draft_is_taken_away_where_nothing_stands_in_it(site: Site) -> None:
    key, parts = drafted(site)
    officer = site.planned.people.officer
    for name, why in (("full", "Other parts stand in it"), ("below", "Commitments or proposals stand in it")):
        answer = site.send(officer, f"/plans/{key}/parts/{parts[name]}/take-away")
        assert answer.status_code == 422
        assert why in answer.get_data(as_text=True)
    assert site.send(officer, f"/plans/{key}/parts/{parts['empty']}/take-away").status_code == 303
    with seeing(site.planned.engine, officer) as session:
        assert [str(one.title) for one in session.scalars(select(Area).where(Area.plan_id == UUID(key)))] == ["Full"]
        assert session.scalars(select(Commitment.id)).all()


def test_a_part_of_a_draft_is_reworded_and_that_of_an_adopted_plan_is_not(site: Site) -> None:
    key, parts = drafted(site)
    officer = site.planned.people.officer
    path = f"/plans/{key}/parts/{parts['below']}/words"
    version = site.page(officer, path).partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    answer = site.send(officer, path, **{"title-en": "Other words", "title-es": "", "version": version})
    assert answer.status_code == 303
    assert "Other words" in site.page(officer, f"/plans/{key}/text")
    with seeing(site.planned.engine, officer) as session:
        adopted = session.scalars(select(Area.id).where(Area.plan_id == site.planned.plan_id)).one()
    for act in ("words", "take-away"):
        assert site.client(officer).get(f"/plans/{site.planned.plan_id}/parts/{adopted}/{act}").status_code == 404
