"""Follow-up at work: the scan that finds what is due and puts digests into the outbox, and what officers and
recipients do about it.

Everything is worked out when it is looked at. Stored is only what was asked: reminders, in the digest they went in.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from secretariat.core import after_commit, audit, awaited, clock
from secretariat.core.awaited import Awaited
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, SystemSession, ViewerSession, looking_as, system_access, system_unit
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.directory import viewers
from secretariat.follow_up import contact_queries, planner, queries, unanswered
from secretariat.follow_up import manner as manners
from secretariat.follow_up.manner import Manner, item_of, items_of, manner_of
from secretariat.follow_up.models import (
    UNSENT,
    Digest,
    DigestKind,
    DigestSeries,
    FollowUpPolicy,
    PlanFollowUpPolicy,
    Reminder,
)
from secretariat.follow_up.planner import Due, Item, Rules, Series, Step
from secretariat.follow_up.quiet import next_day, quiet_days
from secretariat.mail import outbox
from secretariat.mail.recipients import reading_of
from secretariat.plans.models import Plan
from secretariat.processes import clauses
from secretariat.processes.models import LifeState, Participant, Process, Track

__all__ = ["Manner", "item_of", "manner_of"]

log = structlog.get_logger()

NOTICE = "digest"
LATEST_HOUR = 18
"""A digest that could not go earlier waits for the next day after this hour of the recipient's."""
ROUND_DAYS = 7


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person under one hat in one process and track: whoever gets one digest."""

    person: UUID
    hat: Hat
    process: UUID
    track: UUID


@dataclass(frozen=True, slots=True)
class Where:
    """The recipient's clock and days off."""

    zone: str
    is_quiet: Callable[[date], bool]

    @property
    def now(self) -> datetime:
        return clock.now().astimezone(ZoneInfo(self.zone))


def where_of(system: SystemSession, who: Recipient, manner: Manner) -> Where:
    """The recipient's zone, from the card or the process, and the weekend of its country."""
    zone = reading_of(system, who.person, who.process, who.track)[1]
    participant = system.get(Participant, who.hat.id) if who.hat.kind is HatKind.PARTICIPANT else None
    country = (participant.iso or "") if participant else ""
    is_quiet = quiet_days(
        country, zone, weekends=manner.quiet_weekends, holidays=manner.quiet_holidays, periods=manner.quiet_periods
    )
    return Where(zone, is_quiet)


# --- the scan -------------------------------------------------------------------------------------------------


def scan(engine: Engine) -> Counter[str]:
    """Put a digest into the outbox for everybody to whom one is due now; how many, and how many broke.

    Each recipient has a transaction of their own: who is broken stops nobody else. Run by two at once, or twice, it
    changes nothing.
    """
    tally: Counter[str] = Counter()
    for who in _candidates(engine):
        try:
            tally["digests"] += remind(engine, who)
        except IntegrityError:  # another scan was first
            tally["there already"] += 1
        except Exception:
            log.exception("follow-up of one recipient failed", person=str(who.person), process=str(who.process))
            tally["broken"] += 1
    return tally


def _candidates(engine: Engine) -> list[Recipient]:
    """Everybody to whom a digest may go now, looked at with all eyes; `remind` looks again with theirs.

    What is awaited is read once for each process: this is asked every few minutes, and mostly nobody is due.
    """
    today = clock.today()
    found: list[Recipient] = []
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as system:
        wanted = select(Track).join(Process).where(Process.state == LifeState.ACTIVE).order_by(Track.id)
        by_process: dict[UUID, list[Track]] = defaultdict(list)
        for track in system.scalars(wanted):
            by_process[track.process_id].append(track)
        for process, tracks in by_process.items():
            things = _by_participant(awaited.awaited(system, today, process=process))
            for track in tracks:
                manner = manners.read(system, process, track.id)
                if things[track.id] and not manner.stopped:
                    due = _candidates_in(system, track, manner, things[track.id], today)
                    found += [who for who in due if _is_open(where_of(system, who, manner), manner)]
    return found


