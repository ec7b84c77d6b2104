"""The form of a circular: what it says, to whom it goes, what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from secretariat.core.languages import lazy_gettext as _l
from secretariat.correspondence.addressing import Chosen
from secretariat.correspondence.models import Circular
from secretariat.correspondence.service.circulars import Written
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form

Pairs = Sequence[tuple[str, Any]]


class CircularForm(Form):
    """A circular as it is written."""

    title = fields.LocalTextField(
        _l("What it is about"),
        [Needed(_l("Say what it is about, in a few words"))],
        description=_l("It stands in lists, in no subject of a mail."),
    )
    words = fields.LocalTextField(
        _l("The letter"),
        [Needed(_l("Write the words of the letter, in one language at least."))],
        description=_l(
            "Without salutation and signature: each reader's own form of address stands before it, the "
            "Secretariat below. Whose language is not there receives it in the first there is."
        ),
        rows=10,
        longest=20_000,
    )
    standings = fields.PicksField(_l("Standings"), [Optional()])
    bodies = fields.PicksField(_l("Bodies"), [Optional()])
    persons = fields.PicksField(_l("Persons"), [Optional()])
    documents = fields.PicksField(
        _l("What goes with it"),
        [Optional()],
        description=_l("Who may not read a document receives the letter without it, and nothing that says so."),
    )
    urgent = fields.YesField(
        _l("Urgent: it goes at once, also at night and on days off, and whoever has not opened it is rung")
    )
    asks_word = fields.YesField(_l("Each is asked to say, with one click, that they have it"))
    word_by = fields.DayField(_l("By when"), [Optional()])

    @property
    def written(self) -> Written:
        """What was typed."""
        assert self.title.data is not None  # both are needed
        assert self.words.data is not None
        return Written(
            title=self.title.data,
            words=self.words.data,
            chosen=Chosen(
                tuple(self.standings.data or ()),
                tuple(UUID(one) for one in self.bodies.data or ()),
                tuple(UUID(one) for one in self.persons.data or ()),
            ),
            documents=tuple(UUID(one) for one in self.documents.data or ()),
            urgent=bool(self.urgent.data),
            asks_word=bool(self.asks_word.data),
            word_by=self.word_by.data,
        )


def values_of(circular: Circular) -> dict[str, Any]:
    """A draft as the form shows it."""
    return {
        "title": circular.title,
        "words": circular.words,
        **Chosen.of(circular.to).stored,
        "documents": [str(one.document_id) for one in circular.attachments],
        "urgent": circular.urgent,
        "asks_word": circular.asks_word,
        "word_by": circular.word_by,
        "version": circular.version,
    }
