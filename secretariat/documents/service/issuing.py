"""Giving a document its symbol, letting its readers have it, revising and withdrawing it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session

from secretariat.core import clock, kinds
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import LabelRefused, attach, container_of, intern, relabel, renew, would_be_in
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.numbering import give_symbol
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access, system_unit
from secretariat.documents import frozen, policy, symbols
from secretariat.documents.models import Document, DocumentFile, DocumentState, Revision
from secretariat.documents.service.record import record
from secretariat.documents.service.writing import held_back, label_chosen, readers_given
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Process, TrackKind

log = structlog.get_logger()


def issue(session: ViewerSession, document: Document) -> str:
    """Give a draft its symbol; its readers have it at once, or on the day of its release. The symbol.

    A revision takes the place of what stood before it in its line. Raises NotAllowed; Refused where nothing is there
    to be read in any language.
    """
    require(policy.may_issue(session.viewer, document))
    if not _can_be_read(session, document):
        raise Refused(_("Nothing can be read yet: bring the file of one language first."))
    if _waits_for_its_meeting(session, document):
        raise Refused(_("Its meeting is not announced yet; its papers are issued once it is."))
    _check_gives_way(session, document)
    if document.by_its_author:
        _keep_readers_of_line(session, document)
    today = clock.today(document.process.zone)
    document.dated = document.dated or PartialDate.parse(today)
    given = _give_symbol(session, document)
    document.state, document.issued_at = DocumentState.ISSUED, clock.now()
    session.flush()
    record(session, "document issued", document, symbol=given)
    if document.release_on is None or document.release_on <= today:
        _let_read(session, document)
    session.flush()
    return given


def _can_be_read(session: Session, document: Document) -> bool:
    files = select(DocumentFile.id).where(DocumentFile.document_id == document.id).limit(1)
    return document.by_paragraph or session.scalar(files) is not None


def release(session: ViewerSession, document: Document) -> None:
    """Let the readers of an issued document have it before its day. Raises NotAllowed, Refused."""
    require(policy.may_release(session.viewer, document))
    _check_gives_way(session, document)
    _let_read(session, document)
    session.flush()


def release_what_is_due(engine: Engine) -> int:
    """Let readers have every document whose day has come in the zone of its process, also the days nobody was here;
    each in its own unit of work. How many those were."""
    with system_unit(engine, Reason.FILES, writes=False) as system:
        rows = system.execute(
            select(Document.id, Document.release_on, Process.zone)
            .join(Process, Document.process_id == Process.id)
            .where(Document.state == DocumentState.ISSUED, Document.released_at.is_(None))
            .order_by(Document.id)
        ).all()
    return sum(_release_one(engine, key) for key, on, zone in rows if on is not None and on <= clock.today(zone))


def _release_one(engine: Engine, key: UUID) -> bool:
    try:
        with system_unit(engine, Reason.FILES) as system:
            document = system.scalar(select(Document).where(Document.id == key).with_for_update(skip_locked=True))
            if document is None or document.is_released or document.state is not DocumentState.ISSUED:
                return False
            _check_gives_way(system, document)
            _let_read(system, document)
            return True
    except Refused:  # what it was to replace was frozen meanwhile: an officer is told (`is_held_up`) and withdraws it
        return False
    except Exception:  # the others have their day too
        log.exception("a document was not released on its day", document=str(key))
        return False


def revise(
    session: ViewerSession,
    document: Document,
    revision: Revision,
    title: LocalText,
    *,
    readers: frozenset[Clause] | None = None,
    by_paragraph: bool = False,
) -> Document:
    """A draft in the line of a document: its revision, corrigendum or addendum, for the same readers or others.

    Raises NotAllowed, Refused.
    """
    require(policy.may_revise(session.viewer, document))
    if revision is Revision.FIRST:
        raise Refused(_("Choose what it is to the document"), "revision")
    if revision is Revision.REV:
        frozen.check(session, document, "revision")
        if document.by_paragraph and not by_paragraph:
            raise Refused(_("Its next edition is circulated from the text itself, paragraph by paragraph."), "revision")
    made = following(document, revision, title)
    made.by_paragraph = by_paragraph
    if readers is not None:
        made.readers_label_id = label_chosen(session, readers)
    held = held_back(document.process, document.track, document.author_id)
    attach(session, made, [held], container=document.meeting or document.body or document.process)
    session.flush()
    record(session, "revision of a document begun", made, of=str(document.id), revision=revision.value)
    session.flush()
    return made


def following(document: Document, revision: Revision, title: LocalText) -> Document:
    """What follows a document in its line, for the readers that has now: once it is released these are the ones it was
    given and those its label was changed to since; before, the ones kept for the day of its release."""
    now = document.own_label_id if document.is_released else document.readers_label_id
    return Document(
        process_id=document.process_id,
        track_id=document.track_id,
        body_id=document.body_id,
        meeting_id=document.meeting_id,
        line_id=document.first_id,
        revision=revision,
        kind=document.kind,
        title=title,
        author_id=document.author_id,
        author_text=document.author_text,
        readers_label_id=now,
        submitted_at=document.submitted_at,  # a revision of a participant's paper keeps the readers that has given
        item_id=document.item_id,
    )


def withdraw(session: ViewerSession, document: Document, word: LocalText) -> None:
    """Take a document back; it stays on record with the word that says why. Raises NotAllowed, Refused."""
    require(policy.may_withdraw(session.viewer, document))
    frozen.check(session, document)
    session.refresh(document, ["state"])
    require(policy.may_withdraw(session.viewer, document))
    document.state, document.withdrawn_word = DocumentState.WITHDRAWN, word
    session.flush()
    record(session, "document withdrawn", document, why=local_text(word))
    if document.is_released:
        renew(session, document, why="document withdrawn")
    session.flush()


def _let_read(session: Session, document: Document) -> None:
    """From now on it has the readers it was given, those of now: who has left does not read on."""
    own = clauses_of.of_today(session, readers_given(session, document))
    document.released_at = clock.now()
    session.flush()
    relabel(session, document, own, why="document released")
    renew(session, document, why="document released")
    session.flush()
    record(session, "document released", document)
    if document.revision is Revision.REV:
        _supersede(session, document)


def is_held_up(session: Session, document: Document) -> bool:
    """Whether a revision that waits for its day is not released on it: what it was to replace stays as it is."""
    if document.revision is not Revision.REV or document.is_released:
        return False
    with system_access(session, Reason.UNIQUENESS) as system:
        return any(frozen.is_frozen(system, one) for one in system.scalars(_standing_before(document)))


def _check_gives_way(session: Session, document: Document) -> None:
    """A revision takes the place of nothing that is frozen, though it was begun before that was. Raises Refused."""
    if document.revision is Revision.REV:
        with system_access(session, Reason.UNIQUENESS) as system:
            standing = list(system.scalars(_standing_before(document)))
        for one in standing:
            frozen.check(session, one)


def _supersede(session: Session, document: Document) -> None:
    """What stood before a revision in its line gives way to it, once its readers have the new text."""
    with system_access(session, Reason.UNIQUENESS) as system:
        wanted = _standing_before(document).where(
            Document.released_at.is_not(None), Document.issued_at <= document.issued_at
        )
        for one in system.scalars(wanted):
            one.state = DocumentState.SUPERSEDED


def _standing_before(document: Document) -> Select[Document]:
    """The first of its line, and other revisions of that, as far as they stand."""
    return (
        select(Document)
        .where(
            (Document.id == document.line_id) | (Document.line_id == document.line_id),
            Document.id != document.id,
            Document.state == DocumentState.ISSUED,
            Document.revision.in_([Revision.FIRST, Revision.REV]),
        )
        .order_by(Document.id)
    )


def _keep_readers_of_line(session: Session, document: Document) -> None:
    """What an author sent in to follow its paper has the readers that paper has now, though they changed meanwhile."""
    with system_access(session, Reason.UNIQUENESS) as system:
        standing = system.execute(
            select(Document.own_label_id)
            .where(
                (Document.id == document.line_id) | (Document.line_id == document.line_id),
                Document.id != document.id,
                Document.state == DocumentState.ISSUED,
                Document.revision.in_([Revision.FIRST, Revision.REV]),
                Document.released_at.is_not(None),
            )
            .order_by(Document.issued_at.desc())
            .limit(1)
        ).first()
    if standing is not None:
        document.readers_label_id = standing[0]


def _give_symbol(session: ViewerSession, document: Document) -> str:
    try:
        future = would_be_in(session, container_of(document), readers_given(session, document))
    except LabelRefused:
        raise Refused(_("Choose who may read it."), "readers") from None
    if document.line_id is not None:
        first = session.scalar(select(Document.symbol).where(Document.id == document.line_id))
        if first is None:
            raise Refused(_("The document it belongs to has no symbol yet; issue that one first."))
        stem = symbols.revised(first, document.revision)
    else:
        stem = symbols.stem(
            document.track.symbol_pattern or symbols.DEFAULT_PATTERN,
            symbols.Parts(
                _code_of(document),
                document.body.abbreviation if document.body else "",
                _year_of(document, clock.today(document.process.zone)),
                future.level,
            ),
        )
    label = intern(session, future)
    return give_symbol(session, document, stem=stem, label=label, spoken=lambda number: f"{stem}{number}")


def _waits_for_its_meeting(session: Session, document: Document) -> bool:
    """Whether the meeting it stands in is a draft: for whom its papers are is not settled before it is announced."""
    kind = kinds.kind_of(document.meeting) if document.meeting is not None else None
    return kind is not None and kind.by_hand is not None and bool(kind.by_hand.held_back(session, document.meeting))


def _code_of(document: Document) -> str:
    """What stands for the process in a symbol; a network's own name on its side, or the numbers would tell across."""
    if document.track.kind is TrackKind.GOVERNMENT:
        return document.process.acronym
    return symbols.code_of_network(local_text(document.track.name), document.process.acronym)


def _year_of(document: Document, today: date) -> int:
    return document.dated.first_day.year if document.dated is not None else today.year
