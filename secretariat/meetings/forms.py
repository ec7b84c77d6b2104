"""The forms of meetings: what is typed becomes values, what cannot be is said beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.confidentiality.choices import Offered as Label
from secretariat.confidentiality.forms import LabelledForm, with_label
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import words
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.meetings import words as in_words
from secretariat.meetings.day_forms import WarnsOfDays
from secretariat.meetings.models import (
    OUTCOME_KINDS,
    Addressed,
    Adoption,
    Answer,
    Attendance,
    AttributionRule,
    Invitation,
    Meeting,
    MeetingState,
    Outcome,
    PartyRole,
    StatementKind,
)
from secretariat.meetings.note_forms import QueriesNames
from secretariat.meetings.service import (
    Confirmation,
    NoticeReaders,
    OutcomeWords,
    Particulars,
    Readers,
    Reply,
    Statement,
)
from secretariat.pages import fields
from secretariat.pages.fields import Needed, Optional
from secretariat.pages.forms import Form

MEETING_LANGUAGES = ("en", "es", "fr", "ar", "pt", "ru")
"""Languages a meeting may be held in; more than those the product itself speaks."""

Choices = Sequence[tuple[Any, Any]]

# --- the meeting --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the form of a meeting can offer."""

    languages: Sequence[str]
    bodies: Choices
    participants: Choices
    notice: Choices
    zone: str
    label: Label | None = None


def meeting_form(offered: Offered) -> type[WarnsOfDays]:
    """The form of a meeting, for what can be chosen here and by this reader; a new one is given its label."""

    class MeetingForm(WarnsOfDays):
        body = fields.ChoiceField(_l("Body"), choices=offered.bodies, blank=_l("The whole process"))
        title = fields.LocalTextField(_l("Title"), languages=offered.languages)
        starts_on = fields.DayField(
            _l("First day"), [Needed(_l("Give the first day of the meeting, for example 14 April 2027"))]
        )
        ends_on = fields.DayField(
            _l("Last day"),
            [
                Optional(),
                fields.NotBefore(
                    "starts_on", _l("The last day lies before the first; give the same day or a later one")
                ),
            ],
        )
        zone = fields.ZoneField(
            _l("Time zone"), [Needed(_l("Choose the place whose time it is"))], default=offered.zone
        )
        begins = fields.HourField(_l("Each day from"), [Optional()])
        ends = fields.HourField(_l("until"), [Optional()])
        last_ends = fields.HourField(_l("on the last day until"), [Optional()])
        place = fields.LocalTextField(_l("Place"), [Optional()], languages=offered.languages)
        is_online = fields.YesField(_l("One may join online"))
        join_address = fields.TextField(_l("Address at which one joins"), [Optional(), _web_address()], longest=500)
        host = fields.ChoiceField(_l("Host"), [Optional()], choices=offered.participants, blank=_l("not yet known"))
        host_text = fields.TextField(_l("or another host"), [Optional()])
        languages = fields.PicksField(_l("Languages"), choices=_languages())
        attribution = fields.PickField(
            _l("Attribution"),
            [Needed(_l("Choose how what is said may be used"))],
            choices=[(rule.value, _ruled(rule)) for rule in AttributionRule],
            default=AttributionRule.CHATHAM_HOUSE.value,
        )
        notice = fields.PickField(
            _l("Who may know that it takes place"),
            choices=offered.notice,
            default=NoticeReaders.SAME.value,
        )

    if offered.label is None:
        return MeetingForm
    return with_label(
        MeetingForm, offered.label, _l("Who reads the meeting"), missing=_l("Choose who may read the meeting")
    )


