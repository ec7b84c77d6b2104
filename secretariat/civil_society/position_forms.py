"""The forms of positions: until when they are signed, dissent, what became of them, and as what they are sent."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace

from secretariat.civil_society import words as in_words
from secretariat.civil_society.models import AdoptsBy, Ballots, EngagementRules
from secretariat.civil_society.position_models import Position, PositionDissent
from secretariat.civil_society.service.positions import LONGEST_DISSENT, SENT_AS, Dissent, Settled
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import language_name
from secretariat.pages import fields
from secretariat.pages.fields import Either, Needed, Optional
from secretariat.pages.forms import Form
from secretariat.texts.deadline import Deadline


class AdoptionForm(Form):
    """By what rule a network adopts its positions, and votes who goes."""

    adopts_by = fields.PickField(
        _l("How positions are adopted"),
        [Needed(_l("Choose how positions are adopted"))],
        choices=[(one.value, in_words.ADOPTS_BY_HINT[one]) for one in AdoptsBy],
    )
    ballots = fields.PickField(
        _l("How it is voted who goes"),
        [Needed(_l("Choose how it is voted who goes"))],
        choices=[(one.value, in_words.BALLOTS[one]) for one in Ballots],
    )


def adoption_values(rules: EngagementRules | None) -> SimpleNamespace:
    """The rule as its form shows it."""
    if rules is None:
        return SimpleNamespace(version="", adopts_by=AdoptsBy.CONSENSUS.value, ballots=Ballots.EITHER.value)
    return SimpleNamespace(version=rules.version, adopts_by=rules.adopts_by.value, ballots=rules.ballots.value)


class EndForm(Form):
    """Until when a position is signed."""

    ends_on = fields.DayField(_l("Signed until"), [Needed(_l("Give the day, for example 26 March 2027"))])
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


def end_values(one: Position) -> SimpleNamespace:
    """The present end as its form shows it."""
    return SimpleNamespace(version=one.version, ends_on=one.ends_on, ends_hour=one.ends_hour, zone=one.zone)


def dissent_form(languages: Iterable[str]) -> type[Form]:
    """What an organization asks to have on record."""

    class DissentForm(Form):
        words = fields.LongTextField(
            _l("What is to stand on record"), [Needed(_l("Write what is to stand on record"))], longest=LONGEST_DISSENT
        )
        language = fields.ChoiceField(
            _l("It is written in"),
            [Needed(_l("Choose the language"))],
            choices=[(code, language_name(code)) for code in languages],
        )
        objects = fields.YesField(_l("My organization objects: it asks that the position not be adopted"))
        goes_along = fields.YesField(_l("It goes along when the position is sent, with the name of my organization"))

    return DissentForm


def dissent_values(one: PositionDissent | None) -> SimpleNamespace | None:
    """What is on record, as its form shows it."""
    if one is None:
        return None
    return SimpleNamespace(
        version=one.version, words=one.words, language=one.language, objects=one.objects, goes_along=one.goes_along
    )


def dissent(form: Form) -> Dissent:
    """What the form of a dissent says."""
    return Dissent(
        words=form["words"].data,
        language=form["language"].data,
        objects=bool(form["objects"].data),
        goes_along=bool(form["goes_along"].data),
    )


ADOPTED, NOT_ADOPTED = "adopted", "not_adopted"


class SettleForm(Form):
    """What became of a position."""

    adopted = fields.PickField(
        _l("What became of it"),
        [Needed(_l("Choose what became of it"))],
        choices=[(ADOPTED, _l("It is adopted")), (NOT_ADOPTED, _l("It is not adopted"))],
    )
    on = fields.DayField(_l("On"), [Needed(_l("Give the day on which it was established"))])
    word = fields.TextField(
        _l("How it was established"), [Either()], longest=500,
        description=_l("For example: at the network's meeting in Panama, nobody objecting."),
    )  # fmt: skip

    @property
    def settled(self) -> Settled:
        """What was typed."""
        assert self.on.data is not None  # needed
        return Settled(adopted=self.adopted.data == ADOPTED, on=self.on.data, word=self.word.data or "")


class SendForm(Form):
    """As what a position is sent."""

    kind = fields.PickField(
        _l("What it is"),
        [Needed(_l("Choose what it is"))],
        choices=[(one.value, in_words.KIND[one]) for one in SENT_AS],
    )
    theme = fields.TextField(
        _l("Theme"), [Optional()], longest=200, description=_l("By it the submission finds who answers it.")
    )
