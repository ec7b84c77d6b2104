"""What the filter costs a page.

`filter_overhead_ratio`: processor time of a whole list page with the filter against the same page without it, a reader
of 200 labels who may read all its rows, median of paired runs (goal 1.25); beside it 20 and 5,000 labels.
"""

from __future__ import annotations

import os
import secrets
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path
from time import process_time

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
from tests.security.canaries import crawl, world
from tests.security.canaries import planted as planting

LABELS = (200, 20, 5000)
ROWS = 60
PAIRS = 40


def measure(report: Report) -> None:
    run = os.environ.setdefault(RUN, secrets.token_hex(4))
    with tempfile.TemporaryDirectory(prefix="filter-") as name:
        planting.plant_template("sqlite", Path(name), run)
        figures(report, Path(name))


def figures(report: Report, shared: Path) -> None:
    """The figures, each in a copy of the world planted in `shared`."""
    for labels in LABELS:
        suffix = "" if labels == 200 else f"_{labels}"
        report.figure(f"filter_overhead_ratio{suffix}", _overhead_of_a_copy(shared, labels), "ratio")


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
