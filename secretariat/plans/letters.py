"""The mails of plans: a commitment proposed, and a proposal lent to a colleague for advice."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.plans import lending, queries
from secretariat.plans.models import CommitmentState
from secretariat.processes.names import names_of

PROPOSED = "commitment_proposed"
LENT = "proposal_lent"
PASSED_ON = "update_lent"
REMINDED = "update_reminded"
ANSWER_SCOPE = "accept"
ADVICE_SCOPE = "advise"
DRAFT_SCOPE = "draft"


def commitment_proposed(session: Session, sending: Sending) -> Letter | None:
    """To a focal point: what is proposed, and the link to answer. Nothing once it is answered or taken back."""
    commitment = queries.commitment_by_id(session, sending.id_of("commitment"))
    if commitment is None or commitment.state is not CommitmentState.PROPOSED:
        return None
    names = names_of(session, [commitment.participant_id], process=commitment.plan.process_id, on=sending.today)
    return sending.letter(
        _("Your answer is awaited"),
        level=Level.NAMED,
        commitment=commitment,
        participant=names[commitment.participant_id],
        part=commitment.activity or commitment.objective or commitment.area,
        link=sending.link(ANSWER_SCOPE, [commitment.id]),
    )


def proposal_lent(session: Session, sending: Sending) -> Letter | None:
    """To a colleague of a focal point: only that advice is asked, and where. The rest stands behind the link.

    Nothing once the proposal was answered or taken back, or who lent it may not read it any more.
    """
    consultation = sending.id_of("consultation")
    if not lending.is_open(session, consultation):
        return None
    return sending.letter(_("Your advice is asked"), link=sending.link(ADVICE_SCOPE, [consultation], renewable=False))


def update_lent(session: Session, sending: Sending) -> Letter | None:
    """To a colleague in another ministry: only that a draft is asked, and where.

    Nothing once the participant has reported, or who lent it may not speak of it any more.
    """
    lent = sending.id_of("lent")
    if not lending.is_update_open(session, lent):
        return None
    return sending.letter(_("A few words are asked of you"), link=sending.link(DRAFT_SCOPE, [lent], renewable=False))


def update_reminded(session: Session, sending: Sending) -> Letter | None:
    """To a colleague whose words have not come: where to write them, and nothing of the matter. Nothing once the
    participant has reported, or the colleague has written."""
    lent = sending.id_of("lent")
    if not lending.is_update_open(session, lent, unanswered=True):
        return None
    return sending.letter(
        _("A few words are still asked of you"), link=sending.link(DRAFT_SCOPE, [lent], renewable=False)
    )


composition.register(PROPOSED, commitment_proposed, roles=SPEAKING_ROLES)
composition.register(LENT, proposal_lent, needs_appointment=False)
composition.register(PASSED_ON, update_lent, needs_appointment=False)
composition.register(REMINDED, update_reminded, needs_appointment=False)
