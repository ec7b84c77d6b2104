"""Reads about people from lists, and lists that are being brought in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, contains_eager

from secretariat.correspondence.listed_models import ContactList, ListedContact


def listed_by_id(session: Session, contact_id: UUID) -> ListedContact | None:
    """A person from a list, with process and track; without either for this reader there is none."""
    return session.scalar(
        select(ListedContact)
        .join(ListedContact.process)
        .join(ListedContact.track)
        .where(ListedContact.id == contact_id)
        .options(contains_eager(ListedContact.process), contains_eager(ListedContact.track))
    )


def listed_in(session: Session, process: UUID, track: UUID | None) -> Sequence[ListedContact]:
    """The people from lists one reads, of one side where one stands on one."""
    wanted = select(ListedContact).where(ListedContact.process_id == process)
    if track is not None:
        wanted = wanted.where(ListedContact.track_id == track)
    return session.scalars(wanted.order_by(ListedContact.name, ListedContact.id)).all()


_NUMBER = (
    select(func.count())
    .select_from(ListedContact)
    .where(ListedContact.process_id == bindparam("process", type_=ListedContact.process_id.type))
)


def number_listed(session: Session, process: UUID) -> int:
    """How many people from lists one reads."""
    return session.execute(_NUMBER, {"process": process}).scalar() or 0


def list_by_id(session: Session, list_id: UUID) -> ContactList | None:
    """A list that is being brought in, with process and track; without either for this reader there is none."""
    return session.scalar(
        select(ContactList)
        .join(ContactList.process)
        .join(ContactList.track)
        .where(ContactList.id == list_id)
        .options(contains_eager(ContactList.process), contains_eager(ContactList.track))
    )


def lists_of(session: Session, track: UUID) -> Sequence[ContactList]:
    """Lists the reader has sent for a track, the latest first."""
    wanted = select(ContactList).where(ContactList.track_id == track)
    return session.scalars(wanted.order_by(ContactList.asked_at.desc(), ContactList.id)).all()


def kept_of(session: Session, list_id: UUID) -> bytes | None:
    """What was read of a list; nothing once it is in."""
    return session.scalar(select(ContactList.kept).where(ContactList.id == list_id))
