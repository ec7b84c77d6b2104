"""Reading silence procedures and adoptions under the reader's eyes. Where a silence stands is worked out with all eyes,
because it is the same for everybody who may read it, and given back as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from secretariat.core import clock, kinds
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import Appointment
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.documents.models import Document, DocumentState, DocumentVersion
from secretariat.processes.models import (
    Body,
    BodyMembership,
    BodyMembershipRule,
    ChairTerm,
    LifeState,
    Participation,
    Process,
    StandingKind,
)
from secretariat.texts import silence
from secretariat.texts.deadline import Deadline
from secretariat.texts.models import TextEdition
from secretariat.texts.silence import Hold, Reaction, Run, SilenceState
from secretariat.texts.silence_models import (
    AdoptionConfirmation,
    AdoptionStatement,
    CapitalSays,
    SilenceHold,
    SilenceProcedure,
    SilenceReaction,
    SilenceRules,
    TextAdoption,
)

AT_A_BODY = ("member", "chair", "co_chair")


def process_by_slug(session: Session, slug: str) -> Process | None:
    """The process of an address."""
    return session.scalar(select(Process).where(Process.slug == slug))


def rules_of(session: Session, process: UUID, track: UUID) -> SilenceRules | None:
    """The rules of silence of a track, once anybody has written them."""
    return session.scalar(
        select(SilenceRules).where(SilenceRules.process_id == process, SilenceRules.track_id == track)
    )


def _in_full() -> Any:
    edition = joinedload(SilenceProcedure.edition, innerjoin=True)
    document = edition.joinedload(TextEdition.document, innerjoin=True)
    return (
        document.joinedload(Document.body),
        document.selectinload(Document.meeting),
        joinedload(SilenceProcedure.process, innerjoin=True),
        joinedload(SilenceProcedure.track, innerjoin=True),
    )


def silence_by_id(session: Session, key: UUID) -> SilenceProcedure | None:
    """A silence procedure with its edition, document and process."""
    return session.scalar(select(SilenceProcedure).where(SilenceProcedure.id == key).options(*_in_full()))


def silences_of_edition(session: Session, edition: UUID) -> Sequence[SilenceProcedure]:
    """The silence procedures on an edition, the latest first."""
    return session.scalars(
        select(SilenceProcedure)
        .where(SilenceProcedure.edition_id == edition)
        .options(*_in_full())
        .order_by(SilenceProcedure.opened_at.desc())
    ).all()


def silences_of_text(session: Session, text: UUID) -> Sequence[SilenceProcedure]:
    """Those on all editions of a text, the latest first."""
    return session.scalars(
        select(SilenceProcedure)
        .join(TextEdition, SilenceProcedure.edition_id == TextEdition.id)
        .where(TextEdition.text_id == text)
        .options(*_in_full())
        .order_by(SilenceProcedure.opened_at.desc())
    ).all()


def reactions_of(session: Session, key: UUID) -> Sequence[SilenceReaction]:
    """What was said to a text under silence, as far as the reader may read it, in the order it was received."""
    return session.scalars(
        select(SilenceReaction)
        .where(SilenceReaction.silence_id == key)
        .order_by(SilenceReaction.received_at, SilenceReaction.id)
    ).all()


def holds_of(session: Session, key: UUID) -> Sequence[SilenceHold]:
    """For whom the silence does not end, as far as the reader may know."""
    return session.scalars(
        select(SilenceHold).where(SilenceHold.silence_id == key).order_by(SilenceHold.since, SilenceHold.id)
    ).all()


def hold_of(session: Session, key: UUID, hold: UUID) -> SilenceHold | None:
    """A hold of a silence procedure."""
    return session.scalar(select(SilenceHold).where(SilenceHold.id == hold, SilenceHold.silence_id == key))


def languages_that_came(session: Session, document: UUID) -> list[str]:
    """The languages in which a document is there."""
    return [
        one.language
        for one in session.scalars(select(DocumentVersion).where(DocumentVersion.document_id == document))
        if one.state.value != "awaited"
    ]


def latest_edition(session: Session, text: UUID) -> TextEdition | None:
    """The edition of a text that was circulated last, as far as the reader may read it."""
    return session.scalar(
        select(TextEdition)
        .where(TextEdition.text_id == text)
        .options(joinedload(TextEdition.document, innerjoin=True))
        .order_by(TextEdition.number.desc())
        .limit(1)
    )


# --- where it stands: with all eyes, as values ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a silence stands. The state is for all its readers; who is waited for, and why, for the secretariat."""

    state: SilenceState
    run: Run
    holds: tuple[Hold, ...]
    members: frozenset[UUID]
    ended_at: datetime | None
    reacted: frozenset[UUID]

    def open_for(self, now: datetime) -> list[UUID]:
        """The members for whom it has not ended."""
        return silence.open_for(self.run, self.holds, self.members, now)

    def end_for(self, participant: UUID) -> datetime | None:
        """When it ends for one participant; None while that is not known."""
        return silence.end_for(self.run, participant, self.holds)


