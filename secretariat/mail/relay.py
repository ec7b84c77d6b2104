"""Handing a mail to the relay by SMTP, in steps, so that what is known after a failure is known exactly."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from config import Settings

_ACCEPTED, _GO_ON, _NO_SUCH_ADDRESS = 250, 354, 553


class Unreachable(Exception):
    """The relay could not be spoken to; it certainly has nothing of this mail."""


class Refused(Exception):
    """The relay said no; it certainly has nothing of this mail. `code` is its own (RFC 5321)."""

    def __init__(self, code: int, answer: bytes | str) -> None:
        self.code = code
        self.answer = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        super().__init__(f"{code} {self.answer}")

    @property
    def for_good(self) -> bool:
        """Whether asking again later would be of no use."""
        return self.code >= 500


class Unclear(Exception):
    """The connection broke after the text had begun to leave: the relay may have the mail or not (RFC 1047)."""


class Relay:
    """The relay of the settings; one connection for several mails, opened when the first one goes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None

    def hand_over(self, sender: str, recipient: str, content: bytes, still_mine: Callable[[], bool]) -> bool:
        """Hand over one mail for one recipient; False if `still_mine`, asked just before the text leaves, said no.

        `content` has CRLF line ends. Raises Unreachable, Refused or Unclear.
        """
        try:
            smtp = self._ready()
            self._asked(smtp.mail(sender))
            self._asked(smtp.rcpt(recipient))
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(_told(error)) from error
        except ValueError as error:  # an address that cannot be written down for a relay, today or tomorrow
            self.close()
            raise Refused(_NO_SUCH_ADDRESS, "this address cannot be told to a relay") from error
        if not still_mine():
            self.close()
            return False
        self._text(smtp, content)
        return True

    def _text(self, smtp: smtplib.SMTP, content: bytes) -> None:
        try:
            code, answer = smtp.docmd("DATA")
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unreachable(_told(error)) from error
        if code != _GO_ON:
            self.close()
            raise Refused(code, answer)
        try:
            smtp.send(_stuffed(content) + b".\r\n")
            code, answer = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unclear(_told(error)) from error
        if code != _ACCEPTED:
            self.close()
            raise Refused(code, answer)

    def _ready(self) -> smtplib.SMTP:
        if self._smtp is not None:
            try:
                if self._smtp.rset()[0] == _ACCEPTED:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass
            self.close()
        given = self._settings
        self._smtp = smtp = smtplib.SMTP(given.mail_host, given.mail_port, timeout=given.mail_timeout_seconds)
        if given.mail_starttls:
            smtp.starttls(context=ssl.create_default_context())
        if given.mail_username:
            smtp.login(given.mail_username, given.mail_password)
        smtp.ehlo_or_helo_if_needed()
        return smtp

    def _asked(self, reply: tuple[int, bytes]) -> None:
        if not 200 <= reply[0] < 300:
            self.close()
            raise Refused(*reply)

    def close(self) -> None:
        """End the conversation."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
            self._smtp = None


def _stuffed(content: bytes) -> bytes:
    """A line that begins with a full stop gets another one (RFC 5321, 4.5.2); the text ends with a line end."""
    stuffed = re.sub(rb"(?m)^\.", b"..", content)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:300]
