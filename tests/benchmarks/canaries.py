"""Every rule, every role, every planted thing, on both databases: what came out of place, and what was missing.

`canary_checks`: answers and mails looked through. `canary_leaks`, `canary_missing`: words and keys out of place, and
not where they belong (goals: 0). `canary_unlike`: hidden things answered otherwise than what does not exist (goal: 0).
`canary_posts_wrong`: posts with a wrong answer, or that stored what they must not (goal: 0).
`canary_twins_unlike`: random requests answered otherwise by a database that differs only in what the reader may not see
(goal: 0). With them the figures of the group `filter`, in the same world.

It takes hours of a processor. What was found of each role is written down at once, and a run that was stopped goes on
where it was, as long as nothing that decides it has changed.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import pickle
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from config import PROJECT_ROOT
from secretariat.core.database import make_engine
from tests.benchmarks import filter as filter_cost
from tests.benchmarks.harness import Report
from tests.conftest import RUN
from tests.security.canaries import acted, acts, crawl, mails, post_office, twins, unlike, world
from tests.security.canaries import planted as planting
from tests.security.canaries.inside import one_press
from tests.support import databases

COMPARED = 6
"""Things of each kind that are compared with what does not exist, for each role."""
ASKED_OF_TWINS = 300
"""Random requests of each role to each of its twins."""
AT_THE_WALL = (
    "coordinator",
    "representative",
    "former representative",
    "liaison officer",
    "officer",
    "chair",
    "member",
    "administrator",
    "anonymous",
)
"""Who would learn something if the wall between the tracks had a hole: the network's people, and those of the
governments' side who read most of it."""
KEPT = PROJECT_ROOT / ".canaries"
"""Where a run writes down what it has found, and keeps the world it found it in, until it is through."""
DECIDES = ("secretariat", "templates", "migrations", "tests/security", "tests/factories", "tests/support")


@dataclass
class Whole:
    """All that was asked of one world; what roles are asked of it is `PARTS`, by the same names."""

    walk: crawl.Found = field(default_factory=crawl.Found)
    posts: acted.Acted = field(default_factory=acted.Acted)
    mails: mails.Found = field(default_factory=mails.Found)
    hidden: unlike.Compared = field(default_factory=unlike.Compared)
    twins: unlike.Compared = field(default_factory=unlike.Compared)

    @property
    def errors(self) -> list[str]:
        return [*self.walk.errors, *self.mails.errors]

    def figures(self, planted: world.World) -> dict[str, int]:
        """Its figures by name."""
        return {
            "canary_checks": sum(getattr(self, part).checks for part in PARTS),
            "canary_leaks": len(self.walk.leaks) + len(self.mails.leaks),
            "canary_missing": len(self.walk.missing(planted)) + len(self.mails.gaps),
            "canary_posts_wrong": len(self.posts.wrong),
            "canary_unlike": len(self.hidden.unlike),
            "canary_twins_unlike": len(self.twins.unlike),
        }

    def wrong(self, planted: world.World) -> list[str]:
        """What is out of place, some of each."""
        every = [
            [*map(str, self.walk.leaks)], [*map(str, self.mails.leaks)], self.walk.missing(planted), self.mails.gaps,
            self.posts.wrong, self.hidden.unlike, self.twins.unlike,
        ]  # fmt: skip
        return [line for lines in every for line in lines[:50]]

    def blind(self, app: Flask, planted: world.World) -> list[str]:
        """Where nobody looked."""
        return [
            *self.walk.never_found(planted), *self.walk.not_visited(app), *self.walk.never_opened(app),
            *self.walk.unknown_questions(), *self.mails.blind(),
            *self.posts.not_posted(app), *self.posts.never_succeeded(),
        ]  # fmt: skip


def measure(report: Report) -> None:
    total: Counter[str] = Counter()
    blind: list[str] = []
    with _kept() as shared:
        for kind in _databases():
            planted, whole = _everything(kind, shared)
            blind += _tell(kind, whole, planted)
            total.update(whole.figures(planted))
        for figure, value in total.items():
            report.figure(figure, value, "count")
        filter_cost.figures(report, shared)
    if blind:
        raise RuntimeError(f"the walk did not look everywhere, or came to an error: {blind[:5]}")


@contextmanager
def _kept() -> Iterator[Path]:
    """The folder of the world and of what was found in it; that of an earlier run of the same, if it was stopped."""
    mark = _fingerprint()
    shared = KEPT / mark
    if not shared.exists() and KEPT.exists():
        shutil.rmtree(KEPT)
    (shared / "found").mkdir(parents=True, exist_ok=True)
    os.environ[RUN] = mark
    yield shared
    databases.forget(mark)
    shutil.rmtree(KEPT)


