"""Delivery: mails are claimed under a lease, composed in their reader's eyes, handed to the relay, and recorded.

Each step is a transaction of its own, and each leaves what a crash after it needs to know:

1. claim      the mail is this worker's for a short while; a worker that dies here loses nothing
2. compose    with the rights of this moment; skipped, put off or dead with its reason where it cannot go
3. mark       just before the text leaves: the mail is now this worker's for as long as the relay might still take it
4. hand over  the text leaves
5. record     what the relay said

A mail marked but not recorded is in doubt. It is looked up in the evidence source; without one it waits for a person.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import DBAPIError

from config import Settings
from secretariat.core import clock
from secretariat.core.database import outlive_a_crash
from secretariat.core.languages import Reading, reading_in, reading_in_network
from secretariat.core.session import Reason, SystemSession, looking_as, system_unit
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.directory import viewers
from secretariat.mail import composition, evidence, links, outbox, sending
from secretariat.mail.composition import Letter, Place, Sending
from secretariat.mail.evidence import Evidence
from secretariat.mail.models import MailLink, MailState, OutboxMessage
from secretariat.mail.recipients import awaits_confirmation, is_suspended, recipient_of
from secretariat.mail.relay import Refused, Relay, Unclear, Unreachable
from secretariat.processes.models import Process, Track, TrackKind

log = structlog.get_logger()

BATCH = 20
CLAIM_SECONDS = 120
"""How long composing may take. A claim that runs out here is harmless: nothing has left."""
AGAIN_AFTER_MINUTES = (1, 5, 15, 30, 60, 120, 240)
"""Back-off after the relay asked for later; the last one repeats."""
CONFIRMATION_HOURS = 12
"""How often a mail looks again whether its address was confirmed; the confirmation itself sends it on its way."""
MOST_REFUSALS = 18
"""About two and a half days of asking. RFC 5321, 4.5.4.1, asks four to five of a relay; a reminder is stale by then."""
UNREACHABLE_MINUTES = 2


@dataclass(frozen=True, slots=True)
class _Claim:
    id: UUID
    token: str
    message_id: str


@dataclass(frozen=True, slots=True)
class _Ready:
    """A mail composed and written down, ready to be handed over."""

    content: bytes
    recipient: str
    sender: str  # whom a report is written to that it could not be delivered


def deliver(engine: Engine, settings: Settings, *, only: UUID | None = None, most: int = 200) -> Counter[str]:
    """Deliver what is due, `most` at a time, or the one mail `only`; how many ended in each state."""
    tally: Counter[str] = Counter()
    problem = sending.why_not(engine, settings)
    if problem:
        log.warning("no mail is sent", why=problem)
        return tally
    looked_up = evidence_of_restored(settings)
    with Relay(settings) as relay:
        while sum(tally.values()) < most:
            claims = _claim(engine, settings, 1 if only else min(BATCH, most), only)
            sent_before = looked_up.taken({one.message_id for one in claims}) if looked_up and claims else set()
            for place, claim in enumerate(claims):
                try:
                    if claim.message_id in sent_before:
                        tally["found sent"] += _found_sent(engine, claim)
                        continue
                    tally[_deliver_one(engine, settings, relay, claim)] += 1
                except Unreachable as error:
                    _release(engine, claims[place:], str(error))
                    tally["unreachable"] += 1
                    return tally
                except Exception:  # one broken mail stops nobody else; its lease runs out and it is tried again
                    log.exception("mail not delivered", mail=str(claim.id))
                    tally["broken"] += 1
            if not claims or only:
                break
    return tally


def _claim(engine: Engine, settings: Settings, most: int, only: UUID | None) -> list[_Claim]:
    wanted = (
        select(OutboxMessage.id, OutboxMessage.key, OutboxMessage.message_id)
        .where(OutboxMessage.state == MailState.WAITING, OutboxMessage.next_attempt_at <= clock.now())
        .order_by(OutboxMessage.next_attempt_at, OutboxMessage.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    if only is not None:
        wanted = wanted.where(OutboxMessage.id == only)
    until = clock.machine() + _claim_time(settings)
    claims = []
    with system_unit(engine, Reason.MAIL) as system:
        for key, cause, message_id in system.execute(wanted).all():
            claim = _Claim(key, secrets.token_hex(16), message_id or message_id_of(settings, cause))
            taken = system.execute(
                update(OutboxMessage)
                .where(OutboxMessage.id == claim.id, OutboxMessage.state == MailState.WAITING)
                .values(
                    state=MailState.LEASED,
                    lease_token=claim.token,
                    leased_until=until,
                    transmitting_at=None,
                    message_id=claim.message_id,
                )
            )
            if taken.rowcount:  # type: ignore[attr-defined]
                claims.append(claim)
    return claims


def message_id_of(settings: Settings, key: str) -> str:
    """The Message-ID of the mail under a key (RFC 5322, 3.6.4): the same cause has the same, also in a database that
    was restored from before there was the mail. It tells nothing to who has not the secret."""
    told = hmac.new(settings.secret_key.encode(), f"message:{key}".encode(), hashlib.sha256).hexdigest()
    return f"<{told[:32]}@{composition.domain_of(settings.mail_sender)}>"


def evidence_of_restored(settings: Settings) -> Evidence | None:
    """Where each mail is looked up before it is sent, on an installation that was restored; None on every other."""
    return evidence.source(settings) if sending.was_restored(settings) else None


def _claim_time(settings: Settings) -> timedelta:
    return timedelta(seconds=min(CLAIM_SECONDS, settings.mail_lease_seconds))


def _deliver_one(engine: Engine, settings: Settings, relay: Relay, claim: _Claim) -> str:
    ready = _prepare(engine, settings, claim)
    if not isinstance(ready, _Ready):
        return ready
    try:
        went = relay.hand_over(ready.sender, ready.recipient, ready.content, lambda: _mark(engine, settings, claim))
    except Refused as refused:
        return _refused(engine, claim, refused)
    except Unclear as unclear:
        _record(engine, claim, MailState.IN_DOUBT, "connection lost", str(unclear), counts=True)
        return MailState.IN_DOUBT
    if not went:
        return "lost"
    return _sent(engine, claim)


# --- composing ------------------------------------------------------------------------------------------------


def _prepare(engine: Engine, settings: Settings, claim: _Claim) -> _Ready | str:
    """Compose; or end here, with the reason on record, and say how."""
    try:
        with system_unit(engine, Reason.MAIL) as system:
            found = _mine(system, claim)
            if found is None:
                return "lost"
            ready = _composed(system, settings, found)
            if isinstance(ready, _Ready):
                found.leased_until = clock.machine() + _claim_time(settings)
    except composition.Later as later:
        _record(engine, claim, MailState.WAITING, "later", later.reason, next_attempt_at=later.at)
        return "later"
    except composition.NoComposer as unknown:
        return _record(engine, claim, MailState.DEAD, "no composer", str(unknown))
    except DBAPIError:
        raise
    except Exception as error:  # a broken template, a composer that met what it did not expect: shown, never lost
        log.exception("mail cannot be composed", mail=str(claim.id))
        return _record(engine, claim, MailState.DEAD, "not composed", type(error).__name__)
    if isinstance(ready, _Ready):
        return ready
    state, reason = ready
    again = clock.now() + timedelta(hours=CONFIRMATION_HOURS) if state is MailState.WAITING else None
    return _record(engine, claim, state, reason, next_attempt_at=again)


def _composed(system: SystemSession, settings: Settings, found: OutboxMessage) -> _Ready | tuple[MailState, str]:
    hat = Hat.parse(found.hat)
    viewer = viewers.viewer_within(system, found.person_id, hat)
    if composition.needs_appointment(found.notice) and not still_appointed(
        viewer, found, composition.roles_of(found.notice)
    ):
        return MailState.SKIPPED, "appointment ended"
    if composition.needs_appointment(found.notice) and is_suspended(system, found.person_id):
        return MailState.DEAD, "account suspended"
    sent = sending_of(system, settings, found, viewer)
    if not sent.recipient.address:
        process = system.get(Process, found.process_id) if found.process_id else None
        if awaits_confirmation(system, found.person_id, process, found.track_id):
            return MailState.WAITING, outbox.UNCONFIRMED
        return MailState.DEAD, "no address"
    letter = letter_of(system, viewer, sent)
    if letter is None:
        return MailState.SKIPPED, "nothing to say"
    if letter.says is not None:
        found.subject = {**found.subject, outbox.SAYS: letter.says}
    for wanted in sent.wanted_links:
        links.issue(
            system, key=wanted.key, scope=wanted.scope, person=found.person_id, hat=hat, process=found.process_id,
            track=found.track_id, subjects=wanted.subjects, days=wanted.days, single_use=wanted.single_use,
            renewable=wanted.renewable, new=wanted.id,
        )  # fmt: skip
    content = composition.message(letter, sent, found.message_id or "").as_bytes()
    return _Ready(content, sent.recipient.address, sent.returned_to)


def still_appointed(viewer: Viewer, found: OutboxMessage, roles: Collection[str] = ()) -> bool:
    """Whether the person still acts under the hat the mail was put for, in its process and track, and is still
    appointed as one of those it was meant for: who only advises a focal point is not asked for the answer."""
    if roles:
        return any(
            role.name in roles and role.process == found.process_id and role.track == found.track_id
            for role in viewer.roles
        )
    if viewer.hat.kind in (HatKind.NOBODY, HatKind.ADMINISTRATOR):
        return True
    if found.process_id is None:
        return bool(viewer.roles)
    return viewer.belongs_to(found.process_id, [found.track_id] if found.track_id else [])


def sending_of(
    system: SystemSession, settings: Settings, found: OutboxMessage, viewer: Viewer, *, preview: bool = False
) -> Sending:
    """What the composer of a mail is told."""
    process = system.get(Process, found.process_id) if found.process_id else None
    known = system.execute(select(MailLink.key, MailLink.id).where(MailLink.key.startswith(f"{found.id}:")))
    return Sending(
        id=found.id,
        notice=found.notice,
        number=found.number,
        person=found.person_id,
        hat=viewer.hat,
        process=place_of(process, _network(system, found.track_id)) if process else None,
        track=found.track_id,
        subject=found.subject,
        recipient=recipient_of(system, found.person_id, viewer, process, found.track_id, found.address),
        settings=settings,
        known_links=dict(known.all()),
        preview=preview,
    )


def _network(system: SystemSession, track: UUID | None) -> Track | None:
    """The network whose side a mail goes to, if it is one."""
    if track is None:
        return None
    return system.scalar(select(Track).where(Track.id == track, Track.kind == TrackKind.CIVIL_SOCIETY))


def place_of(process: Process, network: Track | None = None) -> Place:
    """A process as letters need it, on the side of a network where one is given."""
    return Place(
        id=process.id,
        slug=process.slug,
        acronym=process.acronym,
        name=process.name,
        zone=process.zone,
        languages=tuple(process.languages),
        level_words=process.level_words,
        commitment_words=process.commitment_words,
        network=network.name if network is not None else None,
    )


def letter_of(system: SystemSession, viewer: Viewer, sent: Sending) -> Letter | None:
    """The letter, in the eyes and the language of its reader, and in the words of its process."""
    with reading_for(sent), looking_as(system, viewer) as eyes:
        return composition.compose(eyes, sent)


@contextmanager
def reading_for(sent: Sending) -> Iterator[Reading]:
    """What is written inside is written as for the reader of this mail, in a network in its own words."""
    called = sent.process.commitment_words if sent.process is not None else {}
    with (
        reading_in(sent.recipient.language, sent.recipient.zone, called),
        reading_in_network(sent.by_coordination) as reading,
    ):
        yield reading


# --- what is known after each step ----------------------------------------------------------------------------


def _mine(system: SystemSession, claim: _Claim) -> OutboxMessage | None:
    return system.scalar(
        select(OutboxMessage).where(
            OutboxMessage.id == claim.id,
            OutboxMessage.state == MailState.LEASED,
            OutboxMessage.lease_token == claim.token,
            OutboxMessage.leased_until > clock.machine(),
        )
    )


def _mark(engine: Engine, settings: Settings, claim: _Claim) -> bool:
    """Whether the mail is still this worker's; if so, that its text is about to leave is now on record.

    On the disk, not only in memory: a database that crashed and forgot it would have the mail sent a second time.
    """
    now = clock.machine()
    with system_unit(engine, Reason.MAIL) as system:
        outlive_a_crash(system.connection())
        marked = system.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id == claim.id,
                OutboxMessage.state == MailState.LEASED,
                OutboxMessage.lease_token == claim.token,
                OutboxMessage.leased_until > now,
            )
            .values(
                transmitting_at=now,
                leased_until=now + timedelta(seconds=settings.mail_lease_seconds),
            )
        )
        return bool(marked.rowcount)  # type: ignore[attr-defined]


def _sent(engine: Engine, claim: _Claim) -> str:
    """The relay has it: true whoever owns the lease by now."""
    with system_unit(engine, Reason.MAIL) as system:
        system.execute(
            update(OutboxMessage)
            .where(OutboxMessage.id == claim.id)
            .values(
                state=MailState.SENT,
                reason="",
                detail="",
                lease_token=None,
                leased_until=None,
                ended_at=clock.now(),
                attempts=OutboxMessage.attempts + 1,
            )
        )
        outbox.record(system, claim.id, MailState.SENT)
    return MailState.SENT


def _found_sent(engine: Engine, claim: _Claim) -> int:
    """It left before the database was restored; 1 if it was still this worker's."""
    return _record(engine, claim, MailState.SENT, "found at the relay") == MailState.SENT


