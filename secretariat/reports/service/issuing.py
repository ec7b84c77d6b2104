"""Issuing a report: it is frozen, in data and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

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
from secretariat.reports.models import ProgressReport, ReportCheck, ReportEdition
from secretariat.reports.service.drafting import check_draft


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition before it is issued: what was composed for its readers, and the words made from it, by language."""

    composed: Composition
    texts: Mapping[str, str]


def issue(
    session: ViewerSession, viewer: Viewer, report: ProgressReport, prepared: Iterable[Prepared]
) -> list[ReportEdition]:
    """Freeze what was composed, in data and in words, an edition for each kind of readers. Raises NotAllowed, Refused.

    From then on nothing changes them; later news stands in the plan and in the next report. Not while participants
    still have time to look at their entries.
    """
    if not policy.may_compile(viewer, report.plan):
        raise NotAllowed
    check_draft(report)
    close_checks(session, report)
    report.issued_at = clock.now()
    issued = [_freeze(session, report, one, report.issued_at) for one in prepared]
    session.flush()
    return issued


def _freeze(session: ViewerSession, report: ProgressReport, given: Prepared, now: datetime) -> ReportEdition:
    plan, kind = report.plan, given.composed.edition
    content = {**given.composed.to_json(), "commitment_words": dict(plan.process.commitment_words)}
    words = dict(given.texts)
    edition = ReportEdition(
        report_id=report.id,
        plan_id=plan.id,
        body_id=report.body_id,
        standing=kind.value,
        from_on=report.from_on,
        to_on=report.to_on,
        issued_at=now,
        content=content,
        texts=words,
        digest=composition.digest(content, words),
    )
    clauses = editions.clauses_of(plan, report.body, kind)
    attach(session, edition, clauses, container=plan)
    session.flush()
    audit.record(
        session,
        "progress report issued",
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[members_clause(plan)],
        subject=edition,
        content={"digest": edition.digest, "edition": kind.value},
    )
    return edition


def close_checks(session: ViewerSession, report: ProgressReport) -> None:
    """Nothing more is asked of participants. Raises Refused before the day they were given, unless all have answered.

    Who has said nothing by then has neither agreed nor been late: the report says nothing about it.
    """
    checks = queries.checks_of(session, report.id)
    if waits := _what_waits(report, checks):
        raise Refused(waits)
    for one in checks:
        one.closed_at = clock.now()


def why_not_yet(session: ViewerSession, report: ProgressReport) -> str | None:
    """Why the report is not issued today: participants have time, and not all have answered. None when it can be."""
    return _what_waits(report, queries.checks_of(session, report.id))


def _what_waits(report: ProgressReport, checks: Sequence[ReportCheck]) -> str | None:
    still = report.answer_by is not None and report.answer_by >= clock.today(report.plan.process.zone)
    if report.answer_by is None or not still or all(one.is_answered for one in checks):
        return None
    return _(
        "Participants may look at their entries until %(day)s. Issue the report after that day, or when all of "
        "them have answered.",
        day=day_in_full(report.answer_by, weekday=False),
    )
