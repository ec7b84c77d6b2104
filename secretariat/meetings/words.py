"""Meetings in words: days, place, kinds and rules, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

from secretariat.core.dates import PartialDate
from secretariat.core.languages import LANGUAGES, dates, lazy_pgettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.meetings.models import (
    Addressed,
    Adoption,
    AgendaItem,
    Attendance,
    AttributionRule,
    DelegateRole,
    ItemState,
    MeetingState,
)
from secretariat.processes.models import StandingKind
from secretariat.processes.words import STANDINGS


class Placed(Protocol):
    """A meeting or the notice of one, as far as days and place go."""

    @property
    def starts_on(self) -> PartialDate | None: ...
    @property
    def ends_on(self) -> PartialDate | None: ...
    @property
    def place(self) -> LocalText | None: ...
    @property
    def is_online(self) -> bool: ...


ATTRIBUTION: dict[AttributionRule, Any] = {
    AttributionRule.OPEN: _l("Open"),
    AttributionRule.CHATHAM_HOUSE: _l("Chatham House rule"),
    AttributionRule.OFF_THE_RECORD: _l("Off the record"),
}
ATTRIBUTION_MEANS: dict[AttributionRule, Any] = {
    AttributionRule.OPEN: _l("What is said, and by whom, may be recorded."),
    AttributionRule.CHATHAM_HOUSE: _l("What is said may be used; who said it is not recorded."),
    AttributionRule.OFF_THE_RECORD: _l(
        "Nothing that is said is written down; outcomes only as the chair confirms them."
    ),
}
STATE: dict[MeetingState, Any] = {
    MeetingState.DRAFT: lazy_pgettext("meeting", "Draft"),
    MeetingState.ANNOUNCED: lazy_pgettext("meeting", "Announced"),
    MeetingState.HELD: lazy_pgettext("meeting", "Held"),
    MeetingState.CLOSED: lazy_pgettext("meeting", "Closed"),
    MeetingState.POSTPONED: lazy_pgettext("meeting", "Postponed"),
    MeetingState.CANCELLED: lazy_pgettext("meeting", "Cancelled"),
}
STANDING: dict[StandingKind, Any] = {
    StandingKind.MEMBER: _l("Members"),
    StandingKind.OBSERVER: _l("Observers"),
    StandingKind.PARTNER: _l("Partners"),
    StandingKind.PARTICIPANT: _l("Participants"),
    StandingKind.PARTNER_FOR_ACTIVITIES: _l("Partners for activities"),
    StandingKind.INVITED_AD_HOC: _l("Invited ad hoc"),
    StandingKind.CANDIDATE: _l("Candidates"),
    StandingKind.SUSPENDED: _l("Suspended"),
    StandingKind.FORMER: _l("Former"),
}
"""Standings as headings of groups, in the order in which they stand."""
ATTENDANCE: dict[Attendance, Any] = {
    Attendance.PRESENT: _l("Present"),
    Attendance.REPRESENTED: _l("Represented"),
    Attendance.REGRETS: _l("Regrets"),
    Attendance.NOT_REPRESENTED: _l("Not represented"),
}
ROLE: dict[DelegateRole, Any] = {
    DelegateRole.HEAD: _l("Head of delegation"),
    DelegateRole.DELEGATE: lazy_pgettext("in a delegation", "Delegate"),
    DelegateRole.ADVISER: lazy_pgettext("in a delegation", "Adviser"),
}
ITEM_STATE: dict[ItemState, Any] = {
    ItemState.PREPARED: _l("Being prepared"),
    ItemState.PROPOSED: _l("Awaiting the chair"),
    ItemState.TAKEN_UP: _l("Taken up"),
    ItemState.NOT_TAKEN_UP: _l("Not taken up this time"),
    ItemState.WITHDRAWN: lazy_pgettext("proposed item", "Withdrawn"),
}
ADOPTION: dict[Adoption, Any] = {
    Adoption.CONSENSUS: _l("By consensus"),
    Adoption.AD_REFERENDUM: _l("Ad referendum"),
    Adoption.CHAIRS_SUMMARY: _l("As a summary of the chair"),
    Adoption.NAMED_PARTICIPANTS: _l("By the participants named"),
}
ADDRESSED: dict[Addressed, Any] = {
    Addressed.MEMBERS: _l("All members"),
    Addressed.SECRETARIAT: _l("The Secretariat"),
    Addressed.CHAIR: _l("The chair"),
    Addressed.PARTICIPANTS: _l("Single participants"),
}
OUTCOME_KIND: dict[str, Any] = {
    "declaration": _l("Declaration"),
    "recommendation": _l("Recommendation"),
    "decision": _l("Decision"),
    "guideline": _l("Guideline"),
    "conclusion": _l("Conclusion"),
    "request": _l("Request"),
    "action_point": _l("Action point"),
    "agreement": _l("Agreement"),
    "common-position": _l("Common position"),
    "database": _l("Database"),
    "guidelines": _l("Guidelines"),
    "legislation": _l("Legislation"),
    "memorandum": _l("Memorandum"),
    "model-legislation": _l("Model legislation"),
    "plan-of-action": _l("Plan of action"),
    "programme": _l("Programme"),
    "project": _l("Project"),
    "recommendations": _l("Recommendations"),
    "study": _l("Study"),
}
VERB: dict[str, Any] = {
    "agreed": _l("The meeting agreed"),
    "decided": _l("The meeting decided"),
    "recommended": _l("The meeting recommended"),
    "requested": _l("The meeting requested"),
    "encouraged": _l("The meeting encouraged"),
    "welcomed": _l("The meeting welcomed"),
    "took_note": _l("The meeting took note"),
}


def spoken(codes: Iterable[str]) -> list[str]:
    """Those of these languages that the product speaks; all of them where it speaks none."""
    return [code for code in codes if code in LANGUAGES] or list(LANGUAGES)


def outcome_kind(kind: str) -> str:
    """A kind in words; one that only a source knows stays as it is written there."""
    return str(OUTCOME_KIND.get(kind, kind.replace("-", " ").replace("_", " ")))


def item_in_words(item: AgendaItem) -> str:
    """`3. Review of the plan`, `3.1. The workshop`; a break has its words alone."""
    words = local_text(item.title)
    return _("%(number)s. %(title)s", number=item.place, title=words) if item.place else words


def place_in_words(meeting: Placed) -> str:
    """`Panama City`, `Panama City and online`, `Online`."""
    place = local_text(meeting.place)
    if place and meeting.is_online:
        return _("%(place)s and online", place=place)
    return place or (_("Online") if meeting.is_online else "")


def first_and_last(meeting: Placed) -> tuple[date, date] | None:
    """The days of a meeting, where they are known to the day."""
    if meeting.starts_on is None or meeting.starts_on.precision != "day":
        return None
    return meeting.starts_on.first_day, (meeting.ends_on or meeting.starts_on).last_day


def days_in_words(meeting: Placed) -> str:
    """`14–15 April 2026`, or as precise as it is known."""
    days = first_and_last(meeting)
    if days is not None:
        return dates.days_text(*days)
    return dates.partial_date_text(meeting.starts_on) if meeting.starts_on is not None else ""


def standing_words(standing: str) -> str:
    """The standing of one participant in words, as on a list; empty where it has none."""
    known = {kind.value: words for kind, words in STANDINGS.items()}
    return str(known[standing]) if standing in known else ""
