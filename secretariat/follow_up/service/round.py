"""The next round as an officer sees it, and what the officer does about one recipient: hold, skip, a line, send now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import awaited, clock
from secretariat.core.awaited import Awaited
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.follow_up import manner as manners
from secretariat.follow_up import planner, queries
from secretariat.follow_up.manner import Manner, items_of
from secretariat.follow_up.models import (
    DigestKind,
    DigestSeries,
)
from secretariat.follow_up.planner import Due, Item, Rules, Series, Step
from secretariat.follow_up.service.choosing import due_today, is_special
from secretariat.follow_up.service.digests import ROUND_DAYS, digest_of, put
from secretariat.follow_up.service.recipients import (
    Recipient,
    Where,
    items_awaited,
    locked_series,
    record,
    require_known,
    where_of,
)
from secretariat.processes.models import Process, Track


@dataclass(frozen=True, slots=True)
class Planned:
    """What the next round holds for one recipient, as far as the officer may read it. `on` is None for nothing soon."""

    who: Recipient
    on: date | None
    due: tuple[UUID, ...]
    open: tuple[Awaited, ...]
    held: bool
    not_before: date | None
    personal_line: str
    ring_asked_at: datetime | None = None
    ring_word: str = ""


def open_things(session: ViewerSession, process: Process, track: Track) -> list[Awaited]:
    """What is awaited on a track today, of participants and of the secretariat itself."""
    return [one for one in awaited.awaited(session, clock.today(), process=process.id) if one.track == track.id]


def next_round(
    session: ViewerSession, process: Process, track: Track, things: Iterable[Awaited] | None = None
) -> list[Planned]:
    """Who will be written to within a week, and who has something open, read with the officer's eyes throughout.

    `things` are those of `open_things`, where they are at hand.
    """
    manner = manners.read(session, process.id, track.id)
    today = clock.today()
    by_participant: dict[UUID, list[Awaited]] = defaultdict(list)
    for one in open_things(session, process, track) if things is None else things:
        if one.participant is not None:
            by_participant[one.participant].append(one)
    meetings = queries.meetings_ahead(session, process.id, track.id, today)
    series = queries.series_in(session, process.id, track.id)
    known = queries.histories(session, series.values())
    office = queries.offices(session, process.id, track.id, today)
    found = []
    for participant, persons in queries.asked(session, process.id, track.id, today).items():
        beside = office.beside.get(participant, ())
        everybody = persons | {person: persons.get(person, frozenset()) | {queries.SPEAKING} for person in beside}
        for person, offices in everybody.items():
            who = Recipient(person, Hat(HatKind.PARTICIPANT, participant), process.id, track.id)
            things_of_it = [one for one in by_participant[participant] if one.office in offices]
            if not things_of_it:
                continue
            row = series.get((person, who.hat))
            history = known[row.id] if row else Series()
            items = items_of(things_of_it, manner, meetings)
            is_new = (participant, person) in office.successors and not history.sent_on
            special = is_new or person in beside
            plan = _planned(session, who, things_of_it, items, manner, row, history, special=special)
            if person not in beside or plan.on is not None or plan.held or plan.ring_asked_at is not None:
                found.append(plan)
    return sorted(found, key=lambda one: (one.on is None, one.on or today, str(one.who.person)))


def _planned(
    session: ViewerSession,
    who: Recipient,
    things: Sequence[Awaited],
    items: Sequence[Item],
    manner: Manner,
    row: DigestSeries | None,
    history: Series,
    *,
    special: bool = False,
) -> Planned:
    with system_access(session, Reason.FOLLOW_UP) as system:
        where = where_of(system, who, manner)
    held = row is not None and row.held_at is not None
    rings = row is not None and row.ring_asked_at is not None
    coming = None
    if not held and not rings and not manner.stopped:
        coming = _coming(session, who, items, manner, where, history, special=special)
    return Planned(
        who,
        coming[0] if coming else None,
        tuple(one.item.subject for one in coming[1]) if coming else (),
        tuple(things),
        held,
        row.not_before if row else None,
        row.personal_line if row else "",
        row.ring_asked_at if row else None,
        row.ring_word if row else "",
    )


def _coming(
    session: Session,
    who: Recipient,
    items: Sequence[Item],
    manner: Manner,
    where: Where,
    history: Series,
    *,
    special: bool,
) -> tuple[date, list[Due]] | None:
    """The next message within the week; of alternates and successors what they would be asked today."""
    today = where.now.date()
    if not special:
        return planner.next_digest(items, manner.rules, today, history, where.is_quiet, within=ROUND_DAYS)
    for day in (today + timedelta(ahead) for ahead in range(ROUND_DAYS + 1)):
        if due := due_today(session, who, items, manner, where, day, history):
            return day, due
    return None


def hold(session: ViewerSession, viewer: Viewer, who: Recipient, held: bool) -> None:
    """Send this recipient nothing until somebody lets go again; or let go. Raises NotAllowed."""
    require_known(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        locked_series(system, who).held_at = clock.now() if held else None
    record(session, who, "reminders held" if held else "reminders let go")


def add_line(session: ViewerSession, viewer: Viewer, who: Recipient, line: str) -> None:
    """A personal line for the next digest. Raises NotAllowed."""
    require_known(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        locked_series(system, who).personal_line = line.strip()[:500]


def skip(session: ViewerSession, viewer: Viewer, who: Recipient) -> int:
    """Let this round pass: what is due within the week counts as asked, and nothing is sent; how many things.

    Raises NotAllowed.
    """
    require_known(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        manner = manners.read(system, who.process, who.track)
        where, series = where_of(system, who, manner), locked_series(system, who)
        today = where.now.date()
        history = queries.histories(system, [series])[series.id]
        items = items_awaited(system, who, manner)
        office = queries.offices(system, who.process, who.track, today)
        special = is_special(who, office, history)
        coming = _coming(system, who, items, manner, where, history, special=special)
        if coming is None or digest_of(system, series, today) is not None:
            return 0
        put(system, series, today, coming[1], DigestKind.SKIPPED)
    record(session, who, "round skipped")
    return len(coming[1])


def send_now(session: ViewerSession, viewer: Viewer, who: Recipient) -> bool:
    """Send the digest now, whatever the hour and the day; False where one went today or nothing is awaited.

    Raises NotAllowed.
    """
    require_known(session, viewer, who)
    with system_access(session, Reason.FOLLOW_UP) as system:
        manner = manners.read(system, who.process, who.track)
        where, series = where_of(system, who, manner), locked_series(system, who)
        today = where.now.date()
        if digest_of(system, series, today) is not None:
            return False
        asked = queries.histories(system, [series])[series.id].asked
        due = [_by_hand(one, manner.rules, today, asked) for one in items_awaited(system, who, manner)]
        if not due:
            return False
        put(system, series, today, due, DigestKind.BY_HAND)
    record(session, who, "reminder sent by hand")
    return True


def _by_hand(item: Item, rules: Rules, today: date, asked: Collection[planner.Asked]) -> Due:
    """The step that is due; where none is, a step of its own, so that none of those to come is used up."""
    return Due(item, planner.due_step(item, rules, today, asked) or Step(f"by hand {today}", today))
