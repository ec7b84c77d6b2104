"""A common paper that is a file: cleared as a document by each member, released by the chair, frozen, sent."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from config import Settings
from secretariat.core import clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service as of_documents
from secretariat.documents.models import COMMON_PAPER, Document, DocumentState, Revision
from secretariat.documents.service import issuing
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Track
from secretariat.texts.service import clearing
from tests.factories import documents, people, processes
from tests.factories.meetings import acting, looking
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage
from tests.integration.texts.test_clearance import CLEARED, FORUM, NOT_YET, again, in_days, row_of, says, waits

MEMBERS = ("bz", "gt", "hn", "mx")


@pytest.fixture
def named(stage: Stage) -> Stage:
    """Every member has a focal point."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, stage.id["government"])
        for one in MEMBERS:
            if one not in stage.focal:
                participant = session.get_one(Participant, stage.id[one])
                stage.focal[one] = people.focal_point(session, track, participant)
    return stage


def issued(stage: Stage, settings: Settings) -> UUID:
    """A common paper that all participants read, as a file in English."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        file = documents.received(Path(settings.data_root), documents.pdf(), "common.pdf")
        return documents.issued(session, where, file, kind=COMMON_PAPER, readers=readers).id


def asked(stage: Stage, document: UUID) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return clearing.ask(session, documents.document(session, document), FORUM, in_days(30), in_days(20)).id


def released(stage: Stage, key: UUID, *named: str, by: str = "officer") -> None:
    who = stage.officer if by == "officer" else stage.focal[by]
    with acting(stage.engine, who) as session:
        given = clearing.Release(on=in_days(0), named=tuple(stage.id[one] for one in named), word="By telephone")
        clearing.release(session, again(session, key), given)


def test_a_file_is_cleared_behind_the_link_released_and_sent(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    officer, mexico = Desk(app, stage.officer), Desk(app, stage.focal["mx"])
    assert "Ask members to clear it" in officer.get(f"/documents/{document}")
    assert "Clearance for an outside forum" not in mexico.get(f"/documents/{document}")
    typed = {"forum-en": str(FORUM), "due_on": in_days(30).isoformat(), "clear_by": in_days(20).isoformat()}
    location, _page = officer.send(f"/documents/{document}/clearance", typed)
    key = UUID(location.rpartition("/")[2])
    assert f"/clearances/{key}" in mexico.get(f"/documents/{document}")
    assert waits(stage, "clearance") == {"bz", "gt", "hn", "mx"} & {*MEMBERS}
    assert waits(stage, "forum_paper") == {"-"}

    sent = {to: words for to, _subject, words in mails(stage, settings)}
    (link,) = re.findall(r"/l/[^/\s]+/clear", sent[stage.focal["mx"].email])
    nobody = Desk(app)
    page = nobody.get(link)
    (file,) = re.findall(rf'href="({link}/[^"]+)"', page)
    with nobody.client.get(file) as answer:
        assert answer.data.startswith(b"%PDF")
        assert answer.headers["Content-Disposition"].startswith("attachment")
    nobody.get(f"{link}/{stage.id['mx']}", 404)
    nobody.send(link, {"says": "with_comments", "words": "A good paper"})
    assert "A good paper" in officer.get(f"/clearances/{key}")
    for one in ("bz", "gt", "hn"):
        says(stage, key, one, CLEARED)
    assert waits(stage, "clearance") == set()
    release = f"/clearances/{key}/release"
    assert f'href="{release}"' in officer.get(f"/clearances/{key}")
    assert officer.wrong(release, {"released_on": in_days(0).isoformat()})[0].startswith(
        "Say how the chair released it"
    )
    officer.send(release, {"released_on": in_days(0).isoformat(), "word": "By telephone"})
    assert "The chair has released the paper" in nobody.get(link)
    officer.send(f"/clearances/{key}/sent", {"sent_on": in_days(0).isoformat(), "word": "By mail"})
    assert "Sent to the forum" in mexico.get(f"/clearances/{key}")
    assert waits(stage, "forum_paper") == set()


def test_silence_is_no_clearance_and_nobody_is_named_who_has_not_cleared(named: Stage, settings: Settings) -> None:
    stage = named
    key = asked(stage, issued(stage, settings))
    says(stage, key, "mx", CLEARED)
    says(stage, key, "gt", NOT_YET)
    with pytest.raises(Refused, match="Not yet cleared by: Belize, Guatemala and Honduras"):
        released(stage, key)
    with pytest.raises(Refused, match="has not cleared it: Guatemala"):
        released(stage, key, "mx", "gt")
    with pytest.raises(NotAllowed):
        released(stage, key, "mx", by="mx")
    released(stage, key, "mx")
    with looking(stage.engine, stage.focal["gt"]) as session:
        assert again(session, key).named == [stage.id["mx"]]
    with pytest.raises(Refused, match="released in the meantime"):
        says(stage, key, "gt", CLEARED)
    with pytest.raises(Refused, match="released in the meantime"):
        released(stage, key, "mx")


def test_the_chair_releases_without_saying_how(named: Stage, settings: Settings) -> None:
    stage = named
    key = asked(stage, issued(stage, settings))
    for one in MEMBERS:
        says(stage, key, one, CLEARED)
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, stage.id["government"])
        mexico = session.get_one(Participant, stage.id["mx"])
        processes.chair_term(session, track, mexico)
        chair = people.chair(session, track, mexico)
    with acting(stage.engine, chair) as session:
        clearing.release(session, again(session, key), clearing.Release(on=in_days(0)))
    with looking(stage.engine, stage.officer) as session:
        assert again(session, key).released_by_id == chair.person


def test_what_is_released_stays_as_it_is(named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    released(stage, key, "mx")
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        with pytest.raises(Refused, match="was released and stays as it is"):
            issuing.revise(session, found, Revision.REV, found.title)
        with pytest.raises(Refused, match="was released and stays as it is"):
            issuing.withdraw(session, found, found.title)
        issuing.revise(session, found, Revision.CORR, found.title)


def revision_begun(stage: Stage, settings: Settings, document: UUID, release_on: date | None = None) -> UUID:
    """A revision of a paper, drafted with its file."""
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        revised = issuing.revise(session, found, Revision.REV, found.title)
        file = documents.received(Path(settings.data_root))
        of_documents.add_version(session, revised, "en", of_documents.Asked(), file, is_original=True)
        revised.release_on = release_on
        return revised.id


def state_of(stage: Stage, document: UUID) -> DocumentState:
    with looking(stage.engine, stage.officer) as session:
        return documents.document(session, document).state


def test_a_revision_begun_before_takes_the_place_of_nothing_released(
    app: Flask, named: Stage, settings: Settings
) -> None:
    stage = named
    document = issued(stage, settings)
    begun, embargoed = (
        revision_begun(stage, settings, document),
        revision_begun(stage, settings, document, in_days(1)),
    )
    with acting(stage.engine, stage.officer) as session:
        issuing.issue(session, documents.document(session, embargoed))
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    released(stage, key, "mx")
    with (
        acting(stage.engine, stage.officer) as session,
        pytest.raises(Refused, match="was released and stays as it is"),
    ):
        issuing.issue(session, documents.document(session, begun))
    officer = Desk(app, stage.officer)
    back, _page = officer.send(f"/documents/{embargoed}/release", {}, form_at=f"/documents/{embargoed}")
    assert "This paper was released and stays as it is" in officer.get(back)
    for told, where in (
        ("This is not released on its day", f"/documents/{embargoed}"),
        ("is not released on its day", f"/clearances/{key}"),
        ("A revision is not released on its day", "/processes/rcx/follow-up/tasks"),
    ):
        assert told in officer.get(where), where
    assert "is not released on its day" not in Desk(app, stage.focal["mx"]).get(f"/clearances/{key}")
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert issuing.release_what_is_due(stage.engine) == 0
    assert state_of(stage, document) is DocumentState.ISSUED
    with looking(stage.engine, stage.officer) as session:
        assert not documents.document(session, embargoed).is_released
    assert waits(stage, "forum_paper") == {"-"}


def test_what_is_released_is_awaited_in_no_other_language(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        of_documents.add_version(session, found, "es", of_documents.Asked(due_on=in_days(9)))
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    assert waits(stage, "language_version") == {"-"}
    officer, release = Desk(app, stage.officer), f"/clearances/{key}/release"
    assert "Still awaited in: Spanish" in officer.get(release)
    typed = {"released_on": in_days(0).isoformat(), "named": str(stage.id["mx"]), "word": "By telephone"}
    location, _page = officer.send(release, typed)
    page = officer.get(location)
    assert "It is awaited no more in: Spanish." in page
    assert "Released without" in page
    assert waits(stage, "language_version") == set()
    assert "the paper was released without it" in officer.get(f"/documents/{document}")


def test_no_day_of_release_lies_before_the_last_word(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    key = asked(stage, issued(stage, settings))
    officer, release = Desk(app, stage.officer), f"/clearances/{key}/release"
    typed = {"named": [str(stage.id["mx"])], "word": "By telephone"}
    with time_machine.travel(clock.now() + timedelta(days=3)):
        says(stage, key, "gt", CLEARED, by=stage.officer, word="By telephone")
        says(stage, key, "mx", CLEARED)
        officer = Desk(app, stage.officer)
        (said,) = officer.wrong(release, {**typed, "released_on": in_days(-1).isoformat()})
        assert said.startswith("The last word came on ")
        noted = {**typed, "named": [str(stage.id["gt"])]}
        (said,) = officer.wrong(release, {**noted, "released_on": in_days(-4).isoformat()})
        assert said.startswith("Members were asked to clear it on ")
        officer.send(release, {**noted, "released_on": in_days(-1).isoformat()})


def test_what_was_released_is_to_be_sent_though_it_gave_way(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    released(stage, key, "mx")
    with system_unit(stage.engine, Reason.REFERENCE) as system:
        system.execute(update(Document).where(Document.id == document).values(state=DocumentState.SUPERSEDED))
    assert waits(stage, "forum_paper") == {"-"}
    assert "Note that it was sent" in Desk(app, stage.officer).get(f"/clearances/{key}")


def test_no_file_comes_to_a_paper_that_was_released(named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    with acting(stage.engine, stage.officer) as session:
        awaited = of_documents.Asked(due_on=in_days(9))
        of_documents.add_version(session, documents.document(session, document), "es", awaited)
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    released(stage, key, "mx")
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        (spanish,) = [one for one in found.versions if one.language == "es"]
        file = documents.received(Path(settings.data_root))
        with pytest.raises(Refused, match="was released and stays as it is"):
            of_documents.see_to_version(session, found, spanish, of_documents.Asked(), file)


def late(
    stage: Stage, read: Callable[[Any], Any], act: Callable[[Any, Any], None], meanwhile: Callable[[], None]
) -> None:
    """Somebody has read a thing, somebody else acts, and the first goes on with what was read."""
    with acting(stage.engine, stage.officer) as session:
        seen = read(session)
        meanwhile()
        act(session, seen)


def withdrawn(stage: Stage, document: UUID) -> None:
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        issuing.withdraw(session, found, found.title)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # on SQLite writers begin one after the other
def test_who_read_before_a_release_or_a_withdrawal_sees_it_once_it_acts(named: Stage, settings: Settings) -> None:
    stage = named
    first, second = issued(stage, settings), issued(stage, settings)
    on_first, on_second = asked(stage, first), asked(stage, second)
    for key in (on_first, on_second):
        says(stage, key, "mx", CLEARED)
    only = clearing.Release(on=in_days(0), named=(stage.id["mx"],), word="By telephone")
    with pytest.raises(Refused, match="was withdrawn"):
        late(
            stage,
            lambda session: again(session, on_second),
            lambda session, seen: clearing.release(session, seen, only).clear(),
            lambda: withdrawn(stage, second),
        )
    with pytest.raises(Refused, match="released in the meantime"):
        late(
            stage,
            lambda session: row_of(session, on_first, stage.id["gt"]),
            lambda session, seen: clearing.answer(session, seen, CLEARED, noted_word="By telephone"),
            lambda: released(stage, on_first, "mx"),
        )
    third = issued(stage, settings)
    with pytest.raises(Refused, match="was withdrawn"):
        late(
            stage,
            lambda session: documents.document(session, third),
            lambda session, seen: [clearing.ask(session, seen, FORUM, in_days(30), in_days(20))].clear(),
            lambda: withdrawn(stage, third),
        )
    on_fourth = asked(stage, issued(stage, settings))
    says(stage, on_fourth, "mx", CLEARED)
    late(
        stage,
        lambda session: again(session, on_fourth),
        lambda session, seen: clearing.note_sent(session, seen, in_days(0), "By mail"),
        lambda: released(stage, on_fourth, "mx"),
    )


def test_a_withdrawal_waits_for_the_release_that_is_under_way(named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    key = asked(stage, document)
    says(stage, key, "mx", CLEARED)
    told: list[str] = []

    def withdraw() -> None:
        try:
            withdrawn(stage, document)
        except Refused as problem:
            told.append(problem.sentence)

    other = threading.Thread(target=withdraw)
    with acting(stage.engine, stage.officer) as session:
        only = clearing.Release(on=in_days(0), named=(stage.id["mx"],), word="By telephone")
        clearing.release(session, again(session, key), only)
        other.start()
        other.join(0.7)
    other.join(20)
    assert "was released and stays as it is" in told[0]
    assert state_of(stage, document) is DocumentState.ISSUED


def test_a_revision_is_cleared_anew_for_the_same_forum(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    key = asked(stage, document)
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        revised = issuing.revise(session, found, Revision.REV, found.title)
        where = Path(settings.data_root)
        of_documents.add_version(
            session, revised, "en", of_documents.Asked(due_on=None), documents.received(where), is_original=True
        )
        issuing.issue(session, revised)
        again_at = f"/documents/{revised.id}/clearance"
    with pytest.raises(Refused, match="gave way to a later text"):
        says(stage, key, "mx", CLEARED)
    officer = Desk(app, stage.officer)
    assert f'value="{FORUM}"' in officer.get(again_at)
    assert "A revision has taken the place" in officer.get(f"/clearances/{key}")
    assert waits(stage, "clearance") == set()


def test_only_a_common_paper_is_cleared(app: Flask, stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        file = documents.received(Path(settings.data_root))
        document = documents.issued(session, where, file).id
    officer = Desk(app, stage.officer)
    assert "Clearance for an outside forum" not in officer.get(f"/documents/{document}")
    officer.get(f"/documents/{document}/clearance", 404)
    with acting(stage.engine, stage.officer) as session, pytest.raises(NotAllowed):
        clearing.ask(session, documents.document(session, document), FORUM, in_days(30), in_days(20))


def link_of(stage: Stage, settings: Settings, one: str) -> str:
    sent = {to: words for to, _subject, words in mails(stage, settings)}
    (link,) = re.findall(r"/l/[^/\s]+/clear", sent[stage.focal[one].email])
    return str(link)


def test_the_link_hands_out_nothing_of_a_paper_that_was_withdrawn(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    document = issued(stage, settings)
    key = asked(stage, document)
    link, nobody = link_of(stage, settings, "mx"), Desk(app)
    page = nobody.get(link)
    assert "Fetching a file is recorded." not in page  # of what all participants read it is not
    (file,) = re.findall(rf'href="({link}/[^"]+)"', page)
    with acting(stage.engine, stage.officer) as session:
        found = documents.document(session, document)
        issuing.withdraw(session, found, found.title)
    nobody.get(file, 404)
    for page in (nobody.get(link), Desk(app, stage.focal["mx"]).get(f"/clearances/{key}")):
        assert "was withdrawn." in page
        assert "A revision has taken the place" not in page
        assert "The paper</h2>" not in page
        assert f'href="{link}/' not in page


def test_what_was_typed_while_the_chair_released_is_shown_again(app: Flask, named: Stage, settings: Settings) -> None:
    stage = named
    key = asked(stage, issued(stage, settings))
    says(stage, key, "gt", CLEARED)
    link, nobody = link_of(stage, settings, "mx"), Desk(app)
    nobody.get(link)
    typed = {"says": "with_comments", "words": "A paper with a long comment"}
    officer = Desk(app, stage.officer)
    before = nobody.client.get(link).get_data(as_text=True)
    unseen = {
        name: value
        for name in ("csrf_token", "nonce", "version")
        for value in re.findall(rf'name="{name}"[^>]*value="([^"]*)"', before)[:1]
    }
    released(stage, key, "gt")
    answer = nobody.client.post(link, data={**unseen, **typed})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "A paper with a long comment" in page
    assert "came too late" in page
    assert "came too late" not in nobody.get(link)
    assert "A paper with a long comment" not in officer.get(f"/clearances/{key}")
