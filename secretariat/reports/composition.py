"""What a progress report says: pure. From what was told of each commitment to the four places it can stand in.

Every commitment of the period stands in exactly one place: a step was reported, a step is still to come, withdrawn,
or not yet reported. The last is the absence of a word confirmed since the period began; it is never added to any
other. What was completed or withdrawn before the period began, and of which nothing was said since, is not reported
on again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from secretariat.core.localtext import LocalText
from secretariat.plans.status import CLOSED, NOT_YET_REPORTED, STILL_TO_COME, Status, UpdateState, in_force


class Edition(StrEnum):
    """For whom words are composed, from the fewest readers to the most."""

    MEMBERS = "members"
    PARTICIPANTS = "participants"
    PUBLIC = "public"


class Place(StrEnum):
    """Where a commitment stands in a report."""

    STEP = "step"
    STILL_TO_COME = "still_to_come"
    WITHDRAWN = "withdrawn"
    NOT_YET_REPORTED = "not_yet_reported"


@dataclass(frozen=True, slots=True)
class Told:
    """One confirmed statement, with what stands beside it for the readers of the edition."""

    status: Status
    stated_at: datetime
    entered_at: datetime
    confirmed_at: datetime
    step: LocalText | None = None
    postponed_to: date | None = None
    obstacle: LocalText | None = None
    support: LocalText | None = None
    evidence: tuple[str, ...] = ()
    state: UpdateState = UpdateState.CONFIRMED
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Revised:
    """A change of words or date by the participant."""

    at: datetime
    due_before: date | None
    due_after: date | None
    words_changed: bool
    reason: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one commitment."""

    number: str
    area: UUID | None
    participant: UUID
    words: LocalText
    due_on: date | None
    accepted_at: datetime
    told: Sequence[Told] = ()
    revised: Sequence[Revised] = ()
    id: UUID | None = None
    part: UUID | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One commitment in a report. `status` is that of the period; `known` and `known_on` the last before it.

    `commitment` and `update` are the rows it comes from, so that the next report finds it again.
    """

    place: Place
    number: str
    area: str
    participant: str
    words: LocalText
    due_on: date | None
    is_new: bool
    status: str = NOT_YET_REPORTED
    said_on: date | None = None
    step: LocalText | None = None
    obstacle: LocalText | None = None
    support: LocalText | None = None
    evidence: tuple[str, ...] = ()
    moved_from: date | None = None
    moved_to: date | None = None
    revised_on: date | None = None
    reason: LocalText | None = None
    known: str = ""
    known_on: date | None = None
    commitment: str = ""
    update: str = ""
    part: str = ""

    @property
    def is_completed(self) -> bool:
        return self.status == Status.COMPLETED.value

    @property
    def is_revised(self) -> bool:
        return self.revised_on is not None


def entry(facts: Facts, begins: datetime, ends: datetime) -> Entry | None:
    """Where a commitment stands in the report of a period, `begins` included, `ends` not; None where not in it."""
    told = [one for one in facts.told if one.confirmed_at < ends]
    before = in_force([one for one in told if one.confirmed_at < begins])
    during = in_force([one for one in told if one.confirmed_at >= begins])
    if facts.accepted_at >= ends:
        return None
    if during is None and before is not None and before.status in CLOSED:
        return None
    revised = max((one for one in facts.revised if begins <= one.at < ends), key=lambda one: one.at, default=None)
    return Entry(
        place=_place(during),
        number=facts.number,
        area=str(facts.area or ""),
        participant=str(facts.participant),
        words=facts.words,
        due_on=facts.due_on,
        is_new=facts.accepted_at >= begins,
        status=during.status.value if during else NOT_YET_REPORTED,
        said_on=during.stated_at.date() if during else None,
        step=during.step if during else None,
        obstacle=during.obstacle if during else None,
        support=during.support if during else None,
        evidence=during.evidence if during else (),
        moved_from=revised.due_before if revised and revised.due_before != revised.due_after else None,
        moved_to=revised.due_after if revised and revised.due_before != revised.due_after else None,
        revised_on=revised.at.date() if revised else None,
        reason=revised.reason if revised else None,
        known=before.status.value if before and during is None else "",
        known_on=before.stated_at.date() if before and during is None else None,
        commitment=str(facts.id or ""),
        update=str(during.id or "") if during else "",
        part=str(facts.part or ""),
    )


def _place(during: Told | None) -> Place:
    if during is None:
        return Place.NOT_YET_REPORTED
    if during.status is Status.WITHDRAWN:
        return Place.WITHDRAWN
    return Place.STILL_TO_COME if during.status in STILL_TO_COME else Place.STEP


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the plan, as it stood when the report was made."""

    id: str
    number: str
    title: LocalText


