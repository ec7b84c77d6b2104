"""What stands on the chair's page, in the eyes of the session: as many statements for one row as for many.

Of other states the chair reads what all members read. Where somebody has let the chair alone read more - an obstacle
named to one partner - the page does not gather it: an obstacle stands here where it has the readers of the step it
belongs to, and an update once it is its participant's word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, ScalarSelect, select
from sqlalchemy.orm import Session

from secretariat.chairmanship.chaired import presides
from secretariat.civil_society.queries import awaited_submissions
from secretariat.core.dates import PartialDate
from secretariat.core.labels import Level
from secretariat.core.models import LabelClause
from secretariat.documents import submission_queries
from secretariat.documents.models import Document, DocumentState
from secretariat.follow_up.chair_word import words_for_the_chair
from secretariat.meetings import submissions
from secretariat.meetings.models import AgendaItem, Meeting, MeetingState, Outcome, OutcomeState
from secretariat.plans import plan_page
from secretariat.plans.models import Area, Commitment, CommitmentState, Obstacle, Plan, PlanState, ProgressUpdate
from secretariat.plans.status import CLOSED, NOT_YET_REPORTED, STILL_TO_COME, Status, UpdateState
from secretariat.processes import names
from secretariat.processes.models import Body, ChairTerm, Process
from secretariat.processes.names import Name
from secretariat.reports.models import ChairAdvice, ReportEdition
from secretariat.texts import silence_queries
from secretariat.texts.clearance_models import CLEAR, Clearance, ClearanceAnswer
from secretariat.texts.models import TextEdition
from secretariat.texts.silence import SilenceState
from secretariat.texts.silence_models import SilenceProcedure, TextAdoption

Line = Row[*tuple[Any, ...]]
HELD = (MeetingState.HELD, MeetingState.CLOSED)
AHEAD = (MeetingState.DRAFT, MeetingState.ANNOUNCED)
MOST_NOTES = 20


@dataclass
class AreaStanding:
    """How many commitments of an area of a plan stand where today, by status or `not_yet_reported`."""

    id: UUID
    plan_id: UUID
    plan: Any
    number: str
    title: Any
    counts: dict[str, int] = field(default_factory=dict)
    labels: set[int] = field(default_factory=set)

    @property
    def segments(self) -> list[plan_page.Segment]:
        """The pieces of its bar."""
        return plan_page.bar(self.counts)

    def count(self, one: Line) -> None:
        """One more, where the last word on it puts it."""
        key = NOT_YET_REPORTED if one.status is None else one.status.value
        self.counts[key] = self.counts.get(key, 0) + 1
        self.labels |= {one.label_id, one.area_label_id, one.plan_label_id}


@dataclass
class Standing:
    """Where the commitments of adopted plans stand since a day: each is in one of these lists, or in none where it was
    completed or withdrawn before."""

    reported: list[Line] = field(default_factory=list)
    still_to_come: list[Line] = field(default_factory=list)
    not_yet_reported: list[Line] = field(default_factory=list)
    withdrawn: list[Line] = field(default_factory=list)
    areas: dict[UUID, AreaStanding] = field(default_factory=dict)

    @property
    def areas_by_plan(self) -> list[list[AreaStanding]]:
        """The areas of each plan, the plan adopted last first."""
        return [list(areas) for _plan, areas in groupby(self.areas.values(), key=lambda one: one.plan_id)]

    @property
    def area_labels(self) -> set[int]:
        """The labels of what the bars of the areas count."""
        return {label for one in self.areas.values() for label in one.labels}

    @property
    def total(self) -> int:
        return len(self.reported) + len(self.still_to_come) + len(self.not_yet_reported) + len(self.withdrawn)

    @property
    def completed(self) -> int:
        return sum(one.status is Status.COMPLETED for one in self.reported)

    @property
    def lines(self) -> list[Line]:
        return [*self.reported, *self.still_to_come, *self.not_yet_reported, *self.withdrawn]


@dataclass
class Page:
    """The chair's page. `since` is the last day of the last meeting held of what is chaired, None where none was."""

    terms: Sequence[ChairTerm]
    bodies: dict[UUID, Any]
    since: date | None
    last: Line | None
    ahead: Sequence[Line]
    meetings: dict[UUID, Line]
    outcomes: Sequence[Line]
    adoptions: Sequence[Line]
    releases: Sequence[Line]
    words: Sequence[Any]
    items: Sequence[Line]
    papers: Sequence[Line]
    notes: Sequence[Line]
    advice: Sequence[Line]
    agenda: Sequence[Line]
    unanswered: Sequence[Line]
    standing: Standing
    edition: Line | None
    names: dict[UUID, Name]

    @property
    def asked(self) -> int:
        """How many things wait for the chair's hand; items for the agenda are answered beside it."""
        return sum(map(len, (self.outcomes, self.adoptions, self.releases, self.words, self.papers)))

    @property
    def labels(self) -> set[int]:
        """The labels of all that stands on the page."""
        lines = (
            *self.outcomes,
            *self.adoptions,
            *self.releases,
            *self.items,
            *self.papers,
            *self.notes,
            *self.advice,
            *self.agenda,
            *self.unanswered,
        )
        shown = {one.label_id for one in (*lines, *self.words, *self.standing.lines, *self.ahead)}
        return shown | self.standing.area_labels


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug))


