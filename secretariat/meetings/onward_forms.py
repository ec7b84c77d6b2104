"""The forms that lead outcomes on: to another body, and to an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import fields
from secretariat.pages.fields import Optional
from secretariat.pages.forms import Form

Choices = Sequence[tuple[Any, Any]]


def send_form(bodies: Choices) -> type[Form]:
    """To which body."""

    class SendForm(Form):
        body = fields.ChoiceField(_l("Body"), [Optional()], choices=bodies, blank=_l("to no other body"))

    return SendForm


def body_chosen(form: Form) -> UUID | None:
    return UUID(form["body"].data) if form["body"].data else None


def matters_form(arising: Choices) -> type[Form]:
    """What of the matters arising an agenda takes up."""

    class MattersForm(Form):
        chosen = fields.PicksField(_l("Matters arising"), choices=arising)

    return MattersForm
