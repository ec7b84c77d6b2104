"""A position inside a network: opened to signatures, signed in time, dissented from, adopted by the network's rule, and
sent with who signed it. Nothing of it is read on the other side before."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.civil_society import position_queries, queries
from secretariat.civil_society.models import AdoptsBy, Submission, SubmissionKind, SubmissionState
from secretariat.civil_society.position_models import Position, PositionDissent, PositionSignature
from secretariat.civil_society.service import positions, submitting
from secretariat.civil_society.service.positions import Dissent, Settled
from secretariat.core import awaited, clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service as documents
from secretariat.documents.models import Document
from secretariat.mail import delivery
from secretariat.processes import clauses
from secretariat.processes.models import Participation, Process, Track
from secretariat.texts import queries as texts
from secretariat.texts import service as writing
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.civil_society.conftest import Network
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.relay import ScriptedRelay

pytestmark = pytest.mark.usefixtures("app")
LATER = timedelta(hours=49)
WORDS = (made.RECALLING, made.words("Returned children are received by day"), made.TOLD)


def circulated(stage: Stage) -> UUID:
    """The document of a text of the network."""
    with acting(stage.engine, stage.coordinator) as session:
        return made.circulated(session, made.begun(session, WORDS)).document_id


def opened(stage: Stage, rule: AdoptsBy | None = None) -> UUID:
    """A position that is signed for two days."""
    document = circulated(stage)
    with acting(stage.engine, stage.coordinator) as session:
        if rule is not None:
            process, network = (
                session.get_one(Process, stage.id["process"]),
                session.get_one(Track, stage.id["network"]),
            )
            positions.set_adoption(session, process, network, rule)
        edition = texts.edition_of(session, document)
        assert edition is not None
        return positions.open_position(session, edition, made.in_hours(48)).id


def again(session: Any, key: UUID) -> Position:
    one = position_queries.position_by_id(session, key)
    assert one is not None
    return one


def signed(stage: Stage, key: UUID, by: Official) -> None:
    with acting(stage.engine, by) as session:
        positions.sign(session, again(session, key), clock.now())


def dissented(stage: Stage, key: UUID, by: Official, **more: Any) -> None:
    with acting(stage.engine, by) as session:
        said = Dissent(words="Not two hours.", language="en", **more)
        positions.dissent(session, again(session, key), said, clock.now())


def settled(stage: Stage, key: UUID, *, adopted: bool = True, word: str = "In Panama") -> None:
    with time_machine.travel(clock.now() + LATER), acting(stage.engine, stage.coordinator) as session:
        given = Settled(adopted=adopted, on=clock.today("America/Panama"), word=word)
        positions.settle(session, again(session, key), given)


def found(stage: Stage, one: Official) -> tuple[int, int, int]:
    """How many positions, signatures and dissents a reader finds."""
    with looking(stage.engine, one) as session:
        kinds = (Position, PositionSignature, PositionDissent)
        return tuple(len(session.scalars(select(kind)).all()) for kind in kinds)  # type: ignore[return-value]


def test_a_position_is_read_in_the_network_and_nowhere_else(stage: Stage, network: Network) -> None:
    key = opened(stage)
    signed(stage, key, network.house)
    dissented(stage, key, network.road)
    for one in (network.house, network.road, stage.coordinator):
        assert found(stage, one) == (1, 1, 1)
    others = [stage.officer, stage.chair, *stage.focal.values(), *network.liaison.values()]
    assert {found(stage, one) for one in others} == {(0, 0, 0)}


def test_an_organization_signs_once_and_takes_it_back_before_the_end(stage: Stage, network: Network) -> None:
    key = opened(stage)
    signed(stage, key, network.house)
    with pytest.raises(Refused, match="has signed already"):
        signed(stage, key, network.house)
    with acting(stage.engine, network.house) as session:
        positions.take_back(session, again(session, key), clock.now())
    assert found(stage, network.house) == (1, 0, 0)
    with acting(stage.engine, network.house) as session, pytest.raises(Refused, match="has not signed"):
        positions.take_back(session, again(session, key), clock.now())
    signed(stage, key, network.house)
    with time_machine.travel(clock.now() + LATER):
        with acting(stage.engine, network.house) as session, pytest.raises(Refused, match="had passed"):
            positions.take_back(session, again(session, key), clock.now())
        with pytest.raises(Refused, match="had passed"):
            signed(stage, key, network.road)
        with pytest.raises(Refused, match="had passed"):
            dissented(stage, key, network.road)
    assert found(stage, stage.coordinator) == (1, 1, 0)


def test_the_coordination_signs_for_nobody(stage: Stage, network: Network) -> None:
    key = opened(stage)
    with pytest.raises(NotAllowed):
        signed(stage, key, stage.coordinator)
    with acting(stage.engine, network.house) as session, pytest.raises(NotAllowed):
        positions.settle(session, again(session, key), Settled(adopted=True, on=clock.today()))


def test_who_dissents_has_not_signed_and_who_signs_dissents_no_more(stage: Stage, network: Network) -> None:
    key = opened(stage)
    signed(stage, key, network.house)
    dissented(stage, key, network.house)
    assert found(stage, network.house) == (1, 0, 1)
    dissented(stage, key, network.house, objects=True)
    assert found(stage, network.house) == (1, 0, 1)
    signed(stage, key, network.house)
    assert found(stage, network.house) == (1, 1, 0)
    dissented(stage, key, network.house)
    with acting(stage.engine, network.house) as session:
        positions.take_dissent_back(session, again(session, key), clock.now())
    assert found(stage, network.house) == (1, 0, 0)


def test_what_is_not_agreed_yet_is_not_signed(stage: Stage, network: Network) -> None:
    with acting(stage.engine, stage.coordinator) as session:
        edition = made.circulated(session, made.begun(session))
        with pytest.raises(Refused, match="in brackets still"):
            positions.open_position(session, edition, made.in_hours(48))


def test_a_revision_is_signed_and_not_what_it_took_the_place_of(stage: Stage, network: Network) -> None:
    key = opened(stage)
    with acting(stage.engine, stage.coordinator) as session:
        text = made.again(session, again(session, key).edition.text_id)
        writing.add_paragraphs(session, text, [made.words("Nobody is sent back at night")])
        made.circulated(session, text)
    with pytest.raises(Refused, match="gave way to"):
        signed(stage, key, network.house)
    with looking(stage.engine, network.house) as session:
        assert [one for one in awaited.awaited(session, clock.today()) if one.kind == "position"] == []


def revised(stage: Stage, key: UUID) -> None:
    """The text of a position is circulated anew."""
    with acting(stage.engine, stage.coordinator) as session:
        text = made.again(session, again(session, key).edition.text_id)
        writing.add_paragraphs(session, text, [made.words("Nobody is sent back at night")])
        made.circulated(session, text)


def withdrawn(stage: Stage, key: UUID) -> None:
    """The text of a position is taken back."""
    with acting(stage.engine, stage.coordinator) as session:
        documents.withdraw(session, again(session, key).edition.document, LocalText.of("Not agreed"))


@pytest.mark.parametrize(("gone", "why"), [(revised, "gave way to"), (withdrawn, "was withdrawn")])
def test_a_text_that_stands_no_more_is_not_adopted(stage: Stage, network: Network, gone: Any, why: str) -> None:
    key = opened(stage, AdoptsBy.SILENCE)
    gone(stage, key)
    with pytest.raises(Refused, match=why):
        settled(stage, key)
    settled(stage, key, adopted=False)


def test_of_an_adopted_text_that_was_withdrawn_no_submission_is_made(stage: Stage, network: Network) -> None:
    key = opened(stage, AdoptsBy.SILENCE)
    settled(stage, key)
    withdrawn(stage, key)
    with acting(stage.engine, stage.coordinator) as session, pytest.raises(Refused, match="was withdrawn"):
        positions.make_submission(session, again(session, key), SubmissionKind.DECLARATION, "")


def test_of_a_text_that_gave_way_before_it_was_adopted_no_submission_is_made(stage: Stage, network: Network) -> None:
    """What was adopted, and revised after that, is sent as it was adopted."""
    key = opened(stage, AdoptsBy.SILENCE)
    with acting(stage.engine, stage.coordinator) as session:
        one = again(session, key)
        one.settled_at, one.adopted_on = clock.now(), clock.today()
    revised(stage, key)
    with acting(stage.engine, stage.coordinator) as session:
        again(session, key).settled_at = clock.now() + timedelta(hours=1)
    with acting(stage.engine, stage.coordinator) as session, pytest.raises(Refused, match="gave way to"):
        positions.make_submission(session, again(session, key), SubmissionKind.DECLARATION, "")
    with acting(stage.engine, stage.coordinator) as session:
        again(session, key).settled_at = clock.now() - timedelta(hours=1)
    with acting(stage.engine, stage.coordinator) as session:
        assert positions.make_submission(session, again(session, key), SubmissionKind.DECLARATION, "").words


def hidden_from_road(stage: Stage, document: UUID) -> None:
    """The text is read by House and by the coordination alone."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        process, track = session.get_one(Process, stage.id["process"]), session.get_one(Track, stage.id["network"])
        audience = [clauses.participant(stage.id["house"]), clauses.secretariat(track)]
        few = clauses.named(process, track, audience=audience)
        relabel(session, session.get_one(Document, document), [few], why="test")


