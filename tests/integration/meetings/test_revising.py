"""A paper that its own government revises: signed in or by the link it was sent in by, under its own label."""

from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core.labelling import label_value, relabel
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service as documents
from secretariat.documents.models import Document, DocumentState, Revision
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories.meetings import acting, looking
from tests.integration.documents.conftest import downloads, upload
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_delegations import meeting_of
from tests.integration.meetings.test_papers import invitation_link, path_of, reads, state_of, typed

PAGE = "/processes/rcx/my-government"


def issued(app: Flask, stage: Stage, meeting: UUID, **fields: Any) -> UUID:
    """A paper of Mexico that has its symbol."""
    Desk(app, stage.focal["mx"]).send(path_of(meeting), typed(**fields))
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        key = system.scalars(select(Document.id).where(Document.state == DocumentState.SUBMITTED)).one()
    Desk(app, stage.officer).send(f"/meetings/{meeting}/papers/{key}/answer", {"outcome": "issue"})
    return key


def revision(**fields: Any) -> dict[str, Any]:
    return {
        "revision": "rev", "title-en": "Return of minors", "language": "en", "act": "send",
        "file": upload(b"Twelve, not ten.\n", "twelve.txt"), **fields,
    }  # fmt: skip


def follows(stage: Stage, key: UUID) -> UUID:
    """What follows a paper."""
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return system.scalars(select(Document.id).where(Document.line_id == key)).one()


def symbol_of(stage: Stage, key: UUID) -> str | None:
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        return system.get_one(Document, key).symbol


