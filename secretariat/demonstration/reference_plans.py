"""What the reference data tell of three processes, as plans of action with commitments.

The words are those of the sources (`reference/plans.py`), the adoption and every answer are the demonstration's: its
invented people accept what the sources say their states did, and what is of today waits. Where the source tells nothing
of what became of a commitment, nothing is said: it is not yet reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.demonstration import people
from secretariat.demonstration.content import Post, both
from secretariat.demonstration.people import Actor, State
from secretariat.meetings.models import Outcome
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment, Plan
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.reference.plans import PlanCommitment, PlanFile, plan_of, shipped_plans

AS_OF = PartialDate("2009")
MINISTRY = both("Ministry in charge of migration", "Ministerio a cargo de la migración")
ZONES = {"TH": "Asia/Bangkok", "BD": "Asia/Dhaka", "IN": "Asia/Kolkata", "NP": "Asia/Kathmandu", "PK": "Asia/Karachi",
         "LK": "Asia/Colombo", "ID": "Asia/Jakarta", "NZ": "Pacific/Auckland"}  # fmt: skip
WAITING = frozenset({"LK", "NZ"})
"""Whose proposals nobody has answered yet, so that both sides of an answer can be seen."""


@dataclass
class _Home:
    """A process of the demonstration: its government track, what it has agreed, and who acts in it."""

    process: UUID
    track: UUID
    states: dict[str, State]
    codes: dict[str, str]
    officer: Actor
    actors: dict[str, Actor]


def earlier_plan(engine: Engine, slug: str, officer: Actor, actors: dict[str, Actor]) -> None:
    """What came before in a process whose people are there: adopted, accepted, and closed."""
    plan = _files()[slug]
    home = _home(engine, plan, officer, actors)
    key = _written(engine, home, plan, until=AS_OF)
    _answered(engine, home, key, waiting=frozenset())
    with officer.session(engine) as session:
        plans.close_plan(session, session.viewer, _plan(session, key))
        session.commit()


def plans_of_others(engine: Engine, besides: str, administrator: Actor) -> None:
    """The other processes with a plan, as far as they are loaded: their people, the plan, what was proposed."""
    for slug, plan in _files().items():
        if slug == besides:
            continue
        with system_unit(engine, Reason.REFERENCE, writes=False) as system:
            if system.scalar(select(Process.id).where(Process.slug == slug)) is None:
                continue
        home = _peopled(engine, plan, administrator)
        _answered(engine, home, _written(engine, home, plan), waiting=WAITING)


def mark(engine: Engine) -> None:
    """Say on each page of these processes that what it shows is a demonstration."""
    with system_unit(engine, Reason.REFERENCE) as system:
        for process in system.scalars(select(Process).where(Process.slug.in_(list(_files())))):
            process.demonstration = True


def _files() -> dict[str, PlanFile]:
    return {plan.process: plan for plan in map(plan_of, shipped_plans())}


# --- people -------------------------------------------------------------------------------------------------------


def _home(engine: Engine, plan: PlanFile, officer: Actor, actors: dict[str, Actor]) -> _Home:
    with system_unit(engine, Reason.REFERENCE, writes=False) as system:
        process, track = _places(system, plan.process)
        states = people.states_of(system, process, track)
        codes = {state.name.in_language("en")[0]: code for code, state in states.items()}
        return _Home(process.id, track.id, states, codes, officer, actors)


def _peopled(engine: Engine, plan: PlanFile, administrator: Actor) -> _Home:
    with system_unit(engine, Reason.REFERENCE, writes=False) as system:
        track = _places(system, plan.process)[1].id
    officer = people.first_officer(engine, administrator, track, plan.process)
    home = _home(engine, plan, officer, {})
    for code in sorted({home.codes[name] for said in _said(plan) for name in said.participants}):
        post = Post(code, MINISTRY, "en", ZONES[code])
        home.actors[code] = people.focal_point(engine, officer, track, home.states[code], post, plan.process)
    return home


def _places(system: Session, slug: str) -> tuple[Process, Track]:
    process = system.scalars(select(Process).where(Process.slug == slug)).one()
    return process, next(track for track in process.tracks if track.kind is TrackKind.GOVERNMENT)


def _said(plan: PlanFile) -> Iterator[PlanCommitment]:
    for aim in plan.every_objective():
        yield from aim.commitments
        for work in aim.activities:
            yield from work.commitments


# --- the plan -----------------------------------------------------------------------------------------------------


def _written(engine: Engine, home: _Home, file: PlanFile, until: PartialDate | None = None) -> UUID:
    """The plan as adopted, with what is proposed to each participant; its key."""
    with home.officer.session(engine) as session:
        viewer = session.viewer
        process = session.scalars(select(Process).where(Process.id == home.process)).one()
        track = session.scalars(select(Track).where(Track.id == home.track)).one()
        plan = plans.begin_plan(session, viewer, process, track, LocalText.of(file.title), period_until=until)
        outcomes = {
            str(one.text): one for one in session.scalars(select(Outcome).where(Outcome.process_id == home.process))
        }
        areas = {area.title: plans.add_area(session, viewer, plan, LocalText.of(area.title)) for area in file.areas}
        above = {id(aim): areas[area.title] for area in file.areas for aim in area.objectives}
        origin = LocalText.of(file.source.document)
        drafts: list[plans.Draft] = []
        for aim in file.every_objective():
            objective = plans.add_objective(session, viewer, plan, LocalText.of(aim.title), above=above.get(id(aim)))
            drafts += [one for said in aim.commitments for one in _drafts(home, said, objective, None, origin)]
            for work in aim.activities:
                outcome, words = outcomes[work.outcome], LocalText.of(work.outcome)
                part = plans.add_activity(session, viewer, plan, words, above=objective, outcome=outcome)
                drafts += [one for said in work.commitments for one in _drafts(home, said, part, outcome, None)]
        where = LocalText.of(f"The demonstration; the words are those of {file.source.document}")
        plans.adopt_plan(session, viewer, plan, clock.today(), where=where)
        for draft in drafts:
            plans.propose_commitment(session, viewer, plan, draft)
        session.commit()
        return plan.id


def _drafts(
    home: _Home, said: PlanCommitment, part: plans.Part, outcome: Outcome | None, origin: LocalText | None
) -> list[plans.Draft]:
    partners = [plans.Partner(participant_id=home.states[home.codes[name]].id) for name in said.partners]
    return [
        plans.Draft(
            participant_id=home.states[home.codes[name]].id,
            words=LocalText.of(said.words),
            part=part,
            partners=partners,
            outcome_id=outcome.id if outcome else None,
            origin_words=origin,
        )
        for name in said.participants
    ]


def _answered(engine: Engine, home: _Home, plan: UUID, *, waiting: frozenset[str]) -> None:
    for code, state in home.states.items():
        actor = home.actors.get(code)
        if actor is None or code in waiting:
            continue
        with actor.session(engine) as session:
            wanted = select(Commitment).where(Commitment.plan_id == plan, Commitment.participant_id == state.id)
            for one in session.scalars(wanted).all():
                plans.accept(session, session.viewer, one)
            session.commit()


def _plan(session: ViewerSession, key: UUID) -> Plan:
    return session.scalars(select(Plan).where(Plan.id == key)).one()
