"""What all acts on labels share: refusals, the trail, and the readers of what is decided beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from secretariat.confidentiality import decided
from secretariat.confidentiality.decided import Place
from secretariat.confidentiality.rights import Paper
from secretariat.core import audit
from secretariat.core.kinds import Kind
from secretariat.core.labelling import label_value
from secretariat.core.labels import Addressee, Clause
from secretariat.core.refusals import NotAllowed
from secretariat.core.viewer import Viewer
from secretariat.processes import clauses

LONGEST = 500
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing whose label is acted on, with where it stands and whose paper it is."""

    kind: Kind
    thing: Any
    place: Place
    paper: Paper

    @property
    def about(self) -> dict[str, Any]:
        """Which thing a row is about, for a row."""
        return {
            "thing_kind": self.kind.name,
            "thing_id": self.thing.id,
            "process_id": self.place.process.id,
            "track_id": self.place.track.id,
        }


def subject(session: Session, kind: Kind, thing: Any) -> Subject:
    """Raises NotAllowed where the session's reader does not see what the thing stands in."""
    place = decided.place_of(session, thing)
    if place is None:
        raise NotAllowed
    return Subject(kind, thing, place, Paper(kind.origin(session, thing), place.process.id, place.track.id))


def concerned(of: Subject) -> list[Addressee]:
    """Whom what is decided about a paper concerns: the secretariat of the track, and whose paper it is."""
    found = [clauses.secretariat(of.place.track)]
    if of.paper.participant is not None:
        found.append(clauses.participant(of.paper.participant))
    if of.paper.is_joint:
        found.append(clauses.chair(of.paper.origin.id))
    return found


def readers(session: Session, of: Subject) -> list[Clause]:
    """Readers of what is decided about a thing: who reads the thing itself, and of those whom it concerns."""
    own = label_value(session, of.thing.label_id).clauses
    return [*own, clauses.named(of.place.process, of.place.track, audience=concerned(of))]


def record(session: Session, kind: str, of: Subject, also: Iterable[Clause] = (), **content: Any) -> None:
    """Put an act on a label on the trail; its content is read by whom what is decided about the thing concerns."""
    audit.record(
        session,
        kind,
        chain=audit.chain_name(of.place.process.slug, of.place.track.slug),
        clauses=[*readers(session, of), *also],
        subject=of.thing,
        content=content,
    )


def by(viewer: Viewer, why: str) -> dict[str, Any]:
    """Who decided, and why, for a row."""
    return {"by_person_id": viewer.person, "by_hat": str(viewer.hat), "why": why[:LONGEST]}
