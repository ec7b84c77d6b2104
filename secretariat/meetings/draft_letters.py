"""Mails of what states bring: a draft lent to a colleague, one that came back, and the answer to a paper."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.documents.submission_queries import answer_to
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.meetings import lent_queries
from secretariat.meetings.service import lending, papers
from secretariat.meetings.words import days_in_words

LENT_SCOPE = "prepare"
COMPOSE_SCOPE = "compose"


def draft_lent(session: Session, sending: Sending) -> Letter | None:
    """To a colleague in another ministry: only that a draft is passed on, and where. Nothing once it was taken back or
    sent, or who lent it may not work on it any more."""
    lent = sending.id_of("lent")
    if not lending.is_open(session, lent):
        return None
    return sending.letter(_("A draft is passed to you"), link=sending.link(LENT_SCOPE, [lent], renewable=False))


def draft_reminded(session: Session, sending: Sending) -> Letter | None:
    """To a colleague who has not given a draft back: where it is, and nothing of it. Nothing once it came back, was
    taken back or sent."""
    lent = sending.id_of("lent")
    if not lending.is_open(session, lent):
        return None
    return sending.letter(_("A draft is with you"), link=sending.link(LENT_SCOPE, [lent], renewable=False))


def draft_returned(session: Session, sending: Sending) -> Letter | None:
    """To whoever passed a draft on: that it is back, and the link to it. Nothing once it was sent or taken back."""
    lent = lent_queries.lent_draft(session, sending.id_of("lent"))
    draft = lending.draft_of(session, lent) if lent is not None and lent.closed_at is None else None
    if lent is None or draft is None or draft.meeting is None or not lending.is_prepared(draft):
        return None
    meeting = lending.meeting_of(draft)
    return sending.letter(
        _("A draft has come back to you"),
        level=Level.NAMED,
        within=True,
        thread=str(meeting.id),
        meeting=meeting,
        days=days_in_words(meeting),
        link=sending.link(COMPOSE_SCOPE, [draft.id]),
        carried=[],
    )


def paper_answered(session: Session, sending: Sending) -> Letter | None:
    """To the focal points of whoever sent in a paper: what became of it; the words of it stand on the page alone."""
    document = lent_queries.prepared_paper(session, sending.id_of("document"))
    answer = answer_to(session, sending.id_of("document"))
    if document is None or document.meeting is None or answer is None or document.author_id != sending.hat.id:
        return None
    meeting = document.meeting
    return sending.letter(
        _("Answer to a paper"),
        level=label_value(session, meeting.label_id).level,
        thread=str(meeting.id),
        meeting=meeting,
        is_taken_up=answer.is_taken_up,
        days=days_in_words(meeting),
        page=sending.page(f"/documents/{document.id}"),
        carried=[],
    )


composition.register(lending.LENT, draft_lent, needs_appointment=False)
composition.register(lending.REMINDED, draft_reminded, needs_appointment=False)
composition.register(lending.RETURNED, draft_returned, roles=SPEAKING_ROLES)
composition.register(papers.ANSWERED, paper_answered, roles=SPEAKING_ROLES)
