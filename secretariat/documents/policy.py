"""Who may do what with documents. Reading is the labels' matter; these are pure and see values alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from secretariat.core.viewer import Viewer
from secretariat.documents.models import Document, DocumentState, DocumentVersion, Revision, VersionState
from secretariat.processes.policy import speaks_on


def may_add(viewer: Viewer, track: UUID) -> bool:
    """The secretariat of the track."""
    return viewer.keeps(track)


def may_keep(viewer: Viewer, document: Document) -> bool:
    """The secretariat of the document's track."""
    return viewer.keeps(document.track_id)


def may_change(viewer: Viewer, document: Document) -> bool:
    """A draft; what was issued stands, and is revised, superseded or withdrawn."""
    return may_keep(viewer, document) and document.state is DocumentState.DRAFT


def may_issue(viewer: Viewer, document: Document) -> bool:
    return may_change(viewer, document)


def may_release(viewer: Viewer, document: Document) -> bool:
    """Let its readers have it before the day that was set."""
    return may_keep(viewer, document) and document.state is DocumentState.ISSUED and not document.is_released


def may_withdraw(viewer: Viewer, document: Document) -> bool:
    """Not what awaits an answer, nor what was returned to its author with one."""
    open_states = (DocumentState.DRAFT, DocumentState.ISSUED, DocumentState.SUPERSEDED)
    return may_keep(viewer, document) and document.state in open_states


def speaks_for_author(viewer: Viewer, document: Document) -> bool:
    """Whether one answers for the participant whose paper it is."""
    own = document.author_id is not None and viewer.participant == document.author_id
    return own and speaks_on(viewer, document.process_id, document.track_id)


def may_prepare(viewer: Viewer, document: Document) -> bool:
    """Work on a paper of one's government that is not sent in yet."""
    return speaks_for_author(viewer, document) and document.state is DocumentState.PREPARED


def may_decide(viewer: Viewer, document: Document, chaired: Iterable[UUID | None]) -> bool:
    """What becomes of a paper that was sent in: the chair of one of these says it, or the secretariat for the chair."""
    of = frozenset(chaired)
    chairs = any(office.kind == "chair" and office.id in of for office in viewer.offices)
    return document.state is DocumentState.SUBMITTED and (may_keep(viewer, document) or chairs)


def may_take_back(viewer: Viewer, document: Document) -> bool:
    """Whose paper it is, as long as nobody has answered."""
    return speaks_for_author(viewer, document) and document.state is DocumentState.SUBMITTED


def is_revisable(document: Any) -> bool:
    """Whether a paper that a participant sent in stands, so that it can be revised: the document, or a row of it."""
    released = document.released_at is not None and document.symbol is not None
    stands = document.state is DocumentState.ISSUED and released
    sent_in = document.submitted_at is not None and document.meeting_id is not None
    return stands and sent_in and document.revision in (Revision.FIRST, Revision.REV)


def may_revise_own(viewer: Viewer, document: Document) -> bool:
    """Whoever speaks for the participant that sent the paper in, once it is issued and others have it."""
    return speaks_for_author(viewer, document) and is_revisable(document)


def may_revise(viewer: Viewer, document: Document) -> bool:
    """The first of a line, or a revision of it, once it has a symbol; a corrigendum is not revised itself."""
    stands = document.state is DocumentState.ISSUED and document.symbol is not None
    return may_keep(viewer, document) and stands and document.revision in (Revision.FIRST, Revision.REV)


def may_add_version(viewer: Viewer, document: Document) -> bool:
    return may_keep(viewer, document) and document.state in (DocumentState.DRAFT, DocumentState.ISSUED)


def may_see_to_version(viewer: Viewer, document: Document, version: DocumentVersion) -> bool:
    """Bring the file of one that is awaited, or change who translates it by when; of a draft also bring another, but
    not in the place of the text that a participant sent in. Of one that is awaited no more its service says why."""
    by_author = document.by_its_author or (document.is_submission and document.revision is Revision.FIRST)
    sent_in = by_author and version.is_original
    awaited = version.state in (VersionState.AWAITED, VersionState.NOT_MADE)
    open_still = awaited or (document.state is DocumentState.DRAFT and not sent_in)
    return may_add_version(viewer, document) and open_still


def may_fetch(viewer: Viewer, document: Document) -> bool:
    """The files of what was withdrawn are the secretariat's; that it was there stays readable."""
    return document.state is not DocumentState.WITHDRAWN or may_keep(viewer, document)


def may_set_pattern(viewer: Viewer, track: UUID) -> bool:
    """How symbols are made: the secretariat of the track."""
    return viewer.keeps(track)
