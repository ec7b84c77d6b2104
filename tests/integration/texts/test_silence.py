"""Silence procedures: who is waited for, who breaks them and who reads why; the record of their end, made once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import select

from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.core.models import AuditContent, AuditEntry
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.directory.models import Appointment
from secretariat.documents import service as document_service
from secretariat.documents.models import Revision
from secretariat.mail.models import OutboxMessage
from secretariat.processes import clauses
from secretariat.processes.models import Participation
from secretariat.texts import service as texts
from secretariat.texts import silence_queries as queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.service import silence as service
from secretariat.texts.silence import HoldCause, ReactionKind, SilenceState
from secretariat.texts.silence_models import ReasonsTo, SilenceProcedure
from tests.factories import documents, people
from tests.factories import silence as made
from tests.factories import texts as factory
from tests.factories.meetings import acting, looking
from tests.integration.texts.conftest import Stage

OBJECTION, ASKS, COMMENT, INTERPRETATION, EXPLANATION = (
    ReactionKind.OBJECTION, ReactionKind.ASKS_FOR_TIME, ReactionKind.COMMENT, ReactionKind.INTERPRETATION,
    ReactionKind.EXPLANATION,
)  # fmt: skip
RUNNING, BROKEN, WAITING, PASSED, CALLED_OFF = SilenceState
OPENED = datetime(2027, 6, 1, 15, tzinfo=UTC)  # a Tuesday, ten in the morning in Panama
ENDS = made.at(date(2027, 6, 15))
END = ENDS.at
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def named(stage: Stage) -> Stage:
    """Honduras too has a focal point: nobody is vacant."""
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        from secretariat.processes.models import Participant, Track

        track = session.get_one(Track, stage.id["government"])
        stage.focal["hn"] = people.focal_point(session, track, session.get_one(Participant, stage.id["hn"]))
    return stage


def under_silence(stage: Stage, ends: Deadline = ENDS, **more: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        return made.opened(session, ends, **more).id


def stands(stage: Stage, key: UUID, by: str = "mx") -> SilenceState:
    return made.state(stage.engine, stage.focal[by], key)


def mails(stage: Stage, notice: str) -> list[OutboxMessage]:
    with system_unit(stage.engine, Reason.MAIL, writes=False) as session:
        found = list(session.scalars(select(OutboxMessage).where(OutboxMessage.notice == notice)))
        session.expunge_all()
        return found


def recorded(stage: Stage, key: UUID) -> tuple[SilenceState | None, datetime | None]:
    with system_unit(stage.engine, Reason.SILENCE, writes=False) as session:
        row = session.get_one(SilenceProcedure, key)
        return row.recorded_state, row.recorded_at


def trail(stage: Stage, kind: str) -> int:
    with system_unit(stage.engine, Reason.AUDIT, writes=False) as session:
        return len(session.scalars(select(AuditEntry).where(AuditEntry.kind == kind)).all())


# --- opening ------------------------------------------------------------------------------------------------------


def test_off_until_the_rules_of_the_process_switch_it_on(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        edition = made.edition(session)
        with pytest.raises(Refused, match="do not provide for silence"):
            service.open_silence(session, edition, ENDS)
        made.rules(session, since=date(2027, 6, 2))
        with pytest.raises(Refused, match="do not provide for silence"):
            service.open_silence(session, edition, ENDS)
        with pytest.raises(Refused, match="decision of the members"):
            made.rules(session, decision="")
        made.rules(session)
        assert service.open_silence(session, edition, ENDS).reasons_to is ReasonsTo.READERS
        made.rules(session, since=None, decision="")
        with pytest.raises(Refused, match="do not provide for silence"):
            service.open_silence(session, made.edition(session), ENDS)


def test_ten_working_days_and_what_was_not_counted(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        made.rules(session, quiet_days=(date(2027, 6, 10),))
        edition = made.edition(session)
        rules = queries.rules_of(session, named.id["process"], named.id["government"])
        assert rules is not None
        found = service.proposed_end(edition, rules, made.ZONE)
        assert found.deadline == made.at(date(2027, 6, 16))
        kept = service.open_silence(session, edition, found.deadline).not_counted
        assert kept == [one.isoformat() for one in found.not_counted]
        assert kept == ["2027-06-05", "2027-06-06", "2027-06-10", "2027-06-12", "2027-06-13"]


@pytest.mark.parametrize(
    ("ends", "said", "field"),
    [
        (Deadline(date(2027, 6, 15), time(17), "Panama/Nowhere"), "Choose a zone", "zone"),
        (made.at(date(2027, 5, 31)), "This moment has passed", "ends_on"),
        (made.at(date(2027, 6, 4), time(9, 59)), "72 hours at the least", "ends_on"),
        (made.at(date(2027, 6, 12)), "Saturday 12 June 2027 is a day off there", "ends_on"),
        (made.at(date(2027, 11, 3)), "is a holiday there", "ends_on"),
        (made.at(date(2029, 6, 12)), "more than a year away", "ends_on"),
        (Deadline(date(2028, 3, 26), time(2, 30), "Europe/Vienna"), "pass over this hour", "ends_hour"),
        (Deadline(date(2027, 10, 31), time(2, 30), "Europe/Vienna"), "comes twice", "ends_hour"),
    ],
)
def test_an_hour_that_cannot_be(named: Stage, ends: Deadline, said: str, field: str) -> None:
    with acting(named.engine, named.officer) as session:
        with pytest.raises(Refused, match=said) as refused:
            made.opened(session, ends)
        assert refused.value.field == field


def test_exactly_72_hours_are_enough(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        assert made.opened(session, made.at(date(2027, 6, 4), time(10))).ends_hour == time(10)


def test_nobody_is_silent_on_what_it_does_not_read(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        where = documents.place(session)
        audience = [clauses.participant(named.id[one]) for one in ("gt", "mx")]
        few = frozenset(
            {clauses.named(where.process, where.track, audience=[*audience, clauses.secretariat(where.track)])}
        )
        with pytest.raises(Refused, match="Belize and Honduras"):
            made.opened(session, ENDS, made.edition(session, readers=few))


def test_a_second_one_on_the_same_text_is_refused(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        edition = made.edition(session)
        made.opened(session, ENDS, edition)
        with pytest.raises(Refused, match="under silence already"):
            service.open_silence(session, edition, ENDS)


def test_only_the_secretariat_opens_one(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        made.rules(session)
        key = made.edition(session).document_id
    for one in (named.focal["mx"], named.chair):
        with acting(named.engine, one) as session:
            from secretariat.texts import queries as of_texts

            edition = of_texts.edition_of(session, key)
            assert edition is not None
            with pytest.raises(NotAllowed):
                service.open_silence(session, edition, ENDS)


def test_each_focal_point_and_alternate_of_a_member_has_one_letter(named: Stage) -> None:
    under_silence(named)
    told = mails(named, service.OPENED)
    wanted = {named.focal[one].person for one in ("bz", "gt", "hn", "mx")} | {named.alternate["gt"].person}
    assert sorted(map(str, (one.person_id for one in told))) == sorted(map(str, wanted))


# --- reacting -----------------------------------------------------------------------------------------------------


def test_an_objection_breaks_it_and_all_readers_see_whose_and_why(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(named)
    made.reacted(named.engine, named.focal["mx"], key)
    for reader in ("bz", "gt", "co"):
        assert stands(named, key, reader) is BROKEN
        with looking(named.engine, named.focal[reader]) as session:
            (one,) = queries.reactions_of(session, key)
            assert (one.participant_id, one.words) == (named.id["mx"], "Paragraph 1 needs another wording")
    clock_stands.move_to(END + timedelta(days=30))
    assert stands(named, key) is BROKEN


def test_by_the_rule_the_secretariat_alone_reads_who_objected(named: Stage) -> None:
    key = under_silence(named, reasons_to=ReasonsTo.SECRETARIAT)
    made.reacted(named.engine, named.focal["mx"], key)
    for reader in ("bz", "gt", "co"):
        assert stands(named, key, reader) is BROKEN
        with looking(named.engine, named.focal[reader]) as session:
            assert queries.reactions_of(session, key) == []
    for one in (named.officer, named.focal["mx"]):
        with looking(named.engine, one) as session:
            assert len(queries.reactions_of(session, key)) == 1


def test_one_second_before_counts_and_one_second_after_is_kept_on_file(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    early, late = under_silence(named), under_silence(named)
    clock_stands.move_to(END + 5 * SECOND)
    made.reacted(named.engine, named.focal["mx"], early, received_at=END - SECOND)
    made.reacted(named.engine, named.focal["mx"], late, received_at=END + SECOND)
    assert stands(named, early) is BROKEN
    assert stands(named, late) is PASSED
    with looking(named.engine, named.focal["bz"]) as session:
        assert queries.reactions_of(session, late) == []
    for one in (named.officer, named.focal["mx"]):
        with looking(named.engine, one) as session:
            (kept,) = queries.reactions_of(session, late)
            assert kept.is_late
            assert kept.received_at == END + SECOND


def test_observers_comment_and_do_not_object(named: Stage) -> None:
    key = under_silence(named)
    for kind in (OBJECTION, ASKS, INTERPRETATION, EXPLANATION):
        with pytest.raises(Refused, match="observers may comment"):
            made.reacted(named.engine, named.focal["co"], key, kind)
    made.reacted(named.engine, named.focal["co"], key, COMMENT, "We welcome it")
    assert stands(named, key) is RUNNING


def test_who_does_not_speak_for_the_participant_is_not_heard(named: Stage) -> None:
    key = under_silence(named)
    for one in (named.chair, named.officer):
        with pytest.raises(NotAllowed):
            made.reacted(named.engine, one, key, COMMENT)
    assert stands(named, key) is RUNNING


def test_twice_is_told_with_the_hour_of_the_first(named: Stage) -> None:
    key = under_silence(named)
    for kind in (OBJECTION, INTERPRETATION, EXPLANATION):
        made.reacted(named.engine, named.focal["gt"], key, kind)
        with pytest.raises(Refused, match=r"already: .*10:00"):
            made.reacted(named.engine, named.alternate["gt"], key, kind)
    made.reacted(named.engine, named.focal["gt"], key, ASKS, "")
    with pytest.raises(Refused, match="asked for time already"):
        made.reacted(named.engine, named.alternate["gt"], key, ASKS, "")
    for _time in range(2):
        made.reacted(named.engine, named.focal["gt"], key, COMMENT)


@pytest.mark.parametrize("kind", [OBJECTION, COMMENT, INTERPRETATION])
def test_without_words_it_is_asked_for_them(named: Stage, kind: ReactionKind) -> None:
    key = under_silence(named)
    with pytest.raises(Refused) as refused:
        made.reacted(named.engine, named.focal["gt"], key, kind, "")
    assert refused.value.field == "words"


def test_statements_are_kept_with_the_text_and_do_not_stop_it(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(named)
    made.reacted(named.engine, named.focal["gt"], key, INTERPRETATION, "By staff we understand consular staff")
    clock_stands.move_to(END + SECOND)
    made.reacted(named.engine, named.focal["bz"], key, EXPLANATION, "Too late")
    assert stands(named, key) is PASSED
    with looking(named.engine, named.focal["mx"]) as session:
        assert [one.words for one in queries.statements_on_silence(session, key)] == [
            "By staff we understand consular staff"
        ]


def test_to_a_superseded_edition_one_is_told_which_text_stands(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        text = factory.begun(session, (made.RECALLING, made.TOLD), readers=_all(session))
        key = made.opened(session, ENDS, factory.circulated(session, text)).id
        texts.add_paragraphs(session, text, [made.TOLD])
        with pytest.raises(Refused, match="is under silence; call that off"):
            factory.circulated(session, text)
        service.call_off(session, made.again(session, key), LocalText.of("A new text follows"))
        symbol = factory.circulated(session, text).document.symbol
    with pytest.raises(Refused, match=f"gave way to {symbol}"):
        made.reacted(named.engine, named.focal["mx"], key)
    assert stands(named, key) is CALLED_OFF


def _all(session: ViewerSession) -> frozenset[Clause]:
    where = documents.place(session)
    return frozenset({clauses.participants_of(where.process, where.track)})


# --- who is waited for --------------------------------------------------------------------------------------------


def test_it_does_not_end_for_a_member_whose_notice_bounced(named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    with acting(named.engine, named.officer) as session:
        hold = service.mark_bounce(session, made.again(session, key), named.id["bz"]).id
        with pytest.raises(Refused, match="held open for this member already"):
            service.mark_bounce(session, made.again(session, key), named.id["bz"])
        with pytest.raises(Refused, match="has ended for this member, or it is none"):
            service.mark_bounce(session, made.again(session, key), named.id["co"])
    clock_stands.move_to(END + SECOND)
    assert stands(named, key) is WAITING
    with looking(named.engine, named.focal["mx"]) as session:
        assert queries.holds_of(session, key) == []
    with looking(named.engine, named.focal["bz"]) as session:
        assert [one.id for one in queries.holds_of(session, key)] == [hold]
    with acting(named.engine, named.officer) as session:
        found = queries.hold_of(session, key, hold)
        assert found is not None
        service.reached(session, found)
        with pytest.raises(Refused, match="noted already"):
            service.reached(session, found)
    clock_stands.move_to(END + timedelta(hours=72))
    assert stands(named, key) is WAITING
    clock_stands.move_to(END + SECOND + timedelta(hours=72))
    assert stands(named, key) is PASSED


def test_it_does_not_end_while_a_focal_point_is_vacant(stage: Stage, clock_stands: time_machine.Traveller) -> None:
    """Honduras has nobody; who is named on the 20th has 72 hours from that day."""
    key = under_silence(stage)
    clock_stands.move_to(END + timedelta(days=4))
    assert stands(stage, key) is WAITING
    with acting(stage.engine, stage.officer) as session:
        assert queries.stands(session, made.again(session, key)).open_for(END) == [stage.id["hn"]]
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        from secretariat.processes.models import Participant, Track

        track = session.get_one(Track, stage.id["government"])
        honduras = session.get_one(Participant, stage.id["hn"])
        stage.focal["hn"] = people.focal_point(session, track, honduras, since=date(2027, 6, 20))
    clock_stands.move_to(datetime(2027, 6, 22, 23, 59, 59, tzinfo=UTC))
    assert stands(stage, key) is WAITING
    made.reacted(stage.engine, stage.focal["hn"], key, COMMENT)
    clock_stands.move_to(datetime(2027, 6, 23, tzinfo=UTC))
    assert stands(stage, key) is PASSED


def test_an_office_that_became_vacant_meanwhile_is_waited_for(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(named)
    with system_unit(named.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, named.focal["mx"].appointment).until = date(2027, 6, 10)
    clock_stands.move_to(END)
    assert stands(named, key, "gt") is WAITING


def test_who_asked_for_time_has_it_until_the_hour_that_was_agreed(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(named)
    made.reacted(named.engine, named.focal["bz"], key, ASKS, "The ministry is on leave")
    clock_stands.move_to(END + timedelta(days=1))
    assert stands(named, key) is WAITING
    with acting(named.engine, named.officer) as session:
        (hold,) = queries.holds_of(session, key)
        assert hold.cause is HoldCause.ASKED_FOR_TIME
        with pytest.raises(Refused, match="This moment has passed"):
            service.agree_time(session, hold, made.at(date(2027, 6, 16), time(11)))
        service.agree_time(session, hold, made.at(date(2027, 6, 18)))
    clock_stands.move_to(made.at(date(2027, 6, 18)).at - SECOND)
    assert stands(named, key) is WAITING
    made.reacted(named.engine, named.focal["bz"], key)
    assert stands(named, key) is BROKEN


def test_a_member_that_leaves_is_not_waited_for(stage: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(stage)
    clock_stands.move_to(END)
    assert stands(stage, key) is WAITING
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        from secretariat.core.dates import PartialDate

        honduras = session.scalars(select(Participation).where(Participation.participant_id == stage.id["hn"])).one()
        honduras.until = PartialDate.parse(date(2027, 6, 10))
    assert stands(stage, key) is PASSED


def test_a_member_that_joins_after_the_hour_does_not_open_it_again(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    """Nobody speaks for it yet: an office that is vacant keeps a silence open for those whose silence it was."""
    key = under_silence(named)
    clock_stands.move_to(END + timedelta(days=1))
    with system_unit(named.engine, Reason.REFERENCE) as session:
        from secretariat.core.dates import PartialDate

        colombia = session.scalars(select(Participation).where(Participation.participant_id == named.id["co"])).one()
        before = session.scalars(select(Participation).where(Participation.participant_id == named.id["hn"])).one()
        colombia.standing, colombia.since = before.standing, PartialDate.parse(date(2027, 6, 16))
        for one in session.scalars(select(Appointment).where(Appointment.hat == str(named.focal["co"].hat))):
            one.until = date(2027, 6, 2)
    assert stands(named, key) is PASSED


def test_what_is_on_record_as_passed_stays_so(named: Stage, clock_stands: time_machine.Traveller) -> None:
    """Also where an appointment is found to have ended earlier than was known, or another edition follows."""
    key = under_silence(named)
    clock_stands.move_to(END + timedelta(minutes=2))
    assert service.record_what_is_over(named.engine) == 1
    with system_unit(named.engine, Reason.REFERENCE) as session:
        for one in session.scalars(select(Appointment).where(Appointment.hat == str(named.focal["hn"].hat))):
            one.until = date(2027, 6, 10)
    assert stands(named, key) is PASSED
    with acting(named.engine, named.officer) as session:
        text = factory.again(session, made.again(session, key).edition.text_id)
        texts.add_paragraphs(session, text, [factory.words("One more")])
        factory.circulated(session, text)
    assert stands(named, key) is PASSED


# --- extending, calling off ---------------------------------------------------------------------------------------


def test_an_extension_is_an_act_on_record(named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    later = made.at(date(2027, 6, 22))
    with acting(named.engine, named.officer) as session:
        with pytest.raises(Refused, match="ends later than before"):
            service.extend(session, made.again(session, key), made.at(date(2027, 6, 11)), "")
        service.extend(session, made.again(session, key), later, "Belize asked for it")
    clock_stands.move_to(END + SECOND)
    assert stands(named, key) is RUNNING
    with looking(named.engine, named.focal["mx"]) as session:
        (was,) = made.again(session, key).extensions
        assert (was["on"], was["word"]) == ("2027-06-15", "Belize asked for it")
    assert len(mails(named, service.EXTENDED)) == 5
    clock_stands.move_to(later.at)
    with acting(named.engine, named.officer) as session, pytest.raises(Refused, match="cannot be extended"):
        service.extend(session, made.again(session, key), made.at(date(2027, 6, 29)), "")


def test_what_is_called_off_waits_for_nobody(named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    with acting(named.engine, named.officer) as session:
        service.call_off(session, made.again(session, key), LocalText.of("A new text follows"))
    assert stands(named, key) is CALLED_OFF
    with pytest.raises(Refused, match="called off"):
        made.reacted(named.engine, named.focal["mx"], key)
    assert len(mails(named, service.ENDED)) == 5
    clock_stands.move_to(END + timedelta(days=2))
    assert service.record_what_is_over(named.engine) == 0
    with acting(named.engine, named.officer) as session, pytest.raises(Refused, match="nothing to call off"):
        service.call_off(session, made.again(session, key), LocalText.of("Again"))


# --- the record ---------------------------------------------------------------------------------------------------


def test_the_worker_records_it_after_a_minute_and_once(named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    clock_stands.move_to(END + 59 * SECOND)
    assert service.record_what_is_over(named.engine) == 0
    clock_stands.move_to(END + 60 * SECOND)
    assert service.record_what_is_over(named.engine) == 1
    assert recorded(named, key) == (PASSED, END + 60 * SECOND)
    clock_stands.move_to(END + timedelta(days=1))
    assert service.record_what_is_over(named.engine) == 0
    assert trail(named, "silence recorded") == 1
    assert len(mails(named, service.ENDED)) == 5


def test_an_objection_is_recorded_at_once(named: Stage) -> None:
    key = under_silence(named)
    made.reacted(named.engine, named.focal["mx"], key)
    assert service.record_what_is_over(named.engine) == 1
    assert recorded(named, key)[0] is BROKEN
    assert len(mails(named, service.ENDED)) == 5


def test_several_workers_record_it_once(named: Stage, clock_stands: time_machine.Traveller) -> None:
    keys = [under_silence(named) for _number in range(3)]
    clock_stands.move_to(END + timedelta(minutes=2))
    with ThreadPoolExecutor(4) as workers:
        made_by = list(workers.map(lambda _number: service.record_what_is_over(named.engine), range(4)))
    assert sum(made_by) == 3
    assert [recorded(named, key)[0] for key in keys] == [PASSED] * 3
    assert trail(named, "silence recorded") == 3
    assert len(mails(named, service.ENDED)) == 15


def test_nothing_is_recorded_while_it_waits_for_one(stage: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(stage)
    clock_stands.move_to(END + timedelta(days=40))
    assert service.record_what_is_over(stage.engine) == 0
    assert recorded(stage, key) == (None, None)


def test_what_came_in_time_and_was_written_after_the_record_is_stronger(
    named: Stage, clock_stands: time_machine.Traveller
) -> None:
    key = under_silence(named)
    clock_stands.move_to(END + timedelta(minutes=2))
    assert service.record_what_is_over(named.engine) == 1
    made.reacted(named.engine, named.focal["mx"], key, received_at=END - SECOND)
    assert stands(named, key) is BROKEN
    assert service.record_what_is_over(named.engine) == 1
    assert recorded(named, key)[0] is BROKEN
    assert len(mails(named, service.ENDED)) == 10


def test_who_has_not_reacted_is_reminded_once(named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    made.reacted(named.engine, named.focal["bz"], key, COMMENT)
    made.reacted(named.engine, named.focal["co"], key, COMMENT)
    clock_stands.move_to(END - timedelta(hours=48, seconds=1))
    service.record_what_is_over(named.engine)
    assert mails(named, service.REMINDER) == []
    clock_stands.move_to(END - timedelta(hours=48))
    for _tick in range(3):
        service.record_what_is_over(named.engine)
    wanted = {named.focal[one].person for one in ("gt", "hn", "mx")} | {named.alternate["gt"].person}
    reminded = [one.person_id for one in mails(named, service.REMINDER)]
    assert sorted(map(str, reminded)) == sorted(map(str, wanted))


def test_a_longer_silence_has_a_reminder_of_its_own(named: Stage, clock_stands: time_machine.Traveller) -> None:
    key = under_silence(named)
    clock_stands.move_to(END - timedelta(hours=40))
    service.record_what_is_over(named.engine)
    later = made.at(date(2027, 6, 22))
    with acting(named.engine, named.officer) as session:
        service.extend(session, made.again(session, key), later, "")
    service.record_what_is_over(named.engine)
    assert len(mails(named, service.REMINDER)) == 5
    clock_stands.move_to(later.at - timedelta(hours=40))
    service.record_what_is_over(named.engine)
    assert len(mails(named, service.REMINDER)) == 10


def test_what_participants_say_is_on_the_trail_for_them_and_the_secretariat(named: Stage) -> None:
    key = under_silence(named, reasons_to=ReasonsTo.SECRETARIAT)
    made.reacted(named.engine, named.focal["mx"], key)
    told = select(AuditContent).where(AuditContent.subject_id == key)
    for one, number in ((named.officer, 2), (named.focal["mx"], 1), (named.focal["gt"], 0)):
        with looking(named.engine, one) as session:
            assert len(session.scalars(told).all()) == number


def test_a_corrigendum_does_not_stop_it(named: Stage) -> None:
    with acting(named.engine, named.officer) as session:
        edition = made.edition(session)
        key = made.opened(session, ENDS, edition).id
        document_service.revise(session, edition.document, Revision.CORR, LocalText.of("Corrigendum"))
    assert stands(named, key) is RUNNING
