"""The mailbox in which answers arrive, by IMAP. What is read there is marked as read, never changed or taken away."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from config import Settings
from secretariat.mail.inbound.reading import TAKEN

MOST = 200
"""Messages that are read at a time; what is beyond waits for the next time."""
SECONDS = 60


class MailboxError(RuntimeError):
    """The mailbox could not be read; nothing of it was changed."""


@dataclass(frozen=True, slots=True)
class Unread:
    """One message: its number in the mailbox, its first bytes, and whether these are all of it."""

    number: bytes
    content: bytes
    is_whole: bool


class Mailbox:
    """An open mailbox."""

    def __init__(self, imap: imaplib.IMAP4) -> None:
        self._imap = imap

    def unread(self) -> Iterator[Unread]:
        """What nobody has read yet, oldest first. Raises MailboxError."""
        told = _asked(self._imap.uid("SEARCH", "UNSEEN"))
        for number in (told[0] or b"").split()[:MOST]:
            answer = _asked(self._imap.uid("FETCH", number.decode(), f"(RFC822.SIZE BODY.PEEK[]<0.{TAKEN}>)"))
            for part in answer:
                if isinstance(part, tuple):
                    yield Unread(number, part[1], len(part[1]) < TAKEN)

    def mark(self, one: Unread, *, odd: bool = False) -> None:
        """Say that it has been read; and, where it is for nobody here, that a person should look at it."""
        _asked(self._imap.uid("STORE", one.number.decode(), "+FLAGS", r"(\Seen \Flagged)" if odd else r"(\Seen)"))


@contextmanager
def opened(settings: Settings) -> Iterator[Mailbox]:
    """The mailbox of the settings. Raises MailboxError where it cannot be opened or read."""
    try:
        if settings.inbox_tls:
            imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                settings.inbox_host, settings.inbox_port, ssl_context=ssl.create_default_context(), timeout=SECONDS
            )
        else:
            imap = imaplib.IMAP4(settings.inbox_host, settings.inbox_port, timeout=SECONDS)
        with imap:
            imap.login(settings.inbox_username, settings.inbox_password)
            _asked(imap.select(f'"{settings.inbox_folder}"'))
            yield Mailbox(imap)
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(f"{type(error).__name__}: {error}"[:300]) from error


def _asked(reply: tuple[str, list]) -> list:  # type: ignore[type-arg]
    state, told = reply
    if state != "OK":
        raise MailboxError(f"the mailbox answered {state}")
    return told
