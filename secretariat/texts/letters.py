"""The mails of texts."""

from __future__ import annotations

from secretariat.texts import (
    clearance_letters,
    comment_letters,
    consultation_letters,
    network_letters,
    silence_letters,
)

__all__ = ["clearance_letters", "comment_letters", "consultation_letters", "network_letters", "silence_letters"]
