"""A submission awaits a liaison officer: reminded like everybody, and nobody else in that government is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.follow_up import call_list, findings, service
from secretariat.follow_up.findings import FindingKind
from secretariat.follow_up.models import Digest, DigestSeries, Reminder
from secretariat.mail import delivery
from secretariat.processes.models import Participant, Process, Track
from tests.factories import people
from tests.factories.follow_up import on
from tests.factories.meetings import looking
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_submissions import again, begun, given, sent
from tests.integration.meetings.conftest import Stage
from tests.support.relay import ScriptedRelay

pytestmark = pytest.mark.usefixtures("app")
WEEKS = 9


def asked(stage: Stage) -> list[tuple[UUID, UUID]]:
    """Of whom what was asked, each once for every message."""
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as session:
        wanted = (
            select(DigestSeries.person_id, Reminder.subject_id)
            .join(Digest, Digest.series_id == DigestSeries.id)
            .join(Reminder, Reminder.digest_id == Digest.id)
        )
        return [(person, subject) for person, subject in session.execute(wanted.order_by(Digest.window))]


def scanned(stage: Stage, settings: Settings, days: Iterable[int]) -> None:
    """Each of these days from now, at the hour at which it is nine in Panama and later everywhere else."""
    noon = clock.now().replace(hour=15, minute=0)
    for ahead in days:
        with on(noon + timedelta(days=ahead)):
            service.scan(stage.engine)
            delivery.deliver(stage.engine, settings)


def test_the_liaison_officer_is_reminded_and_who_speaks_for_the_government_is_not(
    stage: Stage, network: Network, settings: Settings
) -> None:
    key = sent(stage)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        scanned(stage, settings, range(1, WEEKS * 7))
        digests = [mail for mail in relay.taken if mail["To"] == network.liaison["gt"].email]
    mine = [one for one in asked(stage) if one[1] == key]
    assert {person for person, _subject in mine} == {network.liaison["gt"].person}
    assert 1 <= len(mine) <= 3
    letters = [str(body.get_content()) for mail in digests if (body := mail.get_body(("plain",)))]
    reminders = [text for text in letters if "A word from you is awaited" in text]
    assert len(reminders) == len(mine)
    assert all("Six recommendations" in text for text in reminders)
    assert all(f"/submissions/{key}" in text and "/l/" not in text for text in reminders)


def test_an_answer_ends_the_reminders(stage: Stage, network: Network, settings: Settings) -> None:
    key = sent(stage)
    given(stage, network.liaison["gt"], begun(stage, network.liaison["gt"], key, "We do so already."))
    with ScriptedRelay(settings.mail_host, settings.mail_port):
        scanned(stage, settings, range(1, WEEKS * 7, 3))
    assert [one for one in asked(stage) if one[1] == key] == []


def test_after_all_steps_one_rings_the_liaison_officer(stage: Stage, network: Network, settings: Settings) -> None:
    sent(stage)
    with ScriptedRelay(settings.mail_host, settings.mail_port):
        scanned(stage, settings, range(1, 2 * WEEKS * 7, 3))
    rung: dict[UUID, set[str]] = {}
    for weeks in range(2 * WEEKS - 4, 2 * WEEKS + 2):
        with on(clock.now() + timedelta(weeks=weeks)), looking(stage.engine, stage.officer) as session:
            process = session.get_one(Process, stage.id["process"])
            desk = call_list.desk_of(session, process, session.get_one(Track, stage.id["government"]))
            rung |= {
                one.to.person: {thing.kind for thing in one.things}
                for one in call_list.calls(desk)
                if "submission" in {thing.kind for thing in one.things}
            }
    assert rung == {network.liaison["gt"].person: {"submission"}}


def test_an_alternate_who_is_the_liaison_officer_too_is_asked_for_that_alone(
    stage: Stage, network: Network, settings: Settings
) -> None:
    officer = network.liaison["gt"]
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        held = session.scalars(select(Appointment).where(Appointment.person_id == officer.person)).one()
        track = session.get_one(Track, held.track_id)
        people.alternate(session, track, session.get_one(Participant, stage.id["gt"]), of=officer)
    key = sent(stage)
    with ScriptedRelay(settings.mail_host, settings.mail_port):
        scanned(stage, settings, range(1, WEEKS * 7, 2))
    assert {one for one in asked(stage) if one[0] == officer.person} == {(officer.person, key)}


def test_where_the_office_is_vacant_the_secretariat_has_a_task(stage: Stage, network: Network) -> None:
    sent(stage)
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        held = select(Appointment).where(Appointment.person_id == network.liaison["gt"].person)
        session.scalars(held).one().until = clock.today()
    with looking(stage.engine, stage.officer) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["government"])
        found = findings.findings(session, process, track, service.open_things(session, process, track))
    assert [one.participant for one in found if one.kind is FindingKind.NO_LIAISON] == [stage.id["gt"]]


def test_the_officer_sees_the_round_of_a_liaison_officer_and_holds_it(
    app: Flask, stage: Stage, network: Network
) -> None:
    sent(stage)
    with on(clock.now() + timedelta(days=45)):
        officer = people.sign_in(app, stage.officer)
        page = officer.get("/processes/rcx/follow-up/?lang=en").get_data(as_text=True)
    assert "Six recommendations" in page
    with looking(stage.engine, stage.officer) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["government"])
        planned = {one.who.person: one for one in service.next_round(session, process, track)}
        assert network.liaison["gt"].person in planned
        assert again(session, planned[network.liaison["gt"].person].open[0].subject).routed_to_id == stage.id["gt"]
