"""The whole product as `make run` starts it: web, worker, beat and mailbox as processes of their own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from config import load_settings
from secretariat.core.database import make_engine
from secretariat.dev import mailbox, prepared
from secretariat.mail import sending
from tests.support import databases
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 240


class Installation:
    """A running installation on data of its own. `environ` says what differs from `make run` (database, broker)."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.clock = folder / "clock_offset"
        self._environ = os.environ | {
            "DATA_ROOT": str(folder),
            "PORT": str(self.port),
            "CLOCK_OFFSET_FILE": str(self.clock),
            "WEB_PROCESSES": "1",
        }
        self._environ |= environ
        self._given = environ
        self._log = (folder / "run.log").open("w")

    def take_prepared(self, folder: Path) -> Self:
        """Begin with the data another folder was prepared with (`prepared_once`) instead of making the same anew."""
        shutil.copytree(folder, self.folder, dirs_exist_ok=True)
        settings, engine = load_settings({"DATA_ROOT": str(self.folder)} | self._given), self.engine()
        prepared.mark_done(settings)
        sending.begin(engine, settings)  # a copied database sends nothing before somebody has said so
        engine.dispose()
        return self

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "secretariat.dev.run"],
            cwd=ROOT,
            env=self._environ,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        until(lambda: self._process.poll() is not None or "Ctrl-C stops" in self.log, SECONDS_TO_START, self)
        assert self._process.poll() is None, self.log
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            raise
        finally:
            self._log.close()

    @property
    def log(self) -> str:
        return (self.folder / "run.log").read_text()

    def password(self) -> str:
        """The password all accounts of the demonstration share."""
        found = re.search(r"[Pp]assword\D*?:\s*(.+)", (self.folder / "demonstration_accounts.txt").read_text())
        assert found
        return found[1].strip()

    def mails_to(self, address: str) -> list[EmailMessage]:
        """Every mail the relay took for an address, in order."""
        folder = self.folder / "mailbox"
        read = (mailbox.read(folder, name) for name in reversed(mailbox.names(folder)))
        return [mail for mail in read if mail is not None and address in str(mail["X-Envelope-To"])]

    def wait_for_mail(self, address: str, count: int = 1, seconds: float = 90) -> EmailMessage:
        """The `count`th mail to an address, once it has come by way of worker and SMTP."""
        until(lambda: len(self.mails_to(address)) >= count, seconds, self)
        return self.mails_to(address)[count - 1]

    def move_clock(self, seconds: float) -> None:
        """Move the clock of every process of this installation ahead of the true one."""
        self.clock.write_text(str(seconds))

    def now(self) -> datetime:
        """The present by the clock of this installation."""
        ahead = float(self.clock.read_text()) if self.clock.exists() else 0.0
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def engine(self) -> Engine:
        """Its database, as the product sees it."""
        settings = load_settings({"DATA_ROOT": str(self.folder)} | self._given)
        return make_engine(settings.database_url, role=settings.database_role)

    def answers(self) -> bool:
        """Whether the web and its database answer."""
        with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
            return bool(answer.status == 200)

    def start_task(self, name: str) -> None:
        """Send a task to the worker now, as the beat does when its time has come."""
        command = [sys.executable, "-m", "celery", "--quiet", "--app", "worker.app", "call", name]
        subprocess.run(command, cwd=ROOT, env=self._environ, check=True, stdout=self._log, stderr=self._log, timeout=60)


def prepared_once(shared: Path, kind: str, **environ: str) -> Path:
    """What `make run` makes before anything starts - tables, reference data, the demonstration -, once a run for each
    kind of database; the folder with it. Where `DATABASE_URL` is given it is made in there."""
    folder = shared / f"installation-{kind}"
    with databases.once(folder) as first:
        if first:
            folder.mkdir(mode=0o700)
            mail = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(free_port())}
            given = os.environ | {"DATA_ROOT": str(folder), "DEMONSTRATION": "true"} | mail | environ
            command = [sys.executable, "-m", "secretariat.dev.prepare"]
            made = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
            assert made.returncode == 0, made.stdout + made.stderr
    return folder


def link_in(mail: EmailMessage) -> str:
    """The first link of a mail's plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    found = re.search(r"https?://\S+", body.get_content())
    assert found, body.get_content()
    return found[0].rstrip(".,)>")


def until(holds: Callable[[], bool], seconds: float, installation: Installation) -> None:
    """Wait until something holds; what the processes have said is shown when it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError(f"not within {seconds} s\n{installation.log[-4000:]}")