def _by_participant(things: Iterable[Awaited]) -> dict[UUID, dict[UUID, list[Awaited]]]:
    """Awaited things by track and participant."""
    found: dict[UUID, dict[UUID, list[Awaited]]] = defaultdict(lambda: defaultdict(list))
    for one in things:
        if one.participant is not None:
            found[one.track][one.participant].append(one)
    return found


def _is_open(where: Where, manner: Manner) -> bool:
    """Whether the recipient is written to at this hour of this day."""
    return manner.sending_hour <= where.now.hour < LATEST_HOUR and not where.is_quiet(where.now.date())


def _candidates_in(
    system: SystemSession, track: Track, manner: Manner, things: Mapping[UUID, list[Awaited]], today: date
) -> Iterator[Recipient]:
    meetings = queries.meetings_ahead(system, track.process_id, track.id, today)
    items = {participant: items_of(listed, manner, meetings) for participant, listed in things.items()}
    # A day more: in the recipient's zone tomorrow may have begun.
    tomorrow = today + timedelta(1)
    series = queries.series_in(system, track.process_id, track.id)
    known = queries.histories(system, series.values())
    office = queries.offices(system, track.process_id, track.id, today)
    for participant, persons in queries.asked(system, track.process_id, track.id, today).items():
        for person, offices in persons.items():
            hat = Hat(HatKind.PARTICIPANT, participant)
            row = series.get((person, hat))
            history = known[row.id] if row else Series()
            held = row is not None and (row.held_at is not None or row.ring_asked_at is not None)
            is_new = (participant, person) in office.successors and not history.sent_on
            open_now = [item for item in items.get(participant, ()) if item.office in offices]
            if not held and (
                (is_new and open_now)
                or any(planner.digest(open_now, manner.rules, day, history, _never) for day in (today, tomorrow))
            ):
                yield Recipient(person, hat, track.process_id, track.id)
    for participant, others in office.beside.items():
        hat = Hat(HatKind.PARTICIPANT, participant)
        rows = [series.get((person, hat)) for person in office.focal_points[participant]]
        histories = [known[row.id] if row else Series() for row in rows]
        if any(
            _is_left(item, manner.rules, day, histories)
            for item in items.get(participant, ())
            for day in (today, tomorrow)
            if item.office == queries.SPEAKING
        ):
            yield from (Recipient(person, hat, track.process_id, track.id) for person in others)


def _never(_day: date) -> bool:
    """No day is quiet; which are is asked once, for those who have something due."""
    return False


def _is_left(item: Item, rules: Rules, today: date, focal_points: Sequence[Series]) -> bool:
    """Whether the focal points left it without a word; `_due` looks again, and at calls too."""
    return unanswered.goes_to_the_alternate(item, rules, today, focal_points, None, Series())


def remind(engine: Engine, who: Recipient) -> int:
    """Put one recipient's digest into the outbox, if one is due now, under the recipient's own eyes; 1 if so."""
    with system_unit(engine, Reason.FOLLOW_UP) as system:
        made = _remind(system, who)
    after_commit.run(system)
    return made


def _remind(system: SystemSession, who: Recipient) -> int:
    manner = manners.read(system, who.process, who.track)
    where = where_of(system, who, manner)
    if manner.stopped or not _is_open(where, manner):
        return 0
    series = _series(system, who)
    if series.held_at is not None or series.ring_asked_at is not None:
        return 0
    history = queries.histories(system, [series])[series.id]
    today = where.now.date()
    if not planner.may_send(manner.rules, today, history, where.is_quiet, before_meeting=True):
        return 0  # another scan was first
    items = items_awaited(system, who, manner)
    due = _due(system, who, items, manner, where, today, history)
    if not due:
        return 0
    _put(system, series, today, due, DigestKind.BY_POLICY)
    return 1


