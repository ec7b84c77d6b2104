"""The facts of ownership, each a row of the product, in the eyes of the session. Constant numbers of statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session, selectinload

from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import Answer, Attendance, Delegate, Invitation, Meeting, MeetingState
from secretariat.plans.models import Area, Commitment, CommitmentState, Plan, PlanState, ProgressUpdate
from secretariat.plans.status import NOT_YET_REPORTED, UpdateState
from secretariat.processes.models import ChairTerm, Process, Track, TrackKind

HELD = (MeetingState.HELD, MeetingState.CLOSED)
CAME = (Attendance.PRESENT, Attendance.REPRESENTED)


class Figure(StrEnum):
    """What is counted."""

    ATTENDED = "attended"  # part: came, again (also to the one before), not_there, not_noted; within: year
    ANSWERED = "answered"  # part: answered, not_yet; within: year
    PERSONS = "persons"  # part: level; within: year
    HOSTED = "hosted"  # part: meeting, chair; within: year
    FOLLOWED = "followed"  # part: status, or not_yet_reported; within: area


@dataclass(frozen=True, slots=True)
class Fact:
    """One row behind a figure. `within` is the year, or the id of an area; `beside` what more is said of it."""

    figure: Figure
    participant: UUID
    part: str
    within: str
    title: LocalText | str
    address: str
    on: PartialDate | None
    label_id: int
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All of them, with the titles of the areas."""

    rows: Sequence[Fact]
    areas: Mapping[str, LocalText]

    def of(self, participant: UUID) -> Facts:
        """Those of one participant."""
        return Facts([one for one in self.rows if one.participant == participant], self.areas)

    def behind(self, figure: Figure, *parts: str, within: str | None = None) -> list[Fact]:
        """The rows behind one figure: of these parts, or of all."""
        return [
            one
            for one in self.rows
            if one.figure is figure and (not parts or one.part in parts) and within in (None, one.within)
        ]

    def within(self, *figures: Figure) -> list[str]:
        """The years, the latest first, or areas in which there is anything."""
        return sorted({one.within for one in self.rows if one.figure in figures}, reverse=True)

    def by_participant(
        self, figure: Figure, parts: Iterable[str], within: str, grouped: Mapping[str, str]
    ) -> dict[str, dict[UUID, int]]:
        """How many each participant adds to each part: what sums are told of. `grouped` puts parts together."""
        found: dict[str, dict[UUID, int]] = {part: {} for part in parts}
        for one in self.behind(figure, within=within):
            numbers = found.setdefault(grouped.get(one.part, one.part), {})
            numbers[one.participant] = numbers.get(one.participant, 0) + 1
        return found


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalar(select(Process).where(Process.slug == slug).options(selectinload(Process.tracks)))


def governments(process: Process) -> Track | None:
    """The side of a process whose ownership is meant."""
    return next((one for one in process.tracks if one.kind is TrackKind.GOVERNMENT), None)


def facts(session: Session, process: UUID, track: UUID) -> Facts:
    """Everything on record of a process, as far as the reader reads it. Six statements."""
    areas = session.execute(
        select(Area.id, Area.title).join(Plan, Area.plan_id == Plan.id).where(Plan.process_id == process)
    )
    rows = [
        *_invitations(session, track),
        *_persons(session, track),
        *_hosted(session, track),
        *_chaired(session, process),
        *_followed(session, track),
    ]
    return Facts(rows, {str(key): title for key, title in areas})


def _year(on: PartialDate | None) -> str:
    return str(on.first_day.year) if on is not None else ""


def _invitations(session: Session, track: UUID) -> Iterator[Fact]:
    rows = session.execute(
        select(
            Invitation.participant_id,
            Invitation.answer,
            Invitation.attendance,
            Invitation.answered_at,
            Meeting.id,
            Meeting.body_id,
            Meeting.title,
            Meeting.starts_on,
            Meeting.label_id,
        )
        .join(Meeting, Invitation.meeting_id == Meeting.id)
        .where(Meeting.track_id == track, one_of(Meeting.state, HELD))
        .order_by(Meeting.starts_on.desc(), Meeting.id)
    ).all()
    before: dict[tuple[UUID, UUID | None], bool] = {}
    again = set()
    for one in reversed(rows):  # from the first meeting of each body on
        there, place = one.attendance in CAME, (one.participant_id, one.body_id)
        if there and before.get(place):
            again.add((one.participant_id, one.id))
        before[place] = there
    for one in rows:
        where = (_year(one.starts_on), one.title, f"/meetings/{one.id}", one.starts_on, one.label_id)
        came = "not_noted" if one.attendance is None else "came" if one.attendance in CAME else "not_there"
        came = "again" if (one.participant_id, one.id) in again else came
        yield Fact(Figure.ATTENDED, one.participant_id, came, *where)
        answered = one.answer in (Answer.ATTENDS, Answer.REGRETS)
        if answered or one.answered_at is not None or one.attendance is None:
            yield Fact(Figure.ANSWERED, one.participant_id, "answered" if answered else "not_yet", *where)


