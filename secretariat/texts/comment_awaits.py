"""What rounds of comments await: a reply of each member that has sent none. The subject is the round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from secretariat.core import awaited, clock
from secretariat.core.viewer import Viewer
from secretariat.documents.models import Document, DocumentState
from secretariat.processes.models import (
    Body,
    BodyMembershipRule,
    LifeState,
    Process,
    StandingKind,
)
from secretariat.texts.deadline import Deadline
from secretariat.texts.membership import AT_A_BODY, members_of
from secretariat.texts.models import CommentReply, CommentRound, TextEdition

KIND = "comments"


def comments(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Replies that are awaited, of rounds that run."""
    given = {"process": process, "participant": participant}
    rows = session.execute(_open(of_process=process is not None, of_participant=participant is not None), given).all()
    now = clock.now()
    running = [one for one in rows if Deadline(one.ends_on, one.ends_hour, one.zone).at > now]
    if not running:
        return []
    viewer: Viewer | None = getattr(session, "viewer", None)
    if participant is not None and viewer is not None and viewer.participant == participant:
        return [_awaited(one, participant) for one in running if one.replied_at is None and _is_asked(viewer, one)]
    members = members_of(session, {(one.process_id, one.track_id, one.body_id) for one in running}, on)
    sent = _sent(session, [one.id for one in running])
    return [
        _awaited(one, member)
        for one in running
        for member in sorted(members[one.process_id, one.track_id, one.body_id] - sent[one.id], key=str)
        if participant is None or member == participant
    ]


def _is_asked(viewer: Viewer, one: Any) -> bool:
    """Whether whom a reader acts for is a member the text concerns, by what the reader holds: the first page of
    everybody asks."""
    standing = viewer.standing_in(one.process_id)
    if standing is None or standing.track != one.track_id:
        return False
    if one.membership is BodyMembershipRule.OWN:
        return not frozenset(AT_A_BODY).isdisjoint(standing.bodies.get(one.body_id, ()))
    return standing.standing == StandingKind.MEMBER.value


def _sent(session: Session, rounds: list[UUID]) -> dict[UUID, set[UUID]]:
    """Who has sent a reply, as far as the session may know."""
    rows = session.execute(
        select(CommentReply.round_id, CommentReply.participant_id).where(
            CommentReply.round_id.in_(rounds), CommentReply.sent_at.is_not(None)
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for key, participant in rows:
        found[key].add(participant)
    return found


def _awaited(one: Any, member: UUID) -> awaited.Awaited:
    return awaited.Awaited(
        kind=KIND,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=member,
        title=one.title,
        since=one.opened_at.date(),
        due_on=one.ends_on,
        cycle=one.ends_on.isoformat(),
        label_id=one.label_id,
    )


@cache
def _open(*, of_process: bool, of_participant: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            CommentRound.id,
            CommentRound.opened_at,
            CommentRound.ends_on,
            CommentRound.ends_hour,
            CommentRound.zone,
            CommentRound.label_id,
            CommentRound.process_id,
            CommentRound.track_id,
            Document.body_id,
            Document.title,
            Body.membership,
        )
        .join(TextEdition, CommentRound.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .join(Process, CommentRound.process_id == Process.id)
        .outerjoin(Body, Document.body_id == Body.id)
        .where(
            CommentRound.closed_at.is_(None),
            Document.state == DocumentState.ISSUED,
            Process.state == LifeState.ACTIVE,  # of what rests or is concluded nobody is asked
        )
        .order_by(CommentRound.id)
    )
    if of_process:
        wanted = wanted.where(CommentRound.process_id == bindparam("process", type_=CommentRound.process_id.type))
    if of_participant:
        mine = bindparam("participant", type_=CommentReply.participant_id.type)
        replied = (CommentReply.round_id == CommentRound.id) & (CommentReply.participant_id == mine)
        wanted = wanted.outerjoin(CommentReply, replied).add_columns(CommentReply.sent_at.label("replied_at"))
    return wanted


awaited.register("comments", comments, rare=_open)
