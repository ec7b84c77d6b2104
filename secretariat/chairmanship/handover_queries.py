"""Reading handover files and what they list, in the eyes of the session: what one may not read is not in the file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session, joinedload

from secretariat.chairmanship.chaired import presides
from secretariat.chairmanship.handing_over import ITEM, MEETING, OUTCOME, SILENCE, Listed, keys_by_kind
from secretariat.chairmanship.models import Handover
from secretariat.core.dates import PartialDate
from secretariat.directory.models import ContactCard, RoleName
from secretariat.directory.queries import SPEAKING_ROLES, appointments_on, with_cards
from secretariat.documents.models import Document
from secretariat.meetings.models import ItemProposal, ItemState, Meeting, MeetingState, Outcome, OutcomeState
from secretariat.processes.models import ChairTerm, Track, TrackKind
from secretariat.texts.models import TextEdition
from secretariat.texts.silence_models import SilenceProcedure


@dataclass(frozen=True, slots=True)
class Contact:
    """Who speaks for a participant, with the card and the numbers that may be handed on."""

    participant: UUID
    role: RoleName
    card: ContactCard
    numbers: list[str]


def handover_by_id(session: Session, key: UUID) -> Handover | None:
    """A file with its process and term; none where the reader may not see these."""
    return session.scalar(
        select(Handover)
        .where(Handover.id == key)
        .options(
            joinedload(Handover.process, innerjoin=True),
            joinedload(Handover.track, innerjoin=True),
            joinedload(Handover.term, innerjoin=True),
            joinedload(Handover.body),
        )
    )


def handover_of(session: Session, term: UUID) -> Handover | None:
    return session.scalar(select(Handover).where(Handover.term_id == term))


def handovers_in(session: Session, process: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """The files of a process that the reader may read, the latest first."""
    return session.execute(
        select(Handover.id, Handover.term_id, Handover.participant_id, Handover.cleared_at, Handover.label_id)
        .where(Handover.process_id == process)
        .order_by(Handover.cleared_at.desc(), Handover.id)
    ).all()


def term_by_id(session: Session, key: UUID) -> ChairTerm | None:
    """A term with its process, and its body as far as it is read."""
    return session.scalar(
        select(ChairTerm)
        .where(ChairTerm.id == key, ChairTerm.participant_id.is_not(None))
        .options(joinedload(ChairTerm.process, innerjoin=True), joinedload(ChairTerm.body))
    )


def track_of(session: Session, term: ChairTerm) -> Track | None:
    """The side of the wall a term is of: that of its body, or the governments'."""
    if term.body is not None:
        return session.scalar(select(Track).where(Track.id == term.body.track_id))
    return session.scalar(select(Track).where(Track.process_id == term.process_id, Track.kind == TrackKind.GOVERNMENT))


def terms_of(session: Session, process: UUID) -> Sequence[ChairTerm]:
    return session.scalars(select(ChairTerm).where(ChairTerm.process_id == process).order_by(ChairTerm.id)).all()


# --- what a file lists ----------------------------------------------------------------------------------------------


