"""Answers by mail: from a real mailbox to the officer who writes them down, and nothing to anybody else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from config import Settings
from secretariat import registers
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import answered, contact_log, service
from secretariat.follow_up.contact_models import ContactNote
from secretariat.follow_up.reply_models import MailReply, ReplyState
from secretariat.mail import delivery
from secretariat.mail.inbound import address
from secretariat.mail.models import MailAttempt, MailState, OutboxMessage
from secretariat.plans.models import ProgressUpdate
from secretariat.plans.status import Status, UpdateState
from secretariat.processes.models import Participant, Track
from tests.factories import people
from tests.factories.follow_up import NOON, DueWorld, card, due_world, on
from tests.integration.test_instead import hidden_in
from tests.support.imap import Imap
from tests.support.relay import ScriptedRelay
from tests.unit.mail.test_reading_what_came import REPORT

registers.fill()


@pytest.fixture(scope="module")
def imap() -> Iterator[Imap]:
    with Imap() as made:
        yield made


@pytest.fixture
def answering(settings: Settings, imap: Imap) -> Settings:
    """The installation with a mailbox."""
    imap.empty()
    return settings.model_copy(update=imap.settings)


@pytest.fixture
def world(engine: Engine) -> Iterator[DueWorld]:
    with on(NOON):
        yield due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


@pytest.fixture
def digest(engine: Engine, answering: Settings, world: DueWorld, relay: ScriptedRelay) -> EmailMessage:
    """The message Guatemala's focal point had."""
    service.scan(engine)
    delivery.deliver(engine, answering)
    return relay.taken[-1]


def reply(to: EmailMessage, words: str, sender: str | None = None, **headers: str) -> EmailMessage:
    """An answer to a message, as a mail program makes it."""
    mail = EmailMessage()
    mail["From"] = sender or str(to["To"])
    mail["To"] = str(to["Reply-To"])
    mail["Subject"] = f"Re: {to['Subject']}"
    mail["In-Reply-To"] = str(to["Message-ID"])
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    body = to.get_body(("plain",))
    quote = "".join(f"> {line}\n" for line in str(body.get_content() if body else "").splitlines())
    mail.set_content(f"{words}\n\nOn Wed, 3 Mar 2027 at 12:00, <secretariat@localhost> wrote:\n{quote}")
    return mail


def kept(engine: Engine) -> list[MailReply]:
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        found = list(session.scalars(select(MailReply).order_by(MailReply.received_at)))
        session.expunge_all()
        return found


def count(engine: Engine, kind: type) -> int:
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_message_can_be_answered_and_says_where_the_answer_ends(
    digest: EmailMessage, world: DueWorld, answering: Settings
) -> None:
    track = world.plans.id["government"]
    assert str(digest["Reply-To"]) == address.answered_at(answering, track)
    assert address.token_of(answering.secret_key, track) in str(digest["Reply-To"])
    for part in digest.iter_parts():
        assert "---- Please answer above this line ----" in part.get_content()[:400]


