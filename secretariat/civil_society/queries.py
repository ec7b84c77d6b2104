"""Reading submissions and answers under the reader's eyes; and, with all eyes, who is to be written to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, exists, select
from sqlalchemy.orm import Session, joinedload

from secretariat.civil_society.models import (
    ON_THE_WAY,
    AnswerShown,
    EngagementRules,
    Submission,
    SubmissionAnswer,
    SubmissionState,
)
from secretariat.civil_society.reply_models import AnswerReply
from secretariat.core.labels import READING_STANDINGS
from secretariat.core.session import Reason, system_access
from secretariat.core.viewer import Hat
from secretariat.directory.models import Appointment, RoleName
from secretariat.meetings.queries import participants_today
from secretariat.processes.models import (
    LifeState,
    Participant,
    ParticipantName,
    Process,
    Track,
    TrackKind,
)

SHOWN = 100
"""Submissions on one page of the ledger."""


def networks_of(session: Session, process: UUID) -> Sequence[Track]:
    """The networks of a process, in their order."""
    return session.scalars(
        select(Track)
        .where(Track.process_id == process, Track.kind == TrackKind.CIVIL_SOCIETY)
        .order_by(Track.position, Track.id)
    ).all()


def government_of(session: Session, process: UUID) -> Track:
    """The governments' side of a process, as a value of no session: with all eyes, for a submission crosses to it also
    where its network reads nothing of that side, not even that there is one."""
    with system_access(session, Reason.LABELLING) as system:
        row = system.execute(
            select(Track.id, Track.process_id, Track.kind, Track.slug, Track.name)
            .where(Track.process_id == process, Track.kind == TrackKind.GOVERNMENT)
            .order_by(Track.position, Track.id)
            .limit(1)
        ).one()
    return Track(id=row.id, process_id=row.process_id, kind=row.kind, slug=row.slug, name=row.name)


def rules_of(session: Session, network: UUID) -> EngagementRules | None:
    """The rules of engagement with a network; none where the defaults hold."""
    return session.scalar(select(EngagementRules).where(EngagementRules.network_id == network))


def submission_by_id(session: Session, key: UUID) -> Submission | None:
    """A submission with its process, network and author."""
    return session.scalar(
        select(Submission)
        .where(Submission.id == key)
        .options(
            joinedload(Submission.process, innerjoin=True),
            joinedload(Submission.track, innerjoin=True),
            joinedload(Submission.organization),
        )
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """A page of submissions as a reader finds them: drafts first, then what was sent, the latest first."""

    drafts: Sequence[Submission]
    sent: Sequence[Submission]
    more: bool


def ledger_of(session: Session, process: UUID, network: UUID, page: int) -> Ledger:
    """The submissions of a network, `SHOWN` sent ones a page."""
    of_network = select(Submission).where(Submission.process_id == process, Submission.track_id == network)
    drafts = session.scalars(of_network.where(Submission.state == SubmissionState.DRAFT).order_by(Submission.id)).all()
    sent = session.scalars(
        of_network.where(Submission.state != SubmissionState.DRAFT)
        .order_by(Submission.sent_at.desc(), Submission.id)
        .offset((page - 1) * SHOWN)
        .limit(SHOWN + 1)
    ).all()
    return Ledger(drafts, sent[:SHOWN], len(sent) > SHOWN)


def last_answers(session: Session, submissions: Iterable[UUID]) -> dict[UUID, SubmissionAnswer]:
    """The last answer given to each of these submissions."""
    wanted = (
        select(SubmissionAnswer)
        .where(SubmissionAnswer.submission_id.in_(sorted(submissions, key=str)), SubmissionAnswer.given_at.is_not(None))
        .order_by(SubmissionAnswer.given_at, SubmissionAnswer.id)
    )
    return {one.submission_id: one for one in session.scalars(wanted)}


def answers_of(session: Session, submission: UUID) -> Sequence[SubmissionAnswer]:
    """The answers to a submission that the reader may read, drafts last."""
    return session.scalars(
        select(SubmissionAnswer)
        .where(SubmissionAnswer.submission_id == submission)
        .order_by(SubmissionAnswer.given_at.is_(None), SubmissionAnswer.given_at, SubmissionAnswer.begun_at)
    ).all()


def replies_to(session: Session, answers: Iterable[UUID]) -> dict[UUID, AnswerReply]:
    """What the network replied to these answers."""
    wanted = select(AnswerReply).where(AnswerReply.answer_id.in_(sorted(answers, key=str)))
    return {one.answer_id: one for one in session.scalars(wanted)}


def reply_by_id(session: Session, key: UUID) -> AnswerReply | None:
    """A reply with the answer it is to, and the submission that answered."""
    return session.scalar(
        select(AnswerReply)
        .where(AnswerReply.id == key)
        .options(joinedload(AnswerReply.answer).joinedload(SubmissionAnswer.submission))
    )


def answer_by_id(session: Session, key: UUID) -> SubmissionAnswer | None:
    """An answer with what it stands in; its submission is None to who may read the answer alone."""
    return session.scalar(
        select(SubmissionAnswer)
        .where(SubmissionAnswer.id == key)
        .options(
            joinedload(SubmissionAnswer.process, innerjoin=True),
            joinedload(SubmissionAnswer.track, innerjoin=True),
            joinedload(SubmissionAnswer.submission).joinedload(Submission.track),
        )
    )


def shown_of(session: Session, answer: UUID) -> Sequence[AnswerShown]:
    """To whom a draft answer was shown, and what each said."""
    return session.scalars(
        select(AnswerShown).where(AnswerShown.answer_id == answer).order_by(AnswerShown.shown_at, AnswerShown.id)
    ).all()


def shown_to(session: Session, answer: UUID, participant: UUID) -> AnswerShown | None:
    """That an answer was shown to one participant."""
    return session.scalar(
        select(AnswerShown).where(AnswerShown.answer_id == answer, AnswerShown.participant_id == participant)
    )


@cache
def rows_of_awaited(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Submissions that were sent and have no answer yet; built once."""
    answered = exists().where(
        SubmissionAnswer.submission_id == Submission.id,
        SubmissionAnswer.given_at.is_not(None),
        SubmissionAnswer.says.not_in(sorted(ON_THE_WAY)),
    )
    wanted = (
        select(
            Submission.id,
            Submission.process_id,
            Submission.track_id,
            Submission.title,
            Submission.sent_at,
            Submission.expected_on,
            Submission.routed_to_id,
            Submission.routed_at,
            Submission.label_id,
        )
        .join(Process, Submission.process_id == Process.id)
        .where(Submission.state == SubmissionState.SENT, Process.state == LifeState.ACTIVE, ~answered)
        .order_by(Submission.id)
    )
    if of_process:
        wanted = wanted.where(Submission.process_id == bindparam("process", type_=Submission.process_id.type))
    if of_participant:
        wanted = wanted.where(Submission.routed_to_id == bindparam("participant", type_=Submission.id.type))
    return wanted


