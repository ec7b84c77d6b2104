"""Agenda items that come from an outcome of another meeting."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.lineage import Became, register
from secretariat.meetings.models import AgendaItem, Meeting


def agenda_items(session: Session, outcome: UUID) -> Iterable[Became]:
    """Under the title of their meeting: where it was taken up says more than the words it was given there."""
    wanted = (
        select(AgendaItem)
        .join(AgendaItem.meeting)
        .options(contains_eager(AgendaItem.meeting))
        .where(AgendaItem.from_outcome_id == outcome)
        .order_by(Meeting.starts_on, AgendaItem.id)
    )
    return [
        Became(
            _l("Agenda item"),
            one.meeting.title,
            f"/meetings/{one.meeting_id}#item-{one.id}",
            one.meeting.starts_on.first_day if one.meeting.starts_on else None,
        )
        for one in session.scalars(wanted)
    ]


register("meetings", agenda_items)
