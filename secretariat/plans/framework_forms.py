"""Forms about outside frameworks."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import LocalTextField, LongTextField, Optional, Passes, PicksField
from secretariat.pages.forms import Form
from secretariat.plans import frameworks
from secretariat.plans.forms import Choices


def _reads(typed: str) -> bool:
    try:
        frameworks.goals_in(typed)
    except ValueError:
        return False
    return True


class FrameworkForm(Form):
    """A framework of the plan's own region: its name, and a line for each goal."""

    name = LocalTextField(_l("Name of the framework"), [Optional()])
    goals = LongTextField(
        _l("Its goals"),
        [
            Optional(),
            Passes(_reads, _l("Give each line a number of its own and words, for example: 3.1 Mutual recognition")),
        ],
        longest=30000,
        description=_l("One in a line: its number, then its words."),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name.languages = tuple(languages)


class PointForm(Form):
    """To what an objective points."""

    goals = PicksField(_l("What it answers to"), [Optional()])

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals.choices = list(goals)
