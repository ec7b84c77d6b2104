"""The call list and the contact log: who is rung and when, what a call stills, who reads a note, and its end."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.core import audit, clock
from secretariat.core.models import AuditContent
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import call_list, contact_log, service
from secretariat.follow_up.contact_log import Contact
from secretariat.follow_up.contact_models import ContactNote, ContactOutcome, ContactWay
from secretariat.follow_up.models import Digest, DigestKind, Reminder
from secretariat.mail import delivery
from secretariat.meetings.models import AttributionRule
from secretariat.plans import service as plan_service
from secretariat.plans.models import Commitment, ProgressUpdate
from secretariat.plans.status import Status, UpdateState
from secretariat.processes.models import Participant, Process, Track
from tests.factories import meetings, people, plans
from tests.factories.follow_up import NOON, DueWorld, card, commitment, due_world, on
from tests.support.relay import ScriptedRelay
from tests.support.sql import statements_sent

registers.fill()
DUE_IN = timedelta(days=10)
ROUNDS = (0, 28, 56)
"""Days after `NOON` on which the three steps of the defaults are asked, one message a month."""
AFTER_ALL = timedelta(days=56 + 7)
"""A week after the last of them."""


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def all_asked(engine: Engine) -> None:
    """Every step of the policy goes by, asked by mail and left without a word."""
    for days in ROUNDS:
        with on(NOON + timedelta(days=days)):
            service.scan(engine)


def listed(engine: Engine, world: DueWorld) -> list[call_list.Call]:
    with plans.seeing(engine, world.plans.officer) as session:
        process = session.scalars(select(Process).where(Process.id == world.plans.id["process"])).one()
        track = session.scalars(select(Track).where(Track.id == world.plans.id["government"])).one()
        return call_list.calls(call_list.desk_of(session, process, track))


def log(engine: Engine, world: DueWorld, who: Any = None, state: str = "gt", **fields: Any) -> None:
    said: dict[str, Any] = {
        "way": ContactWay.CALL,
        "at": clock.now(),
        "outcome": ContactOutcome.WILL_REPORT,
        "items": (("commitment", world.commitment),),
        "agreed": "The statistics unit sends the figures.",
        "next_on": clock.today() + timedelta(days=9),
    }
    with plans.acting(engine, who or world.plans.officer) as session:
        contact_log.log_contact(session, session.viewer, world.recipient(state), Contact(**(said | fields)))


def test_one_is_rung_a_week_after_all_was_asked_without_a_word(engine: Engine, world: DueWorld) -> None:
    assert listed(engine, world) == []
    all_asked(engine)
    with on(NOON + AFTER_ALL - timedelta(days=1)):
        assert listed(engine, world) == []
    with on(NOON + AFTER_ALL):
        [call] = listed(engine, world)
        assert call.to.who == world.recipient()
        assert [one.subject for one in call.things] == [world.commitment]
        assert call.why == "silent"


def test_who_asked_to_be_rung_is_listed_at_once_until_it_was_done(engine: Engine, world: DueWorld) -> None:
    with plans.acting(engine, world.plans.focal["gt"]) as session:
        process = session.get_one(Process, world.plans.id["process"])
        track = session.get_one(Track, world.plans.id["government"])
        service.ring_me(session, session.viewer, process, track, "after four")
    [call] = listed(engine, world)
    assert (call.why, call.word) == ("asked", "after four")
    log(engine, world, outcome=ContactOutcome.NOT_REACHED, agreed="", next_on=None, items=())
    assert [one.why for one in listed(engine, world)] == ["asked"]
    log(engine, world)
    assert listed(engine, world) == []


def test_what_was_asked_in_a_call_is_not_asked_by_mail(engine: Engine, world: DueWorld) -> None:
    log(engine, world)
    assert service.scan(engine) == {}
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert [(one.kind, one.mail_id) for one in session.scalars(select(Digest))] == [(DigestKind.BY_CALL, None)]
        assert [one.step for one in session.scalars(select(Reminder))] == ["due-14"]
    with on(NOON + DUE_IN + timedelta(days=2)):  # a Monday; the next step comes in its time
        assert service.scan(engine) == {"digests": 1}


def test_a_mail_that_waits_does_not_ask_what_was_asked_in_a_call_meanwhile(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    service.scan(engine)
    log(engine, world)
    assert delivery.deliver(engine, settings) == {"skipped": 1}
    assert relay.taken == []


def test_who_was_not_reached_is_still_asked_by_mail(engine: Engine, world: DueWorld) -> None:
    log(engine, world, outcome=ContactOutcome.NOT_REACHED, agreed="", next_on=None)
    assert service.scan(engine) == {"digests": 1}


def test_one_rings_again_on_the_day_agreed_unless_a_word_came(engine: Engine, world: DueWorld) -> None:
    log(engine, world)
    with on(NOON + timedelta(days=8)):
        assert listed(engine, world) == []
    with on(NOON + timedelta(days=9)):
        [call] = listed(engine, world)
        assert (call.why, call.agreed_on) == ("agreed", NOON.date() + timedelta(days=9))
        assert call.spoken is not None
        with plans.acting(engine, world.plans.focal["gt"]) as session:
            one = plans.again(session, world.commitment)
            plan_service.report_progress(session, session.viewer, one, Status.IN_PROGRESS, language="en")
        assert listed(engine, world) == []


def test_a_call_about_a_silent_thing_takes_it_off_the_list(engine: Engine, world: DueWorld) -> None:
    all_asked(engine)
    with on(NOON + AFTER_ALL):
        log(engine, world, outcome=ContactOutcome.NOTED, next_on=None)
        assert listed(engine, world) == []


def test_the_clock_and_days_off_are_those_of_the_person(engine: Engine, world: DueWorld) -> None:
    card(engine, world.plans.focal["gt"].person, zone="America/Guatemala")
    with plans.acting(engine, world.plans.focal["gt"]) as session:
        process = session.get_one(Process, world.plans.id["process"])
        service.ring_me(session, session.viewer, process, session.get_one(Track, world.plans.id["government"]), "")
    with on(NOON + timedelta(hours=4)):
        [call] = listed(engine, world)
        assert (call.to.there.hour, call.to.is_day_off, call.to.is_open) == (10, False, True)
    with on(NOON.replace(day=7, hour=16)):  # a Sunday
        [call] = listed(engine, world)
        assert (call.to.is_day_off, call.to.is_open) == (True, False)


def test_a_call_can_become_an_entry_that_awaits_confirmation(engine: Engine, world: DueWorld) -> None:
    log(engine, world, outcome=ContactOutcome.NOTED, next_on=None, status=Status.IN_PROGRESS, step="Ten of twenty")
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        [update] = session.scalars(select(ProgressUpdate)).all()
        assert (update.state, update.status, str(update.step)) == (
            UpdateState.NOTED,
            Status.IN_PROGRESS,
            "Ten of twenty",
        )


def test_nothing_of_a_meeting_off_the_record_is_written_down(engine: Engine, world: DueWorld) -> None:
    with meetings.acting(engine, world.plans.officer) as session:
        meeting = meetings.scheduled(session, attribution=AttributionRule.OFF_THE_RECORD).id
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Commitment, world.commitment).meeting_id = meeting
    with pytest.raises(Refused, match="off the record"):
        log(engine, world)
    assert notes(engine) == []


def test_a_name_of_another_state_is_asked_about_and_nothing_is_kept_before(engine: Engine, world: DueWorld) -> None:
    with pytest.raises(Refused, match="third states"):
        log(engine, world, agreed="Mexico is slower, says the focal point.")
    assert notes(engine) == []
    log(engine, world, agreed="Sends officials to the training in Mexico.", names_are_right=True)
    assert len(notes(engine)) == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"next_on": None}, "the day by which"),
        ({"next_on": NOON.date() + timedelta(days=400)}, "within the next six months"),
        ({"at": NOON + timedelta(hours=3)}, "has not come yet"),
        ({"at": NOON - timedelta(days=370)}, "twelve months"),
        ({"outcome": ContactOutcome.NOTED, "next_on": None, "agreed": " "}, "what was agreed"),
        ({"step": "Half of it"}, "Choose where it stands"),
        ({"status": Status.COMPLETED, "items": ()}, "the one commitment"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    engine: Engine, world: DueWorld, fields: dict[str, Any], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        log(engine, world, **fields)
    assert notes(engine) == []


def notes(engine: Engine) -> list[str]:
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        return list(session.scalars(select(ContactNote.agreed)))


@pytest.mark.parametrize("who", ["focal point", "chair", "coordinator", "administrator", "of another track"])
def test_nobody_but_an_officer_of_the_track_logs(engine: Engine, world: DueWorld, who: str) -> None:
    others = {
        "focal point": world.plans.focal["gt"],
        "chair": world.plans.chair,
        "coordinator": world.plans.coordinator,
        "administrator": world.plans.administrator,
        "of another track": world.plans.focal["house"],
    }
    with pytest.raises(NotAllowed):
        log(engine, world, others[who])
    assert notes(engine) == []


def test_the_officers_and_the_person_read_a_note_and_nobody_else(engine: Engine, world: DueWorld) -> None:
    log(engine, world)
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.plans.id["government"])
        alternate = people.alternate(session, track, session.get_one(Participant, world.plans.id["gt"]))
    readers = {
        "officer": world.plans.officer,
        "the person": world.plans.focal["gt"],
        "its alternate": alternate,
        "another state": world.plans.focal["mx"],
        "chair": world.plans.chair,
        "coordinator": world.plans.coordinator,
        "administrator": world.plans.administrator,
    }
    reads = set()
    for name, who in readers.items():
        with plans.seeing(engine, who) as session:
            if session.scalars(select(ContactNote)).all():
                reads.add(name)
    assert reads == {"officer", "the person"}


def test_a_note_is_forgotten_after_twelve_months_with_what_the_trail_says_of_it(
    engine: Engine, world: DueWorld
) -> None:
    log(engine, world)
    with on(NOON + timedelta(days=364)), system_unit(engine, Reason.ADMINISTRATION) as session:
        assert contact_log.forget(session) == 0
    with on(NOON + timedelta(days=365)), system_unit(engine, Reason.ADMINISTRATION) as session:
        assert contact_log.forget(session) == 1
    with system_unit(engine, Reason.AUDIT, writes=False) as session:
        assert session.scalars(select(ContactNote)).all() == []
        said = session.scalars(select(AuditContent).where(AuditContent.subject_kind == "contact_notes")).all()
        assert [(one.content, one.salt) for one in said] == [({}, "")]
        assert audit.chain_holds(session, "rcx/government")
        assert {one.kind for one in session.scalars(select(Digest))} == {DigestKind.SKIPPED}


# --- pages ------------------------------------------------------------------------------------------------------


def read(client: FlaskClient, path: str, code: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == code
    return html.unescape(answer.get_data(as_text=True))


def send(client: FlaskClient, path: str, **fields: Any) -> tuple[int, str]:
    page = client.get(path).get_data(as_text=True)
    form = page[page.index('<form method="post"') :]
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version|on|at)"[^>]*value="([^"]*)"', form))
    answer = client.post(path, data={**hidden, **fields})
    code = answer.status_code
    if code == 303:
        answer = client.get(answer.location)
    return code, html.unescape(answer.get_data(as_text=True))


def log_path(world: DueWorld, state: str = "gt") -> str:
    return f"/processes/rcx/follow-up/calls/{world.plans.id[state]}/{world.plans.focal[state].person}"


def test_a_call_is_logged_below_the_row_and_read_by_its_person(app: Flask, engine: Engine, world: DueWorld) -> None:
    all_asked(engine)
    with on(NOON + AFTER_ALL):
        client = people.sign_in(app, world.plans.officer)
        assert "1 person to ring." in read(client, "/processes/rcx/follow-up/calls")
        assert "Whom to ring" in read(client, "/")
        by = (clock.today() + timedelta(days=7)).isoformat()
        said = {"outcome": "will_report", "way": "call", "agreed": "Figures on Friday.", "next_on": by}
        code, page = send(client, log_path(world), **said)
        assert code == 422
        assert "Choose what it was about." in page
        assert "Figures on Friday." in page
        code, page = send(client, log_path(world), items=f"commitment:{world.commitment}", **said)
        assert code == 303
        assert "Saved. The person can read it; it is deleted after twelve months." in page
        assert "Nobody needs to be rung today." in page
        own = people.sign_in(app, world.plans.focal["gt"])
        page = read(own, "/contacts/")
        assert "Figures on Friday." in page
        [address] = set(re.findall(r'href="(/contacts/[0-9a-f-]{36})"', page))
        assert send(own, address, word="Friday of next week.")[0] == 303
        assert "A correction is asked for" in read(own, "/contacts/")
        assert "Friday of next week." in read(client, address)
        assert send(client, address, agreed="Figures on Friday of next week.")[0] == 303
        assert "Figures on Friday of next week." in read(own, "/contacts/")
        assert "A correction is asked for" not in read(own, "/contacts/")
        assert read(people.sign_in(app, world.plans.focal["mx"]), address, 404)
        assert send(client, address, act="take away")[0] == 303
        assert notes(engine) == []


def test_the_call_list_is_closed_to_all_others(app: Flask, engine: Engine, world: DueWorld) -> None:
    for who in (world.plans.focal["gt"], world.plans.chair, world.plans.coordinator, world.plans.administrator):
        client = people.sign_in(app, who)
        own = 200 if who is world.plans.coordinator else 404  # the network's coordination has a list of its own
        assert client.get("/processes/rcx/follow-up/calls").status_code == own
        if own == 200:
            assert "Guatemala" not in client.get("/processes/rcx/follow-up/calls").text
        assert client.get(log_path(world)).status_code == 404


def test_as_many_statements_for_many_to_ring_as_for_one(app: Flask, engine: Engine, world: DueWorld) -> None:
    all_asked(engine)
    with on(NOON + AFTER_ALL):
        client = people.sign_in(app, world.plans.officer)
        read(client, "/processes/rcx/follow-up/calls")
        with statements_sent() as one:
            read(client, "/processes/rcx/follow-up/calls")
    with on(NOON):
        for state in ("mx", "hn", "bz"):
            commitment(engine, world.plans, world.plan, state, due_on=date(2027, 3, 13))
    all_asked(engine)
    with on(NOON + AFTER_ALL):
        client = people.sign_in(app, world.plans.officer)
        read(client, "/processes/rcx/follow-up/calls")
        with statements_sent() as four:
            assert "4 persons to ring." in read(client, "/processes/rcx/follow-up/calls")
    assert len(four) == len(one)
