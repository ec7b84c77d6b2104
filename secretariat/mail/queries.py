"""Named reads of the outbox, under the eyes of the session they are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from secretariat.mail.models import MailAttempt, MailState, OutboxMessage

NEEDS_A_PERSON = (MailState.IN_DOUBT, MailState.DEAD)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a mail."""

    at: datetime
    message: OutboxMessage
    state: MailState
    reason: str
    detail: str


def mails_of(track: UUID, state: MailState | None = None) -> Select[OutboxMessage]:
    """Mails of a track, latest first."""
    wanted = select(OutboxMessage).where(OutboxMessage.track_id == track)
    if state is not None:
        wanted = wanted.where(OutboxMessage.state == state)
    return wanted.order_by(OutboxMessage.put_at.desc(), OutboxMessage.id)


def numbers_by_state(session: Session, track: UUID) -> dict[MailState, int]:
    """How many mails of a track stand in each state."""
    rows = session.execute(
        select(OutboxMessage.state, func.count()).where(OutboxMessage.track_id == track).group_by(OutboxMessage.state)
    )
    return dict(rows.all())


def mail(session: Session, message: UUID) -> OutboxMessage | None:
    """One mail."""
    return session.scalar(select(OutboxMessage).where(OutboxMessage.id == message))


def history(session: Session, message: OutboxMessage) -> Sequence[MailAttempt]:
    """What happened to a mail, first to last. `message` was read under the reader's eyes, so the reader may know."""
    return session.scalars(
        select(MailAttempt).where(MailAttempt.message_id == message.id).order_by(MailAttempt.id)
    ).all()


def happenings(session: Session, track: UUID, person: UUID, day: date, zone: str) -> list[Happening]:
    """What happened to the mails of a track to a person on one day of a zone: why a mail came, or did not."""
    begin = datetime.combine(day, time(), ZoneInfo(zone))
    end = begin + timedelta(days=1)
    mails = {
        one.id: one
        for one in session.scalars(
            select(OutboxMessage).where(
                OutboxMessage.track_id == track, OutboxMessage.person_id == person, OutboxMessage.put_at < end
            )
        )
    }
    put = [
        Happening(one.put_at, one, MailState.WAITING, "put", "") for one in mails.values() if begin <= one.put_at < end
    ]
    attempts = session.scalars(
        select(MailAttempt).where(
            MailAttempt.message_id.in_(sorted(mails, key=str)), MailAttempt.at >= begin, MailAttempt.at < end
        )
    )
    later = [Happening(one.at, mails[one.message_id], one.state, one.reason, one.detail) for one in attempts]
    return sorted(put + later, key=lambda one: one.at)