def _refused(engine: Engine, claim: _Claim, refused: Refused) -> str:
    with system_unit(engine, Reason.MAIL, writes=False) as system:
        tried = system.scalar(select(OutboxMessage.attempts).where(OutboxMessage.id == claim.id)) or 0
    if refused.for_good:
        return _record(engine, claim, MailState.DEAD, "refused", str(refused), counts=True)
    if tried + 1 >= MOST_REFUSALS:
        return _record(engine, claim, MailState.DEAD, "put off too often", str(refused), counts=True)
    minutes = AGAIN_AFTER_MINUTES[min(tried, len(AGAIN_AFTER_MINUTES) - 1)]
    again = clock.now() + timedelta(minutes=minutes)
    _record(engine, claim, MailState.WAITING, "put off", str(refused), next_attempt_at=again, counts=True)
    return "put off"


def _release(engine: Engine, claims: list[_Claim], why: str) -> None:
    """Give back what was claimed: the relay cannot be reached, which says nothing about these mails."""
    again = clock.now() + timedelta(minutes=UNREACHABLE_MINUTES)
    for claim in claims:
        _record(engine, claim, MailState.WAITING, "relay unreachable", why, next_attempt_at=again)


def _record(
    engine: Engine,
    claim: _Claim,
    state: MailState,
    reason: str,
    detail: str = "",
    *,
    next_attempt_at: datetime | None = None,
    counts: bool = False,
) -> str:
    """Write down how this attempt ended, if the mail is still this worker's; the state."""
    values: dict[str, object] = {"state": state, "reason": reason, "detail": detail[:500]}
    if state is not MailState.IN_DOUBT:  # in doubt the lease goes on: until its end the mail might still arrive
        values |= {"lease_token": None, "leased_until": None, "transmitting_at": None}
    if state in (MailState.SENT, MailState.SKIPPED, MailState.DEAD):
        values["ended_at"] = clock.now()
    if counts:
        values["attempts"] = OutboxMessage.attempts + 1
    if next_attempt_at is not None:
        values["next_attempt_at"] = next_attempt_at
    with system_unit(engine, Reason.MAIL) as system:
        found = system.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id == claim.id,
                OutboxMessage.state == MailState.LEASED,
                OutboxMessage.lease_token == claim.token,
            )
            .values(values)
        )
        if not found.rowcount:  # type: ignore[attr-defined]
            return "lost"
        outbox.record(system, claim.id, state, reason, detail)
    return state


