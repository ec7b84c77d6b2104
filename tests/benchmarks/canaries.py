"""Every rule, every role, every planted thing, on both databases: what came out of place, and what was missing.

`canary_checks`: answers looked through. `canary_leaks`, `canary_missing`: words and keys out of place, and not where
they belong (goals: 0). `canary_unlike`: hidden things answered otherwise than one that does not exist (goal: 0).
`filter_overhead_ratio`: a whole list page with the filter against the same page without it, a reader of 200 labels who
may read all its rows, median of paired runs (goal 1.25); beside it 20 and 5,000 labels.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from secretariat.core import session as core_session
from secretariat.core.database import make_engine, new_key
from secretariat.core.labelling import attach, intern
from secretariat.core.labels import LabelValue
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.processes.clauses import members_of, named, participant
from secretariat.processes.models import Body, Process, Track
from tests.benchmarks.harness import Report
from tests.conftest import RUN
from tests.security.canaries import crawl, unlike, world
from tests.security.canaries import planted as planting
from tests.support import databases

LABELS = (20, 200, 5000)
COMPARED = 6
"""Things of each kind that are compared with what does not exist, for each role."""
ROWS = 60
PAIRS = 40


def measure(report: Report) -> None:
    total, compared = 0, unlike.Compared()
    leaks = missing = 0
    with tempfile.TemporaryDirectory(prefix="canaries-") as name:
        shared = Path(name)
        for kind in _databases():
            planted, found, hidden = _everything(kind, shared)
            _tell(kind, found, planted, hidden)
            total += found.checks
            leaks += len(found.leaks)
            missing += len(found.missing(planted))
            compared.add(hidden)
        report.figure("canary_checks", total + compared.checks, "count")
        report.figure("canary_leaks", leaks, "count")
        report.figure("canary_missing", missing, "count")
        report.figure("canary_unlike", len(compared.unlike), "count")
        for labels in LABELS:
            suffix = "" if labels == 200 else f"_{labels}"
            report.figure(f"filter_overhead_ratio{suffix}", _overhead_of_a_copy(shared, labels), "ratio")


def _everything(kind: str, shared: Path) -> tuple[world.World, crawl.Found, unlike.Compared]:
    """The whole walk in one database, roles shared out among as many processes as there are processors."""
    planting.plant_template(kind, shared, os.environ[RUN])
    found, hidden = crawl.Found(), unlike.Compared()
    planted = planting.planted_in(kind, shared)
    jobs = [(part, role) for part in PARTS for role in planted.officials]
    context = multiprocessing.get_context("fork")
    with context.Pool(os.cpu_count(), _open, (kind, shared)) as pool:
        for place, (part, role, one) in enumerate(pool.imap_unordered(_do, jobs), 1):
            print(f"{kind}: {place} of {len(jobs)}: {part}, {role}: {one.checks}", file=sys.stderr)
            if isinstance(one, crawl.Found):
                found.add(one)
            else:
                hidden.add(one)
    if found.errors:
        raise RuntimeError(f"{len(found.errors)} addresses answered with an error: {found.errors[:5]}")
    return planted, found, hidden


_here: dict[str, Any] = {}


def _open(kind: str, shared: Path) -> None:
    """A copy of the world for this process alone."""
    folder = Path(tempfile.mkdtemp(dir=shared))
    url, planted = planting.copied(kind, shared, os.environ[RUN], folder)
    opened = planting.application(url, folder)
    app, settings = opened.__enter__()  # until the process ends
    planted.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
    _here.update(app=app, planted=planted, opened=opened)


def _do(job: tuple[str, str]) -> tuple[str, str, Any]:
    part, role = job
    return part, role, PARTS[part](_here["app"], _here["planted"], role)


def _compare(app: Flask, planted: world.World, role: str) -> unlike.Compared:
    return unlike.compare_hidden_with_absent(app, planted, roles=[role], most=COMPARED)


PARTS: dict[str, Callable[[Flask, world.World, str], Any]] = {
    "walk": lambda app, planted, role: crawl.walk(app, planted, roles=[role]),
    "hidden and absent": _compare,
}


def _tell(kind: str, found: crawl.Found, planted: world.World, hidden: unlike.Compared) -> None:
    """What is wrong, for whoever has to mend it; figures alone go to standard output."""
    with create_app_for_the_map() as app:
        blind = [*found.never_found(planted), *found.not_visited(app), *found.never_opened(app)]
    blind += found.unknown_questions()
    for line in [*map(str, found.leaks[:50]), *found.missing(planted)[:50], *hidden.unlike[:50], *blind]:
        print(f"{kind}: {line}", file=sys.stderr)
    if blind:
        raise RuntimeError(f"the walk did not look everywhere: {blind[:5]}")


def _databases() -> Iterator[str]:
    missing = databases.why_no_postgresql()
    if missing:
        raise RuntimeError(missing)
    run = os.environ.setdefault(RUN, secrets.token_hex(4))
    try:
        yield from ("sqlite", "postgresql")
    finally:
        databases.forget(run)


@contextmanager
def create_app_for_the_map() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory(prefix="canaries-") as name:
        folder = Path(name)
        with planting.application(databases.sqlite_copy(folder, folder), folder) as (app, _settings):
            yield app


def _overhead_of_a_copy(shared: Path, labels: int) -> float:
    folder = Path(tempfile.mkdtemp(dir=shared))
    url, planted = planting.copied("sqlite", shared, os.environ[RUN], folder)
    with planting.application(url, folder) as (app, _settings):
        planted.engine = make_engine(url)
        try:
            return _overhead(app, planted, labels)
        finally:
            planted.engine.dispose()


def _overhead(app: Flask, planted: world.World, labels: int) -> float:
    """CPU of the page of a process with its bodies, filter on over filter off; every row is readable either way."""
    _give_labels(planted, labels)
    official = planted.officials["member of another process"]
    assert official is not None
    client = crawl.client_of(app, official)
    path = f"/processes/{planted.slugs[1]}/"
    for _ in range(5):
        _cost(client, path)
    ratios = []
    for _ in range(PAIRS):
        with_filter = _cost(client, path)
        core_session.guard.on = False
        try:
            without = _cost(client, path)
        finally:
            core_session.guard.on = True
        ratios.append(with_filter / without)
    return statistics.median(ratios)


def _cost(client: FlaskClient, path: str) -> float:
    before = process_time()
    answer = client.get(path)
    spent = process_time() - before
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    answer.close()
    return spent


def _give_labels(planted: world.World, labels: int) -> None:
    """Rows of the other process up to `ROWS`, and labels its member may read up to `labels`."""
    with system_unit(planted.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, planted.ids["other process"])
        track = session.get_one(Track, planted.ids["other government"])
        for place in range(session.query(Body).filter_by(process_id=process.id).count(), ROWS):
            body = Body(
                process_id=process.id, track_id=track.id, name=LocalText.of(f"Body {place}"), kind="working_group"
            )
            attach(session, body, [replace(members_of(process, track), generation=1)])
        stranger = participant(planted.ids["state stranger"])
        for _ in range(labels):
            other = replace(stranger, id=new_key())
            intern(session, LabelValue(frozenset([named(process, track, audience=[stranger, other])])))
