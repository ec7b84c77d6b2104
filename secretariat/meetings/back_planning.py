"""Reading what milestones need: the rules of bodies, and the signs by which one sees what was reached. Under the
reader's eyes, in a number of statements that does not grow with the meetings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from secretariat.core.database import one_of
from secretariat.core.days_off import closed_in, country_of
from secretariat.documents.models import Document, DocumentState
from secretariat.meetings.clashes import Span
from secretariat.meetings.facets import Invited
from secretariat.meetings.milestone_models import MilestoneKind, MilestoneRule
from secretariat.meetings.milestones import DEFAULTS, OF_A_REPORT, Placed, Rule, Signs, counted, placed
from secretariat.meetings.models import Answer, AttributionRule, Invitation, Meeting, MeetingState
from secretariat.processes.models import Body, LifeState, Process

PLANNED = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.HELD)
"""States in which a meeting has milestones: postponed it waits for its days, closed it waits for nothing."""


PAPERS = ("working_paper", "conference_room_paper", "non_paper", "information_note", "statement", "letter", "other")
"""Kinds of documents that a meeting has before it."""


class Paper(Protocol):
    """What milestones look at of a document."""

    @property
    def kind(self) -> str: ...
    @property
    def state(self) -> DocumentState: ...
    @property
    def released_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class DueMilestone:
    """A milestone of a meeting that is late or due soon, with what of the meeting its list shows."""

    meeting: Row[*tuple[Any, ...]]
    placed: Placed


def rules_of(session: Session, bodies: Iterable[UUID]) -> dict[UUID, list[MilestoneRule]]:
    """The rules each of these bodies has of its own, in use or not."""
    found: dict[UUID, list[MilestoneRule]] = defaultdict(list)
    for one in session.scalars(select(MilestoneRule).where(MilestoneRule.body_id.in_(sorted(bodies, key=str)))):
        found[one.body_id].append(one)
    return found


def kept(rules: Sequence[MilestoneRule], *, has_report: bool = True) -> list[Rule]:
    """What a body with these rules keeps; that of the product where it has none of its own."""
    own = [Rule(one.kind, one.days, one.anchor) for one in rules if one.in_use] if rules else list(DEFAULTS)
    return [one for one in own if has_report or one.kind not in OF_A_REPORT]


def noted_of(noted: Mapping[str, str]) -> dict[MilestoneKind, date]:
    """The milestones noted as reached, as they stand in a meeting's row."""
    return {MilestoneKind(kind): date.fromisoformat(day) for kind, day in noted.items()}


def has_report(attribution: AttributionRule) -> bool:
    """Whether a meeting under this rule is reported on."""
    return attribution is not AttributionRule.OFF_THE_RECORD


def papers_out_on(papers: Iterable[Paper]) -> date | None:
    """The day on which the last of a meeting's papers came out; None while one is still to come out, or none is there.
    Agenda, reports and what a meeting adopted are no papers for it."""
    kept = [one for one in papers if one.kind in PAPERS and one.state in (DocumentState.DRAFT, DocumentState.ISSUED)]
    if not kept or any(one.released_at is None for one in kept):
        return None
    return max(one.released_at.date() for one in kept if one.released_at is not None)


def papers_wait(papers: Iterable[Paper]) -> bool:
    """Whether some paper of a meeting is there and not out yet."""
    kept = (one for one in papers if one.kind in PAPERS and one.state in (DocumentState.DRAFT, DocumentState.ISSUED))
    return any(one.released_at is None for one in kept)


def milestones_of(
    session: Session, meeting: Meeting, invitations: Sequence[Invited], *, papers: Iterable[Paper] = (), on: date
) -> list[Placed]:
    """How the milestones of a meeting stand on a day; none where it has no days, has ended, is known from a source, or
    where its reader does not read the body whose rules they follow."""
    days = _days_of(meeting)
    hidden = meeting.body_id is not None and meeting.body is None
    if days is None or hidden or meeting.source or meeting.state not in PLANNED or _was_entered_afterwards(meeting):
        return []
    own = rules_of(session, [meeting.body_id])[meeting.body_id] if meeting.body_id is not None else []
    signs = Signs(
        days,
        meeting.announced_at.date() if meeting.announced_at is not None else None,
        min((one.invited_at.date() for one in invitations), default=None),
        not any(one.awaits_answer for one in invitations),
        meeting.agenda_issued_at.date() if meeting.agenda_issued_at is not None else None,
        papers_out_on(papers),
        noted_of(meeting.noted),
    )
    rules = kept(own, has_report=has_report(meeting.attribution))
    return placed(counted(rules, days, closed_in(country_of(meeting.zone))), signs, on)


