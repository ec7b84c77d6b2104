"""What comes in by mail: an answer waits for an officer, an absence moves the question to the alternate, a mail that
was returned becomes a task.

Whose answer it is follows from two things together: the Message-ID it names, which only who had our mail can know, and
the address it came from. What fits neither goes to the officers of the track at whose address it arrived, to nobody
else, and gets no receipt. Each message is a transaction of its own; one that was taken in before is known again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from uuid import UUID

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, OperationalError

from config import Settings
from secretariat.core import audit, clock
from secretariat.core.labelling import attach
from secretariat.core.labels import Clause
from secretariat.core.languages import LANGUAGES, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.models import AuditContent
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access, system_unit
from secretariat.core.viewer import Hat, HatKind, Viewer
from secretariat.follow_up import contact_log, policy
from secretariat.follow_up.contact_log import KEPT, Contact
from secretariat.follow_up.models import Digest
from secretariat.follow_up.reply_models import MailReply, ReplyState
from secretariat.follow_up.service import Recipient
from secretariat.mail import outbox, recipients
from secretariat.mail.composition import ANSWER_ABOVE, is_answerable
from secretariat.mail.inbound import address, mailbox, reading
from secretariat.mail.inbound.reading import Arrived, ArrivedKind
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.mail.service import RETURNED
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from secretariat.texts.service import silence

log = structlog.get_logger()

RECEIVED = "reply_received"
"""The receipt."""
ABSENT = "absence notice"


class StillLeavingError(RuntimeError):
    """What came is about a mail whose sending is not written down yet."""


def read_inbox(engine: Engine, settings: Settings) -> Counter[str]:
    """Take in all that nobody has read yet; how many became what. A mailbox that cannot be read is tried again."""
    tally: Counter[str] = Counter()
    if not settings.reads_answers:
        return tally
    try:
        with mailbox.opened(settings) as box:
            for one in box.unread():
                try:
                    became = take_in(engine, settings, one.content, is_whole=one.is_whole)
                except (OperationalError, IntegrityError, StillLeavingError):  # taken in the next time
                    log.warning("a message was not taken in", exc_info=True)
                    tally["later"] += 1
                    continue
                except Exception:  # one broken message stops nobody else; a person looks at it in the mailbox
                    log.exception("a message could not be read")
                    became = "nobody's"
                box.mark(one, odd=became == "nobody's")
                tally[became] += 1
    except mailbox.MailboxError as error:
        log.warning("the mailbox of answers cannot be read", why=str(error))
        tally["unreachable"] += 1
    return tally


def take_in(engine: Engine, settings: Settings, raw: bytes, *, is_whole: bool = True) -> str:
    """Take in one message; what it became."""
    arrived = reading.read(raw, _marks(), is_whole=is_whole)
    with system_unit(engine, Reason.MAIL) as system:
        if system.scalar(select(MailReply.id).where(MailReply.key == arrived.key)) is not None:
            return "known"
        mail = _ours(system, arrived)
        if arrived.kind is ArrivedKind.DELAYED:
            return "delayed"
        if arrived.kind is ArrivedKind.RETURNED:
            concerns = mail is not None and _concerns(system, mail, arrived)
            return _returned(system, mail, arrived) if mail is not None and concerns else "nobody's"
        if arrived.kind is ArrivedKind.AUTOMATIC:
            return _absent(system, mail, arrived)
        if mail is not None and not is_answerable(mail.notice):
            return "nobody's"  # its writer is another than the officers: a colleague's government, or the other side
        track = _track_of(system, settings, arrived, mail)
        if track is None:
            return "nobody's"
        return _kept(system, track, mail if mail is not None and _is_from(system, mail, arrived) else None, arrived)


@cache
def _marks() -> tuple[str, ...]:
    """The line above which one answers, in each language in which it may have been written."""
    marks = []
    for language in LANGUAGES:
        with reading_in(language, "UTC"):
            marks.append(str(ANSWER_ABOVE))
    return tuple(marks)


# --- whose it is ------------------------------------------------------------------------------------------------------


def _ours(system: SystemSession, arrived: Arrived) -> OutboxMessage | None:
    """The mail of ours that it names, the nearest first."""
    found = {
        str(one.message_id): one
        for one in system.scalars(select(OutboxMessage).where(OutboxMessage.message_id.in_(arrived.answers)))
    }
    return next((found[one] for one in arrived.answers if one in found), None)


def _track_of(system: SystemSession, settings: Settings, arrived: Arrived, mail: OutboxMessage | None) -> Track | None:
    """The track it was written to: by its own address, or else as the track of the mail it answers."""
    keys = system.scalars(select(Track.id)).all()
    found = address.track_among(settings, arrived.to, keys) or (mail.track_id if mail is not None else None)
    return system.get(Track, found) if found is not None else None


def _is_from(system: SystemSession, mail: OutboxMessage, arrived: Arrived) -> bool:
    """Whether it came from an address of the person our mail was for."""
    return arrived.sender.casefold() in _known_addresses(system, mail)


def _concerns(system: SystemSession, mail: OutboxMessage, arrived: Arrived) -> bool:
    """Whether a report is about an address of that person, and not about one to which somebody passes mail on."""
    return not _known_addresses(system, mail).isdisjoint(arrived.failed)


def _known_addresses(system: SystemSession, mail: OutboxMessage) -> set[str]:
    process = system.get(Process, mail.process_id) if mail.process_id else None
    if process is None or mail.track_id is None:
        return set()
    known = recipients.addresses_of(system, mail.person_id, process, mail.track_id)
    return (known | {(mail.address or "").casefold()}) - {""}


# --- what it becomes --------------------------------------------------------------------------------------------------


def _kept(system: SystemSession, track: Track, mail: OutboxMessage | None, arrived: Arrived) -> str:
    """Keep it for the officers. Only who was written to, and answers from there, is told that it has come."""
    if mail is not None and mail.track_id != track.id:
        mail = None  # it answers one track and was written to another: for the officers of that one, by nobody known
    process = system.get_one(Process, track.process_id)
    hat = Hat.parse(mail.hat) if mail is not None else None
    made = MailReply(
        process_id=process.id,
        track_id=track.id,
        key=arrived.key,
        mail_id=mail.id if mail is not None else None,
        person_id=mail.person_id if mail is not None else None,
        hat=str(hat) if hat is not None else "",
        participant_id=hat.id if hat is not None and hat.kind is HatKind.PARTICIPANT else None,
        sender=arrived.sender[:254],
        words=arrived.words,
        left_out=list(arrived.left_out[:20]),
        is_cut=arrived.is_cut,
        received_at=clock.now(),
        ends_on=clock.today() + KEPT,
    )
    attach(system, made, [readers(process, track, made.person_id)])
    system.flush()
    if mail is None or hat is None:
        return "for the officers"
    outbox.put(
        system, RECEIVED, key=f"{RECEIVED}:{made.id}", process=process, track=track, person=mail.person_id, hat=hat,
        subject={"reply": made.id},
    )  # fmt: skip
    return "reply"


def readers(process: Process, track: Track, person: UUID | None) -> Clause:
    """Who reads a reply: the track's own officers, and who wrote it."""
    audience = [clauses.officers(track)]
    return clauses.named(process, track, audience=audience if person is None else [*audience, clauses.person(person)])


