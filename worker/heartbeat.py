"""Signs of life: a file per process under DATA_ROOT/heartbeat, as young as the last time the process did something."""

from pathlib import Path
from typing import Any

from celery.signals import beat_init, worker_ready, worker_shutdown

from config import Settings

INTERVAL_SECONDS = 30
NAMES = ("worker", "beat")


def path(settings: Settings, name: str) -> Path:
    return settings.private_folder("heartbeat") / name


def give(settings: Settings, name: str) -> None:
    path(settings, name).touch(mode=0o600)


@worker_ready.connect
def _worker_is_ready(sender: Any, **_: Any) -> None:
    give(sender.app.settings, "worker")


@worker_shutdown.connect
def _worker_has_stopped(sender: Any, **_: Any) -> None:
    path(sender.app.settings, "worker").unlink(missing_ok=True)


@beat_init.connect
def _beat_has_started(sender: Any, **_: Any) -> None:
    give(sender.app.settings, "beat")
