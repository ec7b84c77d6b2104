"""Silence and adoption in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from secretariat.core import clock
from secretariat.core.days_off import country_of, holidays_in
from secretariat.core.languages import current_reading, dates, lazy_pgettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.words import list_text
from secretariat.texts.silence import HoldCause, ReactionKind, SilenceState
from secretariat.texts.silence_models import AdoptedBy, CapitalSays, ReasonsTo, StatementKind

STATE: Mapping[SilenceState, Any] = {
    SilenceState.RUNNING: lazy_pgettext("silence", "Running"),
    SilenceState.BROKEN: lazy_pgettext("silence", "Broken"),
    SilenceState.WAITING: lazy_pgettext("silence", "Not over for every member"),
    SilenceState.PASSED: lazy_pgettext("silence", "No objection"),
    SilenceState.CALLED_OFF: lazy_pgettext("silence", "Called off"),
}
MEANS: Mapping[SilenceState, Any] = {
    SilenceState.RUNNING: _l("It stands if no member objects before the hour. Who can accept it need do nothing."),
    SilenceState.BROKEN: _l("A member has objected in time. It does not stand; the Secretariat sees to the next step."),
    SilenceState.WAITING: _l("The hour has come, and for some members the time is not over. It does not stand yet."),
    SilenceState.PASSED: _l("It has ended for every member, and none has objected. The chair pronounces adoption."),
    SilenceState.CALLED_OFF: _l("This silence has no result. Nothing more is needed."),
}
REACTION: Mapping[ReactionKind, Any] = {
    ReactionKind.OBJECTION: lazy_pgettext("silence", "Objection"),
    ReactionKind.ASKS_FOR_TIME: lazy_pgettext("silence", "Asked for time"),
    ReactionKind.COMMENT: lazy_pgettext("silence", "Comment"),
    ReactionKind.INTERPRETATION: lazy_pgettext("silence", "Interpretative statement"),
    ReactionKind.EXPLANATION: lazy_pgettext("silence", "Explanation of position"),
}
CHOICES: Mapping[ReactionKind, Any] = {
    ReactionKind.OBJECTION: _l("Our government objects to the text; the silence is broken"),
    ReactionKind.ASKS_FOR_TIME: _l("Our government asks for more time"),
    ReactionKind.INTERPRETATION: _l("An interpretative statement, kept with the text; it does not stop it"),
    ReactionKind.EXPLANATION: _l("An explanation of position, kept with the text; it does not stop it"),
    ReactionKind.COMMENT: _l("A comment; it does not stop the text"),
}
HOLD: Mapping[HoldCause, Any] = {
    HoldCause.BOUNCED: _l("The notice did not arrive"),
    HoldCause.VACANT: _l("Nobody is named as focal point"),
    HoldCause.ASKED_FOR_TIME: _l("Has asked for time"),
}
REASONS: Mapping[ReasonsTo, Any] = {
    ReasonsTo.READERS: _l("Whoever reads the text reads who objects, and why"),
    ReasonsTo.SECRETARIAT: _l("The Secretariat reads who objects, and why; the others, that an objection has come"),
}
ADOPTED: Mapping[AdoptedBy, Any] = {
    AdoptedBy.CONSENSUS: _l("By consensus at a meeting"),
    AdoptedBy.AD_REFERENDUM: _l("Ad referendum, subject to the confirmation of capitals"),
    AdoptedBy.SILENCE: _l("By silence"),
    AdoptedBy.CLEARANCE: _l("Cleared by every member, for an outside forum"),
    AdoptedBy.CHAIRS_SUMMARY: _l("As a summary of the chair"),
    AdoptedBy.NAMED_PARTICIPANTS: _l("By the participants named, and by nobody else"),
}
ADOPTED_IN_PAIR: Mapping[AdoptedBy, Any] = {**ADOPTED, AdoptedBy.CHAIRS_SUMMARY: _l("As a summary of the co-chairs")}
STATEMENT: Mapping[StatementKind, Any] = {
    StatementKind.RESERVATION: lazy_pgettext("statement", "Reservation"),
    StatementKind.EXPLANATION: lazy_pgettext("silence", "Explanation of position"),
    StatementKind.INTERPRETATION: lazy_pgettext("silence", "Interpretative statement"),
}
CAPITAL: Mapping[CapitalSays, Any] = {
    CapitalSays.AWAITED: lazy_pgettext("capital", "Awaited"),
    CapitalSays.CONFIRMED: lazy_pgettext("capital", "Confirmed"),
    CapitalSays.NOT_CONFIRMED: lazy_pgettext("capital", "Not confirmed"),
}


MEMBERS_OBJECT = _l(
    "Members alone object, ask for time or make statements; as an observer you may comment, and the comment is read "
    "with the text."
)
"""To who is no member, and sends what members alone may say."""


def adopted(*, co_chaired: bool) -> Mapping[AdoptedBy, Any]:
    """How a text is adopted, where one presides or several do."""
    return ADOPTED_IN_PAIR if co_chaired else ADOPTED


def country_in_words(zone: str) -> str:
    """The country a zone lies in, in the reader's language; empty where it lies in none."""
    code = country_of(zone)
    return str(current_reading().language.locale.territories.get(code, code)) if code else ""


def left_out(days: Iterable[date], zone: str) -> str:
    """Days that were not counted, each holiday with its name."""
    country, language = country_of(zone), current_reading().language.code
    said = []
    for day in days:
        text = dates.day_text(day, today=clock.today(zone))
        holiday = next(iter(holidays_in(country, day, day, language)), None) if country else None
        said.append(_("%(day)s (%(holiday)s)", day=text, holiday=holiday.name) if holiday is not None else text)
    return list_text(said) if said else ""


def second_in_words(moment: datetime, zone: str) -> str:
    """The second on the wall of a place."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M:%S}"
