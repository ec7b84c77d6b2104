"""What one person may read in one process and on one track, as far as whoever asks may read it too.

The two are never added: what is counted and listed is read in the asker's own session, and of it what the person under
the hat satisfies. What the person may read beyond that is not counted, and whether there is any is not said.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.confidentiality.queries import beside, in_sight, joined_to_containers
from secretariat.core import kinds
from secretariat.core.kinds import Kind
from secretariat.core.labelling import labels_of_process
from secretariat.core.labels import LabelValue, Level, may_read
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, Viewer
from secretariat.core.wording import ShownLabel
from secretariat.directory import viewers
from secretariat.directory.models import Appointment
from secretariat.directory.queries import Entry, with_cards
from secretariat.processes.models import Track
from secretariat.processes.names import remember
from secretariat.processes.wording import labels_in_words


@dataclass(frozen=True, slots=True)
class Row:
    """Things of one kind under labels of the same words: how many there are, and how the list of them is asked for."""

    kind: Kind
    label: tuple[ShownLabel, ...]
    count: int
    key: str
    """Stands in an address for these labels; it says nothing of how many labels there are."""
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing in a list: what it is called and where it is shown."""

    thing: Any
    title: LocalText | str
    page: str | None


def appointments_of(session: Session, person: UUID, track: Track) -> list[Entry]:
    """Every appointment of a person on a track that the asker reads, held or ended, the latest first."""
    rows = session.scalars(
        select(Appointment)
        .where(Appointment.person_id == person, Appointment.track_id == track.id)
        .order_by(Appointment.since.desc(), Appointment.id)
    )
    return with_cards(session, rows)


def rows_of(session: ViewerSession, person: UUID, hat: Hat, track: Track) -> list[Row]:
    """What may be read, by kind and label. A statement a kind, however many things there are."""
    reachable = _reachable(session, person, hat, track)
    shown = labels_in_words(session, reachable.values())
    found = []
    for kind in kinds.every():
        counts: dict[tuple[ShownLabel, ...], int] = defaultdict(int)
        under: dict[tuple[ShownLabel, ...], list[int]] = defaultdict(list)
        for label_id, count in session.execute(_counted(kind.model)):
            if label_id in reachable:
                words = shown[reachable[label_id]]
                counts[words] += count
                under[words].append(label_id)
        found += [
            Row(kind, words, count, _key(reachable[one].digest for one in under[words]), tuple(under[words]))
            for words, count in counts.items()
        ]
    return sorted(found, key=lambda one: (str(one.kind.word).casefold(), one.label[0].weight, one.key))


def things_of(session: ViewerSession, rows: Sequence[Row], process: UUID, *, offset: int, most: int) -> list[Listed]:
    """A page of the things of some rows of one kind, with titles and pages; a constant number of statements."""
    kind, labels = rows[0].kind, [label for row in rows for label in row.labels]
    model = kind.model
    wanted = in_sight(model).where(model.label_id.in_(labels)).order_by(model.id).offset(offset).limit(most)
    things = session.scalars(wanted.options(*beside(model))).all()
    _remember_names(session, things, process)
    listed = [Listed(one, kind.title(one), kind.page(one)) for one in things]
    return sorted(listed, key=lambda one: _in_words(one.title))


def _reachable(session: ViewerSession, person: UUID, hat: Hat, track: Track) -> dict[int, LabelValue]:
    """Labels of the process that the person satisfies by what is held on this track alone."""
    with system_access(session, Reason.RIGHTS) as system:
        viewer = viewers.make_viewers(system, [(person, hat)], session.viewer.on)[0]
        labels = labels_of_process(system, track.process_id)
    here = _on_track(viewer, track)
    return {key: value for key, value in labels.items() if _is_of(value, track) and may_read(here, value)}


def _on_track(viewer: Viewer, track: Track) -> Viewer:
    return replace(
        viewer,
        standings=tuple(one for one in viewer.standings if (one.process, one.track) == (track.process_id, track.id)),
        roles=frozenset(one for one in viewer.roles if (one.process, one.track) == (track.process_id, track.id)),
    )


def _is_of(label: LabelValue, track: Track) -> bool:
    return all(
        one.process == track.process_id and (one.level is Level.PUBLIC or track.id in one.tracks)
        for one in label.clauses
    )


def _counted(model: type[Any]) -> Any:
    counted = select(model.label_id, func.count()).select_from(model)
    return joined_to_containers(counted, model).group_by(model.label_id)


def _key(digests: Iterable[str]) -> str:
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()[:16]


def _remember_names(session: ViewerSession, things: Sequence[Any], process: UUID) -> None:
    concerned = {getattr(one, "participant_id", None) for one in things}
    remember(session, concerned, process=process)
    remember(session, concerned)


def _in_words(title: LocalText | str) -> str:
    return title.casefold() if isinstance(title, str) else title.in_language("")[0].casefold()
