"""Passing one commitment to a colleague in another ministry, who drafts what the focal point then says, or does not."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.documents.service import Received
from secretariat.mail import lent
from secretariat.plans import lending, letters, policy, queries
from secretariat.plans.models import Commitment, CommitmentState, LentUpdate, Plan
from secretariat.plans.service.evidence import put_drafted
from secretariat.plans.status import Status
from secretariat.processes.clauses import named, participant


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
    if commitment.carried_at is not None:
        raise Refused(_("This commitment goes on in the next plan; pass it on from there."))
    has_it = [one.address for one in queries.updates_lent(session, [commitment.id]).get(commitment.id, [])]
    lent.check(session, address, has_it, plan.process, plan.track)
    made = LentUpdate(commitment_id=commitment.id, **lent.said_of(session, address))
    own = capital(plan, commitment.participant_id)
    attach(session, made, [own], container=commitment)
    session.flush()
    lent.tell(session, letters.PASSED_ON, made, plan.process, plan.track, known_to=own)
    _record(session, "commitment passed to a colleague", commitment, made)
    return made


def remind(session: ViewerSession, viewer: Viewer, lent_update: LentUpdate) -> None:
    """Ask a colleague once more for words that have not come, as `mail.lent` allows it. The mail says where to write
    them, and nothing of the matter. Raises NotAllowed, Refused."""
    commitment = lent_update.commitment
    plan = commitment.plan
    if not policy.may_report(viewer, commitment, plan):
        raise NotAllowed
    lent.check_may_be_asked_again(session, lent_update, clock.today(plan.process.zone), plan.process.zone)
    if not lending.is_update_open(session, lent_update.id):
        raise Refused(_("Whoever passed it on does not speak for your government now; pass it on anew."))
    own = capital(plan, commitment.participant_id)
    lent.ask_again(session, letters.REMINDED, lent_update, plan.process, plan.track, known_to=own)
    _record(session, "colleague reminded of a commitment", commitment, lent_update)


def draft(
    session: ViewerSession, update: LentUpdate, status: Status | None, words: str, files: Sequence[Received] = ()
) -> None:
    """What the colleague would say, through the link; may be written anew until the participant reports.

    Raises Refused.
    """
    if not lending.awaits_draft(update, session.viewer):
        raise Refused(_("The answer was given in the meantime; your colleague no longer needs this. Thank you."))
    if status is None and not words.strip() and not (files or queries.has_files(session, update.id)):
        raise Refused(_("Choose where it stands, or write what was done."))
    put_drafted(session, update, files)
    update.status, update.words, update.replied_at = status, words.strip(), clock.now()
    session.flush()


def _record(session: ViewerSession, kind: str, commitment: Commitment, update: LentUpdate) -> None:
    plan = commitment.plan
    audit.record(
        session,
        kind,
        chain=audit.chain_name(plan.process.slug, plan.track.slug),
        clauses=[capital(plan, commitment.participant_id)],
        subject=update,
    )
