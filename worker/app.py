"""The worker: `celery --app worker.app worker`."""

import warnings

from celery import Celery
from celery.platforms import SecurityWarning

from config import Settings, settings_or_exit
from secretariat import registers
from secretariat.broker import make_celery, make_sender
from secretariat.core import after_commit, clock, logs
from secretariat.core.schema import database_problem
from secretariat.models import every_model


def make_worker(settings: Settings) -> Celery:
    """The application with its tasks, for one installation."""
    app = make_celery(settings)
    app.engine = None  # made by the first task: connections are not shared between processes
    app.conf.update(
        include=["worker.tasks"],
        worker_concurrency=settings.worker_processes,
        # A child that has done this many tasks is replaced; what a library keeps of memory is given back then.
        worker_max_tasks_per_child=1000,
    )
    return app


def _make_process() -> Celery:
    """The application of this process, from its environment. Ends it where the database is not the one it knows."""
    settings = settings_or_exit()
    if problem := database_problem(settings.database_url, settings.role_of_database):
        raise SystemExit(problem)
    # Celery warns of workers run by root for the sake of pickle, which is not accepted here.
    warnings.simplefilter("ignore", SecurityWarning)
    logs.write_plainly()
    every_model()
    registers.fill()
    clock.configure(settings.clock_offset_file)
    after_commit.send_with(make_sender(settings))
    return make_worker(settings)


def __getattr__(name: str) -> Celery:
    """`app` is made when a command asks for it, not when a test imports this module."""
    if name != "app":
        raise AttributeError(name)
    globals()["app"] = made = _make_process()
    return made
