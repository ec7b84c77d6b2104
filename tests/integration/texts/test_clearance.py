"""A common paper for an outside forum: cleared by each member, released by the chair, sent."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import awaited, clock
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.documents.models import COMMON_PAPER
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Participation, Track
from secretariat.texts import clearance_queries as queries
from secretariat.texts import queries as text_queries
from secretariat.texts import service
from secretariat.texts.clearance_models import Clearance, ClearanceSays
from secretariat.texts.service import adopting, clearing
from secretariat.texts.service.adopting import Pronouncement
from secretariat.texts.silence_models import AdoptedBy
from tests.factories import documents, people
from tests.factories import silence as of_silence
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage

FORUM = LocalText.of("Global Forum on Migration and Development")
CLEARED, WITH_COMMENTS, NOT_YET = ClearanceSays.CLEARED, ClearanceSays.WITH_COMMENTS, ClearanceSays.NOT_YET


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


@pytest.fixture
def named(stage: Stage) -> Stage:
    """Honduras too has a focal point."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, stage.id["government"])
        stage.focal["hn"] = people.focal_point(session, track, session.get_one(Participant, stage.id["hn"]))
    return stage


def circulated(stage: Stage, **more: Any) -> UUID:
    """A common paper that all participants read; its document."""
    with acting(stage.engine, stage.officer) as session:
        return of_silence.edition(session, **{"kind": COMMON_PAPER, **more}).document_id


def asked(stage: Stage, document: UUID) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        edition = text_queries.edition_of(session, document)
        assert edition is not None
        return clearing.ask(session, edition.document, FORUM, in_days(30), in_days(20)).id


def test_a_common_paper_names_its_forum_while_it_is_drafted(app: Flask, stage: Stage) -> None:
    officer = Desk(app, stage.officer)
    new = "/processes/rcx/texts/new"
    typed = {
        "title-en": "To the Global Forum", "kind": COMMON_PAPER, "original": "en", "readers": "participants",
        "forum-en": "Global Forum", "forum_due_on": in_days(40).isoformat(),
    }  # fmt: skip
    assert "common paper alone" in officer.wrong(new, {**typed, "kind": "declaration"})[0]
    assert "past" in officer.wrong(new, {**typed, "forum_due_on": "2020-01-01"})[0]
    text, _page = officer.send(new, typed)
    assert "Global Forum" in officer.get(text)
    officer.send(f"{text}/paragraphs/paste", {"pasted": "1. Migrants are heard."})
    edition, _page = officer.send(f"{text}/circulate", {"languages": ["en"]})
    asking = officer.get(edition.removesuffix("/text") + "/clearance")
    assert 'value="Global Forum"' in asking
    assert in_days(40).isoformat() in asking


def again(session: Any, key: UUID) -> Clearance:
    found = queries.clearance_by_id(session, key)
    assert found is not None
    return found


def row_of(session: Any, key: UUID, participant: UUID) -> Any:
    (one,) = [row for row in queries.answers_of(session, key) if row.participant_id == participant]
    found = queries.answer_by_id(session, one.id)
    assert found is not None
    return found


def says(
    stage: Stage, key: UUID, of: str, what: ClearanceSays, words: str = "", by: Any = None, word: str = ""
) -> None:
    with acting(stage.engine, by or stage.focal[of]) as session:
        clearing.answer(session, row_of(session, key, stage.id[of]), what, words, word)


def pronounced(stage: Stage, document: UUID, how: AdoptedBy, **more: Any) -> None:
    with acting(stage.engine, stage.officer) as session:
        edition = text_queries.edition_of(session, document)
        assert edition is not None
        given = Pronouncement(how=how, adopted_on=in_days(0), word="By telephone", **more)
        adopting.pronounce(session, edition, given)


def waits(stage: Stage, kind: str) -> set[str]:
    """Of whom something of a kind is awaited, as the secretariat sees it; `-` of nobody in the process."""
    with looking(stage.engine, stage.officer) as session:
        things = [one for one in awaited.awaited(session, clock.today()) if one.kind == kind]
        keys = {value: key for key, value in stage.id.items()}
        return {keys[one.participant] if one.participant else "-" for one in things}


