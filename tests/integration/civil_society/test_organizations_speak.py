"""Among its own an organization answers what a government answers among its own: invitations to the network's meetings,
and commitments of its plan, signed in and by link. On the governments' side it speaks for nobody."""

from __future__ import annotations

import html
import re
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.mail import delivery
from secretariat.meetings.models import Answer, Invitation
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment, CommitmentState, Plan, ProgressUpdate
from secretariat.processes.models import Process, Track
from tests.factories.meetings import acting, in_days, invited, looking, scheduled
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_liaison_reminders import asked, scanned
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.relay import ScriptedRelay

WALLED = re.compile(r"[Yy]our government|[Mm]ember governments|[Ff]ocal point|The Secretariat|the Secretariat")


def words_of(relay: ScriptedRelay, to: str) -> list[str]:
    return [str(body.get_content()) for mail in relay.taken if mail["To"] == to and (body := mail.get_body(("plain",)))]


def link_in(words: str, scope: str) -> str:
    return re.search(rf"/l/[^/\s]+/{scope}", words)[0]  # type: ignore[index]


def own_meeting(stage: Stage) -> UUID:
    """A meeting of the network to which both organizations are invited."""
    with acting(stage.engine, stage.coordinator) as session:
        meeting = scheduled(session, body="Network of Organizations")
        invited(session, meeting)
        return meeting.id


def own_plan(stage: Stage) -> tuple[UUID, UUID]:
    """An adopted plan of the network, and a commitment of it proposed to House."""
    with acting(stage.engine, stage.coordinator) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["network"])
        made = plans.begin_plan(session, session.viewer, process, track, LocalText.of("Plan of the network"))
        plans.add_area(session, session.viewer, made, LocalText.of("Protection"))
        plans.adopt_plan(session, session.viewer, made, clock.today(), where=LocalText.of("In Panama"))
        draft = plans.Draft(stage.id["house"], LocalText.of("Two shelters by the road"), due_on=in_days(30))
        return made.id, plans.propose_commitment(session, session.viewer, made, draft).id


def answers(stage: Stage, meeting: UUID) -> dict[UUID, Answer]:
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        rows = system.scalars(select(Invitation).where(Invitation.meeting_id == meeting))
        return {one.participant_id: one.answer for one in rows}


def test_organizations_answer_invitations_of_their_network(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    meeting = own_meeting(stage)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
        scanned(stage, settings, range(1, 12, 2))
    assert {mail["To"] for mail in relay.taken} == {network.house.email, network.road.email}
    letter, *reminders = words_of(relay, network.road.email)
    assert "To the representative of Road Without Borders," in letter
    assert "The coordination invites Road Without Borders to this meeting:" in letter
    assert "Coordination of Civil society" in letter
    assert {person for person, _subject in asked(stage)} == {network.house.person, network.road.person}
    assert reminders
    for words in (letter, *reminders):
        assert not WALLED.search(words), words
        assert "Secretariat of the" not in words
    by_link = Desk(app)
    path = link_in(letter, "reply")
    page = html.unescape(by_link.get(path))
    assert "You answer for Road Without Borders." in page
    assert "The coordination and the members see the answer." in page
    assert not WALLED.search(page)
    _at, _said = by_link.send(path, {"answer": "regrets"})
    house = Desk(app, network.house)
    house.send(f"/meetings/{meeting}/reply", {"answer": "attends", "persons": "2", "head_name": "Ana Reyes"})
    assert answers(stage, meeting) == {stage.id["house"]: Answer.ATTENDS, stage.id["road"]: Answer.REGRETS}
    assert "Ana Reyes" in house.get(f"/meetings/{meeting}/delegation")
    assert "Ana Reyes" in Desk(app, stage.coordinator).get(f"/meetings/{meeting}/delegations")


def test_organizations_answer_and_report_on_commitments_of_their_plan(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    plan, key = own_plan(stage)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
    [letter] = words_of(relay, network.house.email)
    assert words_of(relay, network.road.email) == []
    assert "only its representatives and the coordination see it" in letter
    Desk(app, network.road).get(f"/commitments/{key}", 404)
    page = html.unescape(Desk(app).get(link_in(letter, "accept")))
    assert "The coordination proposes it to you." in page
    assert not WALLED.search(page)
    amended = {"answer": "amend", "words": "Three shelters by the road", "due_on": in_days(30).isoformat()}
    Desk(app).send(link_in(letter, "accept"), amended)
    with looking(stage.engine, network.road) as session:
        one = session.scalars(select(Commitment).where(Commitment.id == key)).one()
        assert (one.state, str(one.words)) == (CommitmentState.ACCEPTED, "Three shelters by the road")
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        scanned(stage, settings, range(20, 50, 5))
    reminders = words_of(relay, network.house.email)
    assert reminders
    assert words_of(relay, network.road.email) == []
    assert not any(WALLED.search(words) for words in reminders)
    path = link_in(reminders[-1], "update")
    page = html.unescape(Desk(app).get(path))
    assert "You act as representative of House of the Migrant" in page
    assert not WALLED.search(page)
    field = re.search(r'name="(s\d+)"', page)[1]  # type: ignore[index]
    _at, _said = Desk(app).send(path, {field: "in_progress"})
    with looking(stage.engine, network.road) as session:
        assert session.scalars(select(ProgressUpdate).where(ProgressUpdate.commitment_id == key)).one()
        assert session.scalars(select(Plan).where(Plan.id == plan)).one()
    for other in (stage.officer, stage.focal["gt"], stage.chair, network.liaison["gt"]):
        with looking(stage.engine, other) as session:
            assert session.scalars(select(Commitment).where(Commitment.id == key)).all() == []


def test_an_organization_declines_and_offers_signed_in(app: Flask, stage: Stage, network: Network) -> None:
    plan, key = own_plan(stage)
    house = Desk(app, network.house)
    house.send(f"/commitments/{key}/answer", {"answer": "decline"})
    offered = {"words-en": "A telephone for families", "due_on-day": "", "part": ""}
    house.send(f"/plans/{plan}/commit", offered)
    with looking(stage.engine, network.house) as session:
        states = {str(one.words): one.state for one in session.scalars(select(Commitment))}
    assert states["Two shelters by the road"] is CommitmentState.DECLINED
    assert states["A telephone for families"] is CommitmentState.ACCEPTED


def test_on_the_governments_side_it_speaks_for_nobody(app: Flask, stage: Stage, network: Network) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting")
        invited(session, meeting)
        beyond = meeting.id
    house = Desk(app, network.house)
    for page in ("", "/reply", "/delegation", "/propose-item", "/papers/submit"):
        house.get(f"/meetings/{beyond}{page}", 404)
    ours = own_meeting(stage)
    for one in (stage.officer, stage.focal["gt"], network.liaison["gt"], stage.chair):
        Desk(app, one).get(f"/meetings/{ours}", 404)
        Desk(app, one).get(f"/meetings/{ours}/reply", 404)
