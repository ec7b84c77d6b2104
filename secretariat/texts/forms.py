"""The forms of texts, rounds and comments: what is typed becomes values, what cannot be is said beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from wtforms import HiddenField

from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, with_label
from secretariat.core.database import new_key
from secretariat.core.languages import LANGUAGES
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.documents import words as document_words
from secretariat.documents.forms import spoken
from secretariat.documents.models import KINDS
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form
from secretariat.pages.uploads import UploadField
from secretariat.texts import words as in_words
from secretariat.texts.deadline import Deadline
from secretariat.texts.models import (
    Became,
    Comment,
    CommentFor,
    CommentRound,
    DraftText,
    Proposes,
    TextParagraph,
    UnsavedComment,
    UnsavedWords,
)
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.service import Particulars, Said, Words
from secretariat.texts.splitting import split

Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the form of a text can offer. `bodies` is empty where it stands in a meeting."""

    languages: Sequence[str]
    label: Label
    participants: Choices = ()
    bodies: Choices = ()


def text_form(offered: Offered, *, is_new: bool, written_in: Sequence[str] = ()) -> type[LabelledForm]:
    """The form of a text; its title can be given in the languages of the process, and in those it is `written_in`."""
    codes = dict.fromkeys([*spoken(offered.languages), *LANGUAGES])
    offered_languages = [(code, language_name(code)) for code in codes]

    class TextForm(Form):
        title = fields.LocalTextField(
            _l("Title"),
            [Needed(_l("Give the text a title, for example Declaration of Panama"))],
            languages=list(dict.fromkeys([*spoken(offered.languages), *written_in])),
        )
        kind = fields.ChoiceField(
            _l("Kind"),
            [Needed(_l("Choose what kind of text it is"))],
            choices=[(one, document_words.KIND[one]) for one in KINDS],
        )
        original = fields.ChoiceField(
            _l("Language it is written in"),
            [Needed(_l("Choose the language it is written in"))],
            choices=offered_languages,
        )
        languages = fields.PicksField(_l("Languages it will have"), [Optional()], choices=offered_languages)
        authentic = fields.PicksField(_l("Authentic languages"), [Optional()], choices=offered_languages)
        drafting = fields.PicksField(_l("Drafting group"), [Optional()], choices=offered.participants)
        forum = fields.LocalTextField(
            _l("Forum it is for"), [Optional()], languages=spoken(offered.languages), longest=300
        )
        forum_due_on = fields.DayField(_l("The forum is to have it by"), [Optional()])

    more: dict[str, Any] = {}
    if is_new and offered.bodies:
        more["body"] = fields.ChoiceField(_l("Body"), choices=offered.bodies, blank=_l("The whole process"))
    form = cast("type[Form]", type("TextForm", (TextForm,), more))
    return with_label(form, offered.label, _l("Who reads it once it is circulated"))


def particulars_of(form: LabelledForm) -> Particulars:
    """What the form says."""
    return Particulars(
        title=form["title"].data,
        kind=form["kind"].data,
        original=form["original"].data,
        languages=form["languages"].data or (),
        authentic=form["authentic"].data or (),
        drafting=[UUID(one) for one in form["drafting"].data or ()],
        readers=form.given,
        forum=form["forum"].data or None,
        forum_due_on=form["forum_due_on"].data,
    )


def values_of(text: DraftText) -> SimpleNamespace:
    """A text as its form shows it."""
    return SimpleNamespace(
        version=text.version, title=text.title, kind=text.kind, original=text.original, languages=text.languages,
        authentic=text.authentic, drafting=text.drafting, forum=text.forum, forum_due_on=text.forum_due_on,
    )  # fmt: skip


# --- paragraphs ---------------------------------------------------------------------------------------------------


def paragraph_form(text: DraftText) -> type[Form]:
    """The form of a paragraph, in every language of the text."""

    class ParagraphForm(Form):
        words = fields.LocalTextField(
            _l("Words"),
            [Needed(_l("Write the paragraph in the language of the original first."))],
            languages=text.languages,
            longest=fields.TEXT_LENGTH,
            rows=6,
        )
        kind = _kind_field()
        depth = fields.PickField(
            _l("Indentation"), [Needed(_l("Choose how far the paragraph is indented"))],
            choices=list(in_words.DEPTH.items()), default="1",
        )  # fmt: skip

    return ParagraphForm


def new_paragraph_form(text: DraftText) -> type[Form]:
    """The same of a new paragraph: each such form has a key of its own, under which what is typed in it is kept."""
    return cast("type[Form]", type("NewParagraphForm", (paragraph_form(text),), {"typed_as": HiddenField()}))


def new_paragraph_values(unsaved: UnsavedWords | None) -> dict[str, Any]:
    """How the form of a new paragraph begins: empty, or with what was being written in another."""
    if unsaved is None:
        return {"typed_as": str(new_key())}
    return {"typed_as": str(unsaved.form_id), "words": unsaved.words}


