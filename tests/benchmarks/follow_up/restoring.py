"""A round that leaves after a backup was taken, and what leaves again once the backup was put back.

`restore_doubled` (goal 0) of `restore_round` digests, with the relay's log as evidence; `restore_sent_unasked`
(goal 0): what left before somebody let mail go again. On SQLite, by the product's own commands and its own sweep.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from flask.testing import FlaskCliRunner

from secretariat.follow_up import service
from secretariat.mail import delivery
from secretariat.web import create_app
from tests.benchmarks.follow_up.faults import taken
from tests.benchmarks.follow_up.ground import Ground, Sink, ground
from tests.benchmarks.harness import Report

RECIPIENTS = 500


def measure(report: Report) -> None:
    """Print the figures."""
    with (
        tempfile.TemporaryDirectory(prefix="secretariat-bench-") as folder,
        ground(Path(folder), "sqlite", "filesystem", recipients=RECIPIENTS, rounds=1, lease=300) as laid,
    ):
        sink = Sink(laid, seed=1, trouble=0)
        try:
            first, unasked, after = round_before_and_after(laid)
        finally:
            sink.stop()
    report.figure("restore_round", first, "count")
    report.figure("restore_sent_unasked", unasked, "count")
    report.figure("restore_doubled", after - first, "count")


def round_before_and_after(laid: Ground) -> tuple[int, int, int]:
    """How many mails the relay had after the round, how many more after the restore, and how many in the end."""
    runner = create_app(laid.settings).test_cli_runner()
    file = laid.folder / "backup"
    _command(runner, "db", "backup", str(file))
    _send_what_is_due(laid)
    first = len(taken(laid))
    laid.engine.dispose()
    _command(runner, "db", "restore", "--yes", str(file))
    _send_what_is_due(laid)
    unasked = len(taken(laid)) - first
    _command(runner, "mail", "resume")
    _send_what_is_due(laid)
    return first, unasked, len(taken(laid))


def _send_what_is_due(laid: Ground) -> None:
    service.scan(laid.engine)
    delivery.deliver(laid.engine, laid.settings, most=10_000)


def _command(runner: FlaskCliRunner, *words: str) -> None:
    done = runner.invoke(args=list(words))
    if done.exit_code:
        raise ValueError(f"{words}: {done.output}")
