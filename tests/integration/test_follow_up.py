"""Follow-up on real databases and a real relay: who is asked, when, once, and in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.labelling import relabel
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.follow_up import letters, service
from secretariat.follow_up.models import Digest, Reminder
from secretariat.follow_up.planner import Rules
from secretariat.follow_up.service import scanning
from secretariat.mail import delivery
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.plans.models import Commitment, Plan, ProgressUpdate
from secretariat.plans.service import report_progress
from secretariat.plans.status import Status
from secretariat.processes import clauses
from secretariat.processes.models import LifeState, Participant, Process, Track
from tests.factories import people, plans
from tests.factories.follow_up import NOON, DueWorld, card, commitment, due_world, on
from tests.support.relay import ScriptedRelay

registers.fill()
IN_PLACES: tuple[tuple[Any, str], ...] = ((Process, "process"), (Track, "government"))


@pytest.fixture
def noon() -> Iterator[None]:
    with on(NOON):
        yield


@pytest.fixture
def world(noon: None, engine: Engine) -> DueWorld:
    return due_world(engine)


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def test_what_is_due_soon_is_asked_once(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    assert service.scan(engine) == {"digests": 1}
    assert service.scan(engine) == {}
    assert delivery.deliver(engine, settings) == {"sent": 1}
    [mail] = relay.taken
    assert mail["To"] == world.plans.focal["gt"].email
    assert "Publish monthly figures" in text_of(mail)
    assert mail["List-Unsubscribe"].startswith(f"<{settings.base_url}/l/")


def test_two_scans_at_once_make_one_digest(engine: Engine, world: DueWorld) -> None:
    threads = [Thread(target=service.scan, args=(engine,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert len(session.scalars(select(Digest)).all()) == 1
        assert [one.step for one in session.scalars(select(Reminder))] == ["due-14"]
        assert len(session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "digest")).all()) == 1


def test_several_things_of_one_recipient_are_one_mail(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    with on(clock.now() - timedelta(days=50)):
        commitment(engine, world.plans, world.plan, "gt", words="Name a contact", due_on=NOON.date())
    service.scan(engine)
    delivery.deliver(engine, settings)
    [mail] = relay.taken
    assert "Publish monthly figures" in text_of(mail)
    assert "Name a contact" in text_of(mail)


@pytest.mark.parametrize(
    ("readers", "repeated", "marking"),
    [
        ("members", True, "Members only."),
        ("named", False, ""),
    ],
)
def test_the_last_word_is_repeated_and_marked_by_its_own_label(
    engine: Engine,
    settings: Settings,
    world: DueWorld,
    relay: ScriptedRelay,
    readers: str,
    repeated: bool,
    marking: str,
) -> None:
    """The commitment is open to all; what was said of it stands under a narrower label."""
    with on(clock.now() - timedelta(days=50)):
        report(engine, world)
    with system_unit(engine, Reason.LABELLING) as session:
        process, track = (session.get_one(kind, world.plans.id[name]) for kind, name in IN_PLACES)
        circle = {
            "members": clauses.members_of(process, track),
            "named": clauses.named(
                process, track, audience=[clauses.participant(world.plans.id["gt"]), clauses.secretariat(track)]
            ),
        }
        said = session.scalars(select(ProgressUpdate)).one()
        relabel(session, said, [circle[readers]], why="kept to some")
        relabel(
            session, session.get_one(Commitment, world.commitment), [clauses.public(process)], why="open", widened=True
        )
    service.scan(engine)
    delivery.deliver(engine, settings)
    [mail] = relay.taken
    assert "Publish monthly figures" in text_of(mail)
    assert ("Ten of twenty" in text_of(mail)) is repeated
    assert text_of(mail).startswith(marking or "To the focal point")


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (NOON + timedelta(days=3), "a Saturday"),
        (NOON.replace(hour=8), "before the sending hour"),
        (NOON.replace(hour=18), "in the evening"),
    ],
)
def test_nobody_is_written_to_outside_their_hours(engine: Engine, world: DueWorld, moment: object, why: str) -> None:
    with on(moment):  # type: ignore[arg-type]
        assert service.scan(engine)["digests"] == 0, why
    with on(NOON + timedelta(days=5)):
        assert service.scan(engine)["digests"] == 1, "on the next working day"


def test_the_hours_are_the_recipients_own(engine: Engine, world: DueWorld) -> None:
    card(engine, world.plans.focal["gt"].person, zone="America/Guatemala")
    assert service.scan(engine)["digests"] == 0, "six in the morning there"
    with on(NOON + timedelta(hours=4)):
        assert service.scan(engine)["digests"] == 1


def test_three_days_without_a_worker_are_one_digest(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    service.scan(engine)
    with on(NOON + timedelta(days=5)):
        service.scan(engine)
        delivery.deliver(engine, settings)
    assert len(relay.taken) == 1


def test_what_was_answered_between_scan_and_sending_is_not_asked(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    service.scan(engine)
    report(engine, world)
    assert delivery.deliver(engine, settings) == {"skipped": 1}
    assert relay.taken == []


def test_a_focal_point_replaced_between_scan_and_sending_gets_nothing(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    service.scan(engine)
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, world.plans.focal["gt"].appointment).until = clock.today()
    assert delivery.deliver(engine, settings) == {"skipped": 1}


def test_a_mail_that_waited_into_the_weekend_waits_for_monday(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    service.scan(engine)
    with on(NOON + timedelta(days=3)):
        assert delivery.deliver(engine, settings) == {"later": 1}
    with on(NOON + timedelta(days=5)):
        assert delivery.deliver(engine, settings) == {"sent": 1}


def test_what_a_digest_asked_that_never_left_is_asked_by_the_next(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    """A mail that waited for four weeks, held or without a confirmed address: the second digest takes the place of the
    first, and loses none of its questions."""
    with plans.acting(engine, world.plans.officer) as session:
        process = session.scalars(select(Process).where(Process.id == world.plans.id["process"])).one()
        track = session.scalars(select(Track).where(Track.id == world.plans.id["government"])).one()
        once = service.Manner(Rules(before_due=(14,), after_due=()))
        service.set_policy(session, session.viewer, process, track, once)
    with on(clock.now() - timedelta(days=50)):
        commitment(engine, world.plans, world.plan, "gt", words="Name a contact", due_on=NOON.date() + timedelta(40))
    assert service.scan(engine) == {"digests": 1}
    move_mail(engine, MailState.WAITING, MailState.HELD)
    with on(NOON + timedelta(days=28)):
        assert service.scan(engine) == {"digests": 1}
        move_mail(engine, MailState.HELD, MailState.WAITING)
        assert sorted(delivery.deliver(engine, settings).items()) == [("sent", 1), ("skipped", 1)]
    [mail] = relay.taken
    asked = text_of(mail).split("All of it is on one page")[0]
    assert "Publish monthly figures" in asked
    assert "Name a contact" in asked


def move_mail(engine: Engine, before: MailState, after: MailState) -> None:
    with system_unit(engine, Reason.MAIL) as session:
        for one in session.scalars(select(OutboxMessage).where(OutboxMessage.state == before)):
            one.state, one.next_attempt_at = after, clock.now()


def test_what_has_another_date_when_the_mail_leaves_is_not_asked(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    service.scan(engine)
    with system_unit(engine, Reason.FOLLOW_UP) as session:
        session.get_one(Commitment, world.commitment).due_on = clock.today() + timedelta(days=300)
    assert delivery.deliver(engine, settings) == {"skipped": 1}
    assert relay.taken == []


def test_words_of_a_proposal_stand_in_no_mail(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    with on(NOON - timedelta(days=20)), plans.acting(engine, world.plans.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == world.plan)).one()
        plans.proposed(session, world.plans, plan, "hn", words="Open the hidden register")
    delivery.deliver(engine, settings)
    relay.taken.clear()
    service.scan(engine)
    delivery.deliver(engine, settings)
    [mail] = [one for one in relay.taken if one["To"] == world.plans.focal["hn"].email]
    assert "hidden" not in mail.as_string()
    assert "/accept" in text_of(mail)
    assert "another time" not in text_of(mail), "only the page of updates offers one"


def test_one_recipient_who_cannot_be_worked_out_stops_nobody_else(
    engine: Engine, world: DueWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    with on(NOON - timedelta(days=50)):
        commitment(engine, world.plans, world.plan, "mx", due_on=NOON.date())
    broken, whole = world.plans.focal["gt"].person, scanning._remind

    def remind(system: object, who: service.Recipient) -> int:
        if who.person == broken:
            raise RuntimeError("broken")
        return whole(system, who)  # type: ignore[arg-type]

    monkeypatch.setattr(scanning, "_remind", remind)
    assert service.scan(engine) == {"digests": 1, "broken": 1}


def test_a_dormant_process_asks_nobody(engine: Engine, world: DueWorld) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Process, world.plans.id["process"]).state = LifeState.DORMANT
    assert service.scan(engine) == {}


@pytest.mark.parametrize("state", [LifeState.DORMANT, LifeState.CONCLUDED])
def test_a_process_laid_to_rest_after_the_scan_sends_nothing(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, state: LifeState
) -> None:
    service.scan(engine)
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Process, world.plans.id["process"]).state = state
    assert delivery.deliver(engine, settings) == {"skipped": 1}
    assert relay.taken == []


def test_alternates_are_asked_where_there_is_no_focal_point(engine: Engine, world: DueWorld) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, world.plans.focal["gt"].appointment).until = clock.today()
    assert service.scan(engine) == {}
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.plans.id["government"])
        guatemala = session.get_one(Participant, world.plans.id["gt"])
        people.alternate(session, track, guatemala)
    assert service.scan(engine) == {"digests": 1}


# --- what people do about it ----------------------------------------------------------------------------------


def test_ask_me_after(engine: Engine, world: DueWorld) -> None:
    with plans.acting(engine, world.plans.focal["gt"]) as session:
        ids = world.plans.id
        service.ask_me_after(session, session.viewer, ids["process"], ids["government"], clock.today() + timedelta(4))
    assert service.scan(engine) == {}
    with on(NOON + timedelta(days=5)):
        assert service.scan(engine) == {"digests": 1}


def test_held_reminders_wait_until_they_are_let_go(engine: Engine, world: DueWorld) -> None:
    with plans.acting(engine, world.plans.officer) as session:
        service.hold(session, session.viewer, world.recipient(), held=True)
    assert service.scan(engine) == {}
    with plans.acting(engine, world.plans.officer) as session:
        service.hold(session, session.viewer, world.recipient(), held=False)
    assert service.scan(engine) == {"digests": 1}


@pytest.mark.parametrize("how", ["held", "stopped"])
def test_a_digest_that_waits_is_held_with_its_recipient_and_goes_when_let_go(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, how: str
) -> None:
    def let(go: bool) -> None:
        with plans.acting(engine, world.plans.officer) as session:
            if how == "held":
                service.hold(session, session.viewer, world.recipient(), held=not go)
                return
            process = session.scalars(select(Process).where(Process.id == world.plans.id["process"])).one()
            track = session.scalars(select(Track).where(Track.id == world.plans.id["government"])).one()
            service.set_policy(session, session.viewer, process, track, service.Manner(Rules(), stopped=not go))

    service.scan(engine)
    let(go=False)
    delivery.deliver(engine, settings)
    assert relay.taken == []
    let(go=True)
    with on(clock.now() + timedelta(hours=2)):
        delivery.deliver(engine, settings)
    assert [mail["To"] for mail in relay.taken] == [world.plans.focal["gt"].email]


def test_nothing_of_a_process_is_sent_to_who_is_suspended(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    with system_unit(engine, Reason.ADMINISTRATION) as session:
        session.get_one(User, world.plans.focal["gt"].user).suspended_at = clock.now()
    service.scan(engine)
    delivery.deliver(engine, settings)
    assert relay.taken == []
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        [mail] = session.scalars(select(OutboxMessage).where(OutboxMessage.notice == "digest"))
        assert (mail.state, mail.reason) == ("dead", "account suspended")


def test_a_skipped_round_is_over_and_the_next_one_comes(engine: Engine, world: DueWorld) -> None:
    with plans.acting(engine, world.plans.officer) as session:
        assert service.skip(session, session.viewer, world.recipient()) == 1
    assert service.scan(engine) == {}
    with on(NOON + timedelta(days=12)):
        assert service.scan(engine) == {"digests": 1}


def test_an_officer_sends_now_whatever_the_day(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay
) -> None:
    with on(NOON + timedelta(days=3)):
        with plans.acting(engine, world.plans.officer) as session:
            service.add_line(session, session.viewer, world.recipient(), "It was good to meet in Panama.")
            assert service.send_now(session, session.viewer, world.recipient())
        with plans.acting(engine, world.plans.officer) as session:
            assert not service.send_now(session, session.viewer, world.recipient()), "once a day at most"
        assert delivery.deliver(engine, settings) == {"sent": 1}
    assert "It was good to meet in Panama." in text_of(relay.taken[0])


def test_only_the_tracks_own_secretariat_may(engine: Engine, world: DueWorld) -> None:
    for who in (world.plans.coordinator, world.plans.chair, world.plans.focal["gt"], world.plans.administrator):
        with plans.seeing(engine, who) as session, pytest.raises(NotAllowed):
            service.send_now(session, session.viewer, world.recipient())


def test_the_next_round_is_what_the_officer_may_read(engine: Engine, world: DueWorld) -> None:
    with plans.seeing(engine, world.plans.officer) as session:
        process = session.scalars(select(Process)).one()
        track = session.get_one(Track, world.plans.id["government"])
        [planned] = service.next_round(session, process, track)
    assert (planned.who, planned.on, planned.due) == (world.recipient(), NOON.date(), (world.commitment,))


def test_the_preview_is_the_letter_and_leaves_no_link_behind(
    engine: Engine, settings: Settings, world: DueWorld
) -> None:
    with plans.acting(engine, world.plans.officer) as session:
        letter = letters.shown_letter(session, settings, world.recipient())
    assert letter is not None
    assert "Publish monthly figures" in letter.text
    assert "/l/preview/update" in letter.text


# --- whole mails ----------------------------------------------------------------------------------------------


WHOLE = {
    "en": f"""Members only. For use within your government; not for observers, partners or the press.

