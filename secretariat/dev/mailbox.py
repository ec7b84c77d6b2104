"""The post office of development: takes every mail by SMTP on this machine's loopback and keeps it as an `.eml` file.

Nothing is ever sent on. `python -m secretariat.dev.mailbox` runs it on MAIL_HOST and MAIL_PORT.
"""

import os
import re
import secrets
import signal
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as modern
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from config import Settings, settings_or_exit

LARGEST_MAIL_BYTES = 50 * 1024 * 1024
RECIPIENT_HEADER = "X-Envelope-To"
_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


def folder_of(settings: Settings) -> Path:
    return settings.private_folder("mailbox")


class Keeper:
    """Writes each accepted mail into `folder`, one file a mail, complete or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
        recipients = "".join(f"{RECIPIENT_HEADER}: {address}\r\n" for address in envelope.rcpt_tos)
        draft = self.folder / f"{name}.draft"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(recipients.encode() + (envelope.original_content or b""))
        draft.rename(self.folder / f"{name}.eml")
        return "250 Kept"


def make_mailbox(folder: Path, host: str, port: int) -> Controller:
    """A mailbox not yet started; `start()` and `stop()` it."""
    return Controller(Keeper(folder), hostname=host, port=port, data_size_limit=LARGEST_MAIL_BYTES, ident="Mailbox")


def names(folder: Path) -> list[str]:
    """Names of all mails kept, latest first."""
    return sorted((path.stem for path in folder.glob("*.eml") if _NAME.fullmatch(path.stem)), reverse=True)


def read(folder: Path, name: str) -> EmailMessage | None:
    """The mail of that name, or None if there is no such mail."""
    path = folder / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=modern).parse(file)


def main() -> None:
    settings = settings_or_exit()
    if settings.in_production:
        raise SystemExit("The mailbox is for development; production gives its mail to MAIL_HOST.")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    mailbox = make_mailbox(folder_of(settings), settings.mail_host, settings.mail_port)
    mailbox.start()
    stopped.wait()
    mailbox.stop()


if __name__ == "__main__":
    main()
