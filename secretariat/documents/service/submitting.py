"""Papers of participants: prepared in the capital, sent in, taken back, decided.

While it is prepared a paper is its government's alone: what its ministries draft among themselves is not the
secretariat's to read. Sent in, it is read by those who decide. Its readers are those its government gave it, from when
it is issued until that government says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from secretariat.core import audit, clock
from secretariat.core.labelling import attach, intern, relabel, renew
from secretariat.core.labels import Clause, LabelValue, Level
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents import policy
from secretariat.documents import submission_queries as queries
from secretariat.documents.models import (
    Document,
    DocumentFile,
    DocumentState,
    DocumentText,
    DocumentVersion,
    PaperAnswer,
    Revision,
)
from secretariat.documents.service.files import Received, put_in
from secretariat.documents.service.issuing import following
from secretariat.documents.service.record import record
from secretariat.documents.service.versions import Asked, put_version
from secretariat.documents.service.writing import Place
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, Track

KINDS_SENT_IN = ("working_paper", "non_paper", "conference_room_paper", "information_note", "statement", "other")
"""What a participant sends in; agendas, reports and joint texts are made by those who keep the meeting."""
MOST_WAITING = 20
"""Papers of one participant that can be prepared or wait for an answer at one meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the form of a paper says. `readers` are those it will have (none: those of the meeting); `language` is that
    of the original and `file` its text; `other` a translation that comes with it, by its language."""

    title: LocalText
    kind: str
    readers: frozenset[Clause]
    language: str
    file: Received | None = None
    other: tuple[str, Received] | None = None


def capital(process: Process, track: Track, participant: UUID) -> Clause:
    """One government and nobody else."""
    return clauses_of.named(process, track, audience=[clauses_of.participant(participant)])


def deciding(process: Process, track: Track, participant: UUID, chaired: Iterable[UUID | None]) -> Clause:
    """Whose it is, the secretariat, and the chairs of these bodies or processes: those who decide."""
    chairs = [clauses_of.chair(one) for one in chaired if one is not None]
    audience = [clauses_of.participant(participant), clauses_of.secretariat(track), *chairs]
    return clauses_of.named(process, track, audience=audience)


def with_author(given: frozenset[Clause], track: Track, participant: UUID) -> frozenset[Clause]:
    """Readers a participant chose, with itself and the secretariat among those named: a paper is not issued away from
    its author, nor by an office that does not see it."""
    also = (clauses_of.participant(participant), clauses_of.secretariat(track))
    return frozenset(
        replace(one, audience=one.audience.union(also)) if one.level is Level.NAMED else one for one in given
    )


def prepare(session: ViewerSession, place: Place, paper: Paper) -> Document:
    """A paper begun for a meeting, which its government alone reads. Whether one may is the caller's to say.

    Raises NotAllowed; Refused past all measure, and for a paper that was sent in already.
    """
    participant = session.viewer.participant
    if participant is None:
        raise NotAllowed
    _check_measure(session, place.meeting.id, participant)
    _check_kind(paper)
    _check_once(session, place.meeting.id, participant, paper)
    document = Document(
        process_id=place.process.id,
        track_id=place.track.id,
        body_id=place.body.id if place.body else None,
        meeting_id=place.meeting.id,
        author_id=participant,
        state=DocumentState.PREPARED,
        title=paper.title,
        kind=paper.kind,
    )
    _give_readers(session, document, place.track, paper)
    attach(session, document, [capital(place.process, place.track, participant)], container=place.meeting)
    session.flush()
    original = put_version(session, document, paper.language, Asked(), paper.file, is_original=True)
    _bring_other(session, document, original, paper)
    _note(session, "paper begun", document)
    return document


def prepare_revision(session: ViewerSession, document: Document, revision: Revision, paper: Paper) -> Document:
    """What follows an issued paper - a revision, a corrigendum, an addendum - begun by the author that sent the paper
    in, which alone reads it. It keeps the readers the paper has; it has its symbol once it is issued.

    Raises NotAllowed; Refused without a file, and while another one of the line is open.
    """
    require(policy.may_revise_own(session.viewer, document))
    assert document.author_id is not None
    assert document.meeting_id is not None
    if revision is Revision.FIRST:
        raise Refused(_("Choose what it is to the document"), "revision")
    if queries.open_in_line(session, document.first_id) is not None:
        raise Refused(_("Something that follows this paper is open already; go on with that one first."))
    if paper.file is None:
        raise Refused(_("Choose the file with the new text."), "file")
    _check_measure(session, document.meeting_id, document.author_id)
    _check_once(session, document.meeting_id, document.author_id, paper)
    made = following(document, revision, paper.title)
    made.state, made.submitted_at, made.by_its_author = DocumentState.PREPARED, None, True
    attach(session, made, [capital(document.process, document.track, document.author_id)], container=document.meeting)
    session.flush()
    original = put_version(session, made, paper.language, Asked(), paper.file, is_original=True)
    _bring_other(session, made, original, paper)
    _note(session, "revision of a paper begun", made)
    return made


def change_paper(session: ViewerSession, document: Document, paper: Paper, *, keeps_readers: bool = False) -> None:
    """Work on a paper that is prepared. `keeps_readers`: whoever works on it does not decide who reads it.

    Raises NotAllowed, Refused.
    """
    require(policy.may_prepare(session.viewer, document))
    assert document.author_id is not None
    assert document.meeting_id is not None
    _check_kind(paper)
    _check_once(session, document.meeting_id, document.author_id, paper, document)
    document.title, document.kind = paper.title, paper.kind
    if not keeps_readers:
        _give_readers(session, document, document.track, paper)
    original = next((one for one in document.versions if one.is_original), None)
    if original is None:
        original = put_version(session, document, paper.language, Asked(), paper.file, is_original=True)
    else:
        _change_original(session, document, original, paper)
    _bring_other(session, document, original, paper)
    if paper.file is not None or paper.other is not None:
        # Another file is another paper: who opened the form before it came is shown that, and does not send it unseen.
        flag_modified(document, "title")
    session.flush()
    _note(session, "paper changed", document)


def submit(session: ViewerSession, document: Document, deciding_clause: Clause) -> None:
    """Send a paper in: from now on those who decide read it. Raises NotAllowed; Refused where nothing can be read."""
    require(policy.may_prepare(session.viewer, document))
    if session.scalar(select(DocumentFile.id).where(DocumentFile.document_id == document.id).limit(1)) is None:
        raise Refused(_("Choose the file of the paper; without it there is nothing to read yet."), "file")
    document.state, document.submitted_at = DocumentState.SUBMITTED, clock.now()
    session.flush()
    relabel(session, document, [deciding_clause], why="paper sent in")
    renew(session, document, why="paper sent in")
    record(session, "paper sent in", document, what=document.kind)
    session.flush()


def take_back(session: ViewerSession, document: Document) -> None:
    """Its government goes on with it alone; it can be sent in again. Raises NotAllowed."""
    require(policy.may_take_back(session.viewer, document))
    assert document.author_id is not None
    record(session, "paper taken back by its author", document)
    document.state, document.submitted_at = DocumentState.PREPARED, None
    session.flush()
    relabel(session, document, [capital(document.process, document.track, document.author_id)], why="paper taken back")
    session.flush()


def discard(session: ViewerSession, document: Document) -> None:
    """Its government does not go on with it: nothing of it stays but that it was begun. Raises NotAllowed."""
    require(policy.may_prepare(session.viewer, document))
    _note(session, "paper not gone on with", document)
    for version in list(document.versions):
        for file in list(version.files):
            for words in session.scalars(select(DocumentText).where(DocumentText.file_id == file.id)):
                session.delete(words)
            session.flush()
            session.delete(file)
        session.flush()
        session.delete(version)
    session.flush()
    session.delete(document)
    session.flush()


def decide(
    session: ViewerSession,
    document: Document,
    readers: Clause,
    word: LocalText | None,
    *,
    taken_up: bool,
    item: UUID | None = None,
) -> PaperAnswer:
    """Take a paper up, for an item of the agenda or the meeting as a whole, or return it with a word. `readers` are
    those of the answer. Taken up it is a draft: it has its symbol when the secretariat issues it.

    Whether one may is the caller's to say. Raises Refused for no without a word.
    """
    if not taken_up and not word:
        raise Refused(_("Say in a word why it is not taken up this time; its author receives it"), "answer")
    document.state = DocumentState.DRAFT if taken_up else DocumentState.RETURNED
    document.item_id = item if taken_up else None
    answer = PaperAnswer(document_id=document.id, is_taken_up=taken_up, word=word, answered_at=clock.now())
    attach(session, answer, [readers], container=document)
    session.flush()
    record(session, "paper answered", document, taken_up=taken_up)
    session.flush()
    return answer


def _check_kind(paper: Paper) -> None:
    if paper.kind not in KINDS_SENT_IN:
        raise Refused(_("Choose what kind of document it is"), "kind")


def _check_measure(session: ViewerSession, meeting: UUID, participant: UUID) -> None:
    if len(queries.open_papers(session, meeting, participant)) >= MOST_WAITING:
        raise Refused(_("So many papers of yours already await an answer; the Secretariat will come back to you"))


def _check_once(
    session: ViewerSession, meeting: UUID, participant: UUID, paper: Paper, besides: Document | None = None
) -> None:
    """The same file, byte by byte, is the same paper sent twice."""
    for received, field in ((paper.file, "file"), (paper.other[1] if paper.other else None, "other_file")):
        if received is None:
            continue
        there = queries.papers_with_file(session, meeting, participant, received.kept.sha256)
        if any(besides is None or key != besides.id for key in there):
            raise Refused(_("This file is among your papers for this meeting already; nothing was sent again."), field)


def _give_readers(session: ViewerSession, document: Document, track: Track, paper: Paper) -> None:
    assert document.author_id is not None
    given = with_author(paper.readers, track, document.author_id)
    document.readers_label_id = intern(session, LabelValue(given)) if given else None


def _change_original(session: ViewerSession, document: Document, original: DocumentVersion, paper: Paper) -> None:
    if paper.language != original.language:
        if any(one.language == paper.language for one in document.versions):
            raise Refused(_("It is there in this language already; choose another."), "language")
        original.language = paper.language
    if paper.file is not None:
        put_in(session, original, paper.file)


def _bring_other(session: ViewerSession, document: Document, original: DocumentVersion, paper: Paper) -> None:
    """The text in a further language; one that is there in it gives way."""
    if paper.other is None:
        return
    language, received = paper.other
    if language == original.language:
        raise Refused(_("This is the language of the original; choose another."), "other_language")
    version = next((one for one in document.versions if one.language == language), None)
    if version is None:
        put_version(session, document, language, Asked(), received, is_original=False)
    else:
        put_in(session, version, received)


def _note(session: ViewerSession, kind: str, document: Document) -> None:
    """On the trail, for the eyes of its government alone."""
    process, track = document.process, document.track
    assert document.author_id is not None
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[capital(process, track, document.author_id)],
        subject=document,
    )
    session.flush()
