"""The other pairs of database and broker, a thousand workers killed in each, with three seeds (see `follow_up`).

It takes hours and goes on where it was broken off: what was found stands in bench-follow-up.json, and a run that
stands there is not made again. Throw the file away to begin anew.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import asdict

from config import PROJECT_ROOT
from tests.benchmarks.follow_up import runs, servers, told
from tests.benchmarks.follow_up.faults import Outcome
from tests.benchmarks.follow_up.runs import whole
from tests.benchmarks.harness import Report

KEPT = PROJECT_ROOT / "bench-follow-up.json"
KILLS = 1_000
SEEDS = (1, 2, 3)
PAIRS = tuple((one, other) for one in ("sqlite", "postgresql") for other in ("filesystem", "redis", "rabbitmq"))


def measure(report: Report) -> None:
    """Print the figures of every pair and seed."""
    for database, broker in PAIRS:
        for seed in SEEDS:
            try:
                told(report, _found(database, broker, seed), f"_{database}_{broker}_{seed}")
            except servers.Missing as missing:
                print(f"  {database} with {broker}: {missing}", file=sys.stderr)


def _found(database: str, broker: str, seed: int) -> Outcome:
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    name = f"{database} {broker} {seed}"
    if name not in kept:
        kept[name] = asdict(runs.run(database, broker, whole(KILLS, seed)))
        draft = KEPT.with_suffix(".draft")
        draft.write_text(json.dumps(kept, indent=2) + "\n")
        draft.replace(KEPT)
    found = kept[name]
    return Outcome(**found | {counted: Counter(found[counted]) for counted in ("done", "ends")})
