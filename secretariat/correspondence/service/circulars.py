"""Circulars: drafted, changed, thrown away, sent once; and that somebody has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from secretariat.core import clock
from secretariat.core.database import table_of
from secretariat.core.journal import Entry
from secretariat.core.labelling import attach, intern, relabel, would_be_in
from secretariat.core.labels import Addressee
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text
from secretariat.core.localtext import LocalText
from secretariat.core.numbering import give_symbol
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.correspondence import addressing, policy, queries
from secretariat.correspondence.addressing import Chosen, Reader
from secretariat.correspondence.models import Circular, CircularAttachment, CircularCopy, CircularOpening
from secretariat.correspondence.service import registering
from secretariat.correspondence.service.record import record
from secretariat.documents import symbols
from secretariat.follow_up import manner as manners
from secretariat.follow_up import queries as follow_up
from secretariat.follow_up import service as following
from secretariat.follow_up.manner import Manner
from secretariat.mail import outbox
from secretariat.processes import clauses
from secretariat.processes.models import Body, Process, Track, TrackKind

CIRCULAR = "circular"
"""The notice of its mails."""
PATTERN = "{process}/CIRC/{year}/{series}{number}"
MOST_ATTACHED = 10


@dataclass(frozen=True, slots=True)
class Written:
    """What a circular says and to whom, as it was typed."""

    title: LocalText
    words: LocalText
    chosen: Chosen
    documents: Sequence[UUID] = ()
    urgent: bool = False
    asks_word: bool = False
    word_by: date | None = None


def draft(session: ViewerSession, process: Process, track: Track, written: Written) -> Circular:
    """Begin a circular; those who keep the track read it until it is sent. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, track))
    _check(process, written)
    made = Circular(process_id=process.id, track_id=track.id, drafted_at=clock.now(), symbol=None)
    _write(made, written)
    attach(session, made, [_keepers(process, track)], container=process)
    session.flush()
    _attach_documents(session, made, written.documents)
    return made


def change(session: ViewerSession, circular: Circular, written: Written) -> None:
    """Change a draft. Raises NotAllowed, Refused."""
    require(policy.may_change(session.viewer, circular))
    _check(circular.process, written)
    _write(circular, written)
    _attach_documents(session, circular, written.documents)


def throw_away(session: ViewerSession, circular: Circular) -> None:
    """Throw a draft away. Raises NotAllowed."""
    require(policy.may_change(session.viewer, circular))
    _attach_documents(session, circular, ())
    session.delete(circular)
    session.flush()


def send(session: ViewerSession, circular: Circular) -> int:
    """Send it: it has its symbol, its readers, and one mail for each of them in the outbox; how many.

    An urgent one goes at once. Any other waits, for each recipient, for an hour at which its office is written to.

    Raises NotAllowed, Refused where it would go to nobody.
    """
    require(policy.may_change(session.viewer, circular))
    process, track = circular.process, circular.track
    today = clock.today(process.zone)
    chosen = Chosen.of(circular.to)
    addressed = addressing.resolved(session, process, track, chosen, today)
    if not addressed.readers:
        raise Refused(
            _("Nobody would receive it: nobody speaks for those it is addressed to. Choose others, or name somebody.")
        )
    bodies = session.scalars(select(Body).where(Body.id.in_(chosen.bodies))).all() if chosen.bodies else []
    clause = addressing.readers_of(process, track, chosen, addressed, bodies)
    future = would_be_in(session, process, [clause])
    parts = symbols.Parts(_code_of(process, track), "", today.year, future.level)
    stem = symbols.stem(PATTERN, parts)
    label = intern(session, future)
    give_symbol(session, circular, stem=stem, label=label, spoken=lambda number: f"{stem}{number}")
    circular.sent_at = clock.now()
    session.flush()
    relabel(session, circular, [clause], why="sent")
    _put(session, circular, addressed.readers)
    registering.enter_circular(session, circular, addressing.in_words(chosen, bodies, len(addressed.readers)))
    record(session, "circular sent", process, track, circular, symbol=circular.symbol, to=len(addressed.readers))
    return len(addressed.readers)


