"""Who may raise, lower and propose; that what is weighed is what is then read; what is refused, and what follows."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from config import Settings
from secretariat.confidentiality import service
from secretariat.confidentiality.choices import MEMBERS, NAMED, PARTICIPANTS, SECRETARIAT, said
from secretariat.confidentiality.models import LoweringState, ProposedLowering
from secretariat.confidentiality.service import Bearing, NotAllowed, Refused, Wanted
from secretariat.core.labelling import label_history
from secretariat.core.localtext import LocalText
from secretariat.core.models import AuditEntry
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, RoleName
from secretariat.mail import delivery
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import service as meetings
from secretariat.meetings.models import Adoption, Meeting, MeetingNotice
from secretariat.meetings.service import Confirmation, NoticeReaders
from secretariat.plans import service as plan_service
from secretariat.plans.models import Commitment
from secretariat.processes.clauses import participant
from tests.factories import meetings as made
from tests.integration.confidentiality.conftest import Stage
from tests.support.mail import Sink

MEMBERS_READ = {"officer", "chair", "bz", "gt", "gt2", "hn", "mx"}
GUATEMALA = {"chair", "gt", "gt2"}
WHY = "agreed by telephone"


def gt(stage: Stage) -> str:
    return said(participant(stage.world.id["gt"]))


def keeper(stage: Stage) -> str:
    return f"secretariat:{stage.world.id['government']}"


def change(
    stage: Stage, who: str, what: str, key: str, *named: str, widens: bool = False, why: str = WHY, decision: str = ""
) -> Bearing:
    with stage.acts(who) as session:
        of = stage.subject(session, what)
        own = stage.label(session, of, key, *named)
        return service.change(session, of, Wanted(own, widens), why=why, decision=decision).bearing


# --- who may ----------------------------------------------------------------------------------------------------------

LOWERS = [
    # a participant's paper by that participant alone
    ("commitment", "gt", True),
    ("commitment", "gt2", True),
    ("commitment", "mx", False),
    ("commitment", "officer", False),
    ("commitment", "chair", False),
    # a joint text by its body: the secretariat records its decision
    ("plan", "officer", True),
    ("plan", "gt", False),
    # the secretariat's own by the secretariat
    ("item", "officer", True),
    ("item", "chair", False),
    ("meeting", "officer", True),
    ("meeting", "mx", False),
]


@pytest.mark.parametrize(("what", "who", "may"), LOWERS)
def test_a_label_is_lowered_by_whose_paper_it_is(stage: Stage, what: str, who: str, may: bool) -> None:
    before = stage.readers(what)
    if may:
        widened = what != "meeting"
        assert change(stage, who, what, PARTICIPANTS, widens=widened, decision="RCX/VM/1") is Bearing.LOWERS
        assert stage.readers(what) == before | {"co"}
        return
    with pytest.raises(NotAllowed):
        change(stage, who, what, PARTICIPANTS, widens=what != "meeting", decision="RCX/VM/1")
    assert stage.readers(what) == before


RAISES = [
    ("commitment", "gt", True),
    ("commitment", "officer", True),
    ("commitment", "mx", False),
    ("plan", "officer", True),
    ("plan", "gt", False),
    ("item", "officer", True),
    ("item", "gt", False),
]


@pytest.mark.parametrize(("what", "who", "may"), RAISES)
def test_a_label_is_raised_by_the_secretariat_or_the_originator(stage: Stage, what: str, who: str, may: bool) -> None:
    named = (gt(stage), keeper(stage))
    if may:
        assert change(stage, who, what, NAMED, *named) is Bearing.RAISES
        assert stage.readers(what) == GUATEMALA | {"officer"}
    else:
        before = stage.readers(what)
        with pytest.raises(NotAllowed):
            change(stage, who, what, NAMED, *named)
        assert stage.readers(what) == before


def test_naming_one_more_reader_is_a_lowering_also_where_nobody_holds_that_office_today(stage: Stage) -> None:
    """Who is appointed to it tomorrow reads the paper: that is for whose paper it is to say."""
    liaison = f"liaison:{stage.world.id['process']}"
    change(stage, "gt", "commitment", NAMED, gt(stage), keeper(stage))
    with pytest.raises(NotAllowed):
        change(stage, "officer", "commitment", NAMED, gt(stage), keeper(stage), liaison)
    assert change(stage, "gt", "commitment", NAMED, gt(stage), keeper(stage), liaison) is Bearing.LOWERS
    assert change(stage, "officer", "commitment", NAMED, gt(stage), keeper(stage)) is Bearing.RAISES


def test_a_joint_text_is_lowered_only_by_a_decision_that_is_named(stage: Stage) -> None:
    with pytest.raises(Refused) as refused:
        change(stage, "officer", "plan", PARTICIPANTS)
    assert refused.value.field == "decision"
    assert "co" not in stage.readers("plan")


def test_a_reason_is_needed_and_stays_with_who(stage: Stage) -> None:
    with pytest.raises(Refused) as refused:
        change(stage, "gt", "commitment", NAMED, gt(stage), why=" ")
    assert refused.value.field == "why"
    change(stage, "gt", "commitment", NAMED, gt(stage))
    with stage.acts("gt") as session:
        last = label_history(session, stage.subject(session, "commitment").thing)[-1]
        who = stage.who("gt")
        assert who is not None
        assert (last.why, last.by_person) == (WHY, who.person)
    with system_unit(stage.engine, Reason.AUDIT, writes=False) as system:
        assert "label raised" in system.scalars(select(AuditEntry.kind)).all()


# --- what is shown is what is stored ----------------------------------------------------------------------------------

GIVEN = [
    ("commitment", "gt", PARTICIPANTS, True),
    ("commitment", "gt", MEMBERS, False),
    ("commitment", "gt", NAMED, False),
    ("item", "officer", SECRETARIAT, False),
    ("item", "officer", PARTICIPANTS, False),
    ("item", "officer", PARTICIPANTS, True),
    ("meeting", "officer", MEMBERS, False),
    ("meeting", "officer", PARTICIPANTS, False),
]


@pytest.mark.parametrize(("what", "who", "key", "widens"), GIVEN)
def test_who_is_shown_beforehand_is_who_reads_afterwards(
    stage: Stage, what: str, who: str, key: str, widens: bool
) -> None:
    with stage.acts(who) as session:
        of = stage.subject(session, what)
        named = (gt(stage),) if key == NAMED else ()
        weighed = service.weighed(session, of.kind, of.thing, Wanted(stage.label(session, of, key, *named), widens))
        told = {(one.person, one.hat) for one in weighed.read_after.persons}
        if weighed.bearing is not Bearing.SAME:
            service.change(session, of, weighed.wanted, why=WHY)
    everybody = ["officer", "coordinator", "chair", *stage.world.focal]
    expected = {name for name in everybody if (one := stage.who(name)) and (one.person, one.hat) in told}
    assert stage.readers(what) == expected


def test_inside_is_never_wider_than_the_container_unless_it_is_said(stage: Stage) -> None:
    before = stage.readers("item")
    with pytest.raises(Refused, match="already"):
        change(stage, "officer", "item", PARTICIPANTS)
    assert stage.readers("item") == before
    change(stage, "officer", "item", PARTICIPANTS, widens=True)
    assert stage.readers("item") == MEMBERS_READ | {"co"}


def test_what_is_inside_follows_at_once(stage: Stage) -> None:
    change(stage, "officer", "meeting", SECRETARIAT)
    assert stage.readers("item") == {"officer"}


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_label_that_hides_a_paper_from_whose_it_is_is_refused(stage: Stage) -> None:
    with pytest.raises(Refused, match="participant whose paper it is"):
        change(stage, "officer", "commitment", SECRETARIAT)
    with pytest.raises(Refused, match="hidden from the Secretariat"):
        change(stage, "officer", "item", NAMED, gt(stage))
    assert stage.readers("commitment") == MEMBERS_READ


def test_a_label_nobody_could_read_is_refused(stage: Stage) -> None:
    stranger = said(participant(stage.world.id["house"]))  # of the other side of the wall
    with pytest.raises(Refused, match="Nobody could read it"):
        change(stage, "officer", "item", NAMED, stranger)
    assert "officer" in stage.readers("item")


def test_nobody_shuts_himself_out(stage: Stage) -> None:
    with pytest.raises(Refused, match="yourself"):
        change(stage, "officer", "commitment", NAMED, gt(stage))


# --- what a label survives --------------------------------------------------------------------------------------------


def test_a_draft_stays_a_draft_whatever_its_label_and_a_label_survives_the_announcement(stage: Stage) -> None:
    with stage.acts("officer") as session:
        draft = made.scheduled(session, announce=False)
        stage.of["draft"] = "meetings", draft.id
    change(stage, "officer", "draft", PARTICIPANTS)
    assert stage.readers("draft") == {"officer"}
    change(stage, "officer", "draft", NAMED, gt(stage), keeper(stage))
    assert stage.readers("draft") == {"officer"}
    with stage.acts("officer") as session:
        meetings.announce_meeting(session, made.again(session, stage.of["draft"][1]))
    assert stage.readers("draft") == GUATEMALA | {"officer"}


def test_a_meeting_for_the_secretariat_alone_stays_so_when_it_is_announced(stage: Stage) -> None:
    with stage.acts("officer") as session:
        draft = made.scheduled(session, announce=False, notice=NoticeReaders.PARTICIPANTS)
        stage.of["draft"] = "meetings", draft.id
        notice = session.scalars(select(MeetingNotice).where(MeetingNotice.meeting_id == draft.id)).one()
        stage.of["notice"] = "meeting_notices", notice.id
        meetings.change_meeting(session, draft, made.particulars(notice=NoticeReaders.SAME))
    change(stage, "officer", "draft", SECRETARIAT)
    with stage.acts("officer") as session:
        meetings.announce_meeting(session, made.again(session, stage.of["draft"][1]))
        meeting = made.again(session, stage.of["draft"][1])
        assert meetings.notice_readers_of(session, meeting) is NoticeReaders.SAME
    assert stage.readers("draft") == {"officer"}
    assert stage.readers("notice") == {"officer"}


def test_the_notice_of_a_meeting_for_its_readers_alone_follows_them(stage: Stage) -> None:
    with stage.acts("officer") as session:
        meeting = made.scheduled(session, notice=NoticeReaders.PARTICIPANTS)
        meetings.change_meeting(session, meeting, made.particulars(notice=NoticeReaders.SAME))
        notice = session.scalars(select(MeetingNotice).where(MeetingNotice.meeting_id == meeting.id)).one()
        stage.of |= {"beside": ("meetings", meeting.id), "notice": ("meeting_notices", notice.id)}
    change(stage, "officer", "beside", NAMED, gt(stage), keeper(stage))
    assert stage.readers("notice") == GUATEMALA | {"officer"}


def test_a_raised_commitment_stays_raised_when_it_is_revised(stage: Stage) -> None:
    change(stage, "gt", "commitment", NAMED, gt(stage), keeper(stage))
    with stage.acts("gt") as session:
        one = session.scalars(select(Commitment).where(Commitment.id == stage.of["commitment"][1])).one()
        plan_service.revise(
            session,
            session.viewer,
            one,
            words=LocalText.of("Publish weekly figures"),
            due_on=None,
            lead=None,
            reason=LocalText.of("more is possible"),
        )
    assert stage.readers("commitment") == GUATEMALA | {"officer"}


def test_an_outcome_keeps_the_label_it_was_given_when_the_chair_confirms_it(stage: Stage) -> None:
    change(stage, "officer", "outcome", NAMED, gt(stage), keeper(stage))
    with stage.acts("officer") as session:
        of = stage.subject(session, "outcome")
        meeting = session.scalars(select(Meeting).where(Meeting.id == stage.of["meeting"][1])).one()
        word = Confirmation(adoption=Adoption.CONSENSUS, word="in the room")
        meetings.confirm_outcome(session, meeting, of.thing, word)
    assert stage.readers("outcome") == GUATEMALA | {"officer"}


# --- proposals --------------------------------------------------------------------------------------------------------


def propose(stage: Stage, who: str = "officer", what: str = "commitment") -> ProposedLowering:
    with stage.acts(who) as session:
        of = stage.subject(session, what)
        row, _made = service.propose(
            session, of, Wanted(stage.label(session, of, PARTICIPANTS), True), why="Colombia asks for it"
        )
        session.expunge(row)
        return row


def answer(stage: Stage, who: str, row: ProposedLowering, *, accepts: bool) -> None:
    with stage.acts(who) as session:
        found = session.scalars(select(ProposedLowering).where(ProposedLowering.id == row.id)).one()
        service.answer(session, stage.subject(session, "commitment"), found, accepts=accepts, word="gladly")


def test_the_secretariat_proposes_and_the_participant_alone_answers(stage: Stage) -> None:
    row = propose(stage)
    assert stage.readers("commitment") == MEMBERS_READ
    with system_unit(stage.engine, Reason.MAIL, writes=False) as system:
        mails = system.scalars(select(OutboxMessage).where(OutboxMessage.notice == "lowering_proposed")).all()
        assert {one.person_id for one in mails} == {stage.world.focal[key].person for key in ("gt", "gt2")}
    with pytest.raises(NotAllowed):
        answer(stage, "officer", row, accepts=True)
    answer(stage, "gt", row, accepts=True)
    assert stage.readers("commitment") == MEMBERS_READ | {"co"}
    with pytest.raises(Refused, match="in the meantime"):
        answer(stage, "gt2", row, accepts=False)


def test_who_meanwhile_only_advises_is_not_asked(stage: Stage, settings: Settings, smtp_sink: Sink) -> None:
    """A focal point who has become a colleague still reads what is proposed; the answer is not its to give."""
    propose(stage)
    with system_unit(stage.engine, Reason.ADMINISTRATION) as session:
        session.get_one(Appointment, stage.world.focal["gt2"].appointment).role = RoleName.COLLEAGUE
    delivery.deliver(stage.engine, settings)
    assert [mail["To"] for mail in smtp_sink.mails] == [stage.world.focal["gt"].email]


def test_a_declined_proposal_changes_nothing(stage: Stage) -> None:
    answer(stage, "gt2", propose(stage), accepts=False)
    assert stage.readers("commitment") == MEMBERS_READ


def test_who_may_not_propose(stage: Stage) -> None:
    for who in ("mx", "chair", "gt"):
        with pytest.raises(NotAllowed):
            propose(stage, who)
    with pytest.raises(NotAllowed):
        propose(stage, "officer", "item")  # its own paper: it lowers it itself


def test_a_proposal_falls_away_with_the_label_it_was_made_of(stage: Stage) -> None:
    row = propose(stage)
    change(stage, "gt", "commitment", NAMED, gt(stage), keeper(stage))
    with system_unit(stage.engine, Reason.LABELLING, writes=False) as system:
        assert system.get_one(ProposedLowering, row.id).state is LoweringState.TAKEN_BACK


def test_what_is_decided_about_a_thing_is_hidden_with_it(stage: Stage) -> None:
    row = propose(stage)
    change(stage, "gt", "commitment", NAMED, gt(stage))
    with stage.acts("officer") as session:
        assert session.scalar(select(ProposedLowering.id).where(ProposedLowering.id == row.id)) is None
    with stage.acts("mx") as session:
        assert session.scalar(select(ProposedLowering.id).where(ProposedLowering.id == row.id)) is None
