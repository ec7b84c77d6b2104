"""The product as a person would start it: a clone that runs by `make run`, and one web process on prepared data."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text

from config import PROJECT_ROOT, load_settings
from tests.support.ports import free_port

LONGEST_START_SECONDS = 600
SECONDS_TO_SERVE = 60
KEPT_VARIABLES = ("PATH", "LANG", "TERM", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "PIP_CERT")


class CouldNotStart(Exception):
    """The clone did not answer. The message holds what it said."""


class Clone:
    """A fresh clone of what is committed here, with a home folder of its own, so that nothing is cached or set."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "clone"
        home = folder / "home"
        home.mkdir()
        kept = plain_environ()
        self.environ = kept | {"HOME": str(home), "PATH": _without_uv(kept["PATH"])}
        subprocess.run(["git", "clone", "--quiet", str(PROJECT_ROOT), str(self.root)], check=True)

    @contextmanager
    def running(self) -> Iterator["Running"]:
        """The clone from `make run` until Ctrl-C."""
        running = Running(self)
        try:
            running.wait()
            yield running
        finally:
            running.stop()


@contextmanager
def serving(application: str, environ: dict[str, str]) -> Iterator["Serving"]:
    """One web process of the code here, and nothing else, that serves this application (`module:name`)."""
    served = Serving(application, environ)
    try:
        served.wait()
        yield served
    finally:
        served.stop()


class Serving:
    """A web server with one process, so that what it uses of the processor is what its pages cost."""

    def __init__(self, application: str, environ: dict[str, str]) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        environ = environ | {"PORT": str(self.port), "WEB_PROCESSES": "1"}
        self.settings = load_settings(environ)
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when it stops
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--log-level", "warning", application],
            cwd=PROJECT_ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def wait(self) -> None:
        """Until it answers."""
        deadline = time.monotonic() + SECONDS_TO_SERVE
        while not answers(f"{self.address}/health"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise CouldNotStart(self.said())
            time.sleep(0.05)

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def cpu_seconds(self) -> float:
        """Processor time used up to now by web and database; the embedded database runs in the web process."""
        server = psutil.Process(self.process.pid)
        web = [server.pid, *(child.pid for child in server.children(recursive=True))]
        return sum(map(_cpu_seconds_of, (*web, *self._backends())))

    def _backends(self) -> list[int]:
        """The processes of PostgreSQL that serve the web."""
        if self.settings.on_sqlite:
            return []
        engine = create_engine(self.settings.database_url)
        with engine.connect() as connection:
            found = list(connection.execute(_BACKENDS).scalars())
        engine.dispose()
        return found

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)
        self._log.close()


_BACKENDS = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


def _cpu_seconds_of(pid: int) -> float:
    """Processor time of all threads of a process, to the nanosecond: ticks of a hundredth are too coarse for a page."""
    return time.clock_gettime(~pid << 3 | 2)  # as clock_getcpuclockid(3) makes it


class Running:
    """What one `make run` started."""

    def __init__(self, clone: Clone) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = (clone.root.parent / f"{self.port}.log").open("w+")
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "run", f"PORT={self.port}"],
            cwd=clone.root,
            env=clone.environ,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until the first page is there; `seconds` then tells how long that took."""
        deadline = self._started_at + LONGEST_START_SECONDS
        while not answers(f"{self.address}/"):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise CouldNotStart(self.said())
            time.sleep(0.05)
        self.seconds = time.monotonic() - self._started_at

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def processes(self, part: str) -> list[psutil.Process]:
        """The processes of one part: `web`, `worker` or `beat`."""
        mark = {"web": "gunicorn", "worker": "worker.app", "beat": "worker.beat"}[part]
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if mark in child.cmdline()]

    def stop(self) -> None:
        """Ctrl-C, as from a terminal. Raises RuntimeError if anything is left."""
        everything = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(timeout=30)
        self._log.close()
        _, left = psutil.wait_procs(everything, timeout=2)
        if left:
            raise RuntimeError(f"left after Ctrl-C: {left}")


def plain_environ() -> dict[str, str]:
    """The environment without settings, so that the product is as it comes."""
    return {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}


def answers(address: str) -> bool:
    """Whether this page is there."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def clone() -> Iterator[Clone]:
    with tempfile.TemporaryDirectory(prefix="secretariat-bench-") as folder:
        yield Clone(Path(folder))


def _without_uv(path: str) -> str:
    """Installing is measured with what every Python brings."""
    return os.pathsep.join(part for part in path.split(os.pathsep) if not Path(part, "uv").exists())
