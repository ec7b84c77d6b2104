"""Writing down what a meeting produced, and the chair's confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.core import clock, events
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach, label_value, renew
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import day_in_full
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.meetings import policy, queries
from secretariat.meetings.models import (
    OUTCOME_KINDS,
    Addressed,
    Adoption,
    Meeting,
    Outcome,
    OutcomeParty,
    OutcomeState,
    OutcomeStatement,
    PartyRole,
    StatementKind,
)
from secretariat.meetings.service.record import record
from secretariat.processes import clauses as clauses_of

CONFIRMED = "outcome confirmed"
"""The event of this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """What the form of an outcome says. `addressees` are named where it speaks to participants one by one."""

    kind: str
    text: LocalText
    operative_verb: str = ""
    addressed_to: Addressed | None = None
    addressees: tuple[UUID, ...] = ()
    due_on: date | None = None
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A reservation or explanation of position, verbatim."""

    participant: UUID
    kind: StatementKind
    text: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """How the chair confirmed: `named` are those by whom alone it is, `word` how it reached the secretariat."""

    adoption: Adoption
    named: tuple[UUID, ...] = ()
    word: str = ""
    statements: tuple[Statement, ...] = ()


def record_outcome(
    session: ViewerSession, meeting: Meeting, words: OutcomeWords, *, confirmation: Confirmation | None = None
) -> Outcome:
    """Write down an outcome: a draft which secretariat and chair read, or at once what the chair has confirmed.

    Off the record only the latter. Raises NotAllowed, Refused.
    """
    allowed = policy.may_draft_outcome if confirmation is None else policy.may_record_outcome
    if not allowed(session.viewer, meeting):
        raise NotAllowed
    _check(session, meeting, words)
    outcome = Outcome(
        process_id=meeting.process_id,
        track_id=meeting.track_id,
        meeting_id=meeting.id,
        position=_last_position(session, meeting) + 1,
        kind=words.kind,
        text=words.text,
    )
    attach(session, outcome, [_drafters(meeting)], container=meeting)
    session.flush()
    _write(session, outcome, words)
    record(session, "outcome recorded", meeting, outcome)
    if confirmation is not None:
        confirm_outcome(session, meeting, outcome, confirmation)
    return outcome


def change_outcome(session: ViewerSession, meeting: Meeting, outcome: Outcome, words: OutcomeWords) -> None:
    """Change a draft. Raises NotAllowed, Refused."""
    if not policy.may_change_outcome(session.viewer, meeting, outcome):
        raise NotAllowed
    _check(session, meeting, words)
    _write(session, outcome, words)
    record(session, "outcome changed", meeting, outcome)


def withdraw_outcome(session: ViewerSession, meeting: Meeting, outcome: Outcome) -> None:
    """Take back a draft. Raises NotAllowed."""
    if not policy.may_change_outcome(session.viewer, meeting, outcome):
        raise NotAllowed
    outcome.state = OutcomeState.WITHDRAWN
    record(session, "outcome withdrawn", meeting, outcome)
    session.flush()


def confirm_outcome(session: ViewerSession, meeting: Meeting, outcome: Outcome, confirmation: Confirmation) -> None:
    """The chair confirms a draft: it gets its number and the readers of the meeting.

    The secretariat notes the chair's confirmation and says how it was given. Raises NotAllowed, Refused.
    """
    if not policy.may_confirm_outcome(session.viewer, meeting, outcome):
        raise NotAllowed
    by_chair = policy.chairs(session.viewer, meeting)
    if not by_chair and not confirmation.word:
        raise Refused(_("Say how the chair confirmed, for example: in the room, at the closing session"), "word")
    if (confirmation.adoption is Adoption.NAMED_PARTICIPANTS) != bool(confirmation.named):
        raise Refused(_("Tick those by whom it is, and only where it is by those named alone"), "named")
    outcome.state = OutcomeState.CONFIRMED
    outcome.adoption = confirmation.adoption
    outcome.confirmed_at = clock.now()
    outcome.confirmed_by_id = session.viewer.person if by_chair else None
    outcome.confirmed_word = "" if by_chair else confirmation.word
    outcome.dated = meeting.ends_on or PartialDate.parse(clock.today())
    _write_parties(session, outcome, PartyRole.BY, confirmation.named)
    for one in confirmation.statements:
        statement = OutcomeStatement(
            outcome_id=outcome.id, participant_id=one.participant, kind=one.kind, text=one.text
        )
        attach(session, statement, container=outcome)
    session.flush()
    record(session, CONFIRMED, meeting, outcome, adoption=confirmation.adoption.value)
    renew(session, outcome, why="confirmed by the chair", without=_drafters_of(session, meeting, outcome))
    outcome.number = _next_number(session, outcome)
    session.flush()
    events.happened(session, CONFIRMED, outcome.id)


def _check(session: ViewerSession, meeting: Meeting, words: OutcomeWords) -> None:
    if words.kind not in OUTCOME_KINDS:
        raise Refused(_("Choose what kind of outcome it is"), "kind")
    if (words.addressed_to is Addressed.PARTICIPANTS) != bool(words.addressees):
        raise Refused(
            _("Choose to whom it speaks; tick participants only where it speaks to single ones"), "addressees"
        )
    if words.due_on is not None and meeting.starts_on is not None and words.due_on < meeting.starts_on.first_day:
        day = day_in_full(meeting.starts_on.first_day, weekday=False)
        raise Refused(
            _("That day lies before the meeting, which began on %(day)s; give a later one", day=day), "due_on"
        )
    if words.item_id is not None and queries.agenda_item(session, meeting.id, words.item_id) is None:
        raise Refused(_("This item is no longer on the agenda"), "item_id")


def _write(session: ViewerSession, outcome: Outcome, words: OutcomeWords) -> None:
    outcome.kind, outcome.text, outcome.operative_verb = words.kind, words.text, words.operative_verb
    outcome.addressed_to = words.addressed_to.value if words.addressed_to else ""
    outcome.due_on, outcome.item_id = words.due_on, words.item_id
    _write_parties(session, outcome, PartyRole.ADDRESSEE, words.addressees)


def _write_parties(session: ViewerSession, outcome: Outcome, role: PartyRole, participants: Iterable[UUID]) -> None:
    wanted = list(dict.fromkeys(participants))
    present = outcome.parties_as(role)
    for one in present:
        if one.participant_id not in wanted:
            session.delete(one)
    known = {one.participant_id for one in present}
    for position, participant in enumerate(wanted, start=1):
        if participant not in known:
            party = OutcomeParty(outcome_id=outcome.id, role=role, position=position, participant_id=participant)
            attach(session, party, container=outcome)
    session.flush()
    session.expire(outcome, ["parties"])


def held_back(_session: Session, outcome: Outcome) -> frozenset[Clause]:
    """What a draft carries beside its label."""
    draft = outcome.state is OutcomeState.DRAFT and outcome.meeting is not None
    return frozenset({_drafters(outcome.meeting)} if draft and outcome.meeting else ())


def _drafters_of(session: ViewerSession, meeting: Meeting, outcome: Outcome) -> list[Clause]:
    """What kept a draft with secretariat and chair; once confirmed it has the readers given to it, or its meeting's."""
    own = label_value(session, outcome.own_label_id).clauses if outcome.own_label_id else frozenset()
    return [one for one in own if clauses_of.same([one], [_drafters(meeting)])]


def _drafters(meeting: Meeting) -> Clause:
    """Who reads a draft: the secretariat, and who chairs the body or the process."""
    chairs = [clauses_of.chair(one) for one in (meeting.body_id, meeting.process_id) if one is not None]
    return clauses_of.named(meeting.process, meeting.track, audience=[clauses_of.secretariat(meeting.track), *chairs])


def _last_position(session: ViewerSession, meeting: Meeting) -> int:
    with system_access(session, Reason.NUMBERING) as system:
        return system.scalar(select(func.max(Outcome.position)).where(Outcome.meeting_id == meeting.id)) or 0


def _next_number(session: ViewerSession, outcome: Outcome) -> int:
    """The next number among the confirmed outcomes of a meeting that have the same readers."""
    meeting, label = outcome.meeting_id, outcome.own_label_id
    with system_access(session, Reason.NUMBERING) as system:
        last = system.scalar(
            select(func.max(Outcome.number)).where(
                Outcome.meeting_id == meeting, Outcome.own_label_id.is_not_distinct_from(label)
            )
        )
        return (last or 0) + 1
