"""Rounds of comments: who may comment, who reads what was said, and that who is not named is stored nowhere."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select, text

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.processes import clauses
from secretariat.texts import queries, service
from secretariat.texts.models import Became, Comment, CommentFor, UnnamedComment
from secretariat.texts.service import Said
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.texts.conftest import Stage

READERS, UNNAMED, SECRETARIAT = CommentFor


def a_round(stage: Stage, **more: object) -> tuple[UUID, UUID]:
    """A round on an edition for all participants, and its third paragraph."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        found = made.opened(session, made.circulated(session, made.begun(session, readers=readers)), **more)
        return found.id, UUID(found.edition.content["paragraphs"][2]["id"])


def commented(stage: Stage, found: UUID, by: str, words: str, paragraph: UUID | None = None, **more: object) -> None:
    with acting(stage.engine, stage.focal[by]) as session:
        given = Said(paragraph=paragraph, language="en", words=words, **more)  # type: ignore[arg-type]
        service.add_comment(session, made.round_again(session, found), given)


def sent(stage: Stage, found: UUID, by: str) -> int:
    with acting(stage.engine, stage.focal[by]) as session:
        return service.send(session, service.reply_for(session, made.round_again(session, found)))


def read_by(stage: Stage, found: UUID, reader: str) -> list[str]:
    one = {"officer": stage.officer, "coordinator": stage.coordinator}.get(reader) or stage.focal[reader]
    with looking(stage.engine, one) as session:
        return sorted(comment.words for comment in queries.comments_of(session, [found]))


def test_what_a_capital_prepares_is_its_own_until_it_is_sent(stage: Stage) -> None:
    found, paragraph = a_round(stage)
    commented(stage, found, "gt", "Keep two", paragraph)
    commented(stage, found, "gt", "For you alone", read_by=SECRETARIAT)
    with looking(stage.engine, stage.alternate["gt"]) as session:
        reply = queries.reply_of(session, found, stage.id["gt"])
        assert reply is not None
        assert len(queries.comments_in_reply(session, reply.id)) == 2
    for reader in ("officer", "mx", "co"):
        assert read_by(stage, found, reader) == []
    with looking(stage.engine, stage.officer) as session:
        assert queries.replies_of(session, found) == []
        assert session.scalars(select(Comment)).all() == []
    assert sent(stage, found, "gt") == 2
    assert read_by(stage, found, "officer") == ["For you alone", "Keep two"]
    assert read_by(stage, found, "gt") == ["For you alone", "Keep two"]
    assert read_by(stage, found, "mx") == ["Keep two"]
    assert read_by(stage, found, "co") == ["Keep two"]
    assert read_by(stage, found, "coordinator") == []


def test_who_is_not_named_is_stored_nowhere_and_read_by_nobody_before_the_end(stage: Stage) -> None:
    found, paragraph = a_round(stage)
    commented(stage, found, "gt", "Not in uniform", paragraph, read_by=UNNAMED)
    commented(stage, found, "gt", "Signed", read_by=READERS)
    assert sent(stage, found, "gt") == 2
    for reader in ("officer", "gt", "mx"):
        assert read_by(stage, found, reader) == ["Signed"]
    with system_unit(stage.engine, Reason.ARCHIVE) as system:
        assert [one.words for one in system.scalars(select(Comment))] == ["Signed"]
        (bare,) = system.scalars(select(UnnamedComment))
        columns = {column.key: str(getattr(bare, column.key)) for column in UnnamedComment.__table__.columns}
        assert str(stage.id["gt"]) not in columns.values()
        history = system.execute(
            text("SELECT by_person_id, by_hat, at FROM label_changes WHERE thing_id = :id"),
            {"id": bare.id.hex if stage.engine.dialect.name == "sqlite" else bare.id},
        ).all()
        assert {(person, hat) for person, hat, _at in history} == {(None, "nobody")}
    with acting(stage.engine, stage.officer) as session:
        service.close_round(session, made.round_again(session, found))
    for reader in ("officer", "gt", "mx", "co"):
        assert read_by(stage, found, reader) == ["Not in uniform", "Signed"]


