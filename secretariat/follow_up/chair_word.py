"""A word to the chair, another state: by an officer's act alone, where the members' rules allow it, after the focal
point was told and had time to answer. Never by the engine, never public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import audit, clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.directory.models import Appointment, RoleName
from secretariat.follow_up import policy, queries
from secretariat.follow_up.chair_models import ChairWord
from secretariat.follow_up.service import Recipient
from secretariat.mail import outbox
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes import clauses
from secretariat.processes.models import ChairTerm, Process, Track

TOLD, ASKED = "chair_word_told", "chair_word"
TIME_TO_ANSWER = timedelta(days=7)
"""How long the focal point has, from the day it is told, before the word may go to the chair."""


def readers(process: Process, track: Track, participant: UUID, *, chair: bool = False) -> Clause:
    """Who reads a word: the track's own officers, the participant it is about, and the chair once it was sent."""
    audience = [clauses.officers(track), clauses.participant(participant)]
    return clauses.named(process, track, audience=[*audience, *([clauses.chair(process.id)] if chair else [])])


def word_by_id(session: Session, key: UUID) -> ChairWord | None:
    """One word, as far as the reader may read it."""
    return session.scalar(select(ChairWord).where(ChairWord.id == key))


def open_word_about(session: Session, track: UUID, participant: UUID) -> ChairWord | None:
    """The word about a participant that was neither called off nor spoken."""
    wanted = select(ChairWord).where(ChairWord.track_id == track, ChairWord.participant_id == participant)
    return session.scalar(wanted.where(ChairWord.called_off_at.is_(None), ChairWord.spoken_at.is_(None)))


def words_for_the_chair(session: Session, process: UUID) -> Sequence[ChairWord]:
    """What was sent to the chair and waits for a word, as far as the reader may read it; first come first."""
    wanted = select(ChairWord).where(
        ChairWord.process_id == process,
        ChairWord.sent_at.is_not(None),
        ChairWord.called_off_at.is_(None),
        ChairWord.spoken_at.is_(None),
    )
    return session.scalars(wanted.order_by(ChairWord.sent_at, ChairWord.id)).all()


def rule_of(session: Session, process: UUID, track: UUID) -> str:
    """The members' decision that allows a word to the chair; empty where there is none."""
    row = queries.policy_of(session, process, track)
    return row.chair_rule if row is not None else ""


def tell(session: ViewerSession, viewer: Viewer, who: Recipient, words: str) -> ChairWord:
    """Tell the focal point what the chair is to be asked to say, and from when. Raises NotAllowed, Refused."""
    require(policy.may_log(viewer, who.track) and who.hat.id is not None)
    assert who.hat.id is not None
    process, track = session.get_one(Process, who.process), session.get_one(Track, who.track)
    if not words.strip():
        raise Refused(_("Write what the chair is asked to say; the focal point reads the same words."), "words")
    _check(session, process, track, who.hat.id)
    today = clock.today(process.zone)
    one = ChairWord(
        process_id=process.id,
        track_id=track.id,
        participant_id=who.hat.id,
        person_id=who.person,
        words=words.strip(),
        told_at=clock.now(),
        sends_from=today + TIME_TO_ANSWER,
    )
    attach(session, one, [readers(process, track, who.hat.id)])
    session.flush()
    with system_access(session, Reason.MAIL) as system:
        mail = _mail(system, one, TOLD, who.person, who.hat)
    one.told_mail_id = mail
    session.flush()
    _record(session, one, "focal point told of a word to the chair")
    return one


