"""The form of a word to the chair."""

from __future__ import annotations

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import LongTextField, Needed
from secretariat.pages.forms import Form


class ChairWordForm(Form):
    """What the chair is asked to say."""

    words = LongTextField(
        _l("What the chair is asked to say"),
        [Needed(_l("Write what the chair is asked to say; the focal point reads the same words."))],
        longest=1000,
    )