def _fingerprint() -> str:
    """Of all that decides what is found."""
    digest = hashlib.sha256()
    for folder in DECIDES:
        for path in sorted(one for one in (PROJECT_ROOT / folder).rglob("*") if one.suffix in (".py", ".html", ".txt")):
            digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def across_the_wall(report: Report) -> None:
    """What those on either side of the wall between the tracks find of the other, on pages and in mails: a part of the
    whole that takes minutes."""
    total: Counter[str] = Counter()
    with _kept() as shared:
        for kind in _databases():
            _planted, whole = _everything(kind, shared, ("walk", "mails"), AT_THE_WALL)
            for line in [*whole.errors, *map(str, whole.walk.leaks), *map(str, whole.mails.leaks)]:
                print(f"{kind}: {line}", file=sys.stderr)
            if whole.errors:
                raise RuntimeError(f"the walk came to an error: {whole.errors[:5]}")
            total["cs_canary_checks"] += whole.walk.checks + whole.mails.checks
            total["cs_canary_leaks"] += len(whole.walk.leaks) + len(whole.mails.leaks)
    for figure, value in total.items():
        report.figure(figure, value, "count")


def _everything(
    kind: str, shared: Path, parts: Iterable[str] = (), roles: Iterable[str] = ()
) -> tuple[world.World, Whole]:
    """The whole of it in one database, or some parts and roles, shared out among as many processes as there are
    processors."""
    planting.plant_template(kind, shared, os.environ[RUN])
    whole = Whole()
    planted = planting.planted_in(kind, shared)
    jobs = [(part, role) for part in parts or PARTS for role in roles or planted.officials]
    told = {job: shared / "found" / f"{kind} {job[0]} {job[1]}" for job in jobs}
    waiting = [job for job in jobs if not told[job].exists()]
    context = multiprocessing.get_context("fork")
    began = time.monotonic()
    with context.Pool(os.cpu_count(), _open, (kind, shared)) as pool:
        for place, (part, role, one) in enumerate(pool.imap_unordered(_do, waiting), 1):
            spent = time.monotonic() - began
            said = f"{place} of {len(waiting)} in {spent:.0f} s: {part}, {role}: {one.checks}"
            print("\n".join([f"{kind}: {said}", *_wrong(one)[:20]]), file=sys.stderr, flush=True)
            _write_down(told[part, role], one)
    for (part, _role), path in told.items():
        getattr(whole, part).add(pickle.loads(path.read_bytes()))
    return planted, whole


def _wrong(found: Any) -> list[str]:
    """What is out of place in what was found of one role, as far as one role tells."""
    names = ("errors", "leaks", "gaps", "wrong", "unlike")
    return [str(line) for name in names for line in getattr(found, name, [])]


def _write_down(path: Path, found: Any) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(pickle.dumps(found))
    unfinished.replace(path)


_here: dict[str, Any] = {}


def _open(kind: str, shared: Path) -> None:
    """A copy of the world for this process alone."""
    databases.wait_for_no_disk()
    gc.set_threshold(50_000, 20, 50)  # a world is large and stays; looking through it for what may go takes a tenth
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


def _post(_app: Flask, _planted: world.World, role: str) -> acted.Acted:
    """Every post of one role, in a copy for posts alone, which writes down what is stored in it."""
    if "posting" not in _here:
        folder = Path(tempfile.mkdtemp(dir=_here["shared"]))
        ground = acts.ground(_here["kind"], _here["shared"], os.environ[RUN], folder)
        _here.update(ground=ground, posting=acts.Walk(*ground.__enter__()))  # until the process ends
    walk: acts.Walk = _here["posting"]
    walk.found = acted.Acted()
    with one_press():
        walk.go(role)
    return walk.found


PARTS: dict[str, Callable[[Flask, world.World, str], Any]] = {
    "walk": lambda app, planted, role: crawl.walk(app, planted, roles=[role]),
    "posts": _post,
    "hidden": _compare,
    "twins": _ask_twins,
    "mails": _receive,
}


def _tell(kind: str, whole: Whole, planted: world.World) -> list[str]:
    """What is wrong, for whoever has to mend it; figures alone go to standard output. Gives errors, and where nobody
    looked."""
    with create_app_for_the_map() as app:
        blind = whole.blind(app, planted)
    for line in [*whole.wrong(planted), *blind]:
        print(f"{kind}: {line}", file=sys.stderr)
    print(f"{kind}: {whole.figures(planted)}", file=sys.stderr)
    return [*whole.errors, *blind]


def _databases() -> Iterator[str]:
    missing = databases.why_no_postgresql()
    if missing:
        raise RuntimeError(missing)
    yield from ("postgresql", "sqlite")


@contextmanager
def create_app_for_the_map() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory(prefix="canaries-") as name:
        folder = Path(name)
        with planting.application(databases.sqlite_copy(folder, folder), folder) as (app, _settings):
            yield app
