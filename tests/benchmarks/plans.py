"""What the table of a plan costs: 1,000 commitments of 25 participants, a hundred rows a page.

`table_1000_ms_p50`, `table_1000_ms_p95`: the page as a member reads it. `table_floor_ratio` (goal 8): processor time of
web and database for one request over that of a table of a hundred rows from one SELECT (`tests.benchmarks.floor`).
`table_queries`: statements of the page, which are as many for 10 commitments as for 1,000; where they are not, nothing
is measured. `table_sorted_1000_ms_p50`: the same page sorted by words, for which all rows are read.
`table_export_1000_seconds`: the whole table as XLSX, as it is handed out.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.plans import service
from secretariat.plans.models import Activity, Commitment, CommitmentPartner, CommitmentState, Plan, ProgressUpdate
from secretariat.plans.status import Status, UpdateState
from secretariat.processes.models import Participation, Process, StandingKind, Track, TrackKind
from secretariat.web import create_app
from tests.benchmarks import reading, running
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import FLOOR, prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import people
from tests.factories.meetings import acting
from tests.factories.people import PASSWORD, Official
from tests.support.sql import statements_sent

FEW, MANY = 10, 1000
PARTICIPANTS = 25
ACTIVITIES = 60


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        ground = people_of(environ)
        few, many = _plan(ground, FEW), _plan(ground, MANY)
        member = _member(ground)
        _statements(report, ground, member, (few, many))
        with running.serving(FLOOR, environ) as served:
            _pages(report, served, member, many)
        ground.engine.dispose()


def _member(ground: Ground) -> Official:
    """A focal point of a member, for whom no row is a proposal or a draft."""
    return next(iter(ground.focal.values()))


def _plan(ground: Ground, commitments: int) -> UUID:
    """An adopted plan of areas, objectives and activities with so many commitments, each with an indicator, a partner
    and, of four in five, a word on how it stands."""
    with acting(ground.engine, ground.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == SLUG)).one()
        track = session.scalars(
            select(Track).where(Track.process_id == process.id, Track.kind == TrackKind.GOVERNMENT)
        ).one()
        plan = service.begin_plan(session, session.viewer, process, track, LocalText.of(f"Plan of {commitments}"))
        activities = _text(session, plan)
        service.adopt_plan(session, session.viewer, plan, clock.today() - timedelta(days=200))
        members = session.scalars(
            select(Participation.participant_id).where(
                Participation.process_id == process.id,
                Participation.track_id == track.id,
                Participation.standing == StandingKind.MEMBER,
            )
        )
        of_states = sorted({one for one in members if one in ground.focal}, key=str)[:PARTICIPANTS]
        for number in range(commitments):
            _commitment(session, plan, activities[number * ACTIVITIES // commitments], of_states, number)
        session.flush()
        return plan.id


def _text(session: ViewerSession, plan: Plan) -> list[Activity]:
    activities: list[Activity] = []
    for area_number in range(3):
        area = service.add_area(session, session.viewer, plan, LocalText.of(f"Area of work {area_number}"))
        for number in range(4):
            words = LocalText.of(f"Objective {number}: reliable information on movements")
            objective = service.add_objective(session, session.viewer, plan, words, above=area)
            for each in range(ACTIVITIES // 12):
                words = LocalText.of(f"Exchange monthly figures in one format, part {each}")
                activities.append(service.add_activity(session, session.viewer, plan, words, above=objective))
    return activities


def _commitment(session: ViewerSession, plan: Plan, part: Activity, of_states: Sequence[UUID], number: int) -> None:
    members = [service.members_clause(plan)]
    one = Commitment(
        plan=plan,
        area_id=part.area_id,
        objective_id=part.objective_id,
        activity_id=part.id,
        part_number=part.number,
        place=part.place,
        number=number + 1,
        participant_id=of_states[number % len(of_states)],
        state=CommitmentState.ACCEPTED,
        words=LocalText.of(f"Publish the figures of region {number} in the shared format, month by month"),
        lead=LocalText.of("National Migration Institute"),
        indicator=LocalText.of(f"{number % 12 + 1} tables published"),
        due_on=date(2027, 1, 1) + timedelta(days=number % 300),
        accepted_at=clock.now(),
    )
    attach(session, one, members, container=plan)
    partner = CommitmentPartner(commitment=one, name_text="International Organization for Migration", position=1)
    attach(session, partner, container=one)
    if number % 5:
        said = ProgressUpdate(
            commitment=one,
            status=list(Status)[number % 4],
            step=LocalText.of(f"Series {number} is published, the next one is being prepared"),
            state=UpdateState.CONFIRMED,
            stated_at=clock.now() - timedelta(days=number % 90),
            entered_at=clock.now(),
            confirmed_at=clock.now(),
        )
        attach(session, said, members, container=one)


def _statements(report: Report, ground: Ground, member: Official, plans: Sequence[UUID]) -> None:
    client = people.sign_in(create_app(ground.settings), member)
    counted = []
    for plan in plans:
        for _again in range(2):
            client.get(f"/plans/{plan}/table")
        with statements_sent() as sent:
            answer = client.get(f"/plans/{plan}/table")
        if answer.status_code != 200:
            raise ValueError(f"the table answered {answer.status_code}")
        counted.append(len(sent))
    if len(set(counted)) != 1:
        raise ValueError(f"the number of statements grows with the plan: {counted}")
    report.figure("table_queries", counted[0], "count")
    started_at = time.perf_counter()
    file = client.get(f"/plans/{plans[-1]}/table.xlsx")
    if file.status_code != 200:
        raise ValueError(f"the table as XLSX answered {file.status_code}")
    report.figure("table_export_1000_seconds", time.perf_counter() - started_at, "s")


def _pages(report: Report, served: running.Serving, member: Official, plan: UUID) -> None:
    cookie = reading.cookie_of(served, member.email, PASSWORD)
    path = f"/plans/{plan}/table"
    pages = {"table": path, "sorted": f"{path}?sort=indicator", "floor": "/floor/hundred"}
    found = reading.costs(served, pages, cookie)
    table, floor = found["table"], found["floor"]
    report.figure("table_1000_ms_p50", table.ms_p50, "ms")
    report.figure("table_1000_ms_p95", statistics.quantiles(table.seconds, n=20)[-1] * 1000, "ms")
    report.figure("table_sorted_1000_ms_p50", found["sorted"].ms_p50, "ms")
    report.figure("table_floor_ms_p50", floor.ms_p50, "ms")
    report.figure("table_floor_ratio", table.ratio_to(floor), "ratio")
