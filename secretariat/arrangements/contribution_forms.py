"""The forms of contributions."""

from __future__ import annotations

from uuid import UUID

from secretariat.arrangements.service.contributions import Gift
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form


class ContributionForm(Form):
    """What a participant gives, or somebody that takes no part."""

    participant = fields.ChoiceField(_l("Who gives it"), [Either()])
    giver = fields.TextField(
        _l("Or a giver that takes no part"),
        [Either()],
        longest=300,
        description=_l("A foundation, a university, a donor: its name."),
    )
    pledged = fields.AmountField(_l("Amount pledged"), [Optional()])
    received = fields.AmountField(_l("Received so far"), [Optional()])
    currency = fields.CurrencyField(
        _l("Currency"), [Optional()], longest=3, description=_l("Its code of three letters: USD, EUR, MXN.")
    )
    in_kind = fields.TextField(
        _l("Or in kind"), [Optional()], longest=500, description=_l("A venue, interpreters, experts, a study.")
    )
    earmark = fields.TextField(_l("What it is for"), [Optional()], longest=500, description=_l("As the giver said it."))
    pledged_on = fields.DayField(_l("Pledged on"), [Optional()])
    received_on = fields.DayField(_l("Last received on"), [Optional()])
    more = fields.YesField(_l("More is received than was pledged, and this is right"))

    @property
    def gift(self) -> Gift:
        """What was typed."""
        return Gift(
            participant=UUID(self.participant.data) if self.participant and self.participant.data else None,
            giver=(self.giver.data if self.giver else "") or "",
            pledged=self.pledged.data,
            received=self.received.data,
            currency=self.currency.data or "",
            in_kind=self.in_kind.data or "",
            earmark=self.earmark.data or "",
            pledged_on=self.pledged_on.data,
            received_on=self.received_on.data,
            more_is_right=bool(self.more.data),
        )


class NotedForm(Form):
    """Where a giver that takes no part said that it is right."""

    said = fields.TextField(
        _l("Where the giver says so"),
        [Needed(_l("Say where the giver says that it is right, for example: letter of 3 May 2026"))],
        longest=300,
    )


class AnswerForm(Form):
    """What the giver says of it."""

    answer = fields.PickField(
        _l("What was entered for you"),
        [Needed(_l("Choose an answer"))],
        choices=[("right", _l("It is right")), ("not_right", _l("It is not right"))],
    )
    word = fields.LongTextField(
        _l("What is not right"),
        [Optional()],
        longest=1000,
        description=_l("Read by the Secretariat, which enters it anew."),
    )