def particulars_of(form: Form, title: LocalText) -> Particulars:
    """What was typed; `title` is the one typed, or the one proposed where none was."""
    data = form.data
    return Particulars(
        title=title,
        starts_on=data["starts_on"],
        ends_on=data["ends_on"] or data["starts_on"],
        zone=data["zone"],
        begins=data["begins"],
        ends=data["ends"],
        last_ends=data["last_ends"],
        place=data["place"],
        is_online=data["is_online"],
        join_address=data["join_address"] or "",
        host_id=_uuid(data["host"]),
        host_text=data["host_text"] or "",
        languages=data["languages"] or (),
        attribution=AttributionRule(data["attribution"]),
        readers=form.given if isinstance(form, LabelledForm) else Readers.MEMBERS,
        notice=NoticeReaders(data["notice"] or NoticeReaders.SAME),
    )


@dataclass(frozen=True)
class MeetingValues:
    """A meeting as its form shows it."""

    version: int
    body: UUID | None
    title: LocalText
    starts_on: Any
    ends_on: Any
    zone: str
    begins: Any
    ends: Any
    last_ends: Any
    place: LocalText | None
    is_online: bool
    join_address: str
    host: UUID | None
    host_text: str
    languages: Sequence[str]
    attribution: str
    notice: str


def values_of(meeting: Meeting, notice: NoticeReaders) -> MeetingValues:
    """What stands in the form of a meeting when it is opened."""
    sittings = meeting.sittings
    first, last = (sittings[0], sittings[-1]) if sittings else (None, None)
    days = in_words.first_and_last(meeting)
    return MeetingValues(
        version=meeting.version,
        body=meeting.body_id,
        title=meeting.title,
        starts_on=days[0] if days else None,
        ends_on=days[1] if days else None,
        zone=meeting.zone,
        begins=first.begins if first else None,
        ends=first.ends if first else None,
        last_ends=last.ends if first and last and last.ends != first.ends else None,
        place=meeting.place,
        is_online=meeting.is_online,
        join_address=meeting.join_link.address if meeting.join_link else "",
        host=meeting.host_id,
        host_text=meeting.host_text,
        languages=meeting.languages,
        attribution=meeting.attribution.value,
        notice=notice.value,
    )


def _ruled(rule: AttributionRule) -> Any:
    return _l("%(rule)s. %(meaning)s", rule=in_words.ATTRIBUTION[rule], meaning=in_words.ATTRIBUTION_MEANS[rule])


def _languages() -> Choices:
    return [(code, _LanguageName(code)) for code in MEETING_LANGUAGES]


class _LanguageName:
    """The name of a language, in that of who reads it."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return words.language_name(self.code)


def _web_address() -> fields.Passes:
    return fields.Passes(
        lambda typed: not typed or typed.startswith(("https://", "http://")),
        _l("Give the whole address, beginning with https://"),
    )


# --- calling off, inviting, answering -----------------------------------------------------------------------------


def call_off_form(languages: Sequence[str]) -> type[Form]:
    class CallOffForm(QueriesNames):
        state = fields.PickField(
            _l("What happens with the meeting"),
            [Needed(_l("Choose whether it is postponed or cancelled"))],
            choices=[
                (MeetingState.POSTPONED.value, _l("It is postponed; new days follow")),
                (MeetingState.CANCELLED.value, _l("It is cancelled")),
            ],
        )
        word = fields.LocalTextField(_l("A word on why, for those invited"), [Optional()], languages=languages)

    return CallOffForm


def invite_form(participants: Choices, ticked: Iterable[UUID]) -> type[Form]:
    class InviteForm(Form):
        chosen = fields.PicksField(
            _l("Whom to invite"),
            [Needed(_l("Tick at least one participant"))],
            choices=participants,
            default=[str(one) for one in ticked],
        )
        answer_by = fields.DayField(_l("Answers are asked for by"), [Optional()])

    return InviteForm


class ReplyForm(Form):
    """A focal point's answer to an invitation."""

    answer = fields.PickField(
        _l("Your answer"),
        [Needed(_l("Choose one of the answers"))],
        choices=[
            (Answer.ATTENDS.value, _l("We will attend")),
            (Answer.REGRETS.value, _l("We send our regrets")),
            (Answer.WILL_ANSWER.value, _l("We will answer later")),
        ],
    )
    persons = fields.NumberField(_l("Persons in the delegation"), [Optional()], least=1, most=200)
    head_name = fields.TextField(_l("Head of delegation"), [Optional()])
    head_function = fields.TextField(_l("Function"), [Optional()])
    head_ministry = fields.TextField(_l("Ministry or institution"), [Optional()])
    will_answer_by = fields.DayField(_l("We will answer by"), [Optional()])

    @property
    def reply(self) -> Reply:
        """What was typed."""
        data = self.data
        return Reply(
            answer=Answer(data["answer"]),
            persons=data["persons"],
            head_name=data["head_name"] or "",
            head_function=data["head_function"] or "",
            head_ministry=data["head_ministry"] or "",
            will_answer_by=data["will_answer_by"],
        )


