"""What bringing a table into a plan costs: 5,000 rows, each an activity with its commitment.

`import_5000_seconds`: from the confirmation to all of it being in the plan, in one transaction, on SQLite.
`import_5000_preview_seconds`: the page that shows what would come in, a hundred rows of it. `import_5000_peak_mb`: the
most memory the process has held by then, with the product itself.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

from sqlalchemy import select

from secretariat.core.localtext import LocalText
from secretariat.directory import viewers
from secretariat.jobs.kinds import Hands
from secretariat.plans import service
from secretariat.plans.models import Plan
from secretariat.plans.service import importing
from secretariat.processes.models import Process, Track
from secretariat.web import create_app
from tests.benchmarks.harness import Report
from tests.benchmarks.interface import prepared
from tests.benchmarks.meetings import SLUG, Ground, people_of
from tests.factories import people
from tests.factories.meetings import acting

ROWS = 5_000
_KB = 1_024


def measure(report: Report) -> None:
    with prepared("sqlite") as environ:
        apart = multiprocessing.get_context("spawn")  # whatever was measured before is not in its memory
        ours, theirs = apart.Pipe(duplex=False)
        child = apart.Process(target=_measure, args=(environ, theirs))
        child.start()
        theirs.close()
        try:
            figures: list[tuple[str, float, str]] = ours.recv()
        finally:
            child.join()
    for figure in figures:
        report.figure(*figure)


def _measure(environ: dict[str, str], result: Connection) -> None:
    ground = people_of(environ)
    plan = _plan(ground)
    with acting(ground.engine, ground.officer) as session:
        the_plan = session.scalars(select(Plan).where(Plan.id == plan)).one()
        key = importing.look_at(session, the_plan, "plan.csv", _table(session, the_plan), ["en"]).id
    preview = _preview(ground, plan, key)
    began = time.perf_counter()
    with acting(ground.engine, ground.officer) as session:
        importing.confirm(session, importing.the_import(session, key))
    who = ground.officer
    hands = Hands(ground.engine, ground.settings, lambda: viewers.viewer(ground.engine, who.person, who.hat))
    told = {"import": str(key), "language": "en", "zone": "UTC"}
    importing.bring_in(hands, told, lambda _done, _all: None)
    spent = time.perf_counter() - began
    with acting(ground.engine, ground.officer) as session:
        came = len(importing.the_import(session, key).became["commitments"])
    if came != ROWS:
        raise ValueError(f"{came} commitments came in")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KB
    result.send(
        [
            ("import_5000_seconds", spent, "s"),
            ("import_5000_preview_seconds", preview, "s"),
            ("import_5000_peak_mb", peak, "MB"),
        ]
    )
    ground.engine.dispose()


def _plan(ground: Ground) -> UUID:
    with acting(ground.engine, ground.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == SLUG)).one()
        track = session.scalars(select(Track).where(Track.process_id == process.id, Track.slug == "government")).one()
        return service.begin_plan(session, session.viewer, process, track, LocalText.of("A long plan")).id


def _table(session: Any, plan: Plan) -> bytes:
    """Ten areas of five hundred activities, whose members stand in turn."""
    from secretariat.plans.exchange.meaning import Known
    from secretariat.processes.names import names_of

    members = [str(one) for one in names_of(session, Known(session, plan).members).values()]
    lines = ["Area,Activity,Responsible,Partners,Due,Indicator"]
    for number in range(ROWS):
        area = f"Area {number // 500}" if number % 500 == 0 else ""
        who = members[number % len(members)]
        lines.append(f'{area},Activity {number} of the plan,"{who}",A network,June 2099,Figures {number}')
    return "\n".join(lines).encode()


def _preview(ground: Ground, plan: UUID, key: UUID) -> float:
    client = people.sign_in(create_app(ground.settings), ground.officer)
    address = f"/plans/{plan}/imports/{key}"
    client.get(address)
    began = time.perf_counter()
    answer = client.get(f"{address}?page=20")
    spent = time.perf_counter() - began
    if answer.status_code != 200:
        raise ValueError(f"the page of the table answered {answer.status_code}")
    return spent
