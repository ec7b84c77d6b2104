"""The mails of texts."""

from __future__ import annotations

from secretariat.texts import comment_letters, silence_letters

__all__ = ["comment_letters", "silence_letters"]
