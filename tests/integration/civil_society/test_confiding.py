"""Input in confidence: one person learns who it was, the office reads the words, and nobody else that it is there."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName
from secretariat.core import clock
from secretariat.core.models import AuditContent, LabelChange
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, RoleName
from secretariat.mail.models import OutboxMessage
from secretariat.processes.models import Participant, Track
from tests.factories import people
from tests.factories.meetings import looking
from tests.factories.people import Official
from tests.integration.civil_society.conftest import Network
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_lent_drafts import mails
from tests.security.canaries.unlike import CHANGING

pytestmark = pytest.mark.usefixtures("app")
INDEX = "/processes/rcx/in-confidence"
LEDGER = "/processes/rcx/submissions"
WORDS = "The shelter in the north turns families away"


def confided(desk: Desk, to: str, theme: str = "") -> str:
    """Written and sent; the address of what the organization keeps."""
    typed = {"to": to, "theme": theme, "title-en": "On the shelter", "words-en": WORDS}
    there, _page = desk.send(f"{INDEX}/new", typed)
    desk.send(f"{there}/send", {})
    return there


def the_one(stage: Stage, kind: Any = Confided) -> Any:
    with system_unit(stage.engine, Reason.LABELLING) as session:
        return session.scalars(select(kind)).one().id


def found(stage: Stage, one: Official, kind: Any) -> int:
    with looking(stage.engine, one) as session:
        return len(session.scalars(select(kind)).all())


def pages(desks: dict[str, Desk], paths: list[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """What each reader finds at each address, less what changes with every answer."""
    read = {}
    for name, desk in desks.items():
        for path in paths:
            desk.client.get(path)
            answer = desk.client.get(path)
            read[name, path] = (answer.status_code, CHANGING.sub("~", answer.get_data(as_text=True)))
    return read


def colleague(stage: Stage, key: str, role: str) -> Official:
    """A second person of the same office."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        if role == "coordinator":
            return people.coordinator(session, session.get_one(Track, stage.id["network"]))
        track = session.get_one(Track, stage.id["network" if role == "representative" else "government"])
        participant = session.get_one(Participant, stage.id[key])
        made: Official = getattr(people, role)(session, track, participant)
        return made


def end_of(stage: Stage, one: Official) -> None:
    """The appointment of this person ends today."""
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        held = session.scalars(
            select(Appointment).where(Appointment.person_id == one.person, Appointment.role == RoleName.LIAISON_OFFICER)
        ).one()
        held.until = clock.today("America/Panama")


def test_the_name_is_read_by_one_liaison_officer_and_the_words_by_that_office(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    house, gt = Desk(app, network.house), network.liaison["gt"]
    mails(stage, settings)
    with looking(stage.engine, stage.officer) as session:
        name = session.get_one(Participant, stage.id["house"]).names[0].name
    typed = {"to": "liaison", "theme": "borders", "title-en": "On the shelter", "words-en": WORDS}
    there, _page = house.send(f"{INDEX}/new", typed)
    assert "not clear which liaison officer" in house.get(f"{there}/send")
    _there, page = house.send(f"{there}/send", {}, 422)
    assert "nothing was sent" in page
    house.send(f"{there}/edit", {**typed, "theme": "children"})
    page = house.get(f"{there}/send")
    assert "This one person learns" in page
    assert "Guatemala" in page
    house.send(f"{there}/send", {})
    ((to, subject, words),) = mails(stage, settings)
    assert to == gt.email
    assert not any(told in subject + words for told in (name, "shelter", WORDS))
    key = the_one(stage)

    fellow, second = colleague(stage, "gt", "liaison_officer"), colleague(stage, "house", "representative")
    page = Desk(app, gt).get(f"/confided/{key}")
    assert name in page
    assert WORDS in page
    assert name in Desk(app, gt).get(INDEX)
    page = Desk(app, fellow).get(f"/confided/{key}")
    assert WORDS in page
    assert name not in page
    others = {
        "coordinator": stage.coordinator, "officer": stage.officer, "chair": stage.chair, "road": network.road,
        "focal point": stage.focal["gt"], "mx": network.liaison["mx"], "fellow": fellow,
    }  # fmt: skip
    assert [found(stage, one, ConfidedName) for one in (*others.values(), network.house, second)] == [0] * 9
    assert [found(stage, one, Confided) for one in others.values()] == [0, 0, 0, 0, 0, 0, 1]
    assert [found(stage, one, ConfidedCopy) for one in (*others.values(), gt)] == [0] * 8
    assert found(stage, second, ConfidedCopy) == 1  # who else represents the organization keeps it too
    assert WORDS in Desk(app, second).get(there)
    with system_unit(stage.engine, Reason.LABELLING) as session:  # no entry on the trail says who wrote it
        kinds = {one.subject_kind for one in session.scalars(select(AuditContent))}
        assert not kinds & {"confided_inputs", "confided_names", "confided_copies"}
        assert {one.id for one in session.scalars(select(Confided))}.isdisjoint(
            {one.subject_id for one in session.scalars(select(AuditContent))}
        )

    paths = [
        "/", LEDGER, INDEX, f"/confided/{key}", there, "/processes/rcx", "/people/rcx", "/account/",
        "/processes/rcx/mail",
        f"/readers/confided_inputs/{key}", f"/readers/confided_names/{the_one(stage, ConfidedName)}",
    ]  # fmt: skip
    desks = {name: Desk(app, one) for name, one in others.items()}
    before = pages(desks, paths)
    desks["fellow"].send(  # the office answers, also who does not know the name
        f"/confided/{key}/answer", {"words-en": "We look into it"}
    )
    ((to, subject, words), (also, _subject, _words)) = sorted(mails(stage, settings))
    assert {to, also} == {network.house.email, second.email}
    assert "look into" not in subject + words
    assert "We look into it" in house.get(there)
    assert "We look into it" in Desk(app, gt).get(f"/confided/{key}")
    _there, page = Desk(app, gt).send(f"/confided/{key}/answer", {"words-en": "Twice"}, 422)
    assert "It was answered already" in page
    desks["fellow"].get(f"/confided/{key}")  # which says once that the answer was kept
    with system_unit(stage.engine, Reason.LABELLING) as session:
        one = session.get_one(Confided, key)
        one.answer, one.answered_on = None, None
        told = session.scalars(select(ConfidedName)).one()
        session.delete(told)
    assert pages(desks, paths) == before  # the same bytes, with and without the name, and the answer taken away
    assert name not in Desk(app, gt).get(f"/confided/{key}")


def test_who_follows_in_office_reads_the_words_and_is_told_the_name_only_by_whose_it_is(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    house = Desk(app, network.house)
    there = confided(house, "liaison", "children")
    key = the_one(stage)
    name = the_one(stage, ConfidedName)
    with system_unit(stage.engine, Reason.LABELLING) as session:  # no history of a label tells it, the mail's neither
        told = session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "confided")).one()
        written = [key, told.id, name]
        changes = session.scalars(select(LabelChange).where(LabelChange.thing_id.in_(written))).all()
        assert {(one.thing_id, one.by_person_id) for one in changes} == {(one, None) for one in written}
    gt = network.liaison["gt"]
    assert "told is not in this office" not in house.get(there)
    house.get(f"{there}/tell-anew", 404)
    successor = colleague(stage, "gt", "liaison_officer")
    end_of(stage, gt)
    assert found(stage, gt, ConfidedName) == found(stage, gt, Confided) == 0
    assert found(stage, successor, Confided) == 1
    assert found(stage, successor, ConfidedName) == 0
    assert "The person you told is not in this office any more" in house.get(there)
    mails(stage, settings)
    house.send(f"{there}/tell-anew", {})
    assert [to for to, _subject, _words in mails(stage, settings)] == [successor.email]
    assert found(stage, successor, ConfidedName) == 1
    assert "The person you told" not in house.get(there)

    house.send(f"{there}/withdraw", {})
    page = Desk(app, successor).get(f"/confided/{key}")
    assert "Who confided it is erased" in page
    _there, page = Desk(app, successor).send(f"/confided/{key}/answer", {"words-en": "Too late"}, 422)
    assert "It was withdrawn" in page
    with system_unit(stage.engine, Reason.LABELLING) as session:
        assert session.scalars(select(ConfidedName)).all() == []
    house.send(f"{there}/discard", {})
    house.get(there, 404)


def test_to_a_coordinator_the_others_of_the_coordination_read_no_name(
    app: Flask, stage: Stage, network: Network
) -> None:
    other = colleague(stage, "", "coordinator")
    house = Desk(app, network.house)
    nobody = {"to": str(stage.officer.person), "title-en": "On it", "words-en": WORDS}
    assert house.wrong(f"{INDEX}/new", nobody)[0].startswith("This coordinator is not in office")
    confided(house, str(stage.coordinator.person))
    key = the_one(stage)
    assert "The name was told to you alone" in Desk(app, stage.coordinator).get(f"/confided/{key}")
    assert "whose name is withheld" in Desk(app, other).get(f"/confided/{key}")
    for one in (network.road, stage.officer, stage.chair, network.liaison["gt"]):
        assert found(stage, one, Confided) == 0
        Desk(app, one).get(f"/confided/{key}", 404)
    assert "On the shelter" not in Desk(app, other).get(LEDGER)  # it is no draft and no submission
    for one in (stage.officer, stage.chair, stage.focal["gt"]):
        Desk(app, one).get(INDEX, 404)


def test_a_draft_is_the_organizations_alone(app: Flask, stage: Stage, network: Network) -> None:
    house = Desk(app, network.house)
    typed = {"to": "liaison", "theme": "children", "title-en": "On the shelter", "words-en": WORDS}
    there, _page = house.send(f"{INDEX}/new", typed)
    for one in (network.road, stage.coordinator, stage.officer, network.liaison["gt"]):
        Desk(app, one).get(there, 404)
    Desk(app, stage.coordinator).get(f"{INDEX}/new", 404)
    assert "On the shelter" in house.get(INDEX)
    house.send(f"{there}/discard", {})
    house.get(there, 404)
