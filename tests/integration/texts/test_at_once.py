"""What two do to one text at the same moment: one is done, the other is told; nothing is lost or stands twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.refusals import Refused
from secretariat.core.session import ViewerSession
from secretariat.texts import queries, service, silence_queries
from secretariat.texts.models import CommentFor
from secretariat.texts.service import Said, adopting
from secretariat.texts.service import silence as silences
from secretariat.texts.service.adopting import Pronouncement
from secretariat.texts.silence_models import AdoptedBy
from tests.factories import silence as silence_made
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.texts.conftest import Stage
from tests.security.racing import at_once, on_sqlite

LONGEST_WAIT = 1.5
"""Seconds for which the first holds on to what it has done: until the second is done too or, as it should be, is kept
waiting by it."""


def between(
    stage: Stage,
    first: Callable[[ViewerSession], Any],
    second: Callable[[ViewerSession], Any],
    by: Official | None = None,
) -> list[Any]:
    """`first` is done, by the officer unless another is named, and not committed when `second` begins; what each
    raised, None where nothing."""
    done = threading.Event()

    def holds(meet: Callable[[], None]) -> None:
        with acting(stage.engine, by or stage.officer) as session:
            first(session)
            meet()
            done.wait(0 if on_sqlite(stage.engine) else LONGEST_WAIT)

    def comes(meet: Callable[[], None]) -> None:
        meet()
        try:
            with acting(stage.engine, stage.officer) as session:
                second(session)
        finally:
            done.set()

    return list(at_once(stage.engine, holds, comes))


def begun(stage: Stage) -> tuple[UUID, UUID]:
    """A text with an edition without brackets, by their ids: that of the document for the edition."""
    with acting(stage.engine, stage.officer) as session:
        edition = silence_made.edition(session)
        return edition.text_id, edition.document_id


def edition_of(session: ViewerSession, document: UUID) -> Any:
    found = queries.edition_of(session, document)
    assert found is not None
    return found


def ask(document: UUID) -> Callable[[ViewerSession], Any]:
    return lambda session: made.opened(session, edition_of(session, document))


def adopt(document: UUID) -> Callable[[ViewerSession], Any]:
    def act(session: ViewerSession) -> None:
        today = clock.today(silence_made.ZONE)
        given = Pronouncement(how=AdoptedBy.CHAIRS_SUMMARY, adopted_on=today, word="In the room")
        adopting.pronounce(session, edition_of(session, document), given)

    return act


def circulate(text: UUID) -> Callable[[ViewerSession], Any]:
    def act(session: ViewerSession) -> None:
        found = made.again(session, text)
        service.add_paragraphs(session, found, [made.words("One more")])
        made.circulated(session, found)

    return act


def put_under_silence(stage: Stage, document: UUID) -> Callable[[ViewerSession], Any]:
    def act(session: ViewerSession) -> None:
        edition = edition_of(session, document)
        rules = silence_queries.rules_of(session, stage.id["process"], stage.id["government"])
        assert rules is not None
        silences.open_silence(session, edition, silences.proposed_end(edition, rules, silence_made.ZONE).deadline)

    return act


def is_told(answers: list[Any], words: str) -> None:
    first, second = answers
    assert first is None
    assert isinstance(second, Refused), answers
    assert words in str(second.sentence)


def test_of_two_who_ask_for_comments_one_does(stage: Stage) -> None:
    _text, document = begun(stage)
    is_told(between(stage, ask(document), ask(document)), "running already")
    with looking(stage.engine, stage.officer) as session:
        assert len(queries.rounds_of(session, edition_of(session, document).id)) == 1


def test_what_is_adopted_meanwhile_is_not_put_to_comments(stage: Stage) -> None:
    _text, document = begun(stage)
    is_told(between(stage, adopt(document), ask(document)), "adopted already")


def test_what_is_put_to_comments_meanwhile_is_not_adopted(stage: Stage) -> None:
    _text, document = begun(stage)
    is_told(between(stage, ask(document), adopt(document)), "A round of comments on it is running")


def test_what_is_adopted_meanwhile_does_not_give_way(stage: Stage) -> None:
    text, document = begun(stage)
    first, second = between(stage, adopt(document), circulate(text))
    assert first is None
    assert second is not None
    with looking(stage.engine, stage.officer) as session:
        assert [one.document_id for one in queries.editions_of(session, text)] == [document]


def test_what_gave_way_meanwhile_is_not_put_under_silence(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        silence_made.rules(session)
    text, document = begun(stage)
    is_told(between(stage, circulate(text), put_under_silence(stage, document)), "gave way to")


def test_what_is_under_silence_meanwhile_does_not_give_way(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        silence_made.rules(session)
    text, document = begun(stage)
    is_told(between(stage, put_under_silence(stage, document), circulate(text)), "is under silence")


def test_what_comes_without_a_name_while_the_round_is_closed_is_read(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        found = made.opened(session, silence_made.edition(session)).id
    with acting(stage.engine, stage.focal["gt"]) as session:
        given = Said(paragraph=None, language="en", words="Not in uniform", read_by=CommentFor.UNNAMED)
        service.add_comment(session, made.round_again(session, found), given)

    def send(session: ViewerSession) -> None:
        service.send(session, service.reply_for(session, made.round_again(session, found)))

    def close(session: ViewerSession) -> None:
        service.close_round(session, made.round_again(session, found))

    assert between(stage, send, close, stage.focal["gt"]) == [None, None]
    for reader in (stage.officer, stage.focal["mx"]):
        with looking(stage.engine, reader) as session:
            assert [one.words for one in queries.comments_of(session, [found])] == ["Not in uniform"]
