"""Named reads of follow-up: policies, recipients, and what was sent to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from secretariat.core.awaited import office_of
from secretariat.core.dates import PartialDate
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory.models import Appointment, RoleName
from secretariat.follow_up import wording
from secretariat.follow_up.models import (
    UNSENT,
    Digest,
    DigestSeries,
    FollowUpPolicy,
    LetterTemplate,
    PlanFollowUpPolicy,
    Reminder,
)
from secretariat.follow_up.planner import QUARTER_DAYS, Asked, MeetingAhead, Series
from secretariat.follow_up.unanswered import ALTERNATE
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans.models import Plan, PlanState
from secretariat.processes.models import Body, Participation, StandingKind

FIRST = (RoleName.FOCAL_POINT, RoleName.REPRESENTATIVE)
"""Who is asked first: the focal points of a government, who represents an organization in its network."""
RECIPIENTS = (*FIRST, RoleName.ALTERNATE)
"""Who is asked: those; alternates where there is no focal point."""
SPEAKING = ""
"""The office of who speaks for a participant (`Awaited.office`); every other is called as its role."""
OWN_OFFICES = (RoleName.LIAISON_OFFICER,)
"""Roles that are asked on their own: what awaits them awaits nobody else."""
NOT_ASKED = (StandingKind.FORMER, StandingKind.SUSPENDED)
"""Standings of those whose people are asked nothing."""


def policy_of(session: Session, process: UUID, track: UUID) -> FollowUpPolicy | None:
    """The policy of a track; None where it keeps the defaults."""
    return session.scalar(
        select(FollowUpPolicy).where(FollowUpPolicy.process_id == process, FollowUpPolicy.track_id == track)
    )


def template_of(session: Session, process: UUID, track: UUID, language: str) -> LetterTemplate | None:
    """The words a track has written for its digests in a language; None for the usual ones."""
    return session.scalar(
        select(LetterTemplate).where(
            LetterTemplate.process_id == process, LetterTemplate.track_id == track, LetterTemplate.language == language
        )
    )


def templates_of(session: Session, process: UUID, track: UUID) -> dict[str, LetterTemplate]:
    """The words a track has written for its digests, by language."""
    wanted = select(LetterTemplate).where(LetterTemplate.process_id == process, LetterTemplate.track_id == track)
    return {one.language: one for one in session.scalars(wanted)}


def unusable_words(session: Session, process: UUID, track: UUID) -> dict[str, str]:
    """Languages in which a track's own words cannot be used any more, and why: the usual words go out meanwhile."""
    found = {}
    for language, row in templates_of(session, process, track).items():
        try:
            wording.check(row.text, language)
        except wording.Unusable as unusable:
            found[language] = unusable.sentence
    return found


def plan_policies(session: Session, process: UUID, track: UUID) -> Sequence[PlanFollowUpPolicy]:
    """The policies that plans of a track have of their own."""
    wanted = select(PlanFollowUpPolicy).join(Plan, Plan.id == PlanFollowUpPolicy.plan_id)
    return session.scalars(wanted.where(Plan.process_id == process, Plan.track_id == track)).all()


def plan_policy_of(session: Session, plan: UUID) -> PlanFollowUpPolicy | None:
    """The policy a plan has of its own; None where it keeps that of its process."""
    return session.scalar(select(PlanFollowUpPolicy).where(PlanFollowUpPolicy.plan_id == plan))


def bodies_that_adopted(session: Session, process: UUID, track: UUID) -> dict[UUID, UUID | None]:
    """The adopted plans of a track, and of each the body at whose meeting it was adopted, where that is known."""
    wanted = (
        select(Plan.id, Meeting.body_id)
        .outerjoin(Meeting, Meeting.id == Plan.adopted_meeting_id)
        .where(Plan.process_id == process, Plan.track_id == track, Plan.state == PlanState.ADOPTED)
    )
    return {row.id: row.body_id for row in session.execute(wanted)}


@dataclass(frozen=True, slots=True)
class BodyMeets:
    """That a body meets: before it there may be a round. `body` is None for a meeting of the whole process."""

    ahead: MeetingAhead
    body: UUID | None
    is_technical: bool


