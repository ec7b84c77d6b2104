"""Who may write, send, route and answer submissions. Pure predicates on what the viewer holds today."""

from __future__ import annotations

from datetime import datetime

from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.confided_models import Confided, ConfidedCopy
from secretariat.civil_society.models import (
    ON_THE_WAY,
    AnswerShown,
    Submission,
    SubmissionAnswer,
    SubmissionKind,
    SubmissionState,
)
from secretariat.civil_society.position_models import Position
from secretariat.core.viewer import Viewer
from secretariat.documents.models import Document, DocumentState
from secretariat.meetings.guest_models import Guest
from secretariat.processes.models import Process, Track, TrackKind

LIAISON = "liaison_officer"
REPRESENTATIVE = "representative"
SPEAKING = ("focal_point", "alternate")
PUBLISHABLE = frozenset({SubmissionKind.DECLARATION, SubmissionKind.RECOMMENDATION, SubmissionKind.QUESTION})
"""What a network says of its own. A comment on a document, and a contribution to an activity, tell of what stands on
the governments' side."""


def coordinates(viewer: Viewer, network: Track) -> bool:
    """Whether one answers for a network."""
    return network.kind is TrackKind.CIVIL_SOCIETY and viewer.keeps(network.id)


def may_draft(viewer: Viewer, network: Track) -> bool:
    """Begin a submission: the coordination, and who represents a member organization."""
    return coordinates(viewer, network) or represents(viewer, network)


def represents(viewer: Viewer, network: Track) -> bool:
    """Whether one represents a member organization of a network today."""
    holds = any(one.name == REPRESENTATIVE and one.track == network.id for one in viewer.roles)
    member = any(one.track == network.id and one.standing == "member" for one in viewer.standings)
    return viewer.participant is not None and holds and member


def may_write(viewer: Viewer, one: Submission) -> bool:
    """Change a draft: who may throw it away, unless the network has adopted its words."""
    return may_throw_away(viewer, one) and not one.is_position


def may_throw_away(viewer: Viewer, one: Submission) -> bool:
    """Go on with a draft no more: who drafts it."""
    return one.state is SubmissionState.DRAFT and drafts(viewer, one)


def drafts(viewer: Viewer, one: Submission) -> bool:
    """Whether a submission is written by one's side, sent or not: the coordination, and the organization that drafts
    it. Who was writing when it was sent is told so in words."""
    own = one.organization_id is not None and viewer.participant == one.organization_id
    return coordinates(viewer, one.track) or (own and represents(viewer, one.track))


def may_send(viewer: Viewer, one: Submission) -> bool:
    """Send it over the wall: the coordination alone, for the network speaks with one voice."""
    return one.state is SubmissionState.DRAFT and coordinates(viewer, one.track)


def may_withdraw(viewer: Viewer, one: Submission) -> bool:
    """Withdraw what was sent: the coordination."""
    return one.state is SubmissionState.SENT and coordinates(viewer, one.track)


def may_route(viewer: Viewer, one: Submission, government: Track) -> bool:
    """Say whose liaison officer answers, and by when: the secretariat of the process."""
    return one.state is SubmissionState.SENT and viewer.keeps(government.id)


def may_answer_for_government(viewer: Viewer, one: Submission) -> bool:
    """A liaison officer, for the government that appointed it, of a submission routed there. That one was withdrawn is
    said in words (`service.answering`)."""
    routed = one.routed_to_id is not None and viewer.participant == one.routed_to_id
    return one.state is not SubmissionState.DRAFT and routed and viewer.holds(LIAISON, one.process_id)


def may_answer_for_process(viewer: Viewer, one: Submission, government: Track) -> bool:
    """The secretariat, once the body has agreed. The same of one that was withdrawn."""
    return one.state is not SubmissionState.DRAFT and viewer.keeps(government.id)


def may_give(viewer: Viewer, answer: SubmissionAnswer) -> bool:
    """Change a draft answer, show it, give it: whose it is."""
    return answer.given_at is None and answers_for(viewer, answer)


def may_reply(viewer: Viewer, answer: SubmissionAnswer) -> bool:
    """Reply to an answer that was given, for the network: its coordination."""
    one = answer.submission
    return answer.given_at is not None and one is not None and coordinates(viewer, one.track)


def may_link(viewer: Viewer, answer: SubmissionAnswer) -> bool:
    """Link an answer to what the submission became, before it is given and after: whose it is; once it is given the
    secretariat of the process too."""
    own = viewer.participant == answer.participant_id and viewer.holds(LIAISON, answer.process_id)
    ours = answer.participant_id is None or answer.given_at is not None
    return (answer.participant_id is not None and own) or (ours and viewer.keeps(answer.track_id))


def may_publish(viewer: Viewer, one: Submission) -> bool:
    """Let everybody read what was sent, once it is answered: the network's coordination."""
    return can_be_published(one) and coordinates(viewer, one.track)


