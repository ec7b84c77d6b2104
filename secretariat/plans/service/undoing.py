"""What came in by a table is taken back, as far as nobody has answered or changed it since.

In a plan that is a draft it is gone as if it had never come in; once the plan is adopted a digest may have told of a
proposal, so that it is taken back as any other is. What stays is told, and why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from secretariat.core import after_commit, clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import reading_as_told
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession, reading_as
from secretariat.documents import cells
from secretariat.jobs.kinds import Hands, Progress, Result
from secretariat.plans import import_queries, policy, queries
from secretariat.plans.import_models import ImportState, PlanImport
from secretariat.plans.models import (
    Commitment,
    CommitmentState,
    PlanState,
    Proposal,
)
from secretariat.plans.service import importing
from secretariat.plans.service.record import own_circle, record
from secretariat.processes.clauses import named, secretariat
from secretariat.processes.names import names_of

WORK = "plan_import_undo"
ANSWERED, ASKED, CHANGED, ADOPTED, IN_USE = "answered", "asked", "changed", "adopted", "in_use"
WHY: dict[str, Any] = {
    ANSWERED: _l("Its participant has answered, or it was taken back."),
    ASKED: _l("Its participant has asked a colleague, or to be rung."),
    CHANGED: _l("It was changed since."),
    ADOPTED: _l("The text of the plan is adopted."),
    IN_USE: _l("Something else stands in it."),
}


@dataclass(slots=True)
class Undoing:
    """What would be taken back, and what would stay: a proposal or part, each with the reason."""

    proposals: list[tuple[Commitment, Proposal]]
    parts: list[queries.Part]
    stay: list[tuple[Commitment | queries.Part, str]]


def undoing(session: Session, one: PlanImport) -> Undoing:
    """What can be taken back of what came in by a table."""
    found = Undoing([], [], [])
    keys = [UUID(key) for key in one.became.get("commitments", [])]
    for commitment, proposal, asked in import_queries.proposals_among(session, keys):
        why = _why_stays(commitment, proposal, asked)
        if why or proposal is None:
            found.stay.append((commitment, why or CHANGED))
        else:
            found.proposals.append((commitment, proposal))
    _parts(session, one, found)
    return found


def _why_stays(commitment: Commitment, proposal: Proposal | None, asked: bool) -> str:
    if proposal is None or commitment.state is not CommitmentState.PROPOSED or proposal.answer is not None:
        return ANSWERED
    if asked or proposal.ring_asked_at is not None:
        return ASKED
    return CHANGED if commitment.version > 1 or proposal.version > 1 else ""


def _parts(session: Session, one: PlanImport, found: Undoing) -> None:
    """Parts go from the lowest up, where nothing is left in them."""
    came = set(one.became.get("parts", []))
    outline = queries.outline(session, one.plan_id) if came else []
    parts = [part for part in outline if str(part.id) in came]
    going = {commitment.id for commitment, _proposal in found.proposals}
    wanted = select(Commitment.id, Commitment.place).where(Commitment.plan_id == one.plan_id)
    held = {place for key, place in session.execute(wanted) if key not in going} if parts else set()
    held |= {part.place for part in outline if str(part.id) not in came}
    for part in sorted(parts, key=lambda part: part.place, reverse=True):
        if one.plan.state is not PlanState.DRAFT:
            why = ADOPTED
        elif any(place.startswith(part.place) for place in held):
            why = IN_USE
        else:
            why = CHANGED if part.version > 1 else ""
        if why:
            held.add(part.place)
            found.stay.append((part, why))
        else:
            found.parts.append(part)


def undo(session: ViewerSession, one: PlanImport) -> None:
    """Take back what can be, by the worker. Raises NotAllowed, Refused."""
    require(policy.may_keep(session.viewer, one.plan))
    if one.state is not ImportState.DONE:
        raise Refused(_("This table is not in, or is taken back already; nothing was changed."))
    one.state = ImportState.UNDOING
    importing.ask(session, one, WORK)


def take_back(hands: Hands, told: Mapping[str, Any], progress: Progress) -> Result:
    """All that can be taken back in one transaction; what stayed, as a table."""
    key = UUID(told["import"])
    with reading_as_told(told):
        with reading_as(hands.engine, hands.eyes(), writes=True) as session:
            one = importing.locked(session, key)
            if one.state is ImportState.UNDOING:
                _take_all_back(session, one)
                session.commit()
                after_commit.run(session)
        with reading_as(hands.engine, hands.eyes()) as session:
            return _report(session, importing.the_import(session, key))


def _take_all_back(session: ViewerSession, one: PlanImport) -> None:
    found = undoing(session, one)
    took = Counter(commitment.participant_id for commitment, _proposal in found.proposals)
    if one.plan.state is PlanState.DRAFT:
        _remove(session, found)
    else:
        for commitment, proposal in found.proposals:
            commitment.state, proposal.taken_back_at = CommitmentState.TAKEN_BACK, clock.now()
    one.state, one.undone_at = ImportState.UNDONE, clock.now()
    stay = [{"id": str(thing.id), "why": why} for thing, why in found.stay]
    one.became = {**one.became, "taken": len(found.proposals), "parts_taken": len(found.parts), "stay": stay}
    session.flush()
    for participant, number in took.items():
        record(session, "proposals taken back", one.plan, own_circle(one.plan, participant), one.plan, number=number)
    clause = named(one.process, one.track, audience=[secretariat(one.track)])
    counts = {"commitments": len(found.proposals), "parts": len(found.parts), "stay": len(found.stay)}
    record(session, "table taken back", one.plan, clause, one.plan, name=one.name, **counts)


def _remove(session: ViewerSession, found: Undoing) -> None:
    """What something else has come to point at meanwhile stays, and is told."""
    for begin in range(0, len(found.proposals), import_queries.AT_ONCE):
        some = found.proposals[begin : begin + import_queries.AT_ONCE]
        if not _removed(session, some):
            for one in some:
                if not _removed(session, [one]):
                    found.stay.append((one[0], IN_USE))
    stayed = {thing.id for thing, _why in found.stay}
    found.proposals = [one for one in found.proposals if one[0].id not in stayed]
    for part in list(found.parts):
        try:
            with session.begin_nested():
                session.delete(part)
                session.flush()
        except IntegrityError:
            found.parts.remove(part)
            found.stay.append((part, IN_USE))


def _removed(session: ViewerSession, some: Sequence[tuple[Commitment, Proposal]]) -> bool:
    try:
        with session.begin_nested():
            for commitment, proposal in some:
                for thing in (*commitment.partners, proposal, commitment):
                    session.delete(thing)
            session.flush()
    except IntegrityError:
        return False
    return True


def stayed(session: Session, one: PlanImport) -> list[tuple[Commitment | queries.Part, str]]:
    """What stayed when a table was taken back, as far as it is there now."""
    why = {UUID(said["id"]): said["why"] for said in one.became.get("stay", [])}
    parts = [part for part in queries.outline(session, one.plan_id) if part.id in why] if why else []
    commitments = [commitment for commitment, _of, _asked in import_queries.proposals_among(session, list(why))]
    return [(thing, why[thing.id]) for thing in (*parts, *commitments)]


def _report(session: ViewerSession, one: PlanImport) -> Result:
    found = stayed(session, one)
    owners = [getattr(thing, "participant_id", None) for thing, _why in found]
    called = names_of(session, owners, process=one.process_id)
    rows = [
        [str(called.get(owner, "")) if owner else "", str(getattr(thing, "words", None) or thing.title), str(WHY[why])]  # type: ignore[union-attr]
        for owner, (thing, why) in zip(owners, found, strict=True)
    ]
    table = [[_("Responsible"), _("What stayed"), _("Why")], *rows]
    return Result("plan-import-undone.csv", cells.csv_of([], table), "text/csv; charset=utf-8")
