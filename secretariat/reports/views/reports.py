"""The draft of a report, issuing it, and the editions as issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from secretariat.civil_society.became import CameOf, came_between
from secretariat.civil_society.words import LED_TO
from secretariat.core import clock
from secretariat.core.languages import LANGUAGES, current_reading, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.jobs.views import hand_out, handed
from secretariat.pages import place, unit
from secretariat.pages.access import authorise, found, not_found, permission, public, signed_in
from secretariat.pages.forms import done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.plans import queries as plans
from secretariat.plans.models import Area, Plan
from secretariat.plans.views import shown
from secretariat.processes.names import in_order
from secretariat.reports import chart, editions, matrix, policy, queries, service, works
from secretariat.reports.composition import Composition, Edition
from secretariat.reports.forms import IssueForm, ReportForm
from secretariat.reports.models import ProgressReport, ReportEdition
from secretariat.reports.views import blueprint
from secretariat.reports.words import EDITIONS

CHART_FROM = 30
"""Commitments from which on a chart says more than the words."""


@blueprint.get("/processes/<slug>/reports")
@signed_in
def of_process(slug: str) -> ResponseReturnValue:
    """The latest report, as issued, for who reads reports; the drafts and all reports for who writes them."""
    process = found(plans.process_by_slug(unit.db(), slug))
    place.enter(process)
    issued = queries.widest(queries.editions_in(unit.db(), process.id))
    keeps = any(unit.viewer().keeps(track.id) for track in process.tracks)
    if issued and not keeps:
        return _edition_page(issued[0], issued[1:])
    return render_template(
        "reports/list.html",
        process=process,
        editions=issued,
        drafts=queries.drafts_in(unit.db(), process.id),
        plans=[one for one in plans.plans_of(unit.db(), process.id) if policy.may_compile(unit.viewer(), one)],
        keeps=keeps,
        kinds=EDITIONS,
    )


@blueprint.get("/reports/<uuid:edition_id>")
@public("an edition for everyone is read by everyone; any other is not there for who does not read it")
def edition(edition_id: UUID) -> ResponseReturnValue:
    """A report as it was issued: the same words for all who read this edition. One reads the widest one may."""
    one = found(queries.edition_by_id(unit.db(), edition_id))
    issued = queries.widest(queries.editions_in(unit.db(), one.plan.process_id))
    return _edition_page(one, [other for other in issued if other.issued_at < one.issued_at])


def _edition_page(one: ReportEdition, earlier: Sequence[ReportEdition]) -> str:
    shown.enter_plan(one.plan)
    return render_template(
        "reports/edition.html",
        edition=one,
        kind=EDITIONS.get(one.standing, ""),
        words=works.frozen_words(one),
        earlier=earlier,
        may_table=not one.symbol
        and one.standing == Edition.MEMBERS.value
        and policy.may_compile(unit.viewer(), one.plan),
        has_matrix=matrix.has_matrix(one),
        inside=not unit.viewer().is_anonymous,
        advice=queries.advice_on(unit.db(), one.report_id),
    )


@blueprint.route("/reports/<uuid:edition_id>/paper.<form>", methods=["GET", "POST"])
@signed_in
def edition_paper(edition_id: UUID, form: str) -> ResponseReturnValue:
    """An edition as PDF, or as a DOCX one can work on."""
    one = found(queries.edition_by_id(unit.db(), edition_id))
    shown.enter_plan(one.plan)
    return hand_out(works.EDITION, one, one.plan.process, one.plan.track, form)


@blueprint.get("/reports/<uuid:edition_id>/matrix.xlsx")
@signed_in
def edition_matrix(edition_id: UUID) -> ResponseReturnValue:
    """The matrix of an edition - activities by participants - for a spreadsheet; the public edition has none."""
    one = found(queries.edition_by_id(unit.db(), edition_id))
    if not matrix.has_matrix(one):
        not_found()
    shown.enter_plan(one.plan)
    return handed(matrix.matrix_file(unit.db(), one), one)


@blueprint.route("/plans/<uuid:plan_id>/report", methods=["GET", "POST"])
@permission("begin a progress report")
def begin(plan_id: UUID) -> ResponseReturnValue:
    """A new report on a plan, from the last one to today."""
    plan = found(plans.plan_by_id(unit.db(), plan_id))
    authorise(policy.may_compile(unit.viewer(), plan))
    shown.enter_plan(plan)
    since = queries.last_day_reported(unit.db(), plan) or plan.adopted_on
    form = _form(plan, data={"from_on": since, "to_on": clock.today(plan.process.zone)})
    if form.ready():
        with refusals(form):
            report = service.begin_report(unit.db(), unit.viewer(), plan, **_filled(plan, form))
            return done(
                _("Compiled from what participants said. You alone read this draft; issue it when it is right."),
                url_for("reports.draft", report_id=report.id),
            )
    return shown_form(form, "reports/begin.html", plan=plan, report=None)


@blueprint.get("/reports/drafts/<uuid:report_id>")
@permission("work on a progress report")
@unit.writes_on_get
def draft(report_id: UUID) -> ResponseReturnValue:
    """The report as it would be issued today, in each of the editions it will have."""
    report = the_draft(report_id)
    composed = _composed(report)
    asked = request.args.get("edition", "")
    shown_one = next((one for one in composed if one.edition == asked), composed[0])
    return render_template(
        "reports/draft.html",
        report=report,
        composed=shown_one,
        editions=[(one.edition.value, EDITIONS[one.edition.value]) for one in composed],
        words=_words(shown_one, report),
        lacks_public=Edition.PUBLIC in editions.editions_of(report.plan, report.body)
        and all(one.edition is not Edition.PUBLIC for one in composed),
        areas=[part for part in plans.outline(unit.db(), report.plan_id) if isinstance(part, Area)],
        advice=queries.advice_on(unit.db(), report.id),
        checks=queries.checks_of(unit.db(), report.id),
        from_networks=_from_networks(report),
        led_to=LED_TO,
        today=clock.today(report.plan.process.zone),
    )


def _from_networks(report: ProgressReport) -> list[CameOf]:
    """What the network's submissions became in the days of the report, for the secretariat that writes it."""
    zone = ZoneInfo(report.plan.process.zone)
    since = datetime.combine(report.from_on, time(), zone)
    until = datetime.combine(report.to_on + timedelta(days=1), time(), zone)
    return came_between(unit.db(), report.plan.process_id, since, until)


