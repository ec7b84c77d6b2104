"""Forms of tasks: there is no field for a person a task would be about."""

from __future__ import annotations

from collections.abc import Iterable

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.follow_up.tasks import Colleague
from secretariat.pages.fields import ChoiceField, DayField, Needed, Optional, TextField
from secretariat.pages.forms import Form


class TaskForm(Form):
    """What is to be done, by when, by whom."""

    words = TextField(
        _l("What is to be done"),
        [Needed(_l("Say what is to be done, for example: ask the translator for the French agenda"))],
        longest=300,
        description=_l("A thing to do, never a word on a person."),
    )
    due_on = DayField(_l("By"), [Optional()])
    holder = ChoiceField(_l("By whom"), [Optional()])


class AwayForm(Form):
    """From when to when one is away, and who stands in. No reason is asked."""

    since = DayField(_l("First day away"), [Needed(_l("Give the first day, for example 2026-08-03"))])
    until = DayField(_l("Last day away"), [Needed(_l("Give the last day, for example 2026-08-14"))])
    stand_in = ChoiceField(_l("Who stands in"), [Needed(_l("Choose who stands in"))])


def choices_of(colleagues: Iterable[Colleague]) -> list[tuple[str, str]]:
    """Colleagues as choices."""
    return [(str(one.person), one.name or _("a colleague")) for one in colleagues]
