"""A session both sides of the wall hold together: proposed, agreed to, a notice for each side, and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from secretariat.core.models import AuditEntry
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.meetings.joint_models import JointNotice, JointSession, JointState
from tests.factories.meetings import looking
from tests.integration.civil_society.conftest import Network, network
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_calendar import feed
from tests.integration.meetings.test_pages import NEW
from tests.integration.meetings.test_warnings import QUIET, lines, network_meets, on, publish, warned
from tests.support.sql import statements_sent

__all__ = ["network"]
LIST, PROPOSE = "/processes/rcx/joint-sessions", "/processes/rcx/joint-sessions/new"
ABOUT = "What neither side has told anybody else"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2027-01-11 15:00Z", tick=True):
        yield


def proposal(**more: Any) -> dict[str, Any]:
    return {
        "title-en": "A common space", "held_on": QUIET.isoformat(), "begins": "15:00", "ends": "17:00",
        "zone": "America/Panama", "about-en": ABOUT, **more,
    }  # fmt: skip


@pytest.mark.parametrize("by_network", [True, False])
def test_one_side_proposes_the_other_agrees_and_each_has_a_notice_of_its_own(
    app: Flask, stage: Stage, network: Network, *, by_network: bool
) -> None:
    ours, theirs = Desk(app, stage.coordinator), Desk(app, stage.officer)
    if not by_network:
        ours, theirs = theirs, ours
    at, _page = ours.send(PROPOSE, proposal())
    everybody = [Desk(app, one) for one in (stage.focal["mx"], network.house, stage.chair)]
    for desk in everybody:
        desk.get(at, 404)
        desk.get(LIST, 404)
        assert "A common space" not in desk.get("/processes/rcx/meetings/")
    assert "A joint session proposed, awaiting an answer" in theirs.get("/")
    assert "A joint session proposed, awaiting an answer" not in ours.get("/")
    assert ABOUT in theirs.get(at)
    ours.send(f"{at}/agree", {}, 404, form_at=at)
    theirs.send(f"{at}/agree", {}, form_at=at)
    assert "awaiting an answer" not in theirs.get("/")
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        notices = {one.track_id: f"/joint-notices/{one.id}" for one in system.scalars(select(JointNotice))}
    of_governments, of_network = notices[stage.id["government"]], notices[stage.id["network"]]
    mexico, house, _chair = everybody
    for desk, own, other in ((mexico, of_governments, of_network), (house, of_network, of_governments)):
        assert ABOUT in desk.get(own)
        desk.get(other, 404)
        for page in (
            "/processes/rcx/meetings/",
            "/calendar/?month=2027-03&process=rcx",
            "/calendar/?month=2027-03&view=list",
        ):
            assert own in desk.get(page)
            assert other not in desk.get(page)
        desk.get(at, 404)
    Desk(app, stage.focal["co"]).get(of_governments, 404)
    ours.send(f"{at}/take-back", {}, form_at=at)
    for desk, own in ((mexico, of_governments), (house, of_network)):
        assert "This session does not take place." in desk.get(own)
        assert own not in desk.get("/calendar/?month=2027-03&process=rcx")
    assert "meanwhile" in theirs.get(theirs.send(f"{at}/agree", {}, form_at=at)[0])
    with system_unit(stage.engine, Reason.HISTORY, writes=False) as system:
        entries = system.execute(select(AuditEntry.kind, AuditEntry.chain).where(AuditEntry.kind.contains("joint")))
        acts = [(kind, chain) for kind, chain in entries]
    sides = ("network", "government") if by_network else ("government", "network")
    assert [(kind, chain.rpartition("/")[2]) for kind, chain in sorted(acts)] == [
        ("joint session agreed", sides[1]),
        ("joint session proposed", sides[0]),
        ("joint session taken back", sides[0]),
    ]


def test_days_of_a_joint_session_are_the_only_ones_of_which_the_rule_does_not_warn(app: Flask, stage: Stage) -> None:
    """The tracks meet on different days; a day that is theirs together is no clash, until it is taken back."""
    network_meets(stage)
    publish(app, stage.coordinator)
    office, coordination = Desk(app, stage.officer), Desk(app, stage.coordinator)
    (line,) = warned(office, on(QUIET, stage))
    assert "Joint sessions" in line
    assert any("taken these days" in one for one in lines(office.send(PROPOSE, proposal(), 200)[1]))
    at, _page = office.send(PROPOSE, proposal(warned_of=f"{QUIET}/America/Panama"))
    assert warned(office, on(QUIET, stage))
    coordination.send(f"{at}/agree", {}, form_at=at)
    office.send(NEW, on(QUIET, stage, readers="participants"))
    network_meets(stage, QUIET + timedelta(days=1))
    assert any("taken these days" in one for one in warned(office, on(QUIET + timedelta(days=1), stage)))
    coordination.send(f"{at}/take-back", {}, form_at=at)
    assert any("taken these days" in one for one in warned(office, on(QUIET, stage)))


def test_what_does_not_fit_is_said_and_a_proposal_can_be_declined_with_a_word(app: Flask, stage: Stage) -> None:
    office, coordination = Desk(app, stage.officer), Desk(app, stage.coordinator)
    assert office.wrong(PROPOSE, proposal(held_on="2026-12-01")) == ["This day is over; give one to come"]
    assert office.wrong(PROPOSE, proposal(ends="14:00")) == ["It ends before it begins; give a later hour"]
    at, _page = office.send(PROPOSE, proposal())
    office.send(f"{at}/decline", {"reply-en": "No"}, 404, form_at=at)
    coordination.send(f"{at}/decline", {"reply-en": "Gladly in <May>"}, form_at=at)
    assert "Gladly in &lt;May&gt;" in office.get(at)
    office.get(office.send(f"{at}/take-back", {}, form_at=at)[0])
    with looking(stage.engine, stage.officer) as session:
        (one,) = session.scalars(select(JointSession))
        assert one.state is JointState.DECLINED
        assert session.scalars(select(JointNotice)).all() == []


def test_the_calendar_takes_as_many_statements_for_many_notices_as_for_one(app: Flask, stage: Stage) -> None:
    office, coordination = Desk(app, stage.officer), Desk(app, stage.coordinator)
    counted = []
    for number in (1, 3):
        for _each in range(number):
            at, _page = office.send(PROPOSE, proposal())
            coordination.send(f"{at}/agree", {}, form_at=at)
        for page in ("/calendar/?month=2027-03", "/processes/rcx/meetings/"):
            office.get(page)
            with statements_sent() as sent:
                office.get(page)
            counted.append(len(sent))
    assert counted[:2] == counted[2:]


def test_calendars_follow_a_session_and_the_offices_write_to_each_other(
    app: Flask, stage: Stage, network: Network
) -> None:
    office, coordination = Desk(app, stage.officer), Desk(app, stage.coordinator)
    readers = [stage.focal["mx"], network.house]
    feeds = [feed(app, one) for one in readers]

    def told() -> list[dict[str, Any]]:
        """What the calendar of each side holds."""
        return [event for path in feeds for event in entries(app.test_client().get(path).data)]

    at, _page = office.send(PROPOSE, proposal())
    assert told() == []
    coordination.send(f"{at}/agree", {}, form_at=at)
    agreed = told()
    assert [(one["title"], one["starts"], one["status"], one["sequence"]) for one in agreed] == [
        ("A common space", "20270309T150000", "CONFIRMED", 0)
    ] * 2
    assert len({one["uid"] for one in agreed}) == 2

    later = f"{QUIET + timedelta(days=1)}/America/Panama"
    typed = proposal(held_on=str(QUIET + timedelta(days=1)), warned_of=later)
    instead, _page = coordination.send(f"{at}/change", typed)
    assert [one["starts"] for one in told()] == ["20270309T150000"] * 2
    coordination.get(f"{at}/change")
    assert "Another hour is proposed, and not answered yet." in office.get(at)
    assert "It is to take the place of" in office.get(instead)
    office.send(f"{instead}/agree", {}, form_at=instead)
    moved = told()
    assert [(one["uid"], one["starts"], one["sequence"]) for one in moved] == [
        (one["uid"], "20270310T150000", 1) for one in agreed
    ]
    office.get(f"{at}/change", 404)
    office.send(f"{instead}/take-back", {}, form_at=instead)
    assert [(one["uid"], one["status"], one["sequence"]) for one in told()] == [
        (one["uid"], "CANCELLED", 2) for one in agreed
    ]
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        rows = system.execute(select(OutboxMessage.notice, OutboxMessage.person_id)).all()
    who = {stage.officer.person: "office", stage.coordinator.person: "coordination"}
    assert sorted((notice, who[person]) for notice, person in rows if notice.startswith("joint")) == [
        ("joint_answered", "coordination"),
        ("joint_answered", "office"),
        ("joint_proposed", "coordination"),
        ("joint_proposed", "office"),
        ("joint_taken_back", "coordination"),
    ]


def entries(content: bytes) -> list[dict[str, Any]]:
    """The events of a calendar file."""
    return [
        {
            "uid": str(one["UID"]),
            "title": str(one["SUMMARY"]),
            "starts": one.decoded("DTSTART").strftime("%Y%m%dT%H%M%S"),
            "status": str(one["STATUS"]),
            "sequence": int(str(one["SEQUENCE"])),
        }
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]