To the focal point of Guatemala,

A word from you is awaited on this:

- Publish monthly figures
  Due 13 March 2027

All of it is on one page, without a password. Choose, save, done:

LINK

The link is yours alone and works until 17 April 2027. If another time suits you better, say so on the page.

--{" "}
Secretariat of the Regional Conference rcx
This message was written for you alone. Its number is NUMBER.
""",
    "es": f"""Solo miembros. Para uso dentro de su gobierno; no para observadores, socios ni prensa.

Distinguida señora:

Se espera noticia suya sobre esto:

- Publish monthly figures
  Plazo: 13 de marzo de 2027

Todo está en una página, sin contraseña. Elija, guarde y listo:

LINK

El enlace es solo suyo y funciona hasta el 17 de abril de 2027. Si le conviene más otro momento, indíquelo en la página.

--{" "}
Secretaría: Conferencia Regional rcx
Este mensaje se escribió solo para usted. Su número es NUMBER.
""",
    "ar": f"""للأعضاء فقط. للاستخدام داخل حكومتكم؛ ليس للمراقبين أو الشركاء أو الصحافة.

إلى جهة الاتصال في غواتيمالا،

كلمة منكم منتظرة بشأن ما يلي:

- Publish monthly figures
  الاستحقاق: 13 آذار/مارس 2027

