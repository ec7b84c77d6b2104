"""Meetings, their agenda, invitations and outcomes."""

from dataclasses import replace
from datetime import date, time, timedelta

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, label_value
from secretariat.core.localtext import LocalText
from secretariat.documents.models import Document
from secretariat.meetings.busy_models import BusyDays
from secretariat.meetings.guest_models import DelegationList, Guest, GuestItem, GuestSeat
from secretariat.meetings.joint_models import JointNotice, JointSession
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.milestone_models import Anchor, MilestoneKind, MilestoneRule
from secretariat.meetings.models import (
    AgendaItem,
    Answer,
    Delegate,
    DelegateNeeds,
    Invitation,
    ItemProposal,
    ItemState,
    JoinLink,
    Meeting,
    MeetingNote,
    MeetingNotice,
    MeetingState,
    NotedAnswer,
    Outcome,
    OutcomeParty,
    OutcomeState,
    OutcomeStatement,
    PartyRole,
    Sitting,
    StatementKind,
)
from secretariat.processes.models import Body, StandingKind
from tests.security.canaries.world import SPOTS, Plot, also, plants


def _place(plot: Plot, kind: str) -> int:
    return len(plot.world.planted.get(kind, [])) + 1


@plants(Meeting)
def meeting(plot: Plot) -> Meeting:
    return Meeting(
        process_id=plot.process,
        track_id=plot.track,
        title=plot.text(),
        starts_on=PartialDate("2027-03-01"),
        ends_on=PartialDate("2027-03-02"),
        zone="America/Panama",
        place=plot.text(),
        host_text=plot.word(),
        state=MeetingState.ANNOUNCED,
        announced_at=clock.now(),
        note=plot.text(),
    )


@plants(AgendaItem, inside=Meeting)
def agenda_item(plot: Plot) -> AgendaItem:
    return AgendaItem(
        meeting_id=plot.inside.id,
        position=_place(plot, "AgendaItem"),
        title=plot.text(),
        annotation=plot.text(),
        led_by_text=plot.word(),
        minutes=5,
    )


@also(AgendaItem, "part", spots=("the secretariat", "members"))
def part_of_item(plot: Plot) -> AgendaItem:
    made = agenda_item(plot)
    made.within_id = plot.world.at["AgendaItem", plot.spot.name]
    return made


@plants(MeetingNote, inside=AgendaItem, spots=())
def note(plot: Plot) -> MeetingNote:
    return MeetingNote(meeting_id=plot.inside.meeting_id, item_id=plot.inside.id, text=plot.text(), is_circulated=True)


@plants(BusyDays, why_unseen="days; they carry no words")
def busy_days(plot: Plot) -> BusyDays:
    meeting = plot.world.planted["Meeting"][0]
    day = date(2027, 4, 1)
    return BusyDays(process_id=plot.process, track_id=plot.track, meeting_id=meeting, first_on=day, last_on=day)


@plants(JointSession)
def joint_session(plot: Plot) -> JointSession:
    """The network has proposed it."""
    return JointSession(
        process_id=plot.process,
        government_id=plot.world.ids["government"],
        network_id=plot.world.ids["network"],
        by_network=True,
        title=plot.text(),
        about=plot.text(),
        held_on=date(2099, 4, 1),
        begins=time(15),
        ends=time(17),
        zone="America/Panama",
        place=plot.text(),
        proposed_at=clock.now(),
        reply=plot.text(),
    )


@plants(JointNotice)
def joint_notice(plot: Plot) -> JointNotice:
    return JointNotice(
        session_id=plot.world.at["JointSession", plot.spot.name],
        process_id=plot.process,
        track_id=plot.track,
        title=plot.text(),
        about=plot.text(),
        held_on=date(2099, 4, 1),
        begins=time(15),
        ends=time(17),
        zone="America/Panama",
        place=plot.text(),
    )