def test_an_answer_waits_for_an_officer_is_written_down_and_confirmed_by_who_answered(
    engine: Engine,
    app: Flask,
    answering: Settings,
    imap: Imap,
    world: DueWorld,
    digest: EmailMessage,
    relay: ScriptedRelay,
) -> None:
    imap.put(reply(digest, "Ten of twenty posts are staffed."))
    assert answered.read_inbox(engine, answering) == {"reply": 1}
    assert answered.read_inbox(engine, answering) == {}
    [one] = kept(engine)
    assert (one.words, one.person_id, one.state) == (
        "Ten of twenty posts are staffed.", world.plans.focal["gt"].person, ReplyState.WAITING,
    )  # fmt: skip
    assert count(engine, ProgressUpdate) == 0
    delivery.deliver(engine, answering)
    receipt = relay.taken[-1]
    assert (receipt["To"], "arrived" in receipt["Subject"]) == (digest["To"], True)
    assert "posts" not in receipt.as_string()
    assert receipt["Reply-To"] is None
    imap.put(reply(digest, "Thank you.", In_Reply_To=str(receipt["Message-ID"])))
    assert answered.read_inbox(engine, answering) == {"nobody's": 1}

    officer = people.sign_in(app, world.plans.officer)
    assert "1 reply to read." in officer.get("/processes/rcx/follow-up/replies?lang=en").text
    assert "Replies by mail to read" in officer.get("/processes/rcx/follow-up/tasks?lang=en").text
    page = html.unescape(officer.get(f"/replies/{one.id}?lang=en").text)
    assert "Ten of twenty posts are staffed." in page
    assert "A word from you is awaited" not in page
    fields = dict(re.findall(r'name="(way|on|at)" value="([^"]*)"', page))
    said = hidden_in(page) | fields | {
        "outcome": "noted", "items": f"commitment:{world.commitment}", "status": "in_progress", "step": "Ten of twenty",
    }  # fmt: skip
    assert officer.post(f"/replies/{one.id}", data=said).status_code == 303
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        [update] = session.scalars(select(ProgressUpdate)).all()
        assert (update.status, update.state) == (Status.IN_PROGRESS, UpdateState.NOTED)
    assert count(engine, ContactNote) == 1
    assert [row.state for row in kept(engine)] == [ReplyState.NOTED]

    writer = people.sign_in(app, world.plans.focal["gt"])
    assert "Ten of twenty posts are staffed." in writer.get("/contacts/?lang=en").text
    mine = writer.get(f"/replies/{one.id}?lang=en")
    assert (mine.status_code, "Write it down" in mine.text) == (200, False)
    assert people.sign_in(app, world.plans.focal["mx"]).get(f"/replies/{one.id}").status_code == 404
    with on(NOON + contact_log.KEPT + timedelta(days=1)), system_unit(engine, Reason.MAIL) as session:
        assert answered.forget(session) == 1


def test_who_answers_from_elsewhere_is_nobody_known_and_is_not_answered(
    engine: Engine, app: Flask, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage
) -> None:
    """The officers of that track see it, and decide whose it is; nothing leaves."""
    mails = count(engine, OutboxMessage)
    imap.put(reply(digest, "We have done it all.", sender="somebody@elsewhere.example"))
    assert answered.read_inbox(engine, answering) == {"for the officers": 1}
    [one] = kept(engine)
    assert (one.person_id, one.mail_id, one.sender) == (None, None, "somebody@elsewhere.example")
    assert count(engine, OutboxMessage) == mails
    assert people.sign_in(app, world.plans.focal["gt"]).get(f"/replies/{one.id}").status_code == 404
    officer = people.sign_in(app, world.plans.officer)
    page = html.unescape(officer.get(f"/replies/{one.id}?lang=en").text)
    assert "Whose words are they?" in page
    chosen = officer.get(
        f"/replies/{one.id}?person={world.plans.id['gt']}:{world.plans.focal['gt'].person}&lang=en"
    ).text
    assert "Write it down" in chosen
    said = {**hidden_in(page), "act": "set aside"}
    assert officer.post(f"/replies/{one.id}", data=said).status_code == 303
    assert officer.post(f"/replies/{one.id}", data=hidden_in(chosen) | {"act": "set aside"}).status_code == 303
    assert [row.state for row in kept(engine)] == [ReplyState.SET_ASIDE]


def test_mail_for_no_track_is_left_in_the_mailbox_for_a_person(
    engine: Engine, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage
) -> None:
    stray = reply(digest, "Buy now", sender="x@y.example", To="replies@secretariat.example", In_Reply_To="<no@where>")
    imap.put(stray)
    forged = f"replies+{'a' * 26}@secretariat.example"
    imap.put(reply(digest, "Buy now", sender="x@y.example", To=forged, In_Reply_To="<no@where>"))
    assert answered.read_inbox(engine, answering) == {"nobody's": 2}
    assert kept(engine) == []
    assert all(b"\\Flagged" in one for one in imap.flags())


