"""Workers that are killed while a mail is in flight: none lost, none doubled, with the relay's log as evidence.

A small slice; the whole is in the bench of follow-up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from config import PROJECT_ROOT, Settings
from secretariat.broker import make_sender
from secretariat.core.session import Reason, system_unit
from secretariat.core.viewer import Hat
from secretariat.mail import links, service
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes.models import Participant, Track
from tests.factories.mail import put, reader_of
from tests.factories.processes import small_world
from tests.support.relay import KeepingRelay

MAILS, KILLS = 20, 4
LEASE_SECONDS, IDLE_SECONDS = 3.0, 1.5
LONGEST_SECONDS = 240

pairs = pytest.mark.parametrize(
    ("database_url", "broker_url"), [("sqlite", "filesystem"), ("postgresql", "server")], indirect=True
)


@pairs
def test_killed_workers_lose_nothing_and_double_nothing(
    engine: Engine, settings: Settings, broker_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "relay.log"
    given = settings.model_copy(update={"broker_url": broker_url})
    put_mails(engine, given)
    with (
        KeepingRelay(given.mail_host, given.mail_port, log, idle_seconds=IDLE_SECONDS, slowness_seconds=0.05) as relay,
        workers(given, log, tmp_path, number=2) as running,
    ):
        killed = 0
        sweep, deadline = make_sender(given), time.monotonic() + LONGEST_SECONDS
        while (sent := states(engine).get(MailState.SENT, 0)) < MAILS:
            assert time.monotonic() < deadline, (states(engine), killed)
            sweep("worker.tasks.sweep_outbox", [])
            relay.in_flight.clear()
            if relay.in_flight.wait(1) and killed < KILLS and sent < MAILS - KILLS:
                running.kill_one()
                killed += 1
    assert killed == KILLS
    assert states(engine) == {MailState.SENT: MAILS}
    assert (len(relay.taken), len(set(relay.taken))) == (MAILS, MAILS)


def put_mails(engine: Engine, settings: Settings) -> None:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        track = session.get_one(Track, world.id["government"])
        reader = reader_of(session, track, session.get_one(Participant, world.id["gt"]))
        link = links.issue(
            session, key="old", scope="update", person=reader.person, hat=Hat.parse(str(reader.hat)),
            process=world.id["process"], track=track.id,
        )  # fmt: skip
    for number in range(MAILS):
        put(
            engine, reader, world.id["process"], world.id["government"],
            notice=service.NEW_LINK, key=str(number), link=str(link),
        )  # fmt: skip


def states(engine: Engine) -> dict[MailState, int]:
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        rows = session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
        return dict(rows.all())


class Workers:
    """Real worker processes; one that is killed is replaced, as a supervisor would."""

    def __init__(self, environ: dict[str, str], output: Path) -> None:
        self._environ, self._output = environ, output
        self.processes: list[subprocess.Popen[bytes]] = []
        self._next = 0

    def start_one(self) -> None:
        command = [sys.executable, "-m", "celery", "--app", "worker.app", "worker", "--pool", "solo"]
        name = f"faults-{self._next}@localhost"
        self._next += 1
        with self._output.open("ab") as out:
            self.processes.append(
                subprocess.Popen(
                    [*command, "--loglevel", "WARNING", "--without-gossip", "--without-mingle", "--hostname", name],
                    cwd=PROJECT_ROOT, env=self._environ, stdout=out, stderr=out,
                )
            )  # fmt: skip

    def kill_one(self) -> None:
        """The one that has run longest dies in the middle of what it does."""
        killed = self.processes.pop(0)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        self.start_one()


@contextmanager
def workers(settings: Settings, log: Path, folder: Path, number: int) -> Iterator[Workers]:
    environ = {
        **os.environ,
        "ENVIRONMENT": "test",
        "DATA_ROOT": str(settings.data_root),
        "DATABASE_URL": settings.database_url,
        "BROKER_URL": settings.broker_url,
        "SECRET_KEY": settings.secret_key,
        "MAIL_PORT": str(settings.mail_port),
        "MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
        "MAIL_TIMEOUT_SECONDS": "2",
        "MAIL_EVIDENCE_LOG": str(log),
    }
    running = Workers(environ, folder / "workers.log")
    for _ in range(number):
        running.start_one()
    try:
        yield running
    finally:
        for process in running.processes:
            process.kill()
            process.wait()
