"""Named reads of replies by mail, under the eyes of the session they are given."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.follow_up.models import Digest, Reminder
from secretariat.follow_up.reply_models import MailReply, ReplyState

LATELY = 20


def reply_by_id(session: Session, reply: UUID) -> MailReply | None:
    """One reply."""
    return session.scalar(select(MailReply).where(MailReply.id == reply))


def waiting(session: Session, track: UUID) -> Sequence[MailReply]:
    """What nobody has seen to yet, oldest first."""
    wanted = select(MailReply).where(MailReply.track_id == track, MailReply.state == ReplyState.WAITING)
    return session.scalars(wanted.order_by(MailReply.received_at, MailReply.id)).all()


def seen_to_lately(session: Session, track: UUID) -> Sequence[MailReply]:
    """What was seen to, latest first."""
    wanted = select(MailReply).where(MailReply.track_id == track, MailReply.state != ReplyState.WAITING)
    return session.scalars(wanted.order_by(MailReply.settled_at.desc(), MailReply.id).limit(LATELY)).all()


def waiting_of(session: Session, tracks: Collection[UUID]) -> int:
    """How many wait on these tracks."""
    wanted = select(func.count(MailReply.id)).where(
        MailReply.track_id.in_(sorted(tracks, key=str)), MailReply.state == ReplyState.WAITING
    )
    return session.scalar(wanted) or 0


def replies_of_person(session: Session, person: UUID) -> Sequence[MailReply]:
    """What somebody answered by mail and is still kept, as far as the reader may read it; latest first."""
    wanted = select(MailReply).where(MailReply.person_id == person)
    return session.scalars(wanted.order_by(MailReply.received_at.desc(), MailReply.id)).all()


def asked_in(session: Session, mail: UUID | None) -> frozenset[UUID]:
    """The things a message of follow-up asked after."""
    if mail is None:
        return frozenset()
    wanted = select(Reminder.subject_id).join(Digest, Digest.id == Reminder.digest_id).where(Digest.mail_id == mail)
    return frozenset(session.scalars(wanted))
