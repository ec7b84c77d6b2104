"""The forms of papers that participants send in, of passing a draft to a colleague, and of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, with_label
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import words as document_words
from secretariat.documents.forms import languages_offered, spoken
from secretariat.documents.models import Document
from secretariat.documents.service import KINDS_SENT_IN, Paper, Received
from secretariat.meetings.models import AgendaItem
from secretariat.meetings.note_forms import QueriesNames
from secretariat.meetings.words import item_in_words
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadField

LONGEST_WORD = 2000
ISSUE, LATER, NO = "issue", "later", "no"
"""What can become of a paper: taken up and issued at once, taken up and issued later, not this time."""


def paper_form(languages: Sequence[str]) -> type[Form]:
    """A paper: what it is called, its text in one language, and perhaps in another."""

    class PaperForm(QueriesNames):
        title = fields.LocalTextField(
            _l("Title"), [Needed(_l("Give the paper a title, in one language at least"))], languages=spoken(languages)
        )
        kind = fields.ChoiceField(
            _l("Kind"),
            [Needed(_l("Choose what kind of paper it is"))],
            choices=[(one, document_words.KIND[one]) for one in KINDS_SENT_IN],
        )
        language = fields.ChoiceField(
            _l("Language of the original"),
            [Needed(_l("Choose the language of the original"))],
            choices=languages_offered(languages),
        )
        file = UploadField(_l("File"), [Either()])
        other_language = fields.ChoiceField(
            _l("Another language"), [Either()], choices=languages_offered(languages), blank=_l("none yet")
        )
        other_file = UploadField(_l("File in that language"), [Either()])

    return PaperForm


def labelled_paper_form(languages: Sequence[str], label: Label) -> type[LabelledForm]:
    """The same, and who reads it once it is issued."""
    missing = _l("Choose who may read the paper")
    return with_label(paper_form(languages), label, _l("Who reads it once it is issued"), missing=missing)


def following_form(languages: Sequence[str]) -> type[Form]:
    """What follows a paper that is issued, as one works on it: its kind and its readers are those of that paper."""
    return type("FollowingForm", (paper_form(languages),), {"kind": None})


def revision_form(languages: Sequence[str]) -> type[Form]:
    """The same as it is begun: with what it is to the paper."""

    class RevisionForm(following_form(languages)):  # type: ignore[misc]
        revision = fields.PickField(
            _l("What it is to the paper"),
            [Needed(_l("Choose what it is to the paper"))],
            choices=[(one.value, words) for one, words in document_words.REVISION_MEANS.items()],
        )

    return RevisionForm


def paper_of(form: Form, file: Received | None, other: Received | None) -> Paper:
    """What was typed into the form of a paper, with the files that came with it."""
    data = form.data
    return Paper(
        title=data["title"],
        kind=data.get("kind") or "",
        readers=form.given if isinstance(form, LabelledForm) else frozenset(),
        language=data["language"],
        file=file,
        other=(data["other_language"], other) if other is not None and data["other_language"] else None,
    )


def paper_values(document: Document) -> SimpleNamespace:
    """What stands in the form of a paper that is prepared."""
    original = next((one.language for one in document.versions if one.is_original), None)
    return SimpleNamespace(
        version=document.version, title=document.title, kind=document.kind, language=original, other_language=None
    )


def that_passes(base: type[Form], *, passes: bool) -> type[Form]:
    """The form of a draft, and to whom it may be passed: what was typed goes along. `passes`: it is being passed, so a
    name and an address are needed."""

    def wanted(why: Any) -> list[Any]:
        return [Needed(why)] if passes else [Either()]

    class PassingForm(base):  # type: ignore[misc, valid-type]
        name = fields.TextField(
            _l("Name and ministry"), wanted(_l("Give the name, for example Maria Lopez, Ministry of Labour"))
        )
        address = fields.MailField(
            _l("Address at work"),
            wanted(_l("Give your colleague’s address at work, for example name@ministry.example")),
            longest=254,
        )
        asked = fields.LongTextField(_l("What you ask"), [Optional()], longest=LONGEST_WORD)

    return PassingForm


def for_colleague(base: type[Form]) -> type[Form]:
    """The form of a draft as a colleague has it: with a word to whoever passed it."""

    class ColleagueForm(base):  # type: ignore[misc, valid-type]
        word = fields.LongTextField(_l("A word to your colleague"), [Optional()], longest=LONGEST_WORD)

    return ColleagueForm


def answer_form(languages: Sequence[str], items: Sequence[AgendaItem], *, issues: bool) -> type[Form]:
    """What becomes of a paper, and a word to its author. `issues`: who answers gives symbols."""
    outcomes: list[tuple[str, Any]] = [
        (LATER, _l("It is taken up; the Secretariat issues it once it is ready")),
        (NO, _l("Not this time")),
    ]
    if issues:
        outcomes.insert(0, (ISSUE, _l("It is taken up and issued now, with a symbol")))
    agenda = [(one.id, item_in_words(one)) for one in items if not one.is_break]

    class PaperAnswerForm(Form):
        outcome = fields.PickField(
            _l("The decision of the chair"), [Needed(_l("Choose what becomes of the paper"))], choices=outcomes
        )
        item = fields.ChoiceField(
            _l("For this item of the agenda"), [Either()], choices=agenda, blank=_l("The meeting as a whole")
        )
        answer = fields.LocalTextField(
            _l("A word to its author"), [Optional()], languages=languages, longest=fields.TEXT_LENGTH, rows=3
        )

    return PaperAnswerForm
