"""The form of a note, and what every form has whose text may name who was at the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import HiddenField

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import MeetingNote
from secretariat.pages import fields
from secretariat.pages.fields import Optional
from secretariat.pages.forms import Form


class QueriesNames(Form):
    """A form whose text may name who was at the table: it asks once whether those names may stand."""

    names_stand = fields.YesField(_l("The names may stand as written"))
    names_asked = HiddenField()

    def to_ask(self, names: Sequence[str]) -> list[str]:
        """The names to ask about: all of them, unless the writer was asked about these and said that they may stand."""
        if self.names_stand.data and set(names) <= set((self.names_asked.data or "").split("\n")):
            return []
        self.names_asked.data = "\n".join(names)
        self.names_stand.data = False
        return list(names)


def note_form(languages: Sequence[str]) -> type[QueriesNames]:
    """The note on one item."""

    class NoteForm(QueriesNames):
        text = fields.LocalTextField(
            _l("What was said"), [Optional()], languages=languages, longest=fields.TEXT_LENGTH, rows=12
        )

    return NoteForm


@dataclass(frozen=True, slots=True)
class NoteValues:
    """A note as its form shows it. One that is made and not yet written is like one that is not made."""

    version: int
    text: LocalText | None


def note_values(note: MeetingNote | None) -> NoteValues:
    return NoteValues(note.version, note.text) if note is not None and note.text else NoteValues(0, None)
