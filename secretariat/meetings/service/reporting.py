"""Beginning the report of a meeting: a text which the secretariat writes on, circulates and has adopted like others."""

from __future__ import annotations

from sqlalchemy import select

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.documents.service import Place
from secretariat.meetings import policy, reporting
from secretariat.meetings.models import Meeting
from secretariat.meetings.service.record import record
from secretariat.meetings.words import spoken
from secretariat.texts import service as texts
from secretariat.texts.models import DraftText, TextState

KIND = "report"


def report_of(session: ViewerSession, meeting: Meeting) -> DraftText | None:
    """The report that is written of a meeting, as far as one may read it."""
    return session.scalar(
        select(DraftText).where(
            DraftText.meeting_id == meeting.id, DraftText.kind == KIND, DraftText.state != TextState.SET_ASIDE
        )
    )


def begin_report(session: ViewerSession, meeting: Meeting) -> DraftText:
    """Compile a report from what is on record of a meeting, for the readers of the meeting.

    Raises NotAllowed; Refused off the record, and where a report is written already.
    """
    if not policy.may_begin_report(session.viewer, meeting):
        raise NotAllowed
    if report_of(session, meeting) is not None:
        raise Refused(_("A report of this meeting is being written already."))
    languages = spoken(meeting.languages)
    place = Place(process=meeting.process, track=meeting.track, body=meeting.body, meeting=meeting)
    text = texts.begin(
        session,
        place,
        texts.Particulars(
            title=reporting.title_of(meeting, languages), kind=KIND, original=languages[0], languages=languages
        ),
    )
    texts.add_paragraphs(session, text, reporting.compiled(session, meeting, languages))
    record(session, "report begun", meeting)
    session.flush()
    return text