# --- what a crash left ----------------------------------------------------------------------------------------


def recover(engine: Engine, source: Evidence | None) -> Counter[str]:
    """Take up what workers left whose leases have ended: sent again, in doubt, or settled by evidence."""
    tally: Counter[str] = Counter()
    for found in _left(engine, MailState.LEASED):
        if found.transmitting_at is None:
            tally["taken up"] += _settle(engine, found, MailState.WAITING, "worker stopped")
        else:
            tally["in doubt"] += _settle(engine, found, MailState.IN_DOUBT, "worker stopped")
    if source is None:
        return tally
    for found in _left(engine, MailState.IN_DOUBT):
        if found.message_id is None or found.transmitting_at is None:
            continue
        accepted = source.accepted(found.message_id, found.transmitting_at)
        if accepted is True:
            tally["found sent"] += _settle(engine, found, MailState.SENT, "found at the relay")
        elif accepted is False:
            tally["found unsent"] += _settle(engine, found, MailState.WAITING, "not at the relay")
    return tally


@dataclass(frozen=True, slots=True)
class _Left:
    id: UUID
    state: MailState
    token: str | None
    message_id: str | None
    transmitting_at: datetime | None


def _left(engine: Engine, state: MailState) -> list[_Left]:
    wanted = select(OutboxMessage).where(OutboxMessage.state == state, OutboxMessage.leased_until <= clock.machine())
    with system_unit(engine, Reason.MAIL, writes=False) as system:
        return [
            _Left(one.id, one.state, one.lease_token, one.message_id, one.transmitting_at)
            for one in system.scalars(wanted.limit(1000))
        ]


def _settle(engine: Engine, left: _Left, state: MailState, reason: str) -> int:
    """1 if it was this process that settled it. The token keeps two apart that looked at the same time."""
    values: dict[str, object] = {"state": state, "reason": reason, "detail": ""}
    if state is MailState.WAITING:
        values |= {"lease_token": None, "leased_until": None, "transmitting_at": None, "next_attempt_at": clock.now()}
    if state is MailState.SENT:
        values |= {"lease_token": None, "leased_until": None, "ended_at": clock.now()}
    with system_unit(engine, Reason.MAIL) as system:
        settled = system.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id == left.id,
                OutboxMessage.state == left.state,
                OutboxMessage.lease_token == left.token,
                OutboxMessage.leased_until <= clock.machine(),
            )
            .values(values)
        )
        if not settled.rowcount:  # type: ignore[attr-defined]
            return 0
        outbox.record(system, left.id, state, reason)
        return 1