@dataclass(frozen=True)
class ReplyValues:
    """An invitation as its form shows it."""

    version: int
    answer: str | None
    persons: int | None
    head_name: str
    head_function: str
    head_ministry: str
    will_answer_by: Any


def reply_values(invitation: Invitation) -> ReplyValues:
    head = invitation.head
    return ReplyValues(
        version=invitation.version,
        answer=None if invitation.answer is Answer.AWAITED else invitation.answer.value,
        persons=invitation.persons,
        head_name=head.name if head else "",
        head_function=head.function if head else "",
        head_ministry=head.ministry if head else "",
        will_answer_by=invitation.will_answer_by,
    )


def attendance_form(invitations: Sequence[Invitation], names: Mapping[UUID, Any]) -> type[Form]:
    """A choice for each participant invited. Field names carry the invitation's id."""
    asked = {
        f"at_{one.id.hex}": fields.PickField(
            names[one.participant_id],
            choices=[(how.value, in_words.ATTENDANCE[how]) for how in Attendance],
            default=one.attendance.value if one.attendance else None,
        )
        for one in invitations
    }
    return type("AttendanceForm", (Form,), asked)


def attendance_of(form: Form, invitations: Sequence[Invitation]) -> dict[UUID, Attendance | None]:
    chosen = {one.id: form[f"at_{one.id.hex}"].data for one in invitations}
    return {key: Attendance(how) if how else None for key, how in chosen.items()}


# --- outcomes -----------------------------------------------------------------------------------------------------


def outcome_form(
    languages: Sequence[str], participants: Choices, items: Choices, *, confirmed_at_once: bool = False
) -> type[Form]:
    """The form of an outcome; where nothing may stand as a draft, with the chair's confirmation in it."""

    class OutcomeForm(QueriesNames):
        kind = fields.ChoiceField(
            _l("Kind"),
            [Needed(_l("Choose what kind of outcome it is"))],
            choices=[(kind, in_words.OUTCOME_KIND[kind]) for kind in OUTCOME_KINDS],
        )
        operative_verb = fields.ChoiceField(
            _l("How it begins"), [Optional()], choices=list(in_words.VERB.items()), blank=_l("with its own words")
        )
        text = fields.LocalTextField(
            _l("Words of the outcome"),
            [Needed(_l("Write down what the meeting produced, one outcome at a time"))],
            languages=languages,
            longest=fields.TEXT_LENGTH,
            rows=4,
        )
        addressed_to = fields.PickField(_l("It speaks to"), choices=list(in_words.ADDRESSED.items()))
        addressees = fields.PicksField(_l("Participants it speaks to"), choices=participants)
        due_on = fields.DayField(_l("Due on"), [Optional()])
        item = fields.ChoiceField(_l("Agenda item"), [Optional()], choices=items)

    if not confirmed_at_once:
        return OutcomeForm
    return type("ConfirmedOutcomeForm", (OutcomeForm,), _confirmation_fields(participants, ask_word=True))


