"""Whether follow-up loses or doubles a reminder, and how quick it is.

Under faults (`faults`), on SQLite with the embedded broker and, suffixed, on PostgreSQL with Redis, each with real
workers, beats and a relay in processes of their own, 500 recipients in 20 rounds, some fifty workers killed with a mail
in flight, others frozen past their lease, broker and database restarted, the clock moved over the beginning of summer
time and three days forward, and a relay that puts off, refuses, drops and falls silent:

- `reminders_lost`, `reminders_doubled`, `digests_twice_in_a_window` (goals 0): with the relay's log as evidence
- `reminders_taken`, `killed_in_flight`: how much that was
- `reminders_held`: without evidence, what waits for a person in the end; with it `_lost` and `_doubled`, once an
  officer has looked (goals 0)
- `digests_given_way`: of those, sent again after a later digest had asked the same, and left out for it
- `broken_engine_doubled`: the same with workers broken on purpose, which must not be 0 (nothing is measured then)

Without faults (`throughput`) and after a restore (`restoring`): see there.
"""

from __future__ import annotations

import sys

from tests.benchmarks.follow_up import restoring, runs, servers, throughput
from tests.benchmarks.follow_up.faults import Mischief, Outcome
from tests.benchmarks.follow_up.runs import Size, whole
from tests.benchmarks.harness import Report

KILLS = 60
PAIRS = (("sqlite", "filesystem", ""), ("postgresql", "redis", "_postgresql_redis"))
WITHOUT_EVIDENCE = Size(100, 4, Mischief(20, freezes=2, restarts=1))
BROKEN = Size(40, 3, Mischief(15, trouble=6))


def measure(report: Report) -> None:
    """Print every figure of the group. Raises ValueError where the proof could not have failed."""
    throughput.measure(report)
    restoring.measure(report)
    broken = runs.run("sqlite", "filesystem", BROKEN, broken="resend")
    report.figure("broken_engine_doubled", broken.doubled, "count")
    if not broken.doubled:
        raise ValueError("an engine that sends what is in doubt again was not found out")
    held = runs.run("sqlite", "filesystem", WITHOUT_EVIDENCE, evidence=False)
    report.figure("reminders_held", held.held, "count")
    report.figure("digests_given_way", held.given_way, "count")
    report.figure("reminders_lost_without_evidence", held.lost, "count")
    report.figure("reminders_doubled_without_evidence", held.doubled, "count")
    for database, broker, suffix in PAIRS:
        try:
            told(report, runs.run(database, broker, whole(KILLS)), suffix)
        except servers.Missing as missing:
            print(f"  {database} with {broker}: {missing}", file=sys.stderr)


def told(report: Report, found: Outcome, suffix: str) -> None:
    """The figures of one run under faults."""
    report.figure(f"reminders_lost{suffix}", found.lost, "count")
    report.figure(f"reminders_doubled{suffix}", found.doubled, "count")
    report.figure(f"digests_twice_in_a_window{suffix}", found.crowded, "count")
    report.figure(f"reminders_taken{suffix}", found.expected - found.lost, "count")
    report.figure(f"killed_in_flight{suffix}", found.done["died in flight"], "count")
    report.figure(f"follow_up_faults_seconds{suffix}", found.seconds, "s")
    report.figure(f"follow_up_worker_mb{suffix}", found.megabytes, "MB")
