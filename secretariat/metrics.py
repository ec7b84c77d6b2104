"""Figures for whoever watches over the installation: signs of life and how many mails stand where. Numbers alone.

Off until there is a token (`METRICS_TOKEN`); without it, and with a wrong one, the page is not there. What it counts is
no person's and no process's: how many mails wait tells nobody who writes to whom.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from flask import Flask, Response, abort, request
from sqlalchemy import Engine, func, select

from config import Settings
from secretariat.core import clock
from secretariat.core.models import Heartbeat
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.pages import access, unit

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""The text format of Prometheus, which other watchers read too."""


def init(app: Flask, settings: Settings) -> None:
    """Enter the page."""

    @app.get("/metrics")
    @access.public("numbers for whoever watches over the machine, behind a token of the installation's own")
    def metrics() -> Response:
        """Signs of life and numbers of mails."""
        if not _is_known(request.headers.get("Authorization", ""), settings.metrics_token):
            abort(404)
        return Response(exposition(unit.engine()), content_type=MEDIA_TYPE)


def _is_known(header: str, token: str) -> bool:
    """Whether the header is `Bearer` and the token; compared in a time that tells nothing."""
    scheme, _, given = header.partition(" ")
    known = secrets.compare_digest(given.strip().encode(), token.encode())
    return bool(token) and scheme.lower() == "bearer" and known


def exposition(engine: Engine) -> str:
    """Every figure with its name, what it is, and its value."""
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        return "\n".join([*_heartbeats(session), *_mails(session), ""])


def _heartbeats(session: SystemSession) -> Iterator[str]:
    name = "secretariat_seconds_since_alive"
    yield from _described(name, "Seconds since a standing part was last seen alive: worker, beat, scan, delivery.")
    for part, at in session.execute(select(Heartbeat.name, Heartbeat.at).order_by(Heartbeat.name)):
        yield f'{name}{{part="{part}"}} {_seconds_since(at)}'


def _mails(session: SystemSession) -> Iterator[str]:
    name = "secretariat_mails"
    yield from _described(name, "Mails of the outbox by where they stand.")
    counted = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    numbers = dict(session.execute(counted).all())
    for state in MailState:
        yield f'{name}{{state="{state.value}"}} {numbers.get(state, 0)}'
    name = "secretariat_mail_overdue_seconds"
    yield from _described(name, "How long the mail that waits longest could have left already; 0 where none waits.")
    due = select(func.min(OutboxMessage.next_attempt_at)).where(
        OutboxMessage.state == MailState.WAITING, OutboxMessage.next_attempt_at <= clock.now()
    )
    oldest = session.scalar(due)
    yield f"{name} {_seconds_since(oldest) if oldest else 0}"


def _described(name: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} gauge"


def _seconds_since(at: datetime) -> int:
    return max(0, round((clock.now() - at).total_seconds()))
