"""What a person does to a mail in the outbox: hold, let go, send again, settle what is in doubt. And asking for a new
link in place of an old one."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import select, update

from secretariat.core import after_commit, clock
from secretariat.core.refusals import require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, Viewer
from secretariat.mail import composition, links, outbox, policy
from secretariat.mail.models import MailLink, MailState, OutboxMessage
from secretariat.processes.models import Process, Track

NEW_LINK = "new_link"
RETURNED = "returned"
"""Why a mail that was sent is not delivered: a report came back."""


class ChangedMeanwhileError(RuntimeError):
    """The mail is no longer where the page showed it: it left, or a colleague was first."""


def hold(session: ViewerSession, viewer: Viewer, message: OutboxMessage) -> None:
    """Hold a mail back until somebody lets it go. Raises NotAllowed, ChangedMeanwhileError."""
    require(policy.may_hold(viewer, message))
    _move(session, viewer, message, MailState.HELD, "held by the secretariat")


def send_again(session: ViewerSession, viewer: Viewer, message: OutboxMessage) -> None:
    """Let a mail go, to the address that stands on the card now. Raises NotAllowed, ChangedMeanwhileError."""
    require(policy.may_send_again(viewer, message))
    _move(session, viewer, message, MailState.WAITING, "let go by the secretariat")
    after_commit.start(session, outbox.DELIVER, message.id)


def settle_as_sent(session: ViewerSession, viewer: Viewer, message: OutboxMessage) -> None:
    """The reader says that a mail in doubt has arrived. Raises NotAllowed, ChangedMeanwhileError."""
    require(policy.may_settle(viewer, message))
    _move(session, viewer, message, MailState.SENT, "arrived, says the secretariat")


def _move(session: ViewerSession, viewer: Viewer, message: OutboxMessage, state: MailState, reason: str) -> None:
    seen, now = message.state, clock.now()
    values: dict[str, object] = {"state": state, "reason": reason, "detail": ""}
    if state is MailState.WAITING:
        values |= {"next_attempt_at": now, "lease_token": None, "leased_until": None, "transmitting_at": None}
        values |= {"attempts": 0, "ended_at": None}
        if message.reason == RETURNED and message.message_id:  # the relay had it, and would be found to have it
            values["message_id"] = f"<{secrets.token_hex(16)}@{composition.domain_of(message.message_id.strip('<>'))}>"
    if state is MailState.SENT:
        values["ended_at"] = now
    moved = session.execute(
        update(OutboxMessage).where(OutboxMessage.id == message.id, OutboxMessage.state == seen).values(values)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]
        raise ChangedMeanwhileError
    outbox.record(session, message.id, state, reason, by=viewer.person)


def ask_for_new_link(session: ViewerSession, secret: str, token: str) -> bool:
    """Send the person a link was made for another one like it, once a day; whether there was anything to send.

    The caller's answer is the same in either case. Links that were withdrawn or are for one use are not renewed.
    """
    wanted = links.id_in(secret, token)
    if wanted is None:
        return False
    with system_access(session, Reason.LINK) as system:
        link = system.scalar(
            select(MailLink).where(MailLink.id == wanted, MailLink.renewable, MailLink.revoked_at.is_(None))
        )
        if link is None:
            return False
        process = system.get(Process, link.process_id) if link.process_id else None
        track = system.get(Track, link.track_id) if link.track_id else None
        outbox.put(
            system,
            NEW_LINK,
            key=f"{NEW_LINK}:{link.id}:{clock.today()}",
            process=process,
            track=track,
            person=link.person_id,
            hat=Hat.parse(link.hat),
            subject={"link": link.id},
        )
        return True


def link_to_renew(session: ViewerSession, link: UUID) -> tuple[str, list[UUID]] | None:
    """Scope and subjects of a link that is to be made anew, for its own person; None if it was withdrawn meanwhile."""
    with system_access(session, Reason.LINK) as system:
        found = system.scalar(
            select(MailLink).where(
                MailLink.id == link, MailLink.revoked_at.is_(None), MailLink.person_id == session.viewer.person
            )
        )
        return (found.scope, [UUID(one) for one in found.subjects]) if found else None
