"""Notes of a meeting, and the attribution rule they are written under.

Nothing written here passes through the audit trail: under Chatham House it would tell who wrote and at what hour. That
the notes were circulated is an act of the secretariat on the meeting, and is on the trail like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach, label_value, renew
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.meetings import policy, queries
from secretariat.meetings.attribution import names_in
from secretariat.meetings.models import (
    AttributionRule,
    Meeting,
    MeetingNote,
    MeetingState,
    Outcome,
    OutcomeState,
)
from secretariat.meetings.service.record import for_secretariat, record

STRICTNESS = (AttributionRule.OPEN, AttributionRule.CHATHAM_HOUSE, AttributionRule.OFF_THE_RECORD)
"""The rules, the loosest first."""


# --- names --------------------------------------------------------------------------------------------------------


def names_to_query(
    session: Session, meeting: Meeting, *texts: LocalText | str | None, besides: Iterable[UUID] = ()
) -> list[str]:
    """Names of those at the table that stand in these texts, where the attribution rule says that none should.

    `besides` are participants who are named on purpose, such as the one a reservation is of.
    """
    return [] if meeting.attribution is AttributionRule.OPEN else _names(session, meeting, texts, besides)


def _names(
    session: Session, meeting: Meeting, texts: Iterable[LocalText | str | None], besides: Iterable[UUID] = ()
) -> list[str]:
    written = [words for text in texts if text for words in ([text] if isinstance(text, str) else text.texts.values())]
    return names_in(written, queries.names_at_the_table(session, meeting, besides)) if written else []


# --- notes --------------------------------------------------------------------------------------------------------


def write_note(session: ViewerSession, meeting: Meeting, item: UUID | None, text: LocalText | None) -> None:
    """Write the note on an item, or the one beside all items; a draft until the notes are circulated.

    Raises NotAllowed; Refused for a note that was circulated.
    """
    if not policy.may_write_notes(session.viewer, meeting):
        raise NotAllowed
    note = queries.note_on(session, meeting.id, item) or _begun(session, meeting, item)
    if note.is_circulated:
        raise Refused(_("These notes were circulated; they stand as they were read"), "text")
    note.text = text
    session.flush()


def _begun(session: ViewerSession, meeting: Meeting, item: UUID | None) -> MeetingNote:
    """The notes of every item that has none yet, all made at once, so that none tells when it was written."""
    noted = {one.item_id for one in queries.notes_of(session, meeting.id)}
    items = [one for one in queries.agenda_of(session, meeting.id) if not one.is_break]
    draft = for_secretariat(meeting.process, meeting.track)
    for place in (None, *items):
        if (place.id if place else None) not in noted:
            note = MeetingNote(meeting_id=meeting.id, item_id=place.id if place else None)
            attach(session, note, [draft], container=place or meeting)
    session.flush()
    found = queries.note_on(session, meeting.id, item)
    if found is None:
        raise Refused(_("This item is no longer on the agenda"), "text")
    return found


def circulate_notes(session: ViewerSession, meeting: Meeting) -> int:
    """Let the readers of each item read its note; how many. What was circulated stands as it is.

    Raises NotAllowed; Refused where nothing is written.
    """
    if not policy.may_write_notes(session.viewer, meeting):
        raise NotAllowed
    written = [one for one in queries.notes_of(session, meeting.id) if one.text and not one.is_circulated]
    if not written:
        raise Refused(_("No note is written that has not been circulated"))
    for note in written:
        note.is_circulated = True
        session.flush()
        draft = label_value(session, note.own_label_id).clauses if note.own_label_id else frozenset()
        renew(session, note, why="notes circulated", without=draft)
    record(session, "notes circulated", meeting)
    session.flush()
    return len(written)


# --- the rule -----------------------------------------------------------------------------------------------------


def rules_offered(meeting: Meeting) -> list[AttributionRule]:
    """The rules a meeting can still come under: any before its first day, from then on only a stricter one."""
    if not _has_begun(meeting):
        return list(STRICTNESS)
    return list(STRICTNESS[STRICTNESS.index(meeting.attribution) :])


def check_rule(session: ViewerSession, meeting: Meeting, rule: AttributionRule) -> None:
    """Whether a meeting may come under a rule by its form. Raises Refused: what was said was said under the rule
    that stood then, and where something is written the change has a page of its own that says what becomes of it."""
    if rule is meeting.attribution:
        return
    if rule not in rules_offered(meeting):
        raise Refused(
            _(
                "The meeting has begun under a stricter rule. What was said under it stays so; choose it, or a "
                "stricter one"
            ),
            "attribution",
        )
    if _written(session, meeting) or (rule is AttributionRule.OFF_THE_RECORD and _drafts(session, meeting)):
        raise Refused(
            _(
                "Something has been written down under the present rule. Change the rule from the page of the meeting, "
                "where it says what becomes of that"
            ),
            "attribution",
        )


def change_rule(session: ViewerSession, meeting: Meeting, rule: AttributionRule) -> None:
    """Bring a meeting under another rule, with what follows from it.

    Off the record, notes nobody but the secretariat has read and outcomes the chair has not confirmed are thrown away;
    under Chatham House no note may name who was at the table. Raises NotAllowed, Refused.
    """
    if not policy.may_change_rule(session.viewer, meeting):
        raise NotAllowed
    if rule is meeting.attribution:
        return
    if rule not in rules_offered(meeting):
        raise Refused(
            _(
                "The meeting has begun under a stricter rule. What was said under it stays so; choose it, or a "
                "stricter one"
            ),
            "attribution",
        )
    notes = _written(session, meeting)
    if rule is AttributionRule.OFF_THE_RECORD and any(one.is_circulated for one in notes):
        raise Refused(
            _(
                "Notes of this meeting were circulated. What members have read is not taken back, so the meeting "
                "cannot go off the record any more"
            ),
            "attribution",
        )
    if rule is AttributionRule.CHATHAM_HOUSE and _names(session, meeting, [one.text for one in notes]):
        raise Refused(
            _("A note names somebody who was at the table. Change the notes first; then the rule can become stricter"),
            "attribution",
        )
    if rule is AttributionRule.OFF_THE_RECORD:
        _throw_away(session, meeting)
    before, meeting.attribution = meeting.attribution, rule
    record(session, "attribution rule changed", meeting, before=before.value, now=rule.value)
    session.flush()


def _has_begun(meeting: Meeting) -> bool:
    if meeting.state in (MeetingState.HELD, MeetingState.CLOSED):
        return True
    return meeting.starts_on is not None and meeting.starts_on.first_day <= clock.today(meeting.zone or "UTC")


def _written(session: ViewerSession, meeting: Meeting) -> list[MeetingNote]:
    return [one for one in queries.notes_of(session, meeting.id) if one.text]


def _drafts(session: Session, meeting: Meeting) -> list[Outcome]:
    wanted = select(Outcome).where(Outcome.meeting_id == meeting.id, Outcome.state != OutcomeState.CONFIRMED)
    return list(session.scalars(wanted))


def _throw_away(session: ViewerSession, meeting: Meeting) -> None:
    """With all eyes: nothing may stay behind because the officer cannot read it."""
    with system_access(session, Reason.UNIQUENESS) as system:
        for note in queries.notes_of(system, meeting.id):
            system.delete(note)
        for outcome in _drafts(system, meeting):
            _throw_outcome_away(system, outcome)
        system.flush()


def _throw_outcome_away(system: SystemSession, outcome: Outcome) -> None:
    for part in (*outcome.parties, *outcome.statements):
        system.delete(part)
    system.flush()
    system.delete(outcome)