@dataclass(frozen=True, slots=True)
class Part:
    """An objective or activity of the plan; `area` is the id of its area, empty where it stands in none."""

    id: str
    area: str
    number: str
    title: LocalText
    is_activity: bool


@dataclass(frozen=True, slots=True)
class Produced:
    """An outcome of the period, with the meeting it comes from where the readers know of it."""

    text: LocalText
    confirmed_on: date
    meeting: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A goal of an outside framework, and the objectives of the plan that answer to it."""

    framework: LocalText
    number: str
    title: LocalText
    objectives: tuple[str, ...]
    """Ids of parts."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a participant said in the period that it was given: for which commitment, and by whom where the readers know
    of it - by language, or a name that is the same in each."""

    number: str
    participant: str
    words: LocalText
    giver: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Built:
    """What a participant said in the period that its people could use of a workshop."""

    participant: str
    words: LocalText
    workshop: LocalText
    held_on: date


@dataclass(frozen=True)
class Before:
    """What the last edition of the same kind said, as far as this one looks back on it."""

    to_on: date
    status: Mapping[str, str]
    """Of each commitment it spoke of."""
    counts: Mapping[str, Mapping[str, int]]
    """Of each area, how many commitments had which status."""

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Before:
        """From what was frozen with it."""
        counts: dict[str, dict[str, int]] = {}
        for one in content["entries"]:
            area = counts.setdefault(one["area"], {})
            area[one["status"]] = area.get(one["status"], 0) + 1
        status = {one["commitment"]: one["status"] for one in content["entries"] if one.get("commitment")}
        return cls(date.fromisoformat(content["to_on"]), status, counts)


@dataclass(frozen=True, slots=True)
class Changed:
    """A commitment of which something else is said now than in the last report."""

    entry: Entry
    then: str

    @property
    def participant(self) -> str:
        return self.entry.participant


@dataclass(frozen=True, slots=True)
class Named:
    """A participant's name and its place in the alphabet of a language."""

    name: str
    rank: int


class _Participants(Protocol):
    @property
    def participant(self) -> str: ...


_Of = TypeVar("_Of", bound=_Participants)