def _due(
    session: Session,
    who: Recipient,
    items: Sequence[Item],
    manner: Manner,
    where: Where,
    today: date,
    history: Series,
) -> list[Due]:
    """What the message of today asks; empty where none goes. Of an alternate what the focal points left without a word;
    of a successor, in the first message, all that is open; of all others what the policy says."""
    office = queries.offices(session, who.process, who.track, today)
    if not _is_special(who, office, history):
        return planner.digest(items, manner.rules, today, history, where.is_quiet)
    if not planner.may_send(manner.rules, today, history, where.is_quiet):
        return []
    due = planner.due_items(items, manner.rules, today, history.asked)
    if who.hat.id is not None and who.person in office.beside.get(who.hat.id, ()):
        left = _left_to_alternate(session, who, items, manner, today, history, office)
        return [*left, *(one for one in due if one.item.office != queries.SPEAKING)]
    known = {one.item.subject: one for one in due}
    return [known.get(item.subject) or Due(item, Step(queries.HANDOVER, today)) for item in items]


def _is_special(who: Recipient, office: queries.Office, history: Series) -> bool:
    """Whether it is an alternate beside a focal point, or a successor who has had no message yet."""
    if who.hat.id is None:
        return False
    is_new = (who.hat.id, who.person) in office.successors and not history.sent_on
    return is_new or who.person in office.beside.get(who.hat.id, ())


def _left_to_alternate(
    session: Session,
    who: Recipient,
    items: Sequence[Item],
    manner: Manner,
    today: date,
    history: Series,
    office: queries.Office,
) -> list[Due]:
    assert who.hat.id is not None
    rows = [
        queries.series_of(session, person, who.hat, who.process, who.track)
        for person in office.focal_points[who.hat.id]
    ]
    known = queries.histories(session, [row for row in rows if row is not None])
    focal_points = [known[row.id] if row is not None else Series() for row in rows]
    spoken = contact_queries.latest_about(session, who.process, who.track, who.hat.id)
    return [
        Due(item, unanswered.alternate_step(item, today))
        for item in items
        if item.office == queries.SPEAKING
        and unanswered.goes_to_the_alternate(item, manner.rules, today, focal_points, spoken.get(item.subject), history)
    ]


def awaited_of(session: Session, who: Recipient, only: Collection[UUID] | None = None) -> list[Awaited]:
    """What is awaited of the recipient's participant on this track, as the recipient may read it; by due date."""
    with looking_as(session, viewers.viewer_within(session, who.person, who.hat)) as eyes:
        found = _awaited_in(eyes, who)
    return [one for one in found if only is None or not {one.subject, *one.earlier}.isdisjoint(only)]


def items_awaited(session: Session, who: Recipient, manner: Manner) -> list[Item]:
    """The same, as the planner needs it: with the rounds before the meetings the recipient may know of."""
    with looking_as(session, viewers.viewer_within(session, who.person, who.hat)) as eyes:
        meetings = queries.meetings_ahead(eyes, who.process, who.track, clock.today())
        return items_of(_awaited_in(eyes, who), manner, meetings)


def _awaited_in(eyes: ViewerSession, who: Recipient) -> list[Awaited]:
    return awaited_by(eyes, eyes.viewer, who.process, who.track, clock.today())


def awaited_by(session: Session, viewer: Viewer, process: UUID, track: UUID, on: date) -> list[Awaited]:
    """What is awaited of whom `viewer` acts for, in the offices held under that hat; `session` has its eyes."""
    offices = queries.offices_held(viewer, track)
    found = awaited.awaited(session, on, process=process, participant=viewer.hat.id)
    return [one for one in found if (one.track, one.participant) == (track, viewer.hat.id) and one.office in offices]


