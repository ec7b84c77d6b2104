"""Digests in the words of their secretariat: written on a page, refused where broken, read by people, and how they
begin."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.follow_up import letter_words, queries, service
from secretariat.follow_up.models import LetterTemplate
from secretariat.mail import delivery
from secretariat.processes import clauses
from secretariat.processes.models import Participant, Process, Track
from tests.factories import people, plans
from tests.factories.follow_up import NOON, DueWorld, card, due_world, on
from tests.support.relay import ScriptedRelay

registers.fill()
PAGE = "/processes/rcx/follow-up/words/en"
OWN = "Dear colleague in {participant},\n\nWhere does this stand?\n\n{what is asked}\n\n<b>Here:</b>\n\n{the link}"


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def send(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    page = client.get(path).get_data(as_text=True)
    hidden = dict(re.findall(r'<input[^>]*name="(csrf_token|nonce|version)"[^>]*value="([^"]*)"', page))
    answer = client.post(path, data={**hidden, **fields})
    code = answer.status_code
    if code == 303:
        answer = client.get(answer.location)
    return code, html.unescape(answer.get_data(as_text=True))


def write(engine: Engine, world: DueWorld, language: str, text: str) -> None:
    with plans.acting(engine, world.plans.officer) as session:
        process = session.scalars(select(Process).where(Process.id == world.plans.id["process"])).one()
        track = session.scalars(select(Track).where(Track.id == world.plans.id["government"])).one()
        letter_words.write(session, session.viewer, process, track, language, text)


def the_mail(engine: Engine, settings: Settings, relay: ScriptedRelay) -> tuple[str, str]:
    """Text and HTML of the one digest that goes out."""
    service.scan(engine)
    assert delivery.deliver(engine, settings) == {"sent": 1}
    [mail] = relay.taken
    return body(mail, "plain"), body(mail, "html")


def body(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    text = re.sub(r"http\S+/l/[^\s\"<]+", "LINK", str(found.get_content()).replace("\r\n", "\n"))
    return re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}", "NUMBER", text)


def test_a_digest_goes_out_in_the_words_of_its_secretariat_and_no_mark_up_of_theirs(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    write(engine, world, "en", OWN)
    text, page = the_mail(engine, settings, relay)
    assert (
        text
        == f"""Members only. For use within your government; not for observers, partners or the press.

To the focal point of Guatemala,

Dear colleague in Guatemala,

Where does this stand?

- Publish monthly figures
  Due 13 March 2027

<b>Here:</b>

LINK

