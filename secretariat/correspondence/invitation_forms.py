"""Forms of letters of invitation."""

from __future__ import annotations

from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.service.inviting import Style
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form


class WordsForm(Form):
    """What all letters of a meeting say, and who signs them."""

    words = fields.LocalTextField(
        _l("The letter"),
        [Needed(_l("Write the words of the letter, in one language at least."))],
        description=_l(
            "Without salutation and signature. A letter can be written in each language that has words here."
        ),
        rows=10,
        longest=20_000,
    )
    signatory = fields.LongTextField(
        _l("Who signs it"),
        [Needed(_l("Write who signs, with the function: a line each."))],
        description=_l("As it stands under the letter: name, and below it the function."),
        longest=500,
    )


class StyleForm(Form):
    """To whom one letter is."""

    addressee = fields.LongTextField(
        _l("Addressee, in full style"),
        [Needed(_l("Write to whom the letter is, in full style: a line each."))],
        description=_l("Line by line as on the letter: His or Her Excellency, name, office, place."),
        longest=1000,
    )
    salutation = fields.TextField(
        _l("How it begins"), [Needed(_l("Write how the letter begins, for example: Excellency,"))], longest=200
    )
    language = fields.PickField(_l("Language of the letter"), [Needed(_l("Choose the language of the letter."))])
    copy_to = fields.LongTextField(
        _l("Copy to"), [Optional()], description=_l("The mission or embassy that has a copy."), longest=1000
    )
    dated = fields.DayField(
        _l("The day it bears"), [Optional()], description=_l("Left empty, the day on which it is fetched.")
    )

    @property
    def style(self) -> Style:
        """What was typed."""
        return Style(
            language=self.language.data,
            addressee=self.addressee.data or "",
            salutation=self.salutation.data or "",
            copy_to=self.copy_to.data or "",
            dated=self.dated.data,
        )


class DispatchForm(Form):
    """That a letter has gone."""

    went_on = fields.DayField(_l("It went on"), [Needed(_l("Give the day, for example 26 March 2027"))])
    note_verbale = fields.TextField(
        _l("Number of the note verbale that carried it"),
        [Needed(_l("Give the number of the note verbale, as it stands on it."))],
        longest=200,
    )