def test_a_paper_is_cleared_behind_the_link_released_and_sent(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    document = circulated(stage)
    officer = Desk(app, stage.officer)
    typed = {"forum-en": str(FORUM), "due_on": in_days(30).isoformat(), "clear_by": in_days(40).isoformat()}
    assert "Ask members to clear it" in officer.get(f"/documents/{document}/text")
    (wrong,) = officer.wrong(f"/documents/{document}/clearance", typed)
    assert "Members clear it before the forum is to have it" in wrong
    location, _page = officer.send(f"/documents/{document}/clearance", {**typed, "clear_by": in_days(20).isoformat()})
    key = UUID(location.rpartition("/")[2])
    assert waits(stage, "clearance") == {"bz", "gt", "hn", "mx"}
    assert waits(stage, "forum_paper") == {"-"}

    sent = {to: words for to, _subject, words in mails(stage, settings)}
    assert stage.focal["co"].email not in sent
    words = " ".join(sent[stage.focal["mx"].email].split())
    assert "This paper is to go to Global Forum on Migration and Development" in words
    assert "Each child" not in words
    (link,) = re.findall(r"/l/[^/\s]+/clear", sent[stage.focal["mx"].email])
    nobody = Desk(app)
    assert "Each child is told" in nobody.get(link)
    assert nobody.wrong(link, {"says": "with_comments"}) == ["Write the comments"]
    nobody.send(link, {"says": "with_comments", "words": "Paragraph 1 could be shorter"})
    nobody.get(f"/clearances/{key}", 302)
    assert waits(stage, "clearance") == {"bz", "gt", "hn"}

    page = officer.get(f"/clearances/{key}")
    assert "Cleared by 1 of 4." in page
    assert "Paragraph 1 could be shorter" in page
    says(stage, key, "gt", CLEARED)
    says(stage, key, "bz", CLEARED)
    with pytest.raises(Refused, match="Not yet cleared by: Honduras"):
        pronounced(stage, document, AdoptedBy.CLEARANCE)
    says(stage, key, "hn", CLEARED, by=stage.officer, word="Note verbale 12/2027")
    assert "A common paper that can be released" in officer.get("/")
    with pytest.raises(Refused, match="has not released it yet"), acting(stage.engine, stage.officer) as session:
        clearing.note_sent(session, again(session, key), in_days(-1), "")
    _location, page = officer.send(
        f"/documents/{document}/adoption",
        {"how": "clearance", "adopted_on": in_days(0).isoformat(), "word": "By telephone", "meeting": ""},
    )
    with pytest.raises(Refused, match="released in the meantime"):
        says(stage, key, "mx", NOT_YET)
    assert "send it to the forum by" in officer.get(f"/clearances/{key}")
    officer.send(f"/clearances/{key}/sent", {"sent_on": in_days(-1).isoformat(), "word": "To the chair of the forum"})
    assert waits(stage, "forum_paper") == set()
    assert "Sent to the forum on" in Desk(app, stage.focal["co"]).get(f"/clearances/{key}")
    assert "The chair has released the paper" in nobody.get(link)


def test_silence_is_no_clearance_but_a_silence_procedure_is(stage: Stage) -> None:
    document = circulated(stage)
    key = asked(stage, document)
    for one in ("bz", "gt", "mx"):
        says(stage, key, one, CLEARED)
    with pytest.raises(Refused, match="Not yet cleared by: Honduras"):
        pronounced(stage, document, AdoptedBy.CLEARANCE)
    with pytest.raises(Refused, match="did not pass under silence"):
        pronounced(stage, document, AdoptedBy.SILENCE)
    named = tuple(stage.id[one] for one in ("bz", "gt", "mx"))
    pronounced(stage, document, AdoptedBy.NAMED_PARTICIPANTS, named=named)
    assert waits(stage, "clearance") == set()


def test_a_member_says_otherwise_until_the_release_and_alone(stage: Stage) -> None:
    key = asked(stage, circulated(stage))
    says(stage, key, "mx", CLEARED, by=stage.officer, word="Telephone")
    says(stage, key, "mx", NOT_YET, "The ministry of labour asks for a week")
    with pytest.raises(Refused, match="answered itself"):
        says(stage, key, "mx", CLEARED, by=stage.officer, word="Telephone")
    with looking(stage.engine, stage.focal["mx"]) as session:
        (one,) = [
            one
            for one in awaited.awaited(session, clock.today(), participant=stage.id["mx"])
            if one.kind == "clearance"
        ]
        assert one.last_word_on is not None  # a word was said: what is due is asked again, nothing before
    for what, words, match in (
        (CLEARED, "But shorter", "cleared with comments"),
        (WITH_COMMENTS, "", "Write the comments"),
        (WITH_COMMENTS, "x" * 10_001, "Shorten"),
    ):
        with pytest.raises(Refused, match=match):
            says(stage, key, "gt", what, words)
    with pytest.raises(NotAllowed):
        says(stage, key, "gt", CLEARED, by=stage.focal["mx"])
    with pytest.raises(Refused, match="how its word reached you"):
        says(stage, key, "gt", CLEARED, by=stage.officer)


def test_of_a_member_that_has_left_nothing_is_awaited(app: Flask, named: Stage) -> None:
    document = circulated(named)
    key = asked(named, document)
    for one in ("gt", "mx", "bz"):
        says(named, key, one, CLEARED)
    assert waits(named, "clearance") == {"hn"}
    with system_unit(named.engine, Reason.REFERENCE) as session:
        row = session.scalars(select(Participation).where(Participation.participant_id == named.id["hn"])).one()
        row.until = PartialDate.parse(in_days(-1))
    assert waits(named, "clearance") == set()
    page = Desk(app, named.officer).get(f"/clearances/{key}")
    assert "Cleared by 3 of 3." in page
    assert "every member has cleared it" in page
    assert "Honduras" not in page


def test_another_edition_is_cleared_anew_and_the_forum_is_remembered(app: Flask, stage: Stage) -> None:
    document = circulated(stage)
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    with acting(stage.engine, stage.officer) as session:
        edition = text_queries.edition_of(session, document)
        assert edition is not None
        text = made.again(session, edition.text_id)
        service.add_paragraphs(session, text, [made.words("One more")])
        later = made.circulated(session, text).document_id
    assert waits(stage, "clearance") == set()
    with pytest.raises(Refused, match="gave way to"):
        says(stage, key, "gt", CLEARED)
    assert str(FORUM) in Desk(app, stage.officer).get(f"/documents/{later}/clearance")
    asked(stage, later)
    assert waits(stage, "clearance") == {"bz", "gt", "hn", "mx"}
    with pytest.raises(Refused, match="already"):
        asked(stage, later)


def test_nobody_clears_what_it_does_not_read_and_only_common_papers_are_cleared(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        audience = [clauses.participant(stage.id["mx"]), clauses.secretariat(where.track)]
        few = frozenset({clauses.named(where.process, where.track, audience=audience)})
    document = circulated(stage, readers=few)
    with pytest.raises(Refused, match="does not read: Belize, Guatemala"):
        asked(stage, document)
    with pytest.raises(NotAllowed):
        asked(stage, circulated(stage, kind="declaration"))
