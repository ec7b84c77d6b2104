"""Asking for a pack, fetching it, and throwing it away when its time has come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.languages import told_reading
from secretariat.core.models import Job, JobState
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_unit
from secretariat.documents.models import Document
from secretariat.jobs import service as jobs
from secretariat.meetings.models import Meeting
from secretariat.packs import policy, queries
from secretariat.packs.contents import Part, parts_of
from secretariat.packs.models import Pack, PackForm
from secretariat.processes import clauses

WORK = "pack"
KEPT = timedelta(days=7)
"""So long a pack can be fetched; made anew it is the papers of that day."""
MOST_UNDER_WAY = 3
"""Packs of one person that are being made at once."""


def ask(session: ViewerSession, meeting: Meeting, language: str, form: PackForm) -> Pack:
    """Have a pack made. One of the same kind that is being made already is given back; one that was made before gives
    way. Raises NotAllowed; Refused where too many are under way, or where there is nothing to put into one."""
    require(policy.may_ask(session.viewer))
    person = session.viewer.person
    assert person is not None
    for one in queries.packs_of(session, meeting.id):
        if (one.language, one.form) == (language, form):
            if one.made_at is None and _is_under_way(session, one):
                return one
            session.delete(one)
    if not queries.papers_of(session, meeting.id, language):
        raise Refused(_("No paper of this meeting is out yet."))
    _check_measure(session)
    pack = Pack(
        meeting_id=meeting.id,
        person_id=person,
        hat=str(session.viewer.hat),
        language=language,
        form=form,
        asked_at=clock.now(),
        parts={},
    )
    own = clauses.named(meeting.process, meeting.track, audience=[clauses.person(person)])
    attach(session, pack, [own], container=meeting)
    session.flush()
    told = {
        "kind": meeting.__tablename__,
        "thing": str(meeting.id),
        "pack": str(pack.id),
        **told_reading(),
        "language": language,
    }
    pack.job_id = jobs.ask(session, WORK, meeting.process, meeting.track, told, about=meeting).id
    session.flush()
    return pack


def _check_measure(session: ViewerSession) -> None:
    under_way = queries.jobs_unfinished(session)
    waiting = select(Job.id).where(Job.id.in_(under_way), Job.state.in_((JobState.WAITING, JobState.RUNNING)))
    if len(session.scalars(waiting).all()) >= MOST_UNDER_WAY:
        raise Refused(_("Several packs are being made for you already. Wait for one of them first."))


def _is_under_way(session: ViewerSession, pack: Pack) -> bool:
    job = queries.job_of(session, pack)
    return job is not None and job.state in (JobState.WAITING, JobState.RUNNING)


def may_have(session: ViewerSession, pack: Pack) -> bool:
    """Whether the reader may have a pack as it was made, by the rights of now."""
    parts = parts_of(pack.parts)
    return policy.still_may_have(session.viewer, parts, documents_in(session, parts), texts_in(session, parts.values()))


def documents_in(session: ViewerSession, parts: Iterable[UUID]) -> list[Document]:
    """The documents of a pack the reader reads now."""
    return list(queries.documents_among(session, parts))


def texts_in(session: ViewerSession, parts: Iterable[Part]) -> set[UUID]:
    """The files, editions and items of the agenda of a pack the reader reads now."""
    every = list(parts)
    return queries.readable_texts(
        session,
        [UUID(one.file) for one in every if one.file is not None],
        [UUID(one.edition) for one in every if one.edition is not None],
        [UUID(one.item) for one in every if one.item is not None],
    )


def come_since(session: ViewerSession, pack: Pack) -> int:
    """How many papers came out, or changed, since a pack was made."""
    parts = parts_of(pack.parts)
    papers = queries.papers_of(session, pack.meeting_id, pack.language)
    return sum(1 for one in papers if one.document not in parts or not parts[one.document].is_of(one))


def forget(engine: Engine) -> None:
    """Throw away packs whose time has come, and those that never were made."""
    before = clock.now() - KEPT
    with system_unit(engine, Reason.FILES) as system:
        old = or_(Pack.made_at < before, Pack.made_at.is_(None) & (Pack.asked_at < before))
        for one in system.scalars(select(Pack).where(old)).all():
            system.delete(one)


def files_named(session: Session) -> Iterator[str]:
    """The files that packs and pieces of packs lie in."""
    for key, parts in session.execute(select(Pack.key, Pack.parts)):
        if key is not None:
            yield key
        yield from (one["key"] for one in parts.values() if one.get("key"))
