"""The documents of a meeting, all of them, where they are too many for its page."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from secretariat.documents import queries as documents
from secretariat.documents.lines import lines
from secretariat.meetings.views.base import blueprint, page, the_opened
from secretariat.meetings.views.lines import labels_on_page
from secretariat.pages.access import signed_in
from secretariat.pages.lists import pages_of
from secretariat.pages.unit import db
from secretariat.processes.wording import shown_labels


@blueprint.get("/meetings/<uuid:meeting_id>/documents", endpoint="documents")
@signed_in
def papers(meeting_id: UUID) -> ResponseReturnValue:
    """All documents of a meeting, by symbol."""
    meeting = the_opened(meeting_id).meeting
    listed = documents.documents_of_meeting(db(), meeting.id)
    pages = pages_of(len(listed))
    here = listed[pages.offset : pages.offset + pages.rows]
    shown_labels(db(), labels_on_page(meeting, documents=here))
    return page(
        "documents",
        meeting,
        documents=list(lines(documents.with_versions(db(), here))),
        pages=pages,
    )