--{" "}
Secretariat of the Regional Conference rcx
This message was written for you alone. Its number is NUMBER.
"""
    )
    assert "<p>&lt;b&gt;Here:&lt;/b&gt;</p>" in page
    assert '<p><a href="LINK">Say where things stand</a></p>' in page
    assert relay.taken[0]["Subject"].startswith("RCX: Where things stand (")


def test_words_of_one_language_are_of_that_language_alone(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    write(engine, world, "en", OWN)
    card(engine, world.plans.focal["gt"].person, languages=["es"])
    text, _page = the_mail(engine, settings, relay)
    assert "Se espera noticia suya sobre esto:" in text
    assert "colleague" not in text


def test_the_words_of_a_track_are_not_another_tracks(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    keep(engine, world, "network", "Words of the network\n{asked}\n{link}")
    text, _page = the_mail(engine, settings, relay)
    assert "A word from you is awaited on this:" in text
    assert "network" not in text


def keep(engine: Engine, world: DueWorld, track_name: str, text: str) -> None:
    """Put words into the database as they are, past the form: as an earlier release may have kept them."""
    with system_unit(engine, Reason.FOLLOW_UP) as session:
        process = session.get_one(Process, world.plans.id["process"])
        track = session.get_one(Track, world.plans.id[track_name])
        row = LetterTemplate(
            process_id=process.id, track_id=track.id, language="en", text=text, written_at=clock.now(),
            process=process, track=track,
        )  # fmt: skip
        attach(session, row, [clauses.named(process, track, audience=[clauses.secretariat(track)])], container=process)


def test_words_that_became_unusable_give_way_to_the_usual_ones_and_the_officer_is_told(
    engine: Engine, settings: Settings, app: Flask, world: DueWorld, relay: ScriptedRelay
) -> None:
    keep(engine, world, "government", "Dear {title_of_old},\n\n{asked}\n\n{link}")
    text, _page = the_mail(engine, settings, relay)
    assert "A word from you is awaited on this:" in text
    with plans.seeing(engine, world.plans.officer) as session:
        told = queries.unusable_words(session, world.plans.id["process"], world.plans.id["government"])
    assert told == {"en": "There is no placeholder called {title_of_old}."}
    client = people.sign_in(app, world.plans.officer)
    for path in ("/processes/rcx/follow-up/", "/processes/rcx/follow-up/words", PAGE):
        assert "There is no placeholder called {title_of_old}." in client.get(path).get_data(as_text=True), path


def test_words_are_read_on_what_is_open_before_they_are_kept(engine: Engine, app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    page = client.get(PAGE).get_data(as_text=True)
    assert "A word from you is awaited on these:\n\n{what is asked}" in page.replace("\r\n", "\n")
    code, page = send(client, PAGE, text=OWN, preview="1")
    assert code == 200
    letter = page[page.index('<pre class="prose"') :]
    assert "Dear colleague in Guatemala," in letter
    assert "Publish monthly figures" in letter
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert session.scalars(select(LetterTemplate)).all() == []
    assert send(client, PAGE, text=OWN)[0] == 303
    assert "{what is asked}" in client.get(PAGE).get_data(as_text=True)
    code, page = send(client, PAGE, text=OWN, drop="1")
    assert code == 303
    assert "The usual words go out again." in page


def test_the_message_in_another_language_is_shown_as_its_reader_there_would_read_it(
    app: Flask, world: DueWorld
) -> None:
    client = people.sign_in(app, world.plans.officer)
    page = html.unescape(client.get("/processes/rcx/follow-up/words/ar").get_data(as_text=True))
    letter = page[page.index('<pre class="prose"') :]
    assert "إلى جهة الاتصال في غواتيمالا،" in letter


@pytest.mark.parametrize("act", ["", "preview"])
def test_a_broken_placeholder_is_refused_naming_it_and_what_was_typed_is_kept(
    engine: Engine, app: Flask, world: DueWorld, act: str
) -> None:
    client = people.sign_in(app, world.plans.officer)
    more = {act: "1"} if act else {}
    code, page = send(client, PAGE, text=OWN.replace("{the link}", "{the lnik}"), **more)
    assert code == 422
    assert "There is no placeholder called {the lnik}." in page
    assert "Where does this stand?" in page


@pytest.mark.parametrize("who", ["chair", "administrator", "gt"])
def test_nobody_else_sees_the_words(app: Flask, world: DueWorld, who: str) -> None:
    official = world.plans.focal["gt"] if who == "gt" else getattr(world.plans, who)
    client = people.sign_in(app, official)
    assert [client.get(path).status_code for path in (PAGE, "/processes/rcx/follow-up/words")] == [404, 404]


def test_there_are_no_words_in_a_language_the_product_does_not_speak(app: Flask, world: DueWorld) -> None:
    client = people.sign_in(app, world.plans.officer)
    assert client.get("/processes/rcx/follow-up/words/xx").status_code == 404


# --- forms of address -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("en", "To the focal point of Guatemala,"),
        ("es", "Señora Ministra Consejera:"),
        ("fr", "Au point focal (Guatemala),"),
        ("ar", "إلى جهة الاتصال في غواتيمالا،"),
    ],
)
def test_a_letter_begins_as_its_reader_has_chosen_in_that_language_and_else_by_the_office(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, language: str, begins: str
) -> None:
    """Nothing is inferred from a name or from another language."""
    card(
        engine, world.plans.focal["gt"].person, languages=[language], name="Señora Ana Pérez",
        address_as={"es": "Señora Ministra Consejera"},
    )  # fmt: skip
    text, _page = the_mail(engine, settings, relay)
    first = text.split("\n\n")[1]
    assert first.startswith(begins)
    assert "Ana" not in text


def test_an_alternate_is_addressed_as_one(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, world.plans.focal["gt"].appointment).until = clock.today()
        track = session.get_one(Track, world.plans.id["government"])
        people.alternate(session, track, session.get_one(Participant, world.plans.id["gt"]))
    text, _page = the_mail(engine, settings, relay)
    assert text.split("\n\n")[1] == "To the alternate focal point of Guatemala,"