def _series(system: SystemSession, who: Recipient) -> DigestSeries:
    """The recipient's series, locked until the end of the transaction; made at the first time."""
    series = queries.series_of(system, who.person, who.hat, who.process, who.track)
    if series is None:
        process, track = system.get_one(Process, who.process), system.get_one(Track, who.track)
        series = DigestSeries(person_id=who.person, hat=str(who.hat), process_id=who.process, track_id=who.track)
        attach(system, series, [readers(process, track, who.person)])
        system.flush()
        return series
    return system.scalars(
        select(DigestSeries)
        .where(DigestSeries.id == series.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def readers(process: Process, track: Track, person: UUID) -> Clause:
    """Who may read of somebody's digests: that person, and the secretariat of the track."""
    return clauses.named(process, track, audience=[clauses.secretariat(track), clauses.person(person)])


def _put(system: SystemSession, series: DigestSeries, window: date, due: Sequence[Due], kind: DigestKind) -> Digest:
    """Write down what is asked, and put the mail into the outbox: one transaction, unique by window and by reminder."""
    line = "" if kind in UNSENT else series.personal_line
    digest = Digest(series_id=series.id, window=window, kind=kind, personal_line=line)
    digest.series = series
    attach(system, digest, container=series)
    system.flush()
    _write_down(system, series, digest, due)
    if kind not in UNSENT:
        series.personal_line = ""
        digest.mail_id = outbox.put(
            system,
            NOTICE,
            key=_key_of(series, due),
            process=system.get_one(Process, series.process_id),
            track=system.get_one(Track, series.track_id),
            person=series.person_id,
            hat=Hat.parse(series.hat),
            subject={"digest": digest.id},
        )
    system.flush()
    return digest


def _write_down(system: SystemSession, series: DigestSeries, digest: Digest, due: Iterable[Due]) -> None:
    for one in due:
        system.add(
            Reminder(
                digest_id=digest.id,
                person_id=series.person_id,
                hat=series.hat,
                kind=one.item.kind,
                subject_id=one.item.subject,
                step=one.step.name,
                cycle=one.item.cycle,
            )
        )


def count_as_asked(system: SystemSession, who: Recipient, subjects: Collection[UUID]) -> int:
    """What of these things is due within the week was asked in a call: those steps are not asked by mail, and a wish to
    be rung is met; how many steps."""
    manner, series = manners.read(system, who.process, who.track), _series(system, who)
    series.ring_asked_at, series.ring_word = None, ""
    today = where_of(system, who, manner).now.date()
    asked = queries.histories(system, [series])[series.id].asked
    week = [today + timedelta(ahead) for ahead in range(ROUND_DAYS + 1)]
    due = []
    for item in items_awaited(system, who, manner):
        if {item.subject, *item.earlier}.isdisjoint(subjects):
            continue
        steps = (planner.due_step(item, manner.rules, day, asked) for day in week)
        if (step := next((one for one in steps if one is not None), None)) is not None:
            due.append(Due(item, step))
    digest = _digest_of(system, series, today)
    if due and digest is None:
        _put(system, series, today, due, DigestKind.BY_CALL)
    elif due and digest is not None:
        _write_down(system, series, digest, due)
        system.flush()
    return len(due)


def _key_of(series: DigestSeries, due: Iterable[Due]) -> str:
    """What makes the mail unique: of whom what is asked, which no two digests have in common. It holds no id and no day
    of this digest's own, so that a scan of a restored database that finds the same due makes the same mail."""
    asked = sorted(f"{one.item.kind} {one.item.subject} {one.step.name} {one.item.cycle}" for one in due)
    whose = f"{series.person_id} {series.hat} {series.process_id} {series.track_id}"
    return f"{NOTICE}:{hashlib.sha256(chr(10).join([whose, *asked]).encode()).hexdigest()}"


# --- officers -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
    """What the next round holds for one recipient, as far as the officer may read it. `on` is None for nothing soon."""

    who: Recipient
    on: date | None
    due: tuple[UUID, ...]
    open: tuple[Awaited, ...]
    held: bool
    not_before: date | None
    personal_line: str
    ring_asked_at: datetime | None = None
    ring_word: str = ""


def open_things(session: ViewerSession, process: Process, track: Track) -> list[Awaited]:
    """What is awaited on a track today, of participants and of the secretariat itself."""
    return [one for one in awaited.awaited(session, clock.today(), process=process.id) if one.track == track.id]


def next_round(
    session: ViewerSession, process: Process, track: Track, things: Iterable[Awaited] | None = None
) -> list[Planned]:
    """Who will be written to within a week, and who has something open, read with the officer's eyes throughout.

    `things` are those of `open_things`, where they are at hand.
    """
    manner = manners.read(session, process.id, track.id)
    today = clock.today()
    by_participant: dict[UUID, list[Awaited]] = defaultdict(list)
    for one in open_things(session, process, track) if things is None else things:
        if one.participant is not None:
            by_participant[one.participant].append(one)
    meetings = queries.meetings_ahead(session, process.id, track.id, today)
    series = queries.series_in(session, process.id, track.id)
    known = queries.histories(session, series.values())
    office = queries.offices(session, process.id, track.id, today)
    found = []
    for participant, persons in queries.asked(session, process.id, track.id, today).items():
        beside = office.beside.get(participant, ())
        everybody = persons | {person: persons.get(person, frozenset()) | {queries.SPEAKING} for person in beside}
        for person, offices in everybody.items():
            who = Recipient(person, Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
            things_of_it = [one for one in by_participant[participant] if one.office in offices]
            if not things_of_it:
                continue
            row = series.get((person, who.hat))
            history = known[row.id] if row else Series()
            items = items_of(things_of_it, manner, meetings)
            is_new = (participant, person) in office.successors and not history.sent_on
            special = is_new or person in beside
            plan = _planned(session, who, things_of_it, items, manner, row, history, special=special)
            if person not in beside or plan.on is not None or plan.held or plan.ring_asked_at is not None:
                found.append(plan)
    return sorted(found, key=lambda one: (one.on is None, one.on or today, str(one.who.person)))


def _planned(
    session: ViewerSession,
    who: Recipient,
    things: Sequence[Awaited],
    items: Sequence[Item],
    manner: Manner,
    row: DigestSeries | None,
    history: Series,
    *,
    special: bool = False,
) -> Planned:
    with system_access(session, Reason.FOLLOW_UP) as system:
        where = where_of(system, who, manner)
    held = row is not None and row.held_at is not None
    rings = row is not None and row.ring_asked_at is not None
    coming = None
    if not held and not rings and not manner.stopped:
        coming = _coming(session, who, items, manner, where, history, special=special)
    return Planned(
        who,
        coming[0] if coming else None,
        tuple(one.item.subject for one in coming[1]) if coming else (),
        tuple(things),
        held,
        row.not_before if row else None,
        row.personal_line if row else "",
        row.ring_asked_at if row else None,
        row.ring_word if row else "",
    )


def _coming(
    session: Session,
    who: Recipient,
    items: Sequence[Item],
    manner: Manner,
    where: Where,
    history: Series,
    *,
    special: bool,
) -> tuple[date, list[Due]] | None:
    """The next message within the week; of alternates and successors what they would be asked today."""
    today = where.now.date()
    if not special:
        return planner.next_digest(items, manner.rules, today, history, where.is_quiet, within=ROUND_DAYS)
    for day in (today + timedelta(ahead) for ahead in range(ROUND_DAYS + 1)):
        if due := _due(session, who, items, manner, where, day, history):
            return day, due
    return None


def hold(session: ViewerSession, viewer: Viewer, who: Recipient, held: bool) -> None:
    """Send this recipient nothing until somebody lets go again; or let go. Raises NotAllowed."""
    _require(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        _series(system, who).held_at = clock.now() if held else None
    _record(session, who, "reminders held" if held else "reminders let go")


def add_line(session: ViewerSession, viewer: Viewer, who: Recipient, line: str) -> None:
    """A personal line for the next digest. Raises NotAllowed."""
    _require(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        _series(system, who).personal_line = line.strip()[:500]


def skip(session: ViewerSession, viewer: Viewer, who: Recipient) -> int:
    """Let this round pass: what is due within the week counts as asked, and nothing is sent; how many things.

    Raises NotAllowed.
    """
    _require(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        manner = manners.read(system, who.process, who.track)
        where, series = where_of(system, who, manner), _series(system, who)
        today = where.now.date()
        history = queries.histories(system, [series])[series.id]
        items = items_awaited(system, who, manner)
        office = queries.offices(system, who.process, who.track, today)
        special = _is_special(who, office, history)
        coming = _coming(system, who, items, manner, where, history, special=special)
        if coming is None or _digest_of(system, series, today) is not None:
            return 0
        _put(system, series, today, coming[1], DigestKind.SKIPPED)
    _record(session, who, "round skipped")
    return len(coming[1])


def send_now(session: ViewerSession, viewer: Viewer, who: Recipient) -> bool:
    """Send the digest now, whatever the hour and the day; False where one went today or nothing is awaited.

    Raises NotAllowed.
    """
    _require(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        manner = manners.read(system, who.process, who.track)
        where, series = where_of(system, who, manner), _series(system, who)
        today = where.now.date()
        if _digest_of(system, series, today) is not None:
            return False
        asked = queries.histories(system, [series])[series.id].asked
        due = [_by_hand(one, manner.rules, today, asked) for one in items_awaited(system, who, manner)]
        if not due:
            return False
        _put(system, series, today, due, DigestKind.BY_HAND)
    _record(session, who, "reminder sent by hand")
    return True


def _by_hand(item: Item, rules: Rules, today: date, asked: Collection[planner.Asked]) -> Due:
    """The step that is due; where none is, a step of its own, so that none of those to come is used up."""
    return Due(item, planner.due_step(item, rules, today, asked) or Step(f"by hand {today}", today))


def _digest_of(system: SystemSession, series: DigestSeries, window: date) -> Digest | None:
    return system.scalar(select(Digest).where(Digest.series_id == series.id, Digest.window == window))


def _require(session: ViewerSession, viewer: Viewer, who: Recipient) -> None:
    """The officer keeps the track, and the recipient is one the officer may know of."""
    known = queries.asked(session, who.process, who.track, clock.today())
    if not viewer.keeps(who.track) or who.hat.id is None or who.person not in known.get(who.hat.id, {}):
        raise NotAllowed


def _record(session: ViewerSession, who: Recipient, kind: str, **more: str) -> None:
    process = session.scalars(select(Process).where(Process.id == who.process)).one()
    track = session.scalars(select(Track).where(Track.id == who.track)).one()
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers(process, track, who.person)],
        content={"person": str(who.person), "hat": str(who.hat), **more},
    )


def set_policy(session: ViewerSession, viewer: Viewer, process: Process, track: Track, manner: Manner) -> None:
    """How the track asks from now on. Raises NotAllowed."""
    if not viewer.keeps(track.id):
        raise NotAllowed
    row = queries.policy_of(session, process.id, track.id)
    fresh = row is None
    row = row or FollowUpPolicy(process_id=process.id, track_id=track.id)
    manners.put_into(row, manner.rules, manner.bodies)
    row.apart, row.most_a_quarter = manner.rules.apart, manner.rules.most_a_quarter
    row.stopped, row.sending_hour = manner.stopped, manner.sending_hour
    row.quiet_weekends, row.quiet_holidays = manner.quiet_weekends, manner.quiet_holidays
    row.quiet_periods = [one.stored for one in manner.quiet_periods]
    row.chair_rule = manner.chair_rule
    clause = clauses.named(process, track, audience=[clauses.secretariat(track)])
    if fresh:
        row.process, row.track = process, track
        attach(session, row, [clause], container=process)
    session.flush()
    _record_policy(session, process, track, row)


def set_plan_policy(
    session: ViewerSession, viewer: Viewer, plan: Plan, rules: Rules, bodies: Sequence[UUID], *, stopped: bool
) -> None:
    """How a plan is asked after from now on, instead of as its process does it. Raises NotAllowed."""
    if not viewer.keeps(plan.track_id):
        raise NotAllowed
    row = queries.plan_policy_of(session, plan.id)
    fresh = row is None
    row = row or PlanFollowUpPolicy(plan_id=plan.id)
    manners.put_into(row, rules, bodies)
    row.stopped = stopped
    if fresh:
        row.plan = plan
        clause = clauses.named(plan.process, plan.track, audience=[clauses.secretariat(plan.track)])
        attach(session, row, [clause], container=plan)
    session.flush()
    _record_policy(session, plan.process, plan.track, row)


def drop_plan_policy(session: ViewerSession, viewer: Viewer, plan: Plan) -> None:
    """The plan is asked after as its process does it. Raises NotAllowed."""
    if not viewer.keeps(plan.track_id):
        raise NotAllowed
    row = queries.plan_policy_of(session, plan.id)
    if row is not None:
        _record_policy(session, plan.process, plan.track, row, "follow-up policy of a plan taken back")
        session.delete(row)
        session.flush()


def _record_policy(
    session: ViewerSession,
    process: Process,
    track: Track,
    row: FollowUpPolicy | PlanFollowUpPolicy,
    kind: str = "follow-up policy set",
) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses.named(process, track, audience=[clauses.secretariat(track)])],
        subject=row,
        content={"before_due": row.before_due, "after_due": row.after_due, "stopped": row.stopped},
    )


# --- recipients -----------------------------------------------------------------------------------------------


def ask_me_after(session: ViewerSession, viewer: Viewer, process: UUID, track: UUID, day: date | None) -> None:
    """The recipient asks to be left alone until after a day; None takes it back. Raises NotAllowed."""
    if viewer.person is None or not viewer.belongs_to(process, [track]):
        raise NotAllowed
    who = Recipient(viewer.person, viewer.hat, process, track)
    with system_access(session, Reason.FOLLOW_UP) as system:
        _series(system, who).not_before = day + timedelta(1) if day else None
    _record(session, who, "asked to wait" if day else "asked to wait no longer", until=day.isoformat() if day else "")


def ring_me(session: ViewerSession, viewer: Viewer, process: Process, track: Track, word: str) -> None:
    """The recipient would rather speak on the telephone: the secretariat has it in its list, and no reminder goes until
    it has rung. `word` says when it suits. Raises NotAllowed."""
    if viewer.person is None or not viewer.belongs_to(process.id, [track.id]):
        raise NotAllowed
    who = Recipient(viewer.person, viewer.hat, process.id, track.id)
    with system_access(session, Reason.FOLLOW_UP) as system:
        series = _series(system, who)
        series.ring_asked_at, series.ring_word = series.ring_asked_at or clock.now(), word.strip()[:300]
    _record(session, who, "asked to be rung")


def have_rung(session: ViewerSession, viewer: Viewer, who: Recipient) -> None:
    """The secretariat has rung; reminders go again in their time. Raises NotAllowed."""
    _require(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        series = _series(system, who)
        series.ring_asked_at, series.ring_word = None, ""
    _record(session, who, "rung as asked")


def next_hour(where: Where, manner: Manner, not_before: date | None) -> datetime | None:
    """When a digest by policy may go; None for now. Asked again when it is sent: a mail may have waited."""
    now = where.now
    day = max(now.date(), not_before or now.date())
    if day == now.date() and now.hour >= LATEST_HOUR:
        day += timedelta(1)
    day = next_day(day, where.is_quiet)
    if day == now.date() and now.hour >= manner.sending_hour:
        return None
    return datetime.combine(day, time(manner.sending_hour), ZoneInfo(where.zone))
