"""Forms of accounts."""

from __future__ import annotations

from typing import Any

import wtforms
from wtforms.validators import Optional

from secretariat.accounts.passwords import LONGEST, SHORTEST, Weakness
from secretariat.core.languages import LANGUAGES
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.directory.forms import TelephoneField
from secretariat.pages.fields import (
    ChoiceField,
    DayField,
    LocalTextField,
    MailField,
    Needed,
    PickField,
    PicksField,
    TextField,
    ZoneField,
)
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


class OthersAddressForm(Form):
    """The address of somebody else."""

    email = MailField(
        _l("E-mail address at work"),
        [Needed(_l("Give the address, for example focal.point@ministry.example"))],
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


class ConfirmForm(Form):
    """A yes to what the page says."""


class ReadingForm(Form):
    """Language and zone of one's pages and mails."""

    language = PickField(_l("Language"), [Needed(_l("Choose the language you read in"))])
    zone = ZoneField(_l("Your clock"), [Optional()])


class NamedPersonForm(Form):
    """Who is named, and by which letter."""

    name = TextField(_l("Name, as it is to be written"), [Needed(_l("Give the name as it is to be written"))])
    email = MailField(
        _l("E-mail address at work"),
        [Needed(_l("Give the address, for example focal.point@ministry.example"))],
    )
    letter = TextField(_l("Named by"), [Needed(_l("Name the letter, for example: Note 14/2026 of the Ministry"))])
    letter_on = DayField(_l("Day of the letter"), [Optional()])


class NameForm(NamedPersonForm):
    """Somebody named on a track of a process."""

    role = ChoiceField(_l("Appointed as"), [Needed(_l("Choose what the letter names the person as"))])
    participant = ChoiceField(_l("For"), [Optional()])
    ministry = LocalTextField(_l("Ministry or organization"), [Optional()])
    function = LocalTextField(_l("Function"), [Optional()])
    telephone = TelephoneField(_l("Telephone"), [Optional()])
    subject = LocalTextField(_l("For which subjects, if not for all"), [Optional()])
    since = DayField(_l("From"), [Optional()])


class HandOverForm(NamedPersonForm):
    """A successor."""

    since = DayField(_l("From"), [Needed(_l("Give the first day of the successor"))])
    ministry = LocalTextField(_l("Ministry or organization"), [Optional()])
    function = LocalTextField(_l("Function"), [Optional()])
    telephone = TelephoneField(_l("Telephone"), [Optional()])


class EndForm(Form):
    """The end of an appointment."""

    until = DayField(_l("First day on which it no longer holds"), [Needed(_l("Give a day, for example today"))])
    why = TextField(_l("This rests on"), [Needed(_l("Say on what this rests, for example: Note 14/2026 of 3 March"))])


class FoundingForm(NamedPersonForm):
    """A process that begins, and its first officer."""

    slug = TextField(
        _l("Its word in addresses"),
        [Needed(_l("Use small letters, figures and hyphens, for example rcm or bali-process"))],
        longest=60,
        description=_l("Small letters, figures and hyphens, for example rcm. It does not change later."),
    )
    acronym = TextField(_l("Short name"), [Needed(_l("Write the short name or acronym."))], longest=60)
    process_name = LocalTextField(_l("Name of the process"), [Needed(_l("Write the name of the process."))])
    languages = PicksField(
        _l("Working languages"),
        [Needed(_l("Choose at least one language."))],
        choices=[(code, language.own_name) for code, language in LANGUAGES.items()],
    )
    zone = ZoneField(_l("Time zone of the secretariat"), [Needed(_l("Choose a time zone."))])
    source = TextField(
        _l("Founding text"),
        [Needed(_l("Name the text it rests on, for example: Declaration of Puebla, 1996"))],
        longest=500,
    )
    network = LocalTextField(_l("Name of the civil-society network, if it has a side of its own"), [Optional()])


class FirstKeeperForm(NamedPersonForm):
    """The first officer or coordinator of a track nobody keeps."""

    track = ChoiceField(_l("Process and track"), [Needed(_l("Choose the process"))])
