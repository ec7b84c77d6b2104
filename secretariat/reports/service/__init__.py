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
from secretariat.reports.service.composing import compose, compose_wider
from secretariat.reports.service.drafting import (
    advise_chair,
    begin_report,
    change_report,
    let_the_public_read,
    remark_on,
)
from secretariat.reports.service.issuing import Prepared, issue, why_not_yet
from secretariat.reports.service.tabling import table_edition

__all__ = [
    "ASKED",
    "Prepared",
    "Said",
    "advise_chair",
    "ask_participants",
    "begin_report",
    "change_report",
    "compose",
    "compose_wider",
    "correct_entry",
    "entries_of",
    "entry_for",
    "issue",
    "let_the_public_read",
    "look",
    "remark_on",
    "say_right",
    "table_edition",
    "why_not_yet",
]
