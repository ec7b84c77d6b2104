"""The schema of reference files: what a file of participants and a file of a process may hold.

`docs/reference-schema.md` is written from these models; a test fails when it lags behind.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from secretariat.core.dates import PartialDate
from secretariat.processes.models import ParticipantKind, SecretariatArrangement, StandingKind
from secretariat.reference.reading import UnreadableError

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("was read as yes or no; put it in quotes")
    if isinstance(value, int | float | dt.date):
        raise ValueError("was read as a number or a day; put it in quotes")
    if not isinstance(value, str):
        raise ValueError("must be text")
    value = " ".join(value.split())
    if _UNWRITABLE.search(value):
        raise ValueError("holds a character that cannot be kept")
    if not value:
        raise ValueError("is empty; leave the key out where nothing is known")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str | dt.date):
        raise ValueError("must be a year, a month or a day: 2009, '2009-04' or '2009-04-23'")
    if isinstance(value, dt.datetime):
        value = value.date()
    return PartialDate.parse(value).written


def _iso(value: Any) -> Any:
    if value is False:
        raise ValueError("was read as no; put the code in quotes: 'NO'")
    return value


def _standing(value: Any) -> Any:
    return value.replace("-", "_") if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_text), Field(max_length=300)]
Word = Annotated[str, BeforeValidator(_text), Field(max_length=60)]
ShortWord = Annotated[str, BeforeValidator(_text), Field(max_length=40)]
Line = Annotated[str, BeforeValidator(_text), Field(max_length=2000)]
DateText = Annotated[str, BeforeValidator(_date)]
Iso = Annotated[str, BeforeValidator(_iso), Field(pattern=r"^[A-Z]{2}$")]
Slug = Annotated[str, Field(pattern=_SLUG, max_length=60)]
Standing = Annotated[StandingKind, BeforeValidator(_standing)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class _Span(_Entry):
    @model_validator(mode="after")
    def _in_order(self) -> Self:
        begin, end = (getattr(self, name, None) for name in self.span)
        if begin and end and PartialDate(end).last_day < PartialDate(begin).first_day:
            raise ValueError(f"{self.span[1]} {end} lies before {self.span[0]} {begin}")
        return self

    @property
    def span(self) -> tuple[str, str]:
        return ("since", "until")


class OtherDocument(_Entry):
    """A document beside the main source."""

    id: Word
    """What `src` of a meeting or outcome refers to."""
    document: Name
    """Author, year, title."""


class Source(_Entry):
    """Where the facts come from."""

    document: Name
    """The main source."""
    section: Name | None = None
    """Part of it."""
    note: Line | None = None
    """How its words were read."""
    other_documents: list[OtherDocument] = []
    """Other sources, referred to by `src`."""
    documents: list[Name] = []
    """Further documents, as text."""


class Secretariat(_Entry):
    """Who does the work of a secretariat."""

    arrangement: SecretariatArrangement | None = None
    """How it is arranged."""
    hosts: list[Name] = []
    """Who hosts or provides it."""
    note: Line | None = None


class ChairHolder(_Span):
    """Who chairs, as far as known today."""

    participant: Name
    role: ShortWord = "chair"
    """`chair`, `co-chair`, `thematic-coordinator` ..."""
    subject: Line | None = None
    """What a thematic coordinator coordinates."""
    since: DateText | None = None
    until: DateText | None = None
    """First day on which it is no longer held."""
    note: Line | None = None


class ChairTheme(_Entry):
    """The theme a chair chose for its term."""

    year: Annotated[str, Field(pattern=r"^\d{4}(/\d{4})?$")]
    """The term: `'2009'` or `'2008/2009'`."""
    participant: Name
    theme: Line


class Chair(_Entry):
    """How the process is chaired."""

    mode: ShortWord | None = None
    """`rotating`, `co-chairs`, `fixed`, `troika`, `host`, `unknown` ..."""
    current: list[ChairHolder] = []
    theme_of_chair: list[ChairTheme] = []
    note: Line | None = None


class ProcessParticipant(_Span):
    """A participant of the process, or a group it names without naming its members."""

    name: Name
    """As the source has it; kept as the name of its time."""
    iso: Iso | None = None
    """ISO 3166-1 code of a state or territory, in quotes."""
    kind: ParticipantKind | None = None
    """Needed for a name that is in no list of participants."""
    standing: Standing
    """What it is in the process."""
    also: list[Standing] = []
    """A second standing held beside the first."""
    since: DateText | None = None
    until: DateText | None = None
    """First day on which it is no longer held; for `former`, when membership ended."""
    category: bool = False
    """`true` for a group that is not named singly ("relevant NGOs")."""
    note: Line | None = None


class BodyEntry(_Entry):
    """A body of the process."""

    name: Name
    kind: Word
    """`ministerial`, `senior-officials`, `steering-group`, `working-group`, `technical-workshop`, `plenary`, `seminar`,
    `secretariat`, `civil-society-network` ... The last has a civil-society track of its own."""
    level: Literal["political", "senior", "technical"] | None = None
    standing: Literal["standing", "ad-hoc"] | None = None
    """Whether it stands or meets for an occasion."""
    frequency: Annotated[Name, Field(max_length=120)] | None = None
    chairs: list[Name] = []
    co_chairs: list[Name] = []
    note: Line | None = None


class PillarEntry(_Entry):
    """A pillar of the process's work."""

    name: Name
    subject: Line | None = None
    areas: list[Line] = []
    note: Line | None = None


