"""Who would read a thing, before anything is stored: by participant and person, and how that differs from before.

Of those who read, a page tells no more than its own reader may know: a participant whose standing is behind the wall,
or a person whose card one does not read, is not named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.confidentiality.choices import CONTAINER, NAMED, Offered
from secretariat.confidentiality.readers import Readers, circle_of, difference, processes_of
from secretariat.core import clock
from secretariat.core.database import Labelled
from secretariat.core.labelling import LabelRefused, would_be_in
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import current_reading, order
from secretariat.core.languages import gettext as _
from secretariat.core.viewer import HatKind
from secretariat.directory.models import ContactCard
from secretariat.processes.models import Participation, Track, TrackKind
from secretariat.processes.names import in_order, names_of

NAMED_SINGLY = 12
"""Readers are named if there are fewer; else their number stands first and their names open below."""


@dataclass(frozen=True, slots=True)
class Told:
    """Readers in words. `persons` are those who read as persons or by an office, not by their participant."""

    everyone: bool = False
    offices: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        return not (self.everyone or self.participants or self.persons or self.offices)

    @property
    def few(self) -> bool:
        return len(self.participants) + len(self.persons) < NAMED_SINGLY

    @property
    def names(self) -> list[str]:
        return [*self.participants, *self.persons]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who reads after a change, who is added and who falls away; without `differs` there was nothing before."""

    after: Told
    gained: Told = Told()
    lost: Told = Told()
    differs: bool = False


class Teller:
    """Puts readers into words for the reader of a page; names are read once."""

    def __init__(self, session: Session, process: UUID, known: Iterable[Readers]) -> None:
        every = list(known)
        reading = {one.participant for readers in every for one in readers.participants}
        seen = session.scalars(
            select(Participation.participant_id).where(Participation.participant_id.in_(sorted(reading, key=str)))
        )
        names = names_of(session, set(seen), process=process)
        self._participants = {key: names[key].words for key in in_order(names)}
        people = {one.person for readers in every for one in readers.persons}
        cards = session.scalars(
            select(ContactCard).where(
                ContactCard.person_id.in_(sorted(people, key=str)), ContactCard.process_id == process
            )
        )
        self._persons = {card.person_id: card.name for card in cards if card.name}
        kept = {one for readers in every for one in readers.secretariats}
        tracks = select(Track.id, Track.kind).where(Track.id.in_(sorted(kept, key=str))).order_by(Track.position)
        self._tracks = {row.id: row.kind for row in session.execute(tracks)}

    def told(self, readers: Readers) -> Told:
        """These readers, as far as the page's reader may know of them."""
        reading = {one.participant for one in readers.participants}
        beside = {
            self._persons[one.person]
            for one in readers.persons
            if one.hat.kind is not HatKind.SECRETARIAT and one.hat.id not in reading and one.person in self._persons
        }
        return Told(
            everyone=readers.everyone,
            offices=tuple(_keepers(kind) for key, kind in self._tracks.items() if key in readers.secretariats),
            participants=tuple(name for key, name in self._participants.items() if key in reading),
            persons=tuple(order.sorted_names(beside, current_reading().language.code)),
        )


def _keepers(kind: TrackKind) -> str:
    return _("the Secretariat") if kind is TrackKind.GOVERNMENT else _("the coordination of the network")


def preview(session: Session, process: UUID, after: Readers, before: Readers | None = None) -> Preview:
    """Who reads after a change in words, and how that differs from before where there was something."""
    if before is None:
        return Preview(Teller(session, process, [after]).told(after))
    change = difference(before, after)
    teller = Teller(session, process, [after, before])
    return Preview(teller.told(after), teller.told(change.gained), teller.told(change.lost), differs=True)


def preview_new(session: Session, process: UUID, container: Labelled, clauses: Iterable[Clause]) -> Preview:
    """Who would read a new thing with these clauses in a container. Raises LabelRefused."""
    label = would_be_in(session, container, clauses)
    return preview(session, process, readers_today(session, label))


def readers_today(session: Session, label: LabelValue) -> Readers:
    """All who read what carries this label today; for `preview`, never to be shown as it is."""
    return circle_of(session, processes_of(label), clock.today()).readers(label)


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom one choice of a control means today."""

    words: str
    readers: Told


def meant(session: Session, offered: Offered, container: Labelled | None = None) -> list[Meant]:
    """For each choice of a control but the named readers, who would read a new thing there today."""
    labels: dict[str, LabelValue] = {}
    for one in offered.choices:
        if one.key in (NAMED, CONTAINER):
            continue
        try:
            labels[one.words] = would_be_in(session, container, one.clauses)
        except LabelRefused:
            continue
    circle = circle_of(session, processes_of(*labels.values()), clock.today())
    read = {words: circle.readers(label) for words, label in labels.items()}
    teller = Teller(session, offered.place.process.id, read.values())
    return [Meant(words, teller.told(one)) for words, one in read.items()]