def rule_form(rules: Sequence[AttributionRule]) -> type[Form]:
    """The attribution rule of a meeting that is announced or held."""

    class RuleForm(Form):
        attribution = fields.PickField(
            _l("Attribution rule"),
            [Needed(_l("Choose the rule"))],
            choices=[(rule.value, _ruled(rule)) for rule in rules],
        )

    return RuleForm


def confirmation_form(languages: Sequence[str], participants: Choices, *, ask_word: bool) -> type[Form]:
    """The chair's confirmation; `ask_word` where the secretariat notes it."""

    class ConfirmationForm(QueriesNames):
        statement_of = fields.ChoiceField(
            _l("A reservation or explanation of position of"), [Optional()], choices=participants, blank=_l("nobody")
        )
        statement_kind = fields.PickField(
            _l("It is"),
            choices=[
                (StatementKind.RESERVATION.value, _l("a reservation")),
                (StatementKind.EXPLANATION.value, _l("an explanation of position")),
            ],
        )
        statement = fields.LocalTextField(
            _l("Its words, kept as given"), [Optional()], languages=languages, longest=fields.TEXT_LENGTH, rows=3
        )

    return type("ConfirmForm", (ConfirmationForm,), _confirmation_fields(participants, ask_word=ask_word))


def _confirmation_fields(participants: Choices, *, ask_word: bool) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "adoption": fields.PickField(
            _l("How it stands"),
            [Needed(_l("Choose how the outcome came to stand"))],
            choices=list(in_words.ADOPTION.items()),
        ),
        "named": fields.PicksField(_l("By these participants alone"), choices=participants),
    }
    if ask_word:
        asked["word"] = fields.TextField(
            _l("How the chair confirmed it"),
            [Needed(_l("Say how the chair confirmed, for example: in the room, at the closing session"))],
            longest=500,
        )
    return asked


def outcome_words(form: Form) -> OutcomeWords:
    data = form.data
    return OutcomeWords(
        kind=data["kind"],
        text=data["text"],
        operative_verb=data["operative_verb"] or "",
        addressed_to=Addressed(data["addressed_to"]) if data["addressed_to"] else None,
        addressees=tuple(UUID(one) for one in data["addressees"] or ()),
        due_on=data["due_on"],
        item_id=_uuid(data["item"]),
    )


def confirmation_of(form: Form) -> Confirmation:
    """What the form says of the confirmation. Raises Refused for a statement without its words or its kind."""
    data = form.data
    statements: tuple[Statement, ...] = ()
    if data.get("statement_of") or data.get("statement"):
        if not (data["statement_of"] and data["statement"] and data["statement_kind"]):
            raise Refused(
                _("A reservation or explanation needs whose it is, which of the two, and its words"), "statement"
            )
        kind = StatementKind(data["statement_kind"])
        statements = (Statement(participant=UUID(data["statement_of"]), kind=kind, text=data["statement"]),)
    return Confirmation(
        adoption=Adoption(data["adoption"]),
        named=tuple(UUID(one) for one in data["named"] or ()),
        word=data.get("word") or "",
        statements=statements,
    )


@dataclass(frozen=True)
class OutcomeValues:
    """An outcome as its form shows it."""

    version: int
    kind: str
    operative_verb: str
    text: LocalText
    addressed_to: str | None
    addressees: Sequence[str]
    due_on: Any
    item: UUID | None


def outcome_values(outcome: Outcome) -> OutcomeValues:
    addressees = [str(one.participant_id) for one in outcome.parties_as(PartyRole.ADDRESSEE)]
    return OutcomeValues(
        version=outcome.version,
        kind=outcome.kind,
        operative_verb=outcome.operative_verb,
        text=outcome.text,
        addressed_to=outcome.addressed_to or None,
        addressees=addressees,
        due_on=outcome.due_on,
        item=outcome.item_id,
    )


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None
