"""The chair pronounces a text adopted; what was said with it is kept word for word, and the text is written no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.directory.contacts import contacts_of
from secretariat.documents.models import DocumentState
from secretariat.mail import outbox
from secretariat.processes import clauses as clauses_of
from secretariat.texts import brackets, policy, queries, silence_queries
from secretariat.texts.editions import Content
from secretariat.texts.models import DraftText, TextEdition, TextState
from secretariat.texts.service import state
from secretariat.texts.service.clearing import check_cleared
from secretariat.texts.service.rounds import is_running
from secretariat.texts.service.silence import check_stands
from secretariat.texts.silence import SilenceState
from secretariat.texts.silence_models import (
    AdoptedBy,
    AdoptionConfirmation,
    AdoptionStatement,
    CapitalSays,
    SilenceProcedure,
    StatementKind,
    TextAdoption,
)

CONFIRM = "adoption_confirm"
"""The mail that asks a capital for its confirmation."""
LONGEST_STATEMENT = 10_000
MOST_STATEMENTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A reservation, explanation or interpretation, verbatim."""

    participant: UUID
    kind: StatementKind
    words: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronouncement:
    """How the chair pronounced it. `word` is how that reached the secretariat, where it notes it."""

    how: AdoptedBy
    adopted_on: date
    meeting: UUID | None = None
    named: tuple[UUID, ...] = ()
    confirm_by: date | None = None
    word: str = ""
    statements: tuple[Statement, ...] = ()


def pronounce(session: ViewerSession, edition: TextEdition, given: Pronouncement) -> TextAdoption:
    """Put on record that an edition is adopted: from now on text, languages, hash and symbol stay as they are.

    Raises NotAllowed, Refused.
    """
    document = edition.document
    require(policy.may_pronounce(session.viewer, document))
    by_chair = policy.chairs(session.viewer, document)
    state.lock(session, edition.text_id)
    session.refresh(document, ["state"])
    silence = _check_state(session, edition, given)
    _check(session, edition, given, by_chair=by_chair)
    members = silence_queries.members_on(
        session, document.process_id, document.track_id, document.body_id, clock.today()
    )
    adoption = TextAdoption(
        edition_id=edition.id,
        text_id=edition.text_id,
        process_id=document.process_id,
        track_id=document.track_id,
        how=given.how,
        meeting_id=given.meeting,
        silence_id=silence.id if silence is not None else None,
        named=[str(one) for one in given.named],
        adopted_on=given.adopted_on,
        confirm_by=given.confirm_by,
        pronounced_at=clock.now(),
        pronounced_by_id=session.viewer.person if by_chair else None,
        word="" if by_chair else given.word,
        sha256=edition.sha256,
    )
    attach(session, adoption, container=edition)
    session.flush()
    session.refresh(adoption, ["edition"])
    for place, one in enumerate(given.statements, start=1):
        add_statement_row(session, adoption, one, place)
    if given.how is AdoptedBy.AD_REFERENDUM:
        for member in sorted(members, key=str):
            row = AdoptionConfirmation(adoption_id=adoption.id, participant_id=member, says=CapitalSays.AWAITED)
            attach(session, row, container=adoption)
    session.flush()
    with system_access(session, Reason.SILENCE) as system:
        system.get_one(DraftText, edition.text_id).state = TextState.ADOPTED
    record(session, "text adopted", adoption, how=given.how.value, sha256=edition.sha256)
    session.flush()
    _ask_capitals(session, adoption)
    return adoption


def _ask_capitals(session: ViewerSession, adoption: TextAdoption) -> None:
    document = adoption.edition.document
    rows = session.scalars(select(AdoptionConfirmation).where(AdoptionConfirmation.adoption_id == adoption.id))
    for row in rows.all():
        for one in contacts_of(session, adoption.process_id, adoption.track_id, clock.today(), [row.participant_id]):
            outbox.put(
                session,
                CONFIRM,
                key=f"{CONFIRM}:{row.id}:{one.person}:{one.hat.id}",
                process=document.process,
                track=document.track,
                person=one.person,
                hat=one.hat,
                subject={"confirmation": row.id, "alternate": one.is_alternate},
            )


def add_statement_row(session: ViewerSession, adoption: TextAdoption, given: Statement, place: int) -> None:
    """Keep one statement beside an adoption."""
    row = AdoptionStatement(
        adoption_id=adoption.id,
        participant_id=given.participant,
        kind=given.kind,
        language=given.language,
        words=given.words,
        position=place,
    )
    attach(session, row, container=adoption)
    session.flush()


def add_statement(session: ViewerSession, adoption: TextAdoption, given: Statement) -> None:
    """Keep one more reservation or explanation with a text that is adopted: the secretariat, or who pronounces it.

    Raises NotAllowed, Refused.
    """
    require(policy.may_pronounce(session.viewer, adoption.edition.document))
    state.lock(session, adoption.text_id)
    _check_statement(given)
    present = silence_queries.statements_of(session, adoption.id)
    if len(present) >= MOST_STATEMENTS:
        raise Refused(_("%(most)s statements are kept with this text; no more fit.", most=MOST_STATEMENTS))
    add_statement_row(session, adoption, given, len(present) + 1)
    record(session, "statement kept with a text", adoption, what=given.kind.value)
    session.flush()


