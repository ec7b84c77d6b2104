"""One run of rounds under faults, from empty ground to what was found."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.follow_up.crew import Crew
from tests.benchmarks.follow_up.faults import Mischief, Outcome, Run
from tests.benchmarks.follow_up.ground import LEASE_SECONDS, Sink, ground

BROKEN = "tests.benchmarks.follow_up.broken"


@dataclass(frozen=True)
class Size:
    """How much of it."""

    recipients: int
    rounds: int
    mischief: Mischief
    workers: int = 4
    beats: int = 2
    lease: float = LEASE_SECONDS


def whole(kills: int, seed: int = 1) -> Size:
    """500 recipients in twenty rounds: 10,000 messages."""
    return Size(500, 20, Mischief(kills, freezes=10, restarts=5, jumps=2, seed=seed))


def run(
    database: str,
    broker: str,
    size: Size,
    *,
    evidence: bool = True,
    broken: str = "",
    log: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> Outcome:
    """Let it happen. `broken` is how the workers are broken on purpose (`tests.benchmarks.follow_up.broken`).

    Raises servers.Missing where a program is not on this machine.
    """
    with (
        tempfile.TemporaryDirectory(prefix="secretariat-bench-") as folder,
        ground(
            Path(folder), database, broker,
            recipients=size.recipients, rounds=size.rounds, evidence=evidence, lease=size.lease,
        ) as laid,
    ):  # fmt: skip
        sink = Sink(laid, size.mischief.seed, size.mischief.trouble)
        told = {"app": BROKEN, "BROKEN": broken} if broken else {}
        crew = Crew(laid, workers=size.workers, beats=size.beats, **told)
        try:
            return Run(laid, crew, sink, size.mischief, size.rounds).go(log)
        finally:
            crew.stop()
            sink.stop()