def page(session: Session, process: Process, chaired: Collection[UUID], participant: UUID, on: date) -> Page:
    """All of it, on a day in the zone of the process."""
    meetings = [one for one in _meetings(session, process.id) if presides(chaired, process.id, one.body_id)]
    by_key = {one.id: one for one in meetings}
    last = next((one for one in reversed(meetings) if one.state in HELD and _last_day(one) is not None), None)
    ahead = [one for one in meetings if one.state in AHEAD and (_last_day(one) or on) >= on]
    since = _last_day(last) if last is not None else None
    standing = _standing(session, process, since)
    items = [one for one in submissions.waiting_items(session, process.id) if one.meeting_id in by_key]
    papers = [one for one in submission_queries.waiting_papers(session, process.id) if one.meeting_id in by_key]
    words: Sequence[Any] = words_for_the_chair(session, process.id) if process.id in chaired else []
    called = {one.participant_id for one in (*standing.lines, *items, *words)} | {one.author_id for one in papers}
    named = names.names_of(session, called, process=process.id)
    place = {key: number for number, key in enumerate(names.in_order(named))}
    for lines in (standing.reported, standing.still_to_come, standing.not_yet_reported, standing.withdrawn):
        lines.sort(key=lambda one: place[one.participant_id])
    return Page(
        terms=_terms(session, process.id, chaired, participant, on),
        bodies=_bodies(session, process.id),
        since=since,
        last=last,
        ahead=ahead,
        meetings=by_key,
        outcomes=[one for one in _draft_outcomes(session, process.id) if one.meeting_id in by_key],
        adoptions=_adoptions(session, process.id, chaired),
        releases=_releases(session, process.id, chaired),
        words=words,
        items=items,
        papers=papers,
        notes=_notes(session, process.id, chaired),
        advice=_advice(session, process.id, chaired),
        agenda=_agenda(session, ahead[0].id) if ahead else [],
        unanswered=awaited_submissions(session, process.id, None) if process.id in chaired else [],
        standing=standing,
        edition=_edition(session, process.id),
        names=named,
    )


def _meetings(session: Session, process: UUID) -> Sequence[Line]:
    """All meetings of a process, the first first, those without a day before all."""
    return session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.body_id,
            Meeting.state,
            Meeting.starts_on,
            Meeting.ends_on,
            Meeting.place,
            Meeting.label_id,
        )
        .where(Meeting.process_id == process)
        .order_by(Meeting.starts_on.is_not(None), Meeting.starts_on, Meeting.id)
    ).all()


def _last_day(meeting: Line) -> date | None:
    ends: PartialDate | None = meeting.ends_on or meeting.starts_on
    return ends.last_day if ends is not None else None


def _terms(
    session: Session, process: UUID, chaired: Collection[UUID], participant: UUID, on: date
) -> Sequence[ChairTerm]:
    found = session.scalars(
        select(ChairTerm)
        .where(ChairTerm.process_id == process, ChairTerm.participant_id == participant)
        .order_by(ChairTerm.body_id, ChairTerm.id)
    )
    return [one for one in found if (one.body_id or one.process_id) in chaired and one.held_on(on)]


def _bodies(session: Session, process: UUID) -> dict[UUID, Any]:
    return dict(session.execute(select(Body.id, Body.name).where(Body.process_id == process)).all())


