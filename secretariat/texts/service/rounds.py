"""Rounds of comments: opened on an edition, ended at their hour or by hand, and what became of each comment."""

from __future__ import annotations

from uuid import UUID

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access, system_unit
from secretariat.directory.contacts import Contact, contacts_of
from secretariat.documents.models import Document
from secretariat.mail import outbox
from secretariat.texts import network_queries, policy, queries
from secretariat.texts.deadline import Deadline
from secretariat.texts.membership import members_of
from secretariat.texts.models import Became, Comment, CommentRound, TextEdition, UnnamedComment
from secretariat.texts.network_models import NetworkComment
from secretariat.texts.service import networks, state
from secretariat.texts.service.record import record_round
from secretariat.texts.service.silence import check_stands

log = structlog.get_logger()
ASKED = "comments_asked"
ENDS = "round_ends"
"""The mail that tells of another end."""
END_NOW = "closed"
"""What such a mail is about where the round was closed by hand."""


def deadline_of(found: CommentRound) -> Deadline:
    """When a round ends."""
    return Deadline(found.ends_on, found.ends_hour, found.zone)


def is_running(found: CommentRound) -> bool:
    """Whether comments are still taken."""
    return policy.is_running(found, deadline_of(found).at, clock.now())


def lock(session: Session, found: CommentRound) -> None:
    """One after the other: what is sent and the end of the round, or what comes without a name while it is closed would
    be read by nobody, ever."""
    with system_access(session, Reason.LABELLING) as system:
        system.scalar(select(CommentRound.id).where(CommentRound.id == found.id).with_for_update())
    session.refresh(found, ["closed_at", "ends_on", "ends_hour", "zone"])


def open_round(
    session: ViewerSession, edition: TextEdition, ends: Deadline, *, observers_may: bool = False
) -> CommentRound:
    """Ask for comments on an edition. Raises NotAllowed, Refused."""
    document = edition.document
    require(policy.may_open_round(session.viewer, document))
    ends.check(clock.now())
    state.lock(session, edition.text_id)
    session.refresh(document, ["state"])
    check_stands(session, edition)
    if any(is_running(one) for one in queries.rounds_of(session, edition.id)):
        raise Refused(_("A round of comments on this text is running already; change its end instead."))
    if state.is_adopted(session, edition.text_id):
        raise Refused(_("This text is adopted already."))
    made = CommentRound(
        edition_id=edition.id,
        process_id=document.process_id,
        track_id=document.track_id,
        observers_may=observers_may,
        opened_at=clock.now(),
        ends_on=ends.on,
        ends_hour=ends.hour,
        zone=ends.zone,
    )
    attach(session, made, container=edition)
    session.flush()
    session.refresh(made, ["edition"])
    asked = _ask(session, made)
    record_round(session, "round of comments opened", made, ends=ends.at.isoformat(), asked=asked)
    session.flush()
    return made


def whom_it_asks(session: Session, document: Document) -> list[Contact]:
    """Who speaks for the members a text concerns, one entry a person and hat: focal points and alternates, in a network
    who represents its organizations."""
    on = clock.today(document.process.zone)
    place = (document.process_id, document.track_id, document.body_id)
    members = members_of(session, [place], on)[place]
    return contacts_of(session, document.process_id, document.track_id, on, members)


def _ask(session: ViewerSession, found: CommentRound) -> int:
    """One mail a person; what its reader may not read is not sent when it is composed."""
    document = found.edition.document
    contacts = whom_it_asks(session, document)
    for one in contacts:
        outbox.put(
            session,
            ASKED,
            key=f"{ASKED}:{found.id}:{one.person}:{one.hat}",
            process=document.process,
            track=document.track,
            person=one.person,
            hat=one.hat,
            subject={"round": found.id, "alternate": one.is_alternate},
        )
    return len(contacts)


def change_end(session: ViewerSession, found: CommentRound, ends: Deadline) -> None:
    """Give a round that is running another end. Raises NotAllowed, Refused."""
    require(policy.may_keep_round(session.viewer, found))
    _check_running(found)
    ends.check(clock.now())
    before = deadline_of(found)
    found.ends_on, found.ends_hour, found.zone = ends.on, ends.hour, ends.zone
    session.flush()
    if before != ends:
        _tell_networks(session, found)
        _tell_end(session, found)
    record_round(session, "end of a round changed", found, ends=ends.at.isoformat())
    session.flush()


