"""Tasks of officers at work: their own, and those given to a colleague, who accepts them or gives them back.

A task is never about a person: it has no field for one. The list of an officer who is away stands on the desk of
whoever stands in, and nothing is moved for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import SystemSession, ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.directory.models import Appointment, ContactCard
from secretariat.directory.queries import KEEPERS
from secretariat.follow_up import policy
from secretariat.follow_up.task_models import Absence, Task
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track

SHOWN_AFTER = timedelta(days=14)
"""For how long a task that is done stands on the page."""
KEPT = timedelta(days=365)
"""A task that is done, and an absence that is over, are forgotten after a year."""
LONGEST_AWAY = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who keeps the same track."""

    person: UUID
    name: str


def colleagues(session: Session, process: UUID, track: UUID, on: date) -> list[Colleague]:
    """Who keeps a track on a day, as far as the reader may know; in a constant order."""
    held = session.scalars(
        select(Appointment).where(
            Appointment.process_id == process, Appointment.track_id == track, Appointment.role.in_(KEEPERS)
        )
    )
    persons = {one.person_id for one in held if one.held_on(on)}
    rows = session.execute(
        select(ContactCard.person_id, ContactCard.name).where(
            ContactCard.process_id == process,
            ContactCard.track_id == track,
            ContactCard.person_id.in_(sorted(persons, key=str)),
        )
    ).all()
    names = {row.person_id: row.name for row in rows}
    return sorted(
        (Colleague(one, names.get(one, "")) for one in persons), key=lambda one: (one.name.casefold(), str(one.person))
    )


def open_tasks(session: Session, tracks: Collection[UUID]) -> Sequence[Task]:
    """The open tasks of tracks; what is due first, then what has no day."""
    wanted = select(Task).where(Task.track_id.in_(sorted(tracks, key=str)), Task.closed_at.is_(None))
    return session.scalars(wanted.order_by(Task.due_on.is_(None), Task.due_on, Task.made_at, Task.id)).all()


def closed_lately(session: Session, track: UUID) -> Sequence[Task]:
    """What was done in the last two weeks, latest first."""
    wanted = select(Task).where(Task.track_id == track, Task.closed_at >= clock.now() - SHOWN_AFTER)
    return session.scalars(wanted.order_by(Task.closed_at.desc(), Task.id)).all()


def absences(session: Session, tracks: Collection[UUID], on: date) -> Sequence[Absence]:
    """Who is away on a day or will be."""
    wanted = select(Absence).where(Absence.track_id.in_(sorted(tracks, key=str)), Absence.until >= on)
    return session.scalars(wanted.order_by(Absence.since, Absence.id)).all()


def task_by_id(session: Session, task: UUID) -> Task | None:
    """One task."""
    return session.scalar(select(Task).where(Task.id == task))


@dataclass(frozen=True, slots=True)
class Lists:
    """The open tasks of a track as one officer meets them. `stood_in` are those of colleagues who are away; `unkept`
    those of who keeps the track no longer: somebody takes them over."""

    own: Sequence[Task]
    offered: Sequence[Task]
    given: Sequence[Task]
    stood_in: Sequence[Task]
    others: Sequence[Task]
    unkept: Sequence[Task]


def lists_of(
    person: UUID, tasks: Iterable[Task], away: Iterable[Absence], keepers: Collection[UUID], on: date
) -> Lists:
    """Sort the open tasks of a track for one officer. Pure."""
    for_whom = {one.person_id for one in away if one.stand_in_id == person and one.runs_on(on)}
    found: dict[str, list[Task]] = {name: [] for name in ("own", "offered", "given", "stood_in", "others", "unkept")}
    for one in tasks:
        if one.holder_id == person:
            found["offered" if one.waits_for_answer else "own"].append(one)
        elif one.holder_id in for_whom:
            found["stood_in"].append(one)
        elif one.holder_id not in keepers:
            found["unkept"].append(one)
        elif one.made_by_id == person:
            found["given"].append(one)
        else:
            found["others"].append(one)
    return Lists(**found)


def add(
    session: ViewerSession,
    viewer: Viewer,
    process: Process,
    track: Track,
    words: str,
    due_on: date | None,
    holder: UUID | None = None,
) -> Task:
    """A task of one's own, or given to a colleague, who accepts it. Raises NotAllowed, Refused."""
    require(policy.keeps_tasks(viewer, track.id) and viewer.person is not None)
    assert viewer.person is not None
    if not words.strip():
        raise Refused(_("Say what is to be done, for example: ask the translator for the French agenda"), "words")
    on = clock.today(process.zone)
    if due_on is not None and due_on < on:
        raise Refused(_("That day has passed; give today or a later one."), "due_on")
    holder = holder or viewer.person
    if holder not in {one.person for one in colleagues(session, process.id, track.id, on)} | {viewer.person}:
        raise Refused(_("Choose somebody who keeps this track."), "holder")
    if any(_is_same(one, words.strip()[:300], due_on, holder) for one in open_tasks(session, [track.id])):
        raise Refused(_("This task stands on the list already, for the same day and the same person."), "words")
    now = clock.now()
    made = Task(
        process_id=process.id,
        track_id=track.id,
        words=words.strip()[:300],
        due_on=due_on,
        made_at=now,
        made_by_id=viewer.person,
        holder_id=holder,
        accepted_at=now if holder == viewer.person else None,
    )
    attach(session, made, [readers(process, track)])
    session.flush()
    _record(session, process, track, "task added", made)
    return made