def test_a_round_ends_at_its_hour_whether_anybody_records_it(stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    commented(stage, found, "gt", "In time", read_by=UNNAMED)
    sent(stage, found, "gt")
    commented(stage, found, "mx", "Too late")
    with time_machine.travel(clock.now() + timedelta(hours=49)):
        with pytest.raises(Refused, match="over when this reached us"):
            sent(stage, found, "mx")
        with looking(stage.engine, stage.focal["mx"]) as session:
            reply = queries.reply_of(session, found, stage.id["mx"])
            assert reply is not None
            assert [one.words for one in queries.comments_in_reply(session, reply.id)] == ["Too late"]
        assert read_by(stage, found, "officer") == []
        assert service.close_what_is_over(stage.engine) == 1
        assert service.close_what_is_over(stage.engine) == 0
        assert read_by(stage, found, "officer") == ["In time"]
        with looking(stage.engine, stage.officer) as session:
            over = made.round_again(session, found)
            assert over.closed_at == service.deadline_of(over).at


def test_members_comment_and_observers_where_the_round_lets_them(stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    with pytest.raises(NotAllowed):
        commented(stage, found, "co", "As an observer")
    open_to_all, _paragraph = a_round(stage, observers_may=True)
    commented(stage, open_to_all, "co", "As an observer")
    assert sent(stage, open_to_all, "co") == 1
    with acting(stage.engine, stage.officer) as session, pytest.raises(NotAllowed):
        service.reply_for(session, made.round_again(session, open_to_all))


def test_what_is_said_of_a_paragraph_that_is_not_there_or_says_nothing_is_refused(stage: Stage) -> None:
    found, paragraph = a_round(stage)
    with pytest.raises(Refused, match="does not stand"):
        commented(stage, found, "gt", "Of another text", UUID(int=7))
    with pytest.raises(Refused, match="Write what you think"):
        commented(stage, found, "gt", "", paragraph)
    with acting(stage.engine, stage.focal["gt"]) as session, pytest.raises(Refused, match="nothing left to send"):
        service.send(session, service.reply_for(session, made.round_again(session, found)))


def test_one_round_at_a_time_and_only_on_what_stands(stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    with acting(stage.engine, stage.officer) as session:
        running = made.round_again(session, found)
        edition = running.edition
        with pytest.raises(Refused, match="running already"):
            made.opened(session, edition)
        service.change_end(session, running, made.in_hours(72))
        service.close_round(session, running)
        with pytest.raises(Refused, match="over"):
            service.change_end(session, running, made.in_hours(80))
        draft = made.again(session, edition.text_id)
        service.add_paragraphs(session, draft, [made.TOLD])
        made.circulated(session, draft)
        with pytest.raises(NotAllowed):
            made.opened(session, edition)


def test_comments_on_an_edition_that_gave_way_are_kept_and_not_taken(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        text = made.begun(session, readers=readers)
        found = made.opened(session, made.circulated(session, text)).id
        key = text.id
    commented(stage, found, "gt", "Keep two")
    commented(stage, found, "mx", "Nobody knows whose", read_by=UNNAMED)
    assert sent(stage, found, "mx") == 1
    with acting(stage.engine, stage.officer) as session:
        text = made.again(session, key)
        service.write_paragraph(session, made.paragraph(session, text, 2), made.words("Each child is told at once"))
        symbol = made.circulated(session, text).document.symbol
        assert not service.is_running(made.round_again(session, found))
    with pytest.raises(Refused, match=f"gave way to {symbol}; what you say is for that one"):
        sent(stage, found, "gt")
    with looking(stage.engine, stage.focal["gt"]) as session:
        reply = queries.reply_of(session, found, stage.id["gt"])
        assert reply is not None
        assert [one.words for one in queries.comments_in_reply(session, reply.id)] == ["Keep two"]
    assert read_by(stage, found, "officer") == ["Nobody knows whose"]


def test_what_became_of_a_comment_is_read_by_whoever_reads_it(stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    commented(stage, found, "gt", "For you alone", read_by=SECRETARIAT)
    commented(stage, found, "gt", "For all")
    sent(stage, found, "gt")
    with acting(stage.engine, stage.officer) as session:
        running = made.round_again(session, found)
        for listed in queries.comments_of(session, [found]):
            comment = queries.comment_of(session, found, listed.id)
            assert comment is not None
            word = LocalText.of(f"On {comment.words}")
            service.answer(session, running, comment, Became.IN_PART, word)
    with looking(stage.engine, stage.focal["mx"]) as session:
        (read,) = queries.comments_of(session, [found])
        assert (read.words, read.became, str(read.answer)) == ("For all", Became.IN_PART, "On For all")
