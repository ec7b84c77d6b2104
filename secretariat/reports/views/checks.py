"""The factual check: the secretariat opens it and sees who has looked; a participant looks at its own entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.directory.contacts import contacts_of
from secretariat.mail.links import OpenedLink
from secretariat.mail.views import by_link
from secretariat.pages import unit
from secretariat.pages.access import authorise, found, permission
from secretariat.pages.forms import as_shown, done, refusals
from secretariat.pages.forms import shown as shown_form
from secretariat.pages.uploads import takes_files
from secretariat.plans import queries as plans
from secretariat.plans.forms import UpdateForm
from secretariat.plans.models import ProgressUpdate
from secretariat.plans.status import Status
from secretariat.plans.views import shown
from secretariat.plans.views.commitment import as_said, said_beside, update_form
from secretariat.processes.names import in_order
from secretariat.reports import composition, policy, queries, service
from secretariat.reports.composition import Entry
from secretariat.reports.forms import AskForm, RightForm
from secretariat.reports.letters import CHECK_SCOPE
from secretariat.reports.models import ProgressReport, ReportCheck
from secretariat.reports.views import blueprint
from secretariat.reports.views.reports import the_draft


@dataclass(frozen=True, slots=True)
class Asked:
    """A participant in the officer's list: `covers` is whether its word is about its entries as they are now."""

    name: str
    check: ReportCheck
    covers: bool
    has_contact: bool


@blueprint.route("/reports/drafts/<uuid:report_id>/check", methods=["GET", "POST"])
@permission("ask participants to check a progress report")
@unit.writes_on_get
def ask(report_id: UUID) -> ResponseReturnValue:
    """Ask participants to look at their entries until a day; who has looked and what they said."""
    report = the_draft(report_id)
    form = AskForm(data={"until": report.answer_by})
    if form.ready():
        with refusals(form):
            until = form.until.data
            number = service.ask_participants(unit.db(), unit.viewer(), report, until) if until else 0
            return done(_asked(number), url_for("reports.ask", report_id=report.id))
    return shown_form(form, "reports/ask.html", report=report, asked=_asked_of(report))


def _asked(number: int) -> str:
    if not number:
        return _("The new day is kept; nobody else is asked.")
    return ngettext(
        "%(num)s participant is asked by mail to look at its entries.",
        "%(num)s participants are asked by mail to look at their entries.",
        number,
    )


def _asked_of(report: ProgressReport) -> list[Asked]:
    """Everybody asked, in alphabetical order."""
    checks = {one.participant_id: one for one in queries.checks_of(unit.db(), report.id)}
    if not checks:
        return []
    plan, composed = report.plan, service.compose(unit.db(), report)
    called = shown.names(plan, checks)
    reached = {
        one.participant for one in contacts_of(unit.db(), plan.process_id, plan.track_id, clock.today(), list(checks))
    }
    return [
        Asked(
            name=str(called[key]),
            check=checks[key],
            covers=checks[key].right_of == composition.seen(composed.of(key)),
            has_contact=key in reached,
        )
        for key in in_order(called)
    ]


@blueprint.route("/reports/checks/<uuid:check_id>", methods=["GET", "POST"])
@permission("look at one's entries in a report")
@unit.writes_on_get
def check(check_id: UUID) -> ResponseReturnValue:
    """A participant's entries as they will stand in the report; it says that they are right, or corrects them."""
    one = _check(check_id)
    service.look(unit.viewer(), one)
    return _looking(one, url_for("reports.check", check_id=one.id))


@blueprint.route("/l/<token>/check", methods=["GET", "POST"])
@by_link(CHECK_SCOPE)
@unit.writes_on_get
def check_by_link(link: OpenedLink) -> ResponseReturnValue:
    """The same from the link of a mail, without a password. Opening it says nothing: scanners follow links."""
    return _looking(_check(link.subjects[0]), url_for("reports.check_by_link", token=link.token), by_mail=True)


