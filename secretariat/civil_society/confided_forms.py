"""The forms of an input in confidence, and of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from secretariat.civil_society.confided_models import ConfidedCopy, ConfidedTo
from secretariat.civil_society.service.confiding import LONGEST, LONGEST_ANSWER, Confidence
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.forms import spoken
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form

LIAISON = "liaison"
"""In the form: the liaison officer named for the theme, where others name a coordinator."""


class AddresseeField(fields.PickField):
    """The one person it goes to."""

    not_offered = _l("This coordinator is not in office any more. Choose anew to whom it goes.")
    tells_of_ids = True


def confidence_form(languages: Sequence[str], coordinators: Iterable[tuple[UUID, str]]) -> type[Form]:
    """What an organization confides, and to whom."""
    named = [
        (str(key), _l("The coordination: %(name)s", name=name) if name else _l("The coordination"))
        for key, name in coordinators
    ]
    choices = [*named, (LIAISON, _l("The liaison officer for civil society named for the theme"))]

    class ConfidenceForm(Form):
        to = AddresseeField(_l("To whom it goes"), [Needed(_l("Choose to whom it goes"))], choices=choices)
        theme = fields.TextField(
            _l("Theme"), [Optional()], longest=200,
            description=_l("By it the liaison officer is found; the coordination reads it too where it goes there."),
        )  # fmt: skip
        title = fields.LocalTextField(_l("Title"), [Needed(_l("Give it a title"))], languages=spoken(languages))
        words = fields.LocalTextField(
            _l("Text"), [Needed(_l("Write what you confide"))], languages=spoken(languages), rows=10, longest=LONGEST,
            description=_l("Take out of it what would tell who you are: these words are read by the whole office."),
        )  # fmt: skip

    return ConfidenceForm


def confidence(form: Form) -> Confidence:
    """What the form says."""
    to = form["to"].data
    return Confidence(
        addressee=None if to == LIAISON else UUID(to),
        theme=form["theme"].data or "",
        title=form["title"].data,
        words=form["words"].data,
    )


def confidence_values(copy: ConfidedCopy) -> SimpleNamespace:
    """A draft as its form shows it."""
    return SimpleNamespace(
        version=copy.version,
        to=LIAISON if copy.to is ConfidedTo.LIAISON else str(copy.addressee_id),
        theme=copy.theme,
        title=copy.title,
        words=copy.words,
    )


def answer_form(languages: Sequence[str]) -> type[Form]:
    """What is answered to it."""

    class ConfidedAnswerForm(Form):
        words: Any = fields.LocalTextField(
            _l("The answer"), [Needed(_l("Write the answer"))], languages=spoken(languages), rows=6,
            longest=LONGEST_ANSWER,
        )  # fmt: skip

    return ConfidedAnswerForm