def _persons(session: Session, track: UUID) -> Iterator[Fact]:
    for one in session.execute(
        select(
            Delegate.name,
            Delegate.ministry,
            Delegate.level,
            Delegate.label_id,
            Invitation.participant_id,
            Meeting.id,
            Meeting.starts_on,
        )
        .join(Invitation, Delegate.invitation_id == Invitation.id)
        .join(Meeting, Invitation.meeting_id == Meeting.id)
        .where(Meeting.track_id == track, one_of(Meeting.state, HELD), one_of(Invitation.attendance, CAME))
        .order_by(Meeting.starts_on.desc(), Meeting.id, Delegate.position, Delegate.id)
    ):
        yield Fact(
            Figure.PERSONS, one.participant_id, one.level or "not_said", _year(one.starts_on), one.name,
            f"/meetings/{one.id}", one.starts_on, one.label_id, one.ministry,
        )  # fmt: skip


def _hosted(session: Session, track: UUID) -> Iterator[Fact]:
    for one in session.execute(
        select(Meeting.host_id, Meeting.id, Meeting.title, Meeting.starts_on, Meeting.label_id)
        .where(Meeting.track_id == track, one_of(Meeting.state, HELD), Meeting.host_id.is_not(None))
        .order_by(Meeting.starts_on.desc(), Meeting.id)
    ):
        address = f"/meetings/{one.id}"
        yield Fact(
            Figure.HOSTED, one.host_id, "meeting", _year(one.starts_on), one.title, address, one.starts_on, one.label_id
        )


def _chaired(session: Session, process: UUID) -> Iterator[Fact]:
    for one in session.execute(
        select(ChairTerm.participant_id, ChairTerm.since, ChairTerm.label_id, Process.name, Process.slug)
        .join(Process, ChairTerm.process_id == Process.id)
        .where(
            ChairTerm.process_id == process,
            ChairTerm.participant_id.is_not(None),
            one_of(ChairTerm.role, ("chair", "co_chair", "host")),
        )
        .order_by(ChairTerm.since.desc(), ChairTerm.id)
    ):
        address = f"/processes/{one.slug}#chair"
        yield Fact(
            Figure.HOSTED, one.participant_id, "chair", _year(one.since), one.name, address, one.since, one.label_id
        )


def _followed(session: Session, track: UUID) -> Iterator[Fact]:
    for one in session.execute(
        select(
            Commitment.participant_id,
            Commitment.id,
            Commitment.words,
            Commitment.area_id,
            Commitment.label_id,
            ProgressUpdate.status,
        )
        .join(Plan, Commitment.plan_id == Plan.id)
        .outerjoin(ProgressUpdate, ProgressUpdate.id == _in_force_id())
        .where(
            Plan.track_id == track,
            Plan.state != PlanState.DRAFT,
            one_of(Commitment.state, (CommitmentState.ACCEPTED, CommitmentState.WITHDRAWN)),
        )
        .order_by(Commitment.place, Commitment.number, Commitment.id)
    ):
        status = one.status.value if one.status is not None else NOT_YET_REPORTED
        yield Fact(
            Figure.FOLLOWED, one.participant_id, status, str(one.area_id or ""), one.words, f"/commitments/{one.id}",
            None, one.label_id,
        )  # fmt: skip


def _in_force_id() -> ScalarSelect[UUID]:
    return (
        select(ProgressUpdate.id)
        .where(ProgressUpdate.commitment_id == Commitment.id, ProgressUpdate.state == UpdateState.CONFIRMED)
        .order_by(ProgressUpdate.stated_at.desc(), ProgressUpdate.entered_at.desc(), ProgressUpdate.id)
        .limit(1)
        .correlate(Commitment)
        .scalar_subquery()
    )