def day_of(session: Session, meeting: Meeting, kind: MilestoneKind) -> date | None:
    """The day on which a milestone of a meeting is due; None where the meeting keeps none of this kind."""
    found = milestones_of(session, meeting, (), on=date.min)
    return next((one.due_on for one in found if one.kind is kind), None)


def due_milestones(session: Session, on: date, process: UUID | None = None) -> list[DueMilestone]:
    """Milestones of all meetings that are late or due within a week, as far as the reader reads the meetings."""
    meetings = [one for one in session.execute(_planned(process)) if _days_of(one) is not None]
    if not meetings:
        return []
    keys = [one.id for one in meetings]
    rules = rules_of(session, {one.body_id for one in meetings if one.body_id is not None})
    invitations: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    asked = select(Invitation.meeting_id, Invitation.invited_at, Invitation.answer)
    for row in session.execute(asked.where(Invitation.meeting_id.in_(keys))):
        invitations[row.meeting_id].append(row)
    papers: dict[UUID | None, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    shown = select(Document.meeting_id, Document.kind, Document.state, Document.released_at)
    for paper in session.execute(shown.where(Document.meeting_id.in_(keys), Document.kind.in_(PAPERS))):
        papers[paper.meeting_id].append(paper)
    found = []
    for one in meetings:
        signs = _signs(one, invitations[one.id], papers[one.id])
        kept_rules = kept(rules.get(one.body_id, []), has_report=has_report(one.attribution))
        for each in placed(counted(kept_rules, signs.days, closed_in(country_of(one.zone))), signs, on):
            if each.is_soon:
                found.append(DueMilestone(one, each))
    return found


def _signs(
    one: Row[*tuple[Any, ...]],
    invitations: Sequence[Row[*tuple[Any, ...]]],
    papers: Sequence[Row[*tuple[Any, ...]]],
) -> Signs:
    days = _days_of(one)
    assert days is not None
    waiting = any(each.answer in (Answer.AWAITED, Answer.WILL_ANSWER) for each in invitations)
    invited_on = min((each.invited_at.date() for each in invitations), default=None)
    known_on = one.announced_at.date() if one.announced_at is not None else None
    issued_on = one.agenda_issued_at.date() if one.agenda_issued_at is not None else None
    return Signs(days, known_on, invited_on, not waiting, issued_on, papers_out_on(papers), noted_of(one.noted))


def _was_entered_afterwards(meeting: Meeting) -> bool:
    """An old meeting, recorded and never announced: nothing around it is still to be done."""
    return meeting.state is MeetingState.HELD and meeting.announced_at is None


def _days_of(one: Any) -> Span | None:
    """The days of a meeting, where they are known to the day."""
    if one.starts_on is None or one.starts_on.precision != "day":
        return None
    return Span(one.starts_on.first_day, (one.ends_on or one.starts_on).last_day)


def _planned(process: UUID | None) -> Any:
    wanted = (
        select(
            Meeting.id, Meeting.title, Meeting.label_id, Meeting.process_id, Meeting.track_id, Meeting.body_id,
            Meeting.starts_on, Meeting.ends_on, Meeting.zone, Meeting.attribution, Meeting.announced_at, Meeting.noted,
            Meeting.agenda_issued_at,
        )
        .join(Process, Meeting.process_id == Process.id)
        .outerjoin(Body, Meeting.body_id == Body.id)
        .where(
            one_of(Meeting.state, PLANNED),
            Meeting.source == "",
            or_(Meeting.state != MeetingState.HELD, Meeting.announced_at.is_not(None)),
            Process.state == LifeState.ACTIVE,
            or_(Meeting.body_id.is_(None), Body.state == LifeState.ACTIVE),
        )
        .order_by(Meeting.starts_on, Meeting.id)
    )  # fmt: skip
    return wanted if process is None else wanted.where(Meeting.process_id == process)
