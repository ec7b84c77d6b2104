"""An awaited language version is followed up like anything else: by mail, on the desks, until it is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import Engine

from config import Settings
from secretariat.core import awaited, clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.documents import service
from secretariat.documents.service import Asked
from secretariat.follow_up import service as follow_up
from secretariat.mail import delivery
from secretariat.processes import clauses
from tests.factories import documents as made
from tests.factories.meetings import acting, looking
from tests.integration.documents.conftest import Stage
from tests.support.mail import Sink

NOON = datetime(2027, 3, 3, 12, tzinfo=UTC)
"""A Wednesday."""


@pytest.fixture(autouse=True)
def _noon(stage: Stage) -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def waiting(stage: Stage, settings: Settings, *, readers: str = "members", by: str = "mx", due_in: int = 10) -> UUID:
    """A document issued a month ago whose Spanish version somebody of Mexico is to bring."""
    with time_machine.travel(NOON - timedelta(days=30), tick=False), acting(stage.engine, stage.officer) as session:
        where = made.place(session)
        given = clauses.members_of(where.process, where.track)
        if readers == "named":
            audience = [clauses.secretariat(where.track), clauses.participant(stage.id["mx"])]
            given = clauses.named(where.process, where.track, audience=audience)
        document = made.issued(session, where, made.received(settings.data_root), readers=frozenset({given}))
        asked = Asked(
            translator="" if by in stage.focal else by,
            translator_person=stage.focal[by].person if by in stage.focal else None,
            word_count=800,
            due_on=clock.today() + timedelta(days=30 + due_in),
        )
        service.add_version(session, document, "es", asked)
        return document.id


def sent(engine: Engine, settings: Settings, sink: Sink) -> list[tuple[str, str]]:
    follow_up.scan(engine)
    delivery.deliver(engine, settings)
    found = []
    for mail in sink.mails:
        part = mail.get_body(("plain",))
        assert part is not None
        found.append((str(mail["To"]), str(part.get_content())))
    return found


def test_it_is_asked_of_the_focal_point_of_whoever_translates(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    document = waiting(stage, settings)
    [(to, text)] = sent(stage.engine, settings, smtp_sink)
    assert to == stage.focal["mx"].email
    assert "- Options\n  Awaited in this language: Spanish\n  Due 13 March 2027\n" in text
    assert "It is seen to on its page, once you have signed in:" in text
    assert f"{settings.base_url}/documents/{document}\n" in text
    assert "without a password" not in text
    assert "The link is yours alone" not in text


def test_of_a_document_for_named_readers_a_mail_says_neither_title_nor_language(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    waiting(stage, settings, readers="named")
    [(_to, text)] = sent(stage.engine, settings, smtp_sink)
    assert "A document is awaited from you in another language." in text
    assert "Options" not in text
    assert "Spanish" not in text


def test_what_nobody_of_the_process_translates_is_the_secretariats_alone(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    waiting(stage, settings, by="A. Translator")
    assert sent(stage.engine, settings, smtp_sink) == []
    with looking(stage.engine, stage.officer) as session:
        (one,) = awaited.awaited(session, clock.today())
        assert (one.kind, one.participant, one.by_whom, one.language) == (
            "language_version",
            None,
            "A. Translator",
            "es",
        )


def test_who_does_not_read_the_document_is_asked_nothing(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    with time_machine.travel(NOON - timedelta(days=30), tick=False), acting(stage.engine, stage.officer) as session:
        draft = made.drafted(session, made.place(session), made.received(settings.data_root))
        asked = Asked(translator_person=stage.focal["mx"].person, due_on=clock.today() + timedelta(days=40))
        service.add_version(session, draft, "es", asked)
    assert sent(stage.engine, settings, smtp_sink) == []


def test_once_it_is_there_nothing_is_asked(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    key = waiting(stage, settings)
    with acting(stage.engine, stage.officer) as session:
        document = made.document(session, key)
        (version,) = [one for one in document.versions if one.language == "es"]
        service.see_to_version(session, document, version, Asked(), made.received(settings.data_root, b"Opciones."))
    assert sent(stage.engine, settings, smtp_sink) == []
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        assert list(awaited.awaited(system, clock.today())) == []


def test_of_what_was_withdrawn_no_translation_is_awaited(stage: Stage, settings: Settings) -> None:
    key = waiting(stage, settings)
    with acting(stage.engine, stage.officer) as session:
        service.withdraw(session, made.document(session, key), LocalText.of("Sent too early"))
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        assert list(awaited.awaited(system, clock.today())) == []
