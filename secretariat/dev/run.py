"""`make run`: the whole product on this machine, with a demonstration to try it on, until Ctrl-C."""

import fcntl
import os
import smtplib
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config import Settings, load_settings, settings_or_exit
from secretariat.dev import prepared
from secretariat.dev.supervisor import Died, Stopped, Supervisor

PYTHON = sys.executable
CELERY = (PYTHON, "-m", "celery", "--quiet", "--app")
SECONDS_TO_ANSWER = 60.0
LOOPBACK = "127.0.0.1"


class CannotRun(Exception):
    """Something outside stands in the way. The message tells a person what to do about it."""


def main() -> int:
    started_at = time.monotonic()
    settings = settings_or_exit()
    if settings.in_production:
        print("make run is for trying and developing; docs/operations.md says how production is run.", file=sys.stderr)
        return 2
    try:
        with _alone(settings):
            _require_free_port(settings)
            environ = _environ(settings)
            with Supervisor(environ) as supervisor:
                _start(supervisor, load_settings(environ))
                _greet(settings, time.monotonic() - started_at)
                supervisor.watch()
    except CannotRun as problem:
        print(problem, file=sys.stderr)
        return 1
    except Died as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except Stopped:
        print("\nStopped. The data stay in", _short(settings.data_root))
    return 0


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Hold the data folder for this run. Raises CannotRun if another run holds it."""
    with (settings.private_folder() / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                f"It is already running on the data in {_short(settings.data_root)}. "
                "Stop that one with Ctrl-C, or keep the data of this one elsewhere: make run PORT=8001 DATA_ROOT=var2"
            ) from None
        yield


def _require_free_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.listen, settings.port))
        except OSError as error:
            other = settings.port + 1
            raise CannotRun(
                f"Port {settings.port} cannot be used ({error.strerror}). Choose another: make run PORT={other}"
            ) from None


def _environ(settings: Settings) -> dict[str, str]:
    """The environment of everything started here. Whatever was set, mail goes to the mailbox and nowhere else."""
    return os.environ | {
        "DEMONSTRATION": "true",
        "DATA_ROOT": str(settings.data_root),
        "MAIL_HOST": LOOPBACK,
        "MAIL_PORT": str(_free_port()),
        "MAIL_USERNAME": "",
        "MAIL_PASSWORD": "",
        "MAIL_STARTTLS": "",
        "PYTHONUNBUFFERED": "1",
    }


def _start(supervisor: Supervisor, settings: Settings) -> None:
    if not prepared.is_done(settings):
        supervisor.run("prepare", PYTHON, "-m", "secretariat.dev.prepare")
    since = time.time()
    supervisor.start("mail", PYTHON, "-m", "secretariat.dev.mailbox")
    supervisor.start("web", PYTHON, "-m", "gunicorn", "--log-level", "warning", "wsgi:app")
    supervisor.start(
        "worker",
        *CELERY,
        "worker.app",
        "worker",
        "--loglevel",
        "warning",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    )
    supervisor.start("beat", *CELERY, "worker.beat", "beat", "--loglevel", "warning", "--pidfile=")
    for what, answers in _signs_of_life(settings, since).items():
        supervisor.wait_for(what, answers, SECONDS_TO_ANSWER)


def _signs_of_life(settings: Settings, since: float) -> dict[str, Callable[[], bool]]:
    heartbeats = settings.private_folder("heartbeat")
    return {
        "The mailbox": lambda: _mailbox_answers(settings),
        "The web server": lambda: _web_answers(settings),
        "The worker": lambda: _young(heartbeats / "worker", since),
        "The beat": lambda: _young(heartbeats / "beat", since),
    }


def _mailbox_answers(settings: Settings) -> bool:
    try:
        with smtplib.SMTP(settings.mail_host, settings.mail_port, timeout=2) as connection:
            return connection.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _web_answers(settings: Settings) -> bool:
    try:
        with urllib.request.urlopen(f"http://{settings.listen}:{settings.port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _young(sign: Path, since: float) -> bool:
    return sign.exists() and sign.stat().st_mtime >= since


def _greet(settings: Settings, seconds: float) -> None:
    accounts = settings.data_root / "demonstration_accounts.txt"
    print(
        f"\nRunning at {settings.base_url} after {seconds:.1f} seconds. The post is at {settings.base_url}/dev/mailbox"
    )
    if accounts.exists():
        print(f"\n{accounts.read_text().rstrip()}")
    print("\nCtrl-C stops everything.\n", flush=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    sys.exit(main())
