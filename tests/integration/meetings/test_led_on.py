"""An outcome becomes an objective or activity of a draft plan, or a request to the secretariat; both ends show it."""

import re
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from secretariat.core import awaited, clock
from secretariat.core.lineage import became
from secretariat.core.localtext import LocalText
from secretariat.meetings import service
from secretariat.plans import service as plans
from secretariat.plans.models import Activity, Area, Objective, Plan
from secretariat.plans.queries import outline
from secretariat.processes.models import Process, Track
from tests.factories.meetings import acting, again, in_days, looking
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_onward import POLITICAL, confirmed, held
from tests.support.sql import statements_sent

WORDS = "Harmonize the registration of consular cases"


def drafted(stage: Stage, title: str = "Plan of action 2027–2030", *, adopted: bool = False) -> UUID:
    """A plan with an area and an objective in it."""
    with acting(stage.engine, stage.officer) as session:
        process = session.get(Process, stage.id["process"])
        track = session.get(Track, stage.id["government"])
        assert process is not None
        assert track is not None
        made = plans.begin_plan(session, session.viewer, process, track, LocalText.of(title))
        area = plans.add_area(session, session.viewer, made, LocalText.of("Protection"))
        plans.add_objective(session, session.viewer, made, LocalText.of("Consular protection"), above=area)
        if adopted:
            plans.adopt_plan(session, session.viewer, made, clock.today())
        return made.id


def parts(stage: Stage, plan: UUID) -> list[Area | Objective | Activity]:
    with looking(stage.engine, stage.officer) as session:
        return outline(session, plan)


def political(stage: Stage) -> tuple[UUID, UUID]:
    """A meeting whose outcomes the members read, and an outcome of it."""
    meeting = held(stage, POLITICAL, "20th Vice-Ministerial Meeting")
    return meeting, confirmed(stage, meeting, WORDS)


@pytest.mark.parametrize("kind", ["objective", "activity"])
def test_an_outcome_becomes_a_part_of_a_draft_plan_and_both_ends_show_it(app: Flask, stage: Stage, kind: str) -> None:
    meeting, made = political(stage)
    plan = drafted(stage)
    area = parts(stage, plan)[0]
    desk, page = Desk(app, stage.officer), f"/meetings/{meeting}/outcomes/{made}"
    assert f"/outcomes/{made}/text" in desk.get(page)
    form = desk.get(f"/outcomes/{made}/text")
    assert WORDS in form  # nothing is typed again
    location, _page = desk.send(
        f"/outcomes/{made}/text", {"kind": kind, "above": str(area.id), "title-en": WORDS, "number": ""}
    )
    assert location == f"/plans/{plan}/text"
    [part] = [one for one in parts(stage, plan) if str(one.title) == WORDS]
    assert (part.number, isinstance(part, Objective), part.__tablename__[:6]) == (
        "1.2", kind == "objective", ["objectives", "activities"][kind == "activity"][:6],
    )  # fmt: skip
    assert f"/plans/{plan}#p-{part.id}" in desk.get(page)
    member = Desk(app, stage.focal["bz"])
    for path in (f"/plans/{plan}", page):
        assert WORDS in member.get(path)
    assert f'href="{page}"' in member.get(f"/plans/{plan}")


def test_who_does_not_read_the_outcome_reads_the_plan_without_it(app: Flask, stage: Stage) -> None:
    meeting = held(stage)  # of the steering group, to which Belize does not belong
    made = confirmed(stage, meeting, WORDS)
    plan = drafted(stage)
    Desk(app, stage.officer).send(
        f"/outcomes/{made}/text", {"kind": "activity", "above": str(plan), "title-en": "Register cases", "number": ""}
    )
    assert f"/outcomes/{made}" in Desk(app, stage.focal["gt"]).get(f"/plans/{plan}")  # Guatemala reads Spanish
    belize = Desk(app, stage.focal["bz"])
    page = belize.get(f"/plans/{plan}")
    assert "Register cases" in page
    assert "from an outcome" not in page
    assert str(made) not in page
    belize.get(f"/outcomes/{made}/text", 404)
    with looking(stage.engine, stage.focal["co"]) as session:  # an observer reads neither
        assert became(session, made) == []