@blueprint.route("/reports/drafts/<uuid:report_id>/change", methods=["GET", "POST"])
@permission("change a progress report")
def change(report_id: UUID) -> ResponseReturnValue:
    """Change body, days or introduction of a draft."""
    report = the_draft(report_id)
    form = _form(
        report.plan,
        obj=report,
        data={"body": str(report.body_id or ""), "meeting": str(report.meeting_id or "")},
    )
    if form.ready(report):
        with refusals(form):
            service.change_report(unit.db(), unit.viewer(), report, **_filled(report.plan, form))
            return done(_("Saved."), url_for("reports.draft", report_id=report.id))
    return shown_form(form, "reports/begin.html", plan=report.plan, report=report)


@blueprint.route("/reports/drafts/<uuid:report_id>/issue", methods=["GET", "POST"])
@permission("issue a progress report")
@unit.writes_on_get
def issue(report_id: UUID) -> ResponseReturnValue:
    """Freeze the report for all members; says on a page of its own who will read it."""
    report = the_draft(report_id)
    form = IssueForm()
    composed = _composed(report)
    if form.ready():
        with refusals(form):
            prepared = [service.Prepared(one, in_all_languages(one, report)) for one in composed]
            issued = service.issue(unit.db(), unit.viewer(), report, prepared)
            return done(
                _("Issued. All members read the same words, the chair among them; nothing changes them any more."),
                url_for("reports.edition", edition_id=issued[0].id),
            )
    called = shown.names(report.plan, plans.participants_today(unit.db(), report.plan, clock.today()))
    readers = [str(called[key]) for key in in_order(called)]
    wider = [EDITIONS[one.edition.value] for one in composed[1:]]
    waits = service.why_not_yet(unit.db(), report)
    return shown_form(form, "reports/issue.html", report=report, readers=readers, wider=wider, waits=waits)


def _composed(report: ProgressReport) -> list[Composition]:
    """What each edition would say today; the one for members first."""
    wider = [
        service.compose_wider(unit.db(), report, kind)
        for kind in editions.editions_of(report.plan, report.body)
        if kind is not Edition.MEMBERS
    ]
    return [service.compose(unit.db(), report), *(one for one in wider if one is not None)]


def in_all_languages(composed: Composition, report: ProgressReport) -> dict[str, str]:
    """The words of an edition, by language, as they are frozen."""
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        with reading_in(language, report.plan.process.zone, report.plan.process.commitment_words):
            texts[language] = str(_words(composed, report))
    return texts


def _words(composed: Composition, report: ProgressReport) -> Markup:
    """The words of an edition in the present language."""
    template = "reports/body.html" if composed.tells_status else "reports/activities.html"
    return Markup(  # noqa: S704 - rendered by a template that escapes
        render_template(
            template,
            report=composed,
            language=current_reading().language.code,
            body=report.body,
            bars=chart.bars(composed) if len(composed.entries) >= CHART_FROM else [],
        )
    )


def the_draft(report_id: UUID) -> ProgressReport:
    """The draft of this address, for who writes it; else the 404 which hidden and missing share."""
    report = found(queries.report_by_id(unit.db(), report_id))
    authorise(policy.may_compile(unit.viewer(), report.plan))
    if report.issued_at is not None:
        not_found()
    shown.enter_plan(report.plan)
    return report


def _form(plan: Plan, **kwargs: Any) -> ReportForm:
    db = unit.db()
    return ReportForm(
        languages=shown.languages_of(plan.process),
        bodies=[(str(one.id), local_text(one.name)) for one in queries.bodies_of(db, plan)],
        meetings=[(str(one.id), local_text(one.title)) for one in queries.meetings_ahead(db, plan)],
        **kwargs,
    )


def _filled(plan: Plan, form: ReportForm) -> dict[str, Any]:
    bodies = {str(one.id): one for one in queries.bodies_of(unit.db(), plan)}
    meetings = {str(one.id): one for one in queries.meetings_ahead(unit.db(), plan)}
    return {
        "from_on": form.from_on.data,
        "to_on": form.to_on.data,
        "body": bodies.get(form.body.data or ""),
        "meeting": meetings.get(form.meeting.data or ""),
        "introduction": form.introduction.data,
        "wider_introduction": form.wider_introduction.data,
    }