def _draft_outcomes(session: Session, process: UUID) -> Sequence[Line]:
    return session.execute(
        select(Outcome.id, Outcome.text, Outcome.meeting_id, Outcome.label_id)
        .where(Outcome.process_id == process, Outcome.state == OutcomeState.DRAFT, Outcome.meeting_id.is_not(None))
        .order_by(Outcome.meeting_id, Outcome.position, Outcome.id)
    ).all()


def _adoptions(session: Session, process: UUID, chaired: Collection[UUID]) -> list[Line]:
    """Editions whose silence has passed and whose adoption nobody has pronounced yet."""
    rows = session.execute(
        select(
            SilenceProcedure,
            Document.id.label("document_id"),
            Document.title,
            Document.symbol,
            Document.body_id,
            Document.label_id,
        )
        .join(TextEdition, SilenceProcedure.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .outerjoin(TextAdoption, TextAdoption.text_id == TextEdition.text_id)
        .where(
            SilenceProcedure.process_id == process,
            SilenceProcedure.called_off_at.is_(None),
            Document.state == DocumentState.ISSUED,
            TextAdoption.id.is_(None),
        )
        .order_by(SilenceProcedure.opened_at, SilenceProcedure.id)
    ).all()
    covered = [one for one in rows if presides(chaired, process, one.body_id)]
    states = silence_queries.all_stand(session, [one[0] for one in covered])
    return [one for one in covered if states[one[0].id].state is SilenceState.PASSED]


def _releases(session: Session, process: UUID, chaired: Collection[UUID]) -> list[Line]:
    """Common papers for outside forums that every member asked has cleared, and that are not released yet."""
    asked = select(ClearanceAnswer.id).where(ClearanceAnswer.clearance_id == Clearance.id)
    rows = session.execute(
        select(
            Clearance.id,
            Clearance.forum,
            Document.title,
            Document.symbol,
            Document.body_id,
            Document.label_id,
        )
        .join(Document, Clearance.document_id == Document.id)
        .outerjoin(TextEdition, Clearance.edition_id == TextEdition.id)
        .outerjoin(TextAdoption, TextAdoption.text_id == TextEdition.text_id)
        .where(
            Clearance.process_id == process,
            Clearance.released_on.is_(None),
            Clearance.sent_on.is_(None),
            Document.state == DocumentState.ISSUED,
            TextAdoption.id.is_(None),
            asked.exists(),
            ~asked.where(ClearanceAnswer.says.not_in(CLEAR)).exists(),
        )
        .order_by(Clearance.due_on, Clearance.id)
    ).all()
    return [one for one in rows if presides(chaired, process, one.body_id)]


def _notes(session: Session, process: UUID, chaired: Collection[UUID]) -> list[Line]:
    """Papers addressed to the chair by that office, which are nobody's own: advice of the secretariat."""
    rows = session.execute(
        select(
            Document.id,
            Document.title,
            Document.symbol,
            Document.released_at,
            Document.label_id,
            LabelClause.content,
        )
        .join(LabelClause, (LabelClause.label_id == Document.label_id) & (LabelClause.level == Level.NAMED.value))
        .where(
            Document.process_id == process,
            Document.state == DocumentState.ISSUED,
            Document.released_at.is_not(None),
            Document.author_id.is_(None),
        )
        .order_by(Document.released_at.desc(), Document.id)
    ).all()
    wanted = {str(one) for one in chaired}
    addressed = {one.id: one for one in rows if _names_chair(one.content, wanted)}
    return list(addressed.values())[:MOST_NOTES]


def _advice(session: Session, process: UUID, chaired: Collection[UUID]) -> list[Line]:
    """What the secretariat wrote for the chair alone beside its reports, the latest first."""
    rows = session.execute(
        select(
            ChairAdvice.id,
            ChairAdvice.written_at,
            ChairAdvice.from_on,
            ChairAdvice.to_on,
            ChairAdvice.body_id,
            ChairAdvice.label_id,
        )
        .join(Plan, Plan.id == ChairAdvice.plan_id)
        .where(Plan.process_id == process)
        .order_by(ChairAdvice.written_at.desc(), ChairAdvice.id)
    ).all()
    return [one for one in rows if presides(chaired, process, one.body_id)][:MOST_NOTES]


def _names_chair(content: dict[str, Any], chaired: Collection[str]) -> bool:
    return any(kind == "chair" and key in chaired for kind, key in content["audience"])


def _agenda(session: Session, meeting: UUID) -> Sequence[Line]:
    return session.execute(
        select(AgendaItem.id, AgendaItem.number, AgendaItem.title, AgendaItem.minutes, AgendaItem.label_id)
        .where(AgendaItem.meeting_id == meeting, AgendaItem.within_id.is_(None), AgendaItem.is_break.is_(False))
        .order_by(AgendaItem.day, AgendaItem.position)
    ).all()


def _edition(session: Session, process: UUID) -> Line | None:
    return session.execute(
        select(ReportEdition.id, ReportEdition.issued_at, ReportEdition.from_on, ReportEdition.to_on)
        .join(Plan, Plan.id == ReportEdition.plan_id)
        .where(Plan.process_id == process)
        .order_by(ReportEdition.issued_at.desc(), ReportEdition.id)
        .limit(1)
    ).first()


# --- what was reported ----------------------------------------------------------------------------------------------


def _in_force_id() -> ScalarSelect[UUID]:
    """The statement that holds of each commitment of the statement around: `plans.status.in_force`, in SQL."""
    return (
        select(ProgressUpdate.id)
        .where(ProgressUpdate.commitment_id == Commitment.id, ProgressUpdate.state == UpdateState.CONFIRMED)
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )


_COMMITMENTS = (
    select(
        Commitment.id,
        Commitment.participant_id,
        Commitment.words,
        Commitment.due_on,
        Commitment.part_number,
        Commitment.number,
        Commitment.label_id,
        Commitment.plan_id,
        Plan.title.label("plan_title"),
        Plan.label_id.label("plan_label_id"),
        Area.id.label("area_id"),
        Area.number.label("area_number"),
        Area.title.label("area_title"),
        Area.label_id.label("area_label_id"),
        ProgressUpdate.status,
        ProgressUpdate.step,
        ProgressUpdate.stated_at,
        ProgressUpdate.confirmed_at,
        Obstacle.words.label("obstacle"),
        Plan.process_id,
    )
    .join(Plan, Plan.id == Commitment.plan_id)
    .outerjoin(Area, Area.id == Commitment.area_id)
    .outerjoin(ProgressUpdate, ProgressUpdate.id == _in_force_id())
    .outerjoin(Obstacle, (Obstacle.update_id == ProgressUpdate.id) & (Obstacle.label_id == ProgressUpdate.label_id))
    .where(
        Plan.state == PlanState.ADOPTED,
        Commitment.state.in_([CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN]),
    )
    .order_by(Plan.adopted_on.desc(), Plan.id, Commitment.place, Commitment.number, Commitment.id)
)


def _standing(session: Session, process: Process, since: date | None) -> Standing:
    begins = _first_instant(since, process.zone)
    found = Standing()
    for one in session.execute(_COMMITMENTS.where(Plan.process_id == process.id)).all():
        _count_in_area(found, one)
        said = one.confirmed_at is not None and one.confirmed_at >= begins
        if not said and one.status in CLOSED:
            continue
        _list_for(found, one.status if said else None).append(one)
    return found


def _count_in_area(found: Standing, one: Line) -> None:
    """Where it stands by its last word, however old: the bars show the plan as it is. What was withdrawn is in none."""
    if one.area_id is not None and one.status is not Status.WITHDRAWN:
        area = AreaStanding(one.area_id, one.plan_id, one.plan_title, one.area_number, one.area_title)
        found.areas.setdefault(one.area_id, area).count(one)


def _list_for(found: Standing, status: Status | None) -> list[Line]:
    if status is None:
        return found.not_yet_reported
    if status is Status.WITHDRAWN:
        return found.withdrawn
    return found.still_to_come if status in STILL_TO_COME else found.reported


def _first_instant(day: date | None, zone: str) -> datetime:
    if day is None:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time(), ZoneInfo(zone))


def slugs_of(session: Session, processes: Iterable[UUID]) -> Sequence[Line]:
    """Slug and acronym of processes, by acronym."""
    wanted = sorted(processes, key=str)
    return session.execute(
        select(Process.id, Process.slug, Process.acronym).where(Process.id.in_(wanted)).order_by(Process.acronym)
    ).all()
