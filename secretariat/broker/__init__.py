"""The way from the web to the worker: one set of Celery settings for whoever sends a task and whoever runs it.

Messages are hints. They carry a task's name and ids, nothing else; what is to be done stands in rows, and a periodic
sweep finds what a lost message left behind.
"""

from collections.abc import Callable
from typing import Any

from celery import Celery

from config import Settings

QUEUE = "secretariat"
SOFT_TIME_LIMIT_SECONDS = 240
TIME_LIMIT_SECONDS = 300
VISIBILITY_TIMEOUT_SECONDS = 2 * TIME_LIMIT_SECONDS
"""After which Redis hands a task nobody confirmed to another worker: longer than any task may run, or it runs twice."""


def make_celery(settings: Settings) -> Celery:
    """A Celery application on the broker of `settings`; it knows no tasks of its own."""
    app = Celery("secretariat", set_as_current=False)
    app.settings = settings
    app.conf.update(
        # What travels is JSON and stays small; nobody waits for results, so none are kept.
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_default_queue=QUEUE,
        task_create_missing_queues=False,
        # A task is confirmed when it is done, so that one stopped half-way runs again; each is idempotent.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_soft_time_limit=SOFT_TIME_LIMIT_SECONDS,
        task_time_limit=TIME_LIMIT_SECONDS,
        # The worker waits for a broker that starts later; a person's request does not wait for one that is away.
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        timezone="UTC",
        enable_utc=True,
        worker_hijack_root_logger=False,
        **_transport(settings),
    )
    return app


def make_sender(settings: Settings) -> Callable[[str, list[str]], None]:
    """What sends a task by its name with its ids. Raises kombu's OperationalError at once if the broker is away."""
    app = make_celery(settings)

    def send(task: str, ids: list[str]) -> None:
        app.send_task(task, args=ids, retry=False)

    return send


def _transport(settings: Settings) -> dict[str, Any]:
    if settings.on_embedded_broker:
        messages = str(settings.private_folder("broker", "messages"))
        return {
            "broker_url": f"{settings.broker_url}embedded",  # kombu wants the name of a host and does nothing with it
            "broker_transport": "secretariat.broker.embedded:Transport",
            "broker_transport_options": {
                "data_folder_in": messages,
                "data_folder_out": messages,
                "processed_folder": str(settings.private_folder("broker", "taken")),
                "control_folder": str(settings.private_folder("broker", "control")),
            },
        }
    if settings.broker_url.startswith("redis"):
        options = {"visibility_timeout": VISIBILITY_TIMEOUT_SECONDS}
        return {"broker_url": settings.broker_url, "broker_transport_options": options}
    return {"broker_url": settings.broker_url}
