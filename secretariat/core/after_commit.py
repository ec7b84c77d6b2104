"""What is to happen once the transaction is safely committed: tasks are named here and sent by the edge that commits.

A message to the worker is only a hint; the truth is in rows, and a sweep finds what a lost message left behind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy.orm import Session

log = structlog.get_logger()
Sender = Callable[[str, list[str]], Any]
_sender: Sender | None = None


def send_with(sender: Sender | None) -> None:
    """Set how tasks are sent (the Celery application's `send_task`); None to send none, as before a worker exists."""
    global _sender
    _sender = sender


def start(session: Session, task: str, *ids: object) -> None:
    """Start the task of this name, with these ids, after this session's transaction has committed."""
    session.info.setdefault("after_commit", []).append((task, [str(one) for one in ids]))


def run(session: Session) -> None:
    """Send what was asked for, once each; called by the committing edge. A broker that is away is logged, no more."""
    asked = list(dict.fromkeys((task, tuple(ids)) for task, ids in session.info.pop("after_commit", [])))
    for task, ids in asked:
        if _sender is None:
            continue
        try:
            _sender(task, list(ids))
        except Exception:  # the sweep will find the work; the person's act must not fail for the broker's sake
            log.warning("task not sent; the sweep will find it", task=task, exc_info=True)
