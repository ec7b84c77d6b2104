"""The list of delegations: its own readers, what follows from them, and the letters that name a delegation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach, label_value, relabel, renew
from secretariat.core.labels import Clause, LabelValue, Level
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import ViewerSession
from secretariat.meetings import delegation_queries, policy, queries
from secretariat.meetings.guest_models import DelegationList
from secretariat.meetings.models import Invitation, Meeting
from secretariat.meetings.service.record import record
from secretariat.processes import clauses as clauses_of

# --- readers ------------------------------------------------------------------------------------------------------


def own_list(session: ViewerSession, meeting: Meeting) -> DelegationList:
    """The list of a meeting; made, for members only, where there is none yet. Raises NotAllowed."""
    if not policy.may_keep(session.viewer, meeting):
        raise NotAllowed
    known = delegation_queries.list_of(session, meeting.id)
    if known is not None:
        return known
    made = DelegationList(meeting_id=meeting.id)
    attach(session, made, [clauses_of.members_of(meeting.process, meeting.track)], container=meeting)
    session.flush()
    return made


def invitation_readers(session: Session, meeting: Meeting, participant: UUID) -> list[Clause]:
    """Who reads that a participant is invited and what it answers: the members - or all whom the list was opened to -
    and the participant itself."""
    own = _own_of(session, meeting.id)
    wide = own if own is not None and _is_wider(own) else [clauses_of.members_of(meeting.process, meeting.track)]
    return _opened(wide, participant)


def delegate_readers(session: Session, invitation: Invitation) -> list[Clause]:
    """What narrows who reads a person on the list, beside the invitation: nothing, unless the list is for fewer."""
    own, meeting = _own_of(session, invitation.meeting_id), invitation.meeting
    default = [clauses_of.members_of(meeting.process, meeting.track)]
    if own is None or _is_wider(own) or clauses_of.same(own, default):
        return []
    return _opened(own, invitation.participant_id)


def list_follows(session: Session, one: DelegationList, _before: LabelValue) -> None:
    """Invitations and persons follow the label of the list they stand on; who is kept off it stays with its own."""
    meeting = queries.meeting_by_id(session, one.meeting_id)
    if meeting is None:
        return
    why = "the label of the list of delegations changed"
    for invitation in queries.invitations_of(session, meeting.id):
        relabel(session, invitation, invitation_readers(session, meeting, invitation.participant_id), why=why)
        for person in invitation.delegates:
            if not person.is_unlisted:
                relabel(session, person, delegate_readers(session, invitation), why=why)


def _own_of(session: Session, meeting: UUID) -> frozenset[Clause] | None:
    """The clauses the list was given; None where there is no list, or it has those of its meeting alone."""
    key = delegation_queries.list_label(session, meeting)
    return label_value(session, key).clauses if key is not None else None


def _is_wider(own: Collection[Clause]) -> bool:
    return all(one.level.weight < Level.MEMBERS.weight for one in own)


def _opened(readers: Iterable[Clause], participant: UUID) -> list[Clause]:
    """The same, and the participant itself beside them."""
    itself = clauses_of.participant(participant)
    return [one if one.level is Level.PUBLIC else replace(one, opened_to=one.opened_to | {itself}) for one in readers]


# --- letters ------------------------------------------------------------------------------------------------------


def note_letter(
    session: ViewerSession, invitation: Invitation, *, on: date, reference: str, named: Collection[UUID]
) -> None:
    """The letter has come that names these persons of a delegation: they are provisional no longer. A later letter
    takes the place of the one before.

    Raises NotAllowed; Refused where the body asks for none, for a day to come, and where it names nobody.
    """
    meeting = invitation.meeting
    if not policy.may_keep(session.viewer, meeting):
        raise NotAllowed
    if not policy.asks_letter(meeting):
        raise Refused(_("This body asks for no letter; the page of the body says so"))
    if on > clock.today(meeting.zone or "UTC"):
        raise Refused(_("That day is still to come; give the day the letter bears"), "on")
    meant = [one for one in invitation.delegates if one.id in set(named)]
    if not meant:
        raise Refused(_("Tick whom the letter names"), "named")
    invitation.letter_on, invitation.letter_reference = on, reference
    for one in invitation.delegates:
        one.is_by_letter = one in meant
    record(
        session,
        "letter of a delegation noted",
        meeting,
        invitation,
        participant=invitation.participant_id,
        dated=on.isoformat(),
        reference=reference,
    )
    session.flush()
    renew(session, invitation, why="letter of the delegation noted")


def forget_letter(invitation: Invitation) -> None:
    """A delegation that no longer comes has no letter either."""
    invitation.letter_on, invitation.letter_reference = None, ""
