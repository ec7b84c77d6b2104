"""Items proposed by participants: prepared in the capital, sent under their own label, decided by the chair, and
answered to their author."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel, renew
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.documents.service import capital, deciding
from secretariat.mail import outbox
from secretariat.meetings import policy, queries
from secretariat.meetings.models import AgendaItem, ItemProposal, ItemState, Meeting, MeetingState
from secretariat.meetings.service.agenda import ItemWords, put_item
from secretariat.meetings.service.lending import end_all
from secretariat.meetings.service.record import record

MOST_WAITING = 20
"""Items of one participant that can wait for an answer at one meeting."""


class ItemReaders(StrEnum):
    """Who reads a proposed item: those who decide, or whoever reads the meeting."""

    DECIDING = "deciding"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedItem:
    """What the form of a proposed item says."""

    title: LocalText
    words: LocalText | None = None
    readers: ItemReaders = ItemReaders.DECIDING


def propose_item(session: ViewerSession, meeting: Meeting, proposed: ProposedItem) -> ItemProposal:
    """Raises NotAllowed; Refused past all measure."""
    made = prepare_item(session, meeting, proposed)
    send_item(session, made)
    return made


def prepare_item(session: ViewerSession, meeting: Meeting, proposed: ProposedItem) -> ItemProposal:
    """An item begun for an agenda, which its government alone reads. Raises NotAllowed; Refused past all measure."""
    participant = session.viewer.participant
    if participant is None or not policy.speaks_at(session.viewer, meeting):
        raise NotAllowed
    check_takes_submissions(meeting)
    open_states = (ItemState.PREPARED, ItemState.PROPOSED)
    waiting = [
        one
        for one in queries.item_proposals_of(session, meeting.id)
        if one.participant_id == participant and one.state in open_states
    ]
    if len(waiting) >= MOST_WAITING:
        raise Refused(_("So many items of yours already await an answer; the Secretariat will come back to you"))
    made = ItemProposal(
        meeting_id=meeting.id,
        participant_id=participant,
        title=proposed.title,
        words=proposed.words,
        meant_for=proposed.readers.value,
        state=ItemState.PREPARED,
        proposed_at=clock.now(),
        proposed_by_id=session.viewer.person,
    )
    attach(session, made, [capital(meeting.process, meeting.track, participant)], container=meeting)
    session.flush()
    return made


def change_prepared(
    session: ViewerSession, proposal: ItemProposal, proposed: ProposedItem, *, keeps_readers: bool = False
) -> None:
    """Work on an item that is prepared. `keeps_readers`: whoever works on it does not decide who reads it.

    Raises NotAllowed.
    """
    require(policy.may_prepare_item(session.viewer, proposal))
    proposal.title, proposal.words = proposed.title, proposed.words
    if not keeps_readers:
        proposal.meant_for = proposed.readers.value
    session.flush()


def send_item(session: ViewerSession, proposal: ItemProposal) -> None:
    """Propose an item that is prepared: from now on its readers have it.

    Raises NotAllowed; Refused once its meeting takes no items any more.
    """
    require(policy.may_prepare_item(session.viewer, proposal))
    meeting = proposal.meeting
    check_takes_submissions(meeting)
    proposal.state, proposal.proposed_at = ItemState.PROPOSED, clock.now()
    proposal.proposed_by_id = session.viewer.person
    session.flush()
    readers = _readers(meeting, proposal.participant_id, ItemReaders(proposal.meant_for))
    relabel(session, proposal, readers, why="item proposed")
    renew(session, proposal, why="item proposed")
    end_all(session, proposal)
    record(session, "item proposed", meeting, proposal, participant=proposal.participant_id)


def check_takes_submissions(meeting: Meeting) -> None:
    """Whether items and papers for a meeting still mean something. Raises Refused, with the reason."""
    if _is_called_off(meeting):
        raise Refused(
            _("The meeting was called off; nothing is taken for it any more. What you wrote is kept on this page.")
        )
    if _is_past(meeting):
        raise Refused(_("The meeting is over; nothing is taken for it any more. What you wrote is kept on this page."))


def why_nothing_is_taken(meeting: Meeting) -> str | None:
    """The same reason for whoever has written nothing yet; None while items and papers are taken."""
    if _is_called_off(meeting):
        return _("The meeting was called off; nothing is taken for it any more.")
    return _("The meeting is over; nothing is taken for it any more.") if _is_past(meeting) else None


def _is_called_off(meeting: Meeting) -> bool:
    return meeting.state in (MeetingState.CANCELLED, MeetingState.POSTPONED)


def _is_past(meeting: Meeting) -> bool:
    return not policy.is_open_for_answers(meeting, clock.today(meeting.zone or "UTC"))


def _readers(meeting: Meeting, participant: UUID, readers: ItemReaders) -> list[Clause]:
    if readers is ItemReaders.MEETING:
        return []
    return [deciding_on(meeting, participant)]


def deciding_on(meeting: Meeting, participant: UUID) -> Clause:
    """Who reads what a participant submits to a meeting: itself, the secretariat, and the chair."""
    return deciding(meeting.process, meeting.track, participant, (meeting.body_id, meeting.process_id))


def withdraw_item(session: ViewerSession, proposal: ItemProposal) -> None:
    """Raises NotAllowed."""
    if not policy.may_withdraw_item(session.viewer, proposal):
        raise NotAllowed
    was_sent = proposal.state is ItemState.PROPOSED
    proposal.state = ItemState.WITHDRAWN
    session.flush()
    end_all(session, proposal)
    if was_sent:
        record(session, "proposed item withdrawn", proposal.meeting, proposal, participant=proposal.participant_id)


def answer_item(
    session: ViewerSession, proposal: ItemProposal, answer: LocalText | None, *, taken_up: bool
) -> AgendaItem | None:
    """Take an item up, or answer why it is not; its author's focal points are told. The item is the last of the first
    day, for the readers of the meeting: whoever proposed it asked for it to be on the agenda.

    Raises NotAllowed; Refused for no without a word.
    """
    if not policy.may_answer_item(session.viewer, proposal):
        raise NotAllowed
    if not taken_up and not answer:
        raise Refused(_("Say in a word why it is not taken up this time; its author receives it"), "answer")
    meeting = proposal.meeting
    proposal.state = ItemState.TAKEN_UP if taken_up else ItemState.NOT_TAKEN_UP
    proposal.answer, proposal.answered_at = answer, clock.now()
    item = None
    if taken_up:
        # What was said to those who decide stays with them; the item's own words were meant for the agenda.
        said_to_all = proposal.words if proposal.own_label_id is None else None
        words = ItemWords(title=proposal.title, annotation=said_to_all, led_by_id=proposal.participant_id)
        item = put_item(session, meeting, words)
        proposal.item_id = item.id
    session.flush()
    renew(session, proposal, why="proposed item answered")
    record(session, "proposed item answered", meeting, proposal, participant=proposal.participant_id)
    _tell(session, meeting, proposal)
    return item


def _tell(session: ViewerSession, meeting: Meeting, proposal: ItemProposal) -> None:
    who = {proposal.participant_id}
    for one in queries.contacts_of(session, meeting.process_id, meeting.track_id, clock.today(), who):
        outbox.put(
            session,
            "item_answered",
            key=f"item_answered:{proposal.id}:{one.person}",
            process=meeting.process,
            track=meeting.track,
            person=one.person,
            hat=one.hat,
            subject={"meeting": meeting.id, "proposal": proposal.id},
        )
