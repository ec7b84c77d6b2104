"""Tabling a report: the edition for members becomes a paper of the meeting, with a symbol, in each of its languages."""

from __future__ import annotations

from collections.abc import Mapping

from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.documents import service as documents
from secretariat.documents.models import Document
from secretariat.documents.service import Received
from secretariat.meetings.models import Meeting
from secretariat.plans.service import members_clause
from secretariat.plans.service.record import record
from secretariat.reports import editions, policy
from secretariat.reports.composition import Edition
from secretariat.reports.models import ReportEdition


def table_edition(
    session: ViewerSession,
    viewer: Viewer,
    edition: ReportEdition,
    meeting: Meeting,
    title: LocalText,
    files: Mapping[str, Received],
) -> Document:
    """Make the edition a paper of a meeting, word for word as it was issued; `files` by language, the original first.

    Its readers are those of the edition, within those of the meeting. Raises NotAllowed, Refused.
    """
    plan = edition.plan
    require(policy.may_compile(viewer, plan) and edition.standing == Edition.MEMBERS.value)
    if edition.symbol:
        raise Refused(_("It is a paper of a meeting already: %(symbol)s", symbol=edition.symbol))
    place = documents.Place(process=plan.process, track=plan.track, body=meeting.body, meeting=meeting)
    readers = frozenset(editions.clauses_of(plan, edition.body, Edition.MEMBERS))
    document = documents.add_document(
        session, place, documents.Particulars(title=title, kind="report", readers=readers)
    )
    for language, received in files.items():
        is_first = language == next(iter(files))
        documents.add_version(session, document, language, documents.Asked(), received, is_original=is_first)
    edition.symbol = documents.issue(session, document)
    session.flush()
    record(session, "progress report tabled", plan, members_clause(plan), edition, symbol=edition.symbol)
    return document
