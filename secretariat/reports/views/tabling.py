"""Tabling a report: the edition for members becomes a paper of the meeting, which the worker makes."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.models import JobState
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans.views import shown
from secretariat.reports import making, policy, queries
from secretariat.reports.composition import Edition
from secretariat.reports.forms import TableForm
from secretariat.reports.models import ReportEdition
from secretariat.reports.views import blueprint


@blueprint.route("/reports/<uuid:edition_id>/table", methods=["GET", "POST"])
@permission("table a progress report")
def table(edition_id: UUID) -> ResponseReturnValue:
    """Make the edition a paper of an announced meeting; asks which, says who will read it, and then how far it is."""
    one = found(queries.edition_by_id(unit.db(), edition_id))
    authorise(policy.may_compile(unit.viewer(), one.plan) and one.standing == Edition.MEMBERS.value)
    shown.enter_plan(one.plan)
    meetings = {str(meeting.id): meeting for meeting in queries.meetings_ahead(unit.db(), one.plan)}
    form = TableForm(
        meetings=[(key, local_text(meeting.title)) for key, meeting in meetings.items()],
        data={"meeting": _offered(one, list(meetings))},
    )
    job = queries.tabling_of(unit.db(), one.id, making.WORK)
    under_way = job is not None and job.state in (JobState.WAITING, JobState.RUNNING)
    if not under_way and form.ready():
        with refusals(form):
            making.ask(unit.db(), one, meetings[form.meeting.data], _original(one))
            return done(
                _("The papers are being made; this page says how far they are."),
                url_for("reports.table", edition_id=one.id),
            )
    return shown_form(
        form,
        "reports/table.html",
        edition=one,
        job=job,
        under_way=under_way,
        given_up=job is not None and job.state is JobState.FAILED,
        came=making.said_of(job) if job is not None else {},
    )


def _offered(edition: ReportEdition, meetings: list[str]) -> str:
    """The meeting the report is meant for; else the only one there is."""
    meant = queries.meant_for(unit.db(), edition.report_id)
    return meant if meant or len(meetings) != 1 else meetings[0]


def _original(edition: ReportEdition) -> str:
    """The reader's language if it is one of the process, else the first it has."""
    languages = edition.plan.process.languages or [shown.language()]
    return shown.language() if shown.language() in languages else str(languages[0])
