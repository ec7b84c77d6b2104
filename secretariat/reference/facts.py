"""What a process file tells, as a flat list of facts: each has a kind, a key that finds it again, and plain fields.

Pure: no database. Names of participants are resolved by the caller; a name that is none stays text. Facts are compared
with those of the last load, so that a second load changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from secretariat.core.dates import PartialDate
from secretariat.processes.models import BodyMembershipRule, StandingKind, TrackKind
from secretariat.reference.schema import BodyEntry, ChairHolder, ProcessFile, ProcessParticipant

GOVERNMENT = "government"
NETWORK_BODY = "civil-society-network"
STEERING_BODY = "steering-group"

Resolve = Callable[[str], str | None]
"""From a name to the key of the participant it names; None where it names none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing told: `kind` (participation, body ...), `key` that is unique within the kind, `fields` by column."""

    kind: str
    key: tuple[str, ...]
    fields: dict[str, Any]

    def to_json(self) -> list[Any]:
        return [self.kind, list(self.key), self.fields]

    @classmethod
    def from_json(cls, value: list[Any]) -> Fact:
        return cls(value[0], tuple(value[1]), value[2])


@dataclass(frozen=True, slots=True)
class Who:
    """A participant by its key, or a name that is none."""

    participant: str | None
    name: str

    @property
    def key(self) -> str:
        return self.participant or f"text:{self.name}"

    @property
    def fields(self) -> dict[str, Any]:
        return {"participant": self.participant, "name_text": "" if self.participant else self.name}


def facts_of(file: ProcessFile, resolve: Resolve) -> list[Fact]:
    """Everything a file tells, in an order in which it can be put in: what is referred to first."""
    teller = _Teller(file, resolve)
    return [
        teller.process(),
        *teller.tracks(),
        *teller.texts(),
        *teller.participations(),
        *teller.bodies(),
        *teller.steering_members(),
        *teller.body_chairs(),
        *teller.chairs(),
        *teller.hosts(),
        *teller.pillars(),
        *teller.phases(),
        *teller.meetings(),
        *teller.outcomes(),
    ]


def track_slug(body_name: str) -> str:
    """The track of a network: its abbreviation where the name has one in brackets, else its name."""
    bracketed = re.search(r"\(([^()]+)\)\s*$", body_name)
    return slug_of(bracketed[1] if bracketed else body_name)[:60].strip("-")


def slug_of(name: str) -> str:
    """Small letters and hyphens; other alphabets keep their letters."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


