"""A relay that can be told how to behave: a real SMTP server on loopback that takes, refuses, puts off, goes away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
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
