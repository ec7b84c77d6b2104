"""Forms of contact cards."""

from __future__ import annotations

import re
from typing import Any

from wtforms.validators import Optional, ValidationError

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.directory.cards import Beyond, SharedWith
from secretariat.pages.fields import LocalTextField, MailField, Needed, PickField, PicksField, TextField, ZoneField
from secretariat.pages.forms import Form

_TELEPHONE = re.compile(r"\+[1-9][0-9]{5,14}")


class TelephoneField(TextField):
    """A telephone number, written internationally: +506 2555 0100."""

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data and not _TELEPHONE.fullmatch(re.sub(r"[\s().-]", "", self.data)):
            raise ValidationError(_("Write it with the code of the country, for example +506 2555 0100"))


class CardForm(Form):
    """What stands on a contact card."""

    name = TextField(_l("Name, as it is to be written"), [Needed(_l("Give the name as it is to be written"))])
    function = LocalTextField(_l("Function"), [Optional()])
    ministry = LocalTextField(_l("Ministry or organization"), [Optional()])
    languages = PicksField(_l("Languages spoken"), [Optional()])
    zone = ZoneField(_l("Time zone"), [Optional()])
    address_as = LocalTextField(
        _l("How letters to you begin"),
        [Optional()],
        description=_l(
            "Title and form of address in each language as you wish it, for example: Distinguida señora Ministra. "
            "In a language you leave empty, letters begin: To the focal point of, and the name of your state."
        ),
    )


class NumberForm(Form):
    """One more telephone number."""

    value = TelephoneField(
        _l("Telephone"), [Needed(_l("Give the number with the code of the country, for example +506 2555 0100"))]
    )
    shared_with = PickField(_l("Who sees it"), [Needed(_l("Choose who sees it"))])


class MailAddressForm(Form):
    """One more address for mail."""

    value = MailField(_l("E-mail address"), [Needed(_l("Give the address, for example focal.point@ministry.example"))])
    shared_with = PickField(_l("Who sees it"), [Needed(_l("Choose who sees it"))])


def sharing_choices() -> list[tuple[str, str]]:
    """Who can be let see a number."""
    return [
        (SharedWith.DIRECTORY.value, _("Whoever sees your name in the list of people")),
        (SharedWith.SECRETARIAT.value, _("The Secretariat alone")),
    ]


def beyond_choices() -> list[tuple[str, str]]:
    """What civil society can be let see of a number of its liaison officer."""
    return [
        (Beyond.COORDINATION.value, _("Who coordinates the network")),
        (Beyond.NETWORK.value, _("The network’s organizations too")),
        (Beyond.NOBODY.value, _("Nobody there")),
    ]
