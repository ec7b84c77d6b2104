"""What the page of a meeting reads: columns, by statements built once, in a number that does not grow with the rows.

It is the page of this feature that is opened most, and a meeting may have sixty items and fifty delegations: to load
them as things would cost more than all the rest of the page. Whose label matters for itself is loaded as a thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm.attributes import set_committed_value

from secretariat.core.database import one_of
from secretariat.core.dates import passed, reached
from secretariat.core.flat import Flat
from secretariat.core.labelling import met_label
from secretariat.core.languages.words import parts_text
from secretariat.core.localtext import LocalText
from secretariat.core.models import Label
from secretariat.core.session import ViewerSession
from secretariat.meetings.models import (
    Adoption,
    AgendaItem,
    Answer,
    Attendance,
    Delegate,
    DelegateRole,
    Invitation,
    ItemProposal,
    ItemState,
    JoinLink,
    Meeting,
    MeetingNote,
    NotedAnswer,
    Outcome,
    OutcomeParty,
    OutcomeState,
    OutcomeStatement,
    PartyRole,
    Sitting,
    StatementKind,
)
from secretariat.processes.models import Body, ChairTerm, Process, StandingKind, Track


class HeldSitting(NamedTuple):
    """A sitting, in wall times of its zone."""

    day: date
    begins: time
    ends: time
    zone: str

    @property
    def begins_wall(self) -> datetime:
        return datetime.combine(self.day, self.begins)

    @property
    def ends_wall(self) -> datetime:
        return datetime.combine(self.day, self.ends)


class ListedItem(NamedTuple):
    """An item of the agenda. `left_by` is the meeting whose outcome it comes from, as far as the reader reads that."""

    id: UUID
    within_id: UUID | None
    day: int
    number: int | None
    title: LocalText
    annotation: LocalText | None
    minutes: int | None
    is_break: bool
    led_by_id: UUID | None
    led_by_text: str
    from_outcome_id: UUID | None
    left_by: UUID | None


class ListedInvitation(NamedTuple):
    """An invitation with the head of its delegation, and whether an answer by telephone awaits confirmation; both as
    far as the reader reads them."""

    id: UUID
    participant_id: UUID
    standing: StandingKind
    invited_at: datetime
    answer_by: date | None
    answer: Answer
    persons: int | None
    will_answer_by: date | None
    attendance: Attendance | None
    noted: UUID | None
    head_name: str | None
    head_function: str | None
    head_ministry: str | None

    @property
    def head_words(self) -> str:
        """Function and ministry of the head of the delegation, as far as they are given."""
        return parts_text([self.head_function or "", self.head_ministry or ""])

    @property
    def awaits_answer(self) -> bool:
        return self.answer in (Answer.AWAITED, Answer.WILL_ANSWER)


class Party(NamedTuple):
    """To whom an outcome speaks, or by whom it is."""

    outcome_id: UUID
    role: PartyRole
    participant_id: UUID | None
    name_text: str


class Statement(NamedTuple):
    """A reservation or an explanation of position, verbatim."""

    outcome_id: UUID
    participant_id: UUID
    kind: StatementKind
    text: LocalText


@dataclass(slots=True)
class ListedOutcome:
    """An outcome with whom it speaks to. `draft` is the outcome itself, while it is one: its label is its own."""

    id: UUID
    number: int | None
    kind: str
    operative_verb: str
    text: LocalText
    addressed_to: str
    due_on: date | None
    state: OutcomeState
    adoption: Adoption | None
    confirmed_word: str
    draft: Outcome | None = None
    parties: list[Party] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)

    def parties_as(self, role: PartyRole) -> list[Party]:
        return [one for one in self.parties if one.role is role]


class Chairing(NamedTuple):
    """Who chairs, and under which theme."""

    participant_id: UUID | None
    name_text: str
    role: str
    theme: LocalText | None


class Opened(NamedTuple):
    """A meeting whose page is opened, with its sittings and whether the reader reads any of what most meetings have
    none of: what there is not is not asked for."""

    meeting: Meeting
    sittings: list[HeldSitting]
    has_proposals: bool
    has_outcomes: bool
    has_notes: bool


def opened(session: ViewerSession, meeting: UUID) -> Opened | None:
    """A meeting with body and process, made from columns; None where the reader may not see its process."""
    rows = session.execute(_MEETING, {"meeting": meeting}).all()
    if not rows:
        return None
    first = rows[0]
    digest, has_proposals, has_outcomes, has_notes = first[-4:]
    sittings = [HeldSitting._make(row[:_SITTING]) for row in rows if row[0] is not None]
    process = _PROCESS_OF.made(session, first[_SITTING:_PROCESS])
    track = _TRACK_OF.made(session, first[_PROCESS:_TRACK], process=process)
    body = _BODY_OF.made(session, first[_TRACK:_BODY])
    if body is not None and process is not None and track is not None:  # it is of the same, where it is its meeting's
        if body.process_id == process.id:
            set_committed_value(body, "process", process)
        if body.track_id == track.id:
            set_committed_value(body, "track", track)
    made = _MEETING_OF.made(session, first[_BODY:-4], process=process, track=track, body=body)
    assert made is not None
    met_label(session, made.label_id, digest)
    return Opened(made, sittings, bool(has_proposals), bool(has_outcomes), bool(has_notes))


def join_address(session: ViewerSession, meeting: UUID) -> str | None:
    """Where one joins online, as far as the reader may."""
    row = session.execute(_JOIN_ADDRESS, {"meeting": meeting}).first()
    return row.address if row is not None else None


def items_of(session: ViewerSession, meeting: UUID) -> list[ListedItem]:
    """The agenda, in order."""
    return [ListedItem._make(row) for row in session.execute(_ITEMS, {"meeting": meeting})]


def invitations_of(session: ViewerSession, meeting: UUID) -> list[ListedInvitation]:
    """Invitations, in no order; of several heads of a delegation the first."""
    found: dict[UUID, ListedInvitation] = {}
    for row in session.execute(_INVITATIONS, {"meeting": meeting}):
        found.setdefault(row.id, ListedInvitation._make(row))
    return list(found.values())


def proposals_of(session: ViewerSession, meeting: UUID) -> Sequence[ItemProposal]:
    """Items that participants propose, the latest last, without those withdrawn; as things, since each has a label of
    its own."""
    return session.scalars(_PROPOSALS, {"meeting": meeting}).all()


def outcomes_of(session: ViewerSession, meeting: UUID) -> list[ListedOutcome]:
    """Outcomes that stand or wait for the chair, in order."""
    found = {row.id: ListedOutcome(*row) for row in session.execute(_OUTCOMES, {"meeting": meeting})}
    if found:
        for party in map(Party._make, session.execute(_PARTIES, {"meeting": meeting})):
            if party.outcome_id in found:
                found[party.outcome_id].parties.append(party)
        for statement in map(Statement._make, session.execute(_STATEMENTS, {"meeting": meeting})):
            if statement.outcome_id in found:
                found[statement.outcome_id].statements.append(statement)
    if any(one.state is OutcomeState.DRAFT for one in found.values()):
        for draft in session.scalars(_DRAFTS, {"meeting": meeting}):
            found[draft.id].draft = draft
    return list(found.values())


def chairing(session: ViewerSession, meeting: Meeting, on: date) -> list[Chairing]:
    """Who chairs the meeting's body on a day; else who chairs the process."""
    values = {"process": meeting.process_id, "body": meeting.body_id}
    held = [row for row in session.execute(_CHAIR_TERMS, values) if _holds(row, on)]
    own = [row for row in held if row.body_id is not None]
    return [Chairing(row.participant_id, row.name_text, row.role, row.theme) for row in own or held]