def send(session: ViewerSession, viewer: Viewer, one: ChairWord) -> None:
    """Ask the chair for the word: from now on the chair reads it. Raises NotAllowed, Refused."""
    require(policy.may_log(viewer, one.track_id))
    if not one.is_open or one.sent_at is not None:
        raise Refused(_("This was sent, or called off; nothing more goes."))
    if clock.today(one.process.zone) < one.sends_from:
        raise Refused(_("The focal point has time to answer first; the day is above."))
    _check_rule(session, one.process, one.track)
    with system_access(session, Reason.MAIL) as system:
        mail = system.get(OutboxMessage, one.told_mail_id) if one.told_mail_id else None
        if mail is None or mail.state is not MailState.SENT:
            raise Refused(_("The focal point has not been told yet: the message has not left. See to it under Mail."))
        chairs = chairs_today(system, one.process, one.track, one.participant_id)
    if not chairs:
        raise Refused(_("Nobody chairs the process today, or it is chaired by this participant itself."))
    one.sent_at = clock.now()
    relabel(session, one, [readers(one.process, one.track, one.participant_id, chair=True)], why="sent to the chair")
    with system_access(session, Reason.MAIL) as system:
        for person, hat in chairs:
            _mail(system, one, ASKED, person, hat)
    session.flush()
    _record(session, one, "word asked of the chair")


def call_off(session: ViewerSession, viewer: Viewer, one: ChairWord) -> None:
    """Nothing is asked of the chair, or no more: what was sent closes again to it. Raises NotAllowed, Refused."""
    require(policy.may_log(viewer, one.track_id))
    if not one.is_open:
        raise Refused(_("This is over already."))
    one.called_off_at = clock.now()
    if one.sent_at is not None:
        relabel(session, one, [readers(one.process, one.track, one.participant_id)], why="called off")
    session.flush()
    _record(session, one, "word to the chair called off")


def spoken(session: ViewerSession, viewer: Viewer, one: ChairWord) -> None:
    """The chair says to have had a word; nothing is kept of what was said. Raises NotAllowed, Refused."""
    require(policy.may_have_a_word(viewer, one))
    if not one.is_open:
        raise Refused(_("This is over already."))
    one.spoken_at = clock.now()
    session.flush()
    _record(session, one, "the chair had a word")


def chairs_today(system: SystemSession, process: Process, track: Track, participant: UUID) -> list[tuple[UUID, Hat]]:
    """Who chairs the process today, as persons under their hats; not of the participant the word is about."""
    today = clock.today(process.zone)
    terms = system.scalars(select(ChairTerm).where(ChairTerm.process_id == process.id, ChairTerm.body_id.is_(None)))
    chairing = {one.participant_id for one in terms if one.held_on(today)} - {participant}
    held = system.scalars(
        select(Appointment)
        .where(
            Appointment.process_id == process.id, Appointment.track_id == track.id, Appointment.role == RoleName.CHAIR
        )
        .order_by(Appointment.since, Appointment.id)
    )
    return [
        (one.person_id, Hat(HatKind.PARTICIPANT, one.participant_id))
        for one in held
        if one.held_on(today) and one.body_id is None and one.participant_id in chairing
    ]


def _check(session: ViewerSession, process: Process, track: Track, participant: UUID) -> None:
    _check_rule(session, process, track)
    if open_word_about(session, track.id, participant) is not None:
        raise Refused(_("A word about this participant is under way already."))
    with system_access(session, Reason.FOLLOW_UP) as system:
        if not chairs_today(system, process, track, participant):
            raise Refused(_("Nobody chairs the process today, or it is chaired by this participant itself."))


def _check_rule(session: ViewerSession, process: Process, track: Track) -> None:
    if not rule_of(session, process.id, track.id):
        raise Refused(
            _(
                "The members have not decided that the chair may be asked for a word. "
                "Their decision stands in the policy."
            )
        )


def _mail(system: SystemSession, one: ChairWord, notice: str, person: UUID, hat: Hat) -> UUID | None:
    return outbox.put(
        system,
        notice,
        key=f"{notice}:{one.id}:{person}",
        process=system.get_one(Process, one.process_id),
        track=system.get_one(Track, one.track_id),
        person=person,
        hat=hat,
        subject={"word": one.id},
    )


def _record(session: ViewerSession, one: ChairWord, kind: str) -> None:
    audit.record(
        session,
        kind,
        chain=audit.chain_name(one.process.slug, one.track.slug),
        clauses=[readers(one.process, one.track, one.participant_id)],
        subject=one,
    )
