"""Inviting through focal points: who is written to, what they may read, and what they answer."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import planner
from secretariat.follow_up import queries as reminders
from secretariat.follow_up import service as follow_up
from secretariat.follow_up.planner import Rules
from secretariat.follow_up.service import item_of
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import awaits, queries, service
from secretariat.meetings.models import (
    Adoption,
    Answer,
    Attendance,
    Invitation,
    JoinLink,
    Meeting,
    MeetingNotice,
    MeetingState,
    Sitting,
)
from secretariat.meetings.service import Reply
from secretariat.meetings.service.inviting import DELEGATES_KEPT_DAYS
from secretariat.processes import service as processes
from secretariat.processes.models import Participation, Process, StandingKind
from tests.factories.follow_up import on
from tests.factories.meetings import acting, again, in_days, invited, looking, outcome, particulars, scheduled
from tests.integration.meetings.conftest import Stage


def outbox(stage: Stage) -> list[tuple[str, UUID]]:
    """Notice and person of every mail in the outbox."""
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        rows = system.execute(select(OutboxMessage.notice, OutboxMessage.person_id))
        return sorted(((notice, person) for notice, person in rows), key=str)


def plenary(stage: Stage, **fields: Any) -> UUID:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting", **fields)
        invited(session, meeting)
        return meeting.id


def test_each_focal_point_and_alternate_of_the_members_gets_one_mail(stage: Stage) -> None:
    plenary(stage)
    told = [stage.focal["bz"], stage.focal["gt"], stage.focal["mx"], stage.alternate["gt"]]
    assert outbox(stage) == sorted((("meeting_invitation", one.person) for one in told), key=str)


def test_a_participant_without_a_focal_point_is_named_to_the_officer(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting")
        done = service.invite(session, meeting, [stage.id["hn"], stage.id["bz"]], answer_by=in_days(5))
    assert (done.participants, done.mails, done.without_contact) == (2, 1, (stage.id["hn"],))


def test_an_observer_cannot_be_invited_to_a_meeting_it_may_not_read(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting")
        with pytest.raises(Refused):
            service.invite(session, meeting, [stage.id["co"]])


def test_a_body_of_its_own_membership_offers_its_members_first(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Steering Group", readers=service.Readers.BODY)
        offered = queries.invitable(session, meeting, in_days(0))
    assert {one.participant for one in offered} == {stage.id["gt"], stage.id["mx"]}
    assert all(one.in_body for one in offered)


def test_a_draft_is_read_by_the_secretariat_alone_until_it_is_announced(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, announce=False).id
    with looking(stage.engine, stage.focal["gt"]) as session:
        assert queries.meeting_by_id(session, meeting) is None
    with acting(stage.engine, stage.officer) as session:
        service.announce_meeting(session, again(session, meeting))
    with looking(stage.engine, stage.focal["gt"]) as session:
        found = queries.meeting_by_id(session, meeting)
        assert found is not None
        assert [one.day for one in found.sittings] == [in_days(30), in_days(31)]
    for other in (stage.focal["co"], stage.coordinator, None):
        with looking(stage.engine, other) as session:
            assert queries.meeting_by_id(session, meeting) is None


def test_a_notice_opened_to_all_participants_tells_an_observer_the_days_and_no_more(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        scheduled(session, notice=service.NoticeReaders.PARTICIPANTS)
    with looking(stage.engine, stage.focal["co"]) as session:
        listed = queries.meetings_of(session, stage.id["process"])
    assert [(one.id, str(one.title), str(one.starts_on)) for one in listed] == [
        (None, "21st Vice-Ministerial Meeting", str(in_days(30)))
    ]
    with looking(stage.engine, stage.focal["gt"]) as session:
        listed = queries.meetings_of(session, stage.id["process"])
        assert [one.id is None for one in listed] == [False]


def test_the_notice_of_a_draft_is_not_out_before_the_meeting_is(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, announce=False, notice=service.NoticeReaders.PARTICIPANTS).id
    with looking(stage.engine, stage.focal["co"]) as session:
        assert queries.meetings_of(session, stage.id["process"]) == []
    with acting(stage.engine, stage.officer) as session:
        service.announce_meeting(session, again(session, meeting))
    with looking(stage.engine, stage.focal["co"]) as session:
        assert len(queries.meetings_of(session, stage.id["process"])) == 1


def test_an_observer_reads_its_own_invitation_and_no_other(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, readers=service.Readers.PARTICIPANTS).id
        everyone = [one.participant for one in queries.invitable(session, again(session, meeting), in_days(0))]
        service.invite(session, again(session, meeting), everyone)
    with looking(stage.engine, stage.focal["co"]) as session:
        assert [one.participant_id for one in queries.invitations_of(session, meeting)] == [stage.id["co"]]
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert len(queries.invitations_of(session, meeting)) == len(everyone)


@pytest.mark.parametrize("who", ["focal", "alternate"])
def test_the_focal_point_or_the_alternate_answers(stage: Stage, who: str) -> None:
    meeting = plenary(stage)
    answering = getattr(stage, who)["gt"]
    with acting(stage.engine, answering) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        service.answer_invitation(
            session, own, Reply(answer=Answer.ATTENDS, persons=3, head_name="Head of delegation", head_ministry="MFA")
        )
    with looking(stage.engine, stage.officer) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        assert own.head is not None
        assert (own.answer, own.persons, own.head.name, own.answered_by_id) == (
            Answer.ATTENDS,
            3,
            "Head of delegation",
            answering.person,
        )


def test_regrets_after_a_delegation_was_named_leave_no_name_behind(stage: Stage) -> None:
    meeting = plenary(stage)
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.ATTENDS, persons=3, head_name="Head"))
        service.answer_invitation(session, own, Reply(answer=Answer.REGRETS))
    with looking(stage.engine, stage.officer) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        assert (own.answer, own.persons, own.head) == (Answer.REGRETS, None, None)


@pytest.mark.parametrize("who", ["officer", "chair", "mx"])
def test_nobody_answers_for_a_government_but_itself(stage: Stage, who: str) -> None:
    meeting = plenary(stage)
    other = stage.focal["mx"] if who == "mx" else getattr(stage, who)
    with acting(stage.engine, other) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        with pytest.raises(NotAllowed):
            service.answer_invitation(session, own, Reply(answer=Answer.REGRETS))


def test_an_answer_to_a_cancelled_meeting_is_refused(stage: Stage) -> None:
    meeting = plenary(stage)
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.CANCELLED, LocalText.of("No quorum."))
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        with pytest.raises(Refused, match="meeting was cancelled"):
            service.answer_invitation(session, own, Reply(answer=Answer.ATTENDS))
        assert own.answer is Answer.AWAITED


def test_a_change_of_days_is_told_and_a_change_of_languages_is_not(stage: Stage) -> None:
    meeting = plenary(stage)
    before = outbox(stage)
    with acting(stage.engine, stage.officer) as session:
        assert service.change_meeting(session, again(session, meeting), particulars(languages=["fr"])) == 0
    assert outbox(stage) == before
    with acting(stage.engine, stage.officer) as session:
        moved = particulars(starts_on=in_days(40), ends_on=in_days(40), last_ends=None)
        assert service.change_meeting(session, again(session, meeting), moved) == 4
    assert len(outbox(stage)) == len(before) + 4
    with looking(stage.engine, stage.focal["gt"]) as session:
        found = again(session, meeting)
        assert found.sequence == 1
        assert [one.day for one in found.sittings] == [in_days(40)]


def test_only_unanswered_invitations_are_awaited_and_on_the_day_the_participant_named(stage: Stage) -> None:
    meeting = plenary(stage)
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.REGRETS))
    with acting(stage.engine, stage.focal["mx"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["mx"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.WILL_ANSWER, will_answer_by=in_days(20)))
    with looking(stage.engine, stage.officer) as session:
        due = {one.participant: (one.due_on, one.status) for one in awaits.invitations(session, None, None, in_days(0))}
        assert due == {
            stage.id["bz"]: (in_days(10), "awaited"),
            stage.id["hn"]: (in_days(10), "awaited"),
            stage.id["mx"]: (in_days(20), "will_answer"),
        }
        assert list(awaits.invitations(session, None, None, in_days(32))) == []


def test_a_former_member_reads_nothing_of_a_meeting_that_came_after_it_left(stage: Stage) -> None:
    """Drafted, prepared and invited to before, but said after: announcements, outcomes, replies."""
    with acting(stage.engine, stage.officer) as session:
        drafted = scheduled(session, announce=False, notice=service.NoticeReaders.PARTICIPANTS).id
        known = scheduled(session)
        invited(session, known)
        item = service.add_item(session, known, service.ItemWords(title=LocalText.of("Return")))
        written = outcome(session, known, "The members meet again")
        kept, item_id, outcome_id = known.id, item.id, written.id
        process = known.process
        process.former_members_keep = True
        row = session.scalars(select(Participation).where(Participation.participant_id == stage.id["mx"])).one()
        processes.change_standing(
            session, session.viewer, row, StandingKind.FORMER, since=PartialDate.parse(clock.today()), decision="Note 9"
        )
    mexico = stage.focal["mx"]
    with looking(stage.engine, mexico) as session:
        assert queries.meeting_by_id(session, kept) is not None
        assert {one.participant_id for one in queries.invitations_of(session, kept)} >= {stage.id["gt"], stage.id["mx"]}
        assert [str(one.title) for one in queries.agenda_of(session, kept)] == ["Return"]
    with acting(stage.engine, stage.officer) as session:
        service.announce_meeting(session, again(session, drafted))
        meeting = again(session, kept)
        kept_item = queries.agenda_item(session, kept, item_id)
        assert kept_item is not None
        service.change_item(session, meeting, kept_item, service.ItemWords(title=LocalText.of("Another matter")))
        confirmed = queries.outcome_by_id(session, outcome_id)
        assert confirmed is not None
        service.confirm_outcome(
            session, meeting, confirmed, service.Confirmation(adoption=Adoption.CONSENSUS, word="By telephone")
        )
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, kept, stage.id["gt"])
        assert own is not None
        service.answer_invitation(session, own, service.Reply(answer=Answer.ATTENDS, persons=2))
    with looking(stage.engine, mexico) as session:
        assert queries.meeting_by_id(session, drafted) is None
        assert queries.notice_of(session, drafted) is None
        assert queries.outcomes_of(session, kept) == []
        assert queries.agenda_of(session, kept) == []
        assert stage.id["gt"] not in {one.participant_id for one in queries.invitations_of(session, kept)}
    with looking(stage.engine, stage.focal["bz"]) as session:
        assert queries.meeting_by_id(session, drafted) is not None
        assert len(queries.outcomes_of(session, kept)) == 1
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(
            session, again(session, kept), MeetingState.CANCELLED, LocalText.of("For want of time")
        )
    with looking(stage.engine, mexico) as session:
        assert queries.meeting_by_id(session, kept) is None


def test_a_person_named_for_a_meeting_is_forgotten_when_the_time_has_come(stage: Stage) -> None:
    """What the delegation was, and that it came, stays."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting")
        invited(session, meeting)
        key = meeting.id
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, key, stage.id["gt"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.ATTENDS, persons=3, head_name="Ximena Calderón"))
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        assert service.forget_delegates(session) == 0
    with (
        clock.moved(timedelta(days=31 + DELEGATES_KEPT_DAYS)),
        system_unit(stage.engine, Reason.ADMINISTRATION) as session,
    ):
        assert service.forget_delegates(session) == 1
        assert [one.persons for one in session.scalars(select(Invitation)) if one.persons] == [3]


