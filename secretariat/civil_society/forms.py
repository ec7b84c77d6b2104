"""The forms of submissions: what the network writes, to whom it is routed, how it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any, cast

from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import (
    AnswerSays,
    EngagementRules,
    Submission,
    SubmissionAnswer,
    SubmissionKind,
)
from secretariat.civil_society.service.answering import LONGEST as LONGEST_ANSWER
from secretariat.civil_society.service.answering import Said
from secretariat.civil_society.service.replying import LONGEST as LONGEST_REPLY
from secretariat.civil_society.service.routing import MOST_RULES
from secretariat.civil_society.service.submitting import ANSWER_DAYS, LONGEST, Written
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.forms import spoken
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form


def submission_form(languages: Sequence[str]) -> type[Form]:
    """What a network submits."""

    class SubmissionForm(Form):
        kind = fields.PickField(
            _l("What it is"),
            [Needed(_l("Choose what it is"))],
            choices=[(one.value, in_words.KIND[one]) for one in SubmissionKind],
        )
        title = fields.LocalTextField(_l("Title"), [Needed(_l("Give it a title"))], languages=spoken(languages))
        words = fields.LocalTextField(
            _l("Text"), [Needed(_l("Write what the network submits"))], languages=spoken(languages), rows=10,
            longest=LONGEST,
        )  # fmt: skip
        theme = _theme()
        on_document = fields.TextField(
            _l("Document it comments on"), [Either()], longest=160,
            description=_l("For a comment on a document that stands elsewhere: its symbol, with the revision."),
        )  # fmt: skip

    return SubmissionForm


def written(form: Form) -> Written:
    """What the form of a submission says."""
    return Written(
        kind=SubmissionKind(form["kind"].data),
        title=form["title"].data,
        words=form["words"].data,
        theme=form["theme"].data or "",
        on_document=form["on_document"].data or "",
    )


def submission_values(one: Submission) -> SimpleNamespace:
    """A draft as its form shows it."""
    return SimpleNamespace(
        version=one.version,
        kind=one.kind.value,
        title=one.title,
        words=one.words,
        theme=one.theme,
        on_document=one.on_document,
    )


class VersionField(fields.ChoiceField):
    """A version that may be commented on."""

    not_offered = _l(
        "A later version has taken its place, or it is not open to the network any more. Choose among these."
    )
    tells_of_ids = True


def comment_on_form(languages: Sequence[str], versions: Iterable[tuple[Any, Any]]) -> type[Form]:
    """On which version the network comments."""

    class CommentOnForm(Form):
        on = VersionField(
            _l("On which document"), [Needed(_l("Choose the document it comments on"))], choices=list(versions)
        )
        title = fields.LocalTextField(
            _l("Title"), [Needed(_l("Give it a title"))], languages=spoken(languages),
            description=_l("Everybody who reads the submission reads it."),
        )  # fmt: skip
        theme = _theme()

    return CommentOnForm


def whole_form(languages: Sequence[str]) -> type[Form]:
    """Title and theme of a comment on a version, and what it says of the text as a whole."""

    class WholeForm(Form):
        title = fields.LocalTextField(_l("Title"), [Needed(_l("Give it a title"))], languages=spoken(languages))
        words = fields.LocalTextField(
            _l("On the text as a whole"), [Optional()], languages=spoken(languages), rows=8, longest=LONGEST
        )
        theme = _theme()

    return WholeForm


def _theme() -> fields.TextField:
    return fields.TextField(
        _l("Theme"), [Optional()], longest=200, description=_l("By it the submission finds who answers it.")
    )


class WithdrawalForm(Form):
    """That a submission is withdrawn."""

    word = fields.TextField(_l("In a sentence, why"), [Optional()], longest=500)


def route_form(governments: Iterable[tuple[Any, Any]]) -> type[Form]:
    """Whose liaison officer answers, and by when."""

    class RouteForm(Form):
        to = fields.ChoiceField(
            _l("Whose liaison officer answers"), [Needed(_l("Choose a government"))], choices=governments
        )
        expected_on = fields.DayField(
            _l("An answer is expected by"), [Needed(_l("Give the day by which an answer is expected"))]
        )

    return RouteForm


def answer_form(languages: Sequence[str], *, for_process: bool) -> type[Form]:
    """An answer; one of the process says when and how the body agreed on it."""

    class AnswerForm(Form):
        says = fields.PickField(
            _l("What becomes of it"),
            [Needed(_l("Choose what becomes of it"))],
            choices=[(one.value, in_words.SAYS_HINT[one]) for one in AnswerSays],
        )
        words = fields.LocalTextField(
            _l("The answer"), [Needed(_l("Write the answer"))], languages=spoken(languages), rows=6,
            longest=LONGEST_ANSWER,
        )  # fmt: skip

    if not for_process:
        return AnswerForm
    more = {
        "agreed_on": fields.DayField(_l("Agreed on"), [Either()]),
        "agreed_word": fields.TextField(
            _l("How the body agreed on it"), [Either()], longest=500,
            description=_l("For example: by the members, in silence until 30 January."),
        ),
    }  # fmt: skip
    return cast("type[Form]", type("ProcessAnswerForm", (AnswerForm,), more))


def said(form: Form) -> Said:
    """What the form of an answer says."""
    agreed = "agreed_on" in form
    return Said(
        says=AnswerSays(form["says"].data),
        words=form["words"].data,
        agreed_on=form["agreed_on"].data if agreed else None,
        agreed_word=(form["agreed_word"].data or "") if agreed else "",
    )


def reply_form(languages: Sequence[str]) -> type[Form]:
    """What the network replies to an answer."""

    class ReplyForm(Form):
        words = fields.LocalTextField(
            _l("The reply"), [Needed(_l("Write the reply"))], languages=spoken(languages), rows=6,
            longest=LONGEST_REPLY,
        )  # fmt: skip

    return ReplyForm


def answer_values(one: SubmissionAnswer) -> SimpleNamespace:
    """A draft answer as its form shows it."""
    return SimpleNamespace(
        version=one.version,
        says=one.says.value,
        words=one.words,
        agreed_on=one.agreed_on,
        agreed_word=one.agreed_word,
    )


class WordForm(Form):
    """What a participant says of an answer that tells of it."""

    words = fields.LongTextField(
        _l("Your word"), [Needed(_l("Write a word, for example that it is right as it stands"))], longest=4_000
    )


def rules_form(languages: Sequence[str]) -> type[Form]:
    """The rules of engagement with a network."""

    class RulesForm(Form):
        words = fields.LocalTextField(
            _l("The rules, in words"), [Optional()], languages=spoken(languages), rows=8, longest=MOST_RULES
        )
        stem = fields.TextField(
            _l("Numbers of submissions begin with"),
            [Optional(), fields.Passes(_is_stem, _l("Use letters, figures, - and /"))],
            longest=40,
            description=_l("For example RNCOM; then the third of 2026 is RNCOM/2026/S3."),
        )
        answer_days = fields.NumberField(
            _l("Days until an answer is expected"), [Needed(_l("Give a number of days"))], least=1, most=366
        )

    return RulesForm


def _is_stem(text: str) -> bool:
    return all(one.isalnum() or one in "-/" for one in text)


def rules_values(rules: EngagementRules | None) -> SimpleNamespace:
    """The rules as their form shows them."""
    if rules is None:
        return SimpleNamespace(version="", words=None, stem="", answer_days=ANSWER_DAYS)
    return SimpleNamespace(version=rules.version, words=rules.words, stem=rules.stem, answer_days=rules.answer_days)


def link_form(things: Iterable[tuple[Any, Any]]) -> type[Form]:
    """To what a submission led, among what its author reads."""

    class LinkForm(Form):
        thing = fields.ChoiceField(_l("What it became"), [Needed(_l("Choose what it became"))], choices=things)

    return LinkForm


class PublishForm(Form):
    """What everybody reads beside the words of a submission: of a position who signed it, and what was replied."""

    signatures = fields.YesField(_l("Name the organizations that signed it"))
    dissents = fields.YesField(_l("Let the dissent that went along be read too"))
    replies = fields.YesField(_l("Let what the network replied be read too, beside the answer"))
