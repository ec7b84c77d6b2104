"""Milestones in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.meetings.milestone_models import MilestoneKind
from secretariat.meetings.milestones import AFTERWARDS

KIND: dict[MilestoneKind, Any] = {
    MilestoneKind.SAVE_THE_DATE: _l("Save the date"),
    MilestoneKind.CALL_FOR_ITEMS: _l("Call for items"),
    MilestoneKind.INVITATION: lazy_pgettext("milestone", "Invitation"),
    MilestoneKind.PROVISIONAL_AGENDA: _l("Provisional agenda"),
    MilestoneKind.NOMINATIONS_DUE: _l("Nominations due"),
    MilestoneKind.PAPERS: lazy_pgettext("milestone", "Papers"),
    MilestoneKind.DRAFT_REPORT: _l("Draft report"),
    MilestoneKind.COMMENTS_DUE: _l("Comments due"),
}
NOTED_AS: dict[MilestoneKind, Any] = {
    MilestoneKind.CALL_FOR_ITEMS: _l("Note it as sent"),
    MilestoneKind.PAPERS: _l("Note them as sent"),
    MilestoneKind.DRAFT_REPORT: _l("Note it as circulated"),
    MilestoneKind.COMMENTS_DUE: _l("Note that they are in"),
}
"""What the button says that notes a milestone as reached."""
NOT_BEFORE_ITS_DAYS = AFTERWARDS
"""What nobody notes of a meeting that has not begun."""
BY: dict[MilestoneKind, Callable[[str], str]] = {
    MilestoneKind.CALL_FOR_ITEMS: lambda day: _("ask the focal points for agenda items; its day is %(day)s.", day=day),
    MilestoneKind.PAPERS: lambda day: _("send out the papers; their day is %(day)s.", day=day),
    MilestoneKind.DRAFT_REPORT: lambda day: _("circulate the draft report; its day is %(day)s.", day=day),
    MilestoneKind.COMMENTS_DUE: lambda day: _("gather the comments on the report; their day is %(day)s.", day=day),
}
"""What comes next, with its day."""


def of_status(status: str) -> Any:
    """The words of a milestone by its value, as what is awaited carries it."""
    return KIND[MilestoneKind(status)]
