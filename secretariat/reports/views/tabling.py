"""Tabling a report: the edition for members becomes a paper of the meeting."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages import reading_in
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.documents import service as documents
from secretariat.documents.service import Received
from secretariat.documents.storage import StorageAway
from secretariat.documents.views.base import settings, storage
from secretariat.jobs import papers
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done
from secretariat.pages.forms import shown as shown_form
from secretariat.plans.views import shown
from secretariat.prints.libraries import missing_packages
from secretariat.reports import policy, queries, service, works
from secretariat.reports.composition import Edition
from secretariat.reports.forms import TableForm
from secretariat.reports.models import ReportEdition
from secretariat.reports.views import blueprint


@blueprint.route("/reports/<uuid:edition_id>/table", methods=["GET", "POST"])
@permission("table a progress report")
def table(edition_id: UUID) -> ResponseReturnValue:
    """Make the edition a paper of an announced meeting; asks which, and says who will read it."""
    one = found(queries.edition_by_id(unit.db(), edition_id))
    authorise(policy.may_compile(unit.viewer(), one.plan) and one.standing == Edition.MEMBERS.value)
    shown.enter_plan(one.plan)
    meetings = {str(meeting.id): meeting for meeting in queries.meetings_ahead(unit.db(), one.plan)}
    form = TableForm(
        meetings=[(key, local_text(meeting.title)) for key, meeting in meetings.items()],
        data={"meeting": queries.meant_for(unit.db(), one.report_id)},
    )
    if form.ready():
        with shown.refusals(form):
            meeting = meetings[form.meeting.data]
            title = LocalText.of(_("Progress report"), shown.language())
            made = service.table_edition(unit.db(), unit.viewer(), one, meeting, title, _files(one))
            said = _("Tabled as %(symbol)s, word for word as it was issued.", symbol=made.symbol)
            return done(said, url_for("documents.show", document_id=made.id))
    return shown_form(form, "reports/table.html", edition=one)


def _files(edition: ReportEdition) -> dict[str, Received]:
    """The paper in each language of the process, the reader's first if it is one: as PDF, or as DOCX where a PDF would
    keep one waiting or cannot be made here. Raises Refused."""
    languages = [code for code in shown.languages_of(edition.plan.process) if code in edition.plan.process.languages]
    return {code: _file(edition, code) for code in languages or [shown.language()]}


def _file(edition: ReportEdition, language: str) -> Received:
    with reading_in(language, edition.plan.process.zone):
        sheet = found(papers.sheet_of(unit.db(), works.EDITION, edition.id))
        is_docx = bool(missing_packages()) or papers.takes_long(sheet, papers.PDF)
        made = papers.made(works.EDITION, sheet, papers.DOCX if is_docx else papers.PDF)
    try:
        return documents.receive(
            storage(), BytesIO(made.content), made.name, size=len(made.content), largest=settings().largest_document
        )
    except StorageAway:
        raise Refused(_("The file could not be kept just now, and nothing of it was. Try again in a moment.")) from None
