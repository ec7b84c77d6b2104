"""What is looked at of invitations and outcomes, be they loaded as things or listed by their columns."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from secretariat.meetings.models import OutcomeState


class Invited(Protocol):
    """An invitation."""

    @property
    def participant_id(self) -> UUID: ...
    @property
    def invited_at(self) -> datetime: ...
    @property
    def answer_by(self) -> date | None: ...
    @property
    def awaits_answer(self) -> bool: ...


class Produced(Protocol):
    """An outcome."""

    @property
    def id(self) -> UUID: ...
    @property
    def state(self) -> OutcomeState: ...