class PhaseEntry(_Span):
    """A phase in the life of the process."""

    name: Name
    start: DateText | None = None
    end: DateText | None = None
    note: Line | None = None

    @property
    def span(self) -> tuple[str, str]:
        return ("start", "end")


class MeetingEntry(_Span):
    """A meeting the source tells of."""

    title: Name
    body_kind: Word | None = None
    """Kind of the body that met."""
    place: Name | None = None
    country_iso: Iso | None = None
    start: DateText | None = None
    end: DateText | None = None
    """Last day."""
    note: Line | None = None
    src: Word | None = None
    """`id` of another document this comes from."""

    @property
    def span(self) -> tuple[str, str]:
        return ("start", "end")


class OutcomeEntry(_Entry):
    """What the process, a meeting or participants produced."""

    title: Line
    kind: Word
    """`declaration`, `recommendations`, `guidelines`, `memorandum`, `agreement`, `legislation`, `programme` ..."""
    year: DateText | None = None
    by: list[Name] = []
    """Slug of the process, names of participants, or text."""
    meeting: Name | None = None
    """Title of the meeting of this file that produced it."""
    phase: Word | None = None
    """`agenda-setting`, `consensus-building`, `policy-change`."""
    note: Line | None = None
    src: Word | None = None
    """`id` of another document this comes from."""


class DataSystem(_Entry):
    """A database or website of the process."""

    name: Name
    access: Line | None = None
    note: Line | None = None


class CivilSociety(_Entry):
    """How civil society takes part."""

    involvement: Word | None = None
    """`network`, `affiliated`, `ad-hoc` ..."""
    note: Line | None = None


class Confidentiality(_Entry):
    """What the source says of confidentiality."""

    note: Line | None = None


