"""What states have brought and nobody has answered yet: items and papers that await an answer of those who decide.

They stand in the list of the secretariat, of no participant, so that nobody is reminded of them; and beside the matters
that arise for the agenda of a meeting of the same body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from secretariat.core import awaited, matters
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents import submission_queries
from secretariat.meetings.models import ItemProposal, ItemState, Meeting
from secretariat.processes.models import Body, LifeState, Process
from secretariat.processes.names import names_of

ITEM, PAPER = "item", "paper"
"""Kinds of what is awaited: the subject is the proposed item or the document; an item is seen to within its meeting."""


def waiting_items(session: Session, process: UUID | None = None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Items that participants propose and that await an answer.

    Columns: id, title, proposed_at, participant_id, label_id, meeting_id, process_id, track_id.
    """
    return session.execute(_waiting(of_process=process is not None), {"process": process}).all()


@cache
def _waiting(*, of_process: bool) -> Select[*tuple[Any, ...]]:
    """Built once: the first page of everybody asks for it, and building takes longer than asking."""
    wanted = (
        select(
            ItemProposal.id,
            ItemProposal.title,
            ItemProposal.proposed_at,
            ItemProposal.participant_id,
            ItemProposal.label_id,
            ItemProposal.meeting_id,
            Meeting.process_id,
            Meeting.track_id,
        )
        .join(Meeting, ItemProposal.meeting_id == Meeting.id)
        .join(Process, Meeting.process_id == Process.id)
        .outerjoin(Body, Meeting.body_id == Body.id)
        .where(
            ItemProposal.state == ItemState.PROPOSED,
            Process.state == LifeState.ACTIVE,
            or_(Body.id.is_(None), Body.state == LifeState.ACTIVE),
        )
        .order_by(ItemProposal.proposed_at, ItemProposal.id)
    )
    if of_process:
        wanted = wanted.where(Meeting.process_id == bindparam("process", type_=Meeting.process_id.type))
    return wanted


def await_answer(
    session: Session, process: UUID | None, participant: UUID | None, _on: date
) -> Iterable[awaited.Awaited]:
    """Of the secretariat that keeps the meeting's track."""
    if participant is not None:
        return []
    items, papers = waiting_items(session, process), submission_queries.waiting_papers(session, process)
    names = names_of(session, {one.participant_id for one in items} | {one.author_id for one in papers})
    return [
        *(_awaited(ITEM, one, one.proposed_at.date(), names[one.participant_id], one.meeting_id) for one in items),
        *(_awaited(PAPER, one, one.submitted_at.date(), names.get(one.author_id, ""), None) for one in papers),
    ]


def _awaited(kind: str, one: Any, since: date, by_whom: Any, within: UUID | None) -> awaited.Awaited:
    return awaited.Awaited(
        kind=kind,
        subject=one.id,
        process=one.process_id,
        track=one.track_id,
        participant=None,
        title=one.title,
        since=since,
        cycle=since.isoformat(),
        label_id=one.label_id,
        within=within,
        by_whom=str(by_whom),
    )


def arising(session: Session, asked: matters.Asked) -> Iterable[matters.Matter]:
    """What awaits an answer at the meetings of the same body. It is answered, not ticked: its author is owed a word."""
    same = Meeting.body_id == asked.body if asked.body is not None else Meeting.body_id.is_(None)
    here = set(session.scalars(select(Meeting.id).where(Meeting.track_id == asked.track, same)))
    items = [one for one in waiting_items(session, asked.process) if one.meeting_id in here]
    papers = [one for one in submission_queries.waiting_papers(session, asked.process) if one.meeting_id in here]
    names = names_of(
        session, {one.participant_id for one in items} | {one.author_id for one in papers}, process=asked.process
    )
    return [
        *(_matter(ITEM, one, _l("Proposed item"), names[one.participant_id], _page_of_item(one)) for one in items),
        *(_matter(PAPER, one, _l("Paper sent in"), names[one.author_id], _page_of_paper(one)) for one in papers),
    ]


def _matter(kind: str, one: Any, word: Any, who: Any, address: str) -> matters.Matter:
    since = _("of %(participant)s", participant=who)
    return matters.Matter(key=f"{kind}:{one.id}", kind=word, title=one.title, since=since, answered_at=address)


def _page_of_item(one: Any) -> str:
    return f"/meetings/{one.meeting_id}/proposals/{one.id}"


def _page_of_paper(one: Any) -> str:
    return f"/meetings/{one.meeting_id}/papers/{one.id}/answer"


awaited.register("submissions", await_answer)
matters.register("submissions", arising)
