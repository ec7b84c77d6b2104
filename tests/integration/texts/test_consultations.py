"""A text opened to everybody: comments without an account, confirmed by a mail, answered, and erased in time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.languages import reading_in
from secretariat.core.models import Reading
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, reading_as, system_unit
from secretariat.core.viewer import NOBODY
from secretariat.directory import viewers
from secretariat.mail.models import OutboxMessage
from secretariat.texts import consultation_queries as queries
from secretariat.texts import works
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter
from secretariat.texts.models import CommentRound
from secretariat.texts.service import consultations as service
from tests.factories.meetings import acting, looking
from tests.factories.texts import in_hours
from tests.integration.civil_society.test_publishing import has_public_page
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.test_rounds import a_round

DECISION = "Agreed by the members on 12 March"
NAME, ADDRESS, ORGANIZATION = "Ana Solares", "ana@shelter.example", "Shelter for children"
WHOLE, ON_PARAGRAPH = "A step forward", "In a language the child speaks"
LIST, HOME = "/processes/rcx/consultations", "/processes/rcx/"
LINK = re.compile(r"(/l/[\w-]+/consult)")


def end(hours: float = 48) -> dict[str, str]:
    ends = in_hours(hours)
    return {"ends_on": ends.on.isoformat(), "ends_hour": f"{ends.hour:%H:%M}", "zone": ends.zone}


def document_of(stage: Stage, found: UUID) -> UUID:
    with looking(stage.engine, stage.officer) as session:
        return session.get_one(CommentRound, found).edition.document_id


def opened(app: Flask, stage: Stage, **more: Any) -> tuple[UUID, UUID, UUID]:
    """A text open to the public, by the officer: the round, the third paragraph, and the consultation."""
    found, paragraph = a_round(stage)
    has_public_page(stage)
    page = f"/documents/{document_of(stage, found)}/consultations/new"
    where, _page = Desk(app, stage.officer).send(page, {**end(), "decision": DECISION, **more})
    return found, paragraph, UUID(where.rpartition("/")[2])


def form(paragraph: UUID | None = None, words: str = ON_PARAGRAPH, **more: str) -> dict[str, str]:
    typed = {"name": NAME, "address": ADDRESS, "language": "en", **more}
    return typed | ({f"p_{paragraph.hex}": words} if paragraph else {})


def confirmed(app: Flask, stage: Stage, settings: Settings, key: UUID, typed: dict[str, str]) -> str:
    """Written and confirmed by somebody; the path of the link."""
    mails(stage, settings)
    Desk(app).send(f"/consultations/{key}", typed)
    ((to, _subject, words),) = mails(stage, settings)
    assert to.casefold() == typed["address"].casefold()
    (link,) = LINK.findall(words)
    Desk(app).send(link, {"act": "confirm"})
    return str(link)


def read_by(stage: Stage, one: Any) -> list[str]:
    with looking(stage.engine, one) as session:
        return sorted(comment.words for comment in session.scalars(select(PublicComment)))


def names_read(stage: Stage) -> int:
    """How often it is on record that a name was read."""
    with system_unit(stage.engine, Reason.READINGS, writes=False) as system:
        return len(system.scalars(select(Reading).where(Reading.thing_kind == PublicWriter.__tablename__)).all())


def test_everybody_comments_and_reads_the_response(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph, key = opened(app, stage, for_readers="y")
    here, desk = f"/consultations/{key}", f"/consultations/{key}/comments"
    officer, mexico, everybody = Desk(app, stage.officer), Desk(app, stage.focal["mx"]), Desk(app)
    assert "consultations" in everybody.get(HOME)
    assert here in everybody.get(LIST)
    page = everybody.get(here)
    assert "Each child is told" in page
    assert "the governments that read this text" in page
    assert DECISION not in page
    assert ("are not agreed" in page) == ("<mark>[" in page.replace("<mark>[Words in brackets]", ""))

    mails(stage, settings)
    typed = form(paragraph, whole=WHOLE, organization=ORGANIZATION, organization_shown="y")
    everybody.send(here, typed)
    assert read_by(stage, stage.officer) == []  # nobody reads what is not confirmed
    ((to, subject, words),) = mails(stage, settings)
    assert (to, "Confirm your comments" in subject) == (ADDRESS, True)
    assert NAME not in words
    assert WHOLE not in words
    (link,) = LINK.findall(words)
    page = everybody.get(link)
    assert ON_PARAGRAPH in page
    assert read_by(stage, stage.officer) == []  # nor by opening the link
    everybody.send(link, {"act": "confirm"})
    for one in (stage.officer, stage.focal["mx"], stage.focal["co"]):
        assert read_by(stage, one) == sorted([WHOLE, ON_PARAGRAPH])
    assert read_by(stage, stage.coordinator) == []
    with reading_as(stage.engine, viewers.viewer(stage.engine, None, NOBODY)) as session:
        assert session.scalars(select(PublicComment)).all() == []
        assert session.scalars(select(PublicWriter)).all() == []

    for place in (desk, f"/rounds/{found}"):
        page = mexico.get(place)
        assert ON_PARAGRAPH in page
        assert ORGANIZATION in page
        assert NAME not in page
    assert f"{here}/writers" in officer.get(desk)
    assert NAME in officer.get(desk)
    assert [words in officer.get(f"{here}/writers") for words in (NAME, ADDRESS)] == [True, True]
    assert names_read(stage) == 4  # by the officer alone: each time, with the day
    assert here in everybody.get("/search?q=child")
    assert NAME not in officer.get(f"/rounds/{found}")
    with looking(stage.engine, stage.officer) as session, reading_in("en", "America/Panama"):
        paper = works.comments_paper(session, found)
        assert paper is not None
        assert ON_PARAGRAPH in paper.html
        assert NAME not in paper.html
    for address in ("answer", "writers", "response", "end", "close", "take-back"):
        mexico.get(f"{here}/{address}", 404)
    Desk(app, stage.coordinator).get(desk, 404)

    # one address has one voice, and what somebody else wrote is withdrawn again
    confirmed(app, stage, settings, key, form(paragraph, "In words a child knows", address=ADDRESS.upper()))
    assert read_by(stage, stage.officer) == ["In words a child knows"]
    other = confirmed(app, stage, settings, key, form(paragraph, "Not mine", address="other@elsewhere.example"))
    everybody.send(other, {"act": "withdraw"})
    everybody.get(other, 404)
    assert read_by(stage, stage.officer) == ["In words a child knows"]

    with time_machine.travel(clock.now() + timedelta(hours=49)):
        officer = Desk(app, stage.officer)
        assert "Comments of the public, awaiting a response" in officer.get("/")
        assert "Of 1 comment it is not said yet" in officer.get(f"{here}/response")
        answered = {"comments": _ids(stage), "became": "in_part", "answer-en": "The next draft says so."}
        officer.send(f"{here}/answer?paragraph={paragraph}", answered)
        assert "The next draft says so." not in everybody.get(here)
        officer.send(f"{here}/response", {"word-en": "Thank you all."})
        page = everybody.get(here)
        for words in ("Thank you all.", "The next draft says so.", "1 person has commented"):
            assert words in page
        for words in ("In words a child knows", NAME, ORGANIZATION):
            assert words not in page
        assert [service.tell_of_responses(stage.engine), service.tell_of_responses(stage.engine)] == [1, 0]
        ((to, subject, words),) = mails(stage, settings)
        assert (to.lower(), "The response to your comments" in subject) == (ADDRESS, True)
        assert here in words
        officer.get(f"{here}/answer?paragraph={paragraph}")
        assert "published already" in officer.send(f"{here}/response", {}, 422)[1]
    with (
        time_machine.travel(clock.now() + timedelta(days=190)),
        system_unit(stage.engine, Reason.CONSULTATION) as system,
    ):
        assert service.erase_what_is_over(system) == 1
        assert service.erase_what_is_over(system) == 0
        assert system.scalars(select(PublicWriter)).all() == []
        assert [one.source_id for one in system.scalars(select(PublicComment))] == [None]
        put = system.scalars(select(OutboxMessage.address).where(OutboxMessage.notice.startswith("public_"))).all()
        assert set(put) == {None}  # the address stood with the writer alone


def _ids(stage: Stage) -> list[str]:
    with looking(stage.engine, stage.officer) as session:
        return [str(one) for one in session.scalars(select(PublicComment.id))]


def test_what_is_not_taken_is_said_and_nothing_is_lost(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    document = document_of(stage, found)
    officer, everybody = Desk(app, stage.officer), Desk(app)
    new = f"/documents/{document}/consultations/new"
    assert "no public page" in officer.send(new, {**end(), "decision": DECISION}, 422)[1]
    has_public_page(stage)
    everybody.get(LIST, 404)
    assert "consultations" not in everybody.get(HOME)
    assert officer.wrong(new, end()) == ["Say by which decision the members let everybody read this text."]
    assert officer.wrong(new, {**end(-5), "decision": DECISION}) == [
        "This moment has passed; choose a later day or hour"
    ]
    Desk(app, stage.focal["mx"]).get(new, 404)
    where, _page = officer.send(new, {**end(), "decision": DECISION})
    assert "open to the public already" in officer.send(new, {**end(), "decision": DECISION}, 422)[1]
    key = UUID(where.rpartition("/")[2])
    here = f"/consultations/{key}"

    def stood_open() -> tuple[Desk, str]:
        """Somebody with the form open, and its token."""
        one = Desk(app)
        return one, re.findall(r'name="csrf_token"[^>]*value="([^"]*)"', one.get(here))[0]

    def refused(typed: dict[str, str], by: tuple[Desk, str] | None = None) -> str:
        """The page with what was typed."""
        desk, token = by or stood_open()
        answer = desk.client.post(here, data={"csrf_token": token, **typed})
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert all(words in page for words in typed.values() if len(words) > 2)
        return page

    assert everybody.wrong(here, form()) == ["Write what you think of the text, or of one of its paragraphs."]
    assert "Give an address as in mail" in refused(form(paragraph, address="nobody at all"))
    assert "Give your name" in everybody.send(here, form(paragraph, name=""), 422)[1]
    assert "Shorten this by 1 character" in refused(form(paragraph, "x" * 5001))
    mails(stage, settings)
    for _number in range(5):
        everybody.send(here, form(paragraph))
    assert "as can in one day" in refused(form(paragraph))
    left = mails(stage, settings)
    assert [to for to, _subject, _words in left] == [ADDRESS] * 5
    # what nobody confirms goes, and its link with it
    (link,) = LINK.findall(left[0][2])
    late = stood_open()
    with time_machine.travel(clock.now() + timedelta(hours=49)):
        assert "was over when this reached us" in refused(form(paragraph, address="late@elsewhere.example"), late)
    with time_machine.travel(clock.now() + timedelta(days=8)):
        page = everybody.send(link, {"act": "confirm"}, 422)[1]
        assert "time to confirm your address is over" in page
        with system_unit(stage.engine, Reason.CONSULTATION) as system:
            assert service.erase_what_is_over(system) == 5
            assert system.scalars(select(PublicComment)).all() == []
        everybody.get(link, 404)

    # for the secretariat alone; taken back
    confirmed(app, stage, settings, key, form(paragraph, address="one@elsewhere.example"))
    assert read_by(stage, stage.officer) == [ON_PARAGRAPH]
    assert read_by(stage, stage.focal["mx"]) == []
    Desk(app, stage.focal["mx"]).get(f"{here}/comments", 404)
    assert "still taken" in officer.get(f"{here}/response")
    officer.send(f"{here}/end", end(72))
    late = stood_open()
    officer.send(f"{here}/take-back", {})
    assert "Each child is told" not in everybody.get(here)
    assert here not in everybody.get("/search?q=child")
    assert "was taken back" in refused(form(paragraph), late)
    assert ON_PARAGRAPH in officer.get(f"{here}/comments")


def test_only_who_keeps_it_opens_and_closes(app: Flask, stage: Stage) -> None:
    _found, _paragraph, key = opened(app, stage)

    def again(session: Any) -> PublicConsultation:
        one = queries.consultation_by_id(session, key)
        assert one is not None
        return one

    for one in (stage.focal["mx"], stage.coordinator):
        with acting(stage.engine, one) as session:
            for act in (service.end_now, service.take_back):
                with pytest.raises(NotAllowed):
                    act(session, again(session))
            with pytest.raises(NotAllowed):
                service.publish_response(session, again(session), None)
    with acting(stage.engine, stage.officer) as session:
        service.end_now(session, again(session))
        with pytest.raises(Refused, match="is over"):
            service.change_end(session, again(session), in_hours(5))
        assert service.publish_response(session, again(session), None).writers == 0
        with pytest.raises(Refused, match="cannot be taken back"):
            service.take_back(session, again(session))
