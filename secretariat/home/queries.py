"""Reads of the first page, under the reader's eyes; as many statements for one process as for ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.orm import joinedload

from secretariat.chairmanship.chaired import processes_chaired
from secretariat.chairmanship.queries import slugs_of
from secretariat.confidentiality.decided import ToSeeTo, to_see_to
from secretariat.core import clock
from secretariat.core.awaited import Awaited, awaited, is_for
from secretariat.core.database import one_of
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.models import Heartbeat
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory import successors
from secretariat.directory.models import ProposedSuccessor
from secretariat.directory.queries import telephones_of
from secretariat.follow_up import call_list, findings, tasks
from secretariat.follow_up import queries as follow_up
from secretariat.follow_up.call_list import Call
from secretariat.follow_up.findings import Finding
from secretariat.follow_up.tasks import Lists
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.plans.models import Commitment, Plan, ProgressUpdate
from secretariat.plans.status import UpdateState
from secretariat.processes import names
from secretariat.processes.models import Process, Track
from secretariat.processes.names import Name
from secretariat.reports.models import ReportEdition
from secretariat.texts.chair_queries import ToPronounce, to_pronounce

MOST_SHOWN = 100
INVITATION, MILESTONE, DETAILS, CIRCULAR = "invitation", "milestone", "contact_card", "circular"
BY_THEMSELVES = (INVITATION, MILESTONE, DETAILS, CIRCULAR)
"""What stands in lists of its own: who has which circular on its page, whose details were confirmed in the contact
list."""
SOON = timedelta(days=7)
NEWS = timedelta(days=14)
MAY_BE_AWAY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A meeting to which invitations await an answer: how many, and by when the first of them."""

    meeting: UUID
    title: LocalText
    due_on: date | None
    invitations: int


@dataclass(frozen=True, slots=True)
class Ring:
    """Somebody who asked to be rung: since when, when it suits, and the numbers the reader may see."""

    person: UUID
    participant: UUID
    process: UUID
    asked_at: datetime
    word: str
    numbers: Sequence[str]


@dataclass(frozen=True, slots=True)
class TasksOfTrack:
    """The tasks of one track as its officer meets them, the names of colleagues, and what was found by itself."""

    process: Process
    track: Track
    lists: Lists
    called: Mapping[UUID, str]
    findings: Sequence[Finding]


@dataclass
class Desk:
    """What lies on a desk. `asked` is what others await of the reader, `awaited` what the reader awaits of others,
    `milestones` what of the reader's own meetings is late or due, `to_pronounce` the texts that await the chair's word,
    for who chairs and for the secretariat that would note it. `processes` are those whose things lie here."""

    asked: Sequence[Awaited] = ()
    unanswered: Sequence[Unanswered] = ()
    awaited: Sequence[Awaited] = ()
    to_pronounce: Sequence[ToPronounce] = ()
    milestones: Sequence[Awaited] = ()
    meetings: Sequence[Row[*tuple[Any, ...]]] = ()
    news: Sequence[Row[*tuple[Any, ...]]] = ()
    editions: Sequence[Row[*tuple[Any, ...]]] = ()
    plans: Sequence[Row[*tuple[Any, ...]]] = ()
    names: dict[UUID, Name] = field(default_factory=dict)
    acronyms: dict[UUID, str] = field(default_factory=dict)
    commitment_words: dict[UUID, Mapping[str, str]] = field(default_factory=dict)
    processes: frozenset[UUID] = frozenset()
    slugs: dict[UUID, str] = field(default_factory=dict)
    chaired: Sequence[Row[*tuple[Any, ...]]] = ()
    mail_to_see_to: int = 0
    rings: Sequence[Ring] = ()
    calls: Sequence[tuple[Process, Call]] = ()
    tasks: Sequence[TasksOfTrack] = ()
    successors: Sequence[ProposedSuccessor] = ()
    labels: Sequence[ToSeeTo] = ()
    late: Sequence[str] = ()


def public_processes(session: ViewerSession) -> Sequence[Process]:
    """The processes whose members agreed to a public page, as far as the reader reads them."""
    return session.scalars(
        select(Process).where(Process.public_page_since.is_not(None)).order_by(Process.acronym)
    ).all()


@dataclass(frozen=True, slots=True)
class AtHand:
    """What is known of a process already: its acronym, and what it calls a commitment."""

    acronym: str
    commitment_words: Mapping[str, str]


