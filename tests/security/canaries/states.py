"""What must be the case before something can be done to a planted thing: its state, as the product would have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from secretariat.chairmanship.models import Handover
from secretariat.confidentiality.models import ProposedLowering
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, moved
from secretariat.core.localtext import LocalText
from secretariat.core.session import SystemSession
from secretariat.directory.models import ContactNumber, EmergencyAccess
from secretariat.documents.kept_sheets import packed
from secretariat.documents.models import COMMON_PAPER, Document, DocumentState, ListState, PaperAnswer, PaperList
from secretariat.documents.sheets import Sheet
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.models import FollowUpPolicy
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.joint_models import JointNotice, JointSession, JointState
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.models import (
    AgendaItem,
    Answer,
    AttributionRule,
    Invitation,
    ItemProposal,
    ItemState,
    Meeting,
    MeetingNote,
    MeetingState,
    Outcome,
    OutcomeState,
)
from secretariat.plans.exchange.columns import Column
from secretariat.plans.exchange.shape import Shape
from secretariat.plans.import_models import ImportState, PlanImport
from secretariat.plans.milestones import Milestone
from secretariat.plans.models import (
    Activity,
    Area,
    Commitment,
    CommitmentState,
    Objective,
    Plan,
    PlanState,
    ProgressUpdate,
)
from secretariat.plans.status import UpdateState
from secretariat.plans.support_models import GivenState, SupportGiven
from secretariat.processes.clauses import participants_of
from secretariat.processes.models import Body, ChairTerm, Participant, Process, Track
from secretariat.reports.models import ReportCheck, ReportEdition
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer, ClearanceSays
from secretariat.texts.lent_models import LentComments
from secretariat.texts.membership import members_of
from secretariat.texts.models import (
    Comment,
    CommentRound,
    DraftText,
    TextEdition,
    TextParagraph,
    TextState,
    UnsavedComment,
    UnsavedWords,
)
from secretariat.texts.network_models import NetworkComment, OpenedRound
from secretariat.texts.service import of_colleague
from secretariat.texts.silence import HoldCause
from secretariat.texts.silence_models import (
    AdoptionConfirmation,
    AdoptionStatement,
    CapitalSays,
    SilenceHold,
    SilenceProcedure,
    SilenceRules,
    TextAdoption,
)
from tests.security.canaries.world import World

Prepare = Callable[[SystemSession, World, Mapping[str, str]], None]


def with_fields(model: type[Any], part: str, **fields: Any) -> Prepare:
    """The thing named in this part of the address, or the one a link is about, with these fields."""

    def before(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
        key = world.links[parts["token"]].subjects[0] if "token" in parts else UUID(parts[part])
        thing = session.get(model, key)
        if thing is not None:
            for name, value in fields.items():
                setattr(thing, name, value)

    return before


DRAFT_MEETING = with_fields(Meeting, "meeting_id", state=MeetingState.DRAFT, announced_at=None)
DRAFT_OUTCOME = with_fields(
    Outcome, "outcome_id", state=OutcomeState.DRAFT, number=None, confirmed_at=None, adoption=None
)
OUTCOME_SEEN_TO = with_fields(Outcome, "outcome_id", seen_to_on=clock.today())
DRAFT_DOCUMENT = with_fields(
    Document, "document_id", state=DocumentState.DRAFT, symbol=None, number=None, issued_at=None, released_at=None
)
UNRELEASED_DOCUMENT = with_fields(Document, "document_id", state=DocumentState.ISSUED, released_at=None)
PREPARED_ITEM = with_fields(ItemProposal, "proposal_id", state=ItemState.PREPARED)
DRAFT_PLAN = with_fields(Plan, "plan_id", state=PlanState.DRAFT, adopted_on=None)
PROPOSED = with_fields(Commitment, "commitment_id", state=CommitmentState.PROPOSED, accepted_at=None, number=None)
CAPITAL_AWAITED = with_fields(AdoptionConfirmation, "confirmation_id", says=CapitalSays.AWAITED, said_at=None)
COMMENT_NOT_SENT = with_fields(Comment, "comment_id", sent_at=None)
NOTED = with_fields(ProgressUpdate, "update_id", state=UpdateState.NOTED, confirmed_at=None)

MILESTONE_IS_REACHED = with_fields(
    Commitment,
    "commitment_id",
    milestones=(Milestone(clock.today(), LocalText.of("A first step"), clock.today(), key="m"),),
)
GIVEN_IS_NOTED = with_fields(SupportGiven, "given_id", state=GivenState.NOTED, answered_at=None)


def meeting_was_held(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It is over, under an open rule."""
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    if meeting is not None:
        meeting.state, meeting.attribution, meeting.source = MeetingState.HELD, AttributionRule.OPEN, ""


