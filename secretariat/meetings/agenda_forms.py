"""The form of an agenda item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import with_label
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import AgendaItem
from secretariat.meetings.note_forms import QueriesNames
from secretariat.meetings.service import ItemWords
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form

Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the form of an item can offer: the languages of the process, the days of the meeting, items that can have
    parts, who may lead; a new item is given its label."""

    languages: Sequence[str]
    days: Choices
    items: Choices
    participants: Choices
    label: Label | None = None


def item_form(offered: Offered) -> type[Form]:
    """The form of an item, a part of one, or a break."""

    class ItemForm(QueriesNames):
        title = fields.LocalTextField(
            _l("Item"),
            [Needed(_l("Give the item its words, for example Adoption of the agenda"))],
            languages=offered.languages,
        )
        annotation = fields.LocalTextField(
            _l("Annotation"), [Optional()], languages=offered.languages, longest=fields.TEXT_LENGTH, rows=3
        )
        within = fields.ChoiceField(
            _l("Part of"), [Optional()], choices=offered.items, blank=_l("nothing: an item of its own")
        )
        day = fields.ChoiceField(_l("Day"), [Needed(_l("Choose the day"))], choices=offered.days, default="1")
        minutes = fields.NumberField(_l("Minutes"), [Optional()], least=1, most=600)
        is_break = fields.YesField(_l("This is a break"))
        led_by = fields.ChoiceField(
            _l("Led by"), [Optional()], choices=offered.participants, blank=_l("nobody in particular")
        )
        led_by_text = fields.TextField(_l("or by another"), [Optional()])

    if offered.label is None:
        return ItemForm
    return with_label(ItemForm, offered.label, _l("Who reads the item"))


def item_words(form: Form) -> ItemWords:
    data = form.data
    return ItemWords(
        title=data["title"],
        annotation=data["annotation"],
        within=_uuid(data["within"]),
        day=int(data["day"]),
        minutes=data["minutes"],
        is_break=data["is_break"],
        led_by_id=_uuid(data["led_by"]),
        led_by_text=data["led_by_text"] or "",
    )


@dataclass(frozen=True)
class ItemValues:
    """An agenda item as its form shows it."""

    version: int
    title: LocalText
    annotation: LocalText | None
    within: UUID | None
    day: int
    minutes: int | None
    is_break: bool
    led_by: UUID | None
    led_by_text: str


def item_values(item: AgendaItem) -> ItemValues:
    return ItemValues(
        version=item.version,
        title=item.title,
        annotation=item.annotation,
        within=item.within_id,
        day=item.day,
        minutes=item.minutes,
        is_break=item.is_break,
        led_by=item.led_by_id,
        led_by_text=item.led_by_text,
    )


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
