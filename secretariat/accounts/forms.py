"""Forms of accounts."""

from __future__ import annotations

from typing import Any

import wtforms

from secretariat.accounts.passwords import LONGEST, SHORTEST, Weakness
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages.fields import MailField, Needed, PickField, TextField
from secretariat.pages.forms import Form


class PasswordField(TextField):
    """A password, exactly as typed; never sent back."""

    widget = wtforms.widgets.PasswordInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, longest=LONGEST, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """What is too long or too short is said by the rules for passwords; a wrong one is just wrong."""


def weakness_in_words(weakness: Weakness) -> str:
    """Why a password is not taken, as a sentence beside the field."""
    return {
        Weakness.SHORT: _("Give at least %(least)s characters; four or five words in a row do well", least=SHORTEST),
        Weakness.LONG: _("Give at most %(most)s characters", most=LONGEST),
        Weakness.COMMON: _(
            "Many people use this one, so it is tried first; choose another, such as four words in a row"
        ),
        Weakness.OWN_ADDRESS: _("Choose one that does not contain your address"),
    }[weakness]


class SignInForm(Form):
    """Address and password."""

    email = MailField(
        _l("Your e-mail address at work"),
        [Needed(_l("Give your address, for example focal.point@ministry.example"))],
    )
    password = PasswordField(_l("Password"), [Needed(_l("Give your password"))])


class AddressForm(Form):
    """An address to send a link to."""

    email = MailField(
        _l("Your e-mail address at work"),
        [Needed(_l("Give your address, for example focal.point@ministry.example"))],
    )


class NewPasswordForm(Form):
    """A new password, chosen by who came by a link."""

    password = PasswordField(_l("New password"), [Needed(_l("Choose a password"))])


class ChangePasswordForm(Form):
    """A new password in place of the present one."""

    present = PasswordField(_l("Present password"), [Needed(_l("Give your present password"))])
    password = PasswordField(_l("New password"), [Needed(_l("Choose a password"))])


class HatForm(Form):
    """Which appointment to act under."""

    hat = PickField(_l("Act under"), [Needed(_l("Choose under which appointment you act"))])
