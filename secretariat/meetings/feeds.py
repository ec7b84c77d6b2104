"""Calendar feeds: making and revoking one, whose it is, and what it tells.

A token is made of a secret of the installation and the feed's id; what is stored is its digest. So its owner can be
shown the address again, and who has the database has no address.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.refusals import NotAllowed
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.core.viewer import Hat, Viewer
from secretariat.mail.recipients import is_suspended
from secretariat.meetings.feed_models import CalendarFeed, FeedKind
from secretariat.processes.models import Body, Process

MOST = 20
"""Feeds one person may keep under one hat."""


@dataclass(frozen=True, slots=True)
class OpenedFeed:
    """A feed as it is fetched: whose eyes, which language and clock, and what it holds."""

    id: UUID
    kind: FeedKind
    person: UUID
    hat: Hat
    process: UUID | None
    body: UUID | None
    language: str
    zone: str


def token_of(secret: str, feed: UUID) -> str:
    """What stands in the address of a feed."""
    signed = hmac.new(f"calendar feed\0{secret}".encode(), feed.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def own_feeds(session: ViewerSession) -> Sequence[CalendarFeed]:
    """The feeds of whoever reads, under the present hat, the latest first; without those revoked."""
    me = session.viewer
    wanted = select(CalendarFeed).where(
        CalendarFeed.person_id == me.person, CalendarFeed.hat == str(me.hat), CalendarFeed.revoked_at.is_(None)
    )
    return session.scalars(wanted.order_by(CalendarFeed.made_at.desc(), CalendarFeed.id)).all()


def make_feed(
    session: ViewerSession,
    secret: str,
    kind: FeedKind,
    *,
    process: Process | None = None,
    body: Body | None = None,
) -> CalendarFeed:
    """A feed of whoever acts, under the present hat; the one there is already, where it would hold the same.

    Raises NotAllowed where one acts for nobody, keeps too many, or the process has no public page.
    """
    me = session.viewer
    if me.person is None or not me.processes or me.reads_only:
        raise NotAllowed
    if kind is FeedKind.PUBLIC and (process is None or not process.public_page):
        raise NotAllowed
    of_process = body.process_id if body is not None else process.id if process is not None else None
    of_body = body.id if body is not None else None
    mine = own_feeds(session)
    same = [one for one in mine if (one.kind, one.process_id, one.body_id) == (kind, of_process, of_body)]
    if same:
        return same[0]
    if len(mine) >= MOST:
        raise NotAllowed
    key = new_key()
    feed = CalendarFeed(
        id=key,
        digest=digest_of(token_of(secret, key)),
        kind=kind,
        person_id=me.person,
        hat=str(me.hat),
        process_id=of_process,
        body_id=of_body,
    )
    session.add(feed)
    session.flush()
    return feed


def revoke_feed(session: ViewerSession, feed: UUID) -> bool:
    """Close a feed of one's own for good. False where there is none of this id."""
    found = next((one for one in own_feeds(session) if one.id == feed), None)
    if found is None:
        return False
    found.revoked_at = clock.now()
    session.flush()
    return True


def opened(engine: Engine, token: str) -> OpenedFeed | None:
    """The feed of this token; None where it is revoked, forged, or its person is kept out. Whether the hat still holds
    anything is the viewer's to say (`still_holds`)."""
    with system_unit(engine, Reason.LINK, writes=False) as system:
        feed = system.scalar(select(CalendarFeed).where(CalendarFeed.digest == digest_of(token)))
        if feed is None or feed.revoked_at is not None or is_suspended(system, feed.person_id):
            return None
        language, zone = _reads_in(system, feed.person_id)
        return OpenedFeed(
            feed.id, feed.kind, feed.person_id, Hat.parse(feed.hat), feed.process_id, feed.body_id, language, zone
        )


def still_holds(feed: OpenedFeed, viewer: Viewer) -> bool:
    """Whether the hat a feed was made under still holds an appointment there."""
    return feed.process in viewer.processes if feed.process is not None else bool(viewer.processes)


def _reads_in(session: Session, person: UUID) -> tuple[str, str]:
    found = session.execute(select(User.language, User.zone).where(User.person_id == person)).first()
    return (found.language, found.zone) if found is not None else ("", "")
