"""The forms of silence: its rules, its hour, what is said to a text; and those of adoption."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.core.refusals import Refused
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional, typed_day
from secretariat.pages.forms import Form
from secretariat.texts import silence_words as words
from secretariat.texts.deadline import Deadline
from secretariat.texts.service.adopting import Pronouncement, Statement
from secretariat.texts.service.silence import MOST_WORKING_DAYS, Rules, Saying
from secretariat.texts.silence import OF_MEMBERS, WORKING_DAYS, ReactionKind
from secretariat.texts.silence_models import AdoptedBy, CapitalSays, ReasonsTo, SilenceRules, StatementKind


class RulesForm(Form):
    """By what rules texts are put under silence."""

    since = fields.DayField(_l("Texts may be put under silence from"), [Either()])
    decision = fields.TextField(_l("By the decision of the members"), [Either()], longest=500)
    working_days = fields.NumberField(
        _l("Working days a silence lasts"), [Needed(_l("Give a number, for example 10"))], least=1,
        most=MOST_WORKING_DAYS,
    )  # fmt: skip
    hour = fields.HourField(_l("It ends at"), [Needed(_l("Give an hour, for example 17:00"))])
    reasons_to = fields.PickField(
        _l("Who reads an objection"),
        [Needed(_l("Choose who reads it"))],
        choices=[(one.value, words.REASONS[one]) for one in ReasonsTo],
    )
    quiet_days = fields.LongTextField(_l("Days of the process that are not counted"), [Optional()], longest=2_000)

    def rules(self) -> Rules | None:
        """What was typed; None where a day among the quiet ones cannot be read, which is then said beside the field."""
        quiet: list[date] = []
        for line in (self.quiet_days.data or "").splitlines():
            if line.strip():
                try:
                    quiet.append(typed_day(line.strip()))
                except ValueError:
                    self.refuse(_("One day on each line, for example 2027-12-24: “%(line)s”", line=line), "quiet_days")
                    return None
        return Rules(
            since=self.since.data,
            decision=self.decision.data,
            working_days=self.working_days.data or WORKING_DAYS,
            hour=self.hour.data or time(17),
            reasons_to=ReasonsTo(self.reasons_to.data),
            quiet_days=tuple(quiet),
        )


def rules_values(rules: SilenceRules | None) -> SimpleNamespace:
    """What stands in the form when it is opened."""
    if rules is None:
        return SimpleNamespace(
            version=0, since=None, decision="", working_days=WORKING_DAYS, hour=time(17), reasons_to=None, quiet_days=""
        )
    return SimpleNamespace(
        version=rules.version,
        since=rules.since,
        decision=rules.decision,
        working_days=rules.working_days,
        hour=rules.hour,
        reasons_to=rules.reasons_to.value,
        quiet_days="\n".join(rules.quiet_days),
    )


class DeadlineForm(Form):
    """An hour of a place."""

    ends_on = fields.DayField(_l("It ends on"), [Needed(_l("Give the day, for example 26 March 2027"))])
    ends_hour = fields.HourField(_l("At"), [Needed(_l("Give an hour, for example 17:00"))])
    zone = fields.ZoneField(_l("In the time of"), [Needed(_l("Choose a zone, for example America/Panama"))])

    @property
    def deadline(self) -> Deadline:
        """What was typed."""
        on, hour, zone = self.ends_on.data, self.ends_hour.data, self.zone.data
        assert on is not None  # all three are needed
        assert hour is not None
        assert zone is not None
        return Deadline(on, hour, zone)


class ExtensionForm(DeadlineForm):
    """A later hour, and why."""

    word = fields.TextField(_l("Why, for all who read the text"), [Optional()], longest=500)


def call_off_form(languages: Sequence[str]) -> type[Form]:
    """Why a silence is called off."""

    class CallOffForm(Form):
        word = fields.LocalTextField(
            _l("Why, for all who read the text"),
            [Needed(_l("Say why, for example: a new text follows"))],
            languages=languages,
            longest=1_000,
            rows=3,
        )

    return CallOffForm


def bounce_form(participants: Sequence[tuple[str, str]]) -> type[Form]:
    """Whom a notice did not reach."""

    class BounceForm(Form):
        participant = fields.ChoiceField(
            _l("The notice did not reach"), [Needed(_l("Choose the member"))], choices=list(participants)
        )

    return BounceForm


def reaction_form(languages: Iterable[str], *, is_member: bool) -> type[Form]:
    """What a participant says to a text; nothing is chosen beforehand."""
    kinds = [one for one in ReactionKind if is_member or one not in OF_MEMBERS]

    class KindField(fields.PickField):
        not_offered = fields.PickField.not_offered if is_member else words.MEMBERS_OBJECT

    class ReactionForm(Form):
        kind = KindField(
            _l("What you wish to say"),
            [Needed(_l("Choose what you wish to say"))],
            choices=[(one.value, label) for one, label in words.CHOICES.items() if one in kinds],
        )
        words = fields.LongTextField(_l("In your words"), [Optional()], longest=10_000)
        language = fields.ChoiceField(
            _l("Language of these words"),
            [Needed(_l("Choose the language"))],
            choices=[(one, language_name(one)) for one in languages],
        )

    return ReactionForm


def saying(form: Form) -> Saying:
    """What was typed."""
    return Saying(kind=ReactionKind(form["kind"].data), words=form["words"].data, language=form["language"].data)


def pronounce_form(
    participants: Sequence[tuple[str, str]],
    meetings: Sequence[tuple[str, str]],
    languages: Iterable[str],
    *,
    ask_word: bool,
    for_forum: bool = False,
    co_chaired: bool = False,
) -> type[Form]:
    """How a text was adopted, and a statement that was made with it; by clearance where it is for an outside forum."""
    ways = [one for one in AdoptedBy if for_forum or one is not AdoptedBy.CLEARANCE]
    spoken = [(one, language_name(one)) for one in languages]

    class PronounceForm(Form):
        how = fields.PickField(
            _l("How it was adopted"),
            [Needed(_l("Choose how it was adopted"))],
            choices=[(one.value, words.adopted(co_chaired=co_chaired)[one]) for one in ways],
        )
        adopted_on = fields.DayField(_l("On"), [Needed(_l("Give the day, for example 26 March 2027"))])
        meeting = fields.ChoiceField(_l("At the meeting"), [Either()], choices=list(meetings))
        confirm_by = fields.DayField(_l("Capitals confirm by"), [Either()])
        named = fields.PicksField(_l("By these alone"), [Either()], choices=list(participants))
        statement_of = fields.ChoiceField(_l("A statement was made by"), [Either()], choices=list(participants))
        statement_kind = fields.ChoiceField(
            _l("Kind of statement"), [Either()], choices=[(one.value, words.STATEMENT[one]) for one in StatementKind]
        )
        statement = fields.LongTextField(_l("Word for word"), [Either()], longest=10_000)
        statement_language = fields.ChoiceField(_l("Language of the statement"), [Either()], choices=spoken)

    if not ask_word:
        return PronounceForm

    class NotedForm(PronounceForm):
        word = fields.TextField(
            _l("How the chair pronounced it"),
            [Needed(_l("Say how the chair pronounced it, for example: in the room, at the closing session"))],
            longest=500,
        )

    return NotedForm


def pronouncement(form: Form) -> Pronouncement:
    """What was typed."""
    data: dict[str, Any] = form.data
    made = statement_of(form)
    return Pronouncement(
        how=AdoptedBy(data["how"]),
        adopted_on=data["adopted_on"],
        meeting=UUID(data["meeting"]) if data["meeting"] else None,
        named=tuple(UUID(one) for one in data["named"] or ()),
        confirm_by=data["confirm_by"],
        word=data.get("word") or "",
        statements=(made,) if made is not None else (),
    )


def statement_of(form: Form) -> Statement | None:
    """The statement that was typed, if one was. Raises Refused where it is not said whose it is, or what."""
    data: dict[str, Any] = form.data
    if not data["statement_of"]:
        if data["statement"] or data["statement_kind"]:
            raise Refused(_("Choose whose statement it is"), "statement_of")
        return None
    if not data["statement_kind"]:
        raise Refused(_("Choose what kind of statement it is"), "statement_kind")
    return Statement(
        participant=UUID(data["statement_of"]),
        kind=StatementKind(data["statement_kind"]),
        words=data["statement"] or "",
        language=data["statement_language"] or "en",
    )


def statement_form(participants: Sequence[tuple[str, str]], languages: Iterable[str]) -> type[Form]:
    """One more statement kept with a text."""

    class StatementForm(Form):
        statement_of = fields.ChoiceField(
            _l("A statement was made by"), [Needed(_l("Choose whose statement it is"))], choices=list(participants)
        )
        statement_kind = fields.PickField(
            _l("Kind of statement"),
            [Needed(_l("Choose what kind of statement it is"))],
            choices=[(one.value, words.STATEMENT[one]) for one in StatementKind],
        )
        statement = fields.LongTextField(
            _l("Word for word"), [Needed(_l("Give the statement word for word"))], longest=10_000
        )
        statement_language = fields.ChoiceField(
            _l("Language of the statement"),
            [Needed(_l("Choose the language"))],
            choices=[(one, language_name(one)) for one in languages],
        )

    return StatementForm


def confirmation_form(*, ask_word: bool) -> type[Form]:
    """What a capital says; nothing is chosen beforehand."""

    class ConfirmationForm(Form):
        says = fields.PickField(
            _l("The word of the capital"),
            [Needed(_l("Choose what your capital says"))],
            choices=[
                (CapitalSays.CONFIRMED.value, _l("It confirms the text")),
                (CapitalSays.NOT_CONFIRMED.value, _l("It does not confirm the text")),
            ],
        )

    if not ask_word:
        return ConfirmationForm

    class NotedForm(ConfirmationForm):
        word = fields.TextField(
            _l("How its word reached you"),
            [Needed(_l("Say how its word reached you, for example: note verbale 12/2027"))],
            longest=500,
        )

    return NotedForm