كل ذلك في صفحة واحدة، بلا كلمة مرور. اختاروا ثم احفظوا:

LINK

الرابط لكم وحدكم ويعمل حتى 17 نيسان/أبريل 2027. إن كان وقت آخر أنسب لكم، فاذكروه في الصفحة.

--{" "}
أمانة Regional Conference rcx
كُتبت هذه الرسالة لكم وحدكم. ورقمها NUMBER.
""",
}


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Where things stand"), ("es", "Estado de situación"), ("ar", "الوضع الراهن")]
)
def test_the_whole_mail(
    engine: Engine, settings: Settings, world: DueWorld, relay: ScriptedRelay, language: str, subject: str
) -> None:
    card(engine, world.plans.focal["gt"].person, languages=[language], address_as={"es": "Distinguida señora"})
    service.scan(engine)
    delivery.deliver(engine, settings)
    [mail] = relay.taken
    assert plain(mail, settings) == WHOLE[language]
    assert re.fullmatch(rf"RCX: {subject} \([2-9A-Z-]{{9}}\)", mail["Subject"])
    assert mail["Content-Language"] == language
    page = mail.get_body(("html",))
    assert page is not None
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in str(page.get_content())


def plain(mail: EmailMessage, settings: Settings) -> str:
    """The text with what is random replaced."""
    text = re.sub(re.escape(settings.base_url) + r"/l/\S+", "LINK", text_of(mail))
    return re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}", "NUMBER", text)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def report(engine: Engine, world: DueWorld) -> None:
    with plans.acting(engine, world.plans.focal["gt"]) as session:
        one = plans.again(session, world.commitment)
        report_progress(session, session.viewer, one, Status.IN_PROGRESS, "Ten of twenty", language="en")
