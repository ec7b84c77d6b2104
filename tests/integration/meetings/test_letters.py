"""The mails of meetings, whole, and their calendar part as a calendar program reads it."""

from datetime import UTC, date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from config import Settings
from secretariat.core.labelling import relabel
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.mail import delivery
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings import queries, service
from secretariat.meetings.models import Answer, AttributionRule, Meeting, MeetingState
from secretariat.meetings.service import Reply
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from tests.factories.meetings import acting, again, invited, particulars, scheduled
from tests.integration.meetings.conftest import Stage
from tests.integration.meetings.test_inviting import left
from tests.support.mail import Sink

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
DAYS = {"starts_on": date(2027, 4, 14), "ends_on": date(2027, 4, 15)}


@pytest.fixture(autouse=True)
def _then(stage: Stage) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def plenary(stage: Stage, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", **{**DAYS, **fields})
        invited(session, meeting)
        return meeting.id


def sent(stage: Stage, settings: Settings, sink: Sink) -> dict[str, EmailMessage]:
    """What was delivered since the last look, by address."""
    before = {mail["Message-ID"] for mail in sink.mails}
    delivery.deliver(stage.engine, settings)
    mails = [mail for mail in sink.mails if mail["Message-ID"] not in before]
    by_address = {str(mail["To"]): mail for mail in mails}
    assert len(by_address) == len(mails)
    return by_address


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def calendar_of(mail: EmailMessage) -> tuple[str, Any]:
    """The METHOD as the mail says it, and the calendar parsed."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    return part.get_param("method"), Calendar.from_ical(part.get_content())  # type: ignore[return-value]


def link_in(mail: EmailMessage) -> str:
    return next(line for line in text_of(mail).splitlines() if "/l/" in line)


def test_the_invitation_is_this_letter(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    plenary(stage)
    mails = sent(stage, settings, smtp_sink)
    assert set(mails) == {stage.focal[one].email for one in ("bz", "gt", "mx")} | {stage.alternate["gt"].email}
    mail = mails[stage.focal["gt"].email]
    number = str(mail["Subject"]).rpartition("(")[2].rstrip(")")
    assert mail["Subject"] == f"RCX: Invitation to a meeting ({number})"
    assert text_of(mail).replace(link_in(mail), "<link>").replace(number, "<number>") == (
        "Members only. For use within your government; not for observers, partners or the press.\n"
        "\n"
        "To the focal point of Guatemala,\n"
        "\n"
        "The Secretariat invites Guatemala to this meeting:\n"
        "\n"
        "21st Vice-Ministerial Meeting\n"
        "Vice-Ministerial Meeting\n"
        "14–15 April 2027\n"
        "Wednesday 14 April 2027, 09:00–17:00, Panama time (UTC−5)\n"
        "Thursday 15 April 2027, 09:00–12:30, Panama time (UTC−5)\n"
        "Panama City\n"
        "\n"
        "Chatham House rule: what is said may be used; who said it is not recorded.\n"
        "\n"
        "An answer by Thursday 11 March 2027 helps the preparation.\n"
        "\n"
        "Say who comes, send regrets, or tell us by when you will know:\n"
        "<link>\n"
        "\n"
        "The link is yours alone and needs no password. A calendar entry is enclosed.\n"
        "\n"
        "-- \n"
        "Secretariat of the Regional Conference rcx\n"
        "This message was written for you alone. Its number is <number>.\n"
    )


def test_who_reads_the_meeting_and_not_the_process_has_the_letter_and_its_calendar_entry(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    meeting = plenary(stage)
    with system_unit(stage.engine, Reason.LABELLING) as session:
        process = session.get_one(Process, stage.id["process"])
        track = session.get_one(Track, stage.id["government"])
        members = clauses.members_of(process, track)
        relabel(session, session.get_one(Meeting, meeting), [members], why="on its own", widened=True)
        desk = clauses.named(process, track, audience=[clauses.secretariat(track)])
        relabel(session, process, [desk], why="kept to the desk")
    mail = sent(stage, settings, smtp_sink)[stage.focal["gt"].email]
    assert "21st Vice-Ministerial Meeting" in text_of(mail)
    _method, calendar = calendar_of(mail)
    assert calendar.walk("VEVENT")[0]["ORGANIZER"].params["CN"] == "RCX, Secretariat"


def test_the_alternate_reads_that_one_answer_is_enough(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    plenary(stage)
    mails = sent(stage, settings, smtp_sink)
    sentence = "You receive this as the alternate focal point; the focal point has received the same invitation."
    assert [sentence in text_of(mails[one.email]) for one in (stage.alternate["gt"], stage.focal["gt"])] == [
        True,
        False,
    ]


def test_a_calendar_reads_two_days_of_their_own_hours(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    meeting = plenary(stage)
    method, calendar = calendar_of(sent(stage, settings, smtp_sink)[stage.focal["gt"].email])
    assert (method, str(calendar["METHOD"])) == ("REQUEST", "REQUEST")
    first, second = calendar.walk("VEVENT")
    panama = ZoneInfo("America/Panama")
    assert {str(one["UID"]) for one in (first, second)} == {str(meeting)}
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (
        datetime(2027, 4, 14, 9, tzinfo=panama),
        datetime(2027, 4, 14, 17, tzinfo=panama),
    )
    assert first["RRULE"].to_ical() == b"FREQ=DAILY;COUNT=2"
    assert second.decoded("recurrence-id") == datetime(2027, 4, 15, 9, tzinfo=panama)
    assert second.decoded("dtend") == datetime(2027, 4, 15, 12, 30, tzinfo=panama)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/Panama"]
    assert str(first["ATTENDEE"]) == f"mailto:{stage.focal['gt'].email}"
    assert (first["ATTENDEE"].params["PARTSTAT"], first["ATTENDEE"].params["CN"]) == ("NEEDS-ACTION", "Guatemala")
    assert str(first["ORGANIZER"]) == f"mailto:{settings.mail_sender}"
    assert (first["SEQUENCE"], str(first["STATUS"]), str(first["CLASS"])) == (0, "CONFIRMED", "PRIVATE")


def test_a_change_keeps_the_entry_and_grows_its_sequence(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    meeting = plenary(stage)
    sent(stage, settings, smtp_sink)
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.ATTENDS))
    moved = particulars(starts_on=date(2027, 4, 20), ends_on=date(2027, 4, 20), last_ends=None)
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(session, again(session, meeting), moved)
    mail = sent(stage, settings, smtp_sink)[stage.focal["gt"].email]
    assert str(mail["Subject"]).startswith("RCX: Change to a meeting (")
    method, calendar = calendar_of(mail)
    (event,) = calendar.walk("VEVENT")
    assert (method, str(event["UID"]), event["SEQUENCE"]) == ("REQUEST", str(meeting), 1)
    assert event.decoded("dtstart").date() == date(2027, 4, 20)
    assert "RRULE" not in event
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_two_changes_before_the_mail_leaves_are_told_once(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    meeting = plenary(stage)
    sent(stage, settings, smtp_sink)
    for day in (20, 21):
        with acting(stage.engine, stage.officer) as session:
            moved = particulars(starts_on=date(2027, 4, day), ends_on=date(2027, 4, day), last_ends=None)
            service.change_meeting(session, again(session, meeting), moved)
    mails = sent(stage, settings, smtp_sink)
    assert len(mails) == 4
    _method, calendar = calendar_of(mails[stage.focal["gt"].email])
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart").date() == date(2027, 4, 21)


def test_an_invitation_that_waited_asks_by_no_day_that_is_past(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    plenary(stage)
    with time_machine.travel(NOW + timedelta(days=11), tick=False):
        mail = sent(stage, settings, smtp_sink)[stage.focal["mx"].email]
    assert "Say who comes, send regrets, or tell us by when you will know:" in text_of(mail)
    assert "helps the preparation" not in text_of(mail)


def test_a_change_before_the_invitation_leaves_is_told_by_the_invitation(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    meeting = plenary(stage)
    for day in (20, 21):
        with acting(stage.engine, stage.officer) as session:
            moved = particulars(starts_on=date(2027, 4, day), ends_on=date(2027, 4, day), last_ends=None)
            service.change_meeting(session, again(session, meeting), moved)
    mails = sent(stage, settings, smtp_sink)
    assert len(mails) == 4
    mail = mails[stage.focal["gt"].email]
    assert "Invitation to a meeting" in mail["Subject"]
    (event,) = calendar_of(mail)[1].walk("VEVENT")
    assert (event.decoded("dtstart").date(), event["SEQUENCE"]) == (date(2027, 4, 21), 2)
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=date(2027, 4, 22), ends_on=date(2027, 4, 22), last_ends=None)
        service.change_meeting(session, again(session, meeting), moved)
    mail = sent(stage, settings, smtp_sink)[stage.focal["gt"].email]
    assert "Change to a meeting" in mail["Subject"]


@pytest.mark.parametrize(
    ("state", "says", "leaves"),
    [
        (MailState.SENT, 1, False),
        (MailState.SENT, 0, True),
        (MailState.SENT, None, True),
        (MailState.LEASED, 1, False),
        (MailState.LEASED, 0, True),
        (MailState.LEASED, None, None),
        (MailState.HELD, 1, True),
        (MailState.IN_DOUBT, 1, True),
        (MailState.DEAD, 1, True),
        (MailState.WAITING, None, False),
    ],
)
def test_a_change_gives_way_to_an_invitation_that_surely_tells_it(
    stage: Stage, settings: Settings, smtp_sink: Sink, state: MailState, says: int | None, leaves: bool | None
) -> None:
    """None: it waits a moment, for an invitation that is being written."""
    meeting = plenary(stage)
    sent(stage, settings, smtp_sink)
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=date(2027, 4, 20), ends_on=date(2027, 4, 20), last_ends=None)
        service.change_meeting(session, again(session, meeting), moved)
    mexico = OutboxMessage.person_id == stage.focal["mx"].person
    with system_unit(stage.engine, Reason.MAIL) as system:
        one = system.scalars(select(OutboxMessage).where(mexico, OutboxMessage.notice == "meeting_invitation")).one()
        one.state, one.next_attempt_at, one.leased_until = state, NOW + timedelta(days=1), NOW + timedelta(days=1)
        kept = {name: value for name, value in one.subject.items() if name != "says"}
        one.subject = kept if says is None else {**kept, "says": says}
    assert (stage.focal["mx"].email in sent(stage, settings, smtp_sink)) is bool(leaves)
    with system_unit(stage.engine, Reason.MAIL) as system:
        change = system.scalars(select(OutboxMessage).where(mexico, OutboxMessage.notice == "meeting_changed")).one()
        expected = {True: MailState.SENT, False: MailState.SKIPPED, None: MailState.WAITING}[leaves]
        assert (change.state, change.next_attempt_at > NOW) == (expected, leaves is None)


def test_who_has_left_gets_no_new_days_and_no_link_to_join_by(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    meeting = plenary(stage, join_address="https://meet.example/one")
    sent(stage, settings, smtp_sink)
    left(stage)
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(
            starts_on=date(2027, 4, 20), ends_on=date(2027, 4, 21), join_address="https://meet.example/2"
        )
        service.change_meeting(session, again(session, meeting), moved)
    mails = sent(stage, settings, smtp_sink)
    assert stage.focal["bz"].email in mails
    assert stage.focal["mx"].email not in mails


def test_a_meeting_postponed_and_then_cancelled_is_told_once(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    meeting = plenary(stage)
    sent(stage, settings, smtp_sink)
    for state in (MeetingState.POSTPONED, MeetingState.CANCELLED):
        with acting(stage.engine, stage.officer) as session:
            service.call_off_meeting(session, again(session, meeting), state, None)
    mails = sent(stage, settings, smtp_sink)
    assert len(mails) == 4
    assert "Meeting cancelled" in mails[stage.focal["gt"].email]["Subject"]


def test_a_postponement_is_told_although_days_were_looked_for_meanwhile(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    meeting = plenary(stage)
    sent(stage, settings, smtp_sink)
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.POSTPONED, None)
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=date(2027, 6, 1), ends_on=date(2027, 6, 2))
        service.change_meeting(session, again(session, meeting), moved)
    assert len(sent(stage, settings, smtp_sink)) == 4


def test_cancelling_cancels_the_entry_and_says_why(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    meeting = plenary(stage)
    sent(stage, settings, smtp_sink)
    word = LocalText.of("The host asks for understanding.")
    with acting(stage.engine, stage.officer) as session:
        assert service.call_off_meeting(session, again(session, meeting), MeetingState.CANCELLED, word) == 4
    mail = sent(stage, settings, smtp_sink)[stage.focal["gt"].email]
    assert str(mail["Subject"]).startswith("RCX: Meeting cancelled (")
    assert "This meeting will not take place:" in text_of(mail)
    assert "The host asks for understanding." in text_of(mail)
    assert "/l/" not in text_of(mail)
    method, calendar = calendar_of(mail)
    assert {(str(one["UID"]), one["SEQUENCE"], str(one["STATUS"])) for one in calendar.walk("VEVENT")} == {
        (str(meeting), 1, "CANCELLED")
    }
    assert (method, str(calendar["METHOD"])) == ("CANCEL", "CANCEL")


def test_a_meeting_without_hours_lies_on_its_days(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    plenary(stage, begins=None, ends=None, last_ends=None)
    _method, calendar = calendar_of(sent(stage, settings, smtp_sink)[stage.focal["gt"].email])
    (event,) = calendar.walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 4, 14), date(2027, 4, 16))


def test_an_invitation_not_yet_sent_is_not_sent_for_a_cancelled_meeting(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    meeting = plenary(stage)
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.CANCELLED, None)
    subjects = {str(mail["Subject"]).partition(" (")[0] for mail in sent(stage, settings, smtp_sink).values()}
    assert subjects == {"RCX: Meeting cancelled"}


def test_the_join_link_stands_in_the_calendar_and_off_the_record_is_said(
    stage: Stage, settings: Settings, smtp_sink: Sink
) -> None:
    plenary(stage, join_address="https://join.example/abc", attribution=AttributionRule.OFF_THE_RECORD, begins=time(10))
    mail = sent(stage, settings, smtp_sink)[stage.focal["mx"].email]
    assert "Off the record: nothing that is said is written down." in text_of(mail)
    _method, calendar = calendar_of(mail)
    first = calendar.walk("VEVENT")[0]
    assert str(first["DESCRIPTION"]).splitlines()[0] == "Join online: https://join.example/abc"
    assert str(first["LOCATION"]) == "Panama City and online"
