"""What participants say to a text under silence, as it was received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from secretariat.core import after_commit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import deadline_text
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.texts import policy, silence, silence_queries
from secretariat.texts.models import DraftText, TextEdition, TextState
from secretariat.texts.service.silence.holding import hold_open
from secretariat.texts.service.silence.opening import check_stands
from secretariat.texts.service.silence.recording import RECORD
from secretariat.texts.service.silence.telling import lock, record, with_secretariat
from secretariat.texts.silence import HoldCause, ReactionKind, SilenceState
from secretariat.texts.silence_models import ReasonsTo, SilenceProcedure, SilenceReaction

LONGEST_WORDS = 10_000
MOST_REACTIONS = 50
"""Of one participant to one text."""
ONCE = (ReactionKind.OBJECTION, ReactionKind.INTERPRETATION, ReactionKind.EXPLANATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What the form of a reaction says."""

    kind: ReactionKind
    words: str
    language: str


def react(session: ViewerSession, found: SilenceProcedure, saying: Saying, received_at: datetime) -> SilenceReaction:
    """Put on file what a participant says to a text under silence, as received at an instant.

    What came after the silence had ended for it is kept too, read by its author and the secretariat, and changes
    nothing. Raises NotAllowed, Refused.
    """
    viewer = session.viewer
    require(policy.may_react(viewer, found))
    participant = viewer.participant
    if participant is None:
        raise NotAllowed
    lock(session, found.id)
    where = silence_queries.stands(session, found, received_at)
    check_stands(session, found.edition)
    if found.called_off_at is not None:
        raise Refused(_("This silence was called off; nothing more is needed."))
    if saying.kind in silence.OF_MEMBERS and participant not in where.members:
        raise Refused(
            _("Only members object to a text, or ask for time; observers may comment. Choose a comment to send it."),
            "kind",
        )
    _check_words(saying)
    _check_not_twice(session, found, participant, saying.kind)
    late = silence.is_late(where.run, participant, where.holds, received_at)
    made = SilenceReaction(
        silence_id=found.id,
        participant_id=participant,
        kind=saying.kind,
        language=saying.language,
        words=saying.words,
        received_at=received_at,
        is_late=late,
    )
    narrow = late or saying.kind is ReactionKind.ASKS_FOR_TIME or _is_for_secretariat(found, saying.kind)
    attach(session, made, [with_secretariat(found, participant)] if narrow else [], container=found)
    session.flush()
    record(session, "reaction to a silence", found, participant=participant, what=saying.kind.value, late=late)
    if not late and saying.kind is ReactionKind.ASKS_FOR_TIME:
        hold_open(session, found, participant, HoldCause.ASKED_FOR_TIME)
    if not late and saying.kind is ReactionKind.OBJECTION:
        _take_record_back(session, found)
        after_commit.start(session, RECORD)
    session.flush()
    return made


def _is_for_secretariat(found: SilenceProcedure, kind: ReactionKind) -> bool:
    return kind is ReactionKind.OBJECTION and found.reasons_to is ReasonsTo.SECRETARIAT


def _check_words(saying: Saying) -> None:
    if not saying.words and saying.kind is ReactionKind.OBJECTION:
        raise Refused(_("Say why, so that a text can be found that all can live with"), "words")
    if not saying.words and saying.kind is not ReactionKind.ASKS_FOR_TIME:
        raise Refused(_("Write what you wish to say"), "words")
    if len(saying.words) > LONGEST_WORDS:
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_WORDS), "words")


def _check_not_twice(session: ViewerSession, found: SilenceProcedure, participant: UUID, kind: ReactionKind) -> None:
    own = [one for one in silence_queries.reactions_of(session, found.id) if one.participant_id == participant]
    before = next((one for one in own if one.kind is kind), None) if kind in ONCE else None
    if before is not None:
        at = deadline_text(before.received_at, found.zone, today=clock.today(found.zone))
        if kind is ReactionKind.OBJECTION:
            raise Refused(_("Your government has objected already: %(at)s. Add to it by a comment.", at=at), "kind")
        raise Refused(_("A statement of your government of this kind is on file already: %(at)s.", at=at), "kind")
    if kind is ReactionKind.ASKS_FOR_TIME:
        held = silence_queries.holds_of(session, found.id)
        mine = [one for one in held if one.participant_id == participant and one.cause is HoldCause.ASKED_FOR_TIME]
        if any(one.until is None for one in mine):
            raise Refused(_("Your government has asked for time already; the silence does not end for it."), "kind")
    if len(own) >= MOST_REACTIONS:
        raise Refused(_("Your government has written %(most)s times on this text.", most=MOST_REACTIONS))


def _take_record_back(session: ViewerSession, found: SilenceProcedure) -> None:
    """An objection that came in time and was written only after the record was made, is stronger than the record."""
    with system_access(session, Reason.SILENCE) as system:
        row = system.get_one(SilenceProcedure, found.id)
        if row.recorded_state is not SilenceState.PASSED or _is_adopted(system, row.edition_id):
            return
        row.recorded_state = row.recorded_at = None
    record(session, "record of a silence taken back", found)


def _is_adopted(system: SystemSession, edition: UUID) -> bool:
    text = select(DraftText.state).join(TextEdition, TextEdition.text_id == DraftText.id)
    return system.scalar(text.where(TextEdition.id == edition)) is TextState.ADOPTED