def desk(session: ViewerSession, viewer: Viewer, on: date, known: Mapping[UUID, AtHand]) -> Desk:
    """The desk of whoever wears the viewer's hat. `known` are processes that are at hand."""
    made, every = Desk(), []
    if viewer.participant:
        mine = [one for one in awaited(session, on, participant=viewer.participant) if is_for(one, viewer.person)]
        made.asked = mine[:MOST_SHOWN]
    else:
        every = [one for one in awaited(session, on) if viewer.keeps(one.track)]
        made.unanswered = _unanswered(every)
        made.milestones = [one for one in every if one.kind == MILESTONE][:MOST_SHOWN]
        made.awaited = [one for one in every if one.kind not in BY_THEMSELVES][:MOST_SHOWN]
    made.to_pronounce = to_pronounce(session, viewer)
    made.meetings = _coming(session, on)
    made.plans = session.execute(_PLANS).all()
    made.editions = session.execute(_EDITIONS).all()
    made.news = _news(session, on)
    chaired = processes_chaired(viewer)
    if chaired:
        made.chaired = slugs_of(session, chaired)
    made.labels = to_see_to(session, _tracks_kept(viewer), on)
    made.processes = _processes_on(made)
    _name_processes(session, made, known)
    if _keeps_a_track(viewer):
        made.slugs = dict(session.execute(_SLUGS).all())
        tracks = _tracks(session, viewer)
        made.calls = _calls(session, viewer, tracks, every)
        made.tasks = _tasks(session, viewer, tracks, every, on)
        made.rings = _rings(session, viewer)
        made.successors = [one for one in successors.waiting(session) if viewer.keeps(one.track_id)]
    concerned = {one.participant for one in made.awaited} | {one.participant_id for one in made.news}
    concerned |= {call.to.participant for _process, call in made.calls}
    concerned |= {one.participant for of_track in made.tasks for one in of_track.findings}
    concerned |= {one.participant for one in made.rings} | {one.participant_id for one in made.successors}
    made.names = names.names_of(session, concerned)
    if made.awaited or _keeps_a_track(viewer):
        made.mail_to_see_to = _mail_to_see_to(session)
        made.late = _late(session)
    return made


def _processes_on(made: Desk) -> frozenset[UUID]:
    things: tuple[Awaited | ToPronounce, ...] = (*made.asked, *made.awaited, *made.milestones, *made.to_pronounce)
    rows = (*made.meetings, *made.plans, *made.editions)
    labels = (one.row.process_id for one in made.labels)
    return frozenset({one.process for one in things}.union((row.process_id for row in rows), labels))


def _name_processes(session: ViewerSession, made: Desk, known: Mapping[UUID, AtHand]) -> None:
    """What those on the desk are called, and call a commitment; nothing is asked where all of them are at hand."""
    if not made.processes <= known.keys():
        known = {row.id: AtHand(row.acronym, row.commitment_words) for row in session.execute(_AT_HAND)}
    made.acronyms = {key: one.acronym for key, one in known.items()}
    made.commitment_words = {key: one.commitment_words for key, one in known.items()}


def _unanswered(every: Iterable[Awaited]) -> list[Unanswered]:
    """One line a meeting, whoever has not answered: whom to ask stands on the meeting's page."""
    by_meeting: dict[UUID, list[Awaited]] = {}
    for one in every:
        if one.kind == INVITATION and one.within is not None:
            by_meeting.setdefault(one.within, []).append(one)
    lines = [
        Unanswered(key, ones[0].title, min((one.due_on for one in ones if one.due_on), default=None), len(ones))
        for key, ones in by_meeting.items()
    ]
    return sorted(lines, key=lambda one: (one.due_on is None, one.due_on or date.max, str(one.meeting)))


def _keeps_a_track(viewer: Viewer) -> bool:
    return bool(_tracks_kept(viewer))


def _tracks_kept(viewer: Viewer) -> list[UUID]:
    return [office.id for office in viewer.offices if office.kind == "secretariat"]


def _tracks(session: ViewerSession, viewer: Viewer) -> Sequence[Track]:
    wanted = select(Track).where(Track.id.in_(_tracks_kept(viewer))).options(joinedload(Track.process))
    return session.scalars(wanted.order_by(Track.id)).all()


def _calls(
    session: ViewerSession, viewer: Viewer, tracks: Sequence[Track], every: Sequence[Awaited]
) -> list[tuple[Process, Call]]:
    """Whom an officer should ring; the office of a chair that serves as secretariat has no call list."""
    return [
        (track.process, call)
        for track in tracks
        if viewer.is_officer_of(track.id)
        for call in call_list.calls(
            call_list.desk_of(session, track.process, track, [one for one in every if one.track == track.id])
        )
    ]


