"""Workers that are broken on purpose, to see that the bench would notice: `--app tests.benchmarks.follow_up.broken`.

BROKEN=resend    what is in doubt is sent again without asking whether it arrived
BROKEN=no_lease  whose lease has ended goes on as if it had not
"""

import os
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from secretariat.core.session import SystemSession
from secretariat.mail import delivery, evidence
from secretariat.mail.models import OutboxMessage
from worker.app import _make_process


class NothingArrived:
    """A source of evidence that never looked."""

    def accepted(self, message_id: str, since: object) -> bool:
        return False

    def taken(self, message_ids: Collection[str]) -> set[str]:
        return set()


def _mine(system: SystemSession, claim: Any) -> OutboxMessage | None:
    return system.scalar(select(OutboxMessage).where(OutboxMessage.id == claim.id))


def _break(how: str) -> None:
    if how == "resend":
        evidence.source = lambda settings: NothingArrived()
    if how == "no_lease":
        delivery._mine = _mine
        delivery._mark = lambda *_: True


_break(os.environ["BROKEN"])
app = _make_process()