def deadline_of(found: SilenceProcedure) -> Deadline:
    """The hour at which it ends."""
    return Deadline(found.ends_on, found.ends_hour, found.zone)


def stands(session: Session, found: SilenceProcedure, now: datetime | None = None) -> Stands:
    """Where one silence stands."""
    return all_stand(session, [found], now)[found.id]


def all_stand(
    session: Session, procedures: Iterable[SilenceProcedure], now: datetime | None = None
) -> dict[UUID, Stands]:
    """Where silences stand, in a constant number of statements however many."""
    wanted = list(procedures)
    moment = now or clock.now()
    if not wanted:
        return {}
    with system_access(session, Reason.SILENCE) as system:
        facts = _Facts(system, [one.id for one in wanted], moment)
        return {one.id: facts.of(one.id) for one in wanted}


class _Facts:
    """What the state of silences follows from, read once for all of them."""

    def __init__(self, system: SystemSession, keys: Sequence[UUID], now: datetime) -> None:
        self.now = now
        rows = system.execute(
            select(SilenceProcedure, TextEdition.document_id, Document.state, Document.body_id)
            .join(TextEdition, SilenceProcedure.edition_id == TextEdition.id)
            .join(Document, TextEdition.document_id == Document.id)
            .where(SilenceProcedure.id.in_(keys))
        ).all()
        self.procedures = {row[0].id: (row[0], row[2], row[3]) for row in rows}
        self.reactions: dict[UUID, list[Reaction]] = defaultdict(list)
        for one in system.scalars(select(SilenceReaction).where(SilenceReaction.silence_id.in_(keys))):
            self.reactions[one.silence_id].append(Reaction(one.participant_id, one.kind, one.received_at, one.is_late))
        self.holds: dict[UUID, list[Hold]] = defaultdict(list)
        for held in system.scalars(select(SilenceHold).where(SilenceHold.silence_id.in_(keys))):
            self.holds[held.silence_id].append(Hold(held.participant_id, held.cause, held.since, held.until))
        places = {(one.process_id, one.track_id, body) for one, _state, body in self.procedures.values()}
        self.membership = {place: _Membership(system, *place) for place in places}
        self.speaking = _speaking(system, {track for _process, track, _body in places})

    def of(self, key: UUID) -> Stands:
        found, state, body = self.procedures[key]
        ends_at = deadline_of(found).at
        members = self._members(self.membership[found.process_id, found.track_id, body], ends_at)
        opened_on = found.opened_at.date()
        vacant = [
            one
            for member in sorted(members, key=str)
            for one in silence.vacancies(member, self.speaking.get((found.track_id, member), ()), opened_on)
        ]
        run = Run(
            found.opened_at,
            ends_at,
            is_called_off=found.called_off_at is not None,
            stands=state is DocumentState.ISSUED,
        )
        holds = (*self.holds[key], *vacant)
        said = self.reactions[key]
        stands = silence.state(run, said, holds, members, self.now)
        if found.recorded_state is SilenceState.PASSED and found.called_off_at is None:
            # on record it has passed: what is appointed or circulated afterwards changes nothing of it
            stands = SilenceState.BROKEN if stands is SilenceState.BROKEN else SilenceState.PASSED
        return Stands(
            stands,
            run,
            holds,
            members,
            silence.ends_for_all(run, holds, members),
            frozenset(one.participant for one in said),
        )

    def _members(self, of: _Membership, ends_at: datetime) -> frozenset[UUID]:
        """Whom it concerns now: who has left is not waited for, nor who came only after the hour had come."""
        present = of.on(self.now.date())
        return present if self.now < ends_at else present & of.on(ends_at.date())


def members_on(session: Session, process: UUID, track: UUID, body: UUID | None, on: date) -> frozenset[UUID]:
    """The members of a track on a day or, where the body has a membership of its own, those of the body."""
    with system_access(session, Reason.SILENCE) as system:
        return _Membership(system, process, track, body).on(on)


class _Membership:
    """Who was a member of a track when or, where a body has a membership of its own, of that body; read once."""

    def __init__(self, system: SystemSession, process: UUID, track: UUID, body: UUID | None) -> None:
        of = system.get(Body, body) if body is not None else None
        if of is not None and of.membership is BodyMembershipRule.OWN:
            own = system.scalars(select(BodyMembership).where(BodyMembership.body_id == of.id))
            terms = system.scalars(select(ChairTerm).where(ChairTerm.body_id == of.id))
            seats: list[Any] = [one for one in (*own, *terms) if one.role in AT_A_BODY]
        else:
            seats = list(
                system.scalars(
                    select(Participation).where(
                        Participation.process_id == process,
                        Participation.track_id == track,
                        Participation.standing == StandingKind.MEMBER,
                    )
                )
            )
        self._held = [(one.participant_id, one.held_on) for one in seats if one.participant_id is not None]

    def on(self, day: date) -> frozenset[UUID]:
        """The members on a day."""
        return frozenset(participant for participant, held_on in self._held if held_on(day))


