"""A round opened to the civil-society network: what crosses the wall, and the comments that come back."""

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
from secretariat.core import awaited, clock
from secretariat.core.languages import reading_in
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.processes.models import Track
from secretariat.texts import network_queries as queries
from secretariat.texts import service as texts
from secretariat.texts import works
from secretariat.texts.models import CommentFor, CommentRound, TextEdition
from secretariat.texts.network_models import NetworkComment, OpenedRound
from secretariat.texts.service import Said
from secretariat.texts.service import networks as service
from tests.factories import texts as made
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.integration.meetings.test_lent_drafts import mails
from tests.integration.texts.conftest import Desk, Stage
from tests.integration.texts.test_rounds import a_round, commented, sent

READERS, SECRETARIAT = CommentFor.READERS, CommentFor.SECRETARIAT


def opened(stage: Stage, found: UUID) -> UUID:
    """The round opened to the network by the officer."""
    with acting(stage.engine, stage.officer) as session:
        this = made.round_again(session, found)
        networks = queries.networks_to_open_to(session, this)
        return service.open_to(session, this, networks[0] if networks else Track(id=stage.id["network"])).id


def again(session: Any, key: UUID) -> OpenedRound:
    one = queries.opened_by_id(session, key)
    assert one is not None
    return one


def says(stage: Stage, key: UUID, words: str, read_by: CommentFor | None = None, paragraph: UUID | None = None) -> None:
    with acting(stage.engine, stage.coordinator) as session:
        service.write(session, again(session, key), Said(paragraph=paragraph, language="en", words=words))
        if read_by is not None:
            service.send(session, again(session, key), read_by)


def read_in_round(stage: Stage, found: UUID, one: Official) -> list[str]:
    with looking(stage.engine, one) as session:
        return sorted(comment.words for comment in queries.said_in_round(session, found))


