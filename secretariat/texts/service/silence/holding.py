"""For whom the silence does not end: a notice that bounced, and time that was asked for."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import SystemSession, ViewerSession
from secretariat.texts import policy, silence_queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.service.silence.ends import FURTHEST
from secretariat.texts.service.silence.telling import lock, record, with_secretariat
from secretariat.texts.silence import HoldCause, SilenceState
from secretariat.texts.silence_models import SilenceHold, SilenceProcedure


def mark_bounce(session: ViewerSession, found: SilenceProcedure, participant: UUID) -> SilenceHold:
    """Say that the notice did not reach a member: the silence does not end for it. Raises NotAllowed, Refused."""
    require(policy.may_keep_silence(session.viewer, found))
    lock(session, found.id)
    where = silence_queries.stands(session, found)
    if where.state not in (SilenceState.RUNNING, SilenceState.WAITING):
        raise Refused(_("It does not run any more. If a member was not reached, tell the chair before it pronounces."))
    if participant not in where.open_for(clock.now()):
        raise Refused(_("The silence has ended for this member, or it is none; tell the chair."), "participant")
    held = silence_queries.holds_of(session, found.id)
    if any(one.participant_id == participant and one.until is None for one in held):
        raise Refused(_("The silence is held open for this member already."), "participant")
    return hold_open(session, found, participant, HoldCause.BOUNCED)


def not_reached(system: SystemSession, silence: UUID, participant: UUID) -> None:
    """A notice came back: the silence does not end for this member, where it has not ended already or is held open."""
    lock(system, silence)
    found = system.get_one(SilenceProcedure, silence)
    where = silence_queries.stands(system, found)
    runs = where.state in (SilenceState.RUNNING, SilenceState.WAITING) and participant in where.open_for(clock.now())
    held = silence_queries.holds_of(system, found.id)
    if runs and not any(one.participant_id == participant and one.until is None for one in held):
        hold_open(system, found, participant, HoldCause.BOUNCED)


def reached(session: ViewerSession, hold: SilenceHold) -> None:
    """Say that a member has the notice now: it has 72 hours from here, or the common end if that is later.

    Raises NotAllowed, Refused.
    """
    found = hold.silence
    require(policy.may_keep_silence(session.viewer, found) and hold.cause is HoldCause.BOUNCED)
    lock(session, found.id)
    if hold.until is not None:
        raise Refused(_("That is noted already."))
    hold.until = clock.now()
    session.flush()
    record(session, "silence notice reached a member", found, participant=hold.participant_id)
    session.flush()


def agree_time(session: ViewerSession, hold: SilenceHold, ends: Deadline) -> None:
    """Agree the hour until which a member that asked for time has it. Raises NotAllowed, Refused."""
    found = hold.silence
    require(policy.may_keep_silence(session.viewer, found) and hold.cause is HoldCause.ASKED_FOR_TIME)
    lock(session, found.id)
    if hold.until is not None:
        raise Refused(_("That is agreed already."))
    ends.check(clock.now())
    if ends.at <= silence_queries.deadline_of(found).at:
        raise Refused(_("The silence ends later than that for everybody; give a later day or hour"), "ends_on")
    if ends.at - clock.now() > FURTHEST:
        raise Refused(_("That is more than a year away; give an earlier day"), "ends_on")
    hold.until = ends.at
    session.flush()
    record(session, "time agreed in a silence", found, participant=hold.participant_id, until=ends.at.isoformat())
    session.flush()


def hold_open(session: Session, found: SilenceProcedure, participant: UUID, cause: HoldCause) -> SilenceHold:
    made = SilenceHold(silence_id=found.id, participant_id=participant, cause=cause, since=clock.now())
    attach(session, made, [with_secretariat(found, participant)], container=found)
    session.flush()
    session.refresh(made, ["silence"])
    record(session, "silence held open for a member", found, participant=participant, cause=cause.value)
    session.flush()
    return made
