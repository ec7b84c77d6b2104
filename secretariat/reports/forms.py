"""The forms of a progress report."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import ChoiceField, DayField, LocalTextField, Needed, Optional
from secretariat.pages.forms import Form


class ReportForm(Form):
    """For which body and meeting, from which day to which, with what introduction."""

    body = ChoiceField(_l("For"), [Optional()])
    meeting = ChoiceField(_l("For its meeting"), [Optional()])
    from_on = DayField(_l("From"), [Needed(_l("Give the first day, for example that of the last meeting"))])
    to_on = DayField(_l("To"), [Needed(_l("Give the last day, today at the latest"))])
    introduction = LocalTextField(_l("Introduction"), [Optional()], rows=4, longest=5000)

    def __init__(
        self,
        *args: Any,
        languages: list[str],
        bodies: list[tuple[str, str]],
        meetings: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.introduction.languages = tuple(languages)
        self.body.choices = [("", _l("All members of the process")), *bodies]
        self.meeting.choices = [("", _l("No meeting in particular")), *meetings]


class IssueForm(Form):
    """A form whose only content is its button."""


class AskForm(Form):
    """Until when participants look at their entries."""

    until = DayField(_l("Until"), [Needed(_l("Give the day until which participants have time, in a week or two"))])


class RightForm(Form):
    """That the entries shown are right; its only content is its button."""
