"""Who may look after mail."""

from __future__ import annotations

from secretariat.core.viewer import HatKind, Viewer
from secretariat.mail.models import MailState, OutboxMessage

MAY_BE_HELD = frozenset({MailState.WAITING})
MAY_BE_SENT_AGAIN = frozenset({MailState.HELD, MailState.DEAD, MailState.IN_DOUBT, MailState.SKIPPED})


def keeps_mail(viewer: Viewer) -> bool:
    """Whether one looks after the mail of a track: its secretariat."""
    return viewer.hat.kind is HatKind.SECRETARIAT and viewer.hat.id is not None and viewer.keeps(viewer.hat.id)


def may_hold(viewer: Viewer, message: OutboxMessage) -> bool:
    """Hold a mail back that has not left."""
    return _keeps(viewer, message) and message.state in MAY_BE_HELD


def may_send_again(viewer: Viewer, message: OutboxMessage) -> bool:
    """Let a mail go that was held, could not be delivered, was skipped or is in doubt."""
    return _keeps(viewer, message) and message.state in MAY_BE_SENT_AGAIN


def may_settle(viewer: Viewer, message: OutboxMessage) -> bool:
    """Say that a mail in doubt has arrived."""
    return _keeps(viewer, message) and message.state is MailState.IN_DOUBT


def _keeps(viewer: Viewer, message: OutboxMessage) -> bool:
    return message.track_id is not None and viewer.keeps(message.track_id)
