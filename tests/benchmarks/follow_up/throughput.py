"""How quick the scan and the delivery are, on SQLite, one process each.

`plan_10k_seconds`, `plan_100k_seconds`: a scan that puts a digest into the outbox of everyone to whom something is due,
among 10,000 and 100,000 commitments of 2,000 recipients in 30 processes, of which a tenth have something due.
`scan_growth` (goal 12): the one over the other. `scan_idle_100k_seconds`: the scan after it, which finds nothing new.
`scan_mb`: memory the scanning process needs at most.
`deliver_per_second`: mails a second of the sweep that delivers them. `deliver_ratio` (goal 0.6): that over a floor that
composes the same mails under the same eyes and sends each on a connection of its own, without outbox, lease or record.
"""

from __future__ import annotations

import resource
import secrets
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, insert, select, update

from config import PROJECT_ROOT, Settings, load_settings
from secretariat import registers
from secretariat.core import clock
from secretariat.core.database import make_engine, new_key, table_of
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import service
from secretariat.mail import delivery
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.models import every_model
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment
from secretariat.processes.models import Process, StandingKind, Track
from tests.benchmarks import running
from tests.benchmarks.follow_up.ground import FIRST_ROUND, LANGUAGES, SECRET, commit
from tests.benchmarks.harness import Report
from tests.factories import mail, people
from tests.factories import processes as made
from tests.factories.meetings import acting
from tests.support import databases
from tests.support.ports import free_port

PROCESSES, RECIPIENTS = 30, 2_000
FEW, MANY = 10_000, 100_000
DUE_OF_TEN = 1
FAR_AHEAD = timedelta(days=500)
MAILS = 400


