"""Forms of the handover file."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import LocalTextField, Optional, PicksField
from secretariat.pages.forms import Form


class HandoverForm(Form):
    """What the outgoing chair says, and what of the list is left out."""

    theme = LocalTextField(_l("Theme, and what became of it"), [Optional()], rows=4, longest=4000)
    promises = LocalTextField(_l("What was promised, and to whom"), [Optional()], rows=4, longest=4000)
    advice = LocalTextField(_l("A word to the next Chair"), [Optional()], rows=4, longest=4000)
    left_out = PicksField(_l("Left out of the file"), [Optional()])

    def __init__(self, *args: Any, languages: list[str], lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in (self.theme, self.promises, self.advice):
            one.languages = tuple(languages)
        self.left_out.choices = lines


class ConfirmForm(Form):
    """A form whose only content is its button."""