@plants(MilestoneRule, inside=Body, spots=(), why_unseen="a number of days; it carries no words")
def milestone_rule(plot: Plot) -> MilestoneRule:
    kinds = list(MilestoneKind)
    place = plot.session.query(MilestoneRule).filter_by(body_id=plot.inside.id).count()
    return MilestoneRule(body_id=plot.inside.id, kind=kinds[place], anchor=Anchor.FIRST_DAY, days=-7 * place)


@plants(Sitting, inside=Meeting, why_unseen="days and hours carry no words")
def sitting(plot: Plot) -> Sitting:
    return Sitting(
        meeting_id=plot.inside.id, day=date(2027, 3, 1), begins=time(9), ends=time(17), zone="America/Panama"
    )


@plants(JoinLink, inside=Meeting, spots=(), why_unseen="the link by which one joins is shown on the day")
def join_link(plot: Plot) -> JoinLink:
    return JoinLink(meeting_id=plot.inside.id, address=f"https://{plot.word()}.example")


def _behind(plot: Plot, words: str) -> Meeting:
    """A meeting nobody else can read, behind what is told of it."""
    hidden = next(key for (kind, spot), key in plot.world.at.items() if (kind, spot) == ("Meeting", SPOTS[13].name))
    behind = plot.session.get_one(Meeting, hidden)
    beside = Meeting(
        process_id=plot.process,
        track_id=plot.id("government"),
        title=LocalText.of(words),
        state=MeetingState.ANNOUNCED,
    )
    attach(plot.session, beside, label_value(plot.session, behind.label_id).clauses)
    plot.session.flush()
    plot.world.oracle.things[beside.id] = replace(plot.world.oracle.things[behind.id], name=beside.id)
    return beside


@plants(MeetingNotice, why_unseen="stands in the place of a meeting for those who do not read the meeting itself")
def notice(plot: Plot) -> MeetingNotice:
    """The notice of a meeting nobody else can read: a draft of the secretariat's."""
    beside = _behind(plot, f"behind notice {_place(plot, 'MeetingNotice')}")
    return MeetingNotice(
        process_id=plot.process,
        track_id=plot.track,
        meeting_id=beside.id,
        title=plot.text(),
        place=plot.text(),
        starts_on=PartialDate("2027-05-01"),
        ends_on=PartialDate("2027-05-02"),
        state=MeetingState.ANNOUNCED,
    )


@plants(ItemProposal, inside=Meeting)
def item_proposal(plot: Plot) -> ItemProposal:
    return ItemProposal(
        meeting_id=plot.inside.id,
        participant_id=plot.id("state member"),
        title=plot.text(),
        words=plot.text(),
        proposed_at=clock.now(),
        answered_at=None,
    )


@also(ItemProposal, "prepared", spots=("a named member",))
def prepared_item(plot: Plot) -> ItemProposal:
    made = item_proposal(plot)
    made.state = ItemState.PREPARED
    return made


@plants(LentDraft, inside=Document, spots=(), why_unseen="shown on the page of a prepared paper, and behind its link")
def lent_draft(plot: Plot) -> LentDraft:
    official = plot.world.officials["member"]
    assert official is not None
    return LentDraft(
        document_id=plot.inside.id,
        name=plot.word(),
        asked=plot.word(),
        word=plot.word(),
        lent_by_person_id=official.person,
        lent_by_hat=str(official.hat),
        lent_at=clock.now() - timedelta(days=2),  # of another day than what is passed on now
        colleague_id=official.person,
        address=f"{plot.word()}@ministry.example",
    )


@also(LentDraft, "prepared", inside="prepared")
def lent_prepared(plot: Plot) -> LentDraft:
    return lent_draft(plot)


@plants(Invitation, inside=Meeting, spots=(), why_unseen="says which participant answered; it carries no words")
def invitation(plot: Plot) -> Invitation:
    return Invitation(
        meeting_id=plot.inside.id,
        participant_id=plot.id("state member"),
        standing=StandingKind.MEMBER,
        invited_at=clock.now(),
    )


