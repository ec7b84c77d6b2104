"""What the secretariat writes beside a report: remarks on areas, advice to the chair; and what the public may read."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.meetings.queries import track_kept
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, permission, signed_in
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import queries as plans
from secretariat.plans.models import Area
from secretariat.plans.views import shown
from secretariat.processes.models import PublicReports
from secretariat.reports import policy, queries, service
from secretariat.reports.forms import AdviceForm, PublicForm, RemarkForm
from secretariat.reports.views import blueprint
from secretariat.reports.views.reports import the_draft


@blueprint.route("/reports/drafts/<uuid:report_id>/remarks/<uuid:area_id>", methods=["GET", "POST"])
@permission("remark on an area in a progress report")
def remark(report_id: UUID, area_id: UUID) -> ResponseReturnValue:
    """Write what the secretariat remarks on one area, or take it away."""
    report = the_draft(report_id)
    areas = (one for one in plans.outline(unit.db(), report.plan_id) if isinstance(one, Area))
    area = found(next((one for one in areas if one.id == area_id), None))
    kept = report.remarks.get(str(area.id))
    form = RemarkForm(
        data={"words": LocalText.from_json(kept) if kept else None, "version": report.version},
        languages=shown.languages_of(report.plan.process),
    )
    if form.ready(report):
        with refusals(form):
            service.remark_on(unit.db(), unit.viewer(), report, area.id, form.words.data)
            return done(_("Saved."), url_for("reports.draft", report_id=report.id))
    return shown_form(form, "reports/remark.html", report=report, area=area)


@blueprint.route("/reports/drafts/<uuid:report_id>/advice", methods=["GET", "POST"])
@permission("advise the chair")
def advise(report_id: UUID) -> ResponseReturnValue:
    """Write the note to the chair beside a report, also once that is issued."""
    report = found(queries.report_by_id(unit.db(), report_id))
    authorise(policy.may_compile(unit.viewer(), report.plan))
    shown.enter_plan(report.plan)
    advice = queries.advice_on(unit.db(), report.id)
    form = AdviceForm(obj=advice, languages=shown.languages_of(report.plan.process))
    if form.ready(advice):
        with refusals(form):
            made = service.advise_chair(unit.db(), unit.viewer(), report, shown.given(form.words))
            return done(_("Saved. The chair reads it now, and nobody else."), _advice_address(made.id))
    return shown_form(form, "reports/advise.html", report=report, advice=advice)


@blueprint.get("/reports/advice/<uuid:advice_id>")
@signed_in
def advice(advice_id: UUID) -> ResponseReturnValue:
    """The note to the chair, for the chair and the secretariat."""
    one = found(queries.advice_by_id(unit.db(), advice_id))
    shown.enter_plan(one.plan)
    return render_template("reports/advice.html", advice=one, may_write=policy.may_compile(unit.viewer(), one.plan))


def _advice_address(key: UUID) -> str:
    return url_for("reports.advice", advice_id=key)


@blueprint.route("/processes/<slug>/reports/public", methods=["GET", "POST"])
@permission("decide what of reports the public reads")
def public_editions(slug: str) -> ResponseReturnValue:
    """What of the reports to come the public reads, as the members of one's track decided."""
    process = found(plans.process_by_slug(unit.db(), slug))
    track = found(track_kept(unit.db(), process.id, unit.viewer()))
    authorise(unit.viewer().keeps(track.id))
    place.enter(process, track=track)
    form = PublicForm(data={"what": track.public_reports.value, "version": track.version})
    if form.ready(track):
        with refusals(form):
            service.let_the_public_read(unit.db(), unit.viewer(), track, PublicReports(form.what.data))
            said = _("Saved. It holds for the reports to come; what was issued stays as it is.")
            return done(said, url_for("reports.of_process", slug=slug))
    return shown_form(form, "reports/public.html", process=process, track=track)
