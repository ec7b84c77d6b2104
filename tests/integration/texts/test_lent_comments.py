"""A paragraph or a text passed to a colleague in another ministry, whose comments the focal point takes up."""

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
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, ContactCard
from secretariat.texts import queries, service
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Comment
from secretariat.texts.service import Said, lending
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage
from tests.integration.texts.test_rounds import a_round, read_by

COLLEAGUE = "labour@ministry.example"
PASSED = {"name": "Maria Lopez, Labour", "address": COLLEAGUE, "asked": "Is the hour right?"}


def link_in(stage: Stage, settings: Settings) -> str:
    """The link of the mail to the colleague, which tells nothing else."""
    (words,) = [words for to, _subject, words in mails(stage, settings) if to == COLLEAGUE]
    assert "Reception protocol" not in words
    assert "Mexico" not in words
    (link,) = re.findall(r"/l/[^/\s]+/gather", words)
    return str(link)


def passed_on(stage: Stage, settings: Settings, found: UUID, paragraph: UUID | None = None, by: str = "mx") -> str:
    with acting(stage.engine, stage.focal[by]) as session:
        lending.pass_on(session, made.round_again(session, found), paragraph, "Labour", COLLEAGUE)
    return link_in(stage, settings)


def of_capital(stage: Stage, found: UUID, reader: Any) -> list[str]:
    """The comments somebody reads that are not sent yet."""
    with looking(stage.engine, reader) as session:
        wanted = select(Comment).where(Comment.round_id == found, Comment.sent_at.is_(None))
        return sorted(one.words for one in session.scalars(wanted))