def meetings_ahead(session: Session, process: UUID, track: UUID, today: date) -> list[BodyMeets]:
    """The announced meetings of a track whose first day is fixed and still to come, as far as the session reads."""
    wanted = (
        select(Meeting.id, Meeting.starts_on, Meeting.body_id, Body.level)
        .outerjoin(Body, Body.id == Meeting.body_id)
        .where(
            Meeting.process_id == process,
            Meeting.track_id == track,
            Meeting.state == MeetingState.ANNOUNCED,
            Meeting.starts_on > PartialDate.parse(today),
        )
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return [
        BodyMeets(MeetingAhead(key, starts.first_day), body, level == "technical")
        for key, starts, body, level in session.execute(wanted)
        if starts is not None and starts.first_day == starts.last_day
    ]


def gone(session: Session, process: UUID, track: UUID, on: date) -> set[UUID | None]:
    """Participants that have left or are suspended: their people are asked nothing."""
    of_track = (Participation.process_id == process, Participation.track_id == track)
    standings = session.scalars(select(Participation).where(*of_track, Participation.standing.in_(NOT_ASKED)))
    return {one.participant_id for one in standings if one.held_on(on)}


def recipients(session: Session, process: UUID, track: UUID, on: date) -> dict[UUID, list[UUID]]:
    """Persons who are asked, by participant: its focal points or representatives today, else its alternates. Who has
    left or is suspended may keep what it was sent and is asked nothing."""
    away = gone(session, process, track, on)
    held: dict[UUID, dict[RoleName, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    wanted = select(Appointment).where(
        Appointment.process_id == process, Appointment.track_id == track, Appointment.role.in_(RECIPIENTS)
    )
    for one in session.scalars(wanted.order_by(Appointment.since, Appointment.id)):
        if one.held_on(on) and one.participant_id is not None and one.participant_id not in away:
            held[one.participant_id][one.role].append(one.person_id)
    return {
        participant: list(dict.fromkeys(next(by_role[role] for role in RECIPIENTS if by_role[role])))
        for participant, by_role in held.items()
    }


def asked(session: Session, process: UUID, track: UUID, on: date) -> dict[UUID, dict[UUID, frozenset[str]]]:
    """Everybody who is asked, by participant and person, and in which offices: those of `recipients` for all that
    awaits who speaks for the participant, liaison officers for what awaits them, each for what awaits that person."""
    found: dict[UUID, dict[UUID, frozenset[str]]] = defaultdict(dict)
    for participant, persons in recipients(session, process, track, on).items():
        found[participant] = dict.fromkeys(persons, frozenset({SPEAKING}))
    away = gone(session, process, track, on)
    wanted = select(Appointment).where(
        Appointment.process_id == process, Appointment.track_id == track, Appointment.role.in_(OWN_OFFICES)
    )
    for one in session.scalars(wanted.order_by(Appointment.since, Appointment.id)):
        if one.held_on(on) and one.participant_id is not None and one.participant_id not in away:
            of_it = found[one.participant_id]
            of_it[one.person_id] = of_it.get(one.person_id, frozenset()) | {one.role.value}
    return {
        participant: {person: offices | {office_of(person)} for person, offices in persons.items()}
        for participant, persons in found.items()
    }


def offices_held(viewer: Viewer, track: UUID) -> frozenset[str]:
    """In which offices somebody is asked on a track, by the roles held under the hat."""
    held = {one.name for one in viewer.roles if one.track == track}
    own = {one.value for one in OWN_OFFICES} & held
    if viewer.person is not None:
        own.add(office_of(viewer.person))
    return frozenset(own | ({SPEAKING} if held & {one.value for one in RECIPIENTS} else set()))


HANDOVER = "handover"
"""The step at which a successor is told of what is open and has no step of its own today."""
OCCASIONS = (HANDOVER, ALTERNATE)
NEWLY = timedelta(days=60)
"""For how long after a handover the first message to a successor tells of all that is open."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who speaks for the participants of a track today: focal points (or representatives), and alternates beside them;
    and who of either followed somebody lately."""

    focal_points: Mapping[UUID, Sequence[UUID]]
    beside: Mapping[UUID, Sequence[UUID]]
    successors: frozenset[tuple[UUID, UUID]]
    """Participant and person."""


def offices(session: Session, process: UUID, track: UUID, on: date) -> Office:
    """Who speaks for whom on a day, less participants that have left or are suspended."""
    away = gone(session, process, track, on)
    held: dict[UUID, dict[RoleName, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    wanted = select(Appointment).where(
        Appointment.process_id == process, Appointment.track_id == track, Appointment.role.in_(RECIPIENTS)
    )
    every = [one for one in session.scalars(wanted.order_by(Appointment.since, Appointment.id)) if one.participant_id]
    ended = {(one.participant_id, one.role, one.until) for one in every if one.until is not None}
    successors = set()
    for one in every:
        if one.participant_id is None or one.participant_id in away or not one.held_on(on):
            continue
        held[one.participant_id][one.role].append(one.person_id)
        if one.since > on - NEWLY and (one.participant_id, one.role, one.since) in ended:
            successors.add((one.participant_id, one.person_id))
    focal_points = {key: [one for role in FIRST for one in by_role[role]] for key, by_role in held.items()}
    beside = {
        key: [one for one in by_role[RoleName.ALTERNATE] if one not in focal_points[key]]
        for key, by_role in held.items()
        if focal_points[key]
    }
    return Office(focal_points, {key: persons for key, persons in beside.items() if persons}, frozenset(successors))


def series_of(session: Session, person: UUID, hat: Hat, process: UUID, track: UUID) -> DigestSeries | None:
    """The digests of one person under one hat in one process and track."""
    return session.scalar(
        select(DigestSeries).where(
            DigestSeries.person_id == person,
            DigestSeries.hat == str(hat),
            DigestSeries.process_id == process,
            DigestSeries.track_id == track,
        )
    )


def series_in(session: Session, process: UUID, track: UUID) -> dict[tuple[UUID, Hat], DigestSeries]:
    """Every series of a track, by person and hat."""
    wanted = select(DigestSeries).where(DigestSeries.process_id == process, DigestSeries.track_id == track)
    return {(one.person_id, Hat.parse(one.hat)): one for one in session.scalars(wanted)}


def asked_to_ring(session: Session) -> Sequence[DigestSeries]:
    """Who asked to be rung and was not rung yet, first come first, as far as the reader may know."""
    wanted = select(DigestSeries).where(DigestSeries.ring_asked_at.is_not(None))
    return session.scalars(wanted.order_by(DigestSeries.ring_asked_at, DigestSeries.id)).all()


def histories(session: Session, series: Iterable[DigestSeries]) -> dict[UUID, Series]:
    """What the planner needs of several series, in two statements. The series were read under the reader's eyes."""
    rows = {one.id: one for one in series}
    sent: dict[UUID, list[date]] = defaultdict(list)
    asked: dict[UUID, set[Asked]] = defaultdict(set)
    belongs: dict[UUID, UUID] = {}
    last: dict[UUID, Digest] = {}
    by_digest: dict[UUID, set[Asked]] = defaultdict(set)
    for one in session.scalars(select(Digest).where(Digest.series_id.in_(sorted(rows, key=str)))):
        belongs[one.id] = one.series_id
        if one.kind not in UNSENT:
            sent[one.series_id].append(one.window)
            if one.series_id not in last or last[one.series_id].window < one.window:
                last[one.series_id] = one
    for reminder in session.scalars(select(Reminder).where(Reminder.digest_id.in_(sorted(belongs, key=str)))):
        what = Asked(reminder.kind, reminder.subject_id, reminder.step, reminder.cycle)
        asked[belongs[reminder.digest_id]].add(what)
        by_digest[reminder.digest_id].add(what)
    return {
        key: Series(
            tuple(sorted(sent[key])),
            frozenset(asked[key]),
            row.not_before,
            last[key].away_on if key in last else None,
            frozenset(by_digest[last[key].id]) if key in last else frozenset(),
        )
        for key, row in rows.items()
    }


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a digest asks: of which cycle, and since which day a word on it would be an answer."""

    subject: UUID
    cycle: str
    since: date


def questions_of(session: Session, digest: Digest) -> list[Question]:
    """What a digest asks: its own reminders, and those of earlier ones of its series that never left and give way to
    it. Read past the filter: where a mail stands is not its recipient's to read."""
    with system_access(session, Reason.FOLLOW_UP) as system:
        rows = system.execute(
            select(Reminder.subject_id, Reminder.cycle, Digest.window)
            .join(Digest, Digest.id == Reminder.digest_id)
            .outerjoin(OutboxMessage, OutboxMessage.id == Digest.mail_id)
            .where(
                Digest.series_id == digest.series_id,
                or_(
                    Digest.id == digest.id,
                    and_(
                        Digest.window < digest.window,
                        Digest.window > digest.window - timedelta(QUARTER_DAYS),
                        OutboxMessage.state.not_in((MailState.SENT, MailState.IN_DOUBT)),
                        OutboxMessage.transmitting_at.is_(None),
                    ),
                ),
            )
        )
        return [Question(*row) for row in rows]


def occasion_of(session: Session, digest: Digest) -> str:
    """Why a digest comes to its reader, where that is to be said: what the focal point left to the alternate, or what a
    successor finds open."""
    steps = set(session.scalars(select(Reminder.step).where(Reminder.digest_id == digest.id)))
    return next((step for step in OCCASIONS if step in steps), "")


def later_digest(session: Session, digest: Digest) -> Digest | None:
    """A digest of the same series that came after this one and was sent or is about to be."""
    return session.scalar(
        select(Digest)
        .where(Digest.series_id == digest.series_id, Digest.window > digest.window, Digest.kind.not_in(UNSENT))
        .limit(1)
    )
