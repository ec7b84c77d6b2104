"""Statuses and replies: a shape and a word, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext


@dataclass(frozen=True, slots=True)
class ShownStatus:
    """The shape (name of an icon without `st-`) and the word."""

    shape: str
    words: Any


STATUSES: dict[str, ShownStatus] = {
    # Steps of a commitment.
    "completed": ShownStatus("done", _l("Completed")),
    "in_progress": ShownStatus("moving", _l("In progress")),
    "not_yet_started": ShownStatus("notyet", _l("Not yet started")),
    "postponed": ShownStatus("postponed", _l("Postponed")),
    "withdrawn": ShownStatus("aside", lazy_pgettext("status of a commitment", "Withdrawn")),
    "not_yet_reported": ShownStatus("unreported", _l("Not yet reported")),
    "proposed": ShownStatus("proposed", lazy_pgettext("status of a commitment", "Proposed")),
    "noted": ShownStatus("noted", _l("Noted by the Secretariat, awaiting confirmation")),
    # Replies to an invitation.
    "attends": ShownStatus("done", _l("Attends")),
    "attends_online": ShownStatus("done", _l("Attends online")),
    "will_attend": ShownStatus("moving", _l("Will attend")),
    "not_yet_replied": ShownStatus("unreported", _l("Not yet replied")),
    "regrets": ShownStatus("aside", _l("Regrets")),
    # Dates.
    "late": ShownStatus("late", _l("Due")),
}


def shown_status(key: Any) -> ShownStatus:
    """Shape and word of a status; members of an enum are known by their value. Raises KeyError."""
    return STATUSES[str(getattr(key, "value", key))]