def _returned(system: SystemSession, mail: OutboxMessage, arrived: Arrived) -> str:
    """It did not arrive: a person repairs the address and sends it again. No silence ends for who was not reached."""
    if mail.state is MailState.LEASED:
        raise StillLeavingError
    if mail.state not in (MailState.SENT, MailState.IN_DOUBT):
        return "known"
    mail.state, mail.reason, mail.detail = MailState.DEAD, RETURNED, arrived.why
    # It never reached anybody: a later message asks what it asked.
    mail.lease_token = mail.leased_until = mail.transmitting_at = None
    outbox.record(system, mail.id, MailState.DEAD, RETURNED, arrived.why)
    participant = Hat.parse(mail.hat).id
    if mail.notice == silence.OPENED and participant is not None:
        silence.not_reached(system, UUID(mail.subject["silence"]), participant)
    return "returned"


def _absent(system: SystemSession, mail: OutboxMessage | None, arrived: Arrived) -> str:
    """Nobody wrote it. Of a message of follow-up it says that its reader is away: its questions go to the alternate.

    Its words are not kept: why somebody is away is nobody's business.
    """
    digest = system.scalar(select(Digest).where(Digest.mail_id == mail.id)) if mail is not None else None
    if mail is None or digest is None or not arrived.is_absence or not _is_from(system, mail, arrived):
        return "automatic"
    if digest.away_on is not None:
        return "known"
    process, track = system.get_one(Process, digest.series.process_id), system.get_one(Track, digest.series.track_id)
    digest.away_on = clock.today(process.zone)
    system.flush()
    audit.record(
        system,
        ABSENT,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[clauses.named(process, track, audience=[clauses.secretariat(track), clauses.person(mail.person_id)])],
        content={"person": str(mail.person_id), "hat": mail.hat},
    )
    return "absent"