def has_notes(session: ViewerSession, meeting: UUID) -> bool:
    """Whether the reader may read any note that says something."""
    return any(row.text for row in session.execute(_NOTES, {"meeting": meeting}))


def _holds(row: Any, on: date) -> bool:
    return reached(row.since, on) and not passed(row.until, on)


def participants_named(
    items: Iterable[ListedItem],
    invitations: Iterable[ListedInvitation],
    outcomes: Iterable[ListedOutcome],
    chairs: Iterable[Chairing],
    proposals: Iterable[ItemProposal],
) -> set[UUID | None]:
    """Every participant the lists of the page name, for one look-up."""
    return {
        *(one.led_by_id for one in items),
        *(one.participant_id for one in invitations),
        *(party.participant_id for one in outcomes for party in one.parties),
        *(statement.participant_id for one in outcomes for statement in one.statements),
        *(one.participant_id for one in chairs),
        *(one.participant_id for one in proposals),
    }


# --- statements, built once: to build one takes longer than to ask -------------------------------------------------

_MEETING_ASKED = bindparam("meeting", type_=Meeting.id.type)


def _of_meeting(wanted: Any, key: Any) -> Any:
    return wanted.where(key == _MEETING_ASKED)


_PROCESS_OF = Flat(
    Process,
    # What only the page of a process shows, some of it long.
    without=(Process.other_names, Process.source, Process.region, Process.established, Process.website),
)
_TRACK_OF, _BODY_OF, _MEETING_OF = Flat(Track), Flat(Body), Flat(Meeting)
_SITTING = 4
_PROCESS = _SITTING + len(_PROCESS_OF.columns)
_TRACK = _PROCESS + len(_TRACK_OF.columns)
_BODY = _TRACK + len(_BODY_OF.columns)


def _is_any(kind: Any, *conditions: Any) -> Any:
    return exists().where(kind.meeting_id == Meeting.id, *conditions)


