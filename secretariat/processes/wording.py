"""Labels in the words of their process: the level, then the track, body or audience that reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from secretariat.core.flat import read_flat
from secretariat.core.labelling import label_values_met
from secretariat.core.labels import Addressee, Clause, LabelValue, Level, Named
from secretariat.core.languages import current_reading, ngettext, pgettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import list_text
from secretariat.core.wording import ShownLabel, level_in_words
from secretariat.processes import names
from secretariat.processes.models import Body, Process, Track, TrackKind

NAMED_SINGLY = 4
"""Up to so many participants of an audience are named; more are counted."""
_OF_TRACKS = (Named.SECRETARIAT, Named.OFFICERS)
"""Offices that keep one side of the wall."""


def shown_label(session: Session, label_id: int) -> ShownLabel:
    """The label of this key in words, in the session's eyes and the reader's language; worked out once a session."""
    return shown_labels(session, [label_id])[label_id]


def shown_labels(session: Session, label_ids: Iterable[int]) -> dict[int, ShownLabel]:
    """The same of many labels; a constant number of statements, however many they are. Whoever lists many things asks
    for theirs at once, and finds them again one by one."""
    known: dict[tuple[int, str], ShownLabel] = session.info.setdefault("labels_in_words", {})
    language = current_reading().language.code
    wanted = set(label_ids)
    unknown = sorted(key for key in wanted if (key, language) not in known)
    if unknown:
        clauses = {key: value.heaviest for key, value in label_values_met(session, unknown).items()}
        sight = _Sight(session, list(clauses.values()))
        known.update(((key, language), _shown(sight, clause)) for key, clause in clauses.items())
    return {key: known[key, language] for key in wanted}


def clauses_in_words(session: Session, value: LabelValue) -> tuple[ShownLabel, ...]:
    """All clauses of a label in words, the heaviest first: a reader meets each of them."""
    return labels_in_words(session, [value])[value]


def labels_in_words(session: Session, values: Iterable[LabelValue]) -> dict[LabelValue, tuple[ShownLabel, ...]]:
    """The same of many labels; a constant number of statements, however many they are."""
    wanted = list(dict.fromkeys(values))
    sight = _Sight(session, [clause for value in wanted for clause in value.clauses])
    return {value: _in_order(sight, value) for value in wanted}


def _in_order(sight: _Sight, value: LabelValue) -> tuple[ShownLabel, ...]:
    ordered = sorted(value.clauses, key=lambda one: (-one.level.weight, one.body is None, one.digest))
    told: dict[tuple[str, str], ShownLabel] = {}
    for shown in (_shown(sight, clause) for clause in ordered):
        told.setdefault((shown.words, shown.readers), shown)
    return tuple(told.values())


class _Sight:
    """What the session reads of all that some clauses name: processes, sides, bodies, names of participants."""

    def __init__(self, session: Session, clauses: Sequence[Clause]) -> None:
        tracks = {one for clause in clauses for one in clause.tracks}
        tracks |= {one.id for clause in clauses for one in _named(clause) if one.kind in _OF_TRACKS}
        bodies = {clause.body for clause in clauses if clause.body is not None}
        bodies |= {one.id for clause in clauses for one in _named(clause) if one.kind is Named.CHAIR}
        self.processes = {one.id: one for one in _of(session, Process, {clause.process for clause in clauses})}
        self.tracks = {one.id: one for one in _of(session, Track, tracks)}
        self.bodies = {one.id: one for one in _of(session, Body, bodies)}
        self.names: dict[UUID, dict[UUID, names.Name]] = {}
        for process in sorted({clause.process for clause in clauses}, key=str):
            singly = {
                one for clause in clauses if clause.process == process for one in _participants_named_singly(clause)
            }
            self.names[process] = names.names_of(session, singly, process=process)

    def kinds(self, tracks: Iterable[UUID]) -> list[TrackKind]:
        """The sides of these tracks, in their order."""
        seen = sorted((self.tracks[one] for one in tracks if one in self.tracks), key=lambda one: one.position)
        return [one.kind for one in seen]


K = TypeVar("K", Process, Track, Body)


def _of(session: Session, kind: type[K], ids: Iterable[UUID]) -> Iterable[K]:
    """What the session reads of these; not asked again for what it has read, as a page has its own process and side."""
    wanted = sorted(ids, key=str)
    read = [one for key in wanted if (one := _read_before(session, kind, key)) is not None]
    if len(read) == len(wanted):
        return read
    return session.scalars(select(kind).where(kind.id.in_(wanted)))


def _read_before(session: Session, kind: type[K], key: UUID) -> K | None:
    if (flat := read_flat(session, kind, key)) is not None:
        return flat
    one: K | None = session.identity_map.get(identity_key(kind, key))
    return None if one is None or inspect(one).expired else one


def _named(clause: Clause) -> frozenset[Addressee]:
    return clause.audience | clause.opened_to


def _participants_named_singly(clause: Clause) -> Iterator[UUID]:
    for audience in (clause.audience, clause.opened_to):
        found = [one.id for one in audience if one.kind is Named.PARTICIPANT]
        if len(found) <= NAMED_SINGLY:
            yield from found


def _shown(sight: _Sight, clause: Clause) -> ShownLabel:
    process = sight.processes.get(clause.process)
    words = level_in_words(clause.level, process.level_words if process else {})
    if clause.level is Level.PUBLIC:
        return ShownLabel(clause.level.value, words)
    parts = _audience(sight, clause, clause.audience) if clause.audience else _sides(sight, clause)
    readers = list_text([*parts, *_audience(sight, clause, clause.opened_to)])
    of_network = set(sight.kinds(clause.tracks)) == {TrackKind.CIVIL_SOCIETY}
    explanation = ""
    if clause.level is Level.NAMED and readers:
        explanation = _("Read by %(readers)s.", readers=readers)
    elif of_network and clause.opened_to:  # it crossed: to say "not for governments" would be untrue
        explanation = _("Read by %(readers)s; not for the press.", readers=readers)
    return ShownLabel(
        clause.level.value,
        words,
        readers,
        explanation,
        civil_society=of_network and not clause.opened_to,
    )


def _sides(sight: _Sight, clause: Clause) -> list[str]:
    """The body, where the label names one, else the side of the wall."""
    if clause.body is not None:
        body = sight.bodies.get(clause.body)
        return [local_text(body.name)] if body else []
    kinds = set(sight.kinds(clause.tracks))
    if kinds == {TrackKind.GOVERNMENT}:
        return [pgettext("track", "government")]
    if kinds == {TrackKind.CIVIL_SOCIETY}:
        return [pgettext("track", "civil society")]
    return [pgettext("track", "both tracks")] if kinds else []


def _audience(sight: _Sight, clause: Clause, audience: Iterable[Addressee]) -> list[str]:
    named: dict[Named, list[UUID]] = {}
    for one in sorted(audience):
        named.setdefault(one.kind, []).append(one.id)
    parts = _participants(sight, clause, named.get(Named.PARTICIPANT, []))
    if Named.PERSON in named:
        parts.append(ngettext("%(num)s person", "%(num)s persons", len(named[Named.PERSON])))
    parts += [_chair(sight, one) for one in named.get(Named.CHAIR, [])]
    if Named.LIAISON in named:
        parts.append(_("the liaison officers"))
    if Named.MEETING in named:
        parts.append(_("the delegations of the meeting"))
    if Named.PROTOCOL in named:
        parts.append(_("the host's protocol officers of this meeting"))
    parts += [
        _("the Secretariat") if kind is TrackKind.GOVERNMENT else _("the coordination of the network")
        for kind in sight.kinds(named.get(Named.SECRETARIAT, []))
    ]
    parts += [
        _("the officers of the Secretariat") if kind is TrackKind.GOVERNMENT else _("the coordinators of the network")
        for kind in sight.kinds(named.get(Named.OFFICERS, []))
    ]
    return parts


def _participants(sight: _Sight, clause: Clause, ids: list[UUID]) -> list[str]:
    if len(ids) > NAMED_SINGLY:
        return [ngettext("%(num)s participant", "%(num)s participants", len(ids))]
    found = {one: sight.names[clause.process][one] for one in ids if one in sight.names[clause.process]}
    return [found[one].words for one in names.in_order(found)]


def _chair(sight: _Sight, one: UUID) -> str:
    body = sight.bodies.get(one)
    return _("the chair of %(body)s", body=local_text(body.name)) if body else _("the chair")
