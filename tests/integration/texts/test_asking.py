"""Comments asked for by mail, written behind its link, and awaited of whoever has not replied."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import awaited, clock
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.processes import clauses
from secretariat.texts import queries, service
from secretariat.texts.service import Said
from tests.factories import documents
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage
from tests.integration.texts.test_rounds import a_round


def test_each_focal_point_and_alternate_of_a_member_is_asked_once(stage: Stage) -> None:
    a_round(stage)
    with system_unit(stage.engine, Reason.MAIL) as system:
        wanted = select(OutboxMessage.person_id, OutboxMessage.hat).where(OutboxMessage.notice == "comments_asked")
        asked = sorted((str(person), hat) for person, hat in system.execute(wanted))
    people = [*(stage.focal[key] for key in ("bz", "gt", "mx")), stage.alternate["gt"]]
    assert asked == sorted((str(one.person), str(one.hat)) for one in people)


def test_a_reply_is_awaited_of_each_member_until_it_is_sent(stage: Stage) -> None:
    found, _paragraph = a_round(stage)

    def waits_for(reader: object) -> set[str]:
        with looking(stage.engine, reader) as session:  # type: ignore[arg-type]
            things = [one for one in awaited.awaited(session, clock.today()) if one.kind == "comments"]
            return {key for key, value in stage.id.items() for one in things if one.participant == value}

    assert waits_for(stage.officer) == {"bz", "gt", "hn", "mx"}
    with acting(stage.engine, stage.focal["gt"]) as session:
        this = made.round_again(session, found)
        service.add_comment(session, this, Said(paragraph=None, language="en", words="Agreed"))
    assert waits_for(stage.officer) == {"bz", "gt", "hn", "mx"}
    with acting(stage.engine, stage.focal["gt"]) as session:
        service.send(session, service.reply_for(session, made.round_again(session, found)))
    assert waits_for(stage.officer) == {"bz", "hn", "mx"}
    with acting(stage.engine, stage.officer) as session:
        service.close_round(session, made.round_again(session, found))
    assert waits_for(stage.officer) == set()


def test_the_link_of_the_mail_opens_the_reply_and_no_more(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    (mail,) = [words for to, subject, words in mails(stage, settings) if to == stage.focal["mx"].email]
    assert "Each child" not in mail
    assert "Reception protocol" in mail
    assert "needs no password" in mail
    (link,) = re.findall(r"/l/[^/\s]+/comment", mail)
    nobody = Desk(app)
    assert "Each child is told" in nobody.get(link)
    said = {"paragraph": str(paragraph), "language": "en", "words": "Keep four", "read_by": "readers"}
    nobody.send(f"{link}/new", said)
    assert "Keep four" in nobody.get(link)
    nobody.send(link, {})
    with looking(stage.engine, stage.officer) as session:
        assert [one.words for one in queries.comments_of(session, [found])] == ["Keep four"]
    nobody.get(f"/rounds/{found}", 302)
    with acting(stage.engine, stage.officer) as session:
        service.close_round(session, made.round_again(session, found))
    assert "over" in nobody.get(link)


@pytest.mark.parametrize("body", ["", "Steering Group", "Vice-Ministerial Meeting"])
def test_each_is_told_the_same_that_the_secretariat_sees_awaited(stage: Stage, body: str) -> None:
    """Of oneself it is worked out from what one holds, of all from who takes part: they must not differ."""
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session, body=body)
        readers = frozenset({clauses.participants_of(where.process, where.track)})
        found = made.opened(session, made.circulated(session, made.begun(session, body=body, readers=readers))).id

    def waits(reader: Official, participant: UUID | None) -> set[UUID | None]:
        with looking(stage.engine, reader) as session:
            things = awaited.awaited(session, clock.today(), participant=participant)
            return {one.participant for one in things if one.kind == "comments" and one.subject == found}

    everybody = waits(stage.officer, None)
    assert everybody
    for key, one in stage.focal.items():
        mine = stage.id[key]
        assert waits(one, mine) == everybody & {mine}, key


def test_another_edition_is_told_by_a_mail_unless_another_mail_says_so(stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        where = documents.place(session)
        text = made.begun(session, readers=frozenset({clauses.members_of(where.process, where.track)}))
        made.circulated(session, text)
        service.write_paragraph(session, made.paragraph(session, text, 2), made.words("Each child is told at once"))
        second = made.circulated(session, text).document_id
        key = text.id
    assert mails(stage, settings) == []  # comments may be asked on it at once
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        told = mails(stage, settings)
    assert {to for to, _subject, _words in told} == {
        one.email for one in (*(stage.focal[key] for key in ("bz", "gt", "mx")), stage.alternate["gt"])
    }
    assert all("Another edition of a text" in subject for _to, subject, _words in told)
    assert all(f"/documents/{second}/text/compared" in words for _to, _subject, words in told)
    assert all("at once" not in words for _to, _subject, words in told)
    with acting(stage.engine, stage.officer) as session:
        text = made.again(session, key)
        service.write_paragraph(session, made.paragraph(session, text, 2), made.words("Each child is told"))
        made.opened(session, made.circulated(session, text))
    assert {subject.split(": ")[1].split(" (")[0] for _to, subject, _words in mails(stage, settings)} == {
        "Comments on a text"
    }
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert mails(stage, settings) == []
