"""The form in which one writes down what was given for a support need."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import ChoiceField, DayField, LongTextField, Needed, Optional, TextField
from secretariat.pages.forms import Form
from secretariat.plans.forms import Choices


class SupportForm(Form):
    """What was given, when, and by whom; who gave it is not asked of a participant that writes of itself."""

    words = LongTextField(
        _l("What was given"),
        [Needed(_l("Write what was given, for example: two trainers for a week"))],
        longest=2000,
    )
    giver = ChoiceField(_l("By whom"), [Optional()])
    giver_name = TextField(_l("If it is not in the list: its name"), [Optional()], longest=300)
    on = DayField(_l("On"), [Optional()], description=_l("The day, if there was one."))

    def __init__(self, *args: Any, givers: Choices | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_giver = givers is not None
        if givers is None:
            del self.giver
            del self.giver_name
        else:
            self.giver.choices = [("", _l("Nobody is named")), *givers]
