"""The letters of a silence as they reach their readers, and the page behind their link, without a password."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from config import Settings
from secretariat.core import awaited, clock
from secretariat.core.languages import LANGUAGES
from secretariat.texts import queries as of_texts
from secretariat.texts.service import adopting
from secretariat.texts.service import silence as service
from secretariat.texts.service.adopting import Pronouncement
from secretariat.texts.silence import ReactionKind, SilenceState
from secretariat.texts.silence_models import AdoptedBy, ReasonsTo
from tests.factories import silence as made
from tests.factories.meetings import acting, looking
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage

OPENED = datetime(2027, 6, 1, 15, tzinfo=UTC)
ENDS = made.at(date(2027, 6, 15))


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


def test_the_notice_says_which_text_until_when_and_that_nothing_need_be_done(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.opened(session, ENDS).id
    sent = {to: (subject, words) for to, subject, words in mails(stage, settings)}
    people = [*(stage.focal[one].email for one in ("bz", "gt", "mx")), stage.alternate["gt"].email]
    assert sorted(sent) == sorted(people)
    subject, words = sent[stage.focal["mx"].email]
    assert subject.startswith("RCX: A text under silence (")
    assert "Reception protocol" in words
    assert "Each child" not in words
    assert "It ends: Tue 15 Jun, 17:00, Panama time (UTC−5)." in words
    assert "If Mexico can accept the text, nothing need be done." in " ".join(words.split())
    (link,) = re.findall(r"/l/[^/\s]+/silence", words)
    nobody = Desk(app)
    page = nobody.get(link)
    assert "Each child is told" in page
    nobody.send(link, {"kind": "objection", "words": "Paragraph 1 goes too far", "language": "en"})
    assert made.state(stage.engine, stage.officer, key) is SilenceState.BROKEN
    nobody.get(f"/silence/{key}", 302)


def test_a_reminder_and_a_result_tell_nothing_of_who_said_what(
    stage: Stage, settings: Settings, clock_stands: time_machine.Traveller
) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.opened(session, ENDS, reasons_to=ReasonsTo.SECRETARIAT).id
    mails(stage, settings)
    clock_stands.move_to(ENDS.at - timedelta(hours=47))
    made.reacted(stage.engine, stage.focal["bz"], key, ReactionKind.COMMENT)
    service.record_what_is_over(stage.engine)
    reminded = sorted(to for to, _subject, _words in mails(stage, settings))
    assert reminded == sorted([*(stage.focal[one].email for one in ("gt", "mx")), stage.alternate["gt"].email])
    made.reacted(stage.engine, stage.focal["mx"], key)
    service.record_what_is_over(stage.engine)
    results = {to: words for to, _subject, words in mails(stage, settings)}
    assert len(results) == 4
    assert "A member has objected to this text within the time" in " ".join(results[stage.focal["bz"].email].split())
    for words in results.values():
        assert "Mexico" not in words.partition("\n")[2]  # the salutation aside
        assert "México" not in words
        assert "Paragraph 1 needs" not in words


def test_who_has_reacted_before_the_reminder_leaves_is_not_reminded(
    stage: Stage, settings: Settings, clock_stands: time_machine.Traveller
) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = made.opened(session, ENDS).id
    mails(stage, settings)
    clock_stands.move_to(ENDS.at - timedelta(hours=47))
    service.record_what_is_over(stage.engine)
    made.reacted(stage.engine, stage.focal["mx"], key, ReactionKind.COMMENT)
    assert stage.focal["mx"].email not in [to for to, _subject, _words in mails(stage, settings)]


def test_a_capital_is_asked_and_confirms_behind_its_link(app: Flask, stage: Stage, settings: Settings) -> None:
    with acting(stage.engine, stage.officer) as session:
        edition = of_texts.edition_of(session, made.edition(session).document_id)
        assert edition is not None
        given = Pronouncement(
            how=AdoptedBy.AD_REFERENDUM, adopted_on=date(2027, 6, 1), confirm_by=date(2027, 7, 1), word="In the room"
        )
        adopting.pronounce(session, edition, given)

    def waits_for() -> int:
        with looking(stage.engine, stage.officer) as session:
            return sum(one.kind == "text_confirmation" for one in awaited.awaited(session, clock.today()))

    assert waits_for() == 4
    (words,) = [words for to, _subject, words in mails(stage, settings) if to == stage.focal["mx"].email]
    assert "The word of Mexico is awaited by Thursday 1 July 2027:" in words
    (link,) = re.findall(r"/l/[^/\s]+/confirmation", words)
    nobody = Desk(app)
    assert "Each child is told" in nobody.get(link)
    nobody.send(link, {"says": "confirmed"})
    assert waits_for() == 3
    assert "Confirmed" in nobody.get(link)


def test_the_page_of_a_link_speaks_arabic(app: Flask, stage: Stage, settings: Settings) -> None:
    assert "ar" in LANGUAGES
    with acting(stage.engine, stage.officer) as session:
        made.opened(session, ENDS)
    (words,) = [words for to, _subject, words in mails(stage, settings) if to == stage.focal["mx"].email]
    (link,) = re.findall(r"/l/[^/\s]+/silence", words)
    client = app.test_client()
    page = client.get(f"{link}?lang=ar").get_data(as_text=True)
    assert 'dir="rtl"' in page
