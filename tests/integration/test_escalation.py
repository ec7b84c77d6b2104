"""Escalation is kind: the alternate after the policy's steps, once; a successor is first told what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.accounts import appointments
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, ContactCard
from secretariat.directory.service import Details, Letter
from secretariat.follow_up import call_list, service
from secretariat.follow_up.service import Recipient
from secretariat.mail import delivery
from secretariat.plans.service import report_progress
from secretariat.plans.status import Status
from secretariat.processes.models import Participant, Process, Track
from tests.factories import people, plans
from tests.factories.follow_up import NOON, DueWorld, commitment, due_world, on
from tests.integration.test_contact_log import AFTER_ALL, all_asked, log
from tests.support.relay import ScriptedRelay

registers.fill()


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


@pytest.fixture
def alternate(engine: Engine, world: DueWorld) -> people.Official:
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.plans.id["government"])
        return people.alternate(session, track, session.get_one(Participant, world.plans.id["gt"]))


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return str(body.get_content() if body else "")


def test_the_alternate_is_asked_once_after_every_step_to_the_focal_point_and_then_one_rings(
    engine: Engine, settings: Settings, world: DueWorld, alternate: people.Official, relay: ScriptedRelay
) -> None:
    all_asked(engine)
    with on(NOON + AFTER_ALL - timedelta(days=1)):
        assert service.scan(engine)["digests"] == 0
        delivery.deliver(engine, settings)
    relay.taken.clear()
    with on(NOON + AFTER_ALL):
        with plans.seeing(engine, world.plans.officer) as session:
            process = session.get_one(Process, world.plans.id["process"])
            track = session.get_one(Track, world.plans.id["government"])
            coming = {one.who.person: one.on for one in service.next_round(session, process, track)}
            assert coming[alternate.person] == (NOON + AFTER_ALL).date()
        assert service.scan(engine) == {"digests": 1}
        assert service.scan(engine)["digests"] == 0
        assert delivery.deliver(engine, settings) == {"sent": 1}
        [mail] = relay.taken
        assert mail["To"] == alternate.email
        assert "We ask you as the alternate" in text_of(mail)
        assert rung(engine, world) == []
    with on(NOON + AFTER_ALL + timedelta(days=7)):
        assert rung(engine, world) == [world.plans.focal["gt"].person]
        assert service.scan(engine)["digests"] == 0


def rung(engine: Engine, world: DueWorld) -> list[object]:
    with plans.seeing(engine, world.plans.officer) as session:
        process = session.get_one(Process, world.plans.id["process"])
        track = session.get_one(Track, world.plans.id["government"])
        return [one.to.person for one in call_list.calls(call_list.desk_of(session, process, track))]


@pytest.mark.parametrize("meanwhile", ["a word", "a call"])
def test_the_alternate_is_not_asked_where_a_word_or_a_call_came_meanwhile(
    engine: Engine, world: DueWorld, alternate: people.Official, meanwhile: str
) -> None:
    all_asked(engine)
    with on(NOON + AFTER_ALL):
        if meanwhile == "a call":
            log(engine, world)
        else:
            with plans.acting(engine, world.plans.focal["gt"]) as session:
                report_progress(
                    session, session.viewer, plans.again(session, world.commitment), Status.IN_PROGRESS, language="en"
                )
        assert service.scan(engine)["digests"] == 0


def test_the_first_message_to_a_successor_tells_all_that_is_open_and_where_it_stands(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    with on(NOON - timedelta(days=30)):
        later = date(2027, 9, 1)
        far = commitment(engine, world.plans, world.plan, "gt", words="Name a contact", due_on=later)
        with plans.acting(engine, world.plans.focal["gt"]) as session:
            one = plans.again(session, far)
            report_progress(session, session.viewer, one, Status.IN_PROGRESS, "Two of three named", language="en")
    with plans.acting(engine, world.plans.officer) as session:
        held = session.scalars(select(Appointment).where(Appointment.person_id == world.plans.focal["gt"].person)).one()
        made = appointments.hand_over(
            session,
            held,
            Details(name="Successor", mail="successor@gt.example"),
            on=NOON.date(),
            letter=Letter("Note 7/2027", NOON.date()),
        )
        successor = made.person_id
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        who = Recipient(successor, world.recipient().hat, world.plans.id["process"], world.plans.id["government"])
        asked = {one.subject for one in service.awaited_of(session, who)}
        assert asked == {world.commitment, far}
    assert service.scan(engine) == {"digests": 1}
    confirmed(engine, successor)
    delivery.deliver(engine, settings)
    [mail] = [one for one in relay.taken if "what is open" in text_of(one)]
    assert mail["To"] == "successor@gt.example"
    assert "Publish monthly figures" in text_of(mail)
    assert "Name a contact" in text_of(mail)
    assert "Two of three named" in text_of(mail)
    assert service.scan(engine)["digests"] == 0
    told = [one for one in relay.taken if one["To"] == world.plans.focal["gt"].email]
    assert len(told) == 1, "the predecessor is told"


def confirmed(engine: Engine, person: object) -> None:
    """The successor opened the link sent to the address that stands in the letter."""
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == person)).one()
        for number in card.numbers:
            number.for_mail = True
