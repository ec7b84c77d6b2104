"""What the first page costs, on both databases, on a demonstration made for this alone.

`home_ms_p50`, `floor_ms_p50`: the first page of a member of the demonstration, and a table of 60 rows from one SELECT
by the same server (`tests.benchmarks.floor`). `home_floor_ratio`: processor time of web and database for one request of
the first page over that of the floor; warm, one reader, the filter on (goal 5). These on the embedded database; beside
them, with `_postgresql`, the same on PostgreSQL.
"""

import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import PROJECT_ROOT
from tests.benchmarks import reading, running
from tests.benchmarks.harness import Report
from tests.support import databases

MEMBER = "focal-point-gt@demonstration.example"
ACCOUNTS_FILE = "demonstration_accounts.txt"
FLOOR = "tests.benchmarks.floor:app"


def measure(report: Report) -> None:
    for kind, suffix in (("sqlite", ""), ("postgresql", "_postgresql")):
        with prepared(kind) as environ, running.serving(FLOOR, environ) as served:
            measure_pages(report, served, suffix)


@contextmanager
def prepared(kind: str) -> Iterator[dict[str, str]]:
    """The environment of an installation with the demonstration. Raises RuntimeError if there is no such database."""
    missing = databases.why_no_postgresql() if kind == "postgresql" else ""
    if missing:
        raise RuntimeError(missing)
    run = secrets.token_hex(4)
    with tempfile.TemporaryDirectory(prefix="secretariat-bench-") as folder:
        environ = running.plain_environ() | {"DATA_ROOT": folder, "DEMONSTRATION": "true"}
        try:
            if kind == "postgresql":
                environ["DATABASE_URL"] = databases.empty(run)
            _prepare(environ)
            yield environ
        finally:
            if kind == "postgresql":
                databases.forget(run)


def _prepare(environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "secretariat.dev.prepare"],
        cwd=PROJECT_ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the demonstration could not be made:\n{done.stdout}{done.stderr}")


def measure_pages(report: Report, served: running.Serving, suffix: str) -> None:
    cookie = reading.cookie_of(served, MEMBER, password_of_all(served.settings.data_root))
    found = reading.costs(served, {"home": "/", "floor": "/floor/"}, cookie)
    home, floor = found["home"], found["floor"]
    report.figure(f"home_ms_p50{suffix}", home.ms_p50, "ms")
    report.figure(f"floor_ms_p50{suffix}", floor.ms_p50, "ms")
    report.figure(f"home_floor_ratio{suffix}", home.ratio_to(floor), "ratio")


def password_of_all(data_root: Path) -> str:
    """The password the accounts of the demonstration share. Raises ValueError if it is not written down."""
    found = re.search(r"^Password\D*: (.+)$", (data_root / ACCOUNTS_FILE).read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"no password in {ACCOUNTS_FILE}")
    return found[1]
