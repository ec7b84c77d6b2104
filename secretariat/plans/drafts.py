"""Passing one commitment to a colleague in another ministry, who drafts what the focal point then says, or does not."""

from __future__ import annotations

from uuid import UUID

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.directory.models import Person
from secretariat.mail import outbox
from secretariat.plans import lending, letters, policy, queries
from secretariat.plans.models import Commitment, CommitmentState, LentUpdate, Plan
from secretariat.plans.status import Status
from secretariat.processes.clauses import named, participant

MOST_COLLEAGUES = 5
"""How many one commitment is lent to at a time: beyond that a link goes round, and nobody knows who has it."""


def capital(plan: Plan, participant_id: UUID) -> Clause:
    """One government and nobody else: what its ministries draft among themselves is not the secretariat's to read."""
    return named(plan.process, plan.track, audience=[participant(participant_id)])


def pass_on(session: ViewerSession, viewer: Viewer, commitment: Commitment, address: str) -> LentUpdate:
    """Lend one commitment by a mail with a link to it alone, until its participant reports. The answer stays the focal
    point's. Raises NotAllowed, Refused."""
    plan = commitment.plan
    if viewer.person is None or not policy.may_report(viewer, commitment, plan):
        raise NotAllowed
    if commitment.state is not CommitmentState.ACCEPTED:
        raise Refused(_("This commitment was withdrawn in the meantime; nothing was passed on."))
    lent = queries.updates_lent(session, [commitment.id]).get(commitment.id, [])
    if address.casefold() in [one.address.casefold() for one in lent]:
        raise Refused(_("This colleague has it already."))
    if len(lent) >= MOST_COLLEAGUES:
        raise Refused(_("As many colleagues have it as can; save with what they wrote."))
    colleague = Person()
    session.add(colleague)
    session.flush()
    made = LentUpdate(
        commitment_id=commitment.id,
        lent_by_person_id=viewer.person,
        lent_by_hat=str(viewer.hat),
        lent_at=clock.now(),
        colleague_id=colleague.id,
        address=address,
    )
    attach(session, made, [capital(plan, commitment.participant_id)], container=commitment)
    session.flush()
    outbox.put(
        session,
        letters.PASSED_ON,
        key=f"{letters.PASSED_ON}:{made.id}",
        process=plan.process,
        track=plan.track,
        person=colleague.id,
        hat=viewer.hat,
        subject={"lent": made.id},
        address=address,
    )
    _record(session, "commitment passed to a colleague", commitment, made)
    return made


def draft(session: ViewerSession, lent: LentUpdate, status: Status | None, words: str) -> None:
    """What the colleague would say, through the link; may be written anew until the participant reports.

    Raises Refused.
    """
    if not lending.awaits_draft(lent, session.viewer):
        raise Refused(_("The answer was given in the meantime; your colleague no longer needs this. Thank you."))
    if status is None and not words.strip():
        raise Refused(_("Choose where it stands, or write what was done."))
    lent.status, lent.words, lent.replied_at = status, words.strip(), clock.now()
    session.flush()


def _record(session: ViewerSession, kind: str, commitment: Commitment, lent: LentUpdate) -> None:
    plan = commitment.plan
    audit.record(
        session,
        kind,
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[capital(plan, commitment.participant_id)],
        subject=lent,
    )
