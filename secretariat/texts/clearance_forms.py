"""The forms of a common paper for an outside forum: which forum, until when; what a member says; that it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.forms import spoken
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form
from secretariat.texts import clearance_words as in_words
from secretariat.texts.clearance_models import Clearance


def clearance_form(languages: Sequence[str]) -> type[Form]:
    """For which forum a paper is, and the two days."""

    class ClearanceForm(Form):
        forum = fields.LocalTextField(
            _l("Forum"),
            [Needed(_l("Name the forum, for example Global Forum on Migration and Development"))],
            languages=spoken(languages),
        )
        due_on = fields.DayField(
            _l("The forum is to have it by"), [Needed(_l("Give the day by which the paper must be there"))]
        )
        clear_by = fields.DayField(_l("Members clear it by"), [Needed(_l("Give the day by which members are asked"))])

    return ClearanceForm


def clearance_values(found: Clearance) -> SimpleNamespace:
    """A clearance as its form shows it."""
    return SimpleNamespace(version=found.version, forum=found.forum, due_on=found.due_on, clear_by=found.clear_by)


def answer_form(*, ask_word: bool) -> type[Form]:
    """What a member says; nothing is chosen beforehand. `ask_word`: the secretariat notes how that reached it."""

    class AnswerForm(Form):
        says = fields.PickField(
            _l("Where its clearance stands"),
            [Needed(_l("Choose where its clearance stands"))],
            choices=[(one.value, in_words.CHOICES[one]) for one in in_words.CHOICES],
        )
        words = fields.LongTextField(_l("Comments"), [Either()], longest=10_000)

    if not ask_word:
        return AnswerForm
    word = fields.TextField(
        _l("How its word reached you"),
        [Needed(_l("Say how its word reached you, for example: note verbale 12/2027"))],
        longest=500,
    )
    return cast("type[Form]", type("NotedForm", (AnswerForm,), {"word": word}))


def release_form(members: Sequence[tuple[str, str]], *, ask_word: bool) -> type[Form]:
    """That the chair releases a paper which is a file. `ask_word`: the secretariat notes how that reached it."""

    class ReleaseForm(Form):
        released_on = fields.DayField(_l("Released on"), [Needed(_l("Give the day on which it was released"))])
        named = fields.PicksField(_l("In the name of these alone"), [Optional()], choices=list(members))

    if not ask_word:
        return ReleaseForm
    word = fields.TextField(
        _l("How the chair released it"),
        [Needed(_l("Say how the chair released it, for example: by telephone, on the day it was cleared"))],
        longest=500,
    )
    return cast("type[Form]", type("NotedReleaseForm", (ReleaseForm,), {"word": word}))


class SentForm(Form):
    """That a paper went to its forum."""

    sent_on = fields.DayField(_l("Sent on"), [Needed(_l("Give the day on which it was sent"))])
    word = fields.TextField(_l("How, and to whom"), [Optional()], longest=500)
