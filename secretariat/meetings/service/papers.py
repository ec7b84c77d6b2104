"""Papers of participants for a meeting: sent in, taken back, taken up by those who decide or answered with a word."""

from __future__ import annotations

from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.documents import policy as document_policy
from secretariat.documents import service as documents
from secretariat.documents.models import Document, Revision
from secretariat.mail import outbox
from secretariat.meetings import lent_queries, policy, queries
from secretariat.meetings.models import Meeting
from secretariat.meetings.service.lending import end_all
from secretariat.meetings.service.proposing import check_takes_submissions, deciding_on

ANSWERED = "paper_answered"


def begin_paper(session: ViewerSession, meeting: Meeting, paper: documents.Paper) -> Document:
    """A paper of one's government for a meeting, which nobody else reads yet. Raises NotAllowed, Refused."""
    if not policy.speaks_at(session.viewer, meeting):
        raise NotAllowed
    check_takes_submissions(meeting)
    place = documents.Place(process=meeting.process, track=meeting.track, body=meeting.body, meeting=meeting)
    return documents.prepare(session, place, paper)


def send_paper(session: ViewerSession, document: Document) -> None:
    """Send a paper in to those who decide. Raises NotAllowed, Refused."""
    meeting = document.meeting
    if meeting is None or session.viewer.participant is None:
        raise NotAllowed
    if document.revision is Revision.FIRST:  # what was issued is corrected also when its meeting is over
        check_takes_submissions(meeting)
    documents.submit(session, document, deciding_on(meeting, session.viewer.participant))
    end_all(session, document)


def drop_paper(session: ViewerSession, document: Document) -> None:
    """Not go on with a paper that is prepared. Raises NotAllowed."""
    if not document_policy.may_prepare(session.viewer, document):
        raise NotAllowed
    for one in lent_queries.lent_of(session, document):
        session.delete(one)
    session.flush()
    documents.discard(session, document)


def answer_paper(
    session: ViewerSession,
    document: Document,
    word: LocalText | None,
    *,
    taken_up: bool,
    item: UUID | None = None,
    issue: bool = False,
) -> str | None:
    """Take a paper up, and issue it at once where that is said, or answer why it is not; its author's focal points are
    told. The symbol, where it was issued.

    Raises NotAllowed; Refused for no without a word, and for an item that is not on this agenda.
    """
    meeting: Meeting | None = document.meeting
    if meeting is None or document.author_id is None or not may_answer_paper(session.viewer, document):
        raise NotAllowed
    if item is not None and queries.agenda_item(session, meeting.id, item) is None:
        raise Refused(_("This item is not on the agenda any more; choose another."), "item")
    readers = deciding_on(meeting, document.author_id)
    documents.decide(session, document, readers, word, taken_up=taken_up, item=item)
    symbol = documents.issue(session, document) if taken_up and issue else None
    _tell(session, meeting, document, document.author_id)
    return symbol


def may_answer_paper(viewer: Viewer, document: Document) -> bool:
    """As items: the chair decides what is taken up, the secretariat says so for the chair."""
    meeting = document.meeting
    return meeting is not None and document_policy.may_decide(viewer, document, [meeting.body_id, meeting.process_id])


def _tell(session: ViewerSession, meeting: Meeting, document: Document, author: UUID) -> None:
    for one in queries.contacts_of(session, meeting.process_id, meeting.track_id, clock.today(), {author}):
        outbox.put(
            session,
            ANSWERED,
            key=f"{ANSWERED}:{document.id}:{one.person}",
            process=meeting.process,
            track=meeting.track,
            person=one.person,
            hat=one.hat,
            subject={"meeting": meeting.id, "document": document.id},
        )
