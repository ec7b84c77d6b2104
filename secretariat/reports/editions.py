"""For whom an edition is composed: a reader of one standing who is nobody.

All members of a body, the chair among them, receive the same words. So an edition is not composed with the eyes of
any of them but with those of a member who holds nothing else: no appointment beside it, no office, no participant of
its own. What one member named for some members only is therefore in none. The editions for all participants and for
the public are composed likewise, with the eyes of an observer who is nobody and of nobody at all.
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
from secretariat.processes.clauses import members_of, participants_of, public
from secretariat.processes.models import Body, BodyMembershipRule, PublicReports
from secretariat.reports.composition import Edition

_STANDINGS = {Edition.MEMBERS: "member", Edition.PARTICIPANTS: "observer"}


def editions_of(plan: Plan, body: Body | None) -> list[Edition]:
    """Which editions a report can have. What is for a body with a membership of its own goes to that body alone; the
    public reads one where the members of the track let it."""
    if body is not None and body.membership is BodyMembershipRule.OWN:
        return [Edition.MEMBERS]
    open_to_all = [] if plan.track.public_reports is PublicReports.NONE else [Edition.PUBLIC]
    return [Edition.MEMBERS, Edition.PARTICIPANTS, *open_to_all]


def reader_of(session: ViewerSession, plan: Plan, body: Body | None, edition: Edition, on: date) -> Viewer:
    """Who reads an edition and is nobody in particular: a member of the plan's process (and of the body, if one is
    given), a participant that is no member, or the public."""
    nobody = _nobody(plan, body, edition)
    with system_access(session, Reason.ARCHIVE) as system:
        process_wide = system.scalars(
            select(Body.id).where(
                Body.process_id == plan.process_id,
                Body.track_id == plan.track_id,
                Body.membership == BodyMembershipRule.PROCESS,
            )
        ).all()
        hat = Hat(HatKind.PARTICIPANT, nobody)
        standings = [
            Standing(
                process=plan.process_id,
                track=plan.track_id,
                participant=nobody,
                standing=standing,
                bodies=frozen({body.id: {standing}} if body is not None and kind is Edition.MEMBERS else {}),
                process_wide_bodies=frozenset(process_wide),
            )
            for kind, standing in _STANDINGS.items()
            if kind is edition
        ]
        return labelling.reader_in_order(
            system.connection(),
            nobody,
            hat,
            on,
            lambda key: Viewer(id=key, on=on, person=nobody, hat=hat, standings=tuple(standings)),
        )


def _nobody(plan: Plan, body: Body | None, edition: Edition) -> UUID:
    """The same key each time, so that its labels are worked out once; no person and no participant has it."""
    return uuid5(NAMESPACE_URL, f"edition:{edition}:{plan.process_id}:{plan.track_id}:{body.id if body else ''}")


def clauses_of(plan: Plan, body: Body | None, edition: Edition) -> list[Clause]:
    """Who reads an edition: for members those of the process, and of the body where it has a membership of its own."""
    if edition is Edition.PUBLIC:
        return [public(plan.process)]
    if edition is Edition.PARTICIPANTS:
        return [participants_of(plan.process, plan.track)]
    clauses = [members_clause(plan)]
    if body is not None and body.membership is BodyMembershipRule.OWN:
        clauses.append(members_of(plan.process, plan.track, body=body))
    return clauses
