"""Every rule, every role, every planted thing, on both databases: what came out of place, and what was missing.

`canary_checks`: answers and mails looked through. `canary_leaks`, `canary_missing`: words and keys out of place, and
not where they belong (goals: 0). `canary_unlike`: hidden things answered otherwise than what does not exist (goal: 0).
`canary_twins_unlike`: random requests answered otherwise by a database that differs only in what the reader may not see
(goal: 0). With them the figures of the group `filter`, in the same world.
"""

from __future__ import annotations

import multiprocessing
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from secretariat.core.database import make_engine
from tests.benchmarks import filter as filter_cost
from tests.benchmarks.harness import Report
from tests.conftest import RUN
from tests.security.canaries import crawl, mails, post_office, twins, unlike, world
from tests.security.canaries import planted as planting
from tests.support import databases

COMPARED = 6
"""Things of each kind that are compared with what does not exist, for each role."""
ASKED_OF_TWINS = 300
"""Random requests of each role to each of its twins."""


def measure(report: Report) -> None:
    total, compared, between_twins = 0, unlike.Compared(), unlike.Compared()
    leaks = missing = 0
    with tempfile.TemporaryDirectory(prefix="canaries-") as name:
        shared = Path(name)
        for kind in _databases():
            planted, found, received, hidden, apart = _everything(kind, shared)
            _tell(kind, found, received, planted, [*hidden.unlike[:50], *apart.unlike[:50]])
            total += found.checks + received.checks
            leaks += len(found.leaks) + len(received.leaks)
            missing += len(found.missing(planted)) + len(received.gaps)
            compared.add(hidden)
            between_twins.add(apart)
        report.figure("canary_checks", total + compared.checks + between_twins.checks, "count")
        report.figure("canary_leaks", leaks, "count")
        report.figure("canary_missing", missing, "count")
        report.figure("canary_unlike", len(compared.unlike), "count")
        report.figure("canary_twins_unlike", len(between_twins.unlike), "count")
        filter_cost.figures(report, shared)


def _everything(
    kind: str, shared: Path
) -> tuple[world.World, crawl.Found, mails.Found, unlike.Compared, unlike.Compared]:
    """The whole walk in one database, roles shared out among as many processes as there are processors."""
    planting.plant_template(kind, shared, os.environ[RUN])
    found, received, compared = crawl.Found(), mails.Found(), {part: unlike.Compared() for part in PARTS}
    planted = planting.planted_in(kind, shared)
    jobs = [(part, role) for part in PARTS for role in planted.officials]
    context = multiprocessing.get_context("fork")
    with context.Pool(os.cpu_count(), _open, (kind, shared)) as pool:
        for place, (part, role, one) in enumerate(pool.imap_unordered(_do, jobs), 1):
            print(f"{kind}: {place} of {len(jobs)}: {part}, {role}: {one.checks}", file=sys.stderr)
            if isinstance(one, crawl.Found):
                found.add(one)
            elif isinstance(one, mails.Found):
                received.add(one)
            else:
                compared[part].add(one)
    if found.errors:
        raise RuntimeError(f"{len(found.errors)} addresses answered with an error: {found.errors[:5]}")
    if received.errors:
        raise RuntimeError(f"{len(received.errors)} mails were not as mails are to be: {received.errors[:5]}")
    return planted, found, received, compared["hidden and absent"], compared["twins"]


_here: dict[str, Any] = {}


def _open(kind: str, shared: Path) -> None:
    """A copy of the world for this process alone."""
    folder = Path(tempfile.mkdtemp(dir=shared))
    url, planted = planting.copied(kind, shared, os.environ[RUN], folder)
    opened = planting.application(url, folder)
    app, settings = opened.__enter__()  # until the process ends
    planted.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
    _here.update(app=app, planted=planted, opened=opened, kind=kind, shared=shared)


def _do(job: tuple[str, str]) -> tuple[str, str, Any]:
    part, role = job
    return part, role, PARTS[part](_here["app"], _here["planted"], role)


def _compare(app: Flask, planted: world.World, role: str) -> unlike.Compared:
    return unlike.compare_hidden_with_absent(app, planted, roles=[role], most=COMPARED)


def _ask_twins(_app: Flask, _planted: world.World, role: str) -> unlike.Compared:
    with twins.twins(_here["kind"], _here["shared"], os.environ[RUN], role) as made:
        return twins.compare(made, many=ASKED_OF_TWINS)


def _receive(_app: Flask, _planted: world.World, role: str) -> mails.Found:
    """Every mail to one role, in a copy of its own: stages are set in it."""
    if role == "anonymous":
        return mails.Found()
    folder = Path(tempfile.mkdtemp(dir=_here["shared"]))
    with post_office.opened(_here["kind"], _here["shared"], folder) as (planted, settings, relay, _of_it):
        return mails.receive(planted, settings, relay, roles=[role])


PARTS: dict[str, Callable[[Flask, world.World, str], Any]] = {
    "walk": lambda app, planted, role: crawl.walk(app, planted, roles=[role]),
    "hidden and absent": _compare,
    "twins": _ask_twins,
    "mails": _receive,
}


def _tell(kind: str, found: crawl.Found, received: mails.Found, planted: world.World, unlike_others: list[str]) -> None:
    """What is wrong, for whoever has to mend it; figures alone go to standard output."""
    with create_app_for_the_map() as app:
        blind = [*found.never_found(planted), *found.not_visited(app), *found.never_opened(app)]
    blind += [*found.unknown_questions(), *received.blind()]
    wrong = [*map(str, [*found.leaks[:50], *received.leaks[:50]]), *found.missing(planted)[:50], *received.gaps[:50]]
    for line in [*wrong, *unlike_others, *blind]:
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