class _Teller:
    def __init__(self, file: ProcessFile, resolve: Resolve) -> None:
        self.file = file
        self.resolve = resolve
        self.networks = {body.name: track_slug(body.name) for body in file.bodies if body.kind == NETWORK_BODY}
        self.track_of_network = {
            resolve(name): slug for name, slug in self.networks.items() if resolve(name) is not None
        }

    def who(self, name: str) -> Who:
        return Who(self.resolve(name), name)

    def process(self) -> Fact:
        file = self.file
        return Fact(
            "process",
            (),
            {
                "acronym": file.acronym or file.slug.upper(),
                "name": {"en": file.name, **file.names} if file.names else file.name,
                "other_names": file.other_names,
                "established": file.established,
                "region": file.region,
                "theme_based": file.theme_based,
                "website": file.website or "",
                "secretariat_arrangement": file.secretariat.arrangement.value
                if file.secretariat and file.secretariat.arrangement
                else "",
                "chair_mode": (file.chair and file.chair.mode) or "",
                "civil_society_involvement": (file.civil_society and file.civil_society.involvement) or "",
                "source": file.source.model_dump(exclude_defaults=True),
            },
        )

    def tracks(self) -> Iterator[Fact]:
        kinds = [(GOVERNMENT, TrackKind.GOVERNMENT, "Governments")]
        kinds += [(slug, TrackKind.CIVIL_SOCIETY, name) for name, slug in self.networks.items()]
        for position, (slug, kind, name) in enumerate(kinds, start=1):
            yield Fact("track", (slug,), {"kind": kind.value, "name": name, "position": position})

    def texts(self) -> Iterator[Fact]:
        file = self.file
        lines = {
            "goals": file.goals,
            "themes": file.themes,
            "priorities": file.priorities,
            "secretariat": _note(file.secretariat),
            "chair": _note(file.chair),
            "civil_society": _note(file.civil_society),
            "confidentiality": _note(file.confidentiality),
            "data_systems": [
                _joined(one.name, "; ".join(part for part in (one.access, one.note) if part))
                for one in file.data_systems
            ],
            "remarks": file.remarks,
        }
        for kind, points in lines.items():
            if points:
                yield Fact("text", (kind,), {"body": "\n".join(points)})

    # --- participants -------------------------------------------------------------------------------------------

    def participations(self) -> Iterator[Fact]:
        for one in self.file.participants:
            if one.standing is StandingKind.FORMER:
                yield self._participation(one, StandingKind.MEMBER, since=one.since, until=one.until, noted=False)
                yield self._participation(one, StandingKind.FORMER, since=one.until, until=None)
                continue
            for standing in (one.standing, *one.also):
                yield self._participation(one, standing, since=one.since, until=one.until)

    def _participation(
        self,
        one: ProcessParticipant,
        standing: StandingKind,
        *,
        since: str | None,
        until: str | None,
        noted: bool = True,
    ) -> Fact:
        participant = None if one.category else self.resolve(one.name)
        key = f"category:{one.name}" if one.category else participant or f"text:{one.name}"
        return Fact(
            "participation",
            (key, standing.value),
            {
                "track": self.track_of_network.get(participant, GOVERNMENT) if participant else GOVERNMENT,
                "participant": participant,
                "category": one.name if one.category else "",
                "category_kind": one.kind.value if one.category and one.kind else "",
                "name_at_the_time": "" if one.category else one.name,
                "since": since,
                "until": until,
                "note": one.note if noted else None,
            },
        )

    # --- bodies -------------------------------------------------------------------------------------------------

    def _all_bodies(self) -> list[BodyEntry]:
        bodies = list(self.file.bodies)
        if self.file.steering_group and not any(body.kind == STEERING_BODY for body in bodies):
            bodies.append(BodyEntry(name="Steering Group", kind=STEERING_BODY, standing="standing"))
        return bodies

    def bodies(self) -> Iterator[Fact]:
        for position, body in enumerate(self._all_bodies(), start=1):
            own = body.kind == STEERING_BODY and self.file.steering_group
            yield Fact(
                "body",
                (body.name,),
                {
                    "track": self.networks.get(body.name, GOVERNMENT),
                    "kind": body.kind,
                    "level": body.level or "",
                    "permanence": body.standing or "",
                    "frequency": body.frequency or "",
                    "membership": (BodyMembershipRule.OWN if own else BodyMembershipRule.PROCESS).value,
                    "note": body.note,
                    "position": position,
                },
            )

    def steering_members(self) -> Iterator[Fact]:
        body = next((one.name for one in self._all_bodies() if one.kind == STEERING_BODY), "")
        for name in self.file.steering_group:
            who = self.who(name)
            yield Fact("body_membership", (body, who.key), {"body": body, "role": "member", **who.fields})

    def body_chairs(self) -> Iterator[Fact]:
        for body in self.file.bodies:
            for role, names in (("chair", body.chairs), ("co_chair", body.co_chairs)):
                for name in names:
                    yield self._chair(self.who(name), role, body=body.name)

    # --- chair of the process -----------------------------------------------------------------------------------

    def chairs(self) -> Iterator[Fact]:
        chair = self.file.chair
        if chair is None:
            return
        themes = {(self.who(one.participant).key, one.year[:4]): one for one in chair.theme_of_chair}
        for holder in chair.current:
            who, role = self.who(holder.participant), holder.role.replace("-", "_")
            mine = themes.pop((who.key, (holder.since or "")[:4]), None) if role == "chair" else None
            yield self._chair(
                who, role, holder=holder, term=mine.year if mine else "", theme=mine.theme if mine else None
            )
        for one in themes.values():
            first, _, last = one.year.partition("/")
            yield self._chair(
                self.who(one.participant),
                "chair",
                term=one.year,
                theme=one.theme,
                since=first,
                until=last or str(PartialDate(first).last_day.year + 1),
            )

    def _chair(
        self,
        who: Who,
        role: str,
        *,
        body: str = "",
        holder: ChairHolder | None = None,
        term: str = "",
        theme: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Fact:
        since = holder.since if holder else since
        return Fact(
            "chair_term",
            (body, who.key, role, term or since or ""),
            {
                "body": body or None,
                "role": role,
                "term": term,
                "theme": theme,
                "subject": holder.subject if holder else None,
                "since": since,
                "until": holder.until if holder else until,
                "note": holder.note if holder else None,
                **who.fields,
            },
        )

    def hosts(self) -> Iterator[Fact]:
        for name in self.file.secretariat.hosts if self.file.secretariat else ():
            who = self.who(name)
            yield Fact("host", (who.key,), who.fields)

    # --- pillars, phases, meetings, outcomes --------------------------------------------------------------------

    def pillars(self) -> Iterator[Fact]:
        for position, one in enumerate(self.file.pillars, start=1):
            fields = {"subject": one.subject, "areas": one.areas, "note": one.note, "position": position}
            yield Fact("pillar", (one.name,), fields)

    def phases(self) -> Iterator[Fact]:
        for position, one in enumerate(self.file.phases, start=1):
            fields = {"since": one.start, "until": one.end, "note": one.note, "position": position}
            yield Fact("phase", (one.name,), fields)

    def meetings(self) -> Iterator[Fact]:
        kinds = Counter(body.kind for body in self.file.bodies)
        for one in self.file.meetings:
            body = next((b.name for b in self.file.bodies if b.kind == one.body_kind and kinds[b.kind] == 1), None)
            yield Fact(
                "meeting",
                (one.title, one.start or ""),
                {
                    "body": body,
                    "body_kind": one.body_kind or "",
                    "place": one.place,
                    "country_iso": one.country_iso or "",
                    "end": one.end,
                    "note": one.note,
                    "source": self._source(one.src),
                },
            )

    def outcomes(self) -> Iterator[Fact]:
        for one in self.file.outcomes:
            by = [] if one.by == [self.file.slug] else [self.who(name).fields for name in self._without_slug(one.by)]
            fields = {
                "kind": one.kind,
                "by": by,
                "phase": one.phase or "",
                "note": one.note,
                "source": self._source(one.src),
            }
            if one.meeting:  # only then: what earlier versions loaded tells the same facts as before
                fields["meeting"] = one.meeting
            yield Fact("outcome", (one.title, one.year or ""), fields)

    def _without_slug(self, names: Iterable[str]) -> list[str]:
        return [(self.file.acronym or self.file.name) if name == self.file.slug else name for name in names]

    def _source(self, src: str | None) -> str:
        """The document a fact comes from, if it is not the file's main one."""
        if src is None:
            return ""
        named = next((one.document for one in self.file.source.other_documents if one.id == src), src)
        return named[:120]


def _note(part: Any) -> list[str]:
    return [part.note] if part and part.note else []


def _joined(name: str, rest: str) -> str:
    return f"{name}: {rest}" if rest else name


def repeated(facts: Iterable[Fact]) -> list[Fact]:
    """Facts told twice: the second could not be told from the first at the next load."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    twice = []
    for fact in facts:
        if (fact.kind, fact.key) in seen:
            twice.append(fact)
        seen.add((fact.kind, fact.key))
    return twice
