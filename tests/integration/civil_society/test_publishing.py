"""What a network said and was answered stands on a page for everybody once each side has published its own part."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from config import Settings
from secretariat.civil_society.models import AdoptsBy, Submission, SubmissionKind
from secretariat.civil_society.service import publishing, submitting
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import relabel
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, system_unit
from secretariat.processes import clauses
from secretariat.processes import service as processes
from secretariat.processes.models import ParticipantKind, Process, StandingKind, Track
from tests.factories.meetings import acting
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_submissions import again, answer, begun, given, sent
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_lent_drafts import mails
from tests.support.sql import statements_sent

WORDS, TITLE, ANSWER = "Receive returned children by day.", "Six recommendations", "We do so since March."
REPLY = "The network offers its interpreters."
EVERYBODYS, HOME = "/processes/rcx/civil-society", "/processes/rcx/"
HEADING, TAG = re.compile(r"<h[23]\b[^>]*>(.*?)</h[23]>", re.DOTALL), re.compile(r"<[^>]+>")


def has_public_page(stage: Stage) -> None:
    with system_unit(stage.engine, Reason.LABELLING) as system:
        process = system.get_one(Process, stage.id["process"])
        process.public_page_since = clock.today()
        relabel(system, process, [clauses.public(process)], why="a public page")


def answered(stage: Stage, network: Network, words: str = ANSWER, **more: Any) -> tuple[UUID, UUID]:
    """A submission and the answer of Guatemala."""
    key = sent(stage, **more)
    told = begun(stage, network.liaison["gt"], key, words)
    given(stage, network.liaison["gt"], told)
    return key, told


def test_both_sides_publish_and_each_can_take_it_back(app: Flask, stage: Stage, network: Network) -> None:
    key, told = answered(stage, network)
    coordinator, liaison = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"])
    assert "For everybody" not in coordinator.get(f"/submissions/{key}")
    coordinator.get(f"/submissions/{key}/publish", 404)
    liaison.get(f"/answers/{told}/publish", 404)
    has_public_page(stage)
    other, _answer = answered(stage, network, title="Not for everybody")
    others = [Desk(app, one) for one in (network.house, stage.officer, network.liaison["mx"], stage.focal["gt"])]
    everybody, page = Desk(app), f"/submissions/{key}"

    def is_public() -> set[bool]:
        """What everybody finds, signed in or not, and whether the public page leads there."""
        assert ("civil-society" in everybody.get(HOME)) is (TITLE in everybody.get(EVERYBODYS))
        found = {TITLE in one.get(EVERYBODYS) and ANSWER in one.get(EVERYBODYS) for one in (everybody, *others)}
        assert "Not for everybody" not in everybody.get(EVERYBODYS)
        return found

    for desk in (liaison, *others):
        desk.get(f"{page}/publish", 404)
    for desk in (coordinator, *others):
        desk.get(f"/answers/{told}/publish", 404)
    liaison.send(f"/answers/{told}/publish", {})
    assert is_public() == {False}
    assert "An answer was published." in coordinator.get(page)
    coordinator.send(f"{page}/publish", {})
    assert is_public() == {True}
    assert "Everybody reads it, with what it was answered." in others[0].get(page)
    assert WORDS in Desk(app).get(EVERYBODYS)

    for desk in (coordinator, *others):
        desk.get(f"/answers/{told}/unpublish", 404)
    liaison.send(f"/answers/{told}/unpublish", {})
    assert is_public() == {False}
    assert "The network published it" in liaison.get(page)
    liaison.send(f"/answers/{told}/publish", {})
    coordinator.send(f"{page}/unpublish", {})
    assert is_public() == {False}
    coordinator.send(f"{page}/publish", {})
    assert is_public() == {True}
    with acting(stage.engine, stage.coordinator) as session:
        submitting.withdraw(session, again(session, key), "")
    assert is_public() == {False}
    coordinator.get(f"{page}/publish", 404)
    liaison.get(f"/answers/{told}/publish", 404)
    coordinator.get(f"/submissions/{other}/unpublish", 404)


def test_a_reply_is_read_by_everybody_with_the_answer_it_is_to(app: Flask, stage: Stage, network: Network) -> None:
    has_public_page(stage)
    coordinator, liaison, everybody = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"]), Desk(app)
    key, told = answered(stage, network)
    assert "replied" not in coordinator.get(f"/submissions/{key}/publish")
    coordinator.send(f"/answers/{told}/reply", {"words-en": REPLY})
    liaison.send(f"/answers/{told}/publish", {})

    def finds() -> tuple[bool, bool]:
        """The answer and the reply, on the page for everybody; the reply also by search."""
        page = everybody.get(EVERYBODYS)
        assert ("/civil-society" in everybody.get("/search?q=interpreters")) is (REPLY in page)
        return ANSWER in page, REPLY in page

    coordinator.send(f"/submissions/{key}/publish", {})
    assert finds() == (True, False)
    coordinator.send(f"/submissions/{key}/unpublish", {})
    coordinator.send(f"/submissions/{key}/publish", {"replies": "y"})
    assert finds() == (True, True)
    other = begun(stage, stage.officer, key, "The process does so too.", for_process=True,
                  agreed_on=clock.today(), agreed_word="By all members")  # fmt: skip
    given(stage, stage.officer, other)
    Desk(app, stage.officer).send(f"/answers/{other}/publish", {})
    liaison.send(f"/answers/{told}/unpublish", {})
    assert finds() == (False, False)
    assert "The process does so too." in everybody.get(EVERYBODYS)
    liaison.send(f"/answers/{told}/publish", {})
    assert finds() == (True, True)
    with acting(stage.engine, stage.coordinator) as session:
        submitting.withdraw(session, again(session, key), "")
    assert finds() == (False, False)


def test_whoever_published_first_is_told_once_the_other_side_has(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    has_public_page(stage)
    coordinator, liaison = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"])
    key, told = answered(stage, network)
    mails(stage, settings)
    liaison.send(f"/answers/{told}/publish", {})
    assert mails(stage, settings) == []
    coordinator.send(f"/submissions/{key}/publish", {})
    assert [(to, "by both" in subject) for to, subject, _words in mails(stage, settings)] == [
        (network.liaison["gt"].email, True)
    ]
    liaison.send(f"/answers/{told}/unpublish", {})
    liaison.send(f"/answers/{told}/publish", {})
    [(to, _subject, words)] = mails(stage, settings)
    assert to == stage.coordinator.email
    assert f"/submissions/{key}" in words
    assert ANSWER not in words


def test_what_tells_of_others_is_not_published(app: Flask, stage: Stage, network: Network) -> None:
    has_public_page(stage)
    coordinator, liaison = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"])
    comment, reply = answered(stage, network, kind=SubmissionKind.COMMENT, on_document="RCX/2026/4")
    coordinator.get(f"/submissions/{comment}/publish", 404)
    liaison.get(f"/answers/{reply}/publish", 404)
    key = sent(stage)
    told = begun(stage, network.liaison["gt"], key, "Mexico does.")
    liaison.send(f"/answers/{told}/show-to", {})
    given(stage, network.liaison["gt"], told)
    with acting(stage.engine, network.liaison["gt"]) as session, pytest.raises(Refused, match="another participant"):
        publishing.publish_answer(session, answer(session, told))


def test_of_a_position_is_told_who_signed_and_who_dissented_where_the_network_says_so(
    app: Flask, stage: Stage, network: Network
) -> None:
    has_public_page(stage)
    key, told = answered(stage, network)
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        _is_position(system, key, stage)
    coordinator, liaison = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"])
    liaison.send(f"/answers/{told}/publish", {})
    coordinator.send(f"/submissions/{key}/publish", {"dissents": "y"})
    page = Desk(app).get(EVERYBODYS)
    assert "A position of the network" in page
    assert ("Signed by" in page, "Not by night either" in page) == (False, True)
    coordinator.send(f"/submissions/{key}/unpublish", {})
    coordinator.send(f"/submissions/{key}/publish", {"signatures": "y"})
    page = Desk(app).get(f"{EVERYBODYS}?lang=ar")
    assert ("Not by night either" in page, 'dir="rtl"' in page) == (False, True)
    assert "Signed by: House" in Desk(app).get(EVERYBODYS)


def _is_position(system: Any, key: UUID, stage: Stage) -> None:
    one = system.get_one(Submission, key)
    one.adopted_by, one.adopted_on = AdoptsBy.CONSENSUS, date(2026, 3, 1)
    one.signatories = [str(stage.id["house"])]
    one.dissents = [{"by": str(stage.id["road"]), "language": "en", "words": "Not by night either."}]


def join_network(stage: Stage, number: int) -> None:
    with acting(stage.engine, stage.coordinator) as session:
        track = session.get_one(Track, stage.id["network"])
        for one in range(number):
            new = processes.NewParticipant(f"Shelter {one}", "en", ParticipantKind.NGO)
            known = processes.know_participant(session, session.viewer, track, new)
            processes.add_participant(
                session, session.viewer, track, known, StandingKind.MEMBER,
                since=PartialDate.parse(clock.today()), decision="Assembly of the network",
            )  # fmt: skip


def test_each_side_has_a_heading_and_a_word_for_its_members(app: Flask, stage: Stage, network: Network) -> None:
    house, officer, anybody = Desk(app, network.house), Desk(app, stage.officer), Desk(app)

    def headings(desk: Desk) -> list[str]:
        page = desk.get(HOME).partition('id="chair"')[0]
        return [html.unescape(TAG.sub("", one)).strip() for one in HEADING.findall(page)]

    assert headings(house) == ["Member organizations (2)"]
    before = headings(officer)
    assert [one for one in before if "rganization" in one] == []
    with acting(stage.engine, stage.officer) as session:
        process = session.get_one(Process, stage.id["process"])
        processes.open_public_page(session, session.viewer, process, since=clock.today(), decision="By all members")
    assert headings(officer) == before
    own, *theirs = headings(house)[2:]
    assert headings(house)[:2] == ["Civil society", "Member organizations (2)"]
    assert (own, theirs) == ("The governments' side", before)
    assert [one for one in headings(anybody) if "rganization" in one] == []

    def asked() -> int:
        with statements_sent() as sent:
            house.get(HOME)
        return len(sent)

    asked()
    few = asked()
    join_network(stage, 3)
    asked()
    assert asked() == few
    assert headings(house)[1] == "Member organizations (5)"
