"""The factual check: before a report is issued each participant sees its own entries and says if they are right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.directory.contacts import contacts_of
from secretariat.mail import outbox
from secretariat.plans import queries as plan_queries
from secretariat.plans import service as plans
from secretariat.plans.models import Commitment, ProgressUpdate
from secretariat.plans.service.record import record
from secretariat.plans.status import Status
from secretariat.reports import composition, policy, queries
from secretariat.reports.composition import Entry
from secretariat.reports.models import ProgressReport, ReportCheck
from secretariat.reports.service.composing import compose
from secretariat.reports.service.drafting import check_draft

ASKED = "report_check"
"""The mail that asks a participant to look at its entries."""


def ask_participants(session: ViewerSession, viewer: Viewer, report: ProgressReport, until: date) -> int:
    """Ask every participant with entries in the report to look at them until a day; how many were asked now.

    Asked again it gives more time, and asks those who have entries only now. Raises NotAllowed, Refused.
    """
    plan = report.plan
    require(policy.may_compile(viewer, plan))
    check_draft(report)
    if until <= clock.today(plan.process.zone):
        raise Refused(_("Give a day to come, so that there is time to look."), "until")
    if report.answer_by is not None and until < report.answer_by:
        day = day_in_full(report.answer_by, weekday=False)
        raise Refused(_("Participants were told %(day)s; give that day or a later one.", day=day), "until")
    asked = {one.participant_id: one for one in queries.checks_of(session, report.id)}
    wanted = {UUID(one.participant) for one in compose(session, report).entries}
    for check in asked.values():
        check.answer_by = until
    report.answer_by = until
    session.flush()
    for check in asked.values():
        renew(session, check, why="more time to look at its entries")
    new = sorted(wanted - asked.keys(), key=str)
    for participant in new:
        _ask(session, report, participant, until)
    record(session, "participants asked to check a report", plan, plans.members_clause(plan), report)
    return len(new)


def _ask(session: ViewerSession, report: ProgressReport, participant: UUID, until: date) -> None:
    plan = report.plan
    check = ReportCheck(
        report_id=report.id,
        plan_id=plan.id,
        body_id=report.body_id,
        participant_id=participant,
        from_on=report.from_on,
        to_on=report.to_on,
        asked_at=clock.now(),
        answer_by=until,
    )
    attach(session, check, [plans.own_circle(plan, participant)], container=plan)
    session.flush()
    for one in contacts_of(session, plan.process_id, plan.track_id, clock.today(), [participant]):
        outbox.put(
            session,
            ASKED,
            key=f"{ASKED}:{check.id}:{one.person}:{one.hat.id}",
            process=plan.process,
            track=plan.track,
            person=one.person,
            hat=one.hat,
            subject={"check": check.id, "alternate": one.is_alternate},
        )


def entries_of(session: ViewerSession, check: ReportCheck) -> list[Entry]:
    """The entries of a participant as they will stand in the report."""
    return compose(session, check).of(check.participant_id)


def look(viewer: Viewer, check: ReportCheck) -> None:
    """That somebody who speaks for the participant has opened the page; the first time is kept."""
    if policy.may_check(viewer, check) and check.opened_at is None:
        check.opened_at = clock.now()


def say_right(session: ViewerSession, viewer: Viewer, check: ReportCheck, seen: str) -> None:
    """The participant says that its entries are right, as `composition.seen` of what it was shown.

    Raises NotAllowed, Refused (they changed meanwhile, or the report was issued).
    """
    _check_open(viewer, check)
    if composition.seen(entries_of(session, check)) != seen:
        raise Refused(_("Your entries changed while this page was open; look at them once more."))
    check.right_at, check.right_of = clock.now(), seen
    _answered(session, viewer, check, "entries of a report said to be right")


@dataclass(frozen=True, slots=True)
class Said:
    """What a participant says of one commitment, in place of what stands in the report; `language` is that of the
    words."""

    status: Status
    step: str
    language: str
    more: dict[str, Any]


def correct_entry(
    session: ViewerSession, viewer: Viewer, check: ReportCheck, entry: Entry, said: Said
) -> ProgressUpdate:
    """A new statement of the participant in place of the one in the report, which it points at; or a first one where
    nothing was reported. It counts as said by the last day of the report. Raises NotAllowed, Refused."""
    _check_open(viewer, check)
    commitment = plan_queries.commitment_by_id(session, UUID(entry.commitment))
    if commitment is None or commitment.participant_id != check.participant_id:
        raise NotAllowed
    before = {one.id for one in plan_queries.revisions(session, [commitment.id])}
    update = plans.report_progress(
        session,
        viewer,
        commitment,
        said.status,
        said.step,
        language=said.language,
        correction_of=_stands(session, entry),
        **said.more,
    )
    new = {one.id for one in plan_queries.revisions(session, [commitment.id])} - before
    check.given = [*check.given, str(update.id), *sorted(map(str, new))]
    check.corrected_at, check.right_at, check.right_of = clock.now(), None, ""
    _answered(session, viewer, check, "entry of a report corrected by its participant")
    return update


def _stands(session: ViewerSession, entry: Entry) -> ProgressUpdate | None:
    return plan_queries.update_by_id(session, UUID(entry.update)) if entry.update else None


def _check_open(viewer: Viewer, check: ReportCheck) -> None:
    require(policy.may_check(viewer, check))
    if not check.is_open:
        raise Refused(_("The report was issued meanwhile. What is new stands in the plan and in the next report."))


def _answered(session: ViewerSession, viewer: Viewer, check: ReportCheck, what: str) -> None:
    look(viewer, check)
    check.by_person_id, check.by_hat = viewer.person, str(viewer.hat)
    session.flush()
    record(session, what, check.plan, plans.own_circle(check.plan, check.participant_id), check)


def entry_for(entries: list[Entry], commitment: Commitment | UUID) -> Entry | None:
    """The entry of one commitment among those of a participant."""
    key = commitment if isinstance(commitment, UUID) else commitment.id
    return next((one for one in entries if one.commitment == str(key)), None)