def test_an_answer_to_one_track_that_is_written_to_another_is_for_the_officers_of_that_one(
    engine: Engine, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage
) -> None:
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        network = session.scalars(select(Track.id).where(Track.id != world.plans.id["government"])).first()
    imap.put(reply(digest, "Ten.", To=address.answered_at(answering, network)))
    assert answered.read_inbox(engine, answering) == {"for the officers": 1}
    [one] = kept(engine)
    assert (one.track_id, one.person_id) == (network, None)


def test_a_mail_that_was_returned_becomes_a_task_and_can_be_sent_again(
    engine: Engine, app: Flask, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage
) -> None:
    report = REPORT.format(action="failed", kind="message/rfc822").replace(
        "<0123abcd@secretariat.example>", str(digest["Message-ID"])
    )
    imap.put(report.encode())  # of an address to which somebody passes mail on
    assert answered.read_inbox(engine, answering) == {"nobody's": 1}
    report = report.replace("ana@ministry.example", str(digest["To"]))
    imap.put(report.encode())
    imap.put(report.replace("Sorry.", "Sorry again.").encode())
    imap.put(report.replace("Action: failed", "Action: delayed").encode())
    assert answered.read_inbox(engine, answering) == {"returned": 1, "known": 1, "delayed": 1}
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        [mail] = session.scalars(select(OutboxMessage)).all()
        assert (mail.state, mail.reason, mail.detail) == (MailState.DEAD, "returned", "smtp; 550 5.1.1 No such mailbox")
        states = session.scalars(select(MailAttempt.state).order_by(MailAttempt.id)).all()
        assert states[-2:] == [MailState.SENT, MailState.DEAD]
    assert (
        "Mail does not reach this address"
        in people.sign_in(app, world.plans.officer).get("/processes/rcx/follow-up/tasks?lang=en").text
    )


def test_an_absence_notice_moves_the_question_to_the_alternate_and_its_words_are_not_kept(
    engine: Engine, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage, relay: ScriptedRelay
) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.plans.id["government"])
        alternate = people.alternate(session, track, session.get_one(Participant, world.plans.id["gt"]))
    imap.put(reply(digest, "I am ill until May.", Auto_Submitted="auto-replied"))
    assert answered.read_inbox(engine, answering) == {"absent": 1}
    assert kept(engine) == []
    with on(NOON + timedelta(days=1)):
        assert service.scan(engine) == {"digests": 1}
        delivery.deliver(engine, answering)
        assert relay.taken[-1]["To"] == alternate.email
        assert "We ask you as the alternate" in str(relay.taken[-1].get_body(("plain",)))
        assert service.scan(engine).get("digests", 0) == 0


def test_an_absence_notice_from_elsewhere_changes_nothing(
    engine: Engine, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage
) -> None:
    imap.put(reply(digest, "Away", sender="x@elsewhere.example", Auto_Submitted="auto-replied"))
    assert answered.read_inbox(engine, answering) == {"automatic": 1}
    with on(NOON + timedelta(days=1)):
        assert service.scan(engine).get("digests", 0) == 0


def test_a_mailbox_that_is_away_costs_nothing_but_time(engine: Engine, answering: Settings, imap: Imap) -> None:
    away = answering.model_copy(update={"inbox_port": 1})
    assert answered.read_inbox(engine, away) == {"unreachable": 1}
    wrong = answering.model_copy(update={"inbox_password": "other"})
    assert answered.read_inbox(engine, wrong) == {"unreachable": 1}
    assert answered.read_inbox(engine, answering.model_copy(update={"inbox_address": ""})) == {}


def test_an_arabic_answer_in_a_page_is_read(
    engine: Engine, answering: Settings, imap: Imap, world: DueWorld, digest: EmailMessage
) -> None:
    card(engine, world.plans.focal["gt"].person, languages=["ar"])
    mail = reply(digest, "")
    mail.set_content('<div dir="rtl">تم نشر الأرقام</div><div class="gmail_quote">x</div>', subtype="html")
    imap.put(mail)
    assert answered.read_inbox(engine, answering) == {"reply": 1}
    assert [one.words for one in kept(engine)] == ["تم نشر الأرقام"]
