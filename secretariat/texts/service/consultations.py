"""A text opened to the public by an officer, with the members' decision on record; what became of what it says; and the
response, which everybody reads and those who commented are written to about once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select

from secretariat.core import after_commit, audit, clock
from secretariat.core.labelling import attach, renew
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access, system_unit
from secretariat.core.viewer import NOBODY
from secretariat.mail import links, outbox
from secretariat.processes import clauses as clauses_of
from secretariat.texts import consultation_queries, policy
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter
from secretariat.texts.consulting import CONFIRM_WITHIN, Response, erased_at, gathered
from secretariat.texts.deadline import Deadline
from secretariat.texts.editions import Content
from secretariat.texts.models import Became, TextEdition
from secretariat.texts.service import state
from secretariat.texts.service.record import for_secretariat

RESPONSE = "public_response"
"""The mail to each who commented: the response is published."""
TELL = "worker.tasks.tell_of_responses"
"""The task that puts these mails."""
A_BATCH = 200


def locked(system: SystemSession, key: UUID) -> PublicConsultation:
    """A consultation whose row is held: what is confirmed or withdrawn and the response come one after the other."""
    return system.scalars(select(PublicConsultation).where(PublicConsultation.id == key).with_for_update()).one()


def deadline_of(found: PublicConsultation) -> Deadline:
    """Until when the public is asked."""
    return Deadline(found.ends_on, found.ends_hour, found.zone)


def ended_at(found: PublicConsultation) -> datetime:
    """When it is or was over: at its hour, or when it was ended before."""
    return min(one for one in (deadline_of(found).at, found.closed_at, found.taken_back_at) if one is not None)


def is_running(found: PublicConsultation, at: datetime | None = None) -> bool:
    """Whether comments are taken that came in at this moment."""
    return (at or clock.now()) < ended_at(found)


def response_of(found: PublicConsultation) -> Response | None:
    """The response, once it is published."""
    return Response.from_json(found.response) if found.response and found.responded_at else None


def open_to_public(
    session: ViewerSession,
    edition: TextEdition,
    ends: Deadline,
    *,
    decision: str,
    about: LocalText | None = None,
    for_readers: bool = False,
) -> PublicConsultation:
    """Let everybody read a copy of an edition and comment on it. Raises NotAllowed, Refused."""
    document = edition.document
    require(policy.may_open_to_public(session.viewer, document))
    if not document.process.public_page:
        raise Refused(_("The process has no public page; the members decide on that first."))
    if not decision:
        raise Refused(_("Say by which decision the members let everybody read this text."), "decision")
    ends.check(clock.now())
    state.lock(session, edition.text_id)
    if any(is_running(one) for one in consultation_queries.consultations_on(session, edition.id)):
        raise Refused(_("This text is open to the public already; change the end of that consultation instead."))
    made = PublicConsultation(
        process_id=document.process_id,
        track_id=document.track_id,
        edition_id=edition.id,
        title=document.title,
        about=about,
        content=edition.content,
        for_readers=for_readers,
        opened_at=clock.now(),
        ends_on=ends.on,
        ends_hour=ends.hour,
        zone=ends.zone,
    )
    attach(session, made, [clauses_of.public(document.process)], container=document.process)
    session.flush()
    _record(session, "text opened to the public", made, decision=decision, ends=ends.at.isoformat())
    session.flush()
    return made


def change_end(session: ViewerSession, found: PublicConsultation, ends: Deadline) -> None:
    """Give a consultation that goes on another end. Raises NotAllowed, Refused."""
    require(policy.may_keep_consultation(session.viewer, found))
    _check_running(found)
    ends.check(clock.now())
    found.ends_on, found.ends_hour, found.zone = ends.on, ends.hour, ends.zone
    session.flush()
    _record(session, "end of a consultation changed", found, ends=ends.at.isoformat())
    session.flush()


def end_now(session: ViewerSession, found: PublicConsultation) -> None:
    """Take no more comments from now on; the text stays where it is read. Raises NotAllowed, Refused."""
    require(policy.may_keep_consultation(session.viewer, found))
    _check_running(found)
    found.closed_at = clock.now()
    session.flush()
    _record(session, "consultation ended", found)
    session.flush()


def take_back(session: ViewerSession, found: PublicConsultation) -> None:
    """Show the text to the public no more and take nothing more; what was said stays with those who read it.

    Raises NotAllowed; Refused once the response is published, or where it was taken back.
    """
    require(policy.may_keep_consultation(session.viewer, found))
    if found.taken_back_at is not None:
        raise Refused(_("This consultation was taken back already."))
    if found.responded_at is not None:
        raise Refused(_("The response is published; what everybody has read cannot be taken back."))
    found.taken_back_at = clock.now()
    found.content = replace(Content.from_json(found.content), pieces=()).to_json()
    session.flush()
    _record(session, "consultation taken back", found)
    session.flush()


def answer(
    session: ViewerSession,
    found: PublicConsultation,
    comments: Collection[PublicComment],
    became: Became,
    word: LocalText | None,
) -> None:
    """Say what became of some comments alike. Everybody reads it once the response is published.

    Raises NotAllowed; Refused where it is published, or none is chosen.
    """
    require(policy.may_keep_consultation(session.viewer, found))
    _check_no_response(found)
    if not comments:
        raise Refused(_("Choose the comments this is said of."), "comments")
    for one in comments:
        require(one.consultation_id == found.id and one.confirmed_at is not None)
        one.became, one.answer = became, word
    session.flush()
    for one in comments:
        renew(session, one, why="what became of it was said")
    _record(session, "comments of the public answered", found, number=len(comments), became=became.value)
    session.flush()


def would_respond(session: ViewerSession, found: PublicConsultation, word: LocalText | None) -> Response:
    """The response as everybody would read it now."""
    said = consultation_queries.said_of(session, consultation=found.id)
    content = Content.from_json(found.content)
    return gathered(
        said,
        [one.id for one in content.pieces],
        word=word,
        writers=consultation_queries.writers_counted(session, found.id),
        organizations=[one.organization for one in said],
    )


def publish_response(session: ViewerSession, found: PublicConsultation, word: LocalText | None) -> Response:
    """Let everybody read what became of the comments; each who commented is written to once.

    Raises NotAllowed; Refused before the end, twice, and while comments are not answered.
    """
    require(policy.may_keep_consultation(session.viewer, found))
    if found.taken_back_at is not None:
        raise Refused(_("This consultation was taken back; there is nothing to respond to in public."))
    with system_access(session, Reason.CONSULTATION) as system:
        locked(system, found.id)
    if is_running(found):
        raise Refused(_("Comments are still taken; the response is published once the consultation is over."))
    _check_no_response(found)
    waiting = consultation_queries.unanswered(session, found.id)
    if waiting:
        raise Refused(
            ngettext(
                "Of %(num)s comment it is not said yet what became of it.",
                "Of %(num)s comments it is not said yet what became of them.",
                waiting,
            )
        )
    made = would_respond(session, found, word)
    found.response, found.responded_at = made.to_json(), clock.now()
    session.flush()
    _record(session, "response to a consultation published", found, writers=made.writers, comments=made.comments)
    after_commit.start(session, TELL)
    session.flush()
    return made


# --- what the worker does -----------------------------------------------------------------------------------------


def tell_of_responses(engine: Engine) -> int:
    """Write to each who commented that the response is there; how many mails were put. Done twice it puts none."""
    put = 0
    while True:
        with system_unit(engine, Reason.CONSULTATION) as system:
            now = _tell_some(system)
        if not now:
            return put
        put += now


def _tell_some(system: SystemSession) -> int:
    wanted = select(PublicConsultation).where(
        PublicConsultation.responded_at.is_not(None), PublicConsultation.told_at.is_(None)
    )
    found = system.scalar(wanted.order_by(PublicConsultation.responded_at).limit(1).with_for_update(skip_locked=True))
    if found is None:
        return 0
    writers = _to_tell(system, found)
    for one in writers:
        outbox.put(
            system,
            RESPONSE,
            key=f"{RESPONSE}:{one.id}",
            process=found.process,
            track=found.track,
            person=one.writer_id,
            hat=NOBODY,
            subject={"consultation": found.id},
        )
        one.told_at = clock.now()
    if len(writers) < A_BATCH:
        found.told_at = clock.now()
    return len(writers)


def _to_tell(system: SystemSession, found: PublicConsultation) -> Sequence[PublicWriter]:
    return system.scalars(
        select(PublicWriter)
        .where(
            PublicWriter.consultation_id == found.id,
            PublicWriter.confirmed_at.is_not(None),
            PublicWriter.told_at.is_(None),
        )
        .order_by(PublicWriter.id)
        .limit(A_BATCH)
    ).all()


def erase_what_is_over(system: SystemSession) -> int:
    """Erase what nobody confirmed in time, and names and addresses whose time has passed; of how many persons. What was
    said and counted stays, without who said it. Done twice it does nothing more."""
    now, erased = clock.now(), 0
    late = PublicWriter.confirmed_at.is_(None) & (PublicWriter.written_at <= now - CONFIRM_WITHIN)
    for one in system.scalars(select(PublicWriter).where(late)).all():
        erase(system, one, words_too=True)
        erased += 1
    for found in system.scalars(select(PublicConsultation).where(PublicConsultation.erased_at.is_(None))).all():
        if erased_at(ended_at(found), found.responded_at or found.taken_back_at) > now:
            continue
        for one in system.scalars(select(PublicWriter).where(PublicWriter.consultation_id == found.id)).all():
            erase(system, one, words_too=one.confirmed_at is None)
            erased += 1
        found.erased_at = now
    system.flush()
    return erased


def erase(system: SystemSession, writer: PublicWriter, *, words_too: bool) -> None:
    """Take away who has commented, and what was said with it or the trace that leads from one to the other; no link of
    theirs opens any more."""
    for one in system.scalars(select(PublicComment).where(PublicComment.source_id == writer.id)).all():
        if words_too:
            system.delete(one)
        else:
            one.source_id = None
    links.revoke(system, person=writer.writer_id)
    system.delete(writer)
    system.flush()


# --- single steps -------------------------------------------------------------------------------------------------


def _check_running(found: PublicConsultation) -> None:
    if not is_running(found):
        raise Refused(_("This consultation is over."))


def _check_no_response(found: PublicConsultation) -> None:
    if found.responded_at is not None:
        raise Refused(_("The response is published already."))


def _record(session: ViewerSession, kind: str, found: PublicConsultation, **content: Any) -> None:
    process, track = found.process, found.track
    audit.record(
        session,
        kind,
        chain=audit.chain_name(process.slug, track.slug),
        clauses=[for_secretariat(process, track)],
        subject=found,
        content=content,
    )
