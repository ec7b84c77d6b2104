"""Meetings and outcomes known from sources: put in by the reference loader, again and again without doubling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select

from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.localtext import LocalText
from secretariat.core.session import SystemSession
from secretariat.meetings.models import (
    AttributionRule,
    Meeting,
    MeetingState,
    Outcome,
    OutcomeParty,
    OutcomeState,
    PartyRole,
)
from secretariat.processes import clauses as clauses_of
from secretariat.processes.models import Body, Participant, Process, Track


class RecordedMeeting(NamedTuple):
    """The meeting, and whether this call made or changed it."""

    meeting: Meeting
    changed: bool


class RecordedOutcome(NamedTuple):
    """The outcome, and whether this call made or changed it."""

    outcome: Outcome
    changed: bool


def record_past_meeting(
    session: SystemSession,
    process: Process,
    track: Track,
    title: LocalText,
    *,
    body: Body | None = None,
    body_kind: str = "",
    starts_on: PartialDate | None = None,
    ends_on: PartialDate | None = None,
    place: LocalText | None = None,
    country_iso: str = "",
    host: Participant | None = None,
    host_text: str = "",
    state: MeetingState = MeetingState.HELD,
    note: LocalText | None = None,
    source: str = "",
    clauses: Iterable[Clause] = (),
) -> RecordedMeeting:
    """A meeting as a source tells of it, known again by process, title and first day; then what differs is changed.

    Without `clauses` all participants of the track may read it. Where the source names no last day it is the first.
    """
    told = {
        "body": body,
        "body_kind": body_kind,
        "ends_on": ends_on or starts_on,
        "place": place,
        "country_iso": country_iso,
        "host": host,
        "host_text": host_text,
        "state": state,
        "note": note,
        "source": source,
    }
    same_day = Meeting.starts_on.is_(None) if starts_on is None else Meeting.starts_on == starts_on
    known = session.scalars(select(Meeting).where(Meeting.process_id == process.id, same_day))
    found = next((one for one in known if one.title == title), None)
    if found is not None:
        return RecordedMeeting(found, _put(found, told))
    made = Meeting(
        process=process, track=track, title=title, starts_on=starts_on, attribution=AttributionRule.OPEN, **told
    )
    attach(session, made, clauses or [clauses_of.participants_of(process, track)], container=body if body else process)
    session.flush()
    return RecordedMeeting(made, True)


def record_past_outcome(
    session: SystemSession,
    process: Process,
    track: Track,
    text: LocalText,
    *,
    kind: str,
    by: Sequence[Participant | str] = (),
    dated: PartialDate | None = None,
    phase: str = "",
    note: LocalText | None = None,
    source: str = "",
    meeting: Meeting | None = None,
    clauses: Iterable[Clause] = (),
) -> RecordedOutcome:
    """An outcome as a source tells of it. Known again by process, text and date; then only what differs is changed.

    `by` holds participants, and as text the names that are none. How it was adopted is not told by sources and stays
    open. Without `clauses` all participants of the track may read it.
    """
    told = {"kind": kind, "phase": phase, "note": note, "source": source, "meeting": meeting}
    same_date = Outcome.dated.is_(None) if dated is None else Outcome.dated == dated
    known = session.scalars(select(Outcome).where(Outcome.process_id == process.id, same_date))
    found = next((one for one in known if one.text == text), None)
    if found is not None:
        changed = _put(found, told)
        return RecordedOutcome(found, _put_parties(session, found, by) or changed)
    made = Outcome(process=process, track_id=track.id, text=text, dated=dated, state=OutcomeState.CONFIRMED, **told)
    own = clauses or ([] if meeting else [clauses_of.participants_of(process, track)])
    attach(session, made, own, container=meeting if meeting else process)
    session.flush()
    _put_parties(session, made, by)
    return RecordedOutcome(made, True)


def _put(thing: Meeting | Outcome, told: Mapping[str, object]) -> bool:
    differing = {name: value for name, value in told.items() if getattr(thing, name) != value}
    for name, value in differing.items():
        setattr(thing, name, value)
    return bool(differing)


def _put_parties(session: SystemSession, outcome: Outcome, by: Sequence[Participant | str]) -> bool:
    wanted = [(one.id, "") if isinstance(one, Participant) else (None, one) for one in by]
    present = outcome.parties_as(PartyRole.BY)
    if [(one.participant_id, one.name_text) for one in present] == wanted:
        return False
    for one in present:
        session.delete(one)
    for position, (participant_id, name_text) in enumerate(wanted, start=1):
        party = OutcomeParty(
            outcome=outcome, role=PartyRole.BY, position=position, participant_id=participant_id, name_text=name_text
        )
        attach(session, party, container=outcome)
    session.flush()
    session.expire(outcome, ["parties"])
    return True
