"""The beat, which starts periodic tasks: `celery --app worker.beat beat`. It knows their names alone."""

from celery import Celery

from config import Settings, settings_or_exit
from secretariat.broker import make_celery
from worker import heartbeat, schedule


def make_beat(settings: Settings) -> Celery:
    """The application with its timetable, for one installation."""
    app = make_celery(settings)
    app.conf.update(
        beat_schedule=schedule.TIMETABLE,
        beat_scheduler="worker.schedule:Scheduler",
        beat_schedule_filename=str(settings.private_folder("beat") / "schedule"),
        beat_max_loop_interval=heartbeat.INTERVAL_SECONDS,
    )
    return app


def __getattr__(name: str) -> Celery:
    """`app` is made when a command asks for it, not when a test imports this module."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = made = make_beat(settings_or_exit())
    return made
