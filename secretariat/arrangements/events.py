"""What follows when a meeting or a delegation is changed: the host's list says the same."""

from __future__ import annotations

from secretariat.arrangements import service
from secretariat.meetings.service.record import followers

if service.follow_meeting not in followers:
    followers.append(service.follow_meeting)
