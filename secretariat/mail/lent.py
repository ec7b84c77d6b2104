"""What a focal point lends to a colleague in another ministry by a mail with a link to that thing alone.

The colleague has no eyes here: what is lent is read with the lender's, and ends with them. A room that lends something
has a table with the columns of `Lent`, and says itself until when the thing is of use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from secretariat.core import clock
from secretariat.core.dates import UtcInstant
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access, system_unit
from secretariat.core.viewer import Hat
from secretariat.directory.models import Person
from secretariat.mail import outbox
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.mail.recipients import addresses_of, is_suspended, register_lender
from secretariat.processes.models import Process, Track

MOST_COLLEAGUES = 5
"""How many have one thing at a time: beyond that a link goes round, and nobody knows who has it."""
MOST_REMINDERS = 3
"""How often a colleague is asked again for one thing."""
MOST_IN_A_DAY, MOST_TO_ONE = 50, 10
"""How much one person passes on within a day, to all colleagues and to one: each time a mail leaves, also where the
thing was taken back in between."""
A_DAY = timedelta(days=1)


class Lent:
    """Columns of what is lent: by whom under which hat, to whom, and what became of it.

    `replied_at` is when the colleague last answered, `closed_at` when it was of no more use: answered, or taken back.
    """

    lent_by_person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    lent_by_hat: Mapped[str] = mapped_column(String(60))
    lent_at: Mapped[datetime] = mapped_column(UtcInstant)
    colleague_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    address: Mapped[str] = mapped_column(String(254))
    replied_at: Mapped[datetime | None] = mapped_column(UtcInstant)
    closed_at: Mapped[datetime | None] = mapped_column(UtcInstant)


class AskedAgain:
    """Columns of what a colleague can be asked for again: how often that was, and the last day of it."""

    reminders: Mapped[int] = mapped_column(default=0, server_default="0")
    reminded_on: Mapped[date | None]


def may_be_asked_again(row: Any, today: date, zone: str) -> bool:
    """Whether a reminder would be sent now: at most once a day, the day of the lending among them, and no more than
    `MOST_REMINDERS` times. `row` is what is lent, or has its columns."""
    last = row.reminded_on or row.lent_at.astimezone(ZoneInfo(zone)).date()
    return row.replied_at is None and row.reminders < MOST_REMINDERS and last < today


def check_may_be_asked_again(session: ViewerSession, row: Any, today: date, zone: str) -> None:
    """The same, and that one person asks nobody again for several things in a day. Raises Refused with the reason."""
    if row.replied_at is not None or row.closed_at is not None:
        raise Refused(_("Your colleague has it no more: it came back, or was taken back."))
    if row.reminders >= MOST_REMINDERS:
        raise Refused(_("Your colleague was reminded as often as is courteous; a call may do more now."))
    if not may_be_asked_again(row, today, zone) or row.address.casefold() in _asked_again_on(session, today):
        raise Refused(_("Your colleague was written to today already; one mail a day is enough."))


def _asked_again_on(session: ViewerSession, day: date) -> set[str]:
    """The addresses at which this person has asked again for anything on a day."""
    asked: list[Any] = [one for one in AskedAgain.__subclasses__() if hasattr(one, "__table__")]
    with system_access(session, Reason.MAIL) as system:
        return {
            address.casefold()
            for one in asked
            for address in system.scalars(
                select(one.address).where(one.lent_by_person_id == session.viewer.person, one.reminded_on == day)
            )
        }


def ask_again(
    session: ViewerSession, notice: str, row: Any, process: Process, track: Track, *, known_to: Clause | None
) -> None:
    """The mail that asks a colleague once more; what may be was checked before."""
    row.reminders, row.reminded_on = row.reminders + 1, clock.today(process.zone)
    session.flush()
    tell(session, notice, row, process, track, known_to=known_to, time=row.reminders)


def check(
    session: ViewerSession,
    address: str,
    lent_to: Collection[str],
    process: Process,
    track: Track,
    field: str | None = None,
) -> None:
    """Whether one more colleague, at this address, can have what these have already. Raises NotAllowed, Refused."""
    viewer = session.viewer
    if viewer.person is None:
        raise NotAllowed
    with system_access(session, Reason.MAIL) as system:
        own = addresses_of(system, viewer.person, process, track.id)
    if address.casefold() in own:
        raise Refused(_("This is your own address; give that of a colleague."), field)
    if address.casefold() in {one.casefold() for one in lent_to}:
        raise Refused(_("This colleague has it already."), field)
    if len(lent_to) >= MOST_COLLEAGUES:
        raise Refused(_("As many colleagues have it as can; go on with what they wrote."), field)
    today = [one.casefold() for one in _passed_on_by(session, viewer.person)]
    if today.count(address.casefold()) >= MOST_TO_ONE:
        raise Refused(_("This colleague was written to often enough today; a call may do more now."), field)
    if len(today) >= MOST_IN_A_DAY:
        raise Refused(_("You have passed on as much today as can be; go on tomorrow, or ring your colleague."), field)


def _passed_on_by(session: ViewerSession, person: UUID) -> list[str]:
    """The addresses to which somebody has passed on anything within a day, whatever became of it."""
    since = clock.now() - A_DAY
    with system_access(session, Reason.MAIL) as system:
        return [
            address
            for one in _tables()
            for address in system.scalars(
                select(one.address).where(one.lent_by_person_id == person, one.lent_at > since)
            )
        ]


def said_of(session: ViewerSession, address: str) -> dict[str, Any]:
    """The values of the columns of `Lent` for something that is lent now, by whoever looks."""
    viewer = session.viewer
    return {
        "lent_by_person_id": viewer.person,
        "lent_by_hat": str(viewer.hat),
        "lent_at": clock.now(),
        "colleague_id": a_colleague(session),
        "address": address,
    }


def a_colleague(session: Session) -> UUID:
    """A key for a colleague of whom nothing is known but an address."""
    colleague = Person()
    session.add(colleague)
    session.flush()
    return colleague.id


def tell(
    session: ViewerSession,
    notice: str,
    made: Any,
    process: Process,
    track: Track,
    *,
    known_to: Clause | None,
    time: int = 0,
) -> None:
    """The mail with the link, to the colleague and nobody else; once for what is lent once, or for each `time` that the
    colleague is asked again. `known_to` is who may know of it, where the secretariat may not: that a government works
    on something is told by the mail alone, too."""
    outbox.put(
        session,
        notice,
        key=f"{notice}:{made.id}:{time}" if time else f"{notice}:{made.id}",
        process=process,
        track=track,
        person=made.colleague_id,
        hat=session.viewer.hat,
        subject={"lent": made.id},
        address=made.address,
        known_to=known_to,
    )


def not_delivered(
    session: ViewerSession, notice: str, lent: Iterable[UUID], *, reminder: str | None = None
) -> set[UUID]:
    """What of this did not reach its colleague, nor the mails that asked again, as far as the reader may know of the
    mails: nobody else is told."""
    keys = {}
    for one in lent:
        keys[f"{notice}:{one}"] = one
        if reminder is not None:
            keys |= {f"{reminder}:{one}:{time}": one for time in range(1, MOST_REMINDERS + 1)}
    if not keys:
        return set()
    dead = select(OutboxMessage.key).where(OutboxMessage.key.in_(sorted(keys)), OutboxMessage.state == MailState.DEAD)
    return {keys[key] for key in session.scalars(dead)}


def lender(engine: Engine, model: type[Any], key: UUID) -> tuple[UUID, Hat] | None:
    """Who lent something to a colleague, under which hat; None where nothing was lent or its lender is suspended.

    Resolves a link: the reader has no eyes yet.
    """
    with system_unit(engine, Reason.LINK, writes=False) as system:
        return lender_of(system, key, model.id, model.lent_by_person_id, model.lent_by_hat)


def lender_of(system: SystemSession, key: UUID, of: Any, person: Any, hat: Any) -> tuple[UUID, Hat] | None:
    """The same, from the columns in which a table holds its key, the lender and the lender's hat."""
    found = system.execute(select(person, hat).where(of == key)).one_or_none()
    if found is None or is_suspended(system, found[0]):
        return None
    return found[0], Hat.parse(found[1])


def _tables() -> list[Any]:
    return [one for one in Lent.__subclasses__() if hasattr(one, "__table__")]


def _lender_to(system: SystemSession, colleague: UUID) -> UUID | None:
    """Who lent something to this colleague; each has one thing, and a key for it alone."""
    wanted = (select(one.lent_by_person_id).where(one.colleague_id == colleague) for one in _tables())
    return next((found for one in wanted if (found := system.scalar(one)) is not None), None)


register_lender(_lender_to)
