"""What texts await of participants."""

from __future__ import annotations

from secretariat.texts import comment_awaits, silence_awaits

__all__ = ["comment_awaits", "silence_awaits"]
