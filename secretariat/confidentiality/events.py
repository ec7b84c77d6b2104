"""What is planned with an event is done when it happens."""

from __future__ import annotations

from secretariat.confidentiality.service import lowering
from secretariat.core import events

events.listen(lowering.lower_with_event)
