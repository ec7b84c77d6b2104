"""The forms of a pasted draft: first the words, then what each paragraph is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import HiddenField

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.meetings import words as in_words
from secretariat.meetings.models import OUTCOME_KINDS, Addressed
from secretariat.meetings.note_forms import QueriesNames
from secretariat.meetings.service import OutcomeWords
from secretariat.meetings.splitting import MOST, Paragraph
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form

LONGEST_DRAFT = 100_000
"""Characters of a draft: some thirty pages."""
TO_WHOM = (Addressed.MEMBERS, Addressed.SECRETARIAT, Addressed.CHAIR)
"""To single participants an outcome is addressed on its own form."""


def draft_form(languages: Sequence[str]) -> type[Form]:
    """The words as they were pasted, and the language they are in."""

    class DraftForm(Form):
        language = fields.ChoiceField(
            _l("Language"),
            [Needed(_l("Choose the language of the draft"))],
            choices=[(code, language_name(code)) for code in languages],
            default=languages[0],
        )
        text = fields.LongTextField(
            _l("Draft"), [Needed(_l("Paste the paragraphs of the draft"))], longest=LONGEST_DRAFT
        )

    return DraftForm


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one paragraph."""

    take: Any
    kind: Any
    addressed_to: Any
    text: Any


class SplitForm(QueriesNames):
    """A paragraph each; `count` says how many there are, `language` in which they are."""

    count = HiddenField()
    language = HiddenField()

    def rows(self) -> Iterator[Row]:
        for place in range(int(self.count.data)):
            yield Row(*(self[f"{name}_{place}"] for name in ("take", "kind", "addressed_to", "text")))

    def taken(self) -> list[OutcomeWords]:
        """The paragraphs that are to be outcomes."""
        return [
            OutcomeWords(
                kind=row.kind.data,
                text=LocalText({self.language.data: row.text.data}, self.language.data),
                addressed_to=Addressed(row.addressed_to.data) if row.addressed_to.data else None,
            )
            for row in self.rows()
            if row.take.data and row.text.data
        ]


def split_form(count: int) -> type[SplitForm]:
    """The form of so many paragraphs."""
    asked: dict[str, Any] = {}
    for place in range(min(count, MOST)):
        asked |= {
            f"take_{place}": fields.YesField(_l("An outcome")),
            f"kind_{place}": fields.ChoiceField(
                _l("Kind"),
                [Needed(_l("Choose what kind of outcome it is"))],
                choices=[(kind, in_words.OUTCOME_KIND[kind]) for kind in OUTCOME_KINDS],
            ),
            f"addressed_to_{place}": fields.ChoiceField(
                _l("It speaks to"), [Optional()], choices=[(one.value, in_words.ADDRESSED[one]) for one in TO_WHOM]
            ),
            f"text_{place}": fields.LongTextField(_l("Words")),
        }
    return type("SplitFormOf", (SplitForm,), asked)


def split_values(paragraphs: Sequence[Paragraph], language: str) -> dict[str, Any]:
    """The paragraphs as that form shows them."""
    values: dict[str, Any] = {"count": str(len(paragraphs)), "language": language}
    for place, one in enumerate(paragraphs):
        values |= {
            f"take_{place}": one.is_outcome,
            f"kind_{place}": one.kind,
            f"addressed_to_{place}": one.addressed_to.value if one.addressed_to else None,
            f"text_{place}": one.text,
        }
    return values