def typed_in(form: Form) -> UUID:
    """The key of the form of a new paragraph; one for all that bring none."""
    try:
        return UUID(form["typed_as"].data or "")
    except ValueError:
        return UUID(int=0)


def _kind_field() -> Any:
    return fields.PickField(
        _l("What it is"),
        [Needed(_l("Choose what the paragraph is"))],
        choices=[(one.value, in_words.PARAGRAPH[one]) for one in ParagraphKind],
        default=ParagraphKind.OPERATIVE.value,
    )


def words_of(form: Form, text: DraftText) -> Words:
    """What the form of a paragraph says; its first language is that of the text's original."""
    typed: LocalText = form["words"].data or LocalText({}, text.original)
    return Words(
        kind=ParagraphKind(form["kind"].data),
        depth=int(form["depth"].data),
        words=LocalText(dict(typed.texts), text.original),
    )


def paragraph_values(paragraph: TextParagraph) -> SimpleNamespace:
    """A paragraph as its form shows it."""
    return SimpleNamespace(
        version=paragraph.version, words=paragraph.words, kind=paragraph.kind.value, depth=str(paragraph.depth)
    )


class PasteForm(Form):
    """Several paragraphs at once, in the language of the original."""

    pasted = fields.LongTextField(
        _l("Paragraphs"), [Needed(_l("Paste the paragraphs, an empty line between them"))], longest=500_000
    )


def paragraphs_of(form: Form, text: DraftText) -> list[Words]:
    """The paragraphs that were pasted."""
    return [
        Words(kind=one.kind, depth=one.depth, words=LocalText.of(one.words, text.original))
        for one in split(form["pasted"].data)
    ]


def circulation_form(text: DraftText, ready: Sequence[str]) -> type[Form]:
    """In which languages a text is circulated."""

    class CirculationForm(Form):
        languages = fields.PicksField(
            _l("In these languages"),
            [Needed(_l("Choose at least the language of the original"))],
            choices=[(one, language_name(one)) for one in ready or [text.original]],
            default=list(ready),
        )

    return CirculationForm


# --- rounds -------------------------------------------------------------------------------------------------------


def round_form(*, is_new: bool) -> type[Form]:
    """When a round of comments ends and, of a new one, who may comment."""

    class RoundForm(Form):
        ends_on = fields.DayField(_l("Until"), [Needed(_l("Give the day on which the round ends"))])
        ends_hour = fields.HourField(_l("Hour"), [Needed(_l("Give the hour, for example 17:00"))])
        zone = fields.ZoneField(_l("Time of"), [Needed(_l("Choose a zone, for example America/Panama"))])

    if not is_new:
        return RoundForm
    observers = fields.YesField(_l("Observers may comment too"))
    return cast("type[Form]", type("RoundForm", (RoundForm,), {"observers_may": observers}))


def deadline_of(form: Form) -> Deadline:
    """The end the form gives."""
    return Deadline(form["ends_on"].data, form["ends_hour"].data, form["zone"].data)


