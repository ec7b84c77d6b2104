"""What the worker does when told to: a few lines a task, one call into the product each."""

from typing import Any

from celery import Task, shared_task

from secretariat.broker import embedded
from worker import heartbeat


@shared_task(bind=True, name="worker.tasks.give_heartbeat")  # type: ignore[untyped-decorator]
def give_heartbeat(self: Task) -> None:
    heartbeat.give(self.app.settings, "worker")


@shared_task(bind=True, name="worker.tasks.clean_broker")  # type: ignore[untyped-decorator]
def clean_broker(self: Task) -> Any:
    if self.app.settings.on_embedded_broker:
        embedded.clean(self.app.settings)