def test_a_postponed_meeting_that_has_new_days_asks_anew(stage: Stage) -> None:
    """What was answered was answered for other days; and what was not is asked after in its time again."""
    meeting = plenary(stage)
    with acting(stage.engine, stage.focal["gt"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["gt"])
        assert own is not None
        service.answer_invitation(
            session, own, Reply(answer=Answer.ATTENDS, persons=2, head_name="Head", head_function="", head_ministry="")
        )
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        before = {one.subject: one.cycle for one in awaits.invitations(system, None, None, clock.today())}
    with on(clock.now() + timedelta(days=20)):
        with acting(stage.engine, stage.officer) as session:
            service.call_off_meeting(session, again(session, meeting), MeetingState.POSTPONED, None)
        with acting(stage.engine, stage.officer) as session:
            later = particulars(starts_on=in_days(200), ends_on=in_days(201))
            service.change_meeting(session, again(session, meeting), later)
            service.announce_meeting(session, again(session, meeting))
        with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
            after = list(awaits.invitations(system, None, None, clock.today()))
        assert len(after) == len(before) + 1
        assert {(one.since, one.due_on, one.status) for one in after} == {(clock.today(), None, "awaited")}
        assert all(before.get(one.subject) != one.cycle for one in after)
        with looking(stage.engine, stage.focal["gt"]) as session:
            own = queries.own_invitation(session, meeting, stage.id["gt"])
            assert own is not None
            assert (own.answer, own.persons, own.head, own.answered_at) == (Answer.AWAITED, None, None, None)


def test_who_named_a_day_is_not_reminded_before_it(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        made = scheduled(session)
        invited(session, made)
        meeting = made.id
    with acting(stage.engine, stage.focal["mx"]) as session:
        own = queries.own_invitation(session, meeting, stage.id["mx"])
        assert own is not None
        service.answer_invitation(session, own, Reply(answer=Answer.WILL_ANSWER, will_answer_by=in_days(14)))
    with looking(stage.engine, stage.officer) as session:
        [one] = [
            one for one in awaits.invitations(session, None, None, in_days(0)) if one.participant == stage.id["mx"]
        ]
    reminded = [day for day in range(60) if planner.due_step(item_of(one), Rules(), in_days(day), ())]
    assert min(reminded) == 14


def left(stage: Stage) -> None:
    """Mexico leaves; the rule of its process lets it keep what it was sent."""
    with acting(stage.engine, stage.officer) as session:
        found = session.scalars(select(Process).where(Process.id == stage.id["process"])).one()
        found.former_members_keep = True
        row = session.scalars(select(Participation).where(Participation.participant_id == stage.id["mx"])).one()
        since = PartialDate.parse(clock.today())
        processes.change_standing(session, session.viewer, row, StandingKind.FORMER, since=since, decision="Note 9")


def known_to_mexico(stage: Stage) -> dict[str, list[str]]:
    """What Mexico may read of meetings, word for word."""
    with looking(stage.engine, stage.focal["mx"]) as session:
        return {
            "titles": [str(one.title) for one in session.scalars(select(Meeting))],
            "days": sorted(str(one.day) for one in session.scalars(select(Sitting))),
            "joining": [one.address for one in session.scalars(select(JoinLink))],
            "days told": [str(one.starts_on) for one in session.scalars(select(MeetingNotice))],
        }


@pytest.mark.parametrize("notice", [service.NoticeReaders.SAME, service.NoticeReaders.PARTICIPANTS])
def test_a_former_member_reads_no_new_days_and_joins_by_no_new_link(
    stage: Stage, notice: service.NoticeReaders
) -> None:
    joins: dict[str, Any] = {"join_address": "https://meet.example/one", "notice": notice}
    with acting(stage.engine, stage.officer) as session:
        made = scheduled(session, body="Vice-Ministerial Meeting", **joins)
        key = made.id
    left(stage)
    before = known_to_mexico(stage)
    assert before["joining"] == ["https://meet.example/one"]
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(session, again(session, key), particulars(**joins))
    assert {**known_to_mexico(stage), "days told": []} == {**before, "days told": []}, "nothing new was said"
    moved = {**joins, "starts_on": in_days(40), "ends_on": in_days(41), "join_address": "https://meet.example/two"}
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(session, again(session, key), particulars(**moved))
    assert known_to_mexico(stage) == {"titles": [], "days": [], "joining": [], "days told": []}
    with looking(stage.engine, stage.focal["bz"]) as session:
        assert again(session, key).join_link is not None


def test_a_former_member_reads_nothing_of_who_came_and_of_what_was_done_since(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        made = scheduled(session, body="Vice-Ministerial Meeting")
        invited(session, made)
        written = outcome(session, made, "The members meet again")
        how = service.Confirmation(adoption=Adoption.CONSENSUS, word="By telephone")
        service.confirm_outcome(session, made, written, how)
        key, outcome_id = made.id, written.id
    left(stage)
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert len(queries.invitations_of(session, key)) == 4
        assert len(queries.outcomes_of(session, key)) == 1
    with acting(stage.engine, stage.officer) as session:
        found = queries.outcome_by_id(session, outcome_id)
        assert found is not None
        service.see_to_outcome(session, again(session, key), found, LocalText.of("Sent to all members"))
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert queries.outcomes_of(session, key) == []
    with on(clock.now() + timedelta(days=31)), acting(stage.engine, stage.officer) as session:
        rows = queries.invitations_of(session, key)
        came: dict[UUID, Attendance | None] = {
            one.id: Attendance.PRESENT for one in rows if one.participant_id == stage.id["gt"]
        }
        service.record_attendance(session, again(session, key), came)
    with looking(stage.engine, stage.focal["mx"]) as session:
        assert stage.id["gt"] not in {one.participant_id for one in queries.invitations_of(session, key)}


def test_a_former_member_does_not_learn_that_a_meeting_is_called_off(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        key = scheduled(session, body="Vice-Ministerial Meeting", notice=service.NoticeReaders.PARTICIPANTS).id
    left(stage)
    assert known_to_mexico(stage)["days told"] != []
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, key), MeetingState.POSTPONED, None)
    assert known_to_mexico(stage) == {"titles": [], "days": [], "joining": [], "days told": []}
    with looking(stage.engine, stage.focal["co"]) as session:
        found = queries.notice_of(session, key)
        assert found is not None
        assert found.state is MeetingState.POSTPONED


def test_who_has_left_is_not_reminded_of_an_invitation_it_keeps(stage: Stage) -> None:
    with acting(stage.engine, stage.officer) as session:
        invited(session, scheduled(session, body="Vice-Ministerial Meeting"))
    left(stage)
    with system_unit(stage.engine, Reason.FOLLOW_UP, writes=False) as system:
        asked = reminders.recipients(system, stage.id["process"], stage.id["government"], clock.today())
    assert set(asked) >= {stage.id["bz"], stage.id["gt"]}
    assert stage.id["mx"] not in asked
    workday = next(day for day in map(in_days, range(10, 16)) if day.weekday() < 5)
    with on(datetime.combine(workday, time(16), UTC)):
        follow_up.scan(stage.engine)
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        digests = select(OutboxMessage.person_id).where(OutboxMessage.notice == "digest")
        assert set(system.scalars(digests)) == {stage.focal["bz"].person, stage.focal["gt"].person}
