"""What is done with meetings. Each verb checks the policy, changes, records the act and puts mail in the outbox."""

from secretariat.meetings.service.past import record_past_meeting, record_past_outcome

__all__ = ["record_past_meeting", "record_past_outcome"]
