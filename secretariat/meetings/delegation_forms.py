"""The forms of delegations: a delegate, an answer noted, a letter, and guests at single items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.meetings import words as in_words
from secretariat.meetings.forms import MEETING_LANGUAGES
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import Answer, Delegate, DelegateRole
from secretariat.meetings.service import DelegateWords, GuestReply, Reply
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form
from secretariat.processes.words import LEVELS

LONGEST_NEEDS = 1000


class LetterForm(Form):
    """From which letter on delegations are listed."""

    letter = fields.TextField(_l("Begin with the letter"), [Optional()], longest=1)


class NoteAnswerForm(Form):
    """What a participant said in a call."""

    answer = fields.PickField(
        _l("The answer"),
        [Needed(_l("Choose one of the answers"))],
        choices=[
            (Answer.ATTENDS.value, _l("They will attend")),
            (Answer.REGRETS.value, _l("They send their regrets")),
            (Answer.WILL_ANSWER.value, _l("They will answer later")),
        ],
    )
    persons = fields.NumberField(_l("Persons in the delegation"), [Optional()], least=1, most=200)
    will_answer_by = fields.DayField(_l("They will answer by"), [Optional()])
    word = fields.TextField(
        _l("How the answer reached you"), [Needed(_l("Say how the answer reached you, for example: by telephone"))]
    )

    @property
    def reply(self) -> Reply:
        """What was typed."""
        data = self.data
        return Reply(answer=Answer(data["answer"]), persons=data["persons"], will_answer_by=data["will_answer_by"])


def delegate_form() -> type[Form]:
    """A person of a delegation."""

    class DelegateForm(Form):
        name = fields.TextField(_l("Name"), [Needed(_l("Give the name, as it is to stand on the list"))])
        role = fields.PickField(
            _l("In the delegation as"),
            [Needed(_l("Choose head, delegate or adviser"))],
            choices=[(one.value, in_words.ROLE[one]) for one in DelegateRole],
        )
        function = fields.TextField(_l("Function"), [Optional()])
        ministry = fields.TextField(_l("Ministry or institution"), [Optional()])
        level = fields.ChoiceField(_l("Level"), [Optional()], choices=list(LEVELS.items()), blank=_l("not said"))
        language = fields.ChoiceField(
            _l("Working language"),
            [Optional()],
            choices=[(code, language_name(code)) for code in MEETING_LANGUAGES],
            blank=_l("not said"),
        )
        needs = fields.LongTextField(_l("What this person needs"), [Optional()], longest=LONGEST_NEEDS)
        is_unlisted = fields.YesField(_l("Keep this person off the circulated list"))

    return DelegateForm


def delegate_words(form: Form) -> DelegateWords:
    data = form.data
    return DelegateWords(
        name=data["name"],
        role=DelegateRole(data["role"]),
        function=data["function"] or "",
        ministry=data["ministry"] or "",
        level=data["level"] or "",
        language=data["language"] or "",
        is_unlisted=data["is_unlisted"],
        needs=data["needs"] or "",
    )


@dataclass(frozen=True)
class DelegateValues:
    """A delegate as the form shows it."""

    version: int
    name: str
    role: str
    function: str
    ministry: str
    level: str
    language: str
    needs: str
    is_unlisted: bool


def delegate_values(one: Delegate) -> DelegateValues:
    return DelegateValues(
        version=one.version,
        name=one.name,
        role=one.role.value,
        function=one.function,
        ministry=one.ministry,
        level=one.level,
        language=one.language,
        needs=one.needs.words if one.needs is not None else "",
        is_unlisted=one.is_unlisted,
    )


# --- letters, and guests at single items --------------------------------------------------------------------------


def letter_form(delegates: Sequence[Delegate]) -> type[Form]:
    """The letter that names a delegation; all are ticked, because a letter mostly names all."""

    class LetterOfDelegation(Form):
        on = fields.DayField(_l("The letter is of"), [Needed(_l("Give the day the letter bears"))])
        reference = fields.TextField(_l("Its reference"), [Optional()], longest=200)
        named = fields.PicksField(
            _l("Whom it names"),
            [Needed(_l("Tick whom the letter names"))],
            choices=[(str(one.id), one.name) for one in delegates],
            default=[str(one.id) for one in delegates],
        )

    return LetterOfDelegation


NETWORK = "network:"
"""Before the key of a network in the choice of guests."""


def guests_form(whom: Sequence[tuple[str, str]], agenda: Sequence[tuple[str, str]]) -> type[Form]:
    """Whom to invite to which items, and to nothing else."""

    class GuestsForm(Form):
        guests = fields.PicksField(_l("Whom to invite"), [Needed(_l("Tick at least one participant"))], choices=whom)
        items = fields.PicksField(
            _l("To these items alone"), [Needed(_l("Tick at least one item of the agenda"))], choices=agenda
        )
        answer_by = fields.DayField(_l("Answers are asked for by"), [Optional()])

    return GuestsForm


def items_form(agenda: Sequence[tuple[str, str]], ticked: Sequence[str]) -> type[Form]:
    """The items a guest is invited to."""

    class ItemsForm(Form):
        items = fields.PicksField(
            _l("To these items alone"),
            [Needed(_l("Tick at least one item of the agenda"))],
            choices=agenda,
            default=list(ticked),
        )

    return ItemsForm


class GuestReplyForm(Form):
    """A guest's answer."""

    answer = fields.PickField(
        _l("Your answer"),
        [Needed(_l("Choose one of the answers"))],
        choices=[
            (Answer.ATTENDS.value, _l("We will attend")),
            (Answer.REGRETS.value, _l("We send our regrets")),
            (Answer.WILL_ANSWER.value, _l("We will answer later")),
        ],
    )
    names = fields.LongTextField(_l("Who comes"), [Optional()], longest=6100)
    will_answer_by = fields.DayField(_l("We will answer by"), [Optional()])
    reason = fields.TextField(_l("If it is not what the organizations chose: why"), [Optional()], longest=500)

    @property
    def reply(self) -> GuestReply:
        """What was typed."""
        data = self.data
        return GuestReply(
            answer=Answer(data["answer"]),
            names=data["names"] or "",
            will_answer_by=data["will_answer_by"],
            reason=data["reason"] or "",
        )


@dataclass(frozen=True)
class GuestReplyValues:
    """An answer as the form shows it."""

    version: int
    answer: str | None
    names: str
    will_answer_by: date | None


def guest_reply_values(guest: Guest) -> GuestReplyValues:
    return GuestReplyValues(
        version=guest.version,
        answer=None if guest.answer is Answer.AWAITED else guest.answer.value,
        names=guest.names,
        will_answer_by=guest.will_answer_by,
    )
