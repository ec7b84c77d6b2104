"""From a fresh clone to the first page, once more from there, and what it weighs.

`setup_seconds`: fresh clone, nothing cached, pip: `make run` to the first page. `restart_seconds`: a second `make run`.
`rss_mb`: memory of web, worker and beat together, counting what processes share once (PSS).
"""

import psutil

from tests.benchmarks import running
from tests.benchmarks.harness import Report

MEBIBYTE = 1024 * 1024


def measure(report: Report) -> None:
    with running.clone() as clone:
        with clone.running() as first:
            report.figure("setup_seconds", first.seconds, "s")
        with clone.running() as second:
            report.figure("restart_seconds", second.seconds, "s")
            weights = {part: weight(second.processes(part)) for part in ("web", "worker", "beat")}
            report.figure("rss_mb", sum(weights.values()), "MB")


def weight(processes: list[psutil.Process]) -> float:
    """Proportional set size of these processes together, in MiB. Raises ValueError if there are none."""
    if not processes:
        raise ValueError("nothing to weigh")
    return float(sum(process.memory_full_info().pss for process in processes)) / MEBIBYTE