def close_round(session: ViewerSession, found: CommentRound) -> None:
    """End a round before its hour. Raises NotAllowed, Refused."""
    require(policy.may_keep_round(session.viewer, found))
    _check_running(found)
    _close(session, found)
    _tell_end(session, found)
    session.flush()


def close_with_edition(session: ViewerSession, edition: TextEdition) -> None:
    """End what runs on an edition that gives way to another: comments are for that one. The mail that tells of the
    other edition says so; networks have one of their own."""
    for found in queries.rounds_of(session, edition.id):
        if is_running(found):
            _close(session, found)


def _close(session: ViewerSession, found: CommentRound) -> None:
    lock(session, found)
    found.closed_at = clock.now()
    session.flush()
    _tell_networks(session, found)
    _let_unnamed_be_read(session, found.id)
    record_round(session, "round of comments closed", found)
    session.flush()


def close_what_is_over(engine: Engine) -> int:
    """Record the end of every round whose hour has come, each in its own unit of work: from then on comments without a
    name are read. How many those were. Whether comments are taken does not wait for this."""
    with system_unit(engine, Reason.ARCHIVE, writes=False) as system:
        open_rounds = system.scalars(select(CommentRound).where(CommentRound.closed_at.is_(None))).all()
        over = [one.id for one in open_rounds if deadline_of(one).at <= clock.now()]
    return sum(_close_one(engine, key) for key in over)


def _close_one(engine: Engine, key: UUID) -> bool:
    try:
        with system_unit(engine, Reason.ARCHIVE) as system:
            wanted = select(CommentRound).where(CommentRound.id == key).with_for_update(skip_locked=True)
            found = system.scalar(wanted)
            if found is None or found.closed_at is not None or deadline_of(found).at > clock.now():
                return False
            found.closed_at = deadline_of(found).at
            system.flush()
            _let_unnamed_be_read(system, found.id)
            return True
    except Exception:  # the others have their hour too
        log.exception("the end of a round was not recorded", round=str(key))
        return False


def answer(
    session: ViewerSession,
    found: CommentRound,
    comment: Comment | UnnamedComment | NetworkComment,
    became: Became,
    word: LocalText | None,
) -> None:
    """Say what became of a comment, to whoever reads it. Raises NotAllowed, Refused."""
    require(policy.may_keep_round(session.viewer, found))
    comment.became, comment.answer = became, word
    session.flush()
    if not isinstance(comment, UnnamedComment):
        record_round(session, "comment answered", found, comment, became=became.value)
    if isinstance(comment, NetworkComment):
        networks.tell_what_became(session, comment)
    session.flush()


def _tell_networks(session: Session, found: CommentRound) -> None:
    """What is opened to networks is kept true: the end of the round is that of their time, and they are told."""
    opened = network_queries.opened_of(session, found.id)
    told = [one for one in opened if one.closed_at is None]
    for one in opened:
        one.ends_on, one.ends_hour, one.zone = found.ends_on, found.ends_hour, found.zone
        one.closed_at = one.closed_at or found.closed_at
    session.flush()
    for one in told:
        networks.tell_end(session, one)


def _tell_end(session: Session, found: CommentRound) -> None:
    """That a round ends at another hour than was written: to those who were asked, once for each end."""
    about = END_NOW if found.closed_at is not None else deadline_of(found).at.isoformat()
    document = found.edition.document
    for one in whom_it_asks(session, document):
        outbox.put(
            session,
            ENDS,
            key=f"{ENDS}:{found.id}:{about}:{one.person}:{one.hat}",
            process=document.process,
            track=document.track,
            person=one.person,
            hat=one.hat,
            subject={"round": found.id, "about": about, "alternate": one.is_alternate},
        )


def _check_running(found: CommentRound) -> None:
    if not is_running(found):
        raise Refused(_("This round of comments is over."))


def _let_unnamed_be_read(session: Session, found: UUID) -> None:
    """From now on by whoever reads the edition: all at once, so that none tells when it was sent."""
    with system_access(session, Reason.LABELLING) as system:
        waiting = system.scalars(select(UnnamedComment).where(UnnamedComment.round_id == found)).all()
        for one in waiting:
            relabel(system, one, (), why="the round is over")