def round_values(found: CommentRound) -> SimpleNamespace:
    """A round as the form of its end shows it."""
    return SimpleNamespace(version=found.version, ends_on=found.ends_on, ends_hour=found.ends_hour, zone=found.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentOffered:
    """What the form of a comment can offer: the paragraphs of the edition, and its languages."""

    paragraphs: Choices
    languages: Sequence[str] = field(default_factory=tuple)
    in_network: bool = False


class ParagraphField(fields.ChoiceField):
    """A paragraph of the text that comments are asked for."""

    not_offered = _l("This paragraph does not stand in the text that comments are asked for.")
    tells_of_ids = True


def comment_form(offered: CommentOffered) -> type[Form]:
    """The form of a comment."""

    class CommentForm(Form):
        paragraph = ParagraphField(
            _l("About which paragraph"), [fields.Either()], choices=offered.paragraphs, blank=_l("the text as a whole")
        )
        words = fields.LongTextField(_whose_words(in_network=offered.in_network), [fields.Either()], longest=10_000)
        wording = fields.LongTextField(_l("or the words it proposes instead"), [fields.Either()], longest=10_000)
        proposes = fields.ChoiceField(
            _l("Where these words are to stand"),
            [fields.Either()],
            choices=[(one.value, in_words.PROPOSES[one]) for one in Proposes],
            default=Proposes.INSTEAD.value,
        )
        language = fields.ChoiceField(
            _l("Written in"),
            [Needed(_l("Choose the language you write in"))],
            choices=[(one, language_name(one)) for one in offered.languages],
        )
        read_by = fields.PickField(
            _l("How it is sent"),
            [_how_it_is_sent(in_network=offered.in_network)],
            choices=_read_by(in_network=offered.in_network),
        )
        noted = fields.TextField(_l("Who says so"), [Optional()])

    return CommentForm


def pass_on_form(paragraphs: Choices) -> type[Form]:
    """What of a text a colleague in another ministry is asked about, and who it is."""

    class PassOnForm(Form):
        paragraph = ParagraphField(
            _l("About which paragraph"), [fields.Either()], choices=paragraphs, blank=_l("the text as a whole")
        )
        name = fields.TextField(
            _l("Name and ministry"), [Needed(_l("Give the name, for example Maria Lopez, Ministry of Labour"))]
        )
        address = fields.MailField(
            _l("Address at work"),
            [Needed(_l("Give your colleague’s address at work, for example name@ministry.example"))],
            longest=254,
        )
        asked = fields.LongTextField(_l("What you ask"), [Optional()], longest=2_000)

    return PassOnForm


def colleague_form(languages: Sequence[str]) -> type[Form]:
    """What a colleague in another ministry thinks of a paragraph, or of the whole text."""

    class ColleagueForm(Form):
        words = fields.LongTextField(_l("What you think of it"), [fields.Either()], longest=10_000)
        wording = fields.LongTextField(_l("or the words you propose instead"), [fields.Either()], longest=10_000)
        language = fields.ChoiceField(
            _l("Written in"),
            [Needed(_l("Choose the language you write in"))],
            choices=[(one, language_name(one)) for one in languages],
        )

    return ColleagueForm


def send_form() -> type[Form]:
    """To whom a network sends its comments."""

    class SendForm(Form):
        read_by = fields.PickField(
            _l("Who reads them"),
            [Needed(_l("Choose who reads them"))],
            choices=[(one.value, in_words.NETWORK_READ_BY[one]) for one in in_words.NETWORK_READ_BY],
        )

    return SendForm


def said_of(form: Form) -> Said:
    """What the form of a comment says."""
    named = form["paragraph"].data
    return Said(
        paragraph=UUID(named) if named else None,
        language=form["language"].data,
        words=form["words"].data or "",
        wording=form["wording"].data or "",
        read_by=CommentFor(form["read_by"].data),
        noted=form["noted"].data or "",
        proposes=Proposes(form["proposes"].data or Proposes.INSTEAD),
    )


def comment_values(comment: Comment) -> SimpleNamespace:
    """A comment as its form shows it."""
    return SimpleNamespace(
        version=comment.version, paragraph=str(comment.paragraph_id or ""), words=comment.words,
        wording=comment.wording, language=comment.language, noted=comment.noted, proposes=comment.proposes.value,
        read_by=None if comment.lent_id else comment.read_by.value,
    )  # fmt: skip


def recovered(kept: UnsavedComment) -> dict[str, str]:
    """What was being written, as the form of a comment begins with it."""
    return {"words": kept.words, "wording": kept.wording, "language": kept.language}


class WordForm(Form):
    """A Word file whose paragraphs become those of a text."""

    file = UploadField(_l("Word file"), [Needed(_l("Choose the file, a DOCX"))])


def _whose_words(*, in_network: bool) -> Any:
    return _l("What your organization thinks of it") if in_network else _l("What your government thinks of it")


def _how_it_is_sent(*, in_network: bool) -> Needed:
    if in_network:
        return Needed(_l("Choose who reads it, and whether your organization is named"))
    return Needed(_l("Choose who reads it, and whether your government is named"))


def _read_by(*, in_network: bool) -> Choices:
    words = in_words.READ_BY_IN_NETWORK if in_network else in_words.READ_BY
    return [(one.value, words[one]) for one in CommentFor]


def returned_form(languages: Sequence[str], *, in_network: bool = False) -> type[Form]:
    """A Word file that was downloaded here and has changes in it."""

    class ReturnedForm(WordForm):
        language = fields.ChoiceField(
            _l("Downloaded in"),
            [Needed(_l("Choose the language in which you downloaded it"))],
            choices=[(one, language_name(one)) for one in languages],
        )
        read_by = fields.PickField(
            _l("How it is sent"),
            [_how_it_is_sent(in_network=in_network)],
            choices=_read_by(in_network=in_network),
        )

    return ReturnedForm


def changes_form(number: int) -> type[Form]:
    """Changes of a Word file that are to be taken into the draft: those that were found, and which of them."""

    class ChangesForm(Form):
        found = HiddenField()
        chosen = fields.PicksField(_l("Changes"), [Optional()], choices=[(str(one), "") for one in range(number)])

    return ChangesForm


def answer_form(languages: Sequence[str], into_draft: Sequence[str] = ()) -> type[Form]:
    """What became of a comment and, where `into_draft` names ways, what the draft does with the words it proposes."""

    class AnswerForm(Form):
        became = fields.PickField(
            _l("What became of it"),
            [Needed(_l("Choose what became of it"))],
            choices=[(one.value, in_words.BECAME[one]) for one in Became],
        )
        answer = fields.LocalTextField(
            _l("A word to its author"), [Optional()], languages=spoken(languages), longest=2_000, rows=3
        )

    if not into_draft:
        return AnswerForm
    draft = fields.PickField(
        _l("The draft"),
        [Optional()],
        choices=[(one, in_words.INTO_DRAFT[one]) for one in into_draft],
        default="leave",
    )
    return cast("type[Form]", type("AnswerForm", (AnswerForm,), {"draft": draft}))
