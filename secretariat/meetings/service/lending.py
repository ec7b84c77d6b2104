"""Passing a draft to a colleague in another ministry, who works on it and gives it back; the focal point sends it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, ViewerSession, looking_as, system_access
from secretariat.core.viewer import Hat, Viewer
from secretariat.directory import viewers
from secretariat.documents import policy as document_policy
from secretariat.documents.models import Document, DocumentState
from secretariat.documents.service import capital
from secretariat.mail import lent as by_mail
from secretariat.mail import outbox
from secretariat.meetings import lent_queries, policy
from secretariat.meetings.lent_models import LentDraft
from secretariat.meetings.lent_queries import Draft
from secretariat.meetings.models import ItemState, Meeting

LENT = "draft_lent"
RETURNED = "draft_returned"
REMINDED = "draft_reminded"
"""How often a colleague is asked again by mail; after that a call does more."""


def pass_on(session: ViewerSession, draft: Draft, name: str, address: str, asked: str = "") -> LentDraft:
    """Lend one draft by a mail with a link to it alone, until it is given back, taken back or sent.

    Raises NotAllowed, Refused.
    """
    if not may_prepare(session.viewer, draft):
        raise NotAllowed
    meeting, participant = meeting_of(draft), _participant(draft)
    has_it = [one.address for one in lent_queries.lent_of(session, draft) if _is_out(one)]
    by_mail.check(session, address, has_it, meeting.process, meeting.track, "address")
    key = {"document_id": draft.id} if isinstance(draft, Document) else {"proposal_id": draft.id}
    made = LentDraft(name=name, asked=asked, **key, **by_mail.said_of(session, address))
    own = capital(meeting.process, meeting.track, participant)
    attach(session, made, [own], container=draft)
    session.flush()
    by_mail.tell(session, LENT, made, meeting.process, meeting.track, known_to=own)
    _record(session, "draft passed to a colleague", draft, made)
    return made


def give_back(session: ViewerSession, lent: LentDraft, draft: Draft, word: str) -> None:
    """The colleague has done; whoever lent it is told, once. In the lender's eyes. Raises Refused."""
    if not is_out(lent, draft, session.viewer):
        raise Refused(_("Your colleague has gone on without this in the meantime; nothing more is needed. Thank you."))
    lent.word, lent.replied_at = word.strip(), clock.now()
    session.flush()
    meeting = meeting_of(draft)
    outbox.put(
        session,
        RETURNED,
        key=f"{RETURNED}:{lent.id}",
        process=meeting.process,
        track=meeting.track,
        person=lent.lent_by_person_id,
        hat=Hat.parse(lent.lent_by_hat),
        subject={"lent": lent.id},
        known_to=capital(meeting.process, meeting.track, _participant(draft)),
    )
    _record(session, "draft given back by a colleague", draft, lent)


def remind(session: ViewerSession, lent: LentDraft, draft: Draft) -> None:
    """Ask a colleague once more for a draft that is not back: at most once a day, the day it was passed on among them,
    and no more than `mail.lent.MOST_REMINDERS` times. The mail says where the draft is, and nothing of it.

    Raises NotAllowed; Refused where the colleague has it no more, or was written to enough.
    """
    if not may_prepare(session.viewer, draft):
        raise NotAllowed
    meeting = meeting_of(draft)
    by_mail.check_may_be_asked_again(session, lent, clock.today(meeting.process.zone), meeting.process.zone)
    if not is_open(session, lent.id):
        raise Refused(
            _("Whoever passed it on does not speak for your government now. Take it back, and pass it on anew.")
        )
    own = capital(meeting.process, meeting.track, _participant(draft))
    by_mail.ask_again(session, REMINDED, lent, meeting.process, meeting.track, known_to=own)
    _record(session, "colleague reminded of a draft", draft, lent)


def end(session: ViewerSession, lent: LentDraft, draft: Draft) -> None:
    """Take a draft back from a colleague: the link opens nothing from now on. Raises NotAllowed."""
    if not may_prepare(session.viewer, draft):
        raise NotAllowed
    if lent.closed_at is None:
        lent.closed_at = clock.now()
        session.flush()
        _record(session, "draft taken back from a colleague", draft, lent)


def end_all(session: ViewerSession, draft: Draft) -> None:
    """What is sent, or not gone on with, is with nobody any more."""
    for one in lent_queries.lent_of(session, draft):
        if one.closed_at is None:
            one.closed_at = clock.now()
    session.flush()


def may_prepare(viewer: Viewer, draft: Draft) -> bool:
    """Whether one may work on a draft of one's government now."""
    if isinstance(draft, Document):
        return draft.meeting is not None and document_policy.may_prepare(viewer, draft)
    return draft.meeting is not None and policy.may_prepare_item(viewer, draft)


def is_prepared(draft: Draft) -> bool:
    """Whether it is not sent yet."""
    return draft.state in (DocumentState.PREPARED, ItemState.PREPARED)


def is_out(lent: LentDraft, draft: Draft | None, viewer: Viewer) -> bool:
    """Whether the colleague still has it, and whoever lent it may still work on it."""
    return draft is not None and _is_out(lent) and may_prepare(viewer, draft)


def is_open(session: Session, key: UUID) -> bool:
    """The same, seen with the eyes of whoever lent it: for a mail that is composed."""
    with system_access(session, Reason.MAIL) as system:
        found = by_mail.lender_of(system, key, LentDraft.id, LentDraft.lent_by_person_id, LentDraft.lent_by_hat)
        if found is None:
            return False
        viewer = viewers.viewer_within(system, *found)
        with looking_as(system, viewer) as eyes:
            lent = lent_queries.lent_draft(eyes, key)
            return lent is not None and is_out(lent, draft_of(eyes, lent), viewer)


def lender(engine: Engine, key: UUID) -> tuple[UUID, Hat] | None:
    """Who lent a draft to a colleague, under which hat; None where nothing was lent or its lender is suspended."""
    return by_mail.lender(engine, LentDraft, key)


def draft_of(session: Session, lent: LentDraft) -> Draft | None:
    """What was passed."""
    if lent.document_id is not None:
        return lent_queries.prepared_paper(session, lent.document_id)
    return lent_queries.prepared_item(session, lent.proposal_id) if lent.proposal_id is not None else None


def meeting_of(draft: Draft) -> Meeting:
    """The meeting a draft is for."""
    meeting: Meeting = draft.meeting
    return meeting


def _is_out(lent: LentDraft) -> bool:
    return lent.replied_at is None and lent.closed_at is None


def _participant(draft: Draft) -> UUID:
    of = draft.author_id if isinstance(draft, Document) else draft.participant_id
    assert of is not None
    return of


def _record(session: ViewerSession, kind: str, draft: Draft, lent: LentDraft) -> None:
    """On the trail, for the eyes of its government alone."""
    meeting = meeting_of(draft)
    process, track = meeting.process, meeting.track
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[capital(process, track, _participant(draft))],
        subject=lent,
    )
