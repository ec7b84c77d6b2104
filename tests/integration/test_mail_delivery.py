"""From the outbox to the relay: nothing lost, nothing twice, nothing to whom it is not for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, event, select, update
from sqlalchemy.orm import Session

from config import Settings
from secretariat.core import clock
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, ViewerSession, reading_as, system_unit
from secretariat.directory import viewers
from secretariat.directory.models import Appointment, RoleName
from secretariat.mail import composition, delivery, outbox, queries, sending, service
from secretariat.mail.composition import Letter, Sending
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes.models import Participant, Process, Track
from tests.factories.mail import Reader, put, reader_of, stands
from tests.factories.processes import World, small_world
from tests.support.relay import ScriptedRelay

NOTICE = "of_the_tests"


def compose(session: Session, given: Sending) -> Letter | None:
    process = session.scalar(select(Process).where(Process.id == given.id_of("about")))
    if process is None:
        return None
    if given.subject.get("breaks"):
        raise KeyError("a placeholder nobody fills")
    if given.subject.get("later"):
        raise composition.Later(clock.now() + timedelta(days=1), "a quiet day")
    link = given.link("update", [process.id]) if given.subject.get("link") else ""
    return Letter("en", "Where things stand", f"About {process.slug}\n{link}\n.hidden\n", f"<p>{process.slug}</p>")


composition.register(NOTICE, compose)


@pytest.fixture
def world(engine: Engine) -> World:
    with system_unit(engine, Reason.REFERENCE) as session:
        return small_world(session)


@pytest.fixture
def reader(engine: Engine, world: World) -> Reader:
    with system_unit(engine, Reason.REFERENCE) as session:
        return a_reader(session, world, "gt")


@pytest.fixture
def relay(settings: Settings) -> Iterator[ScriptedRelay]:
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def a_reader(session: Session, world: World, state: str) -> Reader:
    track = session.get_one(Track, world.id["government"])
    return reader_of(session, track, session.get_one(Participant, world.id[state]), address=f"{state}@ministry.example")


def a_mail(engine: Engine, world: World, reader: Reader, key: str = "one", **subject: object) -> UUID:
    return put(
        engine, reader, world.id["process"], world.id["government"], notice=NOTICE, key=key,
        about=str(world.id["process"]), **subject,
    )  # fmt: skip


def test_a_mail_goes_once_to_its_one_recipient(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    message = a_mail(engine, world, reader)
    assert delivery.deliver(engine, settings) == {"sent": 1}
    assert delivery.deliver(engine, settings) == {}
    [mail] = relay.taken
    assert mail["To"] == "gt@ministry.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].startswith("<")
    assert mail.get_body(("plain",)).get_content().split() == ["About", "rcx", ".hidden"]  # type: ignore[union-attr]
    assert stands(engine, message).history == [(MailState.SENT, "")]


def test_the_subject_says_the_process_a_constant_and_a_random_number(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    message = a_mail(engine, world, reader)
    delivery.deliver(engine, settings)
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        number = session.get_one(OutboxMessage, message).number
    assert relay.taken[0]["Subject"] == f"RCX: Where things stand ({number})"


def test_the_same_cause_twice_is_the_same_mail(engine: Engine, world: World, reader: Reader) -> None:
    assert a_mail(engine, world, reader) == a_mail(engine, world, reader)


def test_two_who_put_the_same_mail_at_once_put_one(engine: Engine, world: World, reader: Reader) -> None:
    made: list[object] = []
    threads = [Thread(target=lambda: made.append(a_mail(engine, world, reader))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1


def test_a_mail_put_in_a_transaction_that_is_rolled_back_never_was(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    with pytest.raises(RuntimeError):
        put_and_fail(engine, reader)
    assert delivery.deliver(engine, settings) == {}
    assert relay.taken == []


def test_two_workers_on_the_same_outbox_send_each_mail_once(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    for number in range(12):
        a_mail(engine, world, reader, key=str(number))
    threads = [Thread(target=delivery.deliver, args=(engine, settings)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(relay.taken) == 12
    assert len({mail["Message-ID"] for mail in relay.taken}) == 12


def test_who_lost_the_appointment_between_cause_and_sending_gets_nothing(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    message = a_mail(engine, world, reader)
    with system_unit(engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, reader.appointment).until = clock.today()
    assert delivery.deliver(engine, settings) == {"skipped": 1}
    assert relay.taken == []
    assert stands(engine, message).reason == "appointment ended"


def test_what_the_recipient_may_no_longer_read_does_not_leave(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        hidden = small_world(session, "other").process.id
    message = put(
        engine, reader, world.id["process"], world.id["government"], notice=NOTICE, key="k", about=str(hidden)
    )
    assert delivery.deliver(engine, settings) == {"skipped": 1}
    assert relay.taken == []
    assert stands(engine, message).reason == "nothing to say"


def test_a_relay_that_asks_for_later_is_asked_again_after_a_while_with_the_same_message_id(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    tried: list[str] = []
    relay.on_text = lambda mail: tried.append(mail["Message-ID"]) or "451 Later"  # type: ignore[func-returns-value]
    message = a_mail(engine, world, reader)
    assert delivery.deliver(engine, settings) == {"put off": 1}
    assert delivery.deliver(engine, settings) == {}, "not before its time"
    found = stands(engine, message)
    assert (found.state, found.reason, found.detail, found.attempts) == (MailState.WAITING, "put off", "451 Later", 1)
    relay.on_text = lambda _mail: None
    due_now(engine)
    assert delivery.deliver(engine, settings) == {"sent": 1}
    assert [mail["Message-ID"] for mail in relay.taken] == tried


def test_a_relay_that_refuses_for_good_makes_a_dead_letter_with_its_words(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    relay.on_recipient = lambda _address: "550 No such mailbox"
    message = a_mail(engine, world, reader)
    assert delivery.deliver(engine, settings) == {"dead": 1}
    found = stands(engine, message)
    assert (found.state, found.reason, found.detail) == (MailState.DEAD, "refused", "550 No such mailbox")


def test_asking_later_has_an_end(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    relay.on_recipient = lambda _address: "450 Later"
    message = a_mail(engine, world, reader)
    for _ in range(delivery.MOST_REFUSALS):
        due_now(engine)
        delivery.deliver(engine, settings)
    assert stands(engine, message).reason == "put off too often"
    assert stands(engine, message).state is MailState.DEAD


def test_an_officer_sends_a_dead_letter_again(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    relay.on_recipient = lambda _address: "550 No such mailbox"
    message = a_mail(engine, world, reader)
    delivery.deliver(engine, settings)
    relay.on_recipient = lambda _address: None
    with officers_session(engine, world) as session:
        found = queries.mail(session, message)
        assert found is not None
        service.send_again(session, session.viewer, found)
        session.commit()
    assert delivery.deliver(engine, settings) == {"sent": 1}
    assert [state for state, _ in stands(engine, message).history] == [
        MailState.DEAD, MailState.WAITING, MailState.SENT,
    ]  # fmt: skip


def test_the_other_tracks_secretariat_does_not_see_the_mail(engine: Engine, world: World, reader: Reader) -> None:
    message = a_mail(engine, world, reader)
    with officers_session(engine, world, "network") as session:
        assert queries.mail(session, message) is None
    with officers_session(engine, world) as session:
        assert queries.mail(session, message) is not None
    with reading_as(engine, viewers.viewer(engine, reader.person, reader.hat)) as session:
        assert queries.mail(session, message) is None


def test_a_held_mail_does_not_leave(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    message = a_mail(engine, world, reader)
    with officers_session(engine, world) as session:
        found = queries.mail(session, message)
        assert found is not None
        service.hold(session, session.viewer, found)
        session.commit()
    assert delivery.deliver(engine, settings) == {}
    assert stands(engine, message).state is MailState.HELD


def test_a_relay_that_is_away_costs_nothing_but_time(
    engine: Engine, settings: Settings, world: World, reader: Reader
) -> None:
    first, second = a_mail(engine, world, reader), a_mail(engine, world, reader, key="two")
    assert delivery.deliver(engine, settings) == {"unreachable": 1}
    for message in (first, second):
        found = stands(engine, message)
        assert (found.state, found.attempts, found.reason) == (MailState.WAITING, 0, "relay unreachable")


def test_a_composer_that_breaks_makes_a_dead_letter_and_stops_nobody_else(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    broken = a_mail(engine, world, reader, breaks=True)
    a_mail(engine, world, reader, key="two")
    assert delivery.deliver(engine, settings) == {"dead": 1, "sent": 1}
    assert (stands(engine, broken).reason, stands(engine, broken).detail) == ("not composed", "KeyError")


def test_a_reader_without_an_address_is_shown_not_lost(
    engine: Engine, settings: Settings, world: World, relay: ScriptedRelay
) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.id["government"])
        nowhere = reader_of(session, track, session.get_one(Participant, world.id["bz"]), address="")
    message = a_mail(engine, world, nowhere)
    assert delivery.deliver(engine, settings) == {"dead": 1}
    assert stands(engine, message).reason == "no address"


def test_a_composer_may_put_it_off(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    message = a_mail(engine, world, reader, later=True)
    assert delivery.deliver(engine, settings) == {"later": 1}
    assert delivery.deliver(engine, settings) == {}
    assert (stands(engine, message).state, stands(engine, message).detail) == (MailState.WAITING, "a quiet day")


# --- crashes --------------------------------------------------------------------------------------------------


class Crash(BaseException):
    """The worker is no more: nothing after this line runs."""


def test_a_crash_before_the_text_loses_nothing_and_doubles_nothing(
    engine: Engine,
    settings: Settings,
    world: World,
    reader: Reader,
    relay: ScriptedRelay,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = a_mail(engine, world, reader)
    with monkeypatch.context() as crash:
        crash.setattr(delivery, "_prepare", crashes)
        with pytest.raises(Crash):
            delivery.deliver(engine, settings)
    assert delivery.recover(engine, None) == {}, "the lease has not ended"
    leases_end(engine)
    assert delivery.recover(engine, None) == {"taken up": 1}
    assert delivery.deliver(engine, settings) == {"sent": 1}
    assert len(relay.taken) == 1
    assert stands(engine, message).state is MailState.SENT


def test_a_crash_between_the_text_and_the_record_is_in_doubt_and_never_sent_again_by_itself(
    engine: Engine,
    settings: Settings,
    world: World,
    reader: Reader,
    relay: ScriptedRelay,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = crashed_after_the_text(engine, settings, world, reader, monkeypatch)
    leases_end(engine)
    assert delivery.recover(engine, None) == {"in doubt": 1}
    due_now(engine)
    assert delivery.deliver(engine, settings) == {}
    assert delivery.recover(engine, None) == {}
    assert len(relay.taken) == 1
    assert stands(engine, message).state is MailState.IN_DOUBT


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_is_marked_outlives_a_crash_of_the_database(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    """The databases of the tests wait for no disk when they commit; the mark does. (SQLite always does: PRAGMAS.)"""
    kept: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def look(connection: Connection, cursor: Any, statement: str, *_more: object) -> None:
        if statement.startswith("UPDATE outbox_messages SET leased_until"):
            ask = connection.connection.cursor()
            ask.execute("SHOW synchronous_commit")
            kept.extend(str(one) for one in ask.fetchone() or ())

    a_mail(engine, world, reader)
    assert delivery.deliver(engine, settings) == {"sent": 1}
    event.remove(engine, "before_cursor_execute", look)
    assert kept[-1] == "on"


@pytest.mark.parametrize(("accepted", "state", "mails"), [(True, "sent", 1), (False, "sent", 2), (None, "in_doubt", 1)])
def test_evidence_settles_what_is_in_doubt(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay,
    monkeypatch: pytest.MonkeyPatch, accepted: bool | None, state: str, mails: int,
) -> None:  # fmt: skip
    message = crashed_after_the_text(engine, settings, world, reader, monkeypatch)
    leases_end(engine)
    delivery.recover(engine, Says(accepted))
    delivery.deliver(engine, settings)
    assert len(relay.taken) == mails
    assert len({mail["Message-ID"] for mail in relay.taken}) == 1
    assert stands(engine, message).state == state


def test_a_connection_lost_after_the_text_is_in_doubt(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    relay.drop_after_text = True
    message = a_mail(engine, world, reader)
    assert delivery.deliver(engine, settings) == {"in_doubt": 1}
    assert delivery.recover(engine, Says(False)) == {}, "until the lease ends it might still arrive"
    assert stands(engine, message).reason == "connection lost"


def test_a_worker_that_wakes_up_after_its_lease_sends_nothing(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    message = a_mail(engine, world, reader)

    def sleeps(_address: str) -> None:
        leases_end(engine)
        assert delivery.recover(engine, None) == {"taken up": 1}

    relay.on_recipient = sleeps
    assert delivery.deliver(engine, settings, only=message) == {"lost": 1}
    assert relay.taken == []
    relay.on_recipient = lambda _address: None
    assert delivery.deliver(engine, settings) == {"sent": 1}
    assert len(relay.taken) == 1


def test_the_officer_settles_what_is_in_doubt(
    engine: Engine,
    settings: Settings,
    world: World,
    reader: Reader,
    relay: ScriptedRelay,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    message = crashed_after_the_text(engine, settings, world, reader, monkeypatch)
    leases_end(engine)
    delivery.recover(engine, None)
    with officers_session(engine, world) as session:
        found = queries.mail(session, message)
        assert found is not None
        service.settle_as_sent(session, session.viewer, found)
        session.refresh(found)
        with pytest.raises(NotAllowed):
            service.send_again(session, session.viewer, found)
        session.commit()
    assert stands(engine, message).state is MailState.SENT


# --- restored, moved, stopped ---------------------------------------------------------------------------------


def test_a_restored_database_sends_nothing_until_somebody_has_looked(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    a_mail(engine, world, reader)
    delivery.deliver(engine, settings)
    a_mail(engine, world, reader, key="after the backup")
    sending.epoch_file(settings).write_text("the epoch of another day")
    assert delivery.deliver(engine, settings) == {}
    assert sending.why_not(engine, settings).endswith(sending.RESUME)
    sending.begin(engine, settings)
    assert delivery.deliver(engine, settings) == {"sent": 1}


def test_a_restored_copy_of_the_whole_data_folder_sends_nothing_either(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    a_mail(engine, world, reader)
    delivery.deliver(engine, settings)
    file = sending.epoch_file(settings)
    backup = file.read_bytes()
    kept_open = file.open()  # so that the copy cannot be given the number of the file it replaces
    file.unlink()
    file.write_bytes(backup)
    a_mail(engine, world, reader, key="after the backup")
    assert delivery.deliver(engine, settings) == {}
    assert sending.why_not(engine, settings).endswith(sending.RESUME)
    sending.begin(engine, settings)
    assert delivery.deliver(engine, settings) == {"sent": 1}
    kept_open.close()


def test_sending_can_be_stopped(
    engine: Engine, settings: Settings, world: World, reader: Reader, relay: ScriptedRelay
) -> None:
    a_mail(engine, world, reader)
    sending.stop(engine, settings, "the relay is being moved")
    assert delivery.deliver(engine, settings) == {}
    assert "the relay is being moved" in sending.why_not(engine, settings)


# --- parts ----------------------------------------------------------------------------------------------------


class Says:
    """A source of evidence that always says the same."""

    def __init__(self, accepted: bool | None) -> None:
        self._accepted = accepted

    def accepted(self, message_id: str, since: object) -> bool | None:
        return self._accepted

    def taken(self, message_ids: Collection[str]) -> set[str]:
        return set(message_ids) if self._accepted else set()


def put_and_fail(engine: Engine, reader: Reader) -> None:
    with system_unit(engine, Reason.MAIL) as session:
        outbox.put(session, NOTICE, key="never", person=reader.person, hat=reader.hat)
        raise RuntimeError


def crashes(*_args: object) -> None:
    raise Crash


def crashed_after_the_text(
    engine: Engine, settings: Settings, world: World, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> UUID:
    message = a_mail(engine, world, reader)
    with monkeypatch.context() as crash:
        crash.setattr(delivery, "_sent", crashes)
        with pytest.raises(Crash):
            delivery.deliver(engine, settings)
    return message


def due_now(engine: Engine) -> None:
    with system_unit(engine, Reason.MAIL) as session:
        session.execute(update(OutboxMessage).values(next_attempt_at=clock.now()))


def leases_end(engine: Engine) -> None:
    with system_unit(engine, Reason.MAIL) as session:
        ended = clock.machine() - timedelta(seconds=1)
        session.execute(update(OutboxMessage).where(OutboxMessage.leased_until.is_not(None)).values(leased_until=ended))


def officers_session(engine: Engine, world: World, track: str = "government") -> ViewerSession:
    with system_unit(engine, Reason.REFERENCE) as session:
        role = RoleName.OFFICER if track == "government" else RoleName.COORDINATOR
        kept = session.scalars(select(Track).where(Track.process_id == world.id["process"], Track.slug == track)).one()
        officer = reader_of(session, kept, None, role=role)
    return reading_as(engine, viewers.viewer(engine, officer.person, officer.hat), writes=True)


def test_an_address_no_relay_can_be_told_waits_for_a_person(
    engine: Engine, settings: Settings, world: World, relay: ScriptedRelay
) -> None:
    """One entered before addresses were asked for in the letters of the network: seen, not tried for ever."""
    with system_unit(engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.id["government"])
        one = reader_of(session, track, session.get_one(Participant, world.id["gt"]), address="focal@méxico.example")
        other = a_reader(session, world, "bz")
    mail, after = a_mail(engine, world, one), a_mail(engine, world, other, key="two")
    assert delivery.deliver(engine, settings) == {MailState.DEAD: 1, MailState.SENT: 1}
    assert (stands(engine, mail).state, stands(engine, mail).reason) == (MailState.DEAD, "refused")
    assert stands(engine, after).state is MailState.SENT
