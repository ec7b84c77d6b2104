"""A plan of action with its parts, commitments and what was said of them - made through the services, as people do.

with system_unit(engine, Reason.REFERENCE) as session:
    world = plan_world(session)
with acting(engine, world.officer) as session:
    plan = plan(session, world)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession, reading_as
from secretariat.directory import viewers
from secretariat.plans import service
from secretariat.plans.models import Activity, Area, Commitment, CommitmentState, Objective, Plan, ProgressUpdate
from secretariat.plans.status import Status, UpdateState
from secretariat.processes.models import Process, Track
from tests.factories import people
from tests.factories.processes import World, small_world


@dataclass
class PlanWorld:
    """A small world with an officer, and focal points of its states: `gt`, `mx`, `hn`, `bz`, `co` (an observer's)."""

    world: World
    id: dict[str, UUID]
    officer: people.Official
    chair: people.Official
    coordinator: people.Official
    administrator: people.Official
    focal: dict[str, people.Official] = field(default_factory=dict)


def plan_world(session: Session, slug: str = "rcx") -> PlanWorld:
    """Everybody who has to do with plans, and some who have not."""
    world = small_world(session, slug)
    made = PlanWorld(
        world,
        world.id,
        people.officer(session, world.government),
        people.chair(session, world.government, world.member["gt"], body=world.body["steering"]),
        people.coordinator(session, world.network),
        people.administrator(session),
    )
    for key in ("bz", "gt", "hn", "mx"):
        made.focal[key] = people.focal_point(session, world.government, world.member[key])
    made.focal["co"] = people.focal_point(session, world.government, world.observer["co"])
    made.focal["house"] = people.representative(session, world.network, world.organization["house"])
    return made


@contextmanager
def acting(engine: Engine, who: Any) -> Iterator[ViewerSession]:
    """A unit of work of a person under a hat: commits at the end, as the web does."""
    viewer = viewers.viewer(engine, who.person, who.hat)
    with reading_as(engine, viewer, writes=True) as session:
        yield session
        session.commit()


@contextmanager
def seeing(engine: Engine, who: Any | None) -> Iterator[ViewerSession]:
    """A session that reads with these eyes; the public's where nobody is given."""
    viewer = viewers.viewer(engine, who.person, who.hat) if who else viewers.viewer(engine, None)
    with reading_as(engine, viewer) as session:
        yield session


def plan(
    session: ViewerSession, world: PlanWorld, *, adopted: date | None = None, title: str = "Plan of action"
) -> Plan:
    """A plan with an area, an objective and an activity; adopted a hundred days ago unless told otherwise."""
    process = session.scalars(select(Process).where(Process.id == world.id["process"])).one()
    track = session.scalars(select(Track).where(Track.id == world.id["government"])).one()
    made = service.begin_plan(session, session.viewer, process, track, LocalText.of(title))
    area = service.add_area(session, session.viewer, made, LocalText.of("Migration policy and management"))
    objective = service.add_objective(session, session.viewer, made, LocalText.of("Reliable information"), above=area)
    service.add_activity(session, session.viewer, made, LocalText.of("Exchange figures"), above=objective)
    on = adopted or clock.today() - timedelta(days=100)
    service.adopt_plan(session, session.viewer, made, on, where=LocalText.of("Vice-Ministerial Meeting"))
    return made


def parts(session: Session, made: Plan) -> tuple[Area, Objective, Activity]:
    """The first area, objective and activity of a plan."""
    return (
        session.scalars(select(Area).where(Area.plan_id == made.id).order_by(Area.place)).first(),
        session.scalars(select(Objective).where(Objective.plan_id == made.id).order_by(Objective.place)).first(),
        session.scalars(select(Activity).where(Activity.plan_id == made.id).order_by(Activity.place)).first(),
    )  # type: ignore[return-value]


def proposed(
    session: ViewerSession,
    world: PlanWorld,
    made: Plan,
    state: str,
    words: str = "Publish monthly figures",
    **more: Any,
) -> Commitment:
    """A proposal to a state, in the first activity of the plan."""
    more.setdefault("part", parts(session, made)[2])
    more.setdefault("due_on", clock.today() + timedelta(days=30))
    draft = service.Draft(world.id[state], LocalText.of(words), **more)
    return service.propose_commitment(session, session.viewer, made, draft)


def own(
    session: ViewerSession,
    world: PlanWorld,
    made: Plan,
    state: str,
    words: str = "Publish monthly figures",
    **more: Any,
) -> Commitment:
    """A state's own commitment; the session is its focal point's."""
    more.setdefault("part", parts(session, made)[2])
    more.setdefault("due_on", clock.today() + timedelta(days=30))
    draft = service.Draft(world.id[state], LocalText.of(words), **more)
    return service.commit_own(session, session.viewer, made, draft)


def again(session: Session, commitment: Commitment | UUID) -> Commitment:
    """The same commitment, in this session."""
    key = commitment if isinstance(commitment, UUID) else commitment.id
    return session.scalars(select(Commitment).where(Commitment.id == key)).one()


def many(session: ViewerSession, world: PlanWorld, made: Plan, state: str, count: int) -> None:
    """Commitments of a state that are in the plan already, each with a word; put in directly, for long tables."""
    part, members = parts(session, made)[2], [service.members_clause(made)]
    for number in range(count):
        one = Commitment(
            plan=made,
            area_id=part.area_id,
            objective_id=part.objective_id,
            activity_id=part.id,
            part_number=part.number,
            place=part.place,
            number=1000 + number,
            participant_id=world.id[state],
            state=CommitmentState.ACCEPTED,
            words=LocalText.of(f"Step {number}"),
            accepted_at=clock.now(),
        )
        attach(session, one, members, container=made)
        update = ProgressUpdate(
            commitment=one,
            status=Status.IN_PROGRESS,
            step=LocalText.of("Said"),
            state=UpdateState.CONFIRMED,
            stated_at=clock.now(),
            entered_at=clock.now(),
            confirmed_at=clock.now(),
        )
        attach(session, update, members, container=one)
    session.flush()
