"""Letters shown before they leave, each as its recipient will read it.

What would write them is done inside a savepoint, the letter is composed as it will be when it leaves - by the same
composer, under its recipient's eyes, in its recipient's language - and all of it is undone. Its links open nothing.

For letters about the thing that is acted on, which whoever acts reads. A letter that holds anything of its recipient's
own is shown as `follow_up.letters.shown_letter` does it: less what the reader may not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from config import Settings
from secretariat.core.languages import DEFAULT_LANGUAGE, language_or_none, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat
from secretariat.directory import viewers
from secretariat.directory.models import ContactCard
from secretariat.mail import delivery
from secretariat.mail.composition import Later, Letter, Sending
from secretariat.mail.models import OutboxMessage
from secretariat.mail.outbox import DELIVER
from secretariat.mail.recipients import Recipient

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
    nothing in it, so that it would not leave. `as_stranger`: its recipient is beyond the wall, and it is shown without
    what only the other side knows."""

    addressed: tuple[Addressed, ...]
    at: int
    letter: Letter | None
    as_stranger: bool = False


Choose = Callable[[Sequence[Addressed]], int]
"""Which of the letters is looked at, by whom they go to."""


def letters_before(session: ViewerSession, settings: Settings, act: Callable[[], object], choose: Choose) -> ToRead:
    """What would leave if `act` were done now, and the letter that is chosen. Raises what `act` raises; nothing of it
    is kept."""
    waiting = {name: list(session.info.get(name, ())) for name in ("after_commit", "journal")}
    savepoint = session.begin_nested()
    try:
        act()
        session.flush()
        started = session.info.get("after_commit", [])[len(waiting["after_commit"]) :]
        keys = [UUID(ids[0]) for task, ids in started if task == DELIVER]
        return _composed(session, settings, list(dict.fromkeys(keys)), choose)
    finally:
        savepoint.rollback()
        session.info.update(waiting)
        session.expire_all()


def _composed(session: ViewerSession, settings: Settings, keys: list[UUID], choose: Choose) -> ToRead:
    with system_access(session, Reason.MAIL) as system:
        found = system.scalars(select(OutboxMessage).where(OutboxMessage.id.in_(keys)))
        # Keys of what is undone again are others each time: a place among the letters must mean the same letter.
        to_read = sorted(found, key=lambda one: (one.hat, str(one.person_id), one.notice))
        addressed = tuple(Addressed(Hat.parse(one.hat), bool(one.subject.get("alternate"))) for one in to_read)
        cards = [(one.id, one.person_id, one.process_id, one.track_id) for one in to_read]
    if not cards:
        return ToRead((), 0, None)
    at = choose(addressed)
    key, person, process, track = cards[at]
    reads_card = _reads_card(session, person, process, track)  # with the reader's eyes, not the product's
    with system_access(session, Reason.MAIL) as system:
        mail = system.get_one(OutboxMessage, key)
        viewer = viewers.viewer_within(system, mail.person_id, addressed[at].hat)
        sending = replace(delivery.sending_of(system, settings, mail, viewer, preview=True), number=NO_NUMBER)
        if not reads_card:
            sending = replace(sending, recipient=_as_a_stranger(sending))
        try:
            letter = delivery.letter_of(system, viewer, sending)
        except Later:
            letter = None
        return ToRead(addressed, at, letter, as_stranger=not reads_card)


def _reads_card(session: ViewerSession, person: UUID, process: UUID | None, track: UUID | None) -> bool:
    """Whether who looks reads the contact card by which a letter to this person is written."""
    its = ContactCard.person_id == person, ContactCard.process_id == process, ContactCard.track_id == track
    return session.scalar(select(ContactCard.id).where(*its)) is not None


def _as_a_stranger(sending: Sending) -> Recipient:
    """A recipient beyond the wall: how one is spoken to, in which language and by which clock, stands on a card that
    is its own side's. The letter is shown as it would be to somebody of whom nothing is known."""
    process = sending.process
    spoken = next((one for one in process.languages if language_or_none(one)), None) if process else None
    with reading_in(spoken or DEFAULT_LANGUAGE) as reading:
        return replace(
            sending.recipient,
            language=reading.language.code,
            zone=process.zone if process else "UTC",
            salutation=_("Good morning,"),
        )