def test_an_adopted_plan_takes_nothing_and_it_is_said(app: Flask, stage: Stage) -> None:
    _meeting, made = political(stage)
    desk = Desk(app, stage.officer)
    assert "Begin a plan; then the outcome can be put into it." in desk.get(f"/outcomes/{made}/text")
    adopted = drafted(stage, adopted=True)
    page = desk.get(f"/outcomes/{made}/text")
    assert "adopted text is frozen" in page
    assert "A commitment can be proposed in the adopted plan" in page
    drafted(stage, "The next plan")
    values = re.findall(r'<option value="([^"]+)"', desk.get(f"/outcomes/{made}/text"))
    assert str(adopted) not in values
    typed = {"kind": "objective", "above": str(adopted), "title-en": WORDS, "number": ""}
    desk.send(f"/outcomes/{made}/text", typed, 404)


def test_what_cannot_be_is_said_at_its_field_and_loses_nothing(app: Flask, stage: Stage) -> None:
    _meeting, made = political(stage)
    objective = parts(stage, drafted(stage))[1]
    desk, path = Desk(app, stage.officer), f"/outcomes/{made}/text"
    assert desk.wrong(path, {"kind": "objective", "above": str(objective.id), "title-en": WORDS, "number": ""}) == [
        "An objective stands in an area or in the plan itself."
    ]
    assert desk.wrong(path, {"kind": "", "above": "", "title-en": "", "number": ""}) == [
        "Choose what it becomes",
        "Choose the plan, or the part of it, where it stands",
        "Give its words as the meeting will read them",
    ]


def test_a_draft_outcome_and_one_of_another_side_become_no_part(app: Flask, stage: Stage) -> None:
    plan = drafted(stage)
    _meeting, made = political(stage)
    Desk(app, stage.coordinator).get(f"/outcomes/{made}/text", 404)
    with acting(stage.engine, stage.officer) as session:
        meeting = again(session, held(stage, POLITICAL))
        words = service.OutcomeWords(kind="decision", text=LocalText.of("A draft"))
        draft = service.record_outcome(session, meeting, words).id
    Desk(app, stage.officer).get(f"/outcomes/{draft}/text", 404)
    with looking(stage.engine, stage.officer) as session:
        assert session.scalars(select(Plan.id)).all() == [plan]


# --- requests to the secretariat ------------------------------------------------------------------------------------


def requested(stage: Stage, meeting: UUID, text: str, due_on: date | None = None) -> UUID:
    """An outcome that speaks to the secretariat."""
    return confirmed(stage, meeting, text, kind="request", due_on=due_on)


def listed(page: str) -> tuple[list[str], list[str]]:
    """What is open and what is seen to."""
    open_, _between, done = page.partition('id="h-done"') if 'id="h-done"' in page else (page, "", "")
    named = re.compile(r'<th scope="row"><a href="[^"]+">([^<]*)</a>')
    return named.findall(open_), named.findall(done)


