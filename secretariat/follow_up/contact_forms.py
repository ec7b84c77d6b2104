"""Forms of the contact log. There is no field for opinions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.core import clock
from secretariat.core.awaited import Awaited
from secretariat.core.languages import current_reading, templating
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.follow_up.contact_log import Contact
from secretariat.follow_up.contact_models import ContactOutcome, ContactWay
from secretariat.pages.fields import (
    DayField,
    HourField,
    LongTextField,
    Needed,
    Optional,
    PickField,
    PicksField,
    YesField,
)
from secretariat.pages.forms import Form
from secretariat.plans.forms import STATUS_CHOICES
from secretariat.plans.status import Status

OUTCOMES: dict[ContactOutcome, Any] = {
    ContactOutcome.WILL_REPORT: _l("Will report"),
    ContactOutcome.NOTED: _l("Told us; it is noted"),
    ContactOutcome.RING_AGAIN: _l("Asks us to ring again"),
    ContactOutcome.NOT_REACHED: _l("Not reached"),
}
WAYS: dict[ContactWay, Any] = {
    ContactWay.CALL: _l("A call"),
    ContactWay.MAIL: _l("A mail"),
    ContactWay.IN_PERSON: _l("In person"),
}


class ContactForm(Form):
    """When, how, about which item, what came of it, what was agreed, when to ring again."""

    outcome = PickField(
        _l("What came of it"),
        [Needed(_l("Choose what came of it"))],
        choices=[(one.value, words) for one, words in OUTCOMES.items()],
    )
    way = PickField(
        _l("How"),
        [Needed(_l("Choose how you spoke"))],
        choices=[(one.value, words) for one, words in WAYS.items()],
        default=ContactWay.CALL.value,
    )
    on = DayField(_l("When"), [Needed(_l("Give the day, for example 2026-03-26"))])
    at = HourField(_l("At"), [Needed(_l("Give an hour, for example 09:30"))])
    items = PicksField(_l("About which item"), [Optional()])
    agreed = LongTextField(_l("What was agreed"), [Optional()], longest=1000)
    next_on = DayField(_l("Ring again, or expect a word, by"), [Optional()])
    status = PickField(_l("Where it stands, as you were told"), [Optional()], choices=STATUS_CHOICES)
    step = LongTextField(_l("What was done, in the words you heard"), [Optional()], longest=1000)
    names_are_right = YesField(_l("It says nothing about another government; keep the name"))

    @property
    def offers_commitments(self) -> bool:
        """Whether there is anything of which one can note where it stands."""
        return any(str(key).startswith("commitment:") for key, _title in self.items.choices or [])

    def missing(self) -> bool:
        """Say what is missing, beside the field it is missing from; whether anything is."""
        if self.outcome.data != ContactOutcome.NOT_REACHED and self.items.choices and not self.items.data:
            self.refuse(_("Choose what it was about."), "items")
        return bool(self.wrong())

    def contact(self) -> Contact:
        """What was typed. The hour is that of the reader's zone."""
        on, at = self.on.data or clock.today(), self.at.data or time()
        moment = datetime.combine(on, at, ZoneInfo(current_reading().zone)).astimezone(UTC)
        chosen = [str(one).split(":", 1) for one in self.items.data or []]
        return Contact(
            ContactWay(self.way.data),
            moment,
            ContactOutcome(self.outcome.data),
            tuple((kind, UUID(key)) for kind, key in chosen),
            self.agreed.data or "",
            self.next_on.data,
            Status(self.status.data) if self.status.data else None,
            self.step.data or "",
            current_reading().language.code,
            self.names_are_right.data,
        )


def contact_form(things: Sequence[Awaited], kept_back: Collection[UUID], **known: object) -> ContactForm:
    """The form for a person. `things` are awaited of whom it speaks for; of what is `kept_back` nothing is written.
    `known` are fields that are filled already."""
    now = clock.now().astimezone(ZoneInfo(current_reading().zone))
    form = ContactForm(data={"on": now.date(), "at": now.time(), "way": ContactWay.CALL.value} | known)
    offered = [one for one in things if one.subject not in kept_back]
    form.items.choices = [(f"{one.kind}:{one.subject}", templating.local_text(one.title)) for one in offered]
    return form


class CorrectionForm(Form):
    """What the person asks to have put right."""

    word = LongTextField(_l("What should stand there instead"), [Optional()], longest=500)


class PutRightForm(Form):
    """What was agreed, put right by an officer."""

    agreed = LongTextField(_l("What was agreed"), [Optional()], longest=1000)
