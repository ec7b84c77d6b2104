"""A relay that can be told how to behave: a real SMTP server on loopback that takes, refuses, puts off, goes away."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class ScriptedRelay:
    """Takes every mail, but for what `on_recipient` and `on_text` say: an answer like `"451 later"`, None to take it.

    `drop_after_text` keeps the mail and then closes the connection without an answer.
    """

    def __init__(self, host: str, port: int) -> None:
        self.taken: list[EmailMessage] = []
        self.on_recipient: Callable[[str], str | None] = lambda _address: None
        self.on_text: Callable[[EmailMessage], str | None] = lambda _mail: None
        self.drop_after_text = False
        self.text_began = threading.Event()
        self._controller = Controller(self, hostname=host, port=port)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.on_recipient(address)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(bytes(envelope.original_content or b""))
        self.text_began.set()
        answer = self.on_text(mail)
        if answer is not None:
            return answer
        self.taken.append(mail)
        if self.drop_after_text and server.transport is not None:
            server.transport.close()
        return "250 Taken"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._controller.stop()


class KeepingRelay:
    """Takes every mail slowly and writes of it what Postfix would, so that it can be asked afterwards what it took.

    `idle_seconds` is how long it waits for a silent client, as a relay does.
    """

    def __init__(self, host: str, port: int, log: Path, *, idle_seconds: float, slowness_seconds: float) -> None:
        self.taken: list[str] = []
        self.in_flight = threading.Event()
        self._log, self._slowness = log, slowness_seconds
        self._controller = Controller(self, hostname=host, port=port, timeout=idle_seconds)
        self._write("relay/master[1]: daemon started")

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(bytes(envelope.original_content or b""))
        queued = secrets.token_hex(6).upper()
        self._write(f"relay/cleanup[1]: {queued}: message-id={mail['Message-ID']}")
        self.in_flight.set()
        await asyncio.sleep(self._slowness)  # a client that dies here has not been heard to the end
        self.taken.append(mail["Message-ID"])
        self._write(f"relay/qmgr[1]: {queued}: from=<{envelope.mail_from}>, size=1, nrcpt=1 (queue active)")
        await asyncio.sleep(self._slowness)  # one that dies here does not hear that it was
        return "250 Taken"

    def _write(self, line: str) -> None:
        with self._log.open("a") as file:
            file.write(f"{datetime.now(UTC).isoformat()} localhost {line}\n")

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self._controller.stop()
