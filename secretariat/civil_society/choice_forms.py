"""The forms of choices: how many go and until when organizations are heard, whom they name, votes, and who goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import Ballots
from secretariat.civil_society.service.choosing import MOST_PLACES, Opened
from secretariat.core.languages import lazy_gettext as _l
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form

OPEN, SECRET = "open", "secret"


class OpenForm(Form):
    """How many go, and until when organizations name persons and vote; `ruled` is how, by the network's rule."""

    ruled: Ballots | None = None
    places = fields.NumberField(_l("How many go"), [Needed(_l("Give a number of persons"))], least=1, most=MOST_PLACES)
    named_until = fields.DayField(
        _l("Persons are named until"), [Needed(_l("Give the day, for example 26 March 2027"))]
    )
    ends_on = fields.DayField(
        _l("The vote ends on"), [Needed(_l("Give the day, for example 26 March 2027"))],
        description=_l("There is a vote where more are named than can go. The day counts in full."),
    )  # fmt: skip
    ballot = fields.PickField(
        _l("The vote is"),
        [Needed(_l("Choose how the vote is held"))],
        choices=[
            (OPEN, in_words.BALLOTS[Ballots.OPEN]),
            (SECRET, in_words.BALLOTS[Ballots.SECRET]),
        ],
    )

    @property
    def opened(self) -> Opened:
        """What was typed."""
        assert self.named_until.data is not None  # all are needed
        assert self.ends_on.data is not None
        return Opened(
            places=int(self.places.data or 1),
            named_until=self.named_until.data,
            ends_on=self.ends_on.data,
            secret=(self.ruled is Ballots.SECRET) if self.ruled is not None else self.ballot.data == SECRET,
        )


def open_form(rule: Ballots) -> type[Form]:
    """The same, without what the network's rule says already."""
    if rule is Ballots.EITHER:
        return OpenForm
    return cast("type[Form]", type("RuledForm", (OpenForm,), {"ballot": None, "ruled": rule}))


class ShiftForm(Form):
    """Until when organizations name persons and vote, where the meeting has moved."""

    named_until = fields.DayField(
        _l("Persons are named until"), [Needed(_l("Give the day, for example 26 March 2027"))]
    )
    ends_on = fields.DayField(
        _l("The vote ends on"), [Needed(_l("Give the day, for example 26 March 2027"))],
        description=_l("There is a vote where more are named than can go. The day counts in full."),
    )  # fmt: skip


class NameForm(Form):
    """Whom an organization names."""

    name = fields.TextField(_l("Name"), [Needed(_l("Give the name of a person"))], longest=120)
    function = fields.TextField(_l("Function and organization"), [Optional()], longest=160)


class CallOffForm(Form):
    """Why a choice is called off."""

    word = fields.TextField(_l("In a sentence, why"), [Needed(_l("Say why it is called off."))], longest=500)


def vote_form(candidates: Iterable[tuple[Any, Any]]) -> type[Form]:
    """Whom an organization votes for."""

    class VoteForm(Form):
        chosen = fields.PicksField(_l("Who goes"), [Needed(_l("Choose among those who are named"))], choices=candidates)

    return VoteForm


def settle_form(candidates: Iterable[tuple[Any, Any]], *, tied: bool) -> type[Form]:
    """Who goes; where some are tied, how that was settled."""

    class SettleForm(Form):
        chosen = fields.PicksField(_l("Who goes"), [Needed(_l("Choose among those who are named"))], choices=candidates)

    if not tied:
        return SettleForm
    word = fields.TextField(
        _l("How it was settled who of those who are tied goes"), [Either()], longest=500,
        description=_l("For example: by lot, at the network's meeting in Panama."),
    )  # fmt: skip
    return cast("type[Form]", type("TiedForm", (SettleForm,), {"word": word}))


def chosen(form: Form) -> set[UUID]:
    """Who was ticked."""
    return {UUID(one) for one in form["chosen"].data}
