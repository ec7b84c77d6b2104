"""For whom an edition is composed: a reader of one standing who is nobody.

All members of a body, the chair among them, receive the same words. So an edition is not composed with the eyes of
any of them but with those of a member who holds nothing else: no appointment beside it, no office, no participant of
its own. What one member named for some members only is therefore in none.
"""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from secretariat.core import labelling
from secretariat.core.labels import Clause
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind, Standing, Viewer, frozen
from secretariat.plans.models import Plan
from secretariat.plans.service import members_clause
from secretariat.processes.clauses import members_of
from secretariat.processes.models import Body, BodyMembershipRule

MEMBERS = "members"


def members_reader(session: ViewerSession, plan: Plan, body: Body | None, on: date) -> Viewer:
    """A member of the plan's process (and of the body, if one is given) who is nobody in particular."""
    nobody = _nobody(plan, body)
    with system_access(session, Reason.ARCHIVE) as system:
        process_wide = system.scalars(
            select(Body.id).where(
                Body.process_id == plan.process_id,
                Body.track_id == plan.track_id,
                Body.membership == BodyMembershipRule.PROCESS,
            )
        ).all()
        hat = Hat(HatKind.PARTICIPANT, nobody)
        standing = Standing(
            process=plan.process_id,
            track=plan.track_id,
            participant=nobody,
            standing="member",
            bodies=frozen({body.id: {"member"}} if body is not None else {}),
            process_wide_bodies=frozenset(process_wide),
        )
        return labelling.reader_in_order(
            system.connection(),
            nobody,
            hat,
            on,
            lambda key: Viewer(id=key, on=on, person=nobody, hat=hat, standings=(standing,)),
        )


def _nobody(plan: Plan, body: Body | None) -> UUID:
    """The same key each time, so that its labels are worked out once; no person and no participant has it."""
    return uuid5(NAMESPACE_URL, f"edition:{MEMBERS}:{plan.process_id}:{plan.track_id}:{body.id if body else ''}")


def members_clauses(plan: Plan, body: Body | None) -> list[Clause]:
    """Who reads the edition for members: those of the process, and of the body where it has a membership of its own."""
    clauses = [members_clause(plan)]
    if body is not None and body.membership is BodyMembershipRule.OWN:
        clauses.append(members_of(plan.process, plan.track, body=body))
    return clauses