def _speaking(
    system: SystemSession, tracks: Collection[UUID]
) -> Mapping[tuple[UUID, UUID], list[tuple[date, date | None]]]:
    """From when until when participants of these tracks had somebody to speak for them."""
    found: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = defaultdict(list)
    rows = system.execute(
        select(Appointment.track_id, Appointment.hat, Appointment.since, Appointment.until).where(
            Appointment.track_id.in_(list(tracks)), Appointment.role.in_(SPEAKING_ROLES)
        )
    )
    for track, hat, since, until in rows:
        acts_as = Hat.parse(hat)
        if track is not None and acts_as.kind is HatKind.PARTICIPANT and acts_as.id is not None:
            found[track, acts_as.id].append((since, until))
    return found


# --- adoption -------------------------------------------------------------------------------------------------------


def _adoption_in_full() -> Any:
    edition = joinedload(TextAdoption.edition, innerjoin=True)
    document = edition.joinedload(TextEdition.document, innerjoin=True)
    return (
        document.joinedload(Document.process, innerjoin=True),
        document.joinedload(Document.track, innerjoin=True),
        document.joinedload(Document.body),
        document.selectinload(Document.meeting),
        selectinload(TextAdoption.meeting),
        selectinload(TextAdoption.statements),
        selectinload(TextAdoption.confirmations),
    )


def adoption_by_id(session: Session, key: UUID) -> TextAdoption | None:
    """An adoption with its edition, statements and confirmations."""
    return session.scalar(select(TextAdoption).where(TextAdoption.id == key).options(*_adoption_in_full()))


def adoption_of(session: Session, edition: UUID) -> TextAdoption | None:
    """How an edition was adopted, if it was."""
    return session.scalar(select(TextAdoption).where(TextAdoption.edition_id == edition).options(*_adoption_in_full()))


def confirmation_of(session: Session, key: UUID) -> AdoptionConfirmation | None:
    """What one capital says, with the adoption it is about."""
    return session.scalar(
        select(AdoptionConfirmation)
        .where(AdoptionConfirmation.id == key)
        .options(
            joinedload(AdoptionConfirmation.adoption, innerjoin=True)
            .joinedload(TextAdoption.edition, innerjoin=True)
            .joinedload(TextEdition.document, innerjoin=True)
            .joinedload(Document.process, innerjoin=True)
        )
    )


def awaited_confirmations(session: Session, process: UUID | None, participant: UUID | None) -> Sequence[Any]:
    """Confirmations of capitals that have not come, with what a list of things awaited says of them."""
    wanted = rows_of_awaited_confirmations(of_process=process is not None, of_participant=participant is not None)
    return session.execute(wanted, {"process": process, "participant": participant}).all()


@cache
def rows_of_awaited_confirmations(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            AdoptionConfirmation.id,
            AdoptionConfirmation.participant_id,
            AdoptionConfirmation.adoption_id,
            AdoptionConfirmation.label_id,
            TextAdoption.process_id,
            TextAdoption.track_id,
            TextAdoption.confirm_by,
            TextAdoption.adopted_on,
            Document.title,
            Document.body_id,
        )
        .join(TextAdoption, AdoptionConfirmation.adoption_id == TextAdoption.id)
        .join(TextEdition, TextAdoption.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .join(Process, TextAdoption.process_id == Process.id)
        # of what rests or is concluded nobody is asked
        .where(AdoptionConfirmation.says == CapitalSays.AWAITED, Process.state == LifeState.ACTIVE)
    )
    if of_process:
        wanted = wanted.where(TextAdoption.process_id == bindparam("process", type_=TextAdoption.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=AdoptionConfirmation.participant_id.type)
        wanted = wanted.where(AdoptionConfirmation.participant_id == mine)
    return wanted


def statements_on_silence(session: Session, key: UUID) -> list[SilenceReaction]:
    """Interpretative statements and explanations of position that were given in time: kept with the text."""
    return [one for one in reactions_of(session, key) if one.kind in silence.KEPT_WITH_TEXT and not one.is_late]


def statements_of(session: Session, adoption: UUID) -> Sequence[AdoptionStatement]:
    """What was said to a text as it was adopted, word for word."""
    return session.scalars(
        select(AdoptionStatement)
        .where(AdoptionStatement.adoption_id == adoption)
        .order_by(AdoptionStatement.position, AdoptionStatement.id)
    ).all()


def meetings_to_choose(session: Session, document: Document) -> Sequence[Any]:
    """The meetings of the side a text is of, the latest first, as far as the reader may read them."""
    kind = kinds.by_name("meetings")
    if kind is None:
        return []
    meeting = kind.model
    return session.scalars(
        select(meeting)
        .where(meeting.process_id == document.process_id, meeting.track_id == document.track_id)
        .order_by(meeting.starts_on.desc(), meeting.id)
    ).all()
