"""The forms of the host's list: what a participant says of a person, what is arranged, and who sees to it."""

from __future__ import annotations

from typing import Any

from secretariat.accounts.appointments import Named
from secretariat.arrangements.models import BadgeKind, HostedPerson
from secretariat.arrangements.service import Facts, Given, SeenTo
from secretariat.arrangements.words import BADGE
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.directory.service import Details, Letter
from secretariat.meetings.forms import MEETING_LANGUAGES
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form

SHORT = 500


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in MEETING_LANGUAGES]


def given_form() -> type[Form]:
    """When a person comes and goes, and what the person needs."""

    class GivenForm(Form):
        arrives_on = fields.DayField(_l("Arrives on"), [Either()])
        arrival = fields.TextField(_l("Hour and flight, or how otherwise"), [Either()])
        leaves_on = fields.DayField(_l("Leaves on"), [Either()])
        departure = fields.TextField(_l("Hour and flight of departure"), [Either()])
        hotel = fields.TextField(_l("Hotel"), [Either()])
        diet = fields.TextField(_l("What this person does not eat"), [Either()], longest=SHORT)
        access = fields.TextField(_l("What this person needs to get about, hear or read"), [Either()], longest=SHORT)
        listens_in = fields.ChoiceField(
            _l("Listens in"),
            [Either()],
            choices=_languages(),
            blank=_l("not said"),
        )
        wants_visa_letter = fields.YesField(_l("Needs a letter for the visa"))

    return GivenForm


def seen_form(*, by_hand: bool) -> type[Form]:
    """The same, and what the host and the secretariat arrange; of who is added by hand, name and function too."""

    class SeenForm(given_form()):  # type: ignore[misc]
        visa_letter_on = fields.DayField(_l("Letter for the visa sent on"), [Either()])
        badge = fields.PickField(
            _l("Badge"),
            [Needed(_l("Choose what the badge says"))],
            choices=[(one.value, BADGE[one]) for one in BadgeKind],
        )
        may_enter = fields.YesField(_l("On the list of who may enter"))
        seat = fields.TextField(_l("Seat"), [Either()], longest=100)
        travel_paid_by = fields.TextField(_l("Travel is paid by"), [Either()])
        allowance = fields.AmountField(_l("Allowance"), [Either()])
        currency = fields.CurrencyField(_l("Currency"), [Either()], longest=3)

    if not by_hand:
        return SeenForm

    class AddedForm(SeenForm):
        name = fields.TextField(_l("Name"), [Needed(_l("Give the name, as it is to stand on the badge"))])
        function = fields.TextField(_l("Function"), [Either()])
        body = fields.TextField(_l("Ministry or institution"), [Either()])

    return AddedForm


def given(form: Form) -> Given:
    """What a participant typed."""
    data = form.data
    return Given(
        arrives_on=data["arrives_on"],
        arrival=data["arrival"] or "",
        leaves_on=data["leaves_on"],
        departure=data["departure"] or "",
        hotel=data["hotel"] or "",
        diet=data["diet"] or "",
        access=data["access"] or "",
        wants_visa_letter=data["wants_visa_letter"],
        listens_in=data["listens_in"] or "",
    )


def seen(form: Form) -> SeenTo:
    """What is arranged."""
    data = form.data
    return SeenTo(
        name=data.get("name") or "",
        function=data.get("function") or "",
        body=data.get("body") or "",
        visa_letter_on=data["visa_letter_on"],
        badge=BadgeKind(data["badge"]),
        may_enter=data["may_enter"],
        seat=data["seat"] or "",
        travel_paid_by=data["travel_paid_by"] or "",
        allowance=data["allowance"],
        currency=data["currency"] or "",
    )


BLANK: dict[str, Any] = {"badge": BadgeKind.INTERPRETER.value, "may_enter": True}
"""How the form of a new person begins."""


_SHOWN = (
    *("version", "arrives_on", "arrival", "leaves_on", "departure", "hotel", "diet", "access", "wants_visa_letter"),
    *("listens_in", "visa_letter_on", "may_enter", "seat", "travel_paid_by", "allowance", "currency"),
    *("name", "function", "body"),
)


class Values:
    """A person as the form shows it. `needs` are words given with the delegation: they are proposed where nothing was
    said yet, for the host reads what stands here, and the participant says so itself by saving."""

    def __init__(self, person: HostedPerson, needs: str = "") -> None:
        for name in _SHOWN:
            setattr(self, name, getattr(person, name))
        self.badge = person.badge.value
        if needs and not (person.access or person.diet):
            self.access = " ".join(needs.split())[:SHORT]


def facts_form() -> type[Form]:
    """What is arranged for the meeting as a whole."""

    class FactsForm(Form):
        interpretation = fields.PicksField(_l("One can listen in"), [Optional()], choices=_languages())
        booths = fields.LongTextField(_l("Rooms and booths"), [Optional()], longest=1000)
        word = fields.LongTextField(_l("For all who see to it"), [Optional()], longest=1000)

    return FactsForm


def facts(form: Form) -> Facts:
    """What was typed of it."""
    data = form.data
    interpretation = tuple(data["interpretation"] or ())
    return Facts(interpretation=interpretation, booths=data["booths"] or "", word=data["word"] or "")


class ProtocolForm(Form):
    """Who sees to the arrangements for the host, by letter on record."""

    name = fields.TextField(_l("Name"), [Needed(_l("Give the name as it is to be written"))])
    email = fields.MailField(_l("E-mail address"), [Needed(_l("Give an address as in mail"))])
    telephone = fields.TextField(_l("Telephone"), [Optional()])
    letter = fields.TextField(_l("Letter"), [Needed(_l("Name the letter, for example: Note 14/2026 of the Ministry"))])

    @property
    def named(self) -> Named:
        data = self.data
        details = Details(name=data["name"], mail=data["email"], telephone=data["telephone"] or "")
        return Named(details, Letter(data["letter"]))