def confirm(session: ViewerSession, row: AdoptionConfirmation, says: CapitalSays, noted_word: str = "") -> None:
    """A capital says that it confirms what was adopted ad referendum, or that it does not; or the secretariat notes
    what the capital has told it. What was confirmed stays so. Raises NotAllowed, Refused."""
    viewer = session.viewer
    require(policy.may_confirm(viewer, row))
    own = viewer.participant == row.participant_id
    if says is CapitalSays.AWAITED:
        raise Refused(_("Choose what your capital says"), "says")
    if row.says is CapitalSays.CONFIRMED or (not own and row.says is not CapitalSays.AWAITED):
        raise Refused(_("This capital has answered already."))
    if not own and not noted_word:
        raise Refused(_("Say how its word reached you, for example: note verbale 12/2027"), "word")
    row.says, row.said_at = says, clock.now()
    row.noted_word = "" if own else noted_word
    session.flush()
    record(session, "adoption confirmed by a capital", row.adoption, participant=str(row.participant_id))
    session.flush()


def _check_state(session: ViewerSession, edition: TextEdition, given: Pronouncement) -> SilenceProcedure | None:
    """What must be the case before a text is adopted; the silence it is adopted by."""
    document = edition.document
    check_stands(session, edition)
    if document.state is not DocumentState.ISSUED or not document.is_released:
        raise Refused(_("Its readers do not have it yet; circulate it first."))
    if state.is_adopted(session, edition.text_id):
        raise Refused(_("This text is adopted already."))
    if any(is_running(one) for one in queries.rounds_of(session, edition.id)):
        raise Refused(_("A round of comments on it is running; close that first."))
    procedures = silence_queries.silences_of_edition(session, edition.id)
    states = silence_queries.all_stand(session, procedures)
    if any(one.state in (SilenceState.RUNNING, SilenceState.WAITING) for one in states.values()):
        raise Refused(_("It is under silence, which has not ended for every member yet."))
    if given.how is AdoptedBy.CLEARANCE:
        check_cleared(session, edition, given.adopted_on)
    if given.how is not AdoptedBy.SILENCE:
        return None
    passed = next((one for one in procedures if states[one.id].state is SilenceState.PASSED), None)
    if passed is None:
        raise Refused(_("It did not pass under silence; choose how it was adopted"), "how")
    if passed.recorded_state is not SilenceState.PASSED:
        raise Refused(_("The silence has ended; it is put on record within some minutes, and can be pronounced then."))
    return passed


def _check(session: ViewerSession, edition: TextEdition, given: Pronouncement, *, by_chair: bool) -> None:
    document = edition.document
    today = clock.today(document.process.zone)
    if not by_chair and not given.word:
        raise Refused(_("Say how the chair pronounced it, for example: in the room, at the closing session"), "word")
    if given.adopted_on > today:
        raise Refused(_("That day is to come; give the day on which it was adopted"), "adopted_on")
    if (given.how is AdoptedBy.NAMED_PARTICIPANTS) != bool(given.named):
        raise Refused(_("Tick those by whom it is, and only where it is by those named alone"), "named")
    if (given.how is AdoptedBy.AD_REFERENDUM) != (given.confirm_by is not None):
        raise Refused(
            _("Give the day by which capitals confirm, and only where it is adopted ad referendum"), "confirm_by"
        )
    if given.confirm_by is not None and given.confirm_by <= today:
        raise Refused(_("That day is past; give one to come"), "confirm_by")
    if given.how is AdoptedBy.CONSENSUS and given.meeting is None:
        raise Refused(_("Choose the meeting at which it was adopted by consensus"), "meeting")
    if given.meeting is not None and all(
        one.id != given.meeting for one in silence_queries.meetings_to_choose(session, document)
    ):
        raise Refused(_("This meeting is not there; choose another"), "meeting")
    if given.how is not AdoptedBy.CHAIRS_SUMMARY and _has_brackets(edition):
        raise Refused(_("Words of it stand in brackets still. Circulate it without them, then it can be adopted."))
    for one in given.statements:
        _check_statement(one)


def _check_statement(one: Statement) -> None:
    if not one.words:
        raise Refused(_("Give the statement word for word"), "statement")
    if len(one.words) > LONGEST_STATEMENT:
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST_STATEMENT), "statement")


def _has_brackets(edition: TextEdition) -> bool:
    content = Content.from_json(edition.content)
    return any(brackets.is_open(words) for one in content.pieces for words in one.words.texts.values())


def record(session: Session, kind: str, adoption: TextAdoption, **content: Any) -> None:
    """Put an act on the trail; its content is read by the secretariat."""
    document = adoption.edition.document
    process, track = document.process, document.track
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses_of.named(process, track, audience=[clauses_of.secretariat(track)])],
        subject=adoption,
        content=content,
    )
