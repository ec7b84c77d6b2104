"""The forms of workshops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from wtforms import HiddenField

from secretariat.arrangements.service.workshops import SeatWords, WorkshopWords
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, NotBefore, Optional
from secretariat.pages.forms import Form

A_DAY = _l("Give the day, for example 26 March 2027")
MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


class WorkshopForm(Form):
    """A workshop: subject, days, place, places, and until when people are named."""

    title = fields.LocalTextField(_l("Subject"), [Needed(_l("Give the subject of the workshop"))])
    about = fields.LocalTextField(_l("What it is about, and for whom"), [Optional()], rows=4, longest=4000)
    starts_on = fields.DayField(_l("First day"), [Needed(A_DAY)])
    ends_on = fields.DayField(
        _l("Last day"), [Needed(A_DAY), NotBefore("starts_on", _l("The last day lies before the first; look at both"))]
    )
    place = fields.LocalTextField(_l("Place"), [Optional()])
    places_each = fields.NumberField(
        _l("Places for each participant"), [Needed(_l("Give a number of places"))], least=1, most=20
    )
    nominate_by = fields.DayField(_l("People are named until"), [Needed(A_DAY)])
    paid_by = fields.TextField(_l("Who pays the seats"), [Optional()])

    @property
    def words(self) -> WorkshopWords:
        data = self.data
        return WorkshopWords(
            title=data["title"],
            about=data["about"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            place=data["place"],
            places_each=int(data["places_each"]),
            nominate_by=data["nominate_by"],
            paid_by=data["paid_by"] or "",
        )


class SeatForm(Form):
    """A person who is named."""

    name = fields.TextField(_l("Name"), [Needed(_l("Give the name, as it is to stand on the certificate"))])
    function = fields.TextField(_l("Function"), [Optional()])
    body = fields.TextField(_l("Ministry or institution"), [Optional()])


class ResourceForm(SeatForm):
    """A resource person or academic, in a personal capacity."""

    paid_by = fields.TextField(_l("Who pays this seat"), [Optional()])
    address = fields.MailField(
        _l("E-mail address"),
        [Optional()],
        longest=254,
        description=_l("Given one, the person is written to at once, with a link to the invitation."),
    )


class InviteForm(Form):
    """Where a resource person is written to."""

    address = fields.MailField(
        _l("E-mail address"), [Needed(_l("Give the address of this person, for example name@university.example"))],
        longest=254,
    )  # fmt: skip


class InvitedForm(Form):
    """What a resource person answers."""

    comes = fields.PickField(
        _l("Your answer"),
        [Needed(_l("Choose an answer"))],
        choices=[("yes", _l("I come")), ("no", _l("I cannot come"))],
    )
    word = fields.LongTextField(_l("A word to the Secretariat"), [Optional()], longest=1000)


def seat_words(form: Form) -> SeatWords:
    """Who was typed."""
    data = form.data
    return SeatWords(
        name=data["name"],
        function=data["function"] or "",
        body=data["body"] or "",
        paid_by=data.get("paid_by") or "",
    )


def ticked_form(words: Any, choices: Iterable[tuple[Any, Any]]) -> type[Form]:
    """Whom to ask, who comes, who came."""

    class TickedForm(Form):
        chosen = fields.PicksField(words, [Optional()], choices=list(choices))

    return TickedForm


def choosing_form(people: Iterable[tuple[Any, Any]]) -> type[Form]:
    """Who comes, and for whom there is no place; the others stand in reserve."""
    offered = list(people)

    class ChoosingForm(ticked_form(_l("Who comes"), offered)):  # type: ignore[misc]
        not_chosen = fields.PicksField(
            _l("Who is not chosen"),
            [Optional()],
            choices=offered,
            description=_l("Told so, and not asked when a place falls free. Whoever is ticked nowhere is in reserve."),
        )
        ends_call = fields.YesField(_l("The call ends now"))
        beyond = fields.YesField(_l("More come than there are places, and this is meant"))
        beyond_of = HiddenField()

        def is_beyond(self, over: Mapping[UUID, int]) -> bool:
            """Whether its sender said that just these come beyond their places; notes which are asked about now."""
            told = " ".join(f"{key}:{number}" for key, number in sorted(over.items(), key=str))
            before, self.beyond_of.data = self.beyond_of.data, told
            self.beyond.data = bool(self.beyond.data) and before == told
            return bool(self.beyond.data)

    return ChoosingForm


def ticked(form: Form, name: str = "chosen") -> set[UUID]:
    return {UUID(one) for one in form[name].data or ()}


class EvaluationForm(Form):
    """The paper of one who came."""

    useful = fields.PickField(_l("Useful for one's work"), [Needed(_l("Mark from one to five"))], choices=MARKS)
    taught = fields.PickField(_l("Well taught"), [Needed(_l("Mark from one to five"))], choices=MARKS)
    organized = fields.PickField(_l("Well organized"), [Needed(_l("Mark from one to five"))], choices=MARKS)
    remark = fields.LongTextField(_l("A remark, without names"), [Optional()], longest=1000)

    @property
    def marks(self) -> list[int]:
        return [int(self[name].data) for name in ("useful", "taught", "organized")]


class UseForm(Form):
    """What could be used, half a year later."""

    words = fields.LongTextField(
        _l("What could your people use of it?"), [Needed(_l("Say in a sentence what could be used"))], longest=2000
    )

    def said(self, language: str) -> LocalText:
        return LocalText.of(self["words"].data, language)


class NobodyForm(Form):
    """A press that says it all."""

    nobody = fields.TextField("", [Either()])