def awaited_submissions(
    session: Session, process: UUID | None, participant: UUID | None
) -> Sequence[Row[tuple[Any, ...]]]:
    """The columns of `rows_of_awaited`, as far as the reader may read them."""
    statement = rows_of_awaited(of_process=process is not None, of_participant=participant is not None)
    return session.execute(statement, {"process": process, "participant": participant}).all()


# --- with all eyes: whom to write to ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Liaison:
    """A liaison officer: the person, under the hat of the government, for a subject."""

    person: UUID
    hat: Hat
    participant: UUID
    subjects: tuple[str, ...]


def liaison_officers(session: Session, process: UUID, on: date) -> list[Liaison]:
    """Who answers civil society for which government on a day; with all eyes, because the wall hides them from who
    sends a submission. Nobody answers for a government that has left or is suspended: it reads none."""
    government = government_of(session, process).id
    with system_access(session, Reason.MAIL) as system:
        standings = participants_today(system, process, government, on)
        there = {key for key, standing in standings.items() if standing.value in READING_STANDINGS}
        held = system.scalars(
            select(Appointment)
            .where(Appointment.process_id == process, Appointment.role == RoleName.LIAISON_OFFICER)
            .order_by(Appointment.since, Appointment.id)
        ).all()
        return [
            Liaison(
                one.person_id,
                one.acts_as,
                one.participant_id,
                tuple(one.subject.texts.values()) if one.subject else (),
            )
            for one in held
            if one.held_on(on) and one.participant_id is not None and one.participant_id in there
        ]


def named_for(officers: Sequence[Liaison], theme: str) -> list[Liaison]:
    """Officers named for a theme: one of them stands in the other, however written."""
    asked = theme.strip().casefold()
    if not asked:
        return []
    subjects = [(officer, one.casefold()) for officer in officers for one in officer.subjects]
    return [officer for officer, subject in subjects if subject and (asked in subject or subject in asked)]


@dataclass(frozen=True, slots=True)
class OfNetwork:
    """A person of a network, under the hat of its coordination or of an organization."""

    person: UUID
    hat: Hat


def people_of_network(session: Session, network: UUID, on: date) -> list[OfNetwork]:
    """Who coordinates a network or represents one of its organizations on a day; with all eyes."""
    roles = (RoleName.COORDINATOR, RoleName.REPRESENTATIVE)
    with system_access(session, Reason.MAIL) as system:
        held = system.scalars(select(Appointment).where(Appointment.track_id == network, Appointment.role.in_(roles)))
        found = {(one.person_id, one.acts_as) for one in held if one.held_on(on)}
    return [OfNetwork(*one) for one in sorted(found, key=str)]


def names_of_participants(session: Session, process: UUID, track: UUID, on: date) -> dict[UUID, list[str]]:
    """Every name, in every language, of those who take part in a track on a day; with all eyes, because an answer must
    not tell of one unseen."""
    with system_access(session, Reason.UNIQUENESS) as system:
        there = set(participants_today(system, process, track, on))
        names: dict[UUID, list[str]] = defaultdict(list)
        said = select(ParticipantName.participant_id, ParticipantName.name)
        for key, name in system.execute(said.where(ParticipantName.participant_id.in_(there))):
            names[key].append(name)
        also = select(Participant.id, Participant.aliases).where(Participant.id.in_(there))
        for key, aliases in system.execute(also):
            names[key] += aliases
    return names