class ProcessFile(_Entry):
    """One process. Only `slug`, `name` and `source` are required; a missing key means that the source is silent."""

    slug: Slug
    """Short key in small letters; the address of the process."""
    name: Name
    source: Source
    acronym: Word | None = None
    names: dict[Literal["es", "fr", "ar"], Name] = {}
    """Its name in other languages it works in, as it calls itself there: for pages and mails in these."""
    other_names: list[Name] = []
    established: DateText | None = None
    region: Name | None = None
    theme_based: bool = False
    """Whether it is held together by a theme rather than a region."""
    website: Annotated[Text, Field(max_length=300, pattern=r"^https?://\S+$")] | None = None
    secretariat: Secretariat | None = None
    chair: Chair | None = None
    steering_group: list[Name] = []
    """Its members; names that are no participants are kept as text. Forms the membership of the body of kind
    `steering-group`, which is made where none is named."""
    participants: Annotated[list[ProcessParticipant], Field(max_length=2000)] = []
    bodies: Annotated[list[BodyEntry], Field(max_length=500)] = []
    pillars: list[PillarEntry] = []
    phases: list[PhaseEntry] = []
    themes: list[Line] = []
    goals: list[Line] = []
    priorities: list[Line] = []
    meetings: Annotated[list[MeetingEntry], Field(max_length=2000)] = []
    outcomes: Annotated[list[OutcomeEntry], Field(max_length=2000)] = []
    data_systems: list[DataSystem] = []
    civil_society: CivilSociety | None = None
    confidentiality: Confidentiality | None = None
    remarks: list[Line] = []
    """Facts with no key of their own."""


class ParticipantEntry(_Entry):
    """One participant, known to all processes."""

    key: Annotated[str, Field(pattern=_SLUG, max_length=120)]
    name: Name
    """Current short name."""
    kind: ParticipantKind
    iso: Iso | None = None
    aliases: list[Name] = []
    """Other names it is known by."""
    secretariat_of: list[Slug] = []
    """Processes whose secretariat it hosts or provides."""
    processes: list[dict[Slug, Standing]] = []
    """Where it stands as what; told by the files of the processes themselves, so not stored from here."""


class ParticipantsFile(_Entry):
    """Participants, each once."""

    participants: Annotated[list[ParticipantEntry], Field(max_length=5000)]


ReferenceFile = ProcessFile | ParticipantsFile


def validated(entries: dict[str, Any]) -> ReferenceFile:
    """The file as typed values. Raises UnreadableError that names each key and the reason, one line each."""
    kind: type[ProcessFile] | type[ParticipantsFile] = ProcessFile
    if "slug" not in entries and set(entries) == {"participants"}:
        kind = ParticipantsFile
    try:
        return kind.model_validate(entries)
    except ValidationError as error:
        raise UnreadableError("\n".join(_told(kind, error))) from None


def _told(kind: type[BaseModel], error: ValidationError) -> list[str]:
    details = error.errors(include_url=False)
    lines = [_line(kind, detail) for detail in details[:10]]
    if len(details) > len(lines):
        lines.append(f"and {len(details) - len(lines)} more")
    return lines


def _line(kind: type[BaseModel], detail: Any) -> str:
    place = _place(detail["loc"])
    match detail["type"]:
        case "missing":
            reason = "is missing"
        case "extra_forbidden":
            reason = "is no key of the schema" + _meant(kind, detail["loc"])
        case "value_error":
            reason = str(detail["ctx"]["error"])
        case "enum" | "literal_error":
            reason = f"{_short(detail['input'])} is none of {detail['ctx']['expected']}"
        case "string_pattern_mismatch":
            reason = f"{_short(detail['input'])} does not fit the pattern {detail['ctx']['pattern']}"
        case "invalid_key":
            reason = "a key must be a word"
        case _:
            reason = detail["msg"][0].lower() + detail["msg"][1:]
    return f"{place}: {reason}" if place else reason


def _place(loc: tuple[Any, ...]) -> str:
    written = ""
    for part in loc:
        if isinstance(part, int):
            written += f"[{part + 1}]"
        elif part != "[key]":
            written += f".{part}" if written else str(part)
    return written[:200]


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _meant(kind: type[BaseModel], loc: tuple[Any, ...]) -> str:
    """The key of the schema that looks most alike, if one does."""
    entries = [kind] if len(loc) == 1 else _entries()
    known = {name for entry in entries for name in entry.model_fields} - {loc[-1]}
    alike = difflib.get_close_matches(str(loc[-1]), sorted(known), 1)
    return f"; did you mean {alike[0]}?" if alike else ""


def _entries() -> list[type[BaseModel]]:
    return [value for value in globals().values() if isinstance(value, type) and issubclass(value, _Entry)]
