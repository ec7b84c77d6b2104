"""What the worker does when told to: a few lines a task, one call into the product each."""

from celery import shared_task

from secretariat.broker import embedded
from secretariat.core import heartbeats
from worker import heartbeat
from worker.task import ProductTask


@shared_task(base=ProductTask, bind=True, name="worker.tasks.give_heartbeat")
def give_heartbeat(self: ProductTask) -> None:
    """Only the beat starts this, so that where it is done both are alive."""
    heartbeat.give(self.settings, "worker")
    for name in heartbeat.NAMES:
        heartbeats.give(self.engine, name)


@shared_task(base=ProductTask, bind=True, name="worker.tasks.clean_broker")
def clean_broker(self: ProductTask) -> None:
    if self.settings.on_embedded_broker:
        embedded.clean(self.settings)
