"""Every rule, every role, every planted thing, on both databases: what came out of place, and what was missing.

`canary_checks`: answers looked through. `canary_leaks`, `canary_missing`: words and keys out of place, and not where
they belong (goals: 0). `canary_unlike`: hidden things answered otherwise than one that does not exist (goal: 0).
`filter_overhead_ratio`: a whole list page with the filter against the same page without it, a reader of 200 labels who
may read all its rows, median of paired runs (goal 1.25); beside it 20 and 5,000 labels.
"""

from __future__ import annotations

import os
import secrets
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import process_time

from flask import Flask
from flask.testing import FlaskClient

from config import Settings, load_settings
from secretariat.core import session as core_session
from secretariat.core.database import make_engine, new_key
from secretariat.core.labelling import attach, intern
from secretariat.core.labels import LabelValue
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.processes.clauses import members_of, named, participant
from secretariat.processes.models import Body, Process, Track
from secretariat.web import create_app
from tests.benchmarks.harness import Report
from tests.security.canaries import crawl, world
from tests.support import databases

LABELS = (20, 200, 5000)
ROWS = 60
PAIRS = 40


def measure(report: Report) -> None:
    checks = leaks = missing = unlike = 0
    for url in _databases():
        with _application(url) as (app, planted):
            found = crawl.walk(app, planted)
            if found.errors:
                raise RuntimeError(f"{len(found.errors)} addresses answered with an error: {found.errors[:5]}")
            hidden = crawl.compare_hidden_with_absent(app, planted, roles=["observer", "representative", "suspended"])
            _tell(found, planted, hidden)
            checks += found.checks + hidden.checks
            leaks += len(found.leaks)
            missing += len(found.missing(planted))
            unlike += len(hidden.unlike)
    report.figure("canary_checks", checks, "count")
    report.figure("canary_leaks", leaks, "count")
    report.figure("canary_missing", missing, "count")
    report.figure("canary_unlike", unlike, "count")
    with _application(next(iter(_databases()))) as (app, planted):
        for labels in LABELS:
            ratio = _overhead(app, planted, labels)
            report.figure("filter_overhead_ratio" + ("" if labels == 200 else f"_{labels}"), ratio, "ratio")


def _tell(found: crawl.Found, planted: world.World, hidden: crawl.Found) -> None:
    """What is wrong, for whoever has to mend it; figures alone go to standard output."""
    for line in [*map(str, found.leaks[:50]), *found.missing(planted)[:50], *hidden.unlike[:50]]:
        print(line, file=sys.stderr)
    for kind in found.never_found(planted):
        print(f"no page showed anybody a {kind}", file=sys.stderr)


def _databases() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="canaries-"))
    yield databases.sqlite_copy(folder, folder)
    missing = databases.why_no_postgresql()
    if missing:
        raise RuntimeError(missing)
    run = os.environ.setdefault("SECRETARIAT_TEST_RUN", secrets.token_hex(4))
    url = databases.postgresql_copy(folder, run)
    try:
        yield url
    finally:
        databases.forget(run)


@contextmanager
def _application(url: str) -> Iterator[tuple[Flask, world.World]]:
    with tempfile.TemporaryDirectory(prefix="canaries-") as folder:
        settings: Settings = load_settings({"ENVIRONMENT": "test", "DATA_ROOT": folder, "DATABASE_URL": url})
        app = create_app(settings)
        role = None if settings.on_sqlite else settings.database_role
        engine = make_engine(settings.database_url, role)
        try:
            yield app, world.make_world(engine)
        finally:
            engine.dispose()
            app.extensions["engine"].dispose()


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
