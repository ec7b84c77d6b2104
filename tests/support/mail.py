from email.message import EmailMessage
from pathlib import Path

from secretariat.dev import mailbox


class Sink:
    """What the test's SMTP server took."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def mails(self) -> list[EmailMessage]:
        """Every mail taken, in the order in which it came, with its recipients in `X-Envelope-To`."""
        read = (mailbox.read(self.folder, name) for name in reversed(mailbox.names(self.folder)))
        return [mail for mail in read if mail is not None]
