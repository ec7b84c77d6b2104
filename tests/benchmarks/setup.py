"""From a fresh clone to the first page, once more from there, what it weighs, and what the first page costs.

`setup_seconds`: fresh clone, nothing cached, pip: `make run` to the first page. `restart_seconds`: a second `make run`.
`rss_mb`: memory of web, worker and beat together, counting what processes share once (PSS).

`home_ms_p50`, `floor_ms_p50`: the first page of a member of the demonstration, and a table of 60 rows from one SELECT
by the same server (`tests.benchmarks.floor`). `home_floor_ratio`: processor time of web and database for one request of
the first page over that of the floor; warm, one reader, the filter on.
"""

import re

import psutil

from tests.benchmarks import reading, running
from tests.benchmarks.harness import Report

MEBIBYTE = 1024 * 1024
MEMBER = "focal-point-gt@demonstration.example"
ACCOUNTS_FILE = "demonstration_accounts.txt"


def measure(report: Report) -> None:
    with running.clone() as clone:
        with clone.running() as first:
            report.figure("setup_seconds", first.seconds, "s")
        with clone.running() as second:
            report.figure("restart_seconds", second.seconds, "s")
            weights = {part: weight(second.processes(part)) for part in ("web", "worker", "beat")}
            report.figure("rss_mb", sum(weights.values()), "MB")
        with clone.serving("tests.benchmarks.floor:app") as served:
            measure_pages(report, served)


def measure_pages(report: Report, served: running.Serving) -> None:
    cookie = reading.cookie_of(served, MEMBER, password_of_all(served))
    found = reading.costs(served, {"home": "/", "floor": "/floor/"}, cookie)
    home, floor = found["home"], found["floor"]
    report.figure("home_ms_p50", home.ms_p50, "ms")
    report.figure("floor_ms_p50", floor.ms_p50, "ms")
    report.figure("home_floor_ratio", home.cpu_a_request / floor.cpu_a_request, "ratio")


def password_of_all(served: running.Serving) -> str:
    """The password the accounts of the demonstration share. Raises ValueError if it is not written down."""
    found = re.search(r"^Password\D*: (.+)$", (served.data_root / ACCOUNTS_FILE).read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"no password in {ACCOUNTS_FILE}")
    return found[1]


def weight(processes: list[psutil.Process]) -> float:
    """Proportional set size of these processes together, in MiB. Raises ValueError if there are none."""
    if not processes:
        raise ValueError("nothing to weigh")
    return float(sum(process.memory_full_info().pss for process in processes)) / MEBIBYTE
