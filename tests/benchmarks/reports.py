"""What a large progress report costs.

`report_1000_seconds`: a report on 1,000 commitments with 10,000 updates, from the composition of its edition over its
freezing in four languages to the PDF and the DOCX. `report_compose_1000_seconds` is the first part of it.
`report_1000_peak_mb`: the most memory the process held until then; the press of the PDF is a process of its own,
`report_1000_press_peak_mb`.
"""

from __future__ import annotations

import resource
import time
from datetime import timedelta
from uuid import UUID

from flask import Flask, g
from sqlalchemy import Engine, select

from config import load_settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.database import make_engine
from secretariat.core.labelling import attach
from secretariat.core.languages import reading_in
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.jobs import papers
from secretariat.models import every_model
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment, CommitmentState, Plan, ProgressUpdate
from secretariat.plans.status import Status, UpdateState
from secretariat.reports import service, works
from secretariat.reports.models import ProgressReport
from secretariat.web import create_app
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import prepared
from tests.factories.plans import PlanWorld, acting, parts, plan, plan_world

COMMITMENTS, UPDATES = 1_000, 10
STATES = ("bz", "gt", "hn", "mx")
STATUSES = (Status.IN_PROGRESS, Status.COMPLETED, Status.POSTPONED)


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        every_model()
        registers.fill()
        settings = load_settings(environ)
        engine = make_engine(settings.database_url)
        with system_unit(engine, Reason.REFERENCE) as session:
            world = plan_world(session, "large")
        with acting(engine, world.officer) as session:
            made = plan(session, world).id
        _fill(engine, world, made)
        _measure(report, create_app(settings), engine, world, made)
        engine.dispose()


def _fill(engine: Engine, world: PlanWorld, key: UUID) -> None:
    """A thousand commitments of four states with ten updates each, put in directly."""
    with acting(engine, world.officer) as session:
        made = session.scalars(select(Plan).where(Plan.id == key)).one()
        part, members = parts(session, made)[2], [plans.members_clause(made)]
        for number in range(COMMITMENTS):
            one = Commitment(
                plan=made, area_id=part.area_id, objective_id=part.objective_id, activity_id=part.id,
                part_number=part.number, place=part.place, number=1 + number,
                participant_id=world.id[STATES[number % len(STATES)]], state=CommitmentState.ACCEPTED,
                words=LocalText.of(f"Publish the figures of crossing {number} in the shared format"),
                accepted_at=clock.now() - timedelta(days=200),
            )  # fmt: skip
            attach(session, one, members, container=made)
            for day in range(UPDATES):  # of every fifth nothing was said in the period
                at = clock.now() - timedelta(days=(100 if number % 5 else 180) - day)
                update = ProgressUpdate(
                    commitment=one, status=STATUSES[(number + day) % len(STATUSES)],
                    step=LocalText.of(f"Step {day} was taken, and the figures of the month before were published"),
                    state=UpdateState.CONFIRMED, stated_at=at, entered_at=at, confirmed_at=at,
                )  # fmt: skip
                attach(session, update, members, container=one)
        session.flush()


def _measure(report: Report, app: Flask, engine: Engine, world: PlanWorld, key: UUID) -> None:
    from secretariat.reports.views.reports import in_all_languages

    today = clock.today()
    begun = time.perf_counter()
    with app.test_request_context("/"), acting(engine, world.officer) as session:
        g.viewer, g.place = session.viewer, None  # as in a request: nobody is looked up past this transaction
        made = session.scalars(select(Plan).where(Plan.id == key)).one()
        draft: ProgressReport = service.begin_report(
            session, session.viewer, made, from_on=today - timedelta(days=120), to_on=today
        )
        composed = service.compose(session, draft)
        report.figure("report_compose_1000_seconds", time.perf_counter() - begun, "s")
        prepared_one = service.Prepared(composed, in_all_languages(composed, draft))
        [edition] = service.issue(session, session.viewer, draft, [prepared_one])
        with reading_in("en", made.process.zone):
            sheet = papers.sheet_of(session, works.EDITION, edition.id)
            if sheet is None:
                raise LookupError("the edition is not there")
            for form in (papers.PDF, papers.DOCX):
                papers.made(works.EDITION, sheet, form)
    report.figure("report_1000_seconds", time.perf_counter() - begun, "s")
    held = {"report_1000_peak_mb": resource.RUSAGE_SELF, "report_1000_press_peak_mb": resource.RUSAGE_CHILDREN}
    for name, who in held.items():
        report.figure(name, resource.getrusage(who).ru_maxrss / 1024, "MB")
