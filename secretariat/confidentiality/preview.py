"""Who would read a thing, before anything is stored: by participant and person, and how that differs from before.

Of those who read, a page tells no more than its own reader may know (`confidentiality.telling`): a participant whose
standing is behind the wall, or a person whose appointment or card one does not read, is not named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from secretariat.confidentiality.choices import CONTAINER, NAMED, Offered
from secretariat.confidentiality.readers import Readers, circle_of, difference, processes_of
from secretariat.confidentiality.telling import knowledge
from secretariat.core import clock
from secretariat.core.database import Labelled
from secretariat.core.labelling import LabelRefused, would_be_in
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import current_reading, order
from secretariat.core.languages import gettext as _
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import HatKind
from secretariat.processes.models import TrackKind
from secretariat.processes.names import in_order

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
    """Puts readers into words for the reader of a page; what it may know of them is read once."""

    def __init__(self, session: ViewerSession, process: UUID, every: Iterable[Readers]) -> None:
        self._known = knowledge(session, list(every), process, clock.today())

    def told(self, readers: Readers) -> Told:
        """These readers, as far as the page's reader may know of them."""
        known = self._known
        reading = {one.participant for one in readers.participants}
        shown = {one.participant for one in readers.participants if known.knows(one)}
        beside = {
            name
            for one in readers.persons
            if one.hat.kind is not HatKind.SECRETARIAT and one.hat.id not in reading
            for name in known.names_of(one)
        }
        tracks = sorted(known.tracks.values(), key=lambda one: (one.position, str(one.id)))
        return Told(
            everyone=readers.everyone,
            offices=tuple(_keepers(track.kind) for track in tracks if track.id in readers.secretariats),
            participants=tuple(known.names[key].words for key in in_order(known.names) if key in shown),
            persons=tuple(order.sorted_names(beside, current_reading().language.code)),
        )


def _keepers(kind: TrackKind) -> str:
    return _("the Secretariat") if kind is TrackKind.GOVERNMENT else _("the coordination of the network")


def preview(session: ViewerSession, process: UUID, after: Readers, before: Readers | None = None) -> Preview:
    """Who reads after a change in words, and how that differs from before where there was something."""
    if before is None:
        return Preview(Teller(session, process, [after]).told(after))
    change = difference(before, after)
    teller = Teller(session, process, [after, before])
    return Preview(teller.told(after), teller.told(change.gained), teller.told(change.lost), differs=True)


def preview_new(session: ViewerSession, process: UUID, container: Labelled, clauses: Iterable[Clause]) -> Preview:
    """Who would read a new thing with these clauses in a container. Raises LabelRefused."""
    label = would_be_in(session, container, clauses)
    return preview(session, process, readers_today(session, label))


def readers_today(session: ViewerSession, label: LabelValue) -> Readers:
    """All who read what carries this label today; for `preview`, never to be shown as it is."""
    return circle_of(session, processes_of(label), clock.today()).readers(label)


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom one choice of a control means today."""

    words: str
    readers: Told


def meant(session: ViewerSession, offered: Offered, container: Labelled | None = None) -> list[Meant]:
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