# --- what an officer does with it -------------------------------------------------------------------------------------


def note(session: ViewerSession, viewer: Viewer, reply: MailReply, who: Recipient, contact: Contact) -> None:
    """Write down what it says, as what was agreed in a contact; where a commitment stands awaits the participant's
    confirmation. Raises NotAllowed, Refused."""
    _require_waiting(viewer, reply)
    contact_log.log_contact(session, viewer, who, contact)
    _settle(session, viewer, reply, ReplyState.NOTED)


def set_aside(session: ViewerSession, viewer: Viewer, reply: MailReply) -> None:
    """There is nothing to write down. Raises NotAllowed, Refused."""
    _require_waiting(viewer, reply)
    _settle(session, viewer, reply, ReplyState.SET_ASIDE)


def take_away(session: ViewerSession, viewer: Viewer, reply: MailReply) -> None:
    """Take it away before its time, with its words. Raises NotAllowed."""
    require(policy.may_log(viewer, reply.track_id))
    process, track = session.get_one(Process, reply.process_id), session.get_one(Track, reply.track_id)
    audit.record(
        session,
        "reply by mail taken away",
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers(process, track, None)],
    )
    key = reply.id
    with system_access(session, Reason.FOLLOW_UP) as system:
        _erase(system, system.get_one(MailReply, key))
    session.expunge(reply)


def forget(system: SystemSession) -> int:
    """Take away replies whose twelve months are over; how many."""
    ended: Sequence[MailReply] = system.scalars(select(MailReply).where(MailReply.ends_on <= clock.today())).all()
    for one in ended:
        _erase(system, one)
    return len(ended)


def _erase(system: SystemSession, reply: MailReply) -> None:
    """Take it away with what the trail says of it."""
    about = select(AuditContent.id).where(
        AuditContent.subject_kind == MailReply.__tablename__, AuditContent.subject_id == reply.id
    )
    for content in system.scalars(about).all():
        audit.erase(system, content)
    system.delete(reply)
    system.flush()


def _require_waiting(viewer: Viewer, reply: MailReply) -> None:
    require(policy.may_log(viewer, reply.track_id))
    if reply.state is not ReplyState.WAITING:
        raise Refused(_("A colleague has seen to it in the meantime; nothing was changed."))


def _settle(session: ViewerSession, viewer: Viewer, reply: MailReply, state: ReplyState) -> None:
    reply.state, reply.settled_at, reply.settled_by_id = state, clock.now(), viewer.person
    session.flush()
    process, track = session.get_one(Process, reply.process_id), session.get_one(Track, reply.track_id)
    audit.record(
        session,
        "reply by mail seen to",
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[readers(process, track, reply.person_id)],
        subject=reply,
        content={"state": state.value},
    )
