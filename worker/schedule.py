"""When periodic tasks start. Each is idempotent and finds by itself what is due: a tick lost or doubled is harmless."""

from typing import Any

from celery.beat import PersistentScheduler

from worker import heartbeat

MINUTE = 60
HOUR = 60 * MINUTE

PERIODS_SECONDS = {
    "worker.tasks.give_heartbeat": heartbeat.INTERVAL_SECONDS,
    "worker.tasks.clean_broker": HOUR,
    "worker.tasks.do_waiting_jobs": MINUTE,
    "worker.tasks.sweep_outbox": MINUTE,
    "worker.tasks.follow_up": 5 * MINUTE,
    "worker.tasks.answer_password_requests": MINUTE,
    "worker.tasks.end_emergency_accesses": 5 * MINUTE,
    "worker.tasks.forget_people": 24 * HOUR,
    "worker.tasks.refresh_public_pages": HOUR,
    "worker.tasks.forget_readings": 24 * HOUR,
    "worker.tasks.sweep_journal": HOUR,
    "worker.tasks.release_documents": HOUR,
    "worker.tasks.record_silences": MINUTE,
    "worker.tasks.close_rounds": MINUTE,
    "worker.tasks.read_waiting_words": MINUTE,
    "worker.tasks.sweep_files": 24 * HOUR,
    "worker.tasks.lower_labels": HOUR,  # a day begins at another hour in each zone
}

TIMETABLE: dict[str, dict[str, Any]] = {
    # A tick nobody took before the next one came is thrown away: after a night without a worker there is one, not 600.
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in PERIODS_SECONDS.items()
}


class Scheduler(PersistentScheduler):  # type: ignore[misc]
    """Celery's own, with a sign of life at every turn."""

    def tick(self, *args: Any, **options: Any) -> float:
        heartbeat.give(self.app.settings, "beat")
        return float(super().tick(*args, **options))
