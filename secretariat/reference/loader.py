"""Loads reference files: all or nothing per file, again and again without changing what is there.

The facts of a file are compared with those it told at its last load: what it newly tells is added, what it tells
otherwise is changed - unless people have changed it here since, then theirs stands - and what it no longer names stays.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect, select
from sqlalchemy.types import TypeEngine

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.dates import PartialDate, PartialDateColumn
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText, LocalTextColumn
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.meetings.models import Meeting
from secretariat.meetings.service import record_past_meeting, record_past_outcome
from secretariat.processes import clauses
from secretariat.processes.models import (
    Body,
    BodyMembership,
    ChairTerm,
    Participant,
    ParticipantName,
    Participation,
    Phase,
    Pillar,
    Process,
    ProcessText,
    SecretariatHost,
    StandingKind,
    Track,
    TrackKind,
)
from secretariat.processes.names import settle_ranks
from secretariat.reference.facts import Fact, facts_of, repeated, slug_of
from secretariat.reference.models import LoadedFile
from secretariat.reference.names import ORIGIN, state_names
from secretariat.reference.reading import UnreadableError, read
from secretariat.reference.schema import ParticipantEntry, ParticipantsFile, ProcessFile, validated

DATA = Path(__file__).parent / "data"
SOURCE_LANGUAGE = "en"
"""The language reference files are written in."""


@dataclass
class Report:
    """What became of one file. `problem` says why nothing of it was stored."""

    path: Path
    added: int = 0
    changed: int = 0
    kept: int = 0
    warnings: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.changed or self.problem)


def shipped_files() -> list[Path]:
    """The files the product comes with, participants first."""
    return files_in(DATA)


def files_in(folder: Path) -> list[Path]:
    """Reference files of a folder: `participants.yaml` first, then the processes."""
    found = sorted({*folder.glob("*.yaml"), *folder.glob("processes/*.yaml")})
    return sorted(found, key=lambda path: (path.name != "participants.yaml", path))


def load(engine: Engine, path: Path) -> Report:
    """Load one file in one transaction. Why one cannot be loaded is told in the report; then nothing is stored."""
    report = Report(path)
    try:
        file = validated(read(path)[0])
        with system_unit(engine, Reason.REFERENCE) as session:
            if isinstance(file, ParticipantsFile):
                _load_participants(session, file, report)
            else:
                _load_process(session, file, report)
    except UnreadableError as error:
        report.added = report.changed = 0
        report.problem = str(error)
    return report


# --- participants ---------------------------------------------------------------------------------------------


class _Known:
    """The participants there are, found by any of their names, or by ISO code."""

    def __init__(self, session: SystemSession) -> None:
        self.by_key: dict[str, Participant] = {}
        self.by_name: dict[str, Participant] = {}
        self.by_iso: dict[str, Participant] = {}
        for one in session.scalars(select(Participant)):
            self.add(one)

    def add(self, one: Participant) -> None:
        self.by_key[one.key] = one
        if one.iso:
            self.by_iso[one.iso] = one
        for name in (*one.aliases, *(named.name for named in one.names if named.process_id is None)):
            self.by_name.setdefault(_folded(name), one)

    def find(self, name: str, iso: str | None = None) -> Participant | None:
        return self.by_name.get(_folded(name)) or (self.by_iso.get(iso) if iso else None)

    def key_of(self, name: str) -> str | None:
        found = self.find(name)
        return found.key if found else None


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold().replace("’", "'")


def _load_participants(session: SystemSession, file: ParticipantsFile, report: Report) -> None:
    _refuse_clashes(file.participants)
    known = _Known(session)
    named = False
    for entry in file.participants:
        present = known.by_key.get(entry.key)
        is_new = present is None
        if present is None:
            present = Participant(id=new_key(), key=entry.key, kind=entry.kind, iso=entry.iso, names=[])
            session.add(present)
            report.added += 1
        told = {
            "kind": entry.kind,
            "iso": entry.iso,
            "aliases": sorted({*(present.aliases or []), entry.name, *entry.aliases}),
            "secretariat_of": entry.secretariat_of,
        }
        differs = {name: value for name, value in told.items() if getattr(present, name) != value}
        for name, value in differs.items():
            setattr(present, name, value)
        new_names = _propose_names(present, entry.name, entry.iso)
        named = named or new_names
        if (differs or new_names) and not is_new:
            report.changed += 1
        known.add(present)
    session.flush()
    if named:
        settle_ranks(session)


def _refuse_clashes(entries: Sequence[ParticipantEntry]) -> None:
    keys: set[str] = set()
    names: dict[str, str] = {}
    for place, entry in enumerate(entries, start=1):
        if entry.key in keys:
            raise UnreadableError(f"participants[{place}].key: {entry.key} is there twice")
        keys.add(entry.key)
        for name in (entry.name, *entry.aliases):
            other = names.setdefault(_folded(name), entry.key)
            if other != entry.key:
                raise UnreadableError(f"participants[{place}]: {name!r} is also a name of {other}")


def _propose_names(participant: Participant, name: str, iso: str | None) -> bool:
    """Give a participant the names of the United Nations, or its own; True where one was new."""
    present = {(one.language, one.name) for one in participant.names if one.process_id is None}
    proposed = state_names().get(iso or "", ())
    new = [
        ParticipantName(language=one.language, name=one.name, since=one.since, until=one.until, origin=ORIGIN, ranks={})
        for one in proposed
    ] or [ParticipantName(language=SOURCE_LANGUAGE, name=name, origin="reference", ranks={})]
    added = [one for one in new if (one.language, one.name) not in present]
    participant.names.extend(added)
    return bool(added)


# --- a process ------------------------------------------------------------------------------------------------


def _load_process(session: SystemSession, file: ProcessFile, report: Report) -> None:
    known = _Known(session)
    _make_missing_participants(session, file, known, report)
    facts = facts_of(file, known.key_of)
    for fact in repeated(facts):
        raise UnreadableError(f"{fact.kind.replace('_', ' ')}: {' / '.join(filter(None, fact.key))} is told twice")
    _refuse_unknown_meetings(file)
    _warn_of_unknown(facts, {file.acronym or file.name}, report)
    process = session.scalar(select(Process).where(Process.slug == file.slug))
    loaded = session.scalar(select(LoadedFile).join(Process).where(Process.slug == file.slug))
    before = [Fact.from_json(one) for one in loaded.facts] if loaded else []
    if before == facts:
        return
    if process is None:
        process = Process(id=new_key(), slug=file.slug, acronym="", name=LocalText.of(file.name), tracks=[])
    writer = _Writer(session, process, known, report, {(one.kind, one.key): one for one in before})
    for fact in facts:
        writer.write(fact)
    writer.end_changed_standings(facts)
    told = {(one.kind, one.key) for one in facts}
    report.kept = sum((one.kind, one.key) not in told for one in before)
    _remember(session, process, loaded, report.path.name, facts)


def _refuse_unknown_meetings(file: ProcessFile) -> None:
    titles = {one.title for one in file.meetings}
    for place, one in enumerate(file.outcomes, start=1):
        if one.meeting and one.meeting not in titles:
            raise UnreadableError(f"outcomes[{place}].meeting: {one.meeting!r} is no meeting of this file")


def _make_missing_participants(session: SystemSession, file: ProcessFile, known: _Known, report: Report) -> None:
    made = False
    for place, one in enumerate(file.participants, start=1):
        if one.category:
            continue
        found = known.find(one.name, one.iso)
        if found is None:
            if one.kind is None:
                raise UnreadableError(
                    f"participants[{place}].kind: is missing, and {one.name!r} is no participant known so far"
                )
            found = Participant(
                id=new_key(), key=_free_key(one.name, known), kind=one.kind, iso=one.iso, aliases=[one.name], names=[]
            )
            _propose_names(found, one.name, one.iso)
            session.add(found)
            known.add(found)
            made = True
            report.warnings.append(f"participants[{place}]: {one.name!r} was no participant known so far; it is now")
        elif one.iso and found.iso and one.iso != found.iso:
            raise UnreadableError(
                f"participants[{place}].iso: {one.iso} is not the code of {one.name!r}, which is {found.iso}"
            )
        known.by_name.setdefault(_folded(one.name), found)
    session.flush()
    if made:
        settle_ranks(session)


def _free_key(name: str, known: _Known) -> str:
    wanted = slug_of(name)[:110] or "participant"
    key, number = wanted, 1
    while key in known.by_key:
        number += 1
        key = f"{wanted}-{number}"
    return key


def _warn_of_unknown(facts: Iterable[Fact], own_names: set[str], report: Report) -> None:
    for fact in facts:
        parties = fact.fields.get("by", [fact.fields])
        for party in parties:
            if party.get("name_text") and party["name_text"] not in own_names:
                report.warnings.append(
                    f"{fact.kind.replace('_', ' ')}: {party['name_text']!r} is no known participant; kept as text"
                )


def _remember(
    session: SystemSession, process: Process, loaded: LoadedFile | None, name: str, facts: Sequence[Fact]
) -> None:
    content = [one.to_json() for one in facts]
    digest = hashlib.sha256(repr(content).encode()).hexdigest()
    if loaded is not None:
        loaded.name, loaded.digest, loaded.loaded_at, loaded.facts = name, digest, clock.now(), content
        return
    government = next(one for one in process.tracks if one.kind is TrackKind.GOVERNMENT)
    made = LoadedFile(process=process, name=name, digest=digest, facts=content)
    keepers = clauses.named(process, government, audience=[clauses.secretariat(government)])
    attach(session, made, [keepers], container=process)


class _Writer:
    """Puts the facts of one process into its rows."""

    def __init__(
        self,
        session: SystemSession,
        process: Process,
        known: _Known,
        report: Report,
        before: dict[tuple[str, tuple[str, ...]], Fact],
    ) -> None:
        self.session, self.process, self.known, self.report, self.before = session, process, known, report, before
        self.tracks = {one.slug: one for one in process.tracks}
        self.keys = {one.id: one.key for one in known.by_key.values()}
        self.rows: dict[str, dict[tuple[str, ...], Any]] = {kind: self._present(kind) for kind in _ROWS}
        if not inspect(process).transient:
            self.rows["process"] = {(): process}

    @property
    def bodies(self) -> dict[str, Body]:
        return {key[0]: body for key, body in self.rows["body"].items()}

    def write(self, fact: Fact) -> None:
        """Add what is new, change what the file now tells otherwise, leave alone what it tells as before."""
        old = self.before.get((fact.kind, fact.key))
        if old == fact:
            return
        if fact.kind in ("meeting", "outcome"):
            self._record(fact)
            return
        row = self.rows[fact.kind].get(fact.key)
        if row is None:
            self._make(fact)
            self.report.added += 1
        else:
            self._change(row, fact, old)

    def _make(self, fact: Fact) -> None:
        values = {name: self._value(_ROWS[fact.kind], name, value) for name, value in fact.fields.items()}
        if fact.kind == "process":
            for name, value in values.items():
                setattr(self.process, name, value)
            self.rows["process"] = {(): self.process}
            return
        make = getattr(self, f"_make_{fact.kind}", None)
        row = make(fact, values) if make else self._make_plain(fact, values)
        self.rows[fact.kind][fact.key] = row

    def _make_track(self, fact: Fact, values: dict[str, Any]) -> Track:
        track = Track(id=new_key(), slug=fact.key[0], **values)
        self.tracks[track.slug] = track
        everyone = [clauses.participants_of(self.process, *self.tracks.values())]
        if len(self.tracks) == 1:
            attach(self.session, self.process, everyone)
        elif not self.process.public_page:
            self.session.flush()
            relabel(self.session, self.process, everyone, why="a track was opened")
        for one in self.process.tracks:  # each side knows that there is the other, as where a process is founded
            relabel(self.session, one, everyone, why="a track was opened")
        attach(self.session, track, everyone, container=self.process)
        self.process.tracks.append(track)
        return track

    def _make_body(self, fact: Fact, values: dict[str, Any]) -> Body:
        track = values.pop("track")
        body = Body(process=self.process, track=track, name=LocalText.of(fact.key[0], SOURCE_LANGUAGE), **values)
        attach(self.session, body, self._readers(track), container=self.process)
        return body

    def _make_participation(self, fact: Fact, values: dict[str, Any]) -> Participation:
        row = Participation(process=self.process, standing=StandingKind(fact.key[1]), **values)
        attach(self.session, row, self._readers(values["track"]), container=self.process)
        return row

    def _make_body_membership(self, _fact: Fact, values: dict[str, Any]) -> BodyMembership:
        row = BodyMembership(**values)
        attach(self.session, row, self._readers(values["body"].track), container=values["body"])
        return row

    def _make_chair_term(self, _fact: Fact, values: dict[str, Any]) -> ChairTerm:
        track = values["body"].track if values["body"] else self.tracks["government"]
        row = ChairTerm(process=self.process, **values)
        attach(self.session, row, self._readers(track), container=self.process)
        return row

    def _make_plain(self, fact: Fact, values: dict[str, Any]) -> Any:
        own = {"text": "kind", "pillar": "name", "phase": "name"}.get(fact.kind)
        if own:
            values[own] = self._value(_ROWS[fact.kind], own, fact.key[0])
        row = _ROWS[fact.kind](process=self.process, **values)
        attach(self.session, row, self._readers(self.tracks["government"]), container=self.process)
        return row

    def _readers(self, track: Track) -> list[Clause]:
        """A network's own existence is known on both sides of the wall; everything else on its own side alone."""
        sides = {track.id: track, self.tracks["government"].id: self.tracks["government"]}
        return [clauses.participants_of(self.process, *sides.values())]

    # --- changes ------------------------------------------------------------------------------------------------

    def _change(self, row: Any, fact: Fact, old: Fact | None) -> None:
        changed = False
        for name, told in fact.fields.items():
            value = self._value(type(row), name, told)
            present = getattr(row, name)
            if value == present or (old is not None and old.fields.get(name) == told):
                continue
            if _is_empty(present) or (old and present == self._value(type(row), name, old.fields.get(name))):
                setattr(row, name, value)
                changed = True
            else:
                self.report.warnings.append(
                    f"{fact.kind.replace('_', ' ')} {' / '.join(filter(None, fact.key))}: "
                    f"{name.replace('_', ' ')} was changed here and stays as it is"
                )
        self.report.changed += changed

    def end_changed_standings(self, facts: Sequence[Fact]) -> None:
        """Where the file now gives a participant another standing, the former one ends where the new begins."""
        told: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.kind == "participation":
                told.setdefault(fact.key[0], []).append(fact)
        for (kind, key), _old in self.before.items():
            if kind != "participation" or key[0] not in told or any(fact.key == key for fact in told[key[0]]):
                continue
            row = self.rows["participation"].get(key)
            new = next((fact for fact in told[key[0]] if ("participation", fact.key) not in self.before), None)
            if row is None or row.until is not None or new is None:
                continue
            begun = self.rows["participation"][new.key]
            begun.since = begun.since or PartialDate.parse(clock.today())
            row.until = begun.since
            self.report.changed += 1

    # --- meetings and outcomes ----------------------------------------------------------------------------------

    def _record(self, fact: Fact) -> None:
        fields, government = fact.fields, self.tracks["government"]
        words, date = _words(fact.key[0]), _date(fact.key[1])
        known = (fact.kind, fact.key) in self.before
        if fact.kind == "meeting":
            changed = record_past_meeting(
                self.session,
                self.process,
                government,
                words,
                body=self.bodies.get(fields["body"]),
                body_kind=fields["body_kind"],
                starts_on=date,
                ends_on=_date(fields["end"]),
                place=_words_or_none(fields["place"]),
                country_iso=fields["country_iso"],
                note=_words_or_none(fields["note"]),
                source=fields["source"],
            ).changed
        else:
            changed = record_past_outcome(
                self.session,
                self.process,
                government,
                words,
                kind=fields["kind"],
                by=[self.known.by_key.get(one["participant"]) or one["name_text"] for one in fields["by"]],
                dated=date,
                phase=fields["phase"],
                note=_words_or_none(fields["note"]),
                source=fields["source"],
                meeting=self._meeting(fields.get("meeting")),
            ).changed
        if changed and known:
            self.report.changed += 1
        else:
            self.report.added += changed

    def _meeting(self, title: str | None) -> Meeting | None:
        if title is None:
            return None
        wanted = select(Meeting).where(Meeting.process_id == self.process.id)
        return next((one for one in self.session.scalars(wanted) if one.title == _words(title)), None)

    # --- values and keys ----------------------------------------------------------------------------------------

    def _value(self, kind: type[Any], name: str, told: Any) -> Any:
        """What is told, as the column or relationship holds it."""
        if name == "participant":
            return self.known.by_key[told] if told else None
        if name == "track":
            return self.tracks[told]
        if name == "body" and kind is not ProcessText:
            return self.bodies[told] if told else None
        return _typed(kind.__table__.c[name].type, told)

    def _present(self, kind: str) -> dict[tuple[str, ...], Any]:
        if kind == "process" or inspect(self.process).transient:
            return {}
        model = _ROWS[kind]
        if kind == "body_membership":
            wanted = select(model).join(Body).where(Body.process_id == self.process.id)
        else:
            wanted = select(model).where(model.process_id == self.process.id)
        return {self._key(kind, row): row for row in self.session.scalars(wanted)}

    def _key(self, kind: str, row: Any) -> tuple[str, ...]:
        match kind:
            case "track":
                return (row.slug,)
            case "text":
                return (row.kind,)
            case "participation":
                who = self.keys.get(row.participant_id) or f"category:{row.category}"
                return (who, row.standing.value)
            case "body_membership":
                return (str(row.body.name), self._who(row))
            case "chair_term":
                body = str(row.body.name) if row.body else ""
                return (body, self._who(row), row.role, row.term or str(row.since or ""))
            case "host":
                return (self._who(row),)
            case _:
                return (str(row.name),)

    def _who(self, row: Any) -> str:
        return self.keys.get(row.participant_id) or f"text:{row.name_text}"


_ROWS: dict[str, type[Any]] = {
    "process": Process,
    "track": Track,
    "text": ProcessText,
    "participation": Participation,
    "body": Body,
    "body_membership": BodyMembership,
    "chair_term": ChairTerm,
    "host": SecretariatHost,
    "pillar": Pillar,
    "phase": Phase,
}


def _typed(column: TypeEngine[Any], told: Any) -> Any:
    if told is None:
        return None
    if isinstance(column, LocalTextColumn):
        return _words(told)
    if isinstance(column, PartialDateColumn):
        return PartialDate(told)
    enum: type[Enum] | None = getattr(column, "enum_class", None)
    return enum(told) if enum else told


def _words(told: str | Mapping[str, str]) -> LocalText:
    if isinstance(told, str):
        return LocalText.of(told, SOURCE_LANGUAGE)
    return LocalText(dict(told), SOURCE_LANGUAGE)


def _words_or_none(text: str | None) -> LocalText | None:
    return _words(text) if text else None


def _date(written: str | None) -> PartialDate | None:
    return PartialDate(written) if written else None


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []
