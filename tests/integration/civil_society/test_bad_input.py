"""What goes wrong at the door: a sentence each, nothing lost, nothing crosses by accident."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from secretariat.civil_society.confided_models import ConfidedName
from secretariat.civil_society.models import AnswerSays, Submission
from secretariat.civil_society.service import submitting
from secretariat.core.database import Labelled
from secretariat.core.labelling import attach, relabel
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import Document
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Process, StandingKind, Track, TrackKind
from tests.factories import people, processes
from tests.factories.meetings import acting, looking
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_comments_on_versions import begun, edition, paragraphs
from tests.integration.civil_society.test_confiding import INDEX, confided, the_one
from tests.integration.civil_society.test_submissions import LEDGER, again, sent
from tests.integration.meetings.conftest import Desk, Stage

pytestmark = pytest.mark.usefixtures("app")


def test_who_was_writing_when_it_was_sent_or_withdrawn_keeps_the_words(
    app: Flask, stage: Stage, network: Network
) -> None:
    _text, document = edition(stage, both=True)
    _first, second, third = paragraphs(stage, document)
    house, liaison = Desk(app, network.house), Desk(app, network.liaison["gt"])
    there = begun(house, document)
    about = f"{there}/comments/{third}"
    house.send(about, {"words": "In a language it speaks", "language": "en"})
    Desk(app, stage.coordinator).send(f"{there}/send", {})
    late = {"words": "Said too late", "language": "en"}
    for path, typed in ((f"{there}/comments/{second}", late), (f"{there}/edit", {"title-en": "Said too late"})):
        _there, page = house.send(path, typed, 422, form_at=f"{LEDGER}/comment")
        assert "It was sent meanwhile" in page
        assert "Said too late" in page
    assert "Said too late" not in house.get(there)

    answer = {"says": AnswerSays.TAKEN_UP.value, "words-en": "We do so by day"}
    with acting(stage.engine, stage.coordinator) as session:
        submitting.withdraw(session, again(session, UUID(there.rpartition("/")[2])), "Overtaken")
    _there, page = liaison.send(f"{there}/answer", answer, 422)
    assert "The network has withdrawn this submission meanwhile" in page
    assert "We do so by day" in page
    _there, page = Desk(app, stage.officer).send(f"{there}/answer-of-process", answer, 422)
    assert "The network has withdrawn this submission meanwhile" in page
    assert "Answer for the process" not in Desk(app, stage.officer).get(there)
    house.get(f"{there}/take-over", 404)


def test_who_answers_reads_the_comment_where_the_version_is_not_for_him(
    app: Flask, stage: Stage, network: Network
) -> None:
    _text, document = edition(stage, both=True)
    third = paragraphs(stage, document)[2]
    coordinator, liaison = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"])
    there = begun(coordinator, document)
    coordinator.send(f"{there}/comments/{third}", {"words": "In a language it speaks", "language": "en"})
    coordinator.send(f"{there}/send", {})
    with system_unit(stage.engine, Reason.LABELLING) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["government"])
        named = clauses.named(process, track, audience=[clauses.secretariat(track)])
        relabel(session, session.get_one(Document, document), [named], why="raised")
    page = liaison.get(there)
    assert "In a language it speaks" in page
    assert "Each child is told" not in page
    assert "Reception protocol" not in page
    assert f"/documents/{document}" not in page
    liaison.send(f"{there}/answer", {"says": AnswerSays.TAKEN_UP.value, "words-en": "We do so by day"})
    Desk(app, network.liaison["mx"]).get(f"{there}/answer", 404)  # it is another's to answer
    Desk(app, stage.focal["co"]).get(f"{there}/answer", 404)  # who reads no submission


def test_an_organization_in_two_networks_writes_for_the_one_it_chose(
    app: Flask, stage: Stage, network: Network
) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, stage.id["process"])
        sides = [session.get_one(Track, stage.id[name]) for name in ("government", "network")]
        other = Track(
            process=process, kind=TrackKind.CIVIL_SOCIETY, slug="business", name=LocalText.of("Business"), position=3
        )
        attach(session, other, container=process)
        session.flush()
        labelled: list[Labelled] = [process, *sides]
        for one in labelled:  # as a process with three tracks is loaded
            relabel(session, one, [clauses.participants_of(process, *sides, other)], why="with a third track")
        house = session.get_one(Participant, stage.id["house"])
        processes.participation(session, other, house, StandingKind.MEMBER)
        second = people.representative(session, other, house, of=network.house)
        theirs = people.coordinator(session, other)
    desk = Desk(app, network.house)
    assert f"{LEDGER}/new?network=business" in desk.get(f"{LEDGER}?network=business")
    typed = {
        "kind": "declaration", "title-en": "Of business", "words-en": "Words", "theme": "", "on_document": "",
    }  # fmt: skip
    there, _page = desk.send(f"{LEDGER}/new?network=business", typed)
    assert "Of business" in desk.get(there)
    Desk(app, theirs).get(there)
    Desk(app, stage.coordinator).get(there, 404)
    assert second.person == network.house.person
    first, _page = desk.send(f"{LEDGER}/new", {**typed, "title-en": "Of civil society"})
    Desk(app, theirs).get(first, 404)
    Desk(app, stage.coordinator).get(first)
    desk.send(f"{INDEX}/new?network=business", {
        "to": str(theirs.person), "theme": "", "title-en": "Confided", "words-en": "Words",
    })  # fmt: skip
    assert desk.wrong(f"{INDEX}/new?network=business", {
        "to": str(stage.coordinator.person), "theme": "", "title-en": "Confided", "words-en": "Words",
    })[0].startswith("This coordinator is not in office")  # fmt: skip


def test_a_coordinator_who_is_an_official_too_reads_each_side_under_its_own_hat(
    app: Flask, stage: Stage, network: Network
) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        government = session.get_one(Track, stage.id["government"])
        official = people.liaison_officer(
            session, government, session.get_one(Participant, stage.id["gt"]), of=stage.coordinator
        )
    assert official.person == stage.coordinator.person
    assert official.hat != stage.coordinator.hat
    confided(Desk(app, network.house), str(stage.coordinator.person))
    key = the_one(stage)
    with looking(stage.engine, stage.coordinator) as session:
        assert len(session.scalars(select(ConfidedName)).all()) == 1
    with looking(stage.engine, official) as session:  # the same person under the other hat
        assert session.scalars(select(ConfidedName)).all() == []
        assert session.scalars(select(Submission)).all() == []
    assert "The name was told to you alone" in Desk(app, stage.coordinator).get(f"/confided/{key}")
    sent(stage)  # routed to Guatemala, for whose government the coordinator is an official as well
    with looking(stage.engine, official) as session:
        one = session.scalars(select(Submission)).one()
        assert one.routed_to_id == stage.id["gt"]
