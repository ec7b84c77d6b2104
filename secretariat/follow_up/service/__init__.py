"""Follow-up at work: the scan that finds what is due and puts digests into the outbox, and what officers and
recipients do about it.

Everything is worked out when it is looked at. Stored is only what was asked: reminders, in the digest they went in.
"""

from secretariat.follow_up.manner import Manner, item_of, manner_of
from secretariat.follow_up.service.digests import NOTICE, count_as_asked
from secretariat.follow_up.service.policies import drop_plan_policy, set_plan_policy, set_policy
from secretariat.follow_up.service.recipients import (
    Recipient,
    Where,
    awaited_by,
    awaited_of,
    items_awaited,
    readers,
    where_of,
)
from secretariat.follow_up.service.round import Planned, add_line, hold, next_round, open_things, send_now, skip
from secretariat.follow_up.service.scanning import next_hour, remind, scan
from secretariat.follow_up.service.wishes import ask_me_after, have_rung, ring_me

__all__ = [
    "NOTICE",
    "Manner",
    "Planned",
    "Recipient",
    "Where",
    "add_line",
    "ask_me_after",
    "awaited_by",
    "awaited_of",
    "count_as_asked",
    "drop_plan_policy",
    "have_rung",
    "hold",
    "item_of",
    "items_awaited",
    "manner_of",
    "next_hour",
    "next_round",
    "open_things",
    "readers",
    "remind",
    "ring_me",
    "scan",
    "send_now",
    "set_plan_policy",
    "set_policy",
    "skip",
    "where_of",
]
