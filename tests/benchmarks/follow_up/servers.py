"""Servers of the bench's own, which it can kill and start again: PostgreSQL, Redis, RabbitMQ, each on a free port.

Where a program is missing, `Missing` says which. The embedded database and broker are folders; killing the latter is
throwing away what waits in it, killing the former is holding it shut for a while.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from kombu.connection import Connection
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from tests.support import databases
from tests.support.ports import free_port

SECONDS_TO_START = 90
SHUT_SECONDS = 3.0
UNPRIVILEGED = "postgres"
"""Whom PostgreSQL runs as where the bench runs as root, whom it refuses."""


class Missing(Exception):
    """A server's program is not on this machine."""


class Server(Protocol):
    """A server with an address, which dies and comes back."""

    url: str

    def restart(self) -> None:
        """Kill it and start it again."""

    def stop(self) -> None:
        """End it."""


class _Program:
    """A program on a port, started in a process group of its own."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError

    def _environ(self) -> dict[str, str]:
        return dict(os.environ)

    def start(self) -> None:
        self.process = subprocess.Popen(
            self._command(), env=self._environ(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"did not start: {' '.join(self._command())}")
            time.sleep(0.1)

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class OwnRedis(_Program):
    """A Redis that keeps nothing on the disk: killed, it forgets every hint."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._program, self._folder = _program("redis-server"), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def _command(self) -> list[str]:
        return [self._program, "--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", str(self._folder)]

    def _answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as redis:
                return bool(redis.ping())
        except RedisError:
            return False


class OwnRabbit(_Program):
    """A node of RabbitMQ of the bench's own."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._program = _program("rabbitmq-server", Path("/usr/lib/rabbitmq/bin"))
        self._folder = folder / "rabbit"
        self._folder.mkdir()
        (self._folder / "plugins").write_text("[].\n")
        (self._folder / "rabbitmq.conf").write_text(f"listeners.tcp.local = 127.0.0.1:{self.port}\n")
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def _command(self) -> list[str]:
        return [self._program]

    def _environ(self) -> dict[str, str]:
        own = {
            "HOME": str(self._folder),
            "RABBITMQ_NODENAME": f"bench{self.port}@localhost",
            "RABBITMQ_CONFIG_FILE": str(self._folder / "rabbitmq.conf"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self._folder),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
        }
        return dict(os.environ) | own

    def _answers(self) -> bool:
        try:
            with Connection(self.url, connect_timeout=2) as connection:
                connection.ensure_connection(max_retries=1, timeout=2)
        except Exception:  # each way of not answering is another
            return False
        return True


class OwnPostgres(_Program):
    """A cluster of PostgreSQL of the bench's own; killed, it recovers from its log when it comes back."""

    def __init__(self) -> None:
        super().__init__()
        self._programs = _postgres_programs()
        self._folder = Path(tempfile.mkdtemp(prefix="secretariat-bench-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self._folder, UNPRIVILEGED, UNPRIVILEGED)
        made = [str(self._programs / "initdb"), "-D", str(self._folder / "data"), "-U", "bench", "--auth", "trust"]
        subprocess.run([*_as_nobody_special(), *made], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.url = f"postgresql+psycopg://bench@127.0.0.1:{self.port}/postgres"

    def _command(self) -> list[str]:
        given = ["-D", str(self._folder / "data"), "-p", str(self.port), "-k", str(self._folder), "-h", "127.0.0.1"]
        return [*_as_nobody_special(), str(self._programs / "postgres"), *given]

    def _answers(self) -> bool:
        engine = create_engine(self.url, connect_args={"connect_timeout": 2})
        try:
            with engine.connect():
                return True
        except OperationalError:
            return False
        finally:
            engine.dispose()

    def stop(self) -> None:
        """At once, as if the machine had lost its power: SIGQUIT ends every session without a word."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def forget(self) -> None:
        """End it and throw away what it held."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


class EmbeddedDatabase:
    """The SQLite file, held shut for a while in place of being restarted."""

    def __init__(self, url: str) -> None:
        self.url = url

    def restart(self) -> None:
        connection = sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=30, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(SHUT_SECONDS)
        connection.execute("ROLLBACK")
        connection.close()

    def stop(self) -> None:
        """There is nothing to end."""


class EmbeddedBroker:
    """The folders; what waits in them is thrown away."""

    url = "filesystem://"

    def __init__(self, data_root: Path) -> None:
        self._messages = data_root / "broker" / "messages"

    def restart(self) -> None:
        for path in self._messages.glob("*.msg"):
            path.unlink(missing_ok=True)

    def stop(self) -> None:
        """There is nothing to end."""


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Server]:
    """A database with the schema and nothing in it; `kind` is sqlite or postgresql. Raises Missing."""
    if kind == "sqlite":
        yield EmbeddedDatabase(databases.sqlite_copy(folder, folder / "data"))
        return
    cluster = OwnPostgres()
    before = databases.SERVER
    try:
        cluster.start()
        databases.SERVER = cluster.url
        cluster.url = databases.postgresql_copy(folder, "bench")
        yield cluster
    finally:
        databases.SERVER = before
        cluster.forget()


@contextmanager
def broker(kind: str, folder: Path) -> Iterator[Server]:
    """A broker with nothing in it; `kind` is filesystem, redis or rabbitmq. Raises Missing."""
    if kind == "filesystem":
        yield EmbeddedBroker(folder / "data")
        return
    made: _Program = {"redis": OwnRedis, "rabbitmq": OwnRabbit}[kind](folder)
    try:
        made.start()
        yield made  # type: ignore[misc]  # both have an address
    finally:
        made.stop()


def _program(name: str, *elsewhere: Path) -> str:
    found = next((str(one / name) for one in elsewhere if (one / name).exists()), None) or shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not on this machine")
    return found


def _postgres_programs() -> Path:
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = str(beside[0]) if beside else shutil.which("initdb")
    if found is None:
        raise Missing("initdb of PostgreSQL is not on this machine")
    return Path(found).parent


def _as_nobody_special() -> list[str]:
    if os.geteuid() != 0:
        return []
    _program("setpriv")
    owner = pwd.getpwnam(UNPRIVILEGED)
    return ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]


def until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait until something holds; whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False