def _is_same(one: Task, words: str, due_on: date | None, holder: UUID) -> bool:
    """Whether who goes back after adding a task, and sends what still stands in the form, would add it again."""
    return (one.words, one.due_on, one.holder_id) == (words, due_on, holder)


def accept(session: ViewerSession, viewer: Viewer, task: Task) -> None:
    """Take what a colleague gives. Raises NotAllowed, Refused."""
    require(policy.keeps_tasks(viewer, task.track_id) and task.holder_id == viewer.person)
    _check_open(task)
    task.accepted_at = task.accepted_at or clock.now()
    session.flush()


def give_back(session: ViewerSession, viewer: Viewer, task: Task) -> None:
    """Not take it: it is its giver's again. Raises NotAllowed, Refused."""
    require(policy.keeps_tasks(viewer, task.track_id) and task.holder_id == viewer.person)
    _check_open(task)
    task.holder_id, task.accepted_at = task.made_by_id, clock.now()
    session.flush()


def take_over(session: ViewerSession, viewer: Viewer, task: Task) -> None:
    """Make a colleague's task one's own: of one who is away, or keeps the track no longer.

    Raises NotAllowed, Refused.
    """
    require(policy.keeps_tasks(viewer, task.track_id) and viewer.person is not None)
    assert viewer.person is not None
    _check_open(task)
    task.holder_id, task.accepted_at = viewer.person, clock.now()
    session.flush()


def close(session: ViewerSession, viewer: Viewer, task: Task) -> None:
    """It is done. Raises NotAllowed, Refused."""
    require(policy.keeps_tasks(viewer, task.track_id))
    _check_open(task)
    task.closed_at, task.closed_by_id = clock.now(), viewer.person
    session.flush()


def go_away(
    session: ViewerSession,
    viewer: Viewer,
    process: Process,
    track: Track,
    since: date,
    until: date,
    stand_in: UUID,
) -> Absence:
    """One is away: the tasks stand on a colleague's desk meanwhile. Takes the place of what was said before. Raises
    NotAllowed, Refused."""
    require(policy.keeps_tasks(viewer, track.id) and viewer.person is not None)
    assert viewer.person is not None
    on = clock.today(process.zone)
    if not max(since, on) <= until <= on + LONGEST_AWAY:
        raise Refused(_("Give a last day that is still to come, within a year."), "until")
    known = {one.person for one in colleagues(session, process.id, track.id, on)}
    if stand_in == viewer.person or stand_in not in known:
        raise Refused(_("Choose a colleague who keeps this track."), "stand_in")
    come_back(session, viewer, track)
    made = Absence(
        process_id=process.id,
        track_id=track.id,
        person_id=viewer.person,
        stand_in_id=stand_in,
        since=since,
        until=until,
    )
    attach(session, made, [readers(process, track)])
    session.flush()
    return made


def come_back(session: ViewerSession, viewer: Viewer, track: Track) -> None:
    """One is there again, or does not go. Raises NotAllowed."""
    require(policy.keeps_tasks(viewer, track.id))
    for one in session.scalars(
        select(Absence).where(Absence.track_id == track.id, Absence.person_id == viewer.person)
    ).all():
        session.delete(one)
    session.flush()


def forget(system: SystemSession) -> int:
    """Take away tasks that were done a year ago and absences that ended then; how many."""
    before = clock.now() - KEPT
    ended: list[Task | Absence] = list(system.scalars(select(Task).where(Task.closed_at < before)))
    ended += system.scalars(select(Absence).where(or_(Absence.until < before.date())))
    for one in ended:
        system.delete(one)
    system.flush()
    return len(ended)


def readers(process: Process, track: Track) -> Clause:
    """Who reads tasks: the secretariat of the track."""
    return clauses.named(process, track, audience=[clauses.secretariat(track)])


def _check_open(task: Task) -> None:
    if not task.is_open:
        raise Refused(_("This was done in the meantime; nothing was changed."))


def _record(session: ViewerSession, process: Process, track: Track, kind: str, task: Task) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers(process, track)],
        subject=task,
    )
