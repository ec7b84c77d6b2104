"""Whether a silence ever stands otherwise than the clock and the reactions say.

`silence_wrong_states` (goal 0), on SQLite and, where one answers, on PostgreSQL (`_postgresql`): of 1,000 procedures,
most with reactions that reach the server within two seconds around their end and are written up to two seconds later.
At first no worker runs, then two at once, each killed and started again and again while it records. Wrong is a state
told to a reader that an oracle of its own does not know; an end recorded otherwise, twice or not at all; a reaction
taken for late that was not, or the other way round; a letter of the result doubled, missing or of another result.
`silence_states_told` is how many states were compared.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from select import select as select_ready
from threading import Event, Lock, Thread
from uuid import UUID

from sqlalchemy import Engine, func, select

from config import PROJECT_ROOT, load_settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.database import make_engine
from secretariat.core.labelling import attach
from secretariat.core.models import AuditEntry
from secretariat.core.session import Reason, system_unit
from secretariat.mail.models import OutboxMessage
from secretariat.meetings import models  # noqa: F401 - texts name its classes
from secretariat.models import every_model
from secretariat.texts import silence_queries
from secretariat.texts.models import TextEdition
from secretariat.texts.service import silence as service
from secretariat.texts.service.silence import Saying
from secretariat.texts.silence import ReactionKind
from secretariat.texts.silence_models import ReasonsTo, SilenceProcedure, SilenceReaction
from tests.benchmarks import running
from tests.benchmarks.harness import Report
from tests.factories import people
from tests.factories import silence as made
from tests.factories.meetings import acting, looking
from tests.factories.people import Official
from tests.factories.processes import small_world
from tests.support import databases

PROCEDURES = 1_000
EDITIONS = 10
SPREAD_SECONDS = 40
AROUND_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 1.5
WORKERS = 2
SECONDS_WITHOUT_WORKER = 15
SECONDS_TO_RECORD = 420
"""So long without a single end more on record is for ever: on a busy machine the whole takes longer than that."""
WORKER = """
import time
from worker.app import app
app.loader.import_default_modules()
print("ready", flush=True)
while True:
    app.tasks["worker.tasks.record_silences"].apply(throw=True)
    time.sleep(0.2)