@dataclass(frozen=True)
class Composition:
    """A report in data: what it covers, its entries in the order of the plan, areas and names per language.

    `remarks` are the secretariat's on areas, by their id. An edition of activities and outcomes alone says so by
    `tells_status`, and has no entries.
    """

    title: LocalText
    from_on: date
    to_on: date
    entries: tuple[Entry, ...]
    areas: tuple[Area, ...] = ()
    names: Mapping[str, Mapping[str, Named]] = field(default_factory=dict)
    introduction: LocalText | None = None
    edition: Edition = Edition.MEMBERS
    parts: tuple[Part, ...] = ()
    remarks: Mapping[str, LocalText] = field(default_factory=dict)
    before: Before | None = None
    outcomes: tuple[Produced, ...] = ()
    tells_status: bool = True
    given: tuple[Given, ...] = ()
    outside: tuple[Answered, ...] = ()
    built: tuple[Built, ...] = ()

    def part(self, key: str) -> Part:
        """An objective or activity by its id."""
        return next(one for one in self.parts if one.id == key)

    @property
    def changed(self) -> list[Changed]:
        """Commitments of which something else was reported than last time. Silence is no change: what was not reported
        on in this period is not among them, and stands in its own place."""
        before = self.before.status if self.before else {}
        return [
            Changed(one, before[one.commitment])
            for one in self.entries
            if one.place is not Place.NOT_YET_REPORTED and before.get(one.commitment, one.status) != one.status
        ]

    def activities(self, area: str) -> list[Part]:
        """The activities of an area, in the order of the plan."""
        return [one for one in self.parts if one.is_activity and one.area == area]

    def at(self, place: Place | str, area: str | None = None) -> list[Entry]:
        """Entries at one place, of one area where it is given."""
        return [one for one in self.entries if one.place == place and (area is None or one.area == area)]

    @property
    def completed(self) -> list[Entry]:
        return [one for one in self.entries if one.is_completed]

    @property
    def revised(self) -> list[Entry]:
        """Those whose words or date their participant changed; they stand at their own place too."""
        return [one for one in self.entries if one.is_revised]

    @property
    def new(self) -> list[Entry]:
        return [one for one in self.entries if one.is_new]

    @property
    def asking_support(self) -> list[Entry]:
        return [one for one in self.entries if one.support is not None]

    def counts(self, area: str) -> dict[str, int]:
        """How many commitments of an area have which status in this report."""
        found: dict[str, int] = {}
        for one in self.entries:
            if one.area == area:
                found[one.status] = found.get(one.status, 0) + 1
        return found

    def of(self, participant: UUID) -> list[Entry]:
        """The entries of one participant, in the order of the plan."""
        return [one for one in self.entries if one.participant == str(participant)]

    def areas_reported(self) -> list[Area]:
        """The areas that have entries, in order; the plan as a whole last, without number and title."""
        used = {one.area for one in self.entries}
        whole = [Area("", "", LocalText({}, "en"))] if "" in used else []
        return [area for area in self.areas if area.id in used] + whole

    def name(self, participant: str, language: str) -> str:
        """What a participant is called in a language."""
        return self.names[language][participant].name

    def by_name(self, entries: Iterable[_Of], language: str) -> list[_Of]:
        """Entries in alphabetical order of their participants in a language, each one's in the order of the plan."""
        return sorted(entries, key=lambda one: self.names[language][one.participant].rank)

    def participants(self, language: str) -> list[str]:
        """Participants with entries, in alphabetical order of a language."""
        used = {one.participant for one in self.entries}
        return sorted(used, key=lambda one: self.names[language][one].rank)

    def to_json(self) -> dict[str, Any]:
        """The data as they are frozen."""
        return {
            "title": self.title.to_json(),
            "from_on": self.from_on.isoformat(),
            "to_on": self.to_on.isoformat(),
            "entries": [_to_json(one) for one in self.entries],
            "areas": [{"id": one.id, "number": one.number, "title": one.title.to_json()} for one in self.areas],
            "names": {
                language: {key: [named.name, named.rank] for key, named in sorted(names.items())}
                for language, names in sorted(self.names.items())
            },
            "introduction": self.introduction.to_json() if self.introduction else None,
            "edition": self.edition.value,
            "parts": [_to_json(one) for one in self.parts],
            "remarks": {area: words.to_json() for area, words in sorted(self.remarks.items())},
            "before": self.before.to_on.isoformat() if self.before else None,
            "outcomes": [_to_json(one) for one in self.outcomes],
            "tells_status": self.tells_status,
            "given": [{**_to_json(one), "giver": dict(sorted(one.giver.items()))} for one in self.given],
            "outside": [{**_to_json(one), "objectives": list(one.objectives)} for one in self.outside],
            **({"built": [_to_json(one) for one in self.built]} if self.built else {}),
        }


def _to_json(one: Entry | Part | Produced | Given | Answered | Built) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, LocalText):
            return value.to_json()
        return value.isoformat() if isinstance(value, date) else value

    # What names no evidence is written as before there was any, so that what a participant said of it still holds.
    said = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return {name: plain(value) for name, value in said.items() if value != ()}


def seen(entries: Iterable[Entry]) -> str:
    """What a participant was shown of its entries, in a word: another one if any of them changes."""
    return hashlib.sha256(json.dumps([_to_json(one) for one in entries], sort_keys=True).encode()).hexdigest()


def digest(content: Mapping[str, Any], texts: Mapping[str, str]) -> str:
    """The SHA-256 over data and words as they are frozen; whoever holds both can work it out again."""
    whole = json.dumps({"content": content, "texts": texts}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
