"""A word to the chair: by an officer's act, where the members allow it, after the focal point was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import chair_word, manner, service
from secretariat.follow_up.chair_models import ChairWord
from secretariat.mail import delivery
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes.models import Participant, Process, Track
from tests.factories import people, plans, processes
from tests.factories.follow_up import NOON, DueWorld, due_world, on
from tests.support.relay import ScriptedRelay

registers.fill()
WORDS = "A word on the consular guide would help; it is awaited by May."
DAY = NOON + timedelta(days=7)


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


@pytest.fixture
def chair(engine: Engine, world: DueWorld) -> people.Official:
    """Mexico chairs the process."""
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.plans.id["government"])
        mexico = session.get_one(Participant, world.plans.id["mx"])
        processes.chair_term(session, track, mexico)
        return people.chair(session, track, mexico)


def allow(engine: Engine, world: DueWorld, rule: str = "Decided at the 18th meeting") -> None:
    with plans.acting(engine, world.plans.officer) as session:
        process, track = of(session, world)
        kept = manner.read(session, process.id, track.id)
        service.set_policy(session, session.viewer, process, track, replace(kept, chair_rule=rule))


def of(session: object, world: DueWorld) -> tuple[Process, Track]:
    ids = world.plans.id
    return session.get_one(Process, ids["process"]), session.get_one(Track, ids["government"])  # type: ignore[attr-defined]


def tell(engine: Engine, world: DueWorld, by: people.Official | None = None) -> UUID:
    with plans.acting(engine, by or world.plans.officer) as session:
        return chair_word.tell(session, session.viewer, world.recipient(), WORDS).id


def act(engine: Engine, one: people.Official, what: str, key: UUID) -> None:
    with plans.acting(engine, one) as session:
        row = chair_word.word_by_id(session, key)
        assert row is not None
        getattr(chair_word, what)(session, session.viewer, row)


def reads(engine: Engine, one: people.Official) -> list[str]:
    with plans.seeing(engine, one) as session:
        return list(session.scalars(select(ChairWord.words)))


def text_of(mail: object) -> str:
    body = mail.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content())


def test_the_whole_of_it(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, chair: people.Official
) -> None:
    allow(engine, world)
    key = tell(engine, world)
    guatemala, officer = world.plans.focal["gt"], world.plans.officer
    assert [reads(engine, one) for one in (officer, guatemala, chair)] == [[WORDS], [WORDS], []]
    assert delivery.deliver(engine, settings) == {"sent": 1}
    [mail] = relay.taken
    assert mail["To"] == guatemala.email
    assert f"/chair-words/{key}" in text_of(mail)
    assert WORDS not in text_of(mail)
    with on(DAY - timedelta(days=1)), pytest.raises(Refused, match="time to answer"):
        act(engine, officer, "send", key)
    relay.taken.clear()
    with on(DAY):
        act(engine, officer, "send", key)
        assert delivery.deliver(engine, settings) == {"sent": 1}
        [mail] = relay.taken
        assert mail["To"] == chair.email
        assert "Guatemala" not in text_of(mail)
        assert WORDS not in text_of(mail)
        assert reads(engine, chair) == [WORDS]
        act(engine, chair, "spoken", key)
        with pytest.raises(Refused):
            act(engine, officer, "call_off", key)
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.get_one(ChairWord, key).spoken_at is not None


def test_without_a_decision_of_the_members_it_is_refused(
    engine: Engine, world: DueWorld, chair: people.Official
) -> None:
    with pytest.raises(Refused, match="members have not decided"):
        tell(engine, world)
    allow(engine, world)
    key = tell(engine, world)
    allow(engine, world, rule="")
    with on(DAY), pytest.raises(Refused, match="members have not decided"):
        act(engine, world.plans.officer, "send", key)


def test_it_does_not_go_while_the_focal_point_was_not_told(
    engine: Engine, settings: Settings, world: DueWorld, chair: people.Official
) -> None:
    """The relay is away: the message waits."""
    allow(engine, world)
    key = tell(engine, world)
    with on(DAY), pytest.raises(Refused, match="has not been told"):
        act(engine, world.plans.officer, "send", key)
    assert reads(engine, chair) == []


def test_called_off_it_closes_to_the_chair_and_what_waits_is_not_sent(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, chair: people.Official
) -> None:
    allow(engine, world)
    key = tell(engine, world)
    delivery.deliver(engine, settings)
    with on(DAY):
        act(engine, world.plans.officer, "send", key)
        act(engine, world.plans.officer, "call_off", key)
        assert delivery.deliver(engine, settings) == {"skipped": 1}
        assert reads(engine, chair) == []
        with pytest.raises(Refused):
            act(engine, world.plans.officer, "send", key)


def test_nobody_chairs_or_the_chair_itself_is_meant(engine: Engine, world: DueWorld) -> None:
    allow(engine, world)
    with pytest.raises(Refused, match="Nobody chairs"):
        tell(engine, world)
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.plans.id["government"])
        guatemala = session.get_one(Participant, world.plans.id["gt"])
        processes.chair_term(session, track, guatemala)
        people.chair(session, track, guatemala)
    with pytest.raises(Refused, match="Nobody chairs"):
        tell(engine, world)


def test_one_at_a_time_about_one_participant(engine: Engine, world: DueWorld, chair: people.Official) -> None:
    allow(engine, world)
    key = tell(engine, world)
    with pytest.raises(Refused, match="under way"):
        tell(engine, world)
    act(engine, world.plans.officer, "call_off", key)
    assert tell(engine, world) != key


@pytest.mark.parametrize("who", ["coordinator", "mx", "gt"])
def test_officers_of_the_track_alone(engine: Engine, world: DueWorld, chair: people.Official, who: str) -> None:
    allow(engine, world)
    one = world.plans.coordinator if who == "coordinator" else world.plans.focal[who]
    with pytest.raises(NotAllowed):
        tell(engine, world, by=one)


def test_the_engine_never_writes_to_a_chair(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, chair: people.Official
) -> None:
    """Not even long after all steps, with a word that nobody sent."""
    allow(engine, world)
    tell(engine, world)
    for weeks in range(30):
        with on(NOON + timedelta(weeks=weeks)):
            service.scan(engine)
            delivery.deliver(engine, settings)
    assert {mail["To"] for mail in relay.taken} == {world.plans.focal["gt"].email}
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        sent = select(OutboxMessage.notice).where(OutboxMessage.state == MailState.SENT)
        assert chair_word.ASKED not in set(session.scalars(sent))


def test_on_pages(
    app: Flask, engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, chair: people.Official
) -> None:
    officer = people.sign_in(app, world.plans.officer)
    slug = "rcx"
    with plans.seeing(engine, world.plans.officer) as session:
        slug = of(session, world)[0].slug
    who = world.recipient()
    page = f"/processes/{slug}/follow-up/{who.hat.id}/{who.person}/chair"
    assert "members have not decided" in officer.get(f"{page}?lang=en").get_data(as_text=True)
    allow(engine, world)
    text = officer.get(f"{page}?lang=en").get_data(as_text=True)
    assert "Decided at the 18th meeting" in text
    given = {"csrf_token": people.token(officer, page), "nonce": nonce(text)}
    empty = officer.post(f"{page}?lang=en", data={**given, "words": "  "})
    assert empty.status_code == 422
    made = officer.post(page, data={**given, "words": WORDS})
    assert made.status_code == 303
    delivery.deliver(engine, settings)
    guatemala = people.sign_in(app, world.plans.focal["gt"])
    assert "makes this needless" in guatemala.get(f"{made.location}?lang=en").get_data(as_text=True)
    chairing = people.sign_in(app, chair)
    assert chairing.get(made.location).status_code == 404
    with on(clock.now() + timedelta(days=8)):
        officer = people.sign_in(app, world.plans.officer)
        text = officer.get(f"{made.location}?lang=en").get_data(as_text=True)
        fields = {"csrf_token": people.token(officer, made.location), "nonce": nonce(text), "version": version(text)}
        assert officer.post(made.location, data={**fields, "act": "send"}).status_code == 303
        chairing = people.sign_in(app, chair)
        assert "I had a word" in chairing.get(f"{made.location}?lang=en").get_data(as_text=True)
        own = chairing.get(f"/processes/{slug}/chair?lang=en").get_data(as_text=True)
        assert made.location in own


def nonce(page: str) -> str:
    return page.split('name="nonce"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def version(page: str) -> str:
    return page.split('name="version"')[1].split('value="')[1].split('"', maxsplit=1)[0]
