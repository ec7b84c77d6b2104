"""The forms of items that participants propose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from uuid import UUID

from secretariat.core.languages import lazy_gettext as _l
from secretariat.meetings.forms import Choices
from secretariat.meetings.models import ItemProposal
from secretariat.meetings.note_forms import QueriesNames
from secretariat.meetings.service import ItemReaders, ProposedItem
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form


def call_form(members: Choices, ticked: Iterable[UUID]) -> type[Form]:
    """Who is asked for items, and by when."""

    class CallForm(Form):
        chosen = fields.PicksField(
            _l("Whom to ask"),
            [Needed(_l("Tick at least one participant"))],
            choices=members,
            default=[str(one) for one in ticked],
        )
        by = fields.DayField(_l("Items are asked for by"), [Optional()])

    return CallForm


def item_form(languages: Sequence[str]) -> type[Form]:
    """An item, and why."""

    class ItemForm(QueriesNames):
        title = fields.LocalTextField(
            _l("Item"), [Needed(_l("Give the item its words, for example Return of children"))], languages=languages
        )
        words = fields.LocalTextField(
            _l("Why, and what you ask of the meeting"), [Optional()], languages=languages, longest=fields.TEXT_LENGTH,
            rows=4,
        )  # fmt: skip

    return ItemForm


def propose_form(languages: Sequence[str]) -> type[Form]:
    """The same, and who reads that it is proposed."""

    class ProposeForm(item_form(languages)):  # type: ignore[misc]
        readers = fields.PickField(
            _l("Who reads that you propose it"),
            [Needed(_l("Choose who reads it"))],
            choices=[
                (ItemReaders.DECIDING.value, _l("The Secretariat and the chair, who decide")),
                (ItemReaders.MEETING.value, _l("Whoever reads the meeting")),
            ],
            default=ItemReaders.DECIDING.value,
        )

    return ProposeForm


def proposed_item(form: Form) -> ProposedItem:
    data = form.data
    readers = ItemReaders(data.get("readers") or ItemReaders.DECIDING.value)
    return ProposedItem(title=data["title"], words=data["words"], readers=readers)


def item_values(proposal: ItemProposal) -> SimpleNamespace:
    """What stands in the form of an item that is prepared."""
    return SimpleNamespace(
        version=proposal.version, title=proposal.title, words=proposal.words, readers=proposal.meant_for
    )


def answer_form(languages: Sequence[str]) -> type[Form]:
    """Whether it is taken up, and a word to its author."""

    class AnswerForm(Form):
        taken_up = fields.PickField(
            _l("The decision of the chair"),
            [Needed(_l("Choose whether it is taken up"))],
            choices=[("yes", _l("It is taken up, as an item of the agenda")), ("no", _l("Not this time"))],
        )
        answer = fields.LocalTextField(
            _l("A word to its author"), [Optional()], languages=languages, longest=fields.TEXT_LENGTH, rows=3
        )

    return AnswerForm