# A row a sitting: a meeting has few, and a statement more costs more than their repeating what is beside them.
_MEETING = _of_meeting(
    select(
        Sitting.day,
        Sitting.begins,
        Sitting.ends,
        Sitting.zone,
        *_PROCESS_OF.columns,
        *_TRACK_OF.columns,
        *_BODY_OF.columns,
        *_MEETING_OF.columns,
        Label.digest,
        _is_any(ItemProposal, ItemProposal.state != ItemState.WITHDRAWN).label("has_proposals"),
        _is_any(Outcome, Outcome.state != OutcomeState.WITHDRAWN).label("has_outcomes"),
        _is_any(MeetingNote, MeetingNote.text.is_not(None)).label("has_notes"),
    )
    .select_from(Meeting)
    .join(Process, Process.id == Meeting.process_id)
    .join(Track, Track.id == Meeting.track_id)
    .join(Label, Label.id == Meeting.label_id)
    .outerjoin(Body, Body.id == Meeting.body_id)
    .outerjoin(Sitting, Sitting.meeting_id == Meeting.id)
    .order_by(Sitting.day, Sitting.begins),
    Meeting.id,
)
_JOIN_ADDRESS = _of_meeting(select(JoinLink.address), JoinLink.meeting_id)
_ITEMS = _of_meeting(
    select(
        AgendaItem.id,
        AgendaItem.within_id,
        AgendaItem.day,
        AgendaItem.number,
        AgendaItem.title,
        AgendaItem.annotation,
        AgendaItem.minutes,
        AgendaItem.is_break,
        AgendaItem.led_by_id,
        AgendaItem.led_by_text,
        AgendaItem.from_outcome_id,
        Outcome.meeting_id,
    )
    .outerjoin(Outcome, Outcome.id == AgendaItem.from_outcome_id)
    .order_by(AgendaItem.day, AgendaItem.position),
    AgendaItem.meeting_id,
)
_INVITATIONS = _of_meeting(
    select(
        Invitation.id,
        Invitation.participant_id,
        Invitation.standing,
        Invitation.invited_at,
        Invitation.answer_by,
        Invitation.answer,
        Invitation.persons,
        Invitation.will_answer_by,
        Invitation.attendance,
        NotedAnswer.id,
        Delegate.name,
        Delegate.function,
        Delegate.ministry,
    )
    .outerjoin(NotedAnswer, NotedAnswer.invitation_id == Invitation.id)
    .outerjoin(Delegate, (Delegate.invitation_id == Invitation.id) & (Delegate.role == DelegateRole.HEAD))
    .order_by(Delegate.position),
    Invitation.meeting_id,
)
_PROPOSALS = _of_meeting(
    select(ItemProposal)
    .where(ItemProposal.state != ItemState.WITHDRAWN)
    .order_by(ItemProposal.proposed_at, ItemProposal.id),
    ItemProposal.meeting_id,
)
_OUTCOMES = _of_meeting(
    select(
        Outcome.id,
        Outcome.number,
        Outcome.kind,
        Outcome.operative_verb,
        Outcome.text,
        Outcome.addressed_to,
        Outcome.due_on,
        Outcome.state,
        Outcome.adoption,
        Outcome.confirmed_word,
    )
    .where(Outcome.state != OutcomeState.WITHDRAWN)
    .order_by(Outcome.position, Outcome.id),
    Outcome.meeting_id,
)
_DRAFTS = _of_meeting(select(Outcome).where(Outcome.state == OutcomeState.DRAFT), Outcome.meeting_id)
_PARTIES = _of_meeting(
    select(OutcomeParty.outcome_id, OutcomeParty.role, OutcomeParty.participant_id, OutcomeParty.name_text)
    .join(Outcome, Outcome.id == OutcomeParty.outcome_id)
    .order_by(OutcomeParty.position),
    Outcome.meeting_id,
)
_STATEMENTS = _of_meeting(
    select(
        OutcomeStatement.outcome_id, OutcomeStatement.participant_id, OutcomeStatement.kind, OutcomeStatement.text
    ).join(Outcome, Outcome.id == OutcomeStatement.outcome_id),
    Outcome.meeting_id,
)
_NOTES = _of_meeting(select(MeetingNote.text).where(MeetingNote.text.is_not(None)), MeetingNote.meeting_id)
_CHAIR_TERMS = (
    select(
        ChairTerm.body_id,
        ChairTerm.participant_id,
        ChairTerm.name_text,
        ChairTerm.role,
        ChairTerm.theme,
        ChairTerm.since,
        ChairTerm.until,
    )
    .where(
        ChairTerm.process_id == bindparam("process", type_=ChairTerm.process_id.type),
        one_of(ChairTerm.role, ("chair", "co_chair")),
        ChairTerm.body_id.is_(None) | (ChairTerm.body_id == bindparam("body", type_=ChairTerm.body_id.type)),
    )
    .order_by(ChairTerm.id)
)
