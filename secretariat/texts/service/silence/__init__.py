"""Putting an edition under silence, what is said to it, and the record of its end.

Whether it was broken or has passed is worked out whenever somebody looks (`silence_queries.stands`); the worker writes
down what has become of it, and sends the letters.
"""

from secretariat.texts.service.silence.ends import last_version_at, proposed_end
from secretariat.texts.service.silence.holding import agree_time, mark_bounce, not_reached, reached
from secretariat.texts.service.silence.keeping import call_off, extend
from secretariat.texts.service.silence.opening import check_members, check_stands, open_silence
from secretariat.texts.service.silence.reacting import Saying, react
from secretariat.texts.service.silence.recording import RECORD, record_what_is_over
from secretariat.texts.service.silence.rules import MOST_WORKING_DAYS, Rules, closed_by, set_rules
from secretariat.texts.service.silence.telling import ENDED, EXTENDED, OPENED, REMINDER

__all__ = [
    "ENDED",
    "EXTENDED",
    "MOST_WORKING_DAYS",
    "OPENED",
    "RECORD",
    "REMINDER",
    "Rules",
    "Saying",
    "agree_time",
    "call_off",
    "check_members",
    "check_stands",
    "closed_by",
    "extend",
    "last_version_at",
    "mark_bounce",
    "not_reached",
    "open_silence",
    "proposed_end",
    "reached",
    "react",
    "record_what_is_over",
    "set_rules",
]
