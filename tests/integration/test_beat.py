"""The beat: one at a time, and one that starts whatever a crash has left of its file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import PROJECT_ROOT, Settings

SECONDS_TO_START = 240


class Beats:
    """Real beats on one data folder."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.schedule = settings.data_root / "beat" / "schedule"
        self.heartbeat = settings.data_root / "heartbeat" / "beat"
        self.log = folder / "beat.log"
        self._environ = {**os.environ, "ENVIRONMENT": "test", "DATA_ROOT": str(settings.data_root)}
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--app", "worker.beat", "beat", "--loglevel", "INFO"]
        with self.log.open("ab") as out:
            made = subprocess.Popen(command, cwd=PROJECT_ROOT, env=self._environ, stdout=out, stderr=out)
        self.processes.append(made)
        return made

    def beats(self) -> bool:
        """Whether the one that has the timetable is at it."""
        return self.heartbeat.exists() and self.heartbeat.stat().st_size == 0

    def said(self, words: str) -> int:
        return self.log.read_text().count(words)


@pytest.fixture
def beats(embedded_settings: Settings, tmp_path: Path) -> Iterator[Beats]:
    made = Beats(embedded_settings, tmp_path)
    yield made
    for process in made.processes:
        process.kill()
        process.wait()


def until(holds: Callable[[], bool], beats: Beats) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while not holds():
        assert time.monotonic() < end, beats.log.read_text()
        time.sleep(0.1)


def test_a_second_beat_waits_and_goes_on_when_the_first_is_killed(beats: Beats) -> None:
    first = beats.start()
    until(beats.beats, beats)
    beats.heartbeat.unlink()
    second = beats.start()
    until(lambda: beats.said("is starting") == 2, beats)
    first.send_signal(signal.SIGKILL)
    first.wait()
    beats.heartbeat.unlink(missing_ok=True)
    until(beats.beats, beats)
    assert second.poll() is None


def test_a_beat_that_waits_stops_when_told(beats: Beats) -> None:
    beats.start()
    until(beats.beats, beats)
    waiting = beats.start()
    until(lambda: beats.said("is starting") == 2, beats)
    waiting.send_signal(signal.SIGTERM)
    assert waiting.wait(30) in (0, -signal.SIGTERM)


def test_a_beat_starts_on_a_file_a_crash_left_half_written(beats: Beats) -> None:
    first = beats.start()
    until(beats.beats, beats)
    first.send_signal(signal.SIGTERM)
    first.wait(30)
    for path in beats.schedule.parent.glob("schedule*"):
        if path.suffix in ("", ".dat"):  # by the kind of file this machine has; an index of it stays as it was
            path.write_bytes(b"")
    beats.heartbeat.unlink()
    beats.start()
    until(beats.beats, beats)
