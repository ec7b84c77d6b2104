"""Labels in the words of their process: the level, then the track, body or audience that reads."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.labels import Addressee, Clause, Level, Named
from secretariat.core.languages import current_reading, ngettext, pgettext
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.languages.words import list_text
from secretariat.core.wording import ShownLabel, level_in_words
from secretariat.processes import names
from secretariat.processes.models import Body, Process, Track, TrackKind

NAMED_SINGLY = 4
"""Up to so many participants of an audience are named; more are counted."""


def shown_label(session: Session, label_id: int) -> ShownLabel:
    """The label of this key in words, in the session's eyes and the reader's language; worked out once a session."""
    known: dict[tuple[int, str], ShownLabel] = session.info.setdefault("labels_in_words", {})
    key = label_id, current_reading().language.code
    if key not in known:
        known[key] = _shown(session, label_value(session, label_id).heaviest)
    return known[key]


def _shown(session: Session, clause: Clause) -> ShownLabel:
    process = session.scalar(select(Process).where(Process.id == clause.process))
    words = level_in_words(clause.level, process.level_words if process else {})
    if clause.level is Level.PUBLIC:
        return ShownLabel(clause.level.value, words)
    parts = _audience(session, clause, clause.audience) if clause.audience else _sides(session, clause)
    readers = list_text([*parts, *_audience(session, clause, clause.opened_to)])
    explanation = _("Read by %(readers)s.", readers=readers) if clause.level is Level.NAMED and readers else ""
    return ShownLabel(
        clause.level.value,
        words,
        readers,
        explanation,
        civil_society=_kinds(session, clause) == {TrackKind.CIVIL_SOCIETY},
    )


def _kinds(session: Session, clause: Clause) -> set[TrackKind]:
    return set(session.scalars(select(Track.kind).where(Track.id.in_(clause.tracks))))


def _sides(session: Session, clause: Clause) -> list[str]:
    """The body, where the label names one, else the side of the wall."""
    if clause.body is not None:
        body = session.scalar(select(Body).where(Body.id == clause.body))
        return [local_text(body.name)] if body else []
    kinds = _kinds(session, clause)
    if kinds == {TrackKind.GOVERNMENT}:
        return [pgettext("track", "government")]
    if kinds == {TrackKind.CIVIL_SOCIETY}:
        return [pgettext("track", "civil society")]
    return [pgettext("track", "both tracks")] if kinds else []


def _audience(session: Session, clause: Clause, audience: Iterable[Addressee]) -> list[str]:
    named: dict[Named, list[UUID]] = {}
    for one in sorted(audience):
        named.setdefault(one.kind, []).append(one.id)
    parts = _participants(session, clause, named.get(Named.PARTICIPANT, []))
    if Named.PERSON in named:
        parts.append(ngettext("%(num)s person", "%(num)s persons", len(named[Named.PERSON])))
    parts += [_chair(session, one) for one in named.get(Named.CHAIR, [])]
    if Named.LIAISON in named:
        parts.append(_("the liaison officers"))
    if Named.MEETING in named:
        parts.append(_("the delegations of the meeting"))
    kinds = session.scalars(select(Track.kind).where(Track.id.in_(named.get(Named.SECRETARIAT, []))))
    parts += [
        _("the Secretariat") if kind is TrackKind.GOVERNMENT else _("the coordination of the network") for kind in kinds
    ]
    if Named.OFFICERS in named:
        parts.append(_("the officers of the Secretariat"))
    return parts


def _participants(session: Session, clause: Clause, ids: list[UUID]) -> list[str]:
    if len(ids) > NAMED_SINGLY:
        return [ngettext("%(num)s participant", "%(num)s participants", len(ids))]
    found = names.names_of(session, ids, process=clause.process)
    return [found[one].words for one in names.in_order(found)]


def _chair(session: Session, one: UUID) -> str:
    body = session.scalar(select(Body).where(Body.id == one))
    return _("the chair of %(body)s", body=local_text(body.name)) if body else _("the chair")
