"""The broker that needs no server: kombu's filesystem transport, made safe for several processes.

Four things differ from kombu's own. A message appears in the folder complete or not at all: kombu opens the file
under its final name and writes afterwards, so that a reader in between takes an empty message and stops. A message
taken is removed at once, from a folder of our own instead of the machine's shared one. The list of queues is read and
written under one lock, for the same reason as the first. And the folder is looked into ten times a second, not once.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

from config import Settings

DRAFT = ".draft"
STALE_AFTER_SECONDS = 24 * 60 * 60


class Channel(filesystem.Channel):
    """One process's view of the folders."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # kombu disagrees with itself
        name = f"{time.time_ns():020}_{os.urandom(8).hex()}.{queue}.msg"
        draft = Path(self.data_folder_out, name + DRAFT)
        draft.write_text(dumps(payload))
        draft.rename(Path(self.data_folder_out, name))

    def _get(self, queue: str, timeout: Any = None) -> Any:
        for path in sorted(Path(self.data_folder_in).iterdir()):
            name = path.name
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            taken = Path(self.processed_folder, name)
            try:
                path.rename(taken)
            except FileNotFoundError:  # another process was first
                continue
            payload = taken.read_text()
            taken.unlink()
            return loads(payload)
        raise Empty

    def get_table(self, exchange: str) -> Any:
        with self._one_at_a_time():
            return super().get_table(exchange)

    def _queue_bind(self, *names: Any) -> None:
        with self._one_at_a_time():
            super()._queue_bind(*names)

    def _delete(self, *names: Any, **options: Any) -> None:
        with self._one_at_a_time():
            super()._delete(*names, **options)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        with Path(self.control_folder, "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """What Celery is given as `broker_transport`."""

    Channel = Channel
    polling_interval = 0.1
    """Seconds between two looks into the folder. A worker takes one task at a time and looks again only then; with
    kombu's whole second each of fifty invitations would wait for one."""


def clean(settings: Settings) -> int:
    """Remove messages nobody took within a day and what a crash left half-written or half-taken; how many there were.

    Nothing is lost by it: a message is a hint, and the periodic sweep has long done what it asked for.
    """
    oldest = time.time() - STALE_AFTER_SECONDS
    removed = 0
    for folder in ("messages", "taken"):
        for path in settings.private_folder("broker", folder).iterdir():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    removed += 1
            except FileNotFoundError:  # taken meanwhile
                continue
    return removed