def test_requests_are_listed_by_their_day_and_seen_to_with_a_word(app: Flask, stage: Stage) -> None:
    meeting = held(stage, POLITICAL, "20th Vice-Ministerial Meeting")
    undated = requested(stage, meeting, "Keep the list of consulates")
    requested(stage, meeting, "Report on training", in_days(40))
    late = requested(stage, meeting, "Circulate the guidelines", in_days(0))
    confirmed(stage, meeting, "Migration is a shared concern", kind="declaration")
    other = confirmed(stage, meeting, "Convene a workshop")
    desk, slug = Desk(app, stage.officer), _path_of(stage)
    assert listed(desk.get(slug)) == (
        ["Circulate the guidelines", "Report on training", "Keep the list of consulates"], [],
    )  # fmt: skip
    desk.send(f"/meetings/{meeting}/outcomes/{other}/send", {"to": "secretariat"})
    assert "Convene a workshop" in listed(desk.get(slug))[0]
    seen_to = f"/meetings/{meeting}/outcomes/{late}/seen-to"
    assert desk.wrong(seen_to, {"word-en": ""}) == [
        "Say in a word what was done, for example: sent to all members on 3 March"
    ]
    desk.send(seen_to, {"word-en": "Sent to all members"})
    opened, done = listed(desk.get(slug))
    assert (sorted(opened), done) == (
        ["Convene a workshop", "Keep the list of consulates", "Report on training"], ["Circulate the guidelines"],
    )  # fmt: skip
    assert "Sent to all members" in desk.get(slug)
    assert "Sent to all members" in Desk(app, stage.focal["mx"]).get(f"/meetings/{meeting}/outcomes/{late}")
    desk.send(f"/meetings/{meeting}/outcomes/{late}/open-again", {}, form_at=f"/meetings/{meeting}/outcomes/{late}")
    assert "Circulate the guidelines" in listed(desk.get(slug))[0]
    desk.send(f"/meetings/{meeting}/outcomes/{undated}/seen-to", {"word-en": "Kept"})
    assert listed(desk.get(slug))[1] == ["Keep the list of consulates"]


def _path_of(stage: Stage) -> str:
    with looking(stage.engine, stage.officer) as session:
        return f"/processes/{session.scalars(select(Process.slug)).first()}/requests/"


def test_what_is_due_within_a_week_lies_on_the_officers_desk_and_on_nobody_elses(app: Flask, stage: Stage) -> None:
    meeting = held(stage, POLITICAL, "20th Vice-Ministerial Meeting")
    due = requested(stage, meeting, "Circulate the guidelines", in_days(7))
    requested(stage, meeting, "Report on training", in_days(8))
    address = f"/meetings/{meeting}/outcomes/{due}"
    page = Desk(app, stage.officer).get("/")
    assert address in page
    assert "A request to the Secretariat" in page
    assert "Report on training" not in page
    assert address not in Desk(app, stage.focal["mx"]).get("/")
    with looking(stage.engine, stage.officer) as session:
        every = [one for one in awaited.awaited(session, clock.today()) if one.kind == "request"]
        assert [(one.subject, one.participant, one.within) for one in every] == [(due, None, meeting)]
    Desk(app, stage.officer).send(f"{address}/seen-to", {"word-en": "Sent"})
    assert address not in Desk(app, stage.officer).get("/")


def test_only_the_secretariat_of_the_side_reads_its_requests(app: Flask, stage: Stage) -> None:
    requested(stage, held(stage, POLITICAL), "Circulate the guidelines")
    path = _path_of(stage)
    for other in (stage.focal["mx"], stage.chair):
        Desk(app, other).get(path, 404)
    assert listed(Desk(app, stage.coordinator).get(path)) == ([], [])


def test_the_word_on_what_was_done_is_asked_about_names(app: Flask, stage: Stage) -> None:
    meeting = held(stage, POLITICAL)
    made = requested(stage, meeting, "Circulate the guidelines")
    _location, page = Desk(app, stage.officer).send(
        f"/meetings/{meeting}/outcomes/{made}/seen-to", {"word-en": "Mexico asked for it and has it"}, 422
    )
    assert "Mexico" in page


def test_the_list_of_requests_is_the_same_work_for_one_and_for_many(app: Flask, stage: Stage) -> None:
    meeting = held(stage, POLITICAL)
    desk, path = Desk(app, stage.officer), _path_of(stage)
    counts = []
    for more in (1, 5):
        for number in range(more):
            requested(stage, meeting, f"Point {more} {number}")
        for _again in range(2):
            desk.get(path)
        with statements_sent() as sent:
            desk.get(path)
        counts.append(len(sent))
    assert counts[0] == counts[1]
