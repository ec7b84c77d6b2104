"""The forms of documents: what is typed becomes values, what cannot be is said beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, with_label
from secretariat.core.labels import Level
from secretariat.core.languages import LANGUAGES
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.core.wording import LEVEL_WORDS
from secretariat.documents import words as in_words
from secretariat.documents.models import KINDS, Document, DocumentVersion, Revision
from secretariat.documents.service import Asked, Particulars
from secretariat.documents.symbols import LONGEST_PATTERN
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadField

DOCUMENT_LANGUAGES = ("en", "es", "fr", "ar", "pt", "ru")
"""Languages a document may be in; more than those the product itself speaks."""

Choices = Sequence[tuple[Any, Any]]


def spoken(languages: Sequence[str]) -> list[str]:
    """Languages in which titles are written: those of the process the product speaks."""
    return [code for code in languages if code in LANGUAGES] or ["en"]


def languages_offered(process: Sequence[str], without: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Languages a version can be in, those of the process first."""
    ordered = [*(code for code in process if code in DOCUMENT_LANGUAGES), *DOCUMENT_LANGUAGES]
    return [(code, language_name(code)) for code in dict.fromkeys(ordered) if code not in without]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the form of a document can offer. `bodies` is empty where it stands in a meeting."""

    languages: Sequence[str]
    label: Label
    bodies: Choices = ()


def document_form(offered: Offered, *, is_new: bool) -> type[LabelledForm]:
    """The form of a document; of a new one with its first language and, perhaps, its file."""

    class DocumentForm(Form):
        title = fields.LocalTextField(
            _l("Title"), [Needed(_l("Give the document a title"))], languages=spoken(offered.languages)
        )
        kind = fields.ChoiceField(
            _l("Kind"),
            [Needed(_l("Choose what kind of document it is"))],
            choices=[(one, in_words.KIND[one]) for one in KINDS],
        )
        dated = fields.DayField(_l("Date it bears"), [Optional()])
        author = fields.ChoiceField(
            _l("Submitted by"), [Optional()], choices=offered.label.participants, blank=_l("the Secretariat")
        )
        author_text = fields.TextField(_l("or another author"), [Optional()])
        release_on = fields.DayField(_l("Its readers have it from"), [Optional()])

    more: dict[str, Any] = {}
    if is_new:
        more["language"] = fields.ChoiceField(
            _l("Language of the original"),
            [Needed(_l("Choose the language of the original"))],
            choices=languages_offered(offered.languages),
        )
        more["file"] = UploadField(_l("File"), [fields.Either()])
        more["due_on"] = fields.DayField(_l("or awaited by"), [fields.Either()])
        if offered.bodies:
            more["body"] = fields.ChoiceField(_l("Body"), choices=offered.bodies, blank=_l("The whole process"))
    return with_label(
        type("DocumentForm", (DocumentForm,), more),
        offered.label,
        _l("Who reads it"),
        missing=_l("Choose who may read the document"),
    )


class ListForm(Form):
    """A list of old papers and the archive of their files."""

    listing = UploadField(_l("The list"), [Needed(_l("Choose the list, an XLSX or CSV file"))])
    archive = UploadField(_l("The files, packed as one ZIP"), [Needed(_l("Choose the ZIP archive with the files"))])
    otherwise = fields.PickField(
        _l("Who reads a paper of which the list does not say it"),
        [Needed(_l("Choose who reads them"))],
        choices=[(one.value, LEVEL_WORDS[one]) for one in (Level.MEMBERS, Level.PARTICIPANTS)],
        default=Level.MEMBERS.value,
    )


class SubmissionForm(Form):
    """What the secretariat sets of a paper that a participant sent in."""

    dated = fields.DayField(_l("Date it bears"), [Optional()])
    release_on = fields.DayField(_l("Its readers have it from"), [Optional()])


def particulars_of_submission(form: Form, document: Document) -> Particulars:
    """The same with the words its author gave it."""
    data = form.data
    return Particulars(title=document.title, kind=document.kind, dated=data["dated"], release_on=data["release_on"])


def particulars_of(form: LabelledForm) -> Particulars:
    """What was typed into the form of a document."""
    data = form.data
    return Particulars(
        title=data["title"],
        kind=data["kind"],
        readers=form.given,
        dated=data["dated"],
        release_on=data["release_on"],
        author_id=_key(data["author"]),
        author_text=data["author_text"] or "",
    )


def values_of(document: Document) -> SimpleNamespace:
    """What stands in the form of a draft."""
    return SimpleNamespace(
        version=document.version,
        title=document.title,
        kind=document.kind,
        dated=document.dated.first_day if document.dated else None,
        release_on=document.release_on,
        author=f"participant:{document.author_id}" if document.author_id else None,
        author_text=document.author_text,
    )


def version_form(languages: Choices, persons: Choices, *, brings: bool = True, asks: bool = True) -> type[Form]:
    """The form of a language version: its file, and who brings it by when. `languages` are those it can be in, where
    that is still to be chosen."""
    made: dict[str, Any] = {}
    if languages:
        made["language"] = fields.ChoiceField(_l("Language"), [Needed(_l("Choose the language"))], choices=languages)
    if brings:
        made["file"] = UploadField(_l("File"), [fields.Either()])
    if asks:
        made["due_on"] = fields.DayField(_l("or awaited by"), [fields.Either()])
        made["translator"] = fields.TextField(_l("Translator"), [Optional()])
        if persons:
            made["person"] = fields.ChoiceField(
                _l("or somebody of the process"), [Optional()], choices=persons, blank=_l("nobody of the process")
            )
        made["word_count"] = fields.NumberField(_l("Words"), [Optional()], least=1, most=2_000_000)
    return type("VersionForm", (Form,), made)


def asked_of(form: Form) -> Asked:
    """Who brings a version by when, as typed."""
    data = form.data
    return Asked(
        translator=data.get("translator") or "",
        translator_person=_key(data.get("person")),
        word_count=data.get("word_count"),
        due_on=data.get("due_on"),
    )


def version_values(version: DocumentVersion) -> SimpleNamespace:
    """What stands in the form of a version."""
    person = version.translator_person_id
    return SimpleNamespace(
        version=version.version,
        due_on=version.due_on,
        translator=version.translator,
        person=f"person:{person}" if person else None,
        word_count=version.word_count,
    )


def revision_form(languages: Sequence[str], *, by_paragraph: bool = False) -> type[Form]:
    """What follows a document in its line; the next edition of one that is read as paragraphs comes from its text."""
    means = {one: words for one, words in in_words.REVISION_MEANS.items() if not (by_paragraph and one is Revision.REV)}

    class RevisionForm(Form):
        revision = fields.PickField(
            _l("What it is to the document"),
            [Needed(_l("Choose what it is to the document"))],
            choices=[(one.value, words) for one, words in means.items()],
        )
        title = fields.LocalTextField(_l("Title"), [Needed(_l("Give it a title"))], languages=spoken(languages))

    return RevisionForm


def withdrawal_form(languages: Sequence[str]) -> type[Form]:
    """Why a document is withdrawn."""

    class WithdrawalForm(Form):
        word = fields.LocalTextField(
            _l("Why"), [Needed(_l("Say why in a word; it stands with the document."))], languages=spoken(languages)
        )

    return WithdrawalForm


class PatternForm(Form):
    """How symbols are made."""

    pattern = fields.TextField(_l("Pattern"), [Optional()], longest=LONGEST_PATTERN)


def revision_of(form: Form) -> Revision:
    return Revision(cast("str", form["revision"].data))


def _key(chosen: str | None) -> UUID | None:
    """The id behind `participant:...` or `person:...`."""
    return UUID(chosen.rpartition(":")[2]) if chosen else None