def test_a_paragraph_is_passed_on_commented_taken_up_and_sent(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    mails(stage, settings)
    mexico = Desk(app, stage.focal["mx"])
    assert f"/rounds/{found}/pass-on?paragraph={paragraph}" in mexico.get(f"/rounds/{found}/reply")
    mexico.send(f"/rounds/{found}/pass-on", {**PASSED, "paragraph": str(paragraph)})
    link = link_in(stage, settings)

    nobody = Desk(app)
    page = nobody.get(link)
    assert "Is the hour right?" in page
    assert "Each child is told" in page
    assert "Recalling the vice-ministerial" not in page  # one paragraph, and no other
    assert nobody.wrong(link, {"words": "", "language": "en"})[0].startswith("Write what you think")
    nobody.send(link, {"words": "By whom?", "language": "en"})
    nobody.send(link, {"words": "By whom, and when?", "language": "en"})
    nobody.get(f"/rounds/{found}", 302)

    for reader in (stage.officer, stage.focal["gt"]):
        assert of_capital(stage, found, reader) == []
        with looking(stage.engine, reader) as session:
            assert session.scalars(select(LentComments)).all() == []
    assert of_capital(stage, found, stage.focal["mx"]) == ["By whom, and when?"]
    reply = mexico.get(f"/rounds/{found}/reply")
    assert "from Maria Lopez, Labour" in reply
    assert "Send the reply" not in reply  # nothing a colleague wrote is sent as it stands
    with acting(stage.engine, stage.focal["mx"]) as session, pytest.raises(Refused, match="nothing left to send"):
        service.send(session, service.reply_for(session, made.round_again(session, found)))

    with looking(stage.engine, stage.focal["mx"]) as session:
        (comment,) = session.scalars(select(Comment.id).where(Comment.lent_id.is_not(None)))
    at = f"/rounds/{found}/comments/{comment}"
    taken = {"paragraph": str(paragraph), "words": "By whom?", "language": "en", "noted": "Labour"}
    assert mexico.wrong(at, taken) == ["Choose who reads it, and whether your government is named"]
    mexico.send(at, {**taken, "read_by": "readers"})
    mexico.send(f"/rounds/{found}/reply", {})
    assert read_by(stage, found, "gt") == ["By whom?"]
    assert "Maria" not in Desk(app, stage.officer).get(f"/rounds/{found}")
    assert "You wrote:" not in nobody.get(link)


def test_a_whole_text_is_commented_paragraph_by_paragraph(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    mails(stage, settings)
    link = passed_on(stage, settings, found)
    nobody = Desk(app)
    page = nobody.get(link)
    assert "Recalling the vice-ministerial" in page
    assert "Each child is told" in page
    nobody.send(
        f"{link}?paragraph={paragraph}", {"words": "", "wording": "Each child is told at once", "language": "en"}
    )
    nobody.send(f"{link}?paragraph=whole", {"words": "A good text", "language": "en"})
    assert nobody.get(link).count("You wrote:") == 2
    nobody.send(f"{link}?paragraph=whole", {"words": "", "language": "en"})
    assert of_capital(stage, found, stage.focal["mx"]) == [""]
    with looking(stage.engine, stage.focal["mx"]) as session:
        (lent,) = queries.lent_in(session, found, stage.id["mx"])
        (one,) = queries.comments_from(session, lent.id)
        assert (one.paragraph_id, one.wording) == (paragraph, "Each child is told at once")


@pytest.mark.parametrize("how", ["over", "taken back", "replaced"])
def test_the_link_stops(app: Flask, stage: Stage, settings: Settings, how: str) -> None:
    found, paragraph = a_round(stage)
    mails(stage, settings)
    link = passed_on(stage, settings, found, paragraph)
    nobody, mexico = Desk(app), Desk(app, stage.focal["mx"])
    nobody.send(link, {"words": "By whom?", "language": "en"})
    with looking(stage.engine, stage.focal["mx"]) as session:
        (lent,) = queries.lent_in(session, found, stage.id["mx"])
    if how == "taken back":
        at = f"/rounds/{found}"
        mexico.send(f"{at}/lent/{lent.id}/take-back", {}, form_at=f"{at}/reply")
    if how == "replaced":
        with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
            system.get_one(Appointment, stage.focal["mx"].appointment).until = clock.today()
    with time_machine.travel(clock.now() + timedelta(hours=49 if how == "over" else 0)):
        page = nobody.get(link, 404 if how == "replaced" else 200)
        assert "Each child is told" not in page
        if how != "replaced":
            assert "This is not needed any more" in page
    if how == "taken back":
        assert of_capital(stage, found, stage.focal["mx"]) == ["By whom?"]


def test_nobody_else_lends_or_takes_back_and_a_colleague_has_it_once(stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    mails(stage, settings)
    passed_on(stage, settings, found, paragraph)
    with acting(stage.engine, stage.focal["mx"]) as session:
        this = made.round_again(session, found)
        with pytest.raises(Refused, match="has it already"):
            lending.pass_on(session, this, paragraph, "Labour", COLLEAGUE.upper())
        with pytest.raises(Refused, match="does not stand in the text"):
            lending.pass_on(session, this, UUID(int=7), "Labour", "other@ministry.example")
        with pytest.raises(Refused, match="your own address"):
            lending.pass_on(session, this, None, "Me", stage.focal["mx"].email)
        (lent,) = queries.lent_in(session, found, stage.id["mx"])
        for given, match in (
            (Said(paragraph=None, language="en", words="All"), "Only the paragraph"),
            (Said(paragraph=paragraph, language="en", words="x" * 10_001), "Shorten"),
        ):
            with pytest.raises(Refused, match=match):
                lending.write(session, queries.lent_by_id(session, lent.id) or lent, given)
    for other in (stage.officer, stage.focal["co"]):
        with acting(stage.engine, other) as session, pytest.raises(NotAllowed):
            lending.pass_on(session, made.round_again(session, found), None, "Labour", "x@ministry.example")


def test_a_colleague_is_written_to_in_the_language_of_whoever_asks(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    """Nothing is known of the colleague but an address; its focal point reads Spanish, the process writes English."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        wanted = select(ContactCard).where(ContactCard.person_id == stage.focal["gt"].person)
        for card in session.scalars(wanted):
            card.languages = ["es"]
    found, paragraph = a_round(stage)
    link = passed_on(stage, settings, found, paragraph, by="gt")
    assert '<html lang="es"' in Desk(app).get(link)


def test_whoever_passed_it_on_is_told_once_that_words_came_back(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    mails(stage, settings)
    link = passed_on(stage, settings, found, paragraph)
    nobody = Desk(app)
    nobody.send(link, {"words": "By whom?", "language": "en"})
    assert mails(stage, settings) == []  # more may follow at once
    nobody.send(link, {"words": "By whom, and when?", "language": "en"})
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        ((to, subject, words),) = mails(stage, settings)
        assert (to, "Comments have come back to you" in subject) == (stage.focal["mx"].email, True)
        assert "Labour has written" in words
        assert "By whom" not in words
        nobody.send(link, {"words": "By whom?", "language": "en"})
        assert mails(stage, settings) == []


def test_a_colleague_is_reminded_once_before_the_round_ends(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage, ends=made.in_hours(24 * 6))
    mails(stage, settings)
    link = passed_on(stage, settings, found, paragraph)
    assert lending.remind_once(stage.engine) == 0
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert lending.remind_once(stage.engine) == 0  # the round does not end soon
    with time_machine.travel(clock.now() + timedelta(days=4, hours=1)):
        assert [lending.remind_once(stage.engine) for _twice in range(2)] == [1, 0]
        ((to, subject, words),) = mails(stage, settings)
        assert (to, "Comments are still with you" in subject) == (COLLEAGUE, True)
        assert "Reception protocol" not in words
        (again,) = re.findall(r"/l/[^/\s]+/gather", words)
        assert "Each child is told" in Desk(app).get(again)
        assert link != again
    with time_machine.travel(clock.now() + timedelta(days=5)):
        assert lending.remind_once(stage.engine) == 0


@pytest.mark.parametrize("why", ["answered", "taken back", "over"])
def test_who_has_done_or_need_not_is_not_reminded(app: Flask, stage: Stage, settings: Settings, why: str) -> None:
    found, paragraph = a_round(stage, ends=made.in_hours(24 * 6))
    mails(stage, settings)
    link = passed_on(stage, settings, found, paragraph)
    if why == "answered":
        Desk(app).send(link, {"words": "By whom?", "language": "en"})
    if why == "taken back":
        with acting(stage.engine, stage.focal["mx"]) as session:
            (lent,) = queries.lent_in(session, found, stage.id["mx"])
            lending.end(session, lent)
    with time_machine.travel(clock.now() + timedelta(days=7 if why == "over" else 5)):
        assert lending.remind_once(stage.engine) == 0
