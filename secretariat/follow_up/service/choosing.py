"""What the message of a day asks of one recipient: by the policy; of an alternate what was left without a word; of a
successor all that is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from secretariat.follow_up import contact_queries, planner, queries, unanswered
from secretariat.follow_up.manner import Manner
from secretariat.follow_up.planner import Due, Item, Series, Step
from secretariat.follow_up.service.recipients import Recipient, Where


def due_today(
    session: Session,
    who: Recipient,
    items: Sequence[Item],
    manner: Manner,
    where: Where,
    today: date,
    history: Series,
) -> list[Due]:
    """What the message of today asks; empty where none goes. Of an alternate what the focal points left without a word;
    of a successor, in the first message, all that is open; of all others what the policy says."""
    office = queries.offices(session, who.process, who.track, today)
    if not is_special(who, office, history):
        return planner.digest(items, manner.rules, today, history, where.is_quiet)
    if not planner.may_send(manner.rules, today, history, where.is_quiet):
        return []
    due = planner.due_items(items, manner.rules, today, history.asked)
    if who.hat.id is not None and who.person in office.beside.get(who.hat.id, ()):
        left = _left_to_alternate(session, who, items, manner, today, history, office)
        return [*left, *(one for one in due if one.item.office != queries.SPEAKING)]
    known = {one.item.subject: one for one in due}
    return [known.get(item.subject) or Due(item, Step(queries.HANDOVER, today)) for item in items]


def is_special(who: Recipient, office: queries.Office, history: Series) -> bool:
    """Whether it is an alternate beside a focal point, or a successor who has had no message yet."""
    if who.hat.id is None:
        return False
    is_new = (who.hat.id, who.person) in office.successors and not history.sent_on
    return is_new or who.person in office.beside.get(who.hat.id, ())


def _left_to_alternate(
    session: Session,
    who: Recipient,
    items: Sequence[Item],
    manner: Manner,
    today: date,
    history: Series,
    office: queries.Office,
) -> list[Due]:
    assert who.hat.id is not None
    rows = [
        queries.series_of(session, person, who.hat, who.process, who.track)
        for person in office.focal_points[who.hat.id]
    ]
    known = queries.histories(session, [row for row in rows if row is not None])
    focal_points = [known[row.id] if row is not None else Series() for row in rows]
    spoken = contact_queries.latest_about(session, who.process, who.track, who.hat.id)
    return [
        Due(item, unanswered.alternate_step(item, today))
        for item in items
        if item.office == queries.SPEAKING
        and unanswered.goes_to_the_alternate(item, manner.rules, today, focal_points, spoken.get(item.subject), history)
    ]