def test_a_government_revises_its_paper_and_the_former_text_stays_readable(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = issued(app, stage, meeting, readers="named", named_participants=[f"participant:{stage.id['gt']}"])
    assert reads(stage, key) == ["chair", "gt", "mx", "officer"]
    mine = Desk(app, stage.focal["mx"])
    page = f"/meetings/{meeting}/papers/{key}/revise"
    assert page in mine.get(PAGE)
    assert page in mine.get(f"/documents/{key}")
    mine.send(page, revision())
    after = follows(stage, key)
    assert state_of(stage, after) is DocumentState.SUBMITTED
    assert reads(stage, after) == ["mx", "officer"], "who reads the paper does not read what is not issued"
    assert state_of(stage, key) is DocumentState.ISSUED, "it stands until the revision is issued"
    officer = Desk(app, stage.officer)
    assert f"/documents/{after}" in officer.get("/"), "among what awaits an answer"
    answer = f"/meetings/{meeting}/papers/{after}/answer"
    assert str(symbol_of(stage, key)) in officer.get(answer)
    officer.send(answer, {"outcome": "issue"})
    assert symbol_of(stage, after) == f"{symbol_of(stage, key)}/Rev.1"
    assert reads(stage, after) == ["chair", "gt", "mx", "officer"]
    assert (state_of(stage, key), state_of(stage, after)) == (DocumentState.SUPERSEDED, DocumentState.ISSUED)
    former = Desk(app, stage.focal["gt"]).get(f"/documents/{key}?lang=en")
    assert "A revision has taken the place of this text." in former
    assert f'href="/documents/{after}"' in former
    assert len(downloads(former)) == 1
    assert page not in mine.get(PAGE), "the revision is what is revised now"


def test_a_corrigendum_leaves_the_paper_standing(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = issued(app, stage, meeting)
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/papers/{key}/revise", revision(revision="corr"))
    after = follows(stage, key)
    Desk(app, stage.officer).send(f"/meetings/{meeting}/papers/{after}/answer", {"outcome": "issue"})
    assert symbol_of(stage, after) == f"{symbol_of(stage, key)}/Corr.1"
    assert state_of(stage, key) is DocumentState.ISSUED


def test_a_revision_has_the_readers_the_paper_has_now(app: Flask, stage: Stage) -> None:
    """Those it was given before its label was raised read it no more, and no revision of it."""
    meeting = meeting_of(stage)
    key = issued(app, stage, meeting)
    assert "bz" in reads(stage, key)
    with acting(stage.engine, stage.officer) as session:
        begun = documents.revise(session, made.document(session, key), Revision.CORR, LocalText.of("Before")).id
        session.delete(made.document(session, begun))
    mine = Desk(app, stage.focal["mx"])
    mine.send(f"/meetings/{meeting}/papers/{key}/revise", revision(act="keep"))
    with acting(stage.engine, stage.focal["mx"]) as session:
        paper = made.document(session, key)
        audience = [clauses.participant(stage.id["mx"]), clauses.secretariat(paper.track)]
        relabel(session, paper, [clauses.named(paper.process, paper.track, audience=audience)], why="for fewer")
    after = follows(stage, key)
    page = f"/meetings/{meeting}/papers/{after}"
    assert "Who reads it once it is issued" not in mine.get(page)
    mine.send(page, {"title-en": "Return of minors", "language": "en", "act": "send"})
    Desk(app, stage.officer).send(f"{page}/answer", {"outcome": "issue"})
    assert reads(stage, after) == ["mx", "officer"]


def test_what_the_secretariat_begins_has_the_readers_of_now_too(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = issued(app, stage, meeting)
    with acting(stage.engine, stage.focal["mx"]) as session:
        paper = made.document(session, key)
        audience = [clauses.participant(stage.id["mx"]), clauses.secretariat(paper.track)]
        relabel(session, paper, [clauses.named(paper.process, paper.track, audience=audience)], why="for fewer")
    Desk(app, stage.officer).send(f"/documents/{key}/revise", {"revision": "corr", "title-en": "Corrected"})
    after = follows(stage, key)
    with looking(stage.engine, stage.officer) as session:
        given = label_value(session, made.document(session, after).readers_label_id or 0)
        assert all(one.audience for one in given.clauses), "named readers, as the paper has now"


def test_it_is_revised_by_the_link_it_was_sent_in_by(app: Flask, stage: Stage, settings: Settings) -> None:
    meeting = meeting_of(stage)
    token = invitation_link(stage, settings, meeting, "mx")
    desk = Desk(app)
    compose, _page = desk.send(f"/l/{token}/paper", typed())
    assert "/compose" in compose, "a link to this paper alone"
    sent = desk.get(compose)
    assert "Sent in." in sent
    assert "Revise or correct" not in sent, "not issued yet"
    own = compose.replace("/compose", "/revise")
    desk.get(own, 404)
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        key = system.scalars(select(Document.id)).one()
    Desk(app, stage.officer).send(f"/meetings/{meeting}/papers/{key}/answer", {"outcome": "issue"})
    assert own in desk.get(compose)
    assert "Return of children" not in desk.get(f"/l/{token}/paper"), "the link of the invitation opens that alone"
    location, _page = desk.send(own, revision(act="keep"))
    after = follows(stage, key)
    assert reads(stage, after) == ["mx"]
    assert "It follows" in desk.get(location)
    desk.send(location, {"title-en": "Return of minors", "language": "en", "act": "send"})
    assert state_of(stage, after) is DocumentState.SUBMITTED
    desk.get(own.replace("/revise", "/paper"), 404)


def test_nobody_else_revises_it_and_one_at_a_time(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = issued(app, stage, meeting)
    page = f"/meetings/{meeting}/papers/{key}/revise"
    for reader in (stage.focal["bz"], stage.officer, stage.coordinator, stage.chair):
        Desk(app, reader).get(page, 404)
    mine = Desk(app, stage.focal["mx"])
    assert mine.wrong(page, {k: v for k, v in revision().items() if k != "file"}) == [
        "Choose the file with the new text."
    ]
    assert "among your papers" in mine.wrong(page, revision(file=upload(made.TEXT, "same.txt")))[0]
    mine.send(page, revision())
    _location, again = mine.send(page, revision(file=upload(b"Thirteen.\n", "thirteen.txt")), 422)
    assert "is open already" in again
    with system_unit(stage.engine, Reason.FILES, writes=False) as system:
        assert len(system.scalars(select(Document.id)).all()) == 2


def test_the_secretariat_does_not_put_another_text_in_the_place_of_what_was_sent(app: Flask, stage: Stage) -> None:
    meeting = meeting_of(stage)
    key = issued(app, stage, meeting)
    Desk(app, stage.focal["mx"]).send(f"/meetings/{meeting}/papers/{key}/revise", revision())
    after = follows(stage, key)
    officer = Desk(app, stage.officer)
    officer.send(f"/meetings/{meeting}/papers/{after}/answer", {"outcome": "later"})
    with looking(stage.engine, stage.officer) as session:
        version = made.document(session, after).versions[0].id
    officer.get(f"/documents/{after}/versions/{version}", 404)
