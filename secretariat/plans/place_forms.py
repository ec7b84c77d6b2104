"""Forms on where a part of a plan stands: put elsewhere, taken out, put back."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import ChoiceField, LocalTextField, Needed, YesField
from secretariat.pages.forms import Form
from secretariat.plans.forms import AdoptForm


class WordsForm(Form):
    """Other words for a part of a draft."""

    title = LocalTextField(
        _l("Words"), [Needed(_l("Give its words as the meeting will read them"))], rows=2, longest=2000
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title.languages = tuple(languages)


class PlaceForm(Form):
    """Where a part of a draft is put."""

    place = ChoiceField(_l("Where it goes"), [Needed(_l("Choose where it goes"))])

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = [("", _l("Choose")), *places]


class MoveForm(AdoptForm):
    """Where a meeting put a part of an adopted plan."""

    place = ChoiceField(_l("Where it goes"), [Needed(_l("Choose where it goes"))])

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = [("", _l("Choose")), *places]


class TakeOutForm(AdoptForm):
    """That a meeting took a part out; with what stands below it."""

    with_below = YesField(_l("What stands below it goes too"))