"""


@dataclass
class Planned:
    """One procedure: when it ends, and what is said to it, by whom, received when."""

    key: UUID
    ends: datetime
    by: str = ""
    kind: ReactionKind | None = None
    received: datetime | None = None
    begun: float | None = None
    written: float | None = None

    @property
    def breaks(self) -> bool:
        """Whether the reaction is an objection in time."""
        return self.kind is ReactionKind.OBJECTION and self.received is not None and self.received < self.ends


@dataclass
class Ground:
    """A process of four members with a focal point each, and what was seen."""

    engine: Engine
    environ: dict[str, str]
    officer: Official
    focal: dict[str, Official]
    planned: list[Planned] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    told: int = 0
    lock: Lock = field(default_factory=Lock)

    def note(self, what: str, count: int = 1) -> None:
        with self.lock:
            self.wrong[what] += count


def measure(report: Report) -> None:
    kinds = ["sqlite", *([] if databases.why_no_postgresql() else ["postgresql"])]
    for kind in kinds:
        with _ground(kind) as ground:
            _run(ground)
            for what, count in sorted(ground.wrong.items()):
                print(f"  {kind}: {what}: {count}", file=sys.stderr)
            suffix = "" if kind == "sqlite" else f"_{kind}"
            report.figure(f"silence_wrong_states{suffix}", sum(ground.wrong.values()), "count")
            report.figure(f"silence_states_told{suffix}", ground.told, "count")


@contextmanager
def _ground(kind: str) -> Iterator[Ground]:
    every_model()
    registers.fill()
    run = secrets.token_hex(4)
    with tempfile.TemporaryDirectory(prefix="secretariat-bench-") as folder:
        root = Path(folder)
        (root / "data").mkdir()
        url = databases.sqlite_copy(root, root / "data") if kind == "sqlite" else databases.postgresql_copy(root, run)
        environ = running.plain_environ() | {"ENVIRONMENT": "test", "DATA_ROOT": str(root / "data")}
        environ |= {"DATABASE_URL": url, "PYTHONPATH": str(PROJECT_ROOT)}
        settings = load_settings(environ)
        engine = make_engine(settings.database_url, role=settings.database_role)
        try:
            yield _peopled(engine, environ)
        finally:
            engine.dispose()
            if kind == "postgresql":
                databases.forget(run)


def _peopled(engine: Engine, environ: dict[str, str]) -> Ground:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        track = world.government
        return Ground(
            engine,
            environ,
            people.officer(session, track),
            {key: people.focal_point(session, track, one) for key, one in world.member.items()},
        )


def _run(ground: Ground) -> None:
    _plan(ground)
    over = Event()
    workers = Thread(target=_keep_killing_workers, args=(ground, over))
    looker = Thread(target=_keep_looking, args=(ground, over))
    workers.start()
    looker.start()
    try:
        _react(ground)
        _wait_until_recorded(ground)
    finally:
        over.set()
        workers.join()
        looker.join()
    _compare(ground)


def _plan(ground: Ground) -> None:
    chance = random.Random(20_27)
    with acting(ground.engine, ground.officer) as session:
        editions = [made.edition(session).id for _number in range(EDITIONS)]
    first = clock.now().replace(microsecond=0) + timedelta(seconds=45)
    with acting(ground.engine, ground.officer) as session:
        found = [session.get_one(TextEdition, key) for key in editions]
        for number in range(PROCEDURES):
            edition = found[number % EDITIONS]
            ends = first + timedelta(seconds=number % SPREAD_SECONDS)
            row = SilenceProcedure(
                edition_id=edition.id,
                process_id=edition.document.process_id,
                track_id=edition.document.track_id,
                opened_at=ends - timedelta(hours=72),
                ends_on=ends.date(),
                ends_hour=ends.time(),
                zone="UTC",
                reasons_to=ReasonsTo.READERS,
                reminded_at=ends - timedelta(hours=48),
            )
            attach(session, row, container=edition)
            session.flush()
            ground.planned.append(_said(chance, row.id, ends))


def _said(chance: random.Random, key: UUID, ends: datetime) -> Planned:
    kind = chance.choices([ReactionKind.OBJECTION, ReactionKind.COMMENT, None], [6, 2, 2])[0]
    if kind is None:
        return Planned(key, ends)
    around = timedelta(seconds=chance.uniform(-AROUND_SECONDS, AROUND_SECONDS))
    exact = chance.random() < 0.1  # at the end itself, or the last instant before it
    received = ends - timedelta(microseconds=chance.randrange(2)) if exact else ends + around
    return Planned(key, ends, chance.choice(["bz", "gt", "hn", "mx"]), kind, received)


def _react(ground: Ground) -> None:
    """Each at its instant, and written a little later, as where a request waits for its turn."""
    chance = random.Random(7)
    said = sorted((one for one in ground.planned if one.received), key=lambda one: one.received or one.ends)
    with ThreadPoolExecutor(12) as threads:
        for one in said:
            threads.submit(_send, ground, one, chance.uniform(0, LONGEST_WAIT_SECONDS))


def _send(ground: Ground, one: Planned, waits: float) -> None:
    assert one.received is not None
    assert one.kind is not None
    wait = (one.received - clock.now()).total_seconds() + waits
    time.sleep(max(wait, 0))
    try:
        one.begun = time.monotonic()
        with acting(ground.engine, ground.focal[one.by]) as session:
            found = made.again(session, one.key)
            words = Saying(kind=one.kind, words="Paragraph 1 needs another wording", language="en")
            service.react(session, found, words, one.received)
        one.written = time.monotonic()
    except Exception as problem:
        ground.note(f"a reaction was not taken: {type(problem).__name__}")


# --- workers ------------------------------------------------------------------------------------------------------


def _keep_killing_workers(ground: Ground, over: Event) -> None:
    chance = random.Random(11)
    over.wait(SECONDS_WITHOUT_WORKER)
    workers = [_worker(ground) for _number in range(WORKERS)]
    while not over.wait(chance.uniform(4, 9)):
        place = chance.randrange(WORKERS)
        if not _has_begun(workers[place]):
            continue  # one that is killed while it still loads says nothing: a busy machine would record for ever
        if workers[place].poll() not in (None, -signal.SIGKILL):
            ground.note("a worker ended by itself")
        workers[place].kill()
        workers[place].wait()
        workers[place] = _worker(ground)
    for one in workers:
        one.kill()
        one.wait()


def _worker(ground: Ground) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=PROJECT_ROOT, env=ground.environ | {"PATH": os.environ["PATH"]},
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _has_begun(worker: subprocess.Popen[bytes]) -> bool:
    """Whether a worker has loaded and records, or has ended."""
    assert worker.stdout is not None
    return bool(select_ready([worker.stdout], [], [], 0)[0])


def _wait_until_recorded(ground: Ground) -> None:
    end, least = time.monotonic() + SECONDS_TO_RECORD, PROCEDURES + 1
    while time.monotonic() < end:
        with system_unit(ground.engine, Reason.SILENCE, writes=False) as session:
            waiting = session.scalar(
                select(func.count()).select_from(SilenceProcedure).where(SilenceProcedure.recorded_at.is_(None))
            )
        if not waiting:
            time.sleep(5)  # what a doubled worker would do twice, it does now
            return
        if waiting < least:
            end, least = time.monotonic() + SECONDS_TO_RECORD, waiting
        time.sleep(1)


# --- comparing ----------------------------------------------------------------------------------------------------


def _keep_looking(ground: Ground, over: Event) -> None:
    chance = random.Random(13)
    while not over.wait(0.5):
        sample = {one.key: one for one in chance.sample(ground.planned, 100)}
        reader = ground.focal[chance.choice(["bz", "gt", "hn", "mx"])]
        with looking(ground.engine, reader) as session:
            rows = session.scalars(select(SilenceProcedure).where(SilenceProcedure.id.in_(sample))).all()
            before, now = time.monotonic(), clock.now()
            states = silence_queries.all_stand(session, rows, now)
        after = time.monotonic()
        for key, where in states.items():
            ground.told += 1
            if where.state.value not in _possible(sample[key], now, before, after):
                ground.note(f"told {where.state.value}")


def _possible(one: Planned, now: datetime, before: float, after: float) -> set[str]:
    """By the oracle: what an objection in time may make of it while it is being written, and must once it is."""
    quiet = "running" if now < one.ends else "passed"
    if not one.breaks or one.begun is None or one.begun > after:
        return {quiet}
    # On SQLite what is read is of when the reader's transaction began, a little before it looked.
    is_written = one.written is not None and one.written < before - 1
    return {"broken"} if is_written else {"broken", quiet}


def _compare(ground: Ground) -> None:
    planned = {one.key: one for one in ground.planned}
    with system_unit(ground.engine, Reason.SILENCE, writes=False) as session:
        for row in session.scalars(select(SilenceProcedure)):
            expected = "broken" if planned[row.id].breaks else "passed"
            found = row.recorded_state.value if row.recorded_state is not None else "nothing"
            if found != expected:
                ground.note(f"recorded {found}, not {expected}")
        for said in session.scalars(select(SilenceReaction)):
            one = planned[said.silence_id]
            if said.is_late != (one.received is not None and one.received >= one.ends):
                ground.note("late or not")
        records = session.scalars(select(AuditEntry.kind).where(AuditEntry.kind.like("%silence%"))).all()
        acts = Counter(records)
        taken_back = acts["record of a silence taken back"]
        ground.note("acts of record", abs(acts["silence recorded"] - taken_back - PROCEDURES))
        _compare_letters(ground, session.scalars(select(OutboxMessage)).all(), planned)
    ground.wrong = Counter({what: count for what, count in ground.wrong.items() if count})


def _compare_letters(ground: Ground, letters: object, planned: dict[UUID, Planned]) -> None:
    ended = [one for one in letters if one.notice == service.ENDED]  # type: ignore[attr-defined]
    about = Counter((UUID(one.subject["silence"]), one.person_id, one.subject["about"]) for one in ended)
    for one in planned.values():
        expected = "broken" if one.breaks else "passed"
        for official in ground.focal.values():
            if about[one.key, official.person, expected] != 1:
                ground.note("letters of the result")