def can_be_published(one: Submission) -> bool:
    """Whether there is a page for everybody, and this can stand there."""
    return one.state is SubmissionState.SENT and one.kind in PUBLISHABLE and one.process.public_page


def answers_for(viewer: Viewer, answer: SubmissionAnswer) -> bool:
    """Whether an answer is one's own to speak for: that of one's government, or of the process."""
    if answer.participant_id is None:
        return viewer.keeps(answer.track_id)
    return viewer.participant == answer.participant_id and viewer.holds(LIAISON, answer.process_id)


def may_publish_answer(viewer: Viewer, answer: SubmissionAnswer) -> bool:
    """Let everybody read an answer that was given, and is one: whose it is."""
    one = answer.submission
    answered = answer.given_at is not None and answer.says not in ON_THE_WAY
    return answered and one is not None and can_be_published(one) and answers_for(viewer, answer)


def may_comment(viewer: Viewer, shown: AnswerShown) -> bool:
    """Say something of an answer that tells of one's government: who speaks for it."""
    speaks = any(viewer.holds(role, shown.process_id) for role in (*SPEAKING, LIAISON))
    return viewer.participant == shown.participant_id and speaks


def may_set_rules(viewer: Viewer, government: Track, process: Process) -> bool:
    """Write down by what rules a process and a network engage: the secretariat of the process."""
    return government.process_id == process.id and viewer.keeps(government.id)


# --- positions ----------------------------------------------------------------------------------------------------


def may_set_adoption(viewer: Viewer, network: Track) -> bool:
    """Write down by what rule a network adopts its positions: its own coordination, for all its organizations."""
    return coordinates(viewer, network)


def may_open_position(viewer: Viewer, document: Document) -> bool:
    """Open an edition to signatures: the coordination, once the network has it and while it still stands."""
    return coordinates(viewer, document.track) and document.state is DocumentState.ISSUED and document.is_released


def may_keep_position(viewer: Viewer, one: Position) -> bool:
    """Give it a later end, say what became of it, make a submission of it: the coordination."""
    return coordinates(viewer, one.track)


def is_signed_now(one: Position, ends_at: datetime, now: datetime) -> bool:
    """Whether signatures and dissent are taken: judged by the hour at the server."""
    return one.settled_at is None and now < ends_at


def may_sign(viewer: Viewer, one: Position) -> bool:
    """Sign, take that back, have a dissent on record: who represents a member organization. Whether it is in time is
    said in words (`service.positions`)."""
    return represents(viewer, one.track)


# --- who goes to what was opened ----------------------------------------------------------------------------------


def may_open_choice(viewer: Viewer, guest: Guest, network: Track) -> bool:
    """Ask the organizations who goes to what was opened to their network: its coordination."""
    return guest.network_id == network.id and coordinates(viewer, network)


def may_keep_choice(viewer: Viewer, one: Choice) -> bool:
    """Say who goes, once organizations were heard: the coordination."""
    return coordinates(viewer, one.track)


def may_vote(viewer: Viewer, one: Choice) -> bool:
    """Name persons and vote: who represents a member organization. Whether it is in time is said in words
    (`service.choosing`)."""
    return represents(viewer, one.track)


# --- input in confidence ------------------------------------------------------------------------------------------


def may_confide(viewer: Viewer, network: Track) -> bool:
    """Confide something to the coordination or to a liaison officer: who represents a member organization."""
    return represents(viewer, network)


def may_write_confided(viewer: Viewer, copy: ConfidedCopy) -> bool:
    """Change it, and send it: who represents the organization whose it is, once."""
    return copy.sent_on is None and _is_of(viewer, copy)


def may_withdraw_confided(viewer: Viewer, copy: ConfidedCopy) -> bool:
    """Withdraw it, or say to whoever holds the office now whose it is: who represents the organization."""
    return copy.sent_on is not None and copy.withdrawn_on is None and _is_of(viewer, copy)


def may_throw_confided_away(viewer: Viewer, copy: ConfidedCopy) -> bool:
    """Keep nothing of it: who represents the organization, of a draft and of what was withdrawn."""
    return (copy.sent_on is None or copy.withdrawn_on is not None) and _is_of(viewer, copy)


def may_answer_confided(viewer: Viewer, one: Confided) -> bool:
    """Answer what was confided: who holds the office it lies with. Whether it still can be is said in words."""
    if coordinates(viewer, one.network):
        return one.track_id == one.network_id
    return one.track_id != one.network_id and viewer.holds(LIAISON, one.process_id)


def keeps_confidences(viewer: Viewer, process: Process, network: Track) -> bool:
    """Whether things are confided to one's office."""
    return coordinates(viewer, network) or viewer.holds(LIAISON, process.id)


def _is_of(viewer: Viewer, copy: ConfidedCopy) -> bool:
    return viewer.participant == copy.participant_id and represents(viewer, copy.track)
