"""What one asker is told of the labels a thing has had, and which it had on a day.

Of the past one is told what stood under labels one satisfies today: what was then for other readers is for them still,
with who set it and why. A day on which a thing was for others, and a day on which it was not made yet, read alike to
whoever could not have read it at first; who could is told the day it was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from secretariat.confidentiality.telling import may_know
from secretariat.core.database import Labelled
from secretariat.core.labelling import Labelling, label_history
from secretariat.core.labels import LabelValue, may_read
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.dates import in_reader_zone
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Hat
from secretariat.core.wording import ShownLabel
from secretariat.directory.models import ContactCard
from secretariat.processes.wording import labels_in_words

_WHYS: dict[str, Any] = {
    "made": "",
    "agenda item changed": _l("The agenda item was changed."),
    "confirmed by its participant": _l("Its participant confirmed it."),
    "confirmed by the chair": _l("The chair confirmed it."),
    "invitation answered": _l("The invitation was answered."),
    "its owner chose who sees it": _l("Its owner chose who sees it."),
    "meeting announced": _l("The meeting was announced."),
    "meeting cancelled": _l("The meeting was cancelled."),
    "meeting postponed": _l("The meeting was postponed."),
    "public page": _l("The public page was opened or closed."),
    "readers changed": _l("Its readers were chosen anew."),
    "readers of the notice changed": _l("The readers of the notice were chosen anew."),
    "text written anew": _l("The text was written anew."),
    "a track was opened": _l("A side of the process was opened."),
}
"""Reasons the product gives by itself; others are the words of whoever acted."""


@dataclass(frozen=True, slots=True)
class Told:
    """One act on a label as the asker is told of it: `before` is empty where it was made, or was for others before."""

    at: datetime
    before: tuple[ShownLabel, ...]
    after: tuple[ShownLabel, ...]
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class OnDay:
    """What can be said of a thing on a day. Without `label` nothing; `made_at` then says since when there is something,
    where the asker may know; `changed` says that the label was another earlier that day."""

    day: date
    label: LabelValue | None
    made_at: datetime | None = None
    changed: bool = False


class LabelsOf:
    """The labels of one thing, first to last, for one asker; one reading of its history."""

    def __init__(self, session: ViewerSession, thing: Labelled) -> None:
        self._session = session
        self._all = label_history(session, thing)
        self._sees = [may_read(session.viewer, one.label) for one in self._all]

    def told(self, process: UUID) -> list[Told]:
        """What the asker may know of, the latest first."""
        seen = [(place, one) for place, one in enumerate(self._all) if self._sees[place]]
        words = labels_in_words(self._session, [one.label for _, one in seen])
        acting = _acting(self._session, [one for _, one in seen], process)
        found = []
        for place, one in seen:
            before = self._all[place - 1] if place and self._sees[place - 1] else None
            found.append(
                Told(one.at, words[before.label] if before else (), words[one.label], acting(one), _why(one.why))
            )
        return found[::-1]

    def on(self, day: date) -> OnDay:
        """The label at the end of a day on the reader's clock, as far as the asker may know of it."""
        days = [in_reader_zone(one.at).date() for one in self._all]
        held = [place for place, changed_on in enumerate(days) if changed_on <= day]
        if held and self._sees[held[-1]]:
            changed = [place for place in held[1:] if days[place] == day and self._sees[place - 1]]
            return OnDay(day, self._all[held[-1]].label, changed=bool(changed))
        made = self._all[0].at if self._all and self._sees[0] and not held else None
        return OnDay(day, None, made_at=made)


class _Acting:
    """Who acted, in words: by name where the card is read, for whom where that may be known."""

    def __init__(self, names: dict[UUID, str], hats: dict[Hat, str]) -> None:
        self._names, self._hats = names, hats

    def __call__(self, one: Labelling) -> str:
        hat = self._hats.get(_hat(one.by_hat) or Hat.parse("nobody"), "")
        name = self._names.get(one.by_person, "") if one.by_person else ""
        if name and hat:
            return _("%(person)s, for %(whom)s", person=name, whom=hat)
        return name or hat


def _acting(session: ViewerSession, acts: Sequence[Labelling], process: UUID) -> _Acting:
    persons = sorted({one.by_person for one in acts if one.by_person}, key=str)
    cards = session.scalars(
        select(ContactCard).where(ContactCard.person_id.in_(persons), ContactCard.process_id == process)
    )
    names = {card.person_id: card.name for card in cards}
    return _Acting(names, may_know(session, _hats(acts), process))


def _hats(acts: Iterable[Labelling]) -> set[Hat]:
    return {hat for one in acts if (hat := _hat(one.by_hat)) is not None}


def _hat(text: str) -> Hat | None:
    try:
        return Hat.parse(text)
    except ValueError:
        return None  # the product itself


def _why(why: str) -> str:
    return str(_WHYS.get(why, why))
