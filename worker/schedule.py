"""When periodic tasks start. Each is idempotent and finds by itself what is due: a tick lost or doubled is harmless."""

import fcntl
import time
from pathlib import Path
from typing import IO, Any

from celery.beat import PersistentScheduler

from worker import heartbeat

MINUTE = 60
HOUR = 60 * MINUTE
LOOK_AGAIN_SECONDS = 1

PERIODS_SECONDS = {
    "worker.tasks.give_heartbeat": heartbeat.INTERVAL_SECONDS,
    "worker.tasks.clean_broker": HOUR,
    "worker.tasks.do_waiting_jobs": MINUTE,
    "worker.tasks.sweep_outbox": MINUTE,
    "worker.tasks.follow_up": 5 * MINUTE,
    "worker.tasks.read_inbox": 2 * MINUTE,
    "worker.tasks.answer_password_requests": MINUTE,
    "worker.tasks.end_emergency_accesses": 5 * MINUTE,
    "worker.tasks.forget_people": 24 * HOUR,
    "worker.tasks.refresh_public_pages": HOUR,
    "worker.tasks.forget_readings": 24 * HOUR,
    "worker.tasks.sweep_journal": HOUR,
    "worker.tasks.release_documents": HOUR,
    "worker.tasks.record_silences": MINUTE,
    "worker.tasks.close_rounds": MINUTE,
    "worker.tasks.tell_of_responses": MINUTE,
    "worker.tasks.read_waiting_words": MINUTE,
    "worker.tasks.sweep_files": 24 * HOUR,
    "worker.tasks.bring_into_search": HOUR,
    "worker.tasks.sweep_search": 24 * HOUR,
    "worker.tasks.lower_labels": HOUR,  # a day begins at another hour in each zone
}

TIMETABLE: dict[str, dict[str, Any]] = {
    # A tick nobody took before the next one came is thrown away: after a night without a worker there is one, not 600.
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in PERIODS_SECONDS.items()
}


class Scheduler(PersistentScheduler):  # type: ignore[misc]
    """Celery's own, with a sign of life at every turn.

    One beat at a time has the timetable: the file in which it keeps when each task last started would be spoilt by two.
    A second beat waits until the first is no more, and goes on where it was. A file that a crash left half-written is
    thrown away: what is in it only says how long daily work can wait.
    """

    _waits = False

    def setup_schedule(self) -> None:
        self._lock = self._alone()
        try:
            super().setup_schedule()
        except Exception as spoilt:  # whatever pickle and dbm make of half a file
            self._store = self._destroy_open_corrupted_schedule(spoilt)
            super().setup_schedule()

    def _alone(self) -> IO[bytes]:
        """The lock, once nobody else has it."""
        if Scheduler._waits:  # Celery asks for the timetable once more in order to stop
            raise SystemExit
        Scheduler._waits = True
        lock = Path(f"{self.schedule_filename}.lock").open("ab")  # noqa: SIM115 - held as long as the process
        while not _taken(lock):
            time.sleep(LOOK_AGAIN_SECONDS)
        Scheduler._waits = False
        return lock

    def tick(self, *args: Any, **options: Any) -> float:
        heartbeat.give(self.app.settings, "beat")
        return float(super().tick(*args, **options))


def _taken(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
