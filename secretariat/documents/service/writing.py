"""Putting in a document and changing it while it is a draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, intern, label_value, relabel
from secretariat.core.labels import Clause, LabelValue
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents import policy
from secretariat.documents.models import KINDS, Document, DocumentState
from secretariat.documents.service.record import record
from secretariat.documents.symbols import is_pattern
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Body, Process, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document is put: in a meeting, in a body, or in the process."""

    process: Process
    track: Track
    body: Body | None = None
    meeting: Any = None

    @property
    def container(self) -> Any:
        return self.meeting or self.body or self.process


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the form of a document says. `readers` are those it will have (none: those of what it stands in), from
    `release_on` on or, without that day, from when it is issued."""

    title: LocalText
    kind: str
    readers: frozenset[Clause] = frozenset()
    dated: date | None = None
    release_on: date | None = None
    author_id: UUID | None = None
    author_text: str = ""


def add_document(
    session: ViewerSession, place: Place, particulars: Particulars, *, by_paragraph: bool = False
) -> Document:
    """A new document: a draft without a symbol, which the secretariat reads, and its author.

    Raises NotAllowed, Refused.
    """
    require(policy.may_add(session.viewer, place.track.id))
    _check(particulars)
    document = Document(
        process_id=place.process.id,
        track_id=place.track.id,
        body_id=place.body.id if place.body else None,
        meeting_id=place.meeting.id if place.meeting else None,
        state=DocumentState.DRAFT,
        by_paragraph=by_paragraph,
    )
    _write(session, document, particulars)
    held = held_back(place.process, place.track, particulars.author_id)
    attach(session, document, [held], container=place.container)
    session.flush()
    record(session, "document added", document, what=particulars.kind)
    session.flush()
    return document


def change_document(session: ViewerSession, document: Document, particulars: Particulars) -> None:
    """Change a draft. Of a paper that a participant sent in, words, author and readers stay as that has said: what is
    the secretariat's to set is the date it bears and the day of its release.

    Raises NotAllowed, Refused.
    """
    require(policy.may_change(session.viewer, document))
    _check(particulars)
    if document.is_submission:
        given = readers_given(session, document)
        particulars = replace(
            particulars, title=document.title, kind=document.kind, author_id=document.author_id, author_text="",
            readers=given,
        )  # fmt: skip
    author = document.author_id
    _write(session, document, particulars)
    session.flush()
    if author != document.author_id:
        held = held_back(document.process, document.track, document.author_id)
        relabel(session, document, [held], why="another author")
    record(session, "document changed", document)
    session.flush()


def held_back(process: Process, track: Track, author: UUID | None) -> Clause:
    """Who reads a document before its release: the secretariat of its track and, where it has one, its author."""
    authors = [clauses_of.participant(author)] if author is not None else []
    return clauses_of.named(process, track, audience=[clauses_of.secretariat(track), *authors])


def readers_given(session: Session, document: Document) -> frozenset[Clause]:
    """The readers a document was given for the day of its release; none: those of what it stands in."""
    return label_given(session, document.readers_label_id)


def label_given(session: Session, key: int | None) -> frozenset[Clause]:
    """The clauses of a label that was chosen; none where none was."""
    return label_value(session, key).clauses if key is not None else frozenset()


def label_chosen(session: Session, own: frozenset[Clause]) -> int | None:
    """The key of the label that was chosen; None where none was."""
    return intern(session, LabelValue(own)) if own else None


def set_pattern(session: ViewerSession, track: Track, pattern: str) -> None:
    """How the symbols of a track's documents are made from now on; what has one keeps it.

    Raises NotAllowed, Refused.
    """
    require(policy.may_set_pattern(session.viewer, track.id))
    if pattern and not is_pattern(pattern):
        raise Refused(
            _("Give a pattern with the year and, last, the number, for example {process}/{body}/{year}/{number}"),
            "pattern",
        )
    track.symbol_pattern = pattern
    session.flush()


def _check(particulars: Particulars) -> None:
    if particulars.kind not in KINDS:
        raise Refused(_("Choose what kind of document it is"), "kind")


def _write(session: ViewerSession, document: Document, particulars: Particulars) -> None:
    document.title, document.kind = particulars.title, particulars.kind
    document.dated = PartialDate.parse(particulars.dated) if particulars.dated else None
    document.release_on = particulars.release_on
    document.author_id, document.author_text = particulars.author_id, particulars.author_text
    document.readers_label_id = label_chosen(session, particulars.readers)