def measure(report: Report) -> None:
    """Print the figures."""
    seconds = {}
    for commitments in (FEW, MANY):
        with _world(commitments) as (engine, settings):
            seconds[commitments] = _scan(engine)
            if commitments == MANY:
                report.figure("plan_100k_seconds", seconds[MANY], "s")
                report.figure("scan_growth", seconds[MANY] / seconds[FEW], "ratio")
                report.figure("scan_idle_100k_seconds", _scan(engine), "s")
                report.figure("scan_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
            else:
                report.figure("plan_10k_seconds", seconds[FEW], "s")
                _deliver(report, engine, settings)


def _scan(engine: Engine) -> float:
    started = time.perf_counter()
    tally = service.scan(engine)
    if tally["broken"]:
        raise ValueError(f"the scan broke: {dict(tally)}")
    print(f"  scan: {dict(tally)}", file=sys.stderr)
    return time.perf_counter() - started


# --- a world of many commitments ----------------------------------------------------------------------------------


@contextmanager
def _world(commitments: int) -> Iterator[tuple[Engine, Settings]]:
    every_model()
    registers.fill()
    with tempfile.TemporaryDirectory(prefix="secretariat-bench-") as folder:
        root = Path(folder)
        (root / "data").mkdir()
        environ = running.plain_environ() | {
            "ENVIRONMENT": "test",
            "DATA_ROOT": str(root / "data"),
            "DATABASE_URL": databases.sqlite_copy(root, root / "data"),
            "SECRET_KEY": SECRET,
            "MAIL_PORT": str(free_port()),
        }
        settings = load_settings(environ)
        engine = make_engine(settings.database_url)
        offset = root / "clock_offset"
        offset.write_text(str((FIRST_ROUND - clock.machine()).total_seconds()))
        clock.configure(offset)
        try:
            for number in range(PROCESSES):
                _process(engine, number, commitments // PROCESSES)
            yield engine, settings
        finally:
            clock.configure(None)
            engine.dispose()


def _process(engine: Engine, number: int, commitments: int) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        process, track, _network = made.process_with_tracks(session, f"p{number}")
        officer = people.officer(session, track)
        participants = [_participant(session, track, number, place) for place in range(RECIPIENTS // PROCESSES + 1)]
        keys = process.id, track.id
    with acting(engine, officer) as session:
        process = session.scalars(select(Process).where(Process.id == keys[0])).one()
        track = session.scalars(select(Track).where(Track.id == keys[1])).one()
        plan = plans.begin_plan(session, session.viewer, process, track, LocalText.of(f"Plan {number}"))
        area = plans.add_area(session, session.viewer, plan, LocalText.of("Policy"))
        objective = plans.add_objective(session, session.viewer, plan, LocalText.of("Information"), above=area)
        activity = plans.add_activity(session, session.viewer, plan, LocalText.of("Exchange figures"), above=objective)
        plans.adopt_plan(session, session.viewer, plan, clock.today() - timedelta(days=100))
        one = commit(session, plan, activity, participants[0], 0, due_on=clock.today() + FAR_AHEAD)
        session.flush()
        key = one.id
    _many(engine, key, participants, commitments)


def _participant(session, track: Track, number: int, place: int) -> UUID:  # type: ignore[no-untyped-def]
    one = made.organization(session, f"p{number}-{place}", f"Participant {number}-{place}")
    made.participation(session, track, one, StandingKind.MEMBER)
    language = LANGUAGES[place % len(LANGUAGES)]
    mail.reader_of(session, track, one, address=f"p{number}-{place}@ministry.example", language=language)
    return one.id


def _many(engine: Engine, like: UUID, participants: Sequence[UUID], count: int) -> None:
    """Copies of one commitment, turn by turn of each participant; the first of every tenth participant is due now."""
    table = table_of(Commitment)
    with engine.execution_options(writes=True).begin() as connection:
        row = dict(connection.execute(select(table).where(table.c.id == like)).mappings().one())
        rows = []
        for number in range(1, count):
            place = number % len(participants)
            due = number < len(participants) and place % 10 < DUE_OF_TEN
            due_on = clock.today() - timedelta(days=1) if due else row["due_on"]
            rows.append(
                row | {"id": new_key(), "number": number + 1, "participant_id": participants[place], "due_on": due_on}
            )
        connection.execute(insert(table), rows)


# --- delivery -----------------------------------------------------------------------------------------------------


def _deliver(report: Report, engine: Engine, settings: Settings) -> None:
    """The mails of the scan, delivered by the floor and by the product, in turns, on warm ground."""
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        keys = list(session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id).limit(MAILS)))
    with _relay(settings, Path(settings.data_root)):
        _floor(engine, settings, keys)  # warms what both need: each reader's rights of today, templates, statements
        _again(engine)
        rates: dict[str, list[float]] = {"floor": [], "product": []}
        for _turn in range(3):
            rates["floor"].append(len(keys) / _floor(engine, settings, keys))
            rates["product"].append(len(keys) / _product(engine, settings, len(keys)))
            _again(engine)
        report.figure("deliver_per_second", max(rates["product"]), "per_second")
        report.figure("deliver_ratio", max(rates["product"]) / max(rates["floor"]), "ratio")


def _product(engine: Engine, settings: Settings, expected: int) -> float:
    started = time.perf_counter()
    tally = delivery.deliver(engine, settings, most=expected)
    if tally != {MailState.SENT: expected}:
        raise ValueError(f"not all were sent: {dict(tally)}")
    return time.perf_counter() - started


def _floor(engine: Engine, settings: Settings, keys: Sequence[UUID]) -> float:
    """Each mail composed in a unit of work of its own and sent on a connection of its own; nothing is written down."""
    started = time.perf_counter()
    for key in keys:
        with system_unit(engine, Reason.MAIL) as session:
            found = session.get_one(OutboxMessage, key)
            found.message_id = found.message_id or f"<{secrets.token_hex(16)}@localhost>"
            ready = delivery._composed(session, settings, found)
            session.rollback()
        if not isinstance(ready, delivery._Ready):
            raise ValueError(f"not composed: {ready}")
        with smtplib.SMTP(settings.mail_host, settings.mail_port) as smtp:
            smtp.sendmail(settings.mail_sender, [ready.recipient], ready.content)
    return time.perf_counter() - started


def _again(engine: Engine) -> None:
    with system_unit(engine, Reason.MAIL) as session:
        session.execute(update(OutboxMessage).values(state=MailState.WAITING, next_attempt_at=clock.now()))


@contextmanager
def _relay(settings: Settings, folder: Path) -> Iterator[None]:
    given = [str(settings.mail_port), str(folder), "1", "0", "300"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.follow_up.sink", *given],
        cwd=PROJECT_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield
    finally:
        process.stdin.close()
        process.wait(30)