def test_what_an_organization_does_not_read_is_not_opened_to_signatures(stage: Stage, network: Network) -> None:
    document = circulated(stage)
    hidden_from_road(stage, document)
    with acting(stage.engine, stage.coordinator) as session:
        edition = texts.edition_of(session, document)
        assert edition is not None
        with pytest.raises(Refused, match="does not read: Road"):
            positions.open_position(session, edition, made.in_hours(48))


def test_who_was_taken_the_text_from_is_neither_awaited_nor_silent(stage: Stage, network: Network) -> None:
    key = opened(stage, AdoptsBy.SILENCE)
    with looking(stage.engine, stage.coordinator) as session:
        document = again(session, key).edition.document_id
    hidden_from_road(stage, document)
    with looking(stage.engine, stage.coordinator) as session:
        asked = [one.participant for one in awaited.awaited(session, clock.today()) if one.kind == "position"]
    assert asked == [stage.id["house"]]
    with pytest.raises(Refused, match="does not read: Road"):
        settled(stage, key)
    settled(stage, key, adopted=False)


@pytest.mark.parametrize("what", ["sign", "take-back", "dissent", "dissent/take-back"])
def test_what_reached_us_in_time_counts_though_it_had_to_wait(
    stage: Stage, network: Network, app: Flask, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    key = opened(stage)
    if what == "take-back":
        signed(stage, key, network.house)
    if what == "dissent/take-back":
        dissented(stage, key, network.house)
    house, lock = Desk(app, network.house), positions._lock
    with time_machine.travel(clock.now()) as hour:

        def waits(*given: Any) -> None:
            hour.shift(LATER)
            lock(*given)

        monkeypatch.setattr(positions, "_lock", waits)
        house.send(f"/positions/{key}/{what}", {"words": "Not two hours.", "language": "en"})
    expected = {"sign": (1, 1, 0), "dissent": (1, 0, 1)}.get(what, (1, 0, 0))
    assert found(stage, network.house) == expected


@pytest.mark.parametrize("rule", [AdoptsBy.CONSENSUS, AdoptsBy.SILENCE])
def test_against_an_objection_neither_consensus_nor_silence(stage: Stage, network: Network, rule: AdoptsBy) -> None:
    key = opened(stage, rule)
    signed(stage, key, network.house)
    dissented(stage, key, network.road, objects=True)
    with pytest.raises(Refused, match="an objection"):
        settled(stage, key)
    settled(stage, key, adopted=False)
    with looking(stage.engine, stage.coordinator) as session:
        assert again(session, key).adopted_on is None
        assert again(session, key).settled_at is not None


def test_consensus_is_established_in_words_and_silence_by_the_hour(stage: Stage, network: Network) -> None:
    key = opened(stage)
    dissented(stage, key, network.road)
    with pytest.raises(Refused, match="how consensus was established"):
        settled(stage, key, word=" ")
    with acting(stage.engine, stage.coordinator) as session, pytest.raises(Refused, match="can still sign"):
        positions.settle(session, again(session, key), Settled(adopted=True, on=clock.today(), word="Early"))
    settled(stage, key)
    with pytest.raises(Refused, match="on record already"):
        settled(stage, key, adopted=False)
    quiet = opened(stage, AdoptsBy.SILENCE)
    settled(stage, quiet, word="")


def test_a_majority_is_more_than_half_of_all_organizations(stage: Stage, network: Network) -> None:
    key = opened(stage, AdoptsBy.MAJORITY)
    signed(stage, key, network.house)
    with pytest.raises(Refused, match=r"Of 2, 1 has signed"):
        settled(stage, key)
    signed(stage, key, network.road)
    settled(stage, key)


def test_a_majority_is_weighed_on_the_day_on_which_signing_ended(stage: Stage, network: Network, app: Flask) -> None:
    key = opened(stage, AdoptsBy.MAJORITY)
    signed(stage, key, network.house)
    with looking(stage.engine, stage.coordinator) as session:
        ended = again(session, key).ends_on
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        held = select(Participation).where(
            Participation.participant_id == stage.id["road"], Participation.track_id == stage.id["network"]
        )
        session.scalars(held).one().until = PartialDate.parse(ended + timedelta(days=1))
    with time_machine.travel(clock.now() + timedelta(days=9)), acting(stage.engine, stage.coordinator) as session:
        given = Settled(adopted=True, on=clock.today("America/Panama"))
        with pytest.raises(Refused, match=r"Of 2, 1 has signed"):
            positions.settle(session, again(session, key), given)
    with time_machine.travel(clock.now() + timedelta(days=9)):
        assert "1 of 2 member organizations have signed" in Desk(app, stage.coordinator).get(f"/positions/{key}")


def test_it_is_sent_with_who_signed_it_and_what_was_to_go_along(stage: Stage, network: Network, app: Flask) -> None:
    key = opened(stage, AdoptsBy.SILENCE)
    signed(stage, key, network.house)
    dissented(stage, key, network.road, goes_along=True)
    with acting(stage.engine, stage.coordinator) as session, pytest.raises(Refused, match="adopted first"):
        positions.make_submission(session, again(session, key), SubmissionKind.DECLARATION, "children")
    settled(stage, key)
    with acting(stage.engine, stage.coordinator) as session:
        draft = positions.make_submission(session, again(session, key), SubmissionKind.DECLARATION, "children").id
        assert "1. Returned children are received" in str(session.get_one(Submission, draft).words.texts["en"])
    with acting(stage.engine, stage.coordinator) as session, pytest.raises(Refused, match="already"):
        positions.make_submission(session, again(session, key), SubmissionKind.DECLARATION, "")
    coordinator, liaison = Desk(app, stage.coordinator), Desk(app, network.liaison["gt"])
    page = coordinator.get(f"/submissions/{draft}")
    assert f"/submissions/{draft}/edit" not in page
    assert f"/submissions/{draft}/discard" in page
    coordinator.get(f"/submissions/{draft}/edit", 404)
    liaison.get(f"/submissions/{draft}", 404)
    with acting(stage.engine, stage.coordinator) as session:
        one = queries.submission_by_id(session, draft)
        assert one is not None
        submitting.send(session, one)
    page = liaison.get(f"/submissions/{draft}")
    assert "Signed by: " in page
    assert "Not two hours." in page
    assert str(key) not in page
    liaison.get(f"/positions/{key}", 404)
    assert "Signed by: " in Desk(app, stage.officer).get(f"/submissions/{draft}")


def test_a_draft_that_is_thrown_away_can_be_made_again(stage: Stage, network: Network) -> None:
    key = opened(stage, AdoptsBy.SILENCE)
    settled(stage, key)
    for _time in range(2):
        with acting(stage.engine, stage.coordinator) as session:
            positions.make_submission(session, again(session, key), SubmissionKind.RECOMMENDATION, "")
        with acting(stage.engine, stage.coordinator) as session:
            one = session.scalars(select(Submission).where(Submission.state == SubmissionState.DRAFT)).one()
            submitting.throw_away(session, one)
    with looking(stage.engine, stage.coordinator) as session:
        assert again(session, key).submission_id is None


def test_a_signature_is_awaited_of_each_organization_and_the_word_of_the_coordination(
    stage: Stage, network: Network
) -> None:
    key = opened(stage)

    def asked(one: Official, participant: UUID | None = None) -> list[tuple[str, UUID | None]]:
        with looking(stage.engine, one) as session:
            things = awaited.awaited(session, clock.today(), process=stage.id["process"], participant=participant)
            return [(thing.kind, thing.participant) for thing in things if thing.subject == key]

    both = sorted([("position", stage.id["house"]), ("position", stage.id["road"])], key=str)
    assert sorted(asked(stage.coordinator), key=str) == both
    assert asked(network.house, stage.id["house"]) == [("position", stage.id["house"])]
    assert asked(stage.officer) == []
    signed(stage, key, network.house)
    dissented(stage, key, network.road)
    assert asked(stage.coordinator) == []
    with time_machine.travel(clock.now() + LATER):
        assert asked(stage.coordinator) == [("position_to_settle", None)]
        assert asked(stage.officer) == []
    settled(stage, key)
    with time_machine.travel(clock.now() + LATER):
        assert asked(stage.coordinator) == []


def test_organizations_are_written_to_and_who_has_signed_is_not(
    stage: Stage, network: Network, settings: Settings
) -> None:
    key = opened(stage)
    signed(stage, key, network.house)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
        taken = [mail for mail in relay.taken if "A position to sign" in str(mail["Subject"])]
    assert [mail["To"] for mail in taken] == [network.road.email]
    body = taken[0].get_body(("plain",))
    assert body is not None
    assert f"/positions/{key}" in str(body.get_content())


def test_the_pages_of_a_position_from_its_text_to_the_draft_submission(
    stage: Stage, network: Network, app: Flask
) -> None:
    document = circulated(stage)
    coordinator, house, officer = Desk(app, stage.coordinator), Desk(app, network.house), Desk(app, stage.officer)
    listed = coordinator.get("/processes/rcx/positions")
    assert f"/documents/{document}/position" in listed
    assert f"/documents/{document}/position" in coordinator.get(f"/documents/{document}/text")
    assert "/position" not in re.sub(r"/processes/rcx/positions", "", house.get(f"/documents/{document}/text"))
    assert f"/documents/{document}/position" not in house.get("/processes/rcx/positions")
    officer.get("/processes/rcx/positions", 404)
    house.get(f"/documents/{document}/position", 404)
    end = {"ends_on": "2020-01-01", "ends_hour": "17:00", "zone": "America/Panama"}
    assert coordinator.wrong(f"/documents/{document}/position", end) == [
        "This moment has passed; choose a later day or hour"
    ]
    coordinator.send("/processes/rcx/network/adoption", {"adopts_by": "silence", "ballots": "either"})
    soon = made.in_hours(48)
    ends = {"ends_on": soon.on.isoformat(), "ends_hour": soon.hour.strftime("%H:%M"), "zone": soon.zone}
    there, _page = coordinator.send(f"/documents/{document}/position", ends)
    assert there in house.get(f"/documents/{document}/text")
    page = house.get(there)
    assert "0 of 2 member organizations have signed" in page
    assert "Not heard from yet" not in page
    assert "Not heard from yet" in coordinator.get(there)
    house.send(f"{there}/sign", {})
    until = soon.hour.strftime("%H:%M")
    assert f"It can be taken back until {soon.on:%a} {soon.on.day}" in html.unescape(thanks := house.get(there))
    assert f"{until}, Panama time" in thanks
    assert "1 of 2 member organizations have signed" in house.get(there)
    house.send(f"{there}/take-back", {})
    house.send(f"{there}/dissent", {"words": "Not two hours.", "language": "en", "goes_along": "y"})
    house.send(f"{there}/dissent", {"words": "Never two hours.", "language": "en", "goes_along": "y"})
    assert "Never two hours." in coordinator.get(there)
    assert "By signing you take it back." in house.get(f"{there}/sign")
    house.send(f"{there}/dissent/take-back", {})
    assert "By signing you take it back." not in house.get(f"{there}/sign")
    house.send(f"{there}/sign", {})
    later = made.in_hours(50)
    moved = {"ends_on": later.on.isoformat(), "ends_hour": later.hour.strftime("%H:%M"), "zone": later.zone}
    coordinator.send(f"{there}/end", moved)
    assert coordinator.wrong(f"{there}/end", ends) == [
        "Organizations were told that they have until then. Give a later day or hour."
    ]
    officer.get(there, 404)
    with time_machine.travel(clock.now() + timedelta(hours=51)):
        coordinator, house = Desk(app, stage.coordinator), Desk(app, network.house)
        assert "Sign it" not in house.get(there)
        given = {"adopted": "adopted", "on": clock.today("America/Panama").isoformat(), "word": ""}
        coordinator.send(f"{there}/settle", given)
        draft, _page = coordinator.send(f"{there}/submission", {"kind": "declaration", "theme": "children"})
        assert "Signed by: " in coordinator.get(draft)
        assert "Signed by: " in coordinator.get(f"{draft}/send")
        coordinator.send(f"{draft}/send", {})
        assert "Signed by: " in Desk(app, network.liaison["gt"]).get(draft)


def test_organizations_comment_on_a_text_of_their_network_before_it_is_signed(
    stage: Stage, network: Network, app: Flask, settings: Settings
) -> None:
    document = circulated(stage)
    with acting(stage.engine, stage.coordinator) as session:
        edition = texts.edition_of(session, document)
        assert edition is not None
        this = made.opened(session, edition).id
    house = Desk(app, network.house)
    for page in ("", "/reply", "/comments/new", "/reply/word"):
        words = html.unescape(house.get(f"/rounds/{this}{page}"))
        assert "your organization" in words.casefold(), page
        assert "your government" not in words.casefold()
    assert f"/rounds/{this}/pass-on" in house.get(f"/rounds/{this}/reply")
    asks = {"paragraph": "", "name": "Our lawyer", "address": "lawyer@house.example", "asked": ""}
    house.send(f"/rounds/{this}/pass-on", asks)
    assert "Our lawyer" in house.get(f"/rounds/{this}/reply")
    assert "Our lawyer" not in Desk(app, stage.coordinator).get(f"/rounds/{this}")
    said = {"paragraph": "", "words": "Say who receives them.", "wording": "", "proposes": "instead", "language": "en",
            "read_by": "readers", "noted": ""}  # fmt: skip
    house.send(f"/rounds/{this}/comments/new", said)
    assert "Only your organization sees it until you send it" in house.get(f"/rounds/{this}/reply")
    coordinator = Desk(app, stage.coordinator)
    for page in (f"/documents/{document}/rounds/new", "/processes/rcx/texts/", "/processes/rcx/texts/new"):
        words = html.unescape(coordinator.get(page)).split("<h1>")[1]
        assert "government" not in words.casefold(), page
        assert "Secretariat" not in words, page
    assert "Say who receives them." not in Desk(app, stage.coordinator).get(f"/rounds/{this}")
    house.send(f"/rounds/{this}/reply", {})
    assert "Say who receives them." in Desk(app, network.road).get(f"/rounds/{this}")
    with looking(stage.engine, network.road) as session:
        on, mine = clock.today(), stage.id["road"]
        things = [one for one in awaited.awaited(session, on, participant=mine) if one.subject == this]
        assert [(one.kind, one.office) for one in things] == [("comments", "")]
    with looking(stage.engine, network.house) as session:
        of_house = awaited.awaited(session, clock.today(), participant=stage.id["house"])
        assert this not in {one.subject for one in of_house}
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        delivery.deliver(stage.engine, settings)
        asked = [mail for mail in relay.taken if "Comments on a text" in str(mail["Subject"])]
        [lent] = [mail for mail in relay.taken if mail["To"] == "lawyer@house.example"]
    body = lent.get_body(("plain",))
    assert body is not None
    words = str(body.get_content())
    assert "A colleague who speaks for your organization in this process asks what you think of a text." in words
    page = html.unescape(Desk(app).get(re.search(r"/l/[^/\s]+/gather", words)[0]))  # type: ignore[index]
    assert "your government" not in page.casefold()
    assert [mail["To"] for mail in asked] == [network.road.email]
    body = asked[0].get_body(("plain",))
    assert body is not None
    letter = str(body.get_content())
    assert "\nCoordination of Civil society" in letter
    assert not re.search("your government|Secretariat", letter)