def open_keys(session: Session, process: UUID, body: UUID | None, on: date) -> list[str]:
    """What is open, and what is to come, of what is chaired: four statements."""
    chaired = {body or process}
    meetings = {
        one.id: one
        for one in session.execute(
            select(Meeting.id, Meeting.body_id, Meeting.state, Meeting.ends_on).where(Meeting.process_id == process)
        )
        if presides(chaired, process, one.body_id)
    }
    outcomes = session.execute(
        select(Outcome.id, Outcome.meeting_id).where(
            Outcome.process_id == process,
            or_(
                Outcome.state == OutcomeState.DRAFT,
                (Outcome.state == OutcomeState.CONFIRMED) & Outcome.seen_to_on.is_(None) & (Outcome.source == ""),
            ),
        )
    )
    items = session.execute(
        select(ItemProposal.id, ItemProposal.meeting_id).where(ItemProposal.state == ItemState.PROPOSED)
    )
    silences = session.execute(
        select(SilenceProcedure.id, Document.body_id)
        .join(TextEdition, SilenceProcedure.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .where(
            SilenceProcedure.process_id == process,
            SilenceProcedure.called_off_at.is_(None),
            SilenceProcedure.recorded_at.is_(None),
        )
    )
    coming = [one for one in meetings.values() if _is_to_come(one, on)]
    return sorted(
        [
            *(f"{OUTCOME}:{one.id}" for one in outcomes if one.meeting_id in meetings),
            *(f"{ITEM}:{one.id}" for one in items if one.meeting_id in meetings),
            *(f"{SILENCE}:{one.id}" for one in silences if presides(chaired, process, one.body_id)),
            *(f"{MEETING}:{one.id}" for one in coming),
        ]
    )


def _is_to_come(meeting: Any, on: date) -> bool:
    live = meeting.state in (MeetingState.ANNOUNCED, MeetingState.POSTPONED)
    return live and (meeting.ends_on is None or meeting.ends_on >= PartialDate.parse(on))


def listed(session: Session, keys: Sequence[str]) -> list[Listed]:
    """The lines behind these keys that the reader may read today; by kind, then in the order of their days. Four
    statements, however many."""
    of = keys_by_kind(keys)
    return [
        *_outcomes(session, of.get(OUTCOME, ())),
        *_items(session, of.get(ITEM, ())),
        *_silences(session, of.get(SILENCE, ())),
        *_meetings(session, of.get(MEETING, ())),
    ]


def _outcomes(session: Session, wanted: Collection[UUID]) -> list[Listed]:
    rows = session.execute(
        select(Outcome.id, Outcome.text, Outcome.label_id, Outcome.meeting_id, Outcome.due_on, Meeting.title)
        .join(Meeting, Outcome.meeting_id == Meeting.id)
        .where(Outcome.id.in_(wanted))
        .order_by(Meeting.starts_on, Outcome.position, Outcome.id)
    )
    return [
        Listed(
            f"{OUTCOME}:{one.id}", OUTCOME, one.text, one.label_id, f"/meetings/{one.meeting_id}/outcomes/{one.id}",
            one.due_on, within=one.title,
        )
        for one in rows
    ]  # fmt: skip


def _items(session: Session, wanted: Collection[UUID]) -> list[Listed]:
    rows = session.execute(
        select(ItemProposal.id, ItemProposal.title, ItemProposal.label_id, ItemProposal.meeting_id, Meeting.title)
        .join(Meeting, ItemProposal.meeting_id == Meeting.id)
        .where(ItemProposal.id.in_(wanted))
        .order_by(Meeting.starts_on, ItemProposal.proposed_at, ItemProposal.id)
    )
    return [
        Listed(f"{ITEM}:{key}", ITEM, title, label, f"/meetings/{meeting}/proposals/{key}", within=within)
        for key, title, label, meeting, within in rows
    ]


def _silences(session: Session, wanted: Collection[UUID]) -> list[Listed]:
    rows = session.execute(
        select(SilenceProcedure.id, SilenceProcedure.ends_on, SilenceProcedure.label_id, Document.title)
        .join(TextEdition, SilenceProcedure.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .where(SilenceProcedure.id.in_(wanted))
        .order_by(SilenceProcedure.ends_on, SilenceProcedure.id)
    )
    return [
        Listed(f"{SILENCE}:{one.id}", SILENCE, one.title, one.label_id, f"/silence/{one.id}", one.ends_on)
        for one in rows
    ]


def _meetings(session: Session, wanted: Collection[UUID]) -> list[Listed]:
    rows = session.execute(
        select(Meeting.id, Meeting.title, Meeting.label_id, Meeting.starts_on, Meeting.ends_on, Meeting.place)
        .where(Meeting.id.in_(wanted))
        .order_by(Meeting.starts_on, Meeting.id)
    )
    return [
        Listed(
            f"{MEETING}:{one.id}", MEETING, one.title, one.label_id, f"/meetings/{one.id}", one.starts_on, one.ends_on,
            one.place,
        )
        for one in rows
    ]  # fmt: skip


def contacts(session: Session, process: UUID, track: UUID, on: date) -> list[Contact]:
    """Focal points and alternates today, as their cards stand today: a file keeps no numbers. Of these only what the
    readers of the card read: a number kept to fewer is for nobody to hand on. Three statements."""
    held = [
        one
        for one in appointments_on(session, process, on, track=track)
        if one.role in SPEAKING_ROLES and one.participant_id is not None
    ]
    return [
        Contact(
            entry.appointment.participant_id,
            entry.appointment.role,
            entry.card,
            [one.value for one in entry.card.numbers if one.label_id == entry.card.label_id],
        )
        for entry in with_cards(session, held)
        if entry.card is not None and entry.appointment.participant_id is not None
    ]
