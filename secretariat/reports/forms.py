"""The forms of a progress report."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import ChoiceField, DayField, LocalTextField, Needed, Optional, PickField
from secretariat.pages.forms import Form
from secretariat.processes.models import PublicReports


class ReportForm(Form):
    """For which body and meeting, from which day to which, with what introduction."""

    body = ChoiceField(_l("For"), [Optional()])
    meeting = ChoiceField(_l("For its meeting"), [Optional()])
    from_on = DayField(_l("From"), [Needed(_l("Give the first day, for example that of the last meeting"))])
    to_on = DayField(_l("To"), [Needed(_l("Give the last day, today at the latest"))])
    introduction = LocalTextField(
        _l("Introduction"), [Optional()], rows=4, longest=5000, description=_l("Read by the members.")
    )
    wider_introduction = LocalTextField(
        _l("Introduction of the editions for more readers"),
        [Optional()],
        rows=3,
        longest=5000,
        description=_l("Where all participants or the public read an edition, these words stand at its head."),
    )

    def __init__(
        self,
        *args: Any,
        languages: list[str],
        bodies: list[tuple[str, str]],
        meetings: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.introduction.languages = self.wider_introduction.languages = tuple(languages)
        self.body.choices = [("", _l("All members of the process")), *bodies]
        self.meeting.choices = [("", _l("No meeting in particular")), *meetings]


class RemarkForm(Form):
    """What the secretariat remarks on one area."""

    words = LocalTextField(_l("Remark"), [Optional()], rows=4, longest=5000)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words.languages = tuple(languages)


class AdviceForm(Form):
    """What the secretariat advises the chair."""

    words = LocalTextField(
        _l("Advice to the chair"), [Needed(_l("Write what you would tell the chair"))], rows=8, longest=10000
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words.languages = tuple(languages)


class PublicForm(Form):
    """What of its reports a track publishes."""

    what = PickField(
        _l("What the public reads"),
        [Needed(_l("Choose what the public reads"))],
        choices=[
            (PublicReports.NONE.value, _l("Nothing of reports")),
            (PublicReports.ACTIVITIES.value, _l("Activities and outcomes, without where any state stands")),
            (PublicReports.ALL_PUBLIC.value, _l("Whatever of the plan carries the label for everyone")),
        ],
    )


class TableForm(Form):
    """At which meeting a report is tabled."""

    meeting = PickField(_l("At which meeting"), [Needed(_l("Choose the meeting"))])

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting.choices = meetings


class IssueForm(Form):
    """A form whose only content is its button."""


class AskForm(Form):
    """Until when participants look at their entries."""

    until = DayField(_l("Until"), [Needed(_l("Give the day until which participants have time, in a week or two"))])


class RightForm(Form):
    """That the entries shown are right; its only content is its button."""
