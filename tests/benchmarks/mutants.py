"""Mutants of the modules on which access turns: how many there are, and how many nobody notices."""

import json
import os
import signal
import subprocess
import sys

from config import PROJECT_ROOT
from tests.benchmarks.harness import Report

SUITE_SECONDS = 20


class NotProved(AssertionError):
    """The proof does not hold; what it found stands above."""


def measure(report: Report) -> None:
    """Figures of the mutation proof. An interrupted run goes on where it was. Raises NotProved."""
    tried = subprocess.Popen(
        [sys.executable, "-m", "tests.mutation"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    last = ""
    try:
        assert tried.stdout is not None
        for line in tried.stdout:
            last = line
            if not line.startswith("{"):
                print(line, end="", file=sys.stderr, flush=True)
    finally:
        if tried.poll() is None:
            os.killpg(tried.pid, signal.SIGTERM)  # the forks it tries mutants in are of its group
        tried.wait()
    if not last.startswith("{"):
        raise NotProved("the mutants could not be tried; the reason stands above")
    found = json.loads(last)
    report.figure("access_mutants", found["mutants"], "count")
    report.figure("access_mutants_survived", found["survived"], "count")
    report.figure("access_mutants_explained", found["explained"], "count")
    report.figure("access_suite_seconds", found["suite_seconds"], "s")
    if found["survived"] or found["stale"]:
        raise NotProved(f"{found['survived']} survive without a reason, {found['stale']} reasons are out of date")
    if found["suite_seconds"] > SUITE_SECONDS:
        raise NotProved(f"the access suite takes {found['suite_seconds']:.0f} s; its limit is {SUITE_SECONDS} s")
