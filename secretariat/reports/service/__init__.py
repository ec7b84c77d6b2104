"""What can be done with progress reports: begun and changed, checked by participants, issued.

Services change state and flush at most. What cannot be done raises `Refused` with a courteous sentence.
"""

from secretariat.reports.service.checking import (
    ASKED,
    Said,
    ask_participants,
    correct_entry,
    entries_of,
    entry_for,
    look,
    say_right,
)
from secretariat.reports.service.composing import compose
from secretariat.reports.service.drafting import begin_report, change_report
from secretariat.reports.service.issuing import issue

__all__ = [
    "ASKED",
    "Said",
    "ask_participants",
    "begin_report",
    "change_report",
    "compose",
    "correct_entry",
    "entries_of",
    "entry_for",
    "issue",
    "look",
    "say_right",
]
