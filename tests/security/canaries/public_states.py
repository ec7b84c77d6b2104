"""What must be the case of what the public is asked about before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.session import SystemSession
from secretariat.documents.models import Document
from secretariat.mail.lent import a_colleague
from secretariat.processes.models import Process
from secretariat.texts.consultation_models import PublicComment, PublicConsultation, PublicWriter
from secretariat.texts.models import Became, TextEdition
from tests.security.canaries import states
from tests.security.canaries.world import World


def can_be_opened(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The edition stands and is read, its process has a public page, and it is open to the public nowhere."""
    states.round_can_be_opened(session, world, parts)
    document = session.get(Document, UUID(parts["document_id"]))
    if document is not None:
        session.get_one(Process, document.process_id).public_page_since = date(2026, 1, 1)
        edition = select(TextEdition.id).where(TextEdition.document_id == document.id).scalar_subquery()
        on_it = update(PublicConsultation).where(PublicConsultation.edition_id == edition)
        session.execute(on_it.values(closed_at=clock.now()))


def is_commented_on(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Somebody has said something of the text as a whole, and it is not said what became of it."""
    found = session.get(PublicConsultation, UUID(parts["consultation_id"]))
    if found is not None:
        edition = session.get_one(TextEdition, found.edition_id)
        said = PublicComment(
            edition_id=edition.id, consultation_id=found.id, language="en", words="A step", confirmed_at=clock.now()
        )
        attach(session, said, container=edition)
        session.flush()


def is_over_and_answered(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It is over, and it is said of each comment what became of it."""
    found = session.get(PublicConsultation, UUID(parts["consultation_id"]))
    if found is not None:
        found.closed_at = clock.now()
        of_it = update(PublicComment).where(PublicComment.consultation_id == found.id)
        session.execute(of_it.values(became=Became.TAKEN_UP))


def holder_has_written(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Whoever holds the link has commented on the text, and has not confirmed it."""
    link = world.links.get(parts.get("token", ""))
    holder = world.officials.get(link.role) if link is not None else None
    if link is None or holder is None or not link.subjects:
        return
    writer = session.scalar(select(PublicWriter).where(PublicWriter.consultation_id == link.subjects[0]))
    if writer is not None:
        writes_as(session, writer, holder.person, confirmed=False)


def writes_as(session: SystemSession, writer: PublicWriter, person: UUID, *, confirmed: bool) -> None:
    """From now on it was this person who wrote, and nobody else's words are this person's."""
    before = session.scalar(select(PublicWriter).where(PublicWriter.writer_id == person))
    if before is not None and before.id != writer.id:
        before.writer_id = a_colleague(session)
        session.flush()
    writer.writer_id = person
    writer.confirmed_at = clock.now() if confirmed else None
    session.flush()
