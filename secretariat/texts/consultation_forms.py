"""The forms of consultations: what an officer says when one is opened and answered, and what the public fills in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from secretariat.core.languages import LANGUAGES
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.documents.forms import spoken
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form
from secretariat.texts import words as in_words
from secretariat.texts.consultation_models import PublicComment, PublicConsultation
from secretariat.texts.consulting import LONGEST_COMMENT, LONGEST_ON_WHOLE
from secretariat.texts.editions import Content
from secretariat.texts.service.public_comments import Written


def consultation_form(languages: Sequence[str], *, is_new: bool) -> type[Form]:
    """Until when the public is asked and, of a new one, by which decision, what it is told, and who reads along."""

    class EndForm(Form):
        ends_on = fields.DayField(_l("Until"), [Needed(_l("Give the day until which comments are taken"))])
        ends_hour = fields.HourField(_l("Hour"), [Needed(_l("Give the hour, for example 17:00"))])
        zone = fields.ZoneField(_l("Time of"), [Needed(_l("Choose a zone, for example America/Panama"))])

    if not is_new:
        return EndForm

    class ConsultationForm(EndForm):
        decision = fields.TextField(
            _l("By which decision of the members"),
            [Needed(_l("Say by which decision the members let everybody read this text."))],
            longest=500,
        )
        about = fields.LocalTextField(
            _l("What everybody is told about it"),
            [Optional()],
            languages=spoken(languages),
            longest=3_000,
            rows=4,
        )
        for_readers = fields.YesField(_l("Whoever reads the text here reads what the public says of it, without names"))

    return ConsultationForm


def end_values(found: PublicConsultation) -> SimpleNamespace:
    """A consultation as the form of its end shows it."""
    return SimpleNamespace(version=found.version, ends_on=found.ends_on, ends_hour=found.ends_hour, zone=found.zone)


def answer_form(languages: Sequence[str], said: Iterable[PublicComment]) -> type[Form]:
    """What became of some comments on a paragraph, and a word to be read by everybody."""

    offered = [(one.id, one.words) for one in said]

    class AnswerForm(Form):
        comments = fields.PicksField(
            _l("Said of these comments"),
            [Needed(_l("Choose the comments this is said of."))],
            choices=offered,
        )
        became = fields.PickField(
            _l("What became of them"),
            [Needed(_l("Choose what became of them"))],
            choices=[(one.value, said) for one, said in in_words.BECAME.items()],
        )
        answer = fields.LocalTextField(
            _l("A word on it, as everybody will read it"),
            [Optional()],
            languages=spoken(languages),
            longest=3_000,
            rows=3,
        )

    return AnswerForm


def response_form(languages: Sequence[str]) -> type[Form]:
    """The word at the head of a response."""

    class ResponseForm(Form):
        word = fields.LocalTextField(
            _l("A word at the head of the response"),
            [Optional()],
            languages=spoken(languages),
            longest=10_000,
            rows=6,
        )

    return ResponseForm


# --- the public ---------------------------------------------------------------------------------------------------


def public_form(content: Content) -> type[Form]:
    """What anybody fills in: comments on paragraphs and on the whole, and who writes."""

    class PublicForm(Form):
        whole = fields.LongTextField(_l("On the text as a whole"), [Optional()], longest=LONGEST_ON_WHOLE)
        name = fields.TextField(_l("Your name"), [Needed(_l("Give your name"))], longest=120)
        organization = fields.TextField(_l("Organization"), [Optional()], longest=200)
        organization_shown = fields.YesField(_l("The name of the organization may be shown with what I write"))
        address = fields.MailField(
            _l("Your address for mail"),
            [Needed(_l("Give the address to which we send the link that confirms it"))],
            longest=254,
        )
        language = fields.ChoiceField(
            _l("You write in"),
            [Needed(_l("Choose the language you write in"))],
            choices=[(one, language_name(one)) for one in LANGUAGES],
        )

    paragraphs = {
        name_of(one.id): fields.LongTextField(_l("Your comment"), [Optional()], longest=LONGEST_COMMENT)
        for one in content.pieces
    }
    return cast("type[Form]", type("PublicForm", (PublicForm,), paragraphs))


def name_of(paragraph: UUID) -> str:
    """The name of the field for a paragraph."""
    return f"p_{paragraph.hex}"


def written_in(form: Form, content: Content) -> Written:
    """What somebody of the public has filled in."""
    said: dict[UUID | None, str] = {None: form["whole"].data or ""}
    said |= {one.id: form[name_of(one.id)].data or "" for one in content.pieces}
    return Written(
        name=form["name"].data,
        organization=form["organization"].data or "",
        organization_shown=bool(form["organization_shown"].data),
        address=form["address"].data,
        language=form["language"].data,
        words=said,
    )


def left_over(form: Form, sent: Mapping[str, Any]) -> list[str]:
    """What was typed about paragraphs that stand there no more, as once a consultation was taken back."""
    return [str(words) for name, words in sent.items() if name.startswith("p_") and name not in form and words]