@blueprint.route("/reports/checks/<uuid:check_id>/<uuid:commitment_id>", methods=["GET", "POST"])
@permission("correct one's entry in a report")
@unit.writes_on_get
@takes_files
def correct_entry(check_id: UUID, commitment_id: UUID) -> ResponseReturnValue:
    """A new statement in place of the one in the report."""
    one = _check(check_id)
    return _correcting(one, commitment_id, url_for("reports.check", check_id=one.id))


@blueprint.route("/l/<token>/check/<uuid:commitment_id>", methods=["GET", "POST"])
@by_link(CHECK_SCOPE)
@unit.writes_on_get
@takes_files
def correct_entry_by_link(link: OpenedLink, commitment_id: UUID) -> ResponseReturnValue:
    """The same from the link of a mail."""
    back = url_for("reports.check_by_link", token=link.token)
    return _correcting(_check(link.subjects[0]), commitment_id, back)


def _check(check_id: UUID) -> ReportCheck:
    one = found(queries.check_by_id(unit.db(), check_id))
    authorise(policy.may_check(unit.viewer(), one) or policy.may_compile(unit.viewer(), one.plan))
    shown.enter_plan(one.plan)
    return one


def _looking(one: ReportCheck, location: str, *, by_mail: bool = False) -> ResponseReturnValue:
    entries = service.entries_of(unit.db(), one)
    seen = composition.seen(entries)
    form = RightForm(data={"version": as_shown(seen).version})
    if form.ready(as_shown(seen)):
        with refusals(form):
            service.say_right(unit.db(), unit.viewer(), one, seen)
            return done(_("Thank you. The Secretariat sees that your entries are right."), location)
    named = shown.names(one.plan, [one.participant_id])
    return shown_form(
        form,
        "reports/check.html",
        check=one,
        entries=entries,
        beside=_not_in_the_report(entries),
        participant=str(named[one.participant_id]),
        is_right=one.right_of == seen,
        may_check=policy.may_check(unit.viewer(), one) and one.is_open,
        by_mail=by_mail,
        here=location,
        acting=shown.acting_sentence(one.plan),
    )


def _not_in_the_report(entries: Sequence[Entry]) -> dict[str, list[str]]:
    """Which words of a participant's updates it alone and the secretariat read, by update: what it might look for."""
    beside = plans.beside(unit.db(), [UUID(one.update) for one in entries if one.update])
    left = {}
    for one in entries:
        stands = beside.get(UUID(one.update)) if one.update else None
        if stands is not None:
            left[one.update] = [
                *(["obstacle"] if stands.obstacle and not one.obstacle else []),
                *(["support"] if stands.support and not one.support else []),
            ]
    return left


def _correcting(one: ReportCheck, commitment_id: UUID, back: str) -> ResponseReturnValue:
    authorise(policy.may_check(unit.viewer(), one))
    entry = found(service.entry_for(service.entries_of(unit.db(), one), commitment_id))
    update = plans.update_by_id(unit.db(), UUID(entry.update)) if entry.update else None
    commitment = found(plans.commitment_by_id(unit.db(), commitment_id))
    form = update_form(commitment, data=_as_in_report(entry, update))
    if form.ready():
        with refusals(form):
            service.correct_entry(unit.db(), unit.viewer(), one, entry, _said(form))
            return done(_("Saved. It stands in the report as you see it below."), back)
    return shown_form(
        form,
        "reports/correct.html",
        check=one,
        entry=entry,
        back=back,
        acting=shown.acting_sentence(one.plan),
    )


def _as_in_report(entry: Entry, update: ProgressUpdate | None) -> dict[str, object]:
    if update is None:
        return {}
    return {
        **as_said(update),
        "obstacle_for_members": entry.obstacle is not None,
        "support_for_members": entry.support is not None,
    }


def _said(form: UpdateForm) -> service.Said:
    return service.Said(
        status=Status(form.status.data),
        step=form.step.data or "",
        language=shown.language(),
        more=said_beside(form),
    )
