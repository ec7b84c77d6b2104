"""Forms of correspondence."""

from __future__ import annotations

from wtforms.validators import Optional

from secretariat.core.languages import lazy_gettext as _l
from secretariat.directory.cards import SharedWith
from secretariat.directory.forms import CardForm, TelephoneField
from secretariat.pages.fields import ChoiceField, Needed, PickField
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadField


class DetailsForm(CardForm):
    """One's own details, changed behind a link; a further telephone number among them."""

    value = TelephoneField(
        _l("A further telephone number"), [Optional()], description=_l("With the code of the country: +506 2555 0100.")
    )
    shared_with = PickField(_l("Who sees the new number"), default=SharedWith.SECRETARIAT.value)


class LetterheadForm(Form):
    """A letterhead made in Word, for one language or for all."""

    language = ChoiceField(_l("For letters in"), [Optional()])
    file = UploadField(_l("The Word document"), [Needed(_l("Choose the letterhead, a .docx file"))])
