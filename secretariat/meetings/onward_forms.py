"""The forms that lead outcomes on: to another body or the secretariat, to an agenda, and to their end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from secretariat.core.languages import lazy_gettext as _l
from secretariat.meetings.models import Outcome
from secretariat.meetings.note_forms import QueriesNames
from secretariat.pages import fields
from secretariat.pages.fields import Optional
from secretariat.pages.forms import Form

Choices = Sequence[tuple[Any, Any]]


SECRETARIAT = "secretariat"


def send_form(bodies: Choices) -> type[Form]:
    """To which body, or to the secretariat."""

    class SendForm(Form):
        to = fields.ChoiceField(
            _l("Sent to"),
            [Optional()],
            choices=[(SECRETARIAT, _l("the Secretariat, as a request")), *bodies],
            blank=_l("to nobody else"),
        )

    return SendForm


def send_values(outcome: Outcome) -> dict[str, Any]:
    """Where it was sent before."""
    return {"to": SECRETARIAT if outcome.asked_of_secretariat_at else outcome.sent_to_id}


def is_to_secretariat(form: Form) -> bool:
    return bool(form["to"].data == SECRETARIAT)


def body_chosen(form: Form) -> UUID | None:
    chosen = form["to"].data
    return UUID(chosen) if chosen and chosen != SECRETARIAT else None


def seen_to_form(languages: Sequence[str]) -> type[QueriesNames]:
    """What was done about an outcome."""

    class SeenToForm(QueriesNames):
        word = fields.LocalTextField(
            _l("A word on what was done"), [Optional()], languages=languages, rows=2, longest=1000
        )

    return SeenToForm


def matters_form(arising: Choices) -> type[Form]:
    """What of the matters arising an agenda takes up."""

    class MattersForm(Form):
        chosen = fields.PicksField(_l("Matters arising"), choices=arising)

    return MattersForm
