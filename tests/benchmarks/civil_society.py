"""The wall between the two tracks alone, in the canary world and on both databases; the whole of it is `canaries`.

`cs_canary_checks`: pages and mails looked through. `cs_canary_leaks`: words and keys that crossed (goal: 0).
"""

from __future__ import annotations

from tests.benchmarks import canaries
from tests.benchmarks.harness import Report


def measure(report: Report) -> None:
    canaries.across_the_wall(report)
