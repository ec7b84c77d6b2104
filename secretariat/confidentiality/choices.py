"""The labels one person may give a thing of one place, as sentences: the list behind every form that sets a label."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.dates import passed, reached
from secretariat.core.labels import ADDRESSABLE_STANDINGS, Addressee, Clause, Level, Named
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.order import collation_key
from secretariat.core.languages.templating import local_text
from secretariat.core.wording import level_in_words
from secretariat.directory import queries as directory
from secretariat.processes import clauses
from secretariat.processes.models import Body, BodyMembershipRule, Participation, Process, Track, TrackKind
from secretariat.processes.names import in_order, names_of

PUBLIC, BOTH, PARTICIPANTS, MEMBERS, SECRETARIAT, NAMED = (
    "public", "both", "participants", "members", "secretariat", "named",
)  # fmt: skip
CONTAINER = "container"
"""The choice of no label of one's own: whoever reads what the thing stands in."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """A label that can be given: its key in the form, the sentence, and its clauses (none: those of the container)."""

    key: str
    words: str
    clauses: frozenset[Clause] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label is to be set. `within` names what the thing stands in, where it may have no label of its own."""

    process: Process
    track: Track
    bodies: Sequence[Body] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """All that a control can offer in one place. Addressees are offered as `kind:id`."""

    place: Place
    choices: Sequence[Choice]
    offices: Pairs = ()
    participants: Pairs = ()
    persons: Pairs = ()

    @property
    def pairs(self) -> Pairs:
        return [(one.key, one.words) for one in self.choices]

    def without(self, *keys: str) -> Offered:
        """The same without some choices, where a form has reasons not to offer them."""
        return replace(self, choices=[one for one in self.choices if one.key not in keys])

    def clauses(self, key: str, named: Iterable[str] = ()) -> frozenset[Clause]:
        """The clauses of a choice; `named` are the readers ticked. Raises StopIteration for what is not offered."""
        if key == NAMED:
            place = self.place
            return frozenset({clauses.named(place.process, place.track, audience=map(addressee, named))})
        return next(one.clauses for one in self.choices if one.key == key)

    def chosen(self, own: Collection[Clause]) -> tuple[str | None, list[str]]:
        """The choice behind a label and the readers it names; no choice where the label is none of those offered."""
        for one in self.choices:
            if one.key != NAMED and clauses.same(one.clauses, own):
                return one.key, []
        single = next(iter(own)) if len(own) == 1 else None
        if single is None or single.level is not Level.NAMED:
            return None, []
        ticked = [said(one) for one in sorted(single.audience)]
        known = {key for key, _words in (*self.offices, *self.participants, *self.persons)}
        return (NAMED, ticked) if known.issuperset(ticked) else (None, [])


def said(one: Addressee) -> str:
    """An addressee as a form holds it."""
    return f"{one.kind.value}:{one.id}"


def addressee(text: str) -> Addressee:
    """What `said` wrote. Raises ValueError."""
    kind, _colon, key = text.partition(":")
    return Addressee(Named(kind), UUID(key))


def offered(session: Session, place: Place, on: date) -> Offered:
    """What can be offered in a place, in the session's eyes and the reader's language, the widest label first."""
    return Offered(
        place,
        list(_choices(session, place)),
        offices=list(_offices(place)),
        participants=_participants(session, place, on),
        persons=_persons(session, place, on),
    )


def _choices(session: Session, place: Place) -> Iterable[Choice]:
    process, track = place.process, place.track
    government = track.kind is TrackKind.GOVERNMENT
    level = partial(level_in_words, own_words=process.level_words)
    if place.within:
        yield Choice(CONTAINER, _("Whoever reads what it stands in, “%(within)s”", within=place.within))
    if process.public_page:
        words = _("%(level)s: everyone, also outside the process", level=level(Level.PUBLIC))
        yield Choice(PUBLIC, words, frozenset({clauses.public(process)}))
    tracks = list(session.scalars(select(Track).where(Track.process_id == process.id).order_by(Track.position)))
    if len(tracks) > 1:
        words = _("%(level)s of both tracks, governments and civil society", level=level(Level.PARTICIPANTS))
        yield Choice(BOTH, words, frozenset({clauses.participants_of(process, *tracks)}))
    words = (
        _("%(level)s: members, observers and partners", level=level(Level.PARTICIPANTS))
        if government
        else _("%(level)s of the network", level=level(Level.PARTICIPANTS))
    )
    yield Choice(PARTICIPANTS, words, frozenset({clauses.participants_of(process, track)}))
    words = (
        _("%(level)s: all members of the process", level=level(Level.MEMBERS))
        if government
        else _("%(level)s: members of the network", level=level(Level.MEMBERS))
    )
    yield Choice(MEMBERS, words, frozenset({clauses.members_of(process, track)}))
    for body in place.bodies:
        if body.membership is BodyMembershipRule.OWN:
            yield from _of_body(process, track, body)
    words = _("The Secretariat alone") if government else _("The coordination of the network alone")
    yield Choice(SECRETARIAT, words, frozenset({clauses.named(process, track, audience=[clauses.secretariat(track)])}))
    yield Choice(NAMED, _("%(level)s: those chosen below", level=level(Level.NAMED)))


def _of_body(process: Process, track: Track, body: Body) -> Iterable[Choice]:
    name = local_text(body.name)
    words = _("All who take part in %(body)s, its observers too", body=name)
    yield Choice(f"observers:{body.id}", words, frozenset({clauses.participants_of(process, track, body=body)}))
    words = _("Members of %(body)s only", body=name)
    yield Choice(f"body:{body.id}", words, frozenset({clauses.members_of(process, track, body=body)}))


def _offices(place: Place) -> Iterable[tuple[str, str]]:
    process, track = place.process, place.track
    government = track.kind is TrackKind.GOVERNMENT
    yield (
        said(clauses.secretariat(track)),
        _("the Secretariat") if government else _("the coordination of the network"),
    )
    if government:
        yield said(clauses.chair(process.id)), _("the chair of the process")
    for body in place.bodies:
        yield said(clauses.chair(body.id)), _("the chair of %(body)s", body=local_text(body.name))
    if government:
        yield said(Addressee(Named.LIAISON, process.id)), _("the liaison officers")


def _participants(session: Session, place: Place, on: date) -> Pairs:
    rows = session.execute(
        select(Participation.participant_id, Participation.since, Participation.until, Participation.standing).where(
            Participation.process_id == place.process.id, Participation.track_id == place.track.id
        )
    )
    held = {
        key
        for key, since, until, standing in rows
        if key and standing.value in ADDRESSABLE_STANDINGS and reached(since, on) and not passed(until, on)
    }
    found = names_of(session, held, process=place.process.id)
    return [(said(clauses.participant(one)), found[one].words) for one in in_order(found)]


def _persons(session: Session, place: Place, on: date) -> Pairs:
    """Who holds an appointment on this track today, with whom they act for, as far as the reader reads it."""
    held = directory.appointments_on(session, place.process.id, on, track=place.track.id)
    entries = directory.with_cards(session, held)
    names = names_of(
        session, [one.appointment.participant_id for one in entries if one.appointment.participant_id],
        process=place.process.id,
    )  # fmt: skip
    found: dict[str, str] = {}
    for entry in entries:
        if entry.card is None or not entry.card.name:
            continue
        actor = names.get(entry.appointment.participant_id) if entry.appointment.participant_id else None
        words = (
            _("%(person)s, %(participant)s", person=entry.card.name, participant=actor) if actor else entry.card.name
        )
        found.setdefault(said(clauses.person(entry.appointment.person_id)), words)
    language = current_reading().language.code
    return sorted(found.items(), key=lambda pair: collation_key(pair[1], language))