def meeting_of_last_week(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It has begun, so that what follows it can be noted."""
    draft_of_last_week(session, world, parts)
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    if meeting is not None:
        meeting.state, meeting.announced_at = MeetingState.HELD, clock.now() - timedelta(days=90)
        meeting.noted = {}


def joint_is_agreed(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """Both sides have agreed to it, and nobody proposes another hour."""
    one = session.get(JointSession, UUID(parts["joint_id"]))
    if one is not None:
        one.state = JointState.AGREED
        session.execute(delete(JointSession).where(JointSession.instead_of_id == one.id))


def joint_is_proposed(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """By the network, and nobody has answered."""
    one = session.get(JointSession, UUID(parts["joint_id"]))
    if one is not None:
        one.state = JointState.PROPOSED
        session.execute(delete(JointNotice).where(JointNotice.session_id == one.id))


def silences_are_called_off(session: SystemSession, _world: World, _parts: Mapping[str, str]) -> None:
    """Nothing runs that a new edition would have to give way to."""
    for one in session.scalars(select(SilenceProcedure)):
        one.called_off_at = clock.now()


def rounds_are_over(session: SystemSession, _world: World, _parts: Mapping[str, str]) -> None:
    """No round of comments runs, so that another can be opened."""
    for one in session.scalars(select(CommentRound)):
        one.closed_at = clock.now()


def round_can_be_opened(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """No round runs on the text, and it is not adopted."""
    text_can_be_adopted(session, world, parts)
    rounds_are_over(session, world, parts)


def report_can_be_tabled(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It is no paper of a meeting yet, and there are meetings to come."""
    edition = session.get(ReportEdition, UUID(parts["edition_id"]))
    if edition is not None:
        edition.symbol = ""
    for meeting in session.scalars(select(Meeting)):
        meeting.state, meeting.announced_at = MeetingState.ANNOUNCED, meeting.announced_at or clock.now()


def entry_stands_in_check(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """Where the commitment is in the plan of the check, its participant is asked."""
    check = session.get(ReportCheck, UUID(parts["check_id"]))
    commitment = session.get(Commitment, UUID(parts["commitment_id"]))
    if check is not None and commitment is not None and check.plan_id == commitment.plan_id:
        check.participant_id = commitment.participant_id


def working_day_in(days: int) -> date:
    """A Wednesday in so many days or soon after (before, where they are negative): a day on which offices work."""
    day = clock.today() + timedelta(days=days)
    while day.weekday() != 2:
        day += timedelta(days=1 if days > 0 else -1)
    return day


def silence_can_be_opened(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The rules provide for it, its text stands, and none is open on it."""
    document = session.get(Document, UUID(parts["document_id"]))
    if document is None:
        return
    track = session.get_one(Track, document.track_id)
    rules = session.scalar(select(SilenceRules).where(SilenceRules.track_id == track.id))
    if rules is None:
        rules = SilenceRules(process_id=track.process_id, track_id=track.id)
        attach(session, rules, [participants_of(session.get_one(Process, track.process_id), track)], container=track)
    rules.since, rules.decision = date(2020, 1, 1), "The members' decision"
    document.state, document.released_at = DocumentState.ISSUED, document.released_at or clock.now()
    _call_off(session, document)


def _call_off(session: SystemSession, document: Document) -> None:
    of = select(TextEdition.id).where(TextEdition.document_id == document.id)
    for one in session.scalars(select(SilenceProcedure).where(SilenceProcedure.edition_id.in_(of))):
        one.called_off_at = clock.now()


def text_can_be_adopted(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is not adopted, under no silence, and nobody comments on it."""
    document = session.get(Document, UUID(parts["document_id"]))
    if document is None:
        return
    document.state = DocumentState.ISSUED
    _call_off(session, document)
    rounds_are_over(session, world, parts)
    of = select(TextEdition.id).where(TextEdition.document_id == document.id)
    for adoption in session.scalars(select(TextAdoption).where(TextAdoption.edition_id.in_(of))):
        for kind in (AdoptionStatement, AdoptionConfirmation):
            for row in session.scalars(select(kind).where(kind.adoption_id == adoption.id)):
                session.delete(row)
        session.flush()
        session.delete(adoption)


def clearance_can_be_asked(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is a common paper that stands, and nobody was asked to clear it."""
    document = session.get(Document, UUID(parts["document_id"]))
    if document is None:
        return
    document.kind, document.state = COMMON_PAPER, DocumentState.ISSUED
    document.released_at = document.released_at or clock.now()
    for one in session.scalars(select(Clearance).where(Clearance.document_id == document.id)):
        for row in session.scalars(select(ClearanceAnswer).where(ClearanceAnswer.clearance_id == one.id)):
            session.delete(row)
        session.flush()
        session.delete(one)


def paper_is_not_released(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The clearance of the address or of its link is open, and nobody has answered."""
    found = _clearance(session, world, parts)
    if found is None:
        return
    if found.edition_id is not None:
        text_can_be_adopted(session, world, {"document_id": str(found.document_id)})
    document = session.get_one(Document, found.document_id)
    document.state, found.released_on = DocumentState.ISSUED, None
    for row in session.scalars(select(ClearanceAnswer).where(ClearanceAnswer.clearance_id == found.id)):
        row.says, row.said_at, row.words, row.noted_word = ClearanceSays.NOT_YET, None, "", ""


def paper_is_released(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The chair has released it, and it is not sent."""
    found = _clearance(session, world, parts)
    if found is not None:
        found.sent_on = None
        if found.edition_id is None:
            found.released_on = found.released_on or date(2027, 1, 15)
        else:
            edition = session.get_one(TextEdition, found.edition_id)
            session.get_one(DraftText, edition.text_id).state = TextState.ADOPTED


def file_can_be_released(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The paper of the address is a file that all members have cleared."""
    found = _clearance(session, world, parts)
    if found is None:
        return
    paper_is_not_released(session, world, parts)
    session.get_one(Document, found.document_id).by_paragraph = False
    found.edition_id = None
    moved(session, found, why="it is a file")
    for row in session.scalars(select(ClearanceAnswer).where(ClearanceAnswer.clearance_id == found.id)):
        row.says = ClearanceSays.CLEARED
    document = session.get_one(Document, found.document_id)
    place = (document.process_id, document.track_id, document.body_id)
    said = set(session.scalars(select(ClearanceAnswer.participant_id).where(ClearanceAnswer.clearance_id == found.id)))
    for member in sorted(members_of(session, [place], clock.today())[place] - said, key=str):
        row = ClearanceAnswer(clearance_id=found.id, participant_id=member, says=ClearanceSays.CLEARED)
        attach(session, row, container=found)
    session.flush()


def _clearance(session: SystemSession, world: World, parts: Mapping[str, str]) -> Clearance | None:
    if "clearance_id" in parts:
        return session.get(Clearance, UUID(parts["clearance_id"]))
    row = session.get(ClearanceAnswer, _key(world, parts, "answer_id"))
    return session.get(Clearance, row.clearance_id) if row is not None else None


def not_open_to_the_network(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The round runs, and is open to no network."""
    for one in session.scalars(select(OpenedRound).where(OpenedRound.round_id == UUID(parts["round_id"]))):
        one.closed_at = clock.now()


def opened_to_the_network(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """What is opened is a copy of this round, and of nothing else."""
    one, found = session.get(OpenedRound, UUID(parts["opened_id"])), UUID(parts["round_id"])
    if one is None:
        return
    other = session.scalar(select(OpenedRound).where(OpenedRound.round_id == found, OpenedRound.id != one.id))
    if other is not None:
        other.network_id = world.ids["network"]
        session.flush()
    one.round_id, one.closed_at = found, None


def network_comments_wait(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """What was written is not sent."""
    one = session.get(OpenedRound, _key(world, parts, "opened_id"))
    if one is None:
        return
    for comment in session.scalars(select(NetworkComment).where(NetworkComment.opened_id == one.id)):
        comment.sent_at = None


def notice_bounced(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The notice has not arrived yet."""
    _held(session, parts, HoldCause.BOUNCED)


def time_asked(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The member has asked for time, and none is agreed."""
    _held(session, parts, HoldCause.ASKED_FOR_TIME)


def _held(session: SystemSession, parts: Mapping[str, str], cause: HoldCause) -> None:
    hold = session.get(SilenceHold, UUID(parts["hold_id"]))
    if hold is not None:
        hold.cause, hold.until = cause, None


def comments_wait(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """What was sent in the round is written and not sent yet."""
    key = world.links[parts["token"]].subjects[0] if "token" in parts else UUID(parts["round_id"])
    for one in session.scalars(select(Comment).where(Comment.round_id == key)):
        one.sent_at = None


def words_are_not_saved(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whoever comes was writing in this paragraph."""
    paragraph = session.get(TextParagraph, UUID(parts["paragraph_id"]))
    if paragraph is None:
        return
    for person in sorted({one.person for one in world.officials.values() if one is not None}, key=str):
        mine = UnsavedWords(
            paragraph_id=paragraph.id, person_id=person, words=LocalText.of("Half"), based_on=1, kept_at=clock.now()
        )
        attach(session, mine, container=paragraph)
    session.flush()


def comment_is_not_kept(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whoever comes was writing a comment on the whole text."""
    key = world.links[parts["token"]].subjects[0] if "token" in parts else UUID(parts["round_id"])
    found = session.get(CommentRound, key)
    if found is None:
        return
    for person in sorted({one.person for one in world.officials.values() if one is not None}, key=str):
        attach(session, UnsavedComment(round_id=found.id, person_id=person, words="Half", kept_at=clock.now()),
               container=found)  # fmt: skip
    session.flush()


def new_words_are_not_saved(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whoever comes was writing a new paragraph of this text."""
    text = session.get(DraftText, UUID(parts["text_id"]))
    if text is None:
        return
    for person in _officials(world):
        mine = UnsavedWords(
            text_id=text.id,
            form_id=UUID(int=0),
            person_id=person,
            words=LocalText.of("Half"),
            based_on=0,
            kept_at=clock.now(),
        )
        attach(session, mine, container=text)
    session.flush()


def colleagues_comment_is_not_kept(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The colleague was writing of the text as a whole, behind the link."""
    lent = session.get(LentComments, world.links[parts["token"]].subjects[0])
    if lent is None:
        return
    found = session.get_one(CommentRound, lent.round_id)
    mine = UnsavedComment(
        round_id=found.id, person_id=lent.lent_by_person_id, words="Half", about=of_colleague(lent, lent.paragraph_id),
        kept_at=clock.now(),
    )  # fmt: skip
    attach(session, mine, container=found)
    session.flush()


def network_comment_is_not_kept(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whoever comes was writing for the network, of the text as a whole."""
    opened = session.get(OpenedRound, _key(world, parts, "opened_id"))
    if opened is None:
        return
    for person in _officials(world):
        mine = UnsavedComment(opened_id=opened.id, person_id=person, words="Half", about="whole", kept_at=clock.now())
        attach(session, mine, container=opened)
    session.flush()


def _officials(world: World) -> list[UUID]:
    return sorted({one.person for one in world.officials.values() if one is not None}, key=str)


def plans_are_drafts(session: SystemSession, _world: World, _parts: Mapping[str, str]) -> None:
    """No plan is adopted yet, so that an outcome can become a part of one."""
    for plan in session.scalars(select(Plan)):
        plan.state, plan.adopted_on = PlanState.DRAFT, None


def draft_of_last_week(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was over before anybody entered it."""
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    if meeting is not None:
        meeting.starts_on = meeting.ends_on = PartialDate.parse(clock.today() - timedelta(days=7))
        meeting.state, meeting.announced_at = MeetingState.DRAFT, None


def names_by_letter(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The meeting is of a body that asks for a letter, and stands under the same label as before."""
    session.execute(update(Body).where(Body.id == world.ids["plenary"]).values(names_by_letter=True))
    session.execute(update(Meeting).where(Meeting.id == UUID(parts["meeting_id"])).values(body_id=world.ids["plenary"]))
    session.expire_all()


def guest_of_the_meeting(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The guest is one of this meeting."""
    guest = session.get(Guest, UUID(parts["guest_id"]))
    if guest is not None:
        guest.meeting_id = UUID(parts["meeting_id"])


def meeting_is_over(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was held yesterday."""
    yesterday = PartialDate.parse(clock.today() - timedelta(days=1))
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    if meeting is not None:
        meeting.starts_on = meeting.ends_on = yesterday
        meeting.state = MeetingState.HELD


def meeting_has_begun(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It is being held, whatever day it is in its zone, and its agenda is not adopted."""
    yesterday, tomorrow = (clock.today() + timedelta(days=days) for days in (-1, 1))
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    if meeting is not None:
        meeting.starts_on, meeting.ends_on = PartialDate.parse(yesterday), PartialDate.parse(tomorrow)
        meeting.state, meeting.agenda_adopted_at = MeetingState.ANNOUNCED, None


def an_outcome_is_open(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """A meeting of the same body was held before and asked for something."""
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    if meeting is None:
        return
    of_the_body = (Meeting.body_id == meeting.body_id, Meeting.track_id == meeting.track_id, Meeting.id != meeting.id)
    for outcome in session.scalars(select(Outcome).join(Outcome.meeting).where(*of_the_body)):
        outcome.state, outcome.kind, outcome.seen_to_on = OutcomeState.CONFIRMED, "request", None
        if outcome.meeting is not None:
            outcome.meeting.state = MeetingState.HELD


def somebody_attends(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """Who is invited to it has said that it comes."""
    for invitation in session.scalars(select(Invitation).where(Invitation.meeting_id == UUID(parts["meeting_id"]))):
        invitation.answer, invitation.answered_at = Answer.ATTENDS, clock.now()


def _key(world: World, parts: Mapping[str, str], part: str) -> UUID:
    return world.links[parts["token"]].subjects[0] if "token" in parts else UUID(parts[part])


def _is_of_the_member(session: SystemSession, world: World, key: UUID, **fields: Any) -> None:
    document = session.get(Document, key)
    if document is not None:
        document.author_id = world.ids["state member"]
        document.symbol = document.number = document.issued_at = document.released_at = None
        for name, value in fields.items():
            setattr(document, name, value)


def paper_is_prepared(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is the member's, and not sent in yet; of a link to what is lent, the paper that is lent."""
    key = _key(world, parts, "document_id")
    lent = session.get(LentDraft, key)
    key = lent.document_id if lent is not None and lent.document_id is not None else key
    _is_of_the_member(session, world, key, state=DocumentState.PREPARED, submitted_at=None)


def paper_is_sent_in(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is the member's, and nobody has answered."""
    key = _key(world, parts, "document_id")
    for answer in session.scalars(select(PaperAnswer).where(PaperAnswer.document_id == key)):
        session.delete(answer)
    _is_of_the_member(session, world, key, state=DocumentState.SUBMITTED, submitted_at=clock.now())


def paper_is_issued(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is the member's, sent in once, and others have it."""
    document = session.get(Document, _key(world, parts, "document_id"))
    if document is None:
        return
    document.author_id, document.state = world.ids["state member"], DocumentState.ISSUED
    document.symbol = document.symbol or f"CANARY/{document.id}"
    document.submitted_at = document.issued_at = document.released_at = clock.now()


def list_of_one_good_row(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """A list of old papers that waits for a word, and whose row can come in."""
    one = session.get(PaperList, UUID(parts["list_id"]))
    if one is not None:
        [row] = one.content["rows"]
        seen = {name: {"found": name, "size": 1, "sha256": "0" * 64} for name in row["files"].values()}
        one.state, one.content = ListState.LOOKED_AT, {**one.content, "seen": seen}


def list_given_up(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """A list of old papers that was confirmed, and whose job was given up."""
    one = session.get(PaperList, UUID(parts["list_id"]))
    if one is not None:
        one.state, one.job_id = ListState.CONFIRMED, None


def _table(session: SystemSession, parts: Mapping[str, str], rows: list[list[str]]) -> PlanImport | None:
    """The table waits for a word on a plan at work, and these are its rows below the headings."""
    one = session.get(PlanImport, UUID(parts["import_id"]))
    if one is not None:
        one.state, one.became, one.job_id = ImportState.LOOKED_AT, {}, None
        one.kept = packed([Sheet("", [(1, ["Commitment", "Responsible"]), *enumerate(rows, start=2)])])
        one.shape = Shape(columns={0: Column("words", ("en",)), 1: Column("participant")}).to_json()
        session.get_one(Plan, one.plan_id).state = PlanState.ADOPTED
    return one


def table_waits(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """Nobody has confirmed it."""
    _table(session, parts, [["Publish figures", ""]])


def table_with_a_name(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It names somebody nobody knows."""
    _table(session, parts, [["Publish figures", "Atlantis"]])


def table_that_can_come_in(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """All of it can."""
    _table(session, parts, [["Publish figures", session.get_one(Participant, world.ids["state member"]).key]])


def table_given_up(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was confirmed, and its job was given up."""
    one = _table(session, parts, [["Publish figures", ""]])
    if one is not None:
        one.state = ImportState.CONFIRMED


def table_is_in(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It came in, with nothing that stays."""
    one = _table(session, parts, [["Publish figures", ""]])
    if one is not None:
        one.state, one.became = ImportState.DONE, {"parts": [], "commitments": [], "rows": []}


def draft_is_out(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """What is lent is a draft of the member that lies with a colleague since some days."""
    lent = session.get(LentDraft, UUID(parts["lent_id"]))
    if lent is not None and lent.document_id is not None:
        lent.lent_at, lent.reminders, lent.reminded_on = clock.now() - timedelta(days=4), 0, None
        lent.replied_at = lent.closed_at = None
        _is_of_the_member(session, world, lent.document_id, state=DocumentState.PREPARED, submitted_at=None)


def notes_wait(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """Its notes are not circulated, and there is one."""
    meeting = session.get(Meeting, UUID(parts["meeting_id"]))
    notes = session.scalars(select(MeetingNote).where(MeetingNote.meeting_id == UUID(parts["meeting_id"]))).all()
    for note in notes:
        note.is_circulated = False
    if meeting is not None and not notes:
        words = LocalText.of("What was said")
        attach(session, MeetingNote(meeting_id=meeting.id, text=words, is_circulated=False), container=meeting)


def number_not_for_mail(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The product does not write to this address."""
    number = session.get(ContactNumber, UUID(parts["number_id"]))
    if number is not None:
        number.for_mail = False


def of_the_participant(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The proposed lowering is about a commitment, which is its participant's paper."""
    key = world.links[parts["token"]].subjects[0] if "token" in parts else UUID(parts["lowering_id"])
    spot = next((spot for (kind, spot), one in world.at.items() if kind == "ProposedLowering" and one == key), "")
    row, about = session.get(ProposedLowering, key), session.get(Commitment, world.at.get(("Commitment", spot)))
    if row is not None and about is not None:
        row.thing_kind, row.thing_id, row.from_label_id = "commitments", about.id, about.label_id


def members_allow_a_word(session: SystemSession, _world: World, _parts: Mapping[str, str]) -> None:
    """The members have decided that the chair may be asked for a word, somebody chairs, and no word is under way."""
    session.execute(update(FollowUpPolicy).values(chair_rule="The members' decision"))
    session.execute(update(ChairWord).values(called_off_at=clock.now()))


def word_is_open(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The word to the chair was sent, and the chair has not had it yet."""
    one = session.get(ChairWord, UUID(parts["chair_word_id"]))
    if one is not None:
        one.called_off_at = one.spoken_at = None
        one.sent_at = one.sent_at or clock.now()


def two_items(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """The item is not the first of its agenda."""
    item = session.get(AgendaItem, UUID(parts["item_id"]))
    if item is not None:
        item.position = 10_000


def part_is_out(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """A meeting took it out of the adopted text."""
    kinds: tuple[type[Any], ...] = (Area, Objective, Activity)
    for kind in kinds:
        part = session.get(kind, UUID(parts["part_id"]))
        if part is not None:
            part.taken_out_at = clock.now()


def no_emergency(session: SystemSession, _world: World, _parts: Mapping[str, str]) -> None:
    """None runs any more."""
    for access in session.scalars(select(EmergencyAccess).where(EmergencyAccess.confirmed_at.is_not(None))):
        access.ends_at = access.asked_at


def emergency_waits(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was asked for just now and nobody has confirmed it."""
    no_emergency(session, _world, parts)
    access = session.get(EmergencyAccess, UUID(parts["access_id"]))
    if access is not None:
        access.asked_at, access.confirmed_at, access.ends_at = clock.now(), None, None


def emergency_runs(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was confirmed and is not over."""
    emergency_waits(session, _world, parts)
    access = session.get(EmergencyAccess, UUID(parts["access_id"]))
    if access is not None:
        access.confirmed_at, access.ends_at = clock.now(), clock.now() + timedelta(hours=4)


def term_has_ended(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The term was that of the state which chairs the process; nobody has cleared its file."""
    file = session.get(Handover, UUID(parts["handover_id"])) if "handover_id" in parts else None
    key = file.term_id if file is not None else parts.get("term_id")
    term = session.get(ChairTerm, UUID(str(key))) if key else None
    if term is not None:
        term.role, term.participant_id = "chair", world.ids["state chair"]
        term.since, term.until = PartialDate.parse("2025-01-01"), PartialDate.parse("2026-01-01")
    if file is not None:
        file.participant_id, file.cleared_at = world.ids["state chair"], None


def next_chair_is_known(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Somebody chairs after that."""
    term_has_ended(session, world, parts)
    process = session.get_one(Process, world.ids["process"])
    coming = ChairTerm(process_id=process.id, participant_id=world.ids["state member"], role="chair")
    coming.since = PartialDate.parse("2099-01-01")
    coming.process = process
    attach(session, coming, [participants_of(process, session.get_one(Track, world.ids["government"]))])


def term_without_file(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The same, and nobody has begun its file."""
    term_has_ended(session, world, parts)
    for one in session.scalars(select(Handover).where(Handover.term_id == UUID(parts["term_id"]))):
        session.delete(one)
