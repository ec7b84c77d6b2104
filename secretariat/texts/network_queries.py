"""Reading what of rounds is opened to a network, and what it says, under the reader's eyes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from secretariat.processes.models import LifeState, Process, Track, TrackKind
from secretariat.texts.models import CommentFor, CommentRound
from secretariat.texts.network_models import NetworkComment, OpenedRound


def opened_by_id(session: Session, key: UUID) -> OpenedRound | None:
    """What is opened to a network; none where the reader may not see its process (joined inwards)."""
    return session.scalar(
        select(OpenedRound)
        .where(OpenedRound.id == key)
        .options(
            joinedload(OpenedRound.process, innerjoin=True),
            joinedload(OpenedRound.track),
            joinedload(OpenedRound.network),
        )
    )


def opened_of(session: Session, found: UUID) -> Sequence[OpenedRound]:
    """To which networks a round is or was opened."""
    return session.scalars(
        select(OpenedRound).where(OpenedRound.round_id == found).order_by(OpenedRound.opened_at, OpenedRound.id)
    ).all()


def networks_to_open_to(session: Session, found: CommentRound) -> list[Track]:
    """Networks of the process on the other side of the wall to which the round is not open."""
    known = {one.network_id for one in opened_of(session, found.id) if one.closed_at is None}
    tracks = session.scalars(
        select(Track)
        .where(Track.process_id == found.process_id, Track.kind == TrackKind.CIVIL_SOCIETY)
        .order_by(Track.position)
    )
    return [one for one in tracks if one.id != found.track_id and one.id not in known]


def comments_of(session: Session, opened: UUID) -> Sequence[NetworkComment]:
    """What the network has written of what is opened to it, as far as the reader may read it."""
    return session.scalars(
        select(NetworkComment).where(NetworkComment.opened_id == opened).order_by(NetworkComment.id)
    ).all()


def comment_by_id(session: Session, key: UUID) -> NetworkComment | None:
    """A comment of the network, with what it was opened by."""
    opened = joinedload(NetworkComment.opened)
    return session.scalar(
        select(NetworkComment)
        .where(NetworkComment.id == key)
        .options(
            opened.joinedload(OpenedRound.process), opened.joinedload(OpenedRound.network),
            opened.joinedload(OpenedRound.track),
        )
    )  # fmt: skip


def said_in_round(session: Session, found: UUID) -> Sequence[NetworkComment]:
    """What networks have sent in a round: to the readers of the text, and to the secretariat alone where that reads."""
    own = select(OpenedRound.id).where(OpenedRound.round_id == found).scalar_subquery()
    to_secretariat = (
        NetworkComment.opened_id.in_(own)
        & (NetworkComment.read_by == CommentFor.SECRETARIAT)
        & NetworkComment.sent_at.is_not(None)
    )
    return session.scalars(
        select(NetworkComment).where(or_(NetworkComment.round_id == found, to_secretariat)).order_by(NetworkComment.id)
    ).all()


def awaited_of_networks(session: Session, process: UUID | None) -> Sequence[OpenedRound]:
    """What is opened to networks that have sent nothing yet."""
    wanted = (
        select(OpenedRound)
        .join(OpenedRound.process)
        .where(OpenedRound.closed_at.is_(None), OpenedRound.sent_at.is_(None), Process.state == LifeState.ACTIVE)
        .order_by(OpenedRound.id)
    )
    if process is not None:
        wanted = wanted.where(OpenedRound.process_id == process)
    return session.scalars(wanted).all()
