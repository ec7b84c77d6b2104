"""Objectives point to outside frameworks: the Global Compact, and one of the region."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import create_engine, select, text

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.schema import alembic_config
from secretariat.plans import frameworks, service
from secretariat.plans.models import Objective
from secretariat.reports import service as reports
from tests.factories.plans import acting
from tests.support.plans import Planned, Site

GOALS = frameworks.goals_in(LocalText.of("3.1 Mutual recognition of skills"))


def the_objective(session: object) -> Objective:
    found: Objective = session.scalars(select(Objective)).one()  # type: ignore[attr-defined]
    return found


def pointed(planned: Planned, *keys: str) -> str:
    """The objective of the plan, pointing to these; its id."""
    with acting(planned.engine, planned.people.officer) as session:
        plan = planned.the_plan(session)
        service.set_framework(session, session.viewer, plan, LocalText.of("Agenda 2030 of the community"), GOALS)
        objective = the_objective(session)
        service.point(session, session.viewer, objective, keys)
        return str(objective.id)


def test_the_global_compact_has_twenty_three_objectives_each_of_its_own_words() -> None:
    goals = frameworks.global_compact()
    assert [one.key for one in goals] == [f"gcm:{number}" for number in range(1, 24)]
    assert len({str(one.title) for one in goals}) == 23
    assert str(goals[19].title).startswith("Promote faster, safer and cheaper transfer of remittances")
    for language in ("es", "fr", "ar"):
        titles = {one.title.in_language(language) for one in goals}
        assert len(titles) == 23
        assert {spoken for _words, spoken in titles} == {language}


def test_an_objective_points_where_there_is_something_and_is_told_in_the_order_of_the_frameworks(
    planned: Planned,
) -> None:
    pointed(planned, "own:3.1", "gcm:18", "gcm:3")
    with acting(planned.engine, planned.people.officer) as session:
        objective = the_objective(session)
        assert objective.points_to == ["gcm:3", "gcm:18", "own:3.1"]
        with pytest.raises(Refused, match="taken out in the meantime"):
            service.point(session, session.viewer, objective, ["own:9"])
    with acting(planned.engine, planned.people.focal["gt"]) as session, pytest.raises(NotAllowed):
        service.point(session, session.viewer, the_objective(session), ["gcm:1"])


@pytest.mark.parametrize(
    ("typed", "goals"),
    [
        ("3.1 Recognition\n\n 3.2) Figures ", [("3.1", "Recognition"), ("3.2", "Figures")]),
        ("", []),
        ("3.1", None),
        ("1 One\n1 Two", None),
    ],
)
def test_goals_are_read_a_line_each(typed: str, goals: list[tuple[str, str]] | None) -> None:
    if goals is None:
        with pytest.raises(ValueError, match=r"\d"):
            frameworks.goals_in(LocalText.of(typed))
    else:
        told = frameworks.goals_in(LocalText.of(typed))
        assert [(one["number"], str(LocalText.from_json(one["title"]))) for one in told] == goals


def test_goals_stand_in_the_languages_of_the_process_under_the_same_numbers() -> None:
    typed = LocalText({"en": "1 Figures\n2 Skills", "es": "2 Competencias"}, "en")
    told = frameworks.goals_in(typed)
    titles = [LocalText.from_json(one["title"]) for one in told]
    assert [title.in_language("es") for title in titles] == [("Figures", "en"), ("Competencias", "es")]
    assert frameworks.typed(told) == typed
    with pytest.raises(frameworks.NotInOriginal) as odd:
        frameworks.goals_in(LocalText({"en": "1 Figures", "es": "1 Cifras\n3 Otra"}, "en"))
    assert (odd.value.number, odd.value.language) == ("3", "es")


def test_what_was_entered_once_stands_for_the_next_plan_too(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    pointed(planned)
    with acting(planned.engine, people.officer) as session:
        process = planned.the_plan(session).process
        process.languages = ["en", "es"]
        track = planned.the_plan(session).track
        next_plan = service.begin_plan(session, session.viewer, process, track, LocalText.of("The next plan"))
        session.flush()
        key = next_plan.id
    assert "Mutual recognition of skills" in site.page(people.officer, f"/plans/{key}/frameworks")
    wrong = {"name-en": "Agenda", "goals-en": "1 Figures", "goals-es": "1 Cifras\n7 Otra", "version": "1"}
    answer = site.send(people.officer, f"/plans/{key}/frameworks", **wrong)
    assert answer.status_code == 422
    said = unescape(answer.get_data(as_text=True))
    assert "Number 7 stands in Spanish and not in English" in said
    assert "7 Otra" in said


def test_the_plan_and_its_table_show_it_and_the_table_is_narrowed_by_it(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    planned.own("gt", "Publish figures")
    planned.own("mx", "Elsewhere", part=None)
    pointed(planned, "gcm:18", "own:3.1")
    plan = unescape(site.page(people.focal["gt"], f"/plans/{planned.plan_id}"))
    assert "GCM 18" in plan
    assert "Agenda 2030 of the community" in plan
    table = f"/plans/{planned.plan_id}/table"
    whole = site.page(people.focal["gt"], table)
    assert "GCM 18, 3.1" in whole
    assert "2 commitments" in whole
    narrowed = site.page(people.focal["gt"], f"{table}?goal=gcm:18")
    assert "1 commitment." in narrowed
    assert "Elsewhere" not in narrowed
    assert "2 commitments" in site.page(people.focal["gt"], f"{table}?goal=gcm:99")


def test_it_is_chosen_on_a_page_of_the_secretariat(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    key = pointed(planned)
    path = f"/plans/{planned.plan_id}/frameworks"
    assert "Mutual recognition of skills" in site.page(people.officer, path)
    answer = site.send(people.officer, f"{path}/{key}", goals=["gcm:8"], version="")
    assert answer.status_code in (303, 409)
    page = site.page(people.officer, f"{path}/{key}")
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    answer = site.send(people.officer, f"{path}/{key}", goals=["gcm:8"], version=version)
    assert answer.status_code == 303
    assert "Save lives" in site.page(people.officer, path)
    for who in (people.focal["gt"], people.coordinator):
        assert site.client(who).get(path).status_code == 404
    version = site.page(people.officer, path).partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    wrong = site.send(people.officer, path, **{"goals-en": "no-words"}, version=version)
    assert wrong.status_code == 422


def test_the_report_has_an_annex_of_them(planned: Planned) -> None:
    pointed(planned, "gcm:3", "own:3.1")
    today = clock.today()
    with acting(planned.engine, planned.people.officer) as session:
        report = reports.begin_report(
            session, session.viewer, planned.the_plan(session), from_on=today - timedelta(days=30), to_on=today
        )
        told = reports.compose(session, report).to_json()["outside"]
    assert [(one["number"], len(one["objectives"])) for one in told] == [("3", 1), ("3.1", 1)]


def test_what_stood_with_each_plan_stands_with_the_track(planned: Planned, database_url: str) -> None:
    """A database of before the framework was entered once."""
    pointed(planned, "own:3.1")
    planned.engine.dispose()
    command.downgrade(alembic_config(database_url), "0043_named_to_chair")
    command.upgrade(alembic_config(database_url), "head")
    with acting(planned.engine, planned.people.officer) as session:
        goals = frameworks.goals_of(planned.the_plan(session))
        assert str(goals["own:3.1"].title) == "Mutual recognition of skills"
        assert str(goals["own:3.1"].framework) == "Agenda 2030 of the community"


def second_plan(planned: Planned, *keys: str) -> UUID:
    """Another plan of the track with an objective that points to these; the id of the objective."""
    with acting(planned.engine, planned.people.officer) as session:
        first = planned.the_plan(session)
        plan = service.begin_plan(session, session.viewer, first.process, first.track, LocalText.of("The next plan"))
        objective = service.add_objective(session, session.viewer, plan, LocalText.of("Skills"))
        session.flush()
        service.point(session, session.viewer, objective, keys)
        return objective.id


def test_a_goal_that_objectives_of_any_plan_answer_to_is_not_taken_out(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    pointed(planned)
    second_plan(planned, "own:3.1")
    with acting(planned.engine, people.officer) as session:
        plan = planned.the_plan(session)
        with pytest.raises(Refused, match=r"answer to 3[.]1"):
            service.set_framework(session, session.viewer, plan, LocalText.of("Agenda"), [])
        more = frameworks.goals_in(LocalText.of("3.1 Recognition\n4 Figures"))
        service.set_framework(session, session.viewer, plan, LocalText.of("Agenda"), more)
        service.set_framework(session, session.viewer, plan, LocalText.of("Agenda"), more[:1])
    path = f"/plans/{planned.plan_id}/frameworks"
    version = site.page(people.officer, path).partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    typed = {"name-en": "Agenda", "goals-en": "5 Other words", "version": version}
    answer = site.send(people.officer, path, **typed)
    assert answer.status_code == 422
    assert "5 Other words" in answer.get_data(as_text=True), "nothing typed is lost"


def test_a_goal_of_another_name_under_the_same_number_is_pointed_to_no_more(
    planned: Planned, database_url: str
) -> None:
    """Of two frameworks the later plan's stands; the other plan's objectives do not come to point at what it says."""
    pointed(planned, "own:3.1")
    other = second_plan(planned, "own:3.1", "gcm:3")
    planned.engine.dispose()
    command.downgrade(alembic_config(database_url), "0043_named_to_chair")
    owner = create_engine(database_url)
    with owner.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('secretariat.system', 'on', true)"))
        connection.execute(text("UPDATE plans SET period_from = '2027' WHERE framework_goals IS NOT NULL"))
        of_other = "WHERE id = (SELECT plan_id FROM objectives WHERE id = :id)"
        goals = '[{"number": "3.1", "title": "Something else"}]'
        connection.execute(
            text(f"UPDATE plans SET period_from = '2020', framework_goals = :goals {of_other}"),
            {"goals": goals, "id": other if connection.dialect.name == "postgresql" else other.hex},
        )
    owner.dispose()
    command.upgrade(alembic_config(database_url), "head")
    with acting(planned.engine, planned.people.officer) as session:
        points = {one.id: one.points_to for one in session.scalars(select(Objective))}
        assert points.pop(other) == ["gcm:3"]
        assert list(points.values()) == [["own:3.1"]]
        assert str(frameworks.goals_of(planned.the_plan(session))["own:3.1"].title) == "Mutual recognition of skills"