def say_received(session: ViewerSession, circular: Circular) -> None:
    """Say that one has it, for the participant one acts for. Said twice it is said once. Raises NotAllowed."""
    copy = queries.own_copy(session, circular.id)
    require(policy.may_say(session.viewer, circular, copy))
    assert copy is not None
    if copy.word_at is not None:
        return
    of = CircularCopy.participant_id == copy.participant_id if copy.participant_id else CircularCopy.id == copy.id
    with system_access(session, Reason.FOLLOW_UP) as system:
        for one in system.scalars(select(CircularCopy).where(CircularCopy.circular_id == circular.id, of)):
            one.word_at = clock.now()
        system.flush()


def opening(copy: UUID) -> Entry:
    """Write down that the page was opened by whom a copy went to."""
    at = clock.now()

    def write(connection: Connection) -> None:
        connection.execute(insert(table_of(CircularOpening)).values(copy_id=copy, at=at))

    return write


def _check(process: Process, written: Written) -> None:
    if not local_text(written.words).strip():
        raise Refused(_("Write the words of the letter, in one language at least."), "words")
    if not (written.chosen.standings or written.chosen.bodies or written.chosen.persons):
        raise Refused(_("Choose to whom it goes: standings, bodies or persons."), "standings")
    if len(written.documents) > MOST_ATTACHED:
        raise Refused(_("Give at most %(most)s files.", most=MOST_ATTACHED), "documents")
    if written.word_by is not None and written.word_by < clock.today(process.zone):
        raise Refused(_("This day is past"), "word_by")


def _write(circular: Circular, written: Written) -> None:
    circular.title, circular.words, circular.to = written.title, written.words, written.chosen.stored
    circular.urgent = written.urgent
    # Who has not said so is rung: what is urgent always asks for a word.
    circular.asks_word = written.asks_word or written.urgent
    circular.word_by = written.word_by if circular.asks_word else None


def _attach_documents(session: ViewerSession, circular: Circular, documents: Iterable[UUID]) -> None:
    wanted = list(dict.fromkeys(documents))
    for one in session.scalars(select(CircularAttachment).where(CircularAttachment.circular_id == circular.id)).all():
        session.delete(one)
    session.flush()
    for position, key in enumerate(wanted, start=1):
        attached = CircularAttachment(circular_id=circular.id, document_id=key, position=position)
        attach(session, attached, container=circular)
    session.flush()
    session.expire(circular, ["attachments"])


def _keepers(process: Process, track: Track) -> Any:
    return clauses.named(process, track, audience=[clauses.secretariat(track)])


def _code_of(process: Process, track: Track) -> str:
    if track.kind is TrackKind.GOVERNMENT:
        return process.acronym
    return symbols.code_of_network(local_text(track.name), process.acronym)


def _put(session: ViewerSession, circular: Circular, readers: Sequence[Reader]) -> None:
    process, track = circular.process, circular.track
    with system_access(session, Reason.FOLLOW_UP) as system:
        manner = manners.manner_of(follow_up.policy_of(system, process.id, track.id))
        hours = {one: None if circular.urgent else _hour(system, circular, one, manner) for one in readers}
    for one in readers:
        mail = outbox.put(
            session,
            CIRCULAR,
            key=f"{CIRCULAR}:{circular.id}:{one.person}:{one.hat}",
            process=process,
            track=track,
            person=one.person,
            hat=one.hat,
            subject={"circular": circular.id, "alternate": one.is_alternate},
            not_before=hours[one],
        )
        copy = CircularCopy(
            circular_id=circular.id,
            person_id=one.person,
            hat=str(one.hat),
            participant_id=one.participant,
            is_alternate=one.is_alternate,
            mail_id=mail,
        )
        attach(session, copy, [clauses.named(process, track, audience=_of_copy(track, one))], container=circular)
    session.flush()


def _of_copy(track: Track, one: Reader) -> list[Addressee]:
    whose = clauses.participant(one.participant) if one.participant else clauses.person(one.person)
    return [clauses.secretariat(track), whose]


def _hour(system: SystemSession, circular: Circular, one: Reader, manner: Manner) -> datetime | None:
    """When an office is written to that is not to be disturbed; None for now."""
    who = following.Recipient(one.person, one.hat, circular.process_id, circular.track_id)
    return following.next_hour(following.where_of(system, who, manner), manner, None)
