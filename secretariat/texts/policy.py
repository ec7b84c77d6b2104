"""Who may do what with texts and comments. Reading is the labels' matter; these are pure and see values alone."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from secretariat.core.viewer import Viewer
from secretariat.documents.models import COMMON_PAPER, Document, DocumentState
from secretariat.processes.models import TrackKind
from secretariat.processes.policy import speaks_on
from secretariat.texts.clearance_models import Clearance, ClearanceAnswer
from secretariat.texts.consultation_models import PublicConsultation
from secretariat.texts.lent_models import LentComments
from secretariat.texts.models import Comment, CommentReply, CommentRound, DraftText, TextState
from secretariat.texts.network_models import OpenedRound
from secretariat.texts.silence_models import AdoptionConfirmation, SilenceProcedure

AT_A_BODY = frozenset({"member", "chair", "co_chair"})
"""Roles in a body by which one is of its membership, whatever one's standing in the process."""


def may_begin(viewer: Viewer, track: UUID) -> bool:
    """The secretariat of the track."""
    return viewer.keeps(track)


def may_keep(viewer: Viewer, text: DraftText) -> bool:
    """The secretariat of the text's track."""
    return viewer.keeps(text.track_id)


def may_write(viewer: Viewer, text: DraftText) -> bool:
    """The secretariat and the drafting group, while the text is worked on."""
    drafts = viewer.participant in text.drafters and speaks_on(viewer, text.process_id, text.track_id)
    return text.state is TextState.DRAFTING and (may_keep(viewer, text) or drafts)


def may_change(viewer: Viewer, text: DraftText) -> bool:
    """What is said of the text: its title, languages, drafting group and readers."""
    return may_keep(viewer, text) and text.state is TextState.DRAFTING


def may_circulate(viewer: Viewer, text: DraftText) -> bool:
    return may_change(viewer, text)


def may_open_round(viewer: Viewer, document: Document) -> bool:
    """The secretariat, on an edition its readers have and that still stands."""
    return viewer.keeps(document.track_id) and document.state is DocumentState.ISSUED and document.is_released


def may_keep_round(viewer: Viewer, found: CommentRound) -> bool:
    """Change its end, close it, say what became of comments."""
    return viewer.keeps(found.track_id)


def is_running(found: CommentRound, ends_at: datetime, now: datetime) -> bool:
    """Whether comments are still taken: judged by the hour at the server, whether anybody has recorded the end."""
    return found.closed_at is None and now < ends_at


def may_comment(viewer: Viewer, found: CommentRound, body: UUID | None) -> bool:
    """Who speaks for a member of the process, or of the body the text is of; observers where the round lets them."""
    if not speaks_on(viewer, found.process_id, found.track_id):
        return False
    standing = viewer.standing_in(found.process_id)
    if standing is None or standing.track != found.track_id:
        return False
    in_body = body is not None and not AT_A_BODY.isdisjoint(standing.bodies.get(body, ()))
    return standing.standing == "member" or in_body or found.observers_may


def may_prepare(viewer: Viewer, reply: CommentReply) -> bool:
    """Work on what one's government will say."""
    return viewer.participant == reply.participant_id and _speaks_of(viewer, reply.round)


def may_change_comment(viewer: Viewer, comment: Comment) -> bool:
    """Whose it is, until it is sent."""
    own = viewer.participant == comment.participant_id and _speaks_of(viewer, comment.round)
    return own and comment.sent_at is None


def may_keep_lent(viewer: Viewer, lent: LentComments) -> bool:
    """Take back from a colleague what one's government passed on."""
    return viewer.participant == lent.participant_id and _speaks_of(viewer, lent.round)


def _speaks_of(viewer: Viewer, found: CommentRound) -> bool:
    return speaks_on(viewer, found.process_id, found.track_id)


def may_answer_opened(viewer: Viewer, opened: OpenedRound) -> bool:
    """Give the network's comments: who coordinates it."""
    return viewer.keeps(opened.network_id)


# --- consultations of the public ----------------------------------------------------------------------------------


def may_open_to_public(viewer: Viewer, document: Document) -> bool:
    """The secretariat of the governments' track, by the members' decision, on an edition that stands."""
    return may_open_round(viewer, document) and document.track.kind is TrackKind.GOVERNMENT


def may_keep_consultation(viewer: Viewer, found: PublicConsultation) -> bool:
    """Change its end, take it back, read who commented, say what became of comments, publish the response."""
    return viewer.keeps(found.track_id)


# --- silence and adoption -----------------------------------------------------------------------------------------


def may_set_rules(viewer: Viewer, track: UUID) -> bool:
    """Write down by what rules texts of a track are put under silence: its secretariat, by the members' decision."""
    return viewer.keeps(track)


def may_open_silence(viewer: Viewer, document: Document) -> bool:
    """The secretariat of the edition's track."""
    return viewer.keeps(document.track_id)


def may_keep_silence(viewer: Viewer, found: SilenceProcedure) -> bool:
    """Extend it, call it off, say that a notice bounced, agree a time."""
    return viewer.keeps(found.track_id)


def may_react(viewer: Viewer, found: SilenceProcedure) -> bool:
    """Who speaks for a participant that stands on the track today; only members object (`service.silence`)."""
    return speaks_on(viewer, found.process_id, found.track_id) and any(
        one.process == found.process_id and one.track == found.track_id and one.last_generation is None
        for one in viewer.standings
    )


def chairs(viewer: Viewer, document: Document) -> bool:
    """Whether one acts as chair of the document's body, or of its process."""
    chaired = (document.body_id, document.process_id)
    return any(office.kind == "chair" and office.id in chaired for office in viewer.offices)


def may_pronounce(viewer: Viewer, document: Document) -> bool:
    """The chair; or the secretariat, which then says how the chair's word reached it."""
    return chairs(viewer, document) or viewer.keeps(document.track_id)


def may_confirm(viewer: Viewer, one: AdoptionConfirmation) -> bool:
    """Who speaks for the capital; the secretariat notes what that has told it, until it has said so itself."""
    adoption = one.adoption
    own = viewer.participant == one.participant_id and speaks_on(viewer, adoption.process_id, adoption.track_id)
    return own or viewer.keeps(adoption.track_id)


# --- clearance for an outside forum -------------------------------------------------------------------------------


def may_ask_clearance(viewer: Viewer, document: Document) -> bool:
    """The secretariat, for a common paper that its readers have and that still stands."""
    return may_open_round(viewer, document) and document.kind == COMMON_PAPER


def may_keep_clearance(viewer: Viewer, found: Clearance) -> bool:
    """Change its days, say that the paper was sent."""
    return viewer.keeps(found.track_id)


def may_clear(viewer: Viewer, one: ClearanceAnswer) -> bool:
    """Who speaks for the member; the secretariat notes what that has told it, until it has answered itself."""
    found = one.clearance
    own = viewer.participant == one.participant_id and speaks_on(viewer, found.process_id, found.track_id)
    return own or viewer.keeps(found.track_id)
