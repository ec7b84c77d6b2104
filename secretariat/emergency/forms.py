"""Forms of emergency access."""

from __future__ import annotations

from secretariat.core.languages import lazy_gettext as _l
from secretariat.emergency.service import LONGEST_HOURS
from secretariat.pages.fields import ChoiceField, Needed, NumberField, TextField
from secretariat.pages.forms import Form


class AskForm(Form):
    """Which side of which process, for how long, and why."""

    track = ChoiceField(_l("Process and side"), [Needed(_l("Choose what must be read"))])
    hours = NumberField(
        _l("For how many hours"), [Needed(_l("Give a number of hours, for example 4"))], least=1, most=LONGEST_HOURS
    )
    reason = TextField(
        _l("What has happened, and what must be read"),
        [Needed(_l("Say in a sentence what has happened and what must be read; the keepers are told."))],
        description=_l("Those who keep this side read it. No content, and no names of persons."),
    )


class ActForm(Form):
    """An act that needs nothing but to be meant."""
