"""What was given for a support need: written down, and confirmed by who had asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Viewer
from secretariat.plans import partners, policy
from secretariat.plans.models import Commitment, Plan, SupportNeeded
from secretariat.plans.service.record import members_clause, opened_circle, record
from secretariat.plans.support_models import GivenState, SupportGiven


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gave: a participant of the process, or a name that is none."""

    participant_id: UUID | None = None
    name: str = ""


def note_support(
    session: ViewerSession,
    viewer: Viewer,
    need: SupportNeeded,
    words: str,
    *,
    language: str,
    giver: Giver | None = None,
    on: date | None = None,
) -> SupportGiven:
    """Write down what was given for a need: the secretariat, a participant of what itself gave, or who had asked.

    The word of who had asked is confirmed as it is given; everything else awaits it, and until then is read by that
    participant, the secretariat and who wrote it down. Raises NotAllowed, Refused.
    """
    commitment = need.update.commitment
    plan = commitment.plan
    require(policy.may_note_support(viewer, plan))
    is_own_word = policy.speaks_for(viewer, commitment, plan)
    gave = giver or Giver()
    if not is_own_word and not policy.may_keep(viewer, plan):
        gave = Giver(participant_id=viewer.participant)
    _check(session, commitment, plan, words, gave, on)
    now = clock.now()
    given = SupportGiven(
        need_id=need.id,
        giver_id=gave.participant_id,
        giver_text="" if gave.participant_id else gave.name.strip(),
        words=LocalText.of(words.strip(), language),
        given_on=on,
        state=GivenState.CONFIRMED if is_own_word else GivenState.NOTED,
        noted_at=now,
        noted_by_person_id=viewer.person,
        noted_by_hat=str(viewer.hat),
        answered_at=now if is_own_word else None,
        answered_by_person_id=viewer.person if is_own_word else None,
    )
    circle = _until_confirmed(viewer, commitment, plan)
    attach(session, given, [] if is_own_word else [circle], container=need)
    session.flush()
    record(session, "support given noted", plan, circle, given)
    return given


def confirm_support(session: ViewerSession, viewer: Viewer, given: SupportGiven) -> None:
    """Who had asked says that it was given: it counts, and has the readers of the need. Raises NotAllowed, Refused."""
    plan = _answered(viewer, given, GivenState.CONFIRMED)
    session.flush()
    relabel(session, given, [], why="confirmed by who had asked")
    record(session, "support given confirmed", plan, members_clause(plan), given)


def set_support_aside(session: ViewerSession, viewer: Viewer, given: SupportGiven) -> None:
    """Who had asked does not know of it so: it counts nowhere, and nobody else reads it. Raises NotAllowed, Refused."""
    plan = _answered(viewer, given, GivenState.SET_ASIDE)
    session.flush()
    participant = given.need.update.commitment.participant_id
    record(session, "support given set aside", plan, opened_circle(plan, participant, ()), given)


def _answered(viewer: Viewer, given: SupportGiven, state: GivenState) -> Plan:
    commitment = given.need.update.commitment
    plan = commitment.plan
    require(policy.speaks_for(viewer, commitment, plan))
    if given.state is not GivenState.NOTED:
        raise Refused(_("This was answered in the meantime; nothing was changed."))
    given.state, given.answered_at, given.answered_by_person_id = state, clock.now(), viewer.person
    return plan


def _check(
    session: ViewerSession, commitment: Commitment, plan: Plan, words: str, gave: Giver, on: date | None
) -> None:
    if not words.strip():
        raise Refused(_("Write what was given, for example: two trainers for a week"), "words")
    if on is not None and on > clock.today():
        raise Refused(_("That day has not come yet; give the day on which it was given."), "on")
    if gave.participant_id is None:
        return
    if gave.participant_id == commitment.participant_id:
        raise Refused(_("Choose who gave it; this participant is the one that had asked."), "giver")
    if not partners.known(session, plan, [gave.participant_id]):
        raise Refused(_("Choose who takes part in the process, or write a name."), "giver")


def _until_confirmed(viewer: Viewer, commitment: Commitment, plan: Plan) -> Clause:
    """Who had asked, the secretariat, and the participant that wrote it down."""
    wrote = [] if viewer.participant in (None, commitment.participant_id) else [viewer.participant]
    return opened_circle(plan, commitment.participant_id, [one for one in wrote if one is not None])
