"""A comment on an exact version: written by paragraph, frozen when sent, and honest where the version gave way."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

import pytest
from docx import Document as Docx
from flask import Flask

from config import Settings
from secretariat.civil_society import comment_queries
from secretariat.processes import clauses
from secretariat.processes.models import Track
from secretariat.texts import network_queries
from secretariat.texts import service as texts
from secretariat.texts.models import TextEdition
from secretariat.texts.service import networks
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_submissions import again
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.texts.test_typed import typed_in

pytestmark = pytest.mark.usefixtures("app")
LEDGER = "/processes/rcx/submissions"


def edition(stage: Stage, *, both: bool) -> tuple[UUID, UUID]:
    """A text of the governments, circulated to them or to both sides: the text and its edition's document."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        network = session.get_one(Track, stage.id["network"])
        tracks = (where.track, network) if both else (where.track,)
        readers = frozenset({clauses.participants_of(where.process, *tracks)})
        text = made.begun(session, readers=readers)
        return text.id, made.circulated(session, text).document_id


def paragraphs(stage: Stage, document: UUID) -> list[str]:
    with looking(stage.engine, stage.officer) as session:
        found = session.query(TextEdition).filter(TextEdition.document_id == document).one()
        return [one["id"] for one in found.content["paragraphs"]]


def revised(stage: Stage, text: UUID) -> UUID:
    """The next edition: its second paragraph changed, its third taken out."""
    with acting(stage.engine, stage.officer) as session:
        this = made.again(session, text)
        words = made.words("Returned children are received by day")
        texts.write_paragraph(session, made.paragraph(session, this, 1), words)
        texts.take_out(session, made.paragraph(session, this, 2))
        return made.circulated(session, this).document_id


def begun(desk: Desk, on: UUID) -> str:
    there, _page = desk.send(f"{LEDGER}/comment", {"on": str(on), "title-en": "On reception", "theme": "children"})
    return there


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))


