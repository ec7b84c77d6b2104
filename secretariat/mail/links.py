"""Links from mails: what lets a person act for a minute without a password, and no more than that.

The address holds the link's id and a signature over it, so that a mail composed again carries the same link and the
database holds nothing that could be used as one. A link changes nothing by being opened (mail scanners follow links).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.database import new_key
from secretariat.core.session import Reason, SystemSession, system_access, system_unit
from secretariat.core.viewer import Hat
from secretariat.mail.models import MailLink
from secretariat.mail.recipients import is_suspended, reading_of

VALID_DAYS = 60
_SIGNATURE_BYTES = 16


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link as the page behind it sees it: whose it is, for what, and until when."""

    id: UUID
    token: str
    scope: str
    person: UUID
    hat: Hat
    process: UUID | None
    track: UUID | None
    subjects: tuple[UUID, ...]
    expires_at: datetime
    language: str = ""
    """The language of the mail, for the page behind the link."""
    zone: str = ""
    """The zone of the person's clock, for the same."""
    commitment_words: Mapping[str, str] = field(default_factory=dict)
    """What the process it came from calls a commitment, by language, for the same."""

    def opens(self, subject: UUID) -> bool:
        """Whether this link was made for this thing."""
        return subject in self.subjects


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a link does not open, for the security log; the person sees one page for all."""

    reason: str
    link: UUID | None = None


def token_of(secret: str, link: UUID) -> str:
    """What stands in the address for a link."""
    return base64.urlsafe_b64encode(link.bytes + _signature(secret, link)).decode().rstrip("=")


def id_in(secret: str, token: str) -> UUID | None:
    """The id in a token that was signed with `secret`; None for anything else."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    fits = len(raw) == 16 + _SIGNATURE_BYTES
    link = UUID(bytes=raw[:16]) if fits else UUID(int=0)
    genuine = hmac.compare_digest(_signature(secret, link), raw[16:] if fits else bytes(_SIGNATURE_BYTES))
    return link if genuine and fits else None


def _signature(secret: str, link: UUID) -> bytes:
    return hmac.new(f"link from a mail\0{secret}".encode(), link.bytes, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def issue(
    system: SystemSession,
    *,
    key: str,
    scope: str,
    person: UUID,
    hat: Hat,
    process: UUID | None,
    track: UUID | None,
    subjects: Iterable[UUID] = (),
    days: int = VALID_DAYS,
    single_use: bool = False,
    renewable: bool = True,
    new: UUID | None = None,
) -> UUID:
    """Make the link of this key (with the id `new`), or renew the one there is; its id."""
    link = system.scalar(select(MailLink).where(MailLink.key == key))
    if link is None:
        link = MailLink(
            id=new or new_key(), key=key, scope=scope, person_id=person, hat=str(hat),
            process_id=process, track_id=track,
            single_use=single_use, renewable=renewable and not single_use,
        )  # fmt: skip
        system.add(link)
    link.subjects = [str(one) for one in subjects]
    link.expires_at = clock.now() + timedelta(days=days)
    system.flush()
    return link.id


def made_for_oneself(session: Session, secret: str, *, scope: str, process: UUID, track: UUID, subject: UUID) -> str:
    """The token of a link to one thing of one's own, for whoever came by the link of a mail and goes on without a
    password: the same each time, for this person under this hat, and never sent again by itself."""
    viewer = session.viewer  # type: ignore[attr-defined]
    with system_access(session, Reason.LINK) as system:
        made = issue(
            system,
            key=f"{scope}:{subject}:{viewer.person}:{viewer.hat}",
            scope=scope,
            person=viewer.person,
            hat=viewer.hat,
            process=process,
            track=track,
            subjects=[subject],
            renewable=False,
        )
    return token_of(secret, made)


def resolve(engine: Engine, secret: str, token: str, scope: str) -> OpenedLink | Refusal:
    """What a token opens in this scope. The same work is done for a link that exists and for one that does not."""
    wanted = id_in(secret, token)
    with system_unit(engine, Reason.LINK, writes=False) as system:
        link = system.scalar(select(MailLink).where(MailLink.id == (wanted or UUID(int=0))))
        if wanted is None:
            return Refusal("forged")
        if link is None:
            return Refusal("unknown", wanted)
        reason = _why_closed(link, scope) or ("suspended" if is_suspended(system, link.person_id) else "")
        if reason:
            return Refusal(reason, wanted)
        language, zone, called = reading_of(system, link.person_id, link.process_id, link.track_id)
        return replace(opened(link, token), language=language, zone=zone, commitment_words=called)


def opened(link: MailLink, token: str) -> OpenedLink:
    """A link's row as a value."""
    return OpenedLink(
        id=link.id,
        token=token,
        scope=link.scope,
        person=link.person_id,
        hat=Hat.parse(link.hat),
        process=link.process_id,
        track=link.track_id,
        subjects=tuple(UUID(one) for one in link.subjects),
        expires_at=link.expires_at,
    )


def _why_closed(link: MailLink, scope: str) -> str:
    if link.scope != scope:
        return "of another scope"
    if link.revoked_at is not None:
        return "revoked"
    if link.used_at is not None:
        return "used"
    if link.expires_at <= clock.now():
        return "expired"
    return ""


def use(session: Session, link: OpenedLink) -> bool:
    """Use up a single-use link, in the transaction of what it is used for. False if it was used meanwhile."""
    with system_access(session, Reason.LINK) as system:
        used = system.execute(
            update(MailLink)
            .where(MailLink.id == link.id, MailLink.used_at.is_(None), MailLink.revoked_at.is_(None))
            .values(used_at=clock.now())
        )
        return bool(used.rowcount)  # type: ignore[attr-defined]


def revoke(
    session: Session,
    *,
    person: UUID,
    hat: Hat | None = None,
    scope: str | None = None,
    track: UUID | None = None,
) -> int:
    """Close all open links of a person (under one hat, in one scope, of one track); how many there were."""
    wanted = update(MailLink).where(MailLink.person_id == person, MailLink.revoked_at.is_(None))
    if hat is not None:
        wanted = wanted.where(MailLink.hat == str(hat))
    if scope is not None:
        wanted = wanted.where(MailLink.scope == scope)
    if track is not None:
        wanted = wanted.where(MailLink.track_id == track)
    with system_access(session, Reason.LINK) as system:
        return int(system.execute(wanted.values(revoked_at=clock.now())).rowcount)  # type: ignore[attr-defined]


def beside(session: Session, link: OpenedLink, secret: str) -> list[OpenedLink]:
    """The other open links of the mail this one came in: what else it asked of the same person."""
    with system_access(session, Reason.LINK) as system:
        mine = system.get_one(MailLink, link.id)
        mail, _colon, _rest = mine.key.partition(":")
        found = system.scalars(
            select(MailLink).where(
                MailLink.key.startswith(f"{mail}:"), MailLink.id != link.id, MailLink.person_id == link.person
            )
        )
        return [
            opened(one, token_of(secret, one.id))
            for one in found
            if not _why_closed(one, one.scope) and one.hat == str(link.hat)
        ]
