"""Tasks of officers: own, given and accepted, passed on while somebody is away; and what is found by itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.exc import NoResultFound

from config import Settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, ContactCard
from secretariat.follow_up import findings, service, tasks
from secretariat.follow_up.findings import FindingKind
from secretariat.follow_up.task_models import Task
from secretariat.mail import delivery
from secretariat.processes.models import Process, Track
from tests.factories import people, plans
from tests.factories.follow_up import NOON, DueWorld, due_world, on
from tests.support.relay import ScriptedRelay

registers.fill()
PAGE = "/processes/rcx/follow-up/tasks"


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def colleague(engine: Engine, world: DueWorld) -> people.Official:
    with system_unit(engine, Reason.REFERENCE) as session:
        return people.officer(session, session.get_one(Track, world.plans.id["government"]))


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def add(engine: Engine, world: DueWorld, who: Any, holder: UUID | None = None, **fields: Any) -> UUID:
    said: dict[str, Any] = {"words": "Book the cabins", "due_on": clock.today() + timedelta(days=3)} | fields
    with plans.acting(engine, who) as session:
        process = session.get_one(Process, world.plans.id["process"])
        track = session.get_one(Track, world.plans.id["government"])
        return tasks.add(session, session.viewer, process, track, said["words"], said["due_on"], holder).id


def act(engine: Engine, who: Any, verb: Any, task: UUID) -> None:
    with plans.acting(engine, who) as session:
        verb(session, session.viewer, session.scalars(select(Task).where(Task.id == task)).one())


def lists(engine: Engine, world: DueWorld, who: Any) -> dict[str, list[UUID]]:
    with plans.seeing(engine, who) as session:
        track, process = world.plans.id["government"], world.plans.id["process"]
        today = clock.today()
        keepers = {one.person for one in tasks.colleagues(session, process, track, today)}
        found = tasks.lists_of(
            who.person, tasks.open_tasks(session, [track]), tasks.absences(session, [track], today), keepers, today
        )
        names = ("own", "offered", "given", "stood_in", "others", "unkept")
        return {name: [one.id for one in getattr(found, name)] for name in names if getattr(found, name)}


def test_a_task_given_to_a_colleague_is_theirs_once_accepted(
    engine: Engine, world: DueWorld, colleague: people.Official
) -> None:
    officer = world.plans.officer
    task = add(engine, world, officer, colleague.person)
    assert lists(engine, world, officer) == {"given": [task]}
    assert lists(engine, world, colleague) == {"offered": [task]}
    with pytest.raises(NotAllowed):
        act(engine, officer, tasks.accept, task)
    act(engine, colleague, tasks.accept, task)
    assert lists(engine, world, colleague) == {"own": [task]}
    act(engine, colleague, tasks.close, task)
    assert lists(engine, world, colleague) == {}
    with pytest.raises(Refused, match="done in the meantime"):
        act(engine, colleague, tasks.close, task)


def test_a_task_given_back_is_its_givers_again(engine: Engine, world: DueWorld, colleague: people.Official) -> None:
    task = add(engine, world, world.plans.officer, colleague.person)
    act(engine, colleague, tasks.give_back, task)
    assert lists(engine, world, world.plans.officer) == {"own": [task]}
    assert lists(engine, world, colleague) == {"others": [task]}


def test_the_list_of_who_is_away_stands_with_the_stand_in_and_comes_back(
    engine: Engine, world: DueWorld, colleague: people.Official
) -> None:
    task = add(engine, world, world.plans.officer)
    with plans.acting(engine, world.plans.officer) as session:
        process = session.get_one(Process, world.plans.id["process"])
        track = session.get_one(Track, world.plans.id["government"])
        today = clock.today()
        with pytest.raises(Refused, match="colleague who keeps"):
            tasks.go_away(session, session.viewer, process, track, today, today, world.plans.focal["gt"].person)
        tasks.go_away(session, session.viewer, process, track, today, today + timedelta(days=4), colleague.person)
    assert lists(engine, world, colleague) == {"stood_in": [task]}
    with on(NOON + timedelta(days=5)):
        assert lists(engine, world, colleague) == {"others": [task]}
        assert lists(engine, world, world.plans.officer) == {"own": [task]}


def test_what_nobody_has_any_more_is_taken_over(engine: Engine, world: DueWorld, colleague: people.Official) -> None:
    task = add(engine, world, world.plans.officer)
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        held = session.scalars(select(Appointment).where(Appointment.person_id == world.plans.officer.person)).one()
        held.until = NOON.date()
    assert lists(engine, world, colleague) == {"unkept": [task]}
    act(engine, colleague, tasks.take_over, task)
    assert lists(engine, world, colleague) == {"own": [task]}


@pytest.mark.parametrize("who", ["focal point", "chair", "coordinator", "administrator"])
def test_nobody_outside_the_track_has_or_reads_its_tasks(engine: Engine, world: DueWorld, who: str) -> None:
    task = add(engine, world, world.plans.officer)
    one: Any = {
        "focal point": world.plans.focal["gt"],
        "chair": world.plans.chair,
        "coordinator": world.plans.coordinator,
        "administrator": world.plans.administrator,
    }[who]
    with pytest.raises((NotAllowed, NoResultFound)):  # an administrator does not so much as read the process
        add(engine, world, one)
    with plans.seeing(engine, one) as session:
        assert tasks.task_by_id(session, task) is None


def test_done_tasks_are_forgotten_after_a_year(engine: Engine, world: DueWorld) -> None:
    act(engine, world.plans.officer, tasks.close, add(engine, world, world.plans.officer))
    with on(NOON + timedelta(days=364)), system_unit(engine, Reason.ADMINISTRATION) as session:
        assert tasks.forget(session) == 0
    with on(NOON + timedelta(days=366)), system_unit(engine, Reason.ADMINISTRATION) as session:
        assert tasks.forget(session) == 1


# --- what is found ----------------------------------------------------------------------------------------------


def found(engine: Engine, world: DueWorld) -> list[tuple[FindingKind, UUID | None, int]]:
    with plans.seeing(engine, world.plans.officer) as session:
        process = session.get_one(Process, world.plans.id["process"])
        track = session.get_one(Track, world.plans.id["government"])
        listed = findings.findings(session, process, track, service.open_things(session, process, track))
        return [(one.kind, one.participant, one.count) for one in findings.by_urgency(listed)]


def test_a_participant_without_focal_point_is_a_task_until_one_is_entered(engine: Engine, world: DueWorld) -> None:
    assert FindingKind.VACANCY not in {one[0] for one in found(engine, world)}
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        person = world.plans.focal["gt"].person
        session.scalars(select(Appointment).where(Appointment.person_id == person)).one().until = NOON.date()
    assert found(engine, world)[0] == (FindingKind.VACANCY, world.plans.id["gt"], 1)


def test_a_failing_address_is_a_task(engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay) -> None:
    relay.on_recipient = lambda _address: "550 No such mailbox"
    service.scan(engine)
    delivery.deliver(engine, settings)
    assert (FindingKind.FAILING_ADDRESS, world.plans.id["gt"], 1) in found(engine, world)


def test_who_has_no_address_zone_or_language_is_a_task(engine: Engine, world: DueWorld) -> None:
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        person = world.plans.focal["gt"].person
        one = session.scalars(select(ContactCard).where(ContactCard.person_id == person)).one()
        one.zone, one.languages = "", []
        for number in one.numbers:
            number.for_mail = False
    kinds = {kind for kind, participant, _count in found(engine, world) if participant == world.plans.id["gt"]}
    assert {FindingKind.NO_ADDRESS, FindingKind.NO_ZONE} <= kinds


# --- pages ------------------------------------------------------------------------------------------------------


def send(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    page = client.get(path).get_data(as_text=True)
    form = page[page.index("aria-label") :] if "nonce" not in page else page
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', form))
    answer = client.post(path, data={**hidden, **fields})
    code = answer.status_code
    if code == 303:
        answer = client.get(answer.location)
    return code, html.unescape(answer.get_data(as_text=True))


def test_a_task_is_added_given_and_done_on_its_page_and_on_the_desk(
    app: Flask, engine: Engine, world: DueWorld, colleague: people.Official
) -> None:
    client = people.sign_in(app, world.plans.officer)
    code, page = send(client, PAGE, words="", due_on="2027-03-09")
    assert code == 422
    assert "Say what is to be done" in page
    code, page = send(client, PAGE, words="Book the cabins", due_on="2027-03-09", holder="")
    assert code == 303
    assert "Book the cabins" in page
    assert "Book the cabins" in html.unescape(client.get("/").text)
    code, page = send(client, PAGE, words=" Book the cabins", due_on="2027-03-09", holder="")  # back, and sent again
    assert code == 422
    assert "stands on the list already" in page
    code, page = send(client, PAGE, words="Compile the comments", due_on="", holder=str(colleague.person))
    assert "not yet accepted" in page
    theirs = people.sign_in(app, colleague)
    assert "asks you to take this" in html.unescape(theirs.get(PAGE).text)
    [task] = set(re.findall(rf'action="({PAGE}/[0-9a-f-]{{36}})"', theirs.get(PAGE).text))
    token = people.token(theirs, PAGE)
    assert theirs.post(task, data={"csrf_token": token, "act": "accept"}).status_code == 303
    assert "with " in html.unescape(client.get(PAGE).text)
    gt = people.sign_in(app, world.plans.focal["gt"])
    assert gt.get(PAGE).status_code == 404
    assert date(2027, 3, 9) > clock.today()