def _tasks(
    session: ViewerSession, viewer: Viewer, tracks: Sequence[Track], every: Sequence[Awaited], on: date
) -> list[TasksOfTrack]:
    """Tasks and findings of each track kept; nothing for who keeps none, or acts for nobody."""
    if viewer.person is None:
        return []
    open_ones, away = (
        tasks.open_tasks(session, [one.id for one in tracks]),
        tasks.absences(session, [one.id for one in tracks], on),
    )
    made = []
    for track in tracks:
        colleagues = tasks.colleagues(session, track.process_id, track.id, on)
        lists = tasks.lists_of(
            viewer.person,
            [one for one in open_ones if one.track_id == track.id],
            [one for one in away if one.track_id == track.id],
            {one.person for one in colleagues},
            on,
        )
        found = findings.findings(session, track.process, track, [one for one in every if one.track == track.id])
        called = {one.person: one.name for one in colleagues}
        made.append(TasksOfTrack(track.process, track, lists, called, findings.by_urgency(found)))
    return made


def _rings(session: ViewerSession, viewer: Viewer) -> list[Ring]:
    """Who asked to be rung, for who keeps a track and has no call list."""
    if all(viewer.is_officer_of(track) for track in _tracks_kept(viewer)):
        return []
    asked = [one for one in follow_up.asked_to_ring(session) if viewer.keeps(one.track_id)]
    numbers = telephones_of(session, [one.person_id for one in asked]) if asked else {}
    return [
        Ring(one.person_id, hat.id, one.process_id, one.ring_asked_at, one.ring_word, numbers.get(one.person_id, ()))
        for one in asked
        if (hat := Hat.parse(one.hat)).id is not None and one.ring_asked_at is not None
    ]


def _coming(session: ViewerSession, on: date) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.execute(_MEETINGS, {"on": PartialDate.parse(on)}).all()


def _news(session: ViewerSession, on: date) -> Sequence[Row[*tuple[Any, ...]]]:
    since = datetime.combine(on, datetime.min.time()).astimezone() - NEWS
    return session.execute(_NEWS, {"since": since}).all()


# Columns, and statements built once: to build one takes longer than to ask, and everybody's day begins on this page.
_AT_HAND = select(Process.id, Process.acronym, Process.commitment_words)
_SLUGS = select(Process.id, Process.slug)
_PLANS = select(Plan.id, Plan.title, Plan.process_id).order_by(Plan.adopted_on.desc(), Plan.id).limit(10)
_EDITIONS = (
    select(ReportEdition.id, ReportEdition.issued_at, Plan.process_id)
    .outerjoin(Plan, Plan.id == ReportEdition.plan_id)
    .order_by(ReportEdition.issued_at.desc(), ReportEdition.id)
    .limit(5)
)
_MEETINGS = (
    select(Meeting.id, Meeting.title, Meeting.process_id, Meeting.starts_on, Meeting.place, Meeting.state)
    .where(
        one_of(Meeting.state, (MeetingState.DRAFT, MeetingState.ANNOUNCED)),
        Meeting.ends_on >= bindparam("on", type_=Meeting.ends_on.type),
    )
    .order_by(Meeting.starts_on, Meeting.id)
    .limit(10)
)
_NEWS = (
    select(
        ProgressUpdate.commitment_id,
        ProgressUpdate.confirmed_at,
        ProgressUpdate.step,
        Commitment.participant_id,
        Commitment.words,
    )
    .join(Commitment, Commitment.id == ProgressUpdate.commitment_id)
    # What the secretariat noted is no word of its participant before that has confirmed it.
    .where(
        ProgressUpdate.state == UpdateState.CONFIRMED,
        ProgressUpdate.confirmed_at >= bindparam("since", type_=ProgressUpdate.confirmed_at.type),
    )
    .order_by(ProgressUpdate.confirmed_at.desc(), ProgressUpdate.id)
    .limit(10)
)


def _mail_to_see_to(session: ViewerSession) -> int:
    stuck = (MailState.HELD, MailState.IN_DOUBT, MailState.DEAD)
    return session.scalar(select(func.count(OutboxMessage.id)).where(OutboxMessage.state.in_(stuck))) or 0


def _late(session: ViewerSession) -> Sequence[str]:
    """Standing parts of the product that were not seen alive for longer than they may be away."""
    seen = dict(session.execute(select(Heartbeat.name, Heartbeat.at)).all())
    return sorted(name for name, at in seen.items() if at < clock.now() - MAY_BE_AWAY)