def test_a_comment_is_written_by_paragraph_and_follows_its_version(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    text, document = edition(stage, both=True)
    _first, second, third = paragraphs(stage, document)
    house, coordinator, road = (Desk(app, one) for one in (network.house, stage.coordinator, network.road))
    assert f"{LEDGER}/comment?on={document}" in house.get(f"/documents/{document}/text")
    assert "Comment on it for the network" not in Desk(app, stage.officer).get(f"/documents/{document}/text")
    there = begun(house, document)
    about = f"{there}/comments/"
    assert house.wrong(about + second, {"language": "en"})[0].startswith("Write what you think")
    house.get(about + str(stage.id["process"]), 404)
    house.send(about + second, {
        "words": "By day", "wording": "Returned children are received by trained staff by day", "language": "en",
    })  # fmt: skip
    house.send(about + third, {"words": "In a language it speaks", "language": "en"})
    page = house.get(there)
    assert "By day" in page
    assert "Each child is told" in page  # the whole of the version stands there
    coordinator.get(there)
    for one in (network.road, stage.officer, network.liaison["gt"]):
        Desk(app, one).get(there, 404)
        Desk(app, one).get(about + second, 404)

    later = revised(stage, text)
    page = house.get(there)
    assert "A later version has taken the place" in page
    assert f'href="/documents/{later}/text"' in page
    assert "A later version has taken the place" in coordinator.get(f"{there}/send")
    assert f'value="{document}"' not in house.get(f"{LEDGER}/comment")
    offered = {"on": str(document), "title-en": "Late"}
    assert house.wrong(f"{LEDGER}/comment", offered)[0].startswith("A later version has taken its place")

    assert "In a language it speaks" in house.get(f"{there}/take-over")  # its paragraph does not stand there any more
    house.send(f"{there}/take-over", {})
    page = house.get(there)
    assert "A later version" not in page
    assert "On paragraphs of an earlier version" in page
    assert "In a language it speaks" in page
    house.get(f"{there}/take-over", 404)
    with looking(stage.engine, network.house) as session:
        draft = again(session, UUID(there.rpartition("/")[2]))
        assert draft.on_document_id == later
        said = comment_queries.comments_of(session, draft.id)
        assert [(each.cited("en"), each.of_earlier) for each in said] == [("1", False), ("2", True)]

    commented = "The network comments on it"
    assert commented not in house.get(f"/documents/{later}/text")
    coordinator.send(f"{there}/send", {})
    for one in (network.house, stage.officer, network.liaison["gt"]):
        assert [commented in Desk(app, one).get(f"/documents/{on}/text") for on in (later, document)] == [True, False]
    assert commented in house.get(f"/documents/{later}")
    assert commented not in Desk(app, stage.focal["mx"]).get(f"/documents/{later}/text")
    house.get(about + second, 404)
    house.get(f"{there}/take-over", 404)
    for desk in (road, Desk(app, stage.officer), Desk(app, network.liaison["gt"])):
        page = desk.get(there)
        assert f'href="/documents/{later}/text"' in page
        assert "<ins>" in page
        assert "received by trained staff by day" in plain(page)
        assert "In a language it speaks" in page
    paper = Desk(app, network.liaison["gt"]).client.get(f"{there}/paper.docx")
    words = "\n".join(one.text for one in Docx(BytesIO(paper.data)).paragraphs)
    assert "Returned children are received by day" in words
    assert "Returned children are received by trained staff by day" in words


def test_of_a_text_opened_to_the_coordination_nothing_crosses_inside_the_comment(
    app: Flask, stage: Stage, network: Network
) -> None:
    _text, document = edition(stage, both=False)
    _first, second, third = paragraphs(stage, document)
    with acting(stage.engine, stage.officer) as session:
        found = made.opened(session, session.query(TextEdition).filter(TextEdition.document_id == document).one()).id
        this = made.round_again(session, found)
        opened = networks.open_to(session, this, network_queries.networks_to_open_to(session, this)[0]).id
    house, coordinator, officer = (Desk(app, one) for one in (network.house, stage.coordinator, stage.officer))
    assert "No document of the governments is open to you yet" in house.get(f"{LEDGER}/comment")
    assert f"{LEDGER}/comment?on={opened}" in coordinator.get(f"/opened-rounds/{opened}")
    kept, gone = begun(coordinator, opened), begun(coordinator, opened)
    for there in (kept, gone):
        coordinator.send(f"{there}/comments/{third}", {"words": "In a language it speaks", "language": "en"})
    coordinator.send(f"{kept}/send", {})
    page = house.get(kept)
    assert "In a language it speaks" in page
    assert "Par. 2" in plain(page)
    assert not any(words in page for words in ("Each child is told", "Reception protocol", str(opened), str(document)))
    for one in (officer, Desk(app, network.liaison["mx"])):
        page = one.get(kept)
        assert "Each child is told" in page
        assert f'href="/documents/{document}/text"' in page
    paper = officer.client.get(f"{kept}/paper.docx")  # which can be handed to who reads the submission alone
    words = "\n".join(one.text for one in Docx(BytesIO(paper.data)).paragraphs)
    assert "In a language it speaks" in words
    assert "Each child is told" not in words

    officer.send(f"/rounds/{found}/network/{opened}/close", {}, form_at=f"/rounds/{found}")
    assert "not open to the network any more" in coordinator.get(gone)
    _there, page = coordinator.send(f"{gone}/send", {}, 422)
    assert "so that nothing was sent" in page
    assert "In a language it speaks" in coordinator.get(gone)
    assert f'value="{opened}"' not in coordinator.get(f"{LEDGER}/comment")
    coordinator.send(f"{gone}/comments/{third}", {"words": "Said meanwhile", "language": "en"})
    coordinator.get(f"{gone}/comments/{second}", 200)
    assert "Said meanwhile" in coordinator.get(gone)
    assert "In a language it speaks" in house.get(kept)  # what was sent stays


def test_what_is_typed_is_kept_for_its_writer_and_lost_nowhere(app: Flask, stage: Stage, network: Network) -> None:
    _text, document = edition(stage, both=True)
    _first, second, third = paragraphs(stage, document)
    house, coordinator = Desk(app, network.house), Desk(app, stage.coordinator)
    there, thrown = begun(house, document), begun(house, document)
    about, typed = f"{there}/comments/{second}", {"words": "Half a", "language": "en"}
    house.send(f"{about}/unsaved", typed, 204, form_at=about)
    assert "Half a" in typed_in(house.get(about))
    assert "You were writing here" in house.get(there)
    for page in (about, there):
        assert "Half a" not in coordinator.get(page)
        assert "You were writing here" not in coordinator.get(page)
    coordinator.send(f"{about}/unsaved", {"words": "Another half", "language": "en"}, 204, form_at=about)
    assert "Half a" in typed_in(house.get(about))
    house.send(f"{about}/unsaved", {**typed, "words": "x" * 10_001}, 413, form_at=about)
    house.send(f"{about}/unsaved", {"act": "forget"}, form_at=about)
    assert "Half a" not in house.get(about)
    house.send(f"{about}/unsaved", typed, 204, form_at=about)
    house.send(about, {**typed, "words": "Half a, and more"})
    assert "did not save" not in house.get(about)
    house.send(f"{there}/comments/{third}/unsaved", typed, 204, form_at=about)
    house.send(f"{there}/comments/{third}/unsaved", {**typed, "words": ""}, 200, form_at=about)
    assert "did not save" not in house.get(there)
    Desk(app, network.road).send(f"{about}/unsaved", typed, 404, form_at=LEDGER)
    house.send(f"{there}/comments/{stage.id['process']}/unsaved", typed, 404, form_at=about)

    # sent meanwhile: each finds what one had not kept, and nobody else does; a draft that is thrown away takes it along
    house.send(f"{about}/unsaved", {**typed, "words": "One more thought"}, 204, form_at=about)
    coordinator.send(f"{there}/send", {})
    page = house.get(there)
    assert "You had not kept this when it was sent." in page
    assert "One more thought" in page
    for one in (stage.coordinator, network.road, stage.officer, network.liaison["gt"]):
        assert "One more thought" not in Desk(app, one).get(there)
    house.send(f"{about}/unsaved", typed, 200, form_at=there)
    house.send(f"{about}/unsaved", {"act": "forget"}, form_at=there)
    assert "You had not kept this" not in house.get(there)
    house.send(f"{thrown}/comments/{second}/unsaved", typed, 204, form_at=f"{thrown}/comments/{second}")
    coordinator.send(f"{thrown}/discard", {})
    house.get(thrown, 404)


def test_an_empty_comment_is_not_sent(app: Flask, stage: Stage, network: Network) -> None:
    _text, document = edition(stage, both=True)
    coordinator = Desk(app, stage.coordinator)
    there = begun(coordinator, document)
    _there, page = coordinator.send(f"{there}/send", {}, 422)
    assert "Nothing is said of the text yet" in page
    coordinator.send(f"{there}/edit", {"title-en": "On reception", "words-en": "We welcome it"})
    coordinator.send(f"{there}/send", {})
    assert "We welcome it" in Desk(app, network.road).get(there)