@plants(Delegate, inside=Meeting, spots=(), why_unseen="named by the participant; shown to the secretariat")
def delegate(plot: Plot) -> Delegate:
    row = plot.session.query(Invitation).filter_by(meeting_id=plot.inside.id).one()
    return Delegate(invitation_id=row.id, position=1, name=plot.word(), function=plot.word(), ministry=plot.word())


@plants(NotedAnswer, inside=Invitation, spots=(), why_unseen="how an answer came is shown to nobody; it is kept")
def noted_answer(plot: Plot) -> NotedAnswer:
    return NotedAnswer(
        invitation_id=plot.inside.id, answer=Answer.ATTENDS, persons=2, word=plot.word(), noted_at=clock.now()
    )


@plants(DelegateNeeds, inside=Delegate, spots=(), why_unseen="for the participant that says so and the secretariat")
def needs(plot: Plot) -> DelegateNeeds:
    return DelegateNeeds(delegate_id=plot.inside.id, words=plot.word())


@plants(DelegationList, inside=Meeting, spots=(), why_unseen="whose label holds for a list; it carries no words")
def delegation_list(plot: Plot) -> DelegationList:
    return DelegationList(meeting_id=plot.inside.id)


@plants(Guest)
def guest(plot: Plot) -> Guest:
    """A guest of a meeting nobody else can read: what is told it stands beside the meeting."""
    return Guest(
        process_id=plot.process,
        track_id=plot.id("government"),
        meeting_id=_behind(plot, f"behind guest {_place(plot, 'Guest')}").id,
        participant_id=plot.id("state member"),
        standing=StandingKind.OBSERVER.value,
        title=plot.text(),
        place=plot.text(),
        zone="America/Panama",
        invited_at=clock.now(),
        answer=Answer.ATTENDS,
        names=plot.word(),
        last_on=date(2027, 5, 2),
    )


@plants(GuestItem, inside=Guest)
def guest_item(plot: Plot) -> GuestItem:
    items = plot.world.planted["AgendaItem"]
    item = plot.session.get_one(AgendaItem, items[(_place(plot, "GuestItem") - 1) % len(items)])
    return GuestItem(
        guest_id=plot.inside.id,
        item_id=item.id,
        title=plot.text(),
        day=date(2027, 5, 1),
        begins=time(10),
        ends=time(11),
        opened_label_id=item.label_id,
    )


@plants(GuestSeat, inside=AgendaItem, spots=())
def guest_seat(plot: Plot) -> GuestSeat:
    return GuestSeat(
        item_id=plot.inside.id,
        guest_id=new_key(),
        participant_id=plot.id("state member"),
        standing=StandingKind.OBSERVER.value,
        answer=Answer.ATTENDS,
        names=plot.word(),
    )


@plants(Outcome, inside=Meeting)
def outcome(plot: Plot) -> Outcome:
    return Outcome(
        process_id=plot.process,
        track_id=plot.track,
        meeting_id=plot.inside.id,
        position=_place(plot, "Outcome"),
        number=_place(plot, "Outcome"),
        kind="recommendation",
        text=plot.text(),
        state=OutcomeState.CONFIRMED,
        adoption="consensus",
        confirmed_at=clock.now(),
        addressed_to="members",
        note=plot.text(),
    )


@also(Outcome, "draft", spots=("the secretariat", "members", "the chair"))
def draft_outcome(plot: Plot) -> Outcome:
    made = outcome(plot)
    made.state, made.number, made.confirmed_at, made.adoption = OutcomeState.DRAFT, None, None, None
    return made


@plants(OutcomeParty, inside=Outcome)
def party(plot: Plot) -> OutcomeParty:
    return OutcomeParty(outcome_id=plot.inside.id, role=PartyRole.BY, name_text=plot.word())


@plants(OutcomeStatement, inside=Outcome)
def statement(plot: Plot) -> OutcomeStatement:
    return OutcomeStatement(
        outcome_id=plot.inside.id,
        participant_id=plot.id("state member"),
        kind=StatementKind.RESERVATION,
        text=plot.text(),
    )
