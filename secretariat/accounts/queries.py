"""Named reads of accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from secretariat.accounts.models import OpenSession, User
from secretariat.core import clock
from secretariat.core.journal import KEPT_FORMS_KEPT
from secretariat.core.models import KeptForm, SecurityEvent


def as_kept(email: str) -> str:
    """An address as accounts keep it: without blanks around it, in lower case."""
    return email.strip().lower()


def user_by_email(session: Session, email: str) -> User | None:
    """The account of an address; None where there is none."""
    return session.scalar(select(User).where(User.email == as_kept(email)))


def user_of(session: Session, person: UUID) -> User | None:
    """The account of a person."""
    return session.scalar(select(User).where(User.person_id == person))


def open_sessions(session: Session, user: User) -> list[OpenSession]:
    """The sessions a user has open, the latest first."""
    return list(
        session.scalars(
            select(OpenSession)
            .where(
                OpenSession.user_id == user.id,
                OpenSession.number == user.session_number,
                OpenSession.ended_at.is_(None),
            )
            .order_by(OpenSession.seen_at.desc())
        )
    )


def kept_form(session: Session, key: UUID, user: UUID) -> KeptForm | None:
    """What this user had typed when a session ran out; None if it is another's or its time has passed."""
    return session.scalar(
        select(KeptForm).where(
            KeptForm.id == key, KeptForm.user_id == user, KeptForm.at > clock.now() - KEPT_FORMS_KEPT
        )
    )


def open_account_of(session: Session, person: UUID) -> User | None:
    """The account of a person, unless it is suspended."""
    return session.scalar(select(User).where(User.person_id == person, User.suspended_at.is_(None)))


def suspended_by_others(session: Session, person: UUID | None) -> set[UUID]:
    """The persons whose account is suspended, less those whom `person` suspended: nobody empties a place to fill it."""
    wanted = select(User.person_id).where(User.suspended_at.is_not(None), User.suspended_by_id.is_distinct_from(person))
    return set(session.scalars(wanted))


def all_accounts(session: Session) -> list[User]:
    """Every account, by address. For administrators."""
    return list(session.scalars(select(User).order_by(User.email)))


def security_events(session: Session, *, limit: int, offset: int = 0, kind: str = "") -> list[SecurityEvent]:
    """The security log, the latest first. For administrators."""
    wanted = select(SecurityEvent).order_by(SecurityEvent.id.desc()).limit(limit).offset(offset)
    return list(session.scalars(wanted.where(SecurityEvent.kind == kind) if kind else wanted))


def emails_of(session: Session, users: Collection[UUID]) -> dict[UUID, str]:
    """The addresses of these accounts. For administrators."""
    found = session.scalars(select(User).where(User.id.in_(sorted(users, key=str))))
    return {one.id: one.email for one in found}


def count_security_events(session: Session, kind: str = "") -> int:
    """How many entries the security log has."""
    wanted = select(func.count(SecurityEvent.id))
    return session.scalar(wanted.where(SecurityEvent.kind == kind) if kind else wanted) or 0


def security_event_kinds(session: Session) -> list[str]:
    """What the security log has entries of."""
    return list(session.scalars(select(SecurityEvent.kind).distinct().order_by(SecurityEvent.kind)))


def suspended_among(session: Session, persons: Iterable[UUID]) -> set[UUID]:
    """Whose accounts are suspended now. For the secretariat of the track they are appointed on alone."""
    wanted = sorted(set(persons), key=str)
    return set(
        session.scalars(select(User.person_id).where(User.person_id.in_(wanted), User.suspended_at.is_not(None)))
    )
