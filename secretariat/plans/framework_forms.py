"""Forms about outside frameworks."""

from __future__ import annotations

from typing import Any

from wtforms import ValidationError

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.pages.fields import LocalTextField, Optional, PicksField
from secretariat.pages.forms import Form
from secretariat.plans import frameworks
from secretariat.plans.forms import Choices


def _each_line_a_goal(_form: Any, field: Any) -> None:
    typed: LocalText | None = field.data
    if not typed:
        return
    try:
        frameworks.goals_in(typed)
    except frameworks.NotInOriginal as odd:
        raise ValidationError(
            _(
                "Number %(number)s stands in %(language)s and not in %(original)s; give it there too.",
                number=odd.number,
                language=language_name(odd.language),
                original=language_name(typed.original),
            )
        ) from odd
    except ValueError as problem:
        raise ValidationError(
            _("Give each line a number of its own and words, for example: 3.1 Mutual recognition")
        ) from problem


class FrameworkForm(Form):
    """A framework of the process's own region: its name, and a line for each goal."""

    name = LocalTextField(_l("Name of the framework"), [Optional()])
    goals = LocalTextField(
        _l("Its goals"),
        [Optional(), _each_line_a_goal],
        rows=8,
        longest=30000,
        description=_l("One in a line: its number, then its words; in each language under the same numbers."),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name.languages = self.goals.languages = tuple(languages)


class PointForm(Form):
    """To what an objective points."""

    goals = PicksField(_l("What it answers to"), [Optional()])

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals.choices = list(goals)
