"""Whether the relay has a mail that a crash left in doubt: what is needed to send it again without doubling it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from config import Settings


class Evidence(Protocol):
    """Where it can be looked up what the relay took."""

    def accepted(self, message_id: str, since: datetime) -> bool | None:
        """Whether the relay took the mail of this Message-ID after `since`; None where it cannot be said."""

    def taken(self, message_ids: Collection[str]) -> set[str]:
        """Those of these Message-IDs that the relay has certainly taken."""


class RelayLog:
    """The log of a Postfix on this machine, with the one rotated before it.

    Postfix notes the Message-ID while the text is still arriving (`cleanup`), and that the mail is its own to deliver
    only afterwards, under the same queue id (`qmgr ... queue active`): both lines together are acceptance.
    """

    _NOTED = re.compile(r"\s([0-9A-Za-z]{5,20}): message-id=(<[^>]*>)")
    _QUEUED = re.compile(r"\s([0-9A-Za-z]{5,20}): from=<[^>]*>, size=\d+, nrcpt=\d+ \(queue active\)")

    def __init__(self, path: Path) -> None:
        self.path = path

    def accepted(self, message_id: str, since: datetime) -> bool | None:
        if self.taken([message_id]):
            return True
        return False if self._reaches_back_to(since) else None

    def taken(self, message_ids: Collection[str]) -> set[str]:
        noted: dict[str, str] = {}
        queued: set[str] = set()
        for line in self._lines():
            if (match := self._NOTED.search(line)) and match[2] in message_ids:
                noted[match[1]] = match[2]
            elif match := self._QUEUED.search(line):
                queued.add(match[1])
        return {message_id for queue, message_id in noted.items() if queue in queued}

    def _files(self) -> list[Path]:
        return [path for path in (self.path.with_name(f"{self.path.name}.1"), self.path) if path.is_file()]

    def _lines(self) -> Iterable[str]:
        for path in self._files():
            with path.open(errors="replace") as file:
                yield from file

    def _reaches_back_to(self, since: datetime) -> bool:
        """Whether the log was begun before `since`, so that nothing of the time after it can be missing.

        Only dates of RFC 3339 are read; the old form has no year and says nothing.
        """
        for line in self._lines():
            try:
                begun = datetime.fromisoformat(line.partition(" ")[0])
            except ValueError:
                return False
            return begun.tzinfo is not None and begun <= since
        return False


def source(settings: Settings) -> Evidence | None:
    """The source of evidence of this installation; None where there is none."""
    return RelayLog(settings.mail_evidence_log) if settings.mail_evidence_log else None
