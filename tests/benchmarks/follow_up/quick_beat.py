"""The beat of the product with its minutes made seconds: `celery --app tests.benchmarks.follow_up.quick_beat beat`."""

from typing import Any

from celery import Celery

from config import settings_or_exit
from worker.beat import make_beat

FASTER = 12
STARTED = ("worker.tasks.sweep_outbox", "worker.tasks.follow_up", "worker.tasks.give_heartbeat")


def _make_quick() -> Celery:
    app = make_beat(settings_or_exit())
    every: dict[str, dict[str, Any]] = app.conf.beat_schedule
    app.conf.beat_schedule = {name: _quick(every[name]) for name in STARTED}
    app.conf.beat_max_loop_interval = 1
    return app


def _quick(entry: dict[str, Any]) -> dict[str, Any]:
    seconds = entry["schedule"] / FASTER
    return entry | {"schedule": seconds, "options": {"expires": max(seconds, 5)}}


app = _make_quick()
