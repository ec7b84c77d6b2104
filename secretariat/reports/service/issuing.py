"""Issuing a report: it is frozen, in data and in words."""

from __future__ import annotations

from collections.abc import Mapping

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans.service import members_clause
from secretariat.reports import composition, editions, policy, queries
from secretariat.reports.composition import Composition
from secretariat.reports.models import ProgressReport, ReportEdition
from secretariat.reports.service.drafting import check_draft


def issue(
    session: ViewerSession, viewer: Viewer, report: ProgressReport, composed: Composition, texts: Mapping[str, str]
) -> ReportEdition:
    """Freeze what was composed, in data and in words, for the members. Raises NotAllowed, Refused.

    `texts` are the words in each language, made from `composed`. From then on nothing changes them; later news stands
    in the plan and in the next report. Not while participants still have time to look at their entries.
    """
    plan = report.plan
    if not policy.may_compile(viewer, plan):
        raise NotAllowed
    check_draft(report)
    close_checks(session, report)
    now, content, words = clock.now(), composed.to_json(), dict(texts)
    edition = ReportEdition(
        report_id=report.id,
        plan_id=plan.id,
        body_id=report.body_id,
        standing=editions.MEMBERS,
        from_on=report.from_on,
        to_on=report.to_on,
        issued_at=now,
        content=content,
        texts=words,
        digest=composition.digest(content, words),
    )
    attach(session, edition, editions.members_clauses(plan, report.body), container=plan)
    report.issued_at = now
    session.flush()
    audit.record(
        session,
        "progress report issued",
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[members_clause(plan)],
        subject=edition,
        content={"digest": edition.digest},
    )
    return edition


def close_checks(session: ViewerSession, report: ProgressReport) -> None:
    """Nothing more is asked of participants. Raises Refused before the day they were given, unless all have answered.

    Who has said nothing by then has neither agreed nor been late: the report says nothing about it.
    """
    checks = queries.checks_of(session, report.id)
    still = report.answer_by is not None and report.answer_by >= clock.today(report.plan.process.zone)
    if report.answer_by is not None and still and not all(one.is_answered for one in checks):
        raise Refused(
            _(
                "Participants may look at their entries until %(day)s. Issue the report after that day, or when all of "
                "them have answered.",
                day=day_in_full(report.answer_by, weekday=False),
            )
        )
    for one in checks:
        one.closed_at = clock.now()
