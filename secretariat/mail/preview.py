"""Letters shown before they leave, each as its recipient will read it.

What would write them is done inside a savepoint, the letter is composed as it will be when it leaves - by the same
composer, under its recipient's eyes, in its recipient's language - and all of it is undone. Its links open nothing.

For letters about the thing that is acted on, which whoever acts reads. A letter that holds anything of its recipient's
own is shown as `follow_up.letters.shown_letter` does it: less what the reader may not read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from config import Settings
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat
from secretariat.directory import viewers
from secretariat.mail import delivery
from secretariat.mail.composition import Later, Letter
from secretariat.mail.models import OutboxMessage
from secretariat.mail.outbox import DELIVER

NO_NUMBER = "XXXX-XXXX"
"""In the place of the number a mail is given when it leaves."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom a letter would go: the participant or side one acts for, and whether as its alternate."""

    hat: Hat
    is_alternate: bool


@dataclass(frozen=True, slots=True)
class ToRead:
    """The letters that would leave, by whom they go to, and the one looked at; None where its recipient would find
    nothing in it, so that it would not leave."""

    addressed: tuple[Addressed, ...]
    at: int
    letter: Letter | None


def letters_before(session: ViewerSession, settings: Settings, act: Callable[[], object], at: int = 0) -> ToRead:
    """What would leave if `act` were done now, and the letter in place `at`. Raises what `act` raises; nothing of it
    is kept."""
    waiting = {name: list(session.info.get(name, ())) for name in ("after_commit", "journal")}
    savepoint = session.begin_nested()
    try:
        act()
        session.flush()
        started = session.info.get("after_commit", [])[len(waiting["after_commit"]) :]
        keys = [UUID(ids[0]) for task, ids in started if task == DELIVER]
        return _composed(session, settings, list(dict.fromkeys(keys)), at)
    finally:
        savepoint.rollback()
        session.info.update(waiting)
        session.expire_all()


def _composed(session: ViewerSession, settings: Settings, keys: list[UUID], at: int) -> ToRead:
    with system_access(session, Reason.MAIL) as system:
        found = {one.id: one for one in system.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(keys)))}
        to_read = [found[key] for key in keys if key in found]
        addressed = tuple(Addressed(Hat.parse(one.hat), bool(one.subject.get("alternate"))) for one in to_read)
        if not to_read:
            return ToRead((), 0, None)
        at = at if 0 <= at < len(to_read) else 0
        viewer = viewers.viewer_within(system, to_read[at].person_id, addressed[at].hat)
        sending = replace(delivery.sending_of(system, settings, to_read[at], viewer, preview=True), number=NO_NUMBER)
        try:
            letter = delivery.letter_of(system, viewer, sending)
        except Later:
            letter = None
        return ToRead(addressed, at, letter)