def test_a_copy_crosses_and_the_networks_comments_come_back(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    commented(stage, found, "gt", "Keep two hours")
    sent(stage, found, "gt")
    mails(stage, settings)
    officer = Desk(app, stage.officer)
    assert "The round is not open to the network" in officer.get(f"/rounds/{found}")
    officer.send(f"/rounds/{found}/network", {})
    ((to, _subject, words),) = mails(stage, settings)
    assert to == stage.coordinator.email
    assert "Each child" not in words
    (link,) = re.findall(r"/l/[^/\s]+/network", words)

    coordinator = Desk(app, stage.coordinator)
    assert "A text, awaiting comments of the network" in coordinator.get("/")
    coordinator.get(f"/rounds/{found}", 404)
    nobody = Desk(app)
    page = nobody.get(link)
    assert "Each child is told" in page
    assert "Keep two hours" not in page
    with looking(stage.engine, stage.coordinator) as session:
        assert session.scalars(select(CommentRound)).all() == []
        assert session.scalars(select(TextEdition)).all() == []
        ((key, label),) = session.execute(select(OpenedRound.id, OpenedRound.label_id)).all()
        assert label is not None

    assert nobody.wrong(f"{link}?paragraph={paragraph}", {"language": "en"})[0].startswith("Write what you think")
    nobody.send(f"{link}?paragraph={paragraph}", {"words": "In a language the child speaks", "language": "en"})
    for one in (stage.officer, stage.focal["mx"]):
        with looking(stage.engine, one) as session:
            assert session.scalars(select(NetworkComment)).all() == []
    assert nobody.wrong(link, {}) == ["Choose who reads them"]
    nobody.send(link, {"read_by": "readers"})
    assert "In a language the child speaks" in Desk(app, stage.focal["mx"]).get(f"/rounds/{found}")
    assert read_in_round(stage, found, stage.officer) == ["In a language the child speaks"]
    assert "In a language the child speaks" in coordinator.get(f"/opened-rounds/{key}")
    assert "awaiting comments of the network" not in coordinator.get("/")


def test_what_is_for_the_secretariat_alone_no_government_reads(stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    key = opened(stage, found)
    says(stage, key, "In confidence", SECRETARIAT)
    says(stage, key, "For all", READERS)
    assert read_in_round(stage, found, stage.officer) == ["For all", "In confidence"]
    assert read_in_round(stage, found, stage.focal["mx"]) == ["For all"]
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert session.scalars(select(OpenedRound)).all() == []
    with looking(stage.engine, stage.officer) as session, reading_in("en", "America/Panama"):
        paper = works.comments_paper(session, found)
        assert paper is not None
        assert "For all" in paper.html
        assert "In confidence" not in paper.html  # a paper is carried to the readers of its text


@pytest.mark.parametrize("how", ["over", "closed", "taken back"])
def test_the_networks_time_ends_with_the_round(app: Flask, stage: Stage, how: str) -> None:
    found, _paragraph = a_round(stage)
    key = opened(stage, found)
    with acting(stage.engine, stage.officer) as session:
        texts.change_end(session, made.round_again(session, found), made.in_hours(72))
    says(stage, key, "Written", None)
    if how == "closed":
        with acting(stage.engine, stage.officer) as session:
            texts.close_round(session, made.round_again(session, found))
    if how == "taken back":
        at = f"/rounds/{found}"
        Desk(app, stage.officer).send(f"{at}/network/{key}/close", {}, form_at=at)
    with time_machine.travel(clock.now() + timedelta(hours=73 if how == "over" else 50)):
        with pytest.raises(Refused, match="over when this reached us"):
            says(stage, key, "Too late", READERS)
        with looking(stage.engine, stage.coordinator) as session:
            assert [one.words for one in queries.comments_of(session, key)] == ["Written"]
            assert [one.kind for one in awaited.awaited(session, clock.today())] == []


def test_who_may_open_a_round_and_who_may_answer(stage: Stage) -> None:
    found, _paragraph = a_round(stage)
    key = opened(stage, found)
    with pytest.raises(Refused, match="already"):
        opened(stage, found)
    with acting(stage.engine, stage.focal["mx"]) as session, pytest.raises(NotAllowed):
        service.open_to(session, made.round_again(session, found), Track(id=stage.id["network"]))
    with acting(stage.engine, stage.officer) as session, pytest.raises(NotAllowed):
        service.write(session, again(session, key), Said(paragraph=None, language="en", words="For them"))
    with pytest.raises(Refused, match="does not stand"):
        says(stage, key, "Of another text", None, UUID(int=7))
    with pytest.raises(Refused, match="Shorten"):
        says(stage, key, "x" * 10_001)


def test_the_network_is_told_what_became_of_its_comments(app: Flask, stage: Stage, settings: Settings) -> None:
    found, paragraph = a_round(stage)
    key = opened(stage, found)
    says(stage, key, "A guardian is named", READERS, paragraph)
    says(stage, key, "For you alone", SECRETARIAT)
    mails(stage, settings)
    officer = Desk(app, stage.officer)
    page = officer.get(f"/rounds/{found}")
    answers = re.findall(rf"/rounds/{found}/answers/[0-9a-f-]+", page)
    assert len(answers) == 2
    assert "crosses to the civil-society side" in officer.get(answers[0])
    for place, at in enumerate(answers):
        officer.send(at, {"became": "taken_up", "answer-en": f"Answered {place}"})
    coordinator = Desk(app, stage.coordinator)
    seen = coordinator.get(f"/opened-rounds/{key}")
    assert all(f"Answered {place}" in seen for place in range(2))
    shown = re.sub(r"<[^>]+>", "", Desk(app, stage.focal["mx"]).get(f"/rounds/{found}"))
    assert shown.count("Answered") == 1  # what went to the secretariat alone is answered there alone
    assert mails(stage, settings) == []
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        ((to, subject, words),) = mails(stage, settings)
    assert (to, "What became of the network's comments" in subject) == (stage.coordinator.email, True)
    assert "Answered" not in words
    assert f"/opened-rounds/{key}" in words


def test_the_network_and_the_governments_are_told_of_another_end(stage: Stage, settings: Settings) -> None:
    found, _paragraph = a_round(stage)
    opened(stage, found)
    end = made.in_hours(60)
    with acting(stage.engine, stage.officer) as session:
        texts.change_end(session, made.round_again(session, found), end)
    mails(stage, settings)  # the first letters, and those of the other end
    with acting(stage.engine, stage.officer) as session:
        this = made.round_again(session, found)
        texts.change_end(session, this, end)  # nothing has changed
    assert mails(stage, settings) == []
    with acting(stage.engine, stage.officer) as session:
        texts.change_end(session, made.round_again(session, found), made.in_hours(72))
        texts.close_round(session, made.round_again(session, found))
    told = mails(stage, settings)
    assert {subject.split(": ")[1].split(" (")[0] for _to, subject, _words in told} == {
        "Another end for comments on a text"
    }
    assert len({to for to, _subject, _words in told}) == len(told)  # the end by hand has overtaken the other
    assert stage.coordinator.email in {to for to, _subject, _words in told}
    assert stage.focal["gt"].email in {to for to, _subject, _words in told}
    assert all("closed the round" in words for _to, _subject, words in told)
