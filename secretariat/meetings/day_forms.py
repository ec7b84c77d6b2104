"""A form that fixes the days of a meeting and warns once of what else lies on them."""

from __future__ import annotations

from wtforms import HiddenField

from secretariat.pages.forms import Form


class WarnsOfDays(Form):
    """A form whose sender is warned of the days chosen before anything is saved, and then decides."""

    warned_of = HiddenField()

    def was_warned(self, of: str) -> bool:
        """Whether its sender has seen the warnings of just these days; notes that they are shown now."""
        before, self.warned_of.data = self.warned_of.data, of
        return bool(before == of)
