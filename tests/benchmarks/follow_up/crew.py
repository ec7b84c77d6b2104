"""Real workers and beats, which die in the middle of what they do and are started again, as a supervisor would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

import psutil

from config import PROJECT_ROOT
from tests.benchmarks.follow_up.ground import Ground

POOLS = ("prefork", "solo")
"""As installations run them, and with everything in one process; turn by turn."""


@dataclass
class Member:
    """One worker or beat with the processes it started."""

    place: int
    process: subprocess.Popen[bytes]

    @property
    def pids(self) -> list[int]:
        with suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.process.pid).children(recursive=True)
            return [self.process.pid, *(child.pid for child in children)]
        return []


class Crew:
    """So many workers and beats. `app` is where the workers come from; `environ` what they are told beside the rest."""

    def __init__(self, laid: Ground, *, workers: int, beats: int, app: str = "worker.app", **environ: str) -> None:
        self._environ = laid.environ | environ
        self._app, self._workers, self._lock = app, workers, Lock()
        self._output = (laid.folder / "crew.log").open("ab")
        self._started = 0
        self.members = [self._start(place) for place in range(workers + beats)]

    def _start(self, place: int) -> Member:
        self._started += 1
        command = [sys.executable, "-m", "celery"]
        if place < self._workers:
            pool = POOLS[place % len(POOLS)]
            command += ["--app", self._app, "worker", "--pool", pool, "--concurrency", "1", "--loglevel", "WARNING"]
            command += ["--without-gossip", "--without-mingle", "--hostname", f"bench-{self._started}@localhost"]
        else:
            command += ["--app", "tests.benchmarks.follow_up.quick_beat", "beat", "--loglevel", "WARNING"]
        process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=self._environ, stdout=self._output, stderr=self._output,
            start_new_session=True,
        )  # fmt: skip
        return Member(place, process)

    def revive(self) -> int:
        """Start again whoever is no more; how many."""
        with self._lock:
            dead = [one for one in self.members if one.process.poll() is not None]
            for one in dead:
                self.members[one.place] = self._start(one.place)
            return len(dead)

    def at(self, port: int) -> tuple[Member, int] | None:
        """The worker, and the process of it, that speaks to the relay from this port."""
        with self._lock:
            for one in self.members[: self._workers]:
                for pid in one.pids:
                    with suppress(psutil.Error):
                        if any(link.laddr.port == port for link in psutil.Process(pid).net_connections("tcp")):
                            return one, pid
        return None

    @staticmethod
    def kill(one: Member) -> None:
        """The whole worker, at once."""
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.wait()

    def stop(self) -> None:
        """End everybody."""
        with self._lock:
            for one in self.members:
                self.kill(one)
        self._output.close()

    def megabytes(self) -> float:
        """Memory of the heaviest worker with its children, counting what they share once."""
        with self._lock:
            return max((_weight(one.pids) for one in self.members[: self._workers]), default=0.0)


def _weight(pids: list[int]) -> float:
    total = 0.0
    for pid in pids:
        with suppress(psutil.Error):
            total += psutil.Process(pid).memory_full_info().pss
    return total / 1024 / 1024
