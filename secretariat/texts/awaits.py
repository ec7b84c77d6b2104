"""What texts await of participants."""

from __future__ import annotations

from secretariat.texts import clearance_awaits, comment_awaits, consultation_awaits, network_awaits, silence_awaits

__all__ = ["clearance_awaits", "comment_awaits", "consultation_awaits", "network_awaits", "silence_awaits"]
