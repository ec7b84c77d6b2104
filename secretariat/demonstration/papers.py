"""The demonstration's documents: small real files, set by the product's own prints as an officer would make them.

Most are DOCX, which needs nothing of the machine and takes a twentieth of the time of a PDF. The revised agenda is PDF
where this machine can make one, so that a pack of the meeting has pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from secretariat.core.labels import Clause
from secretariat.core.languages import reading_in
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.demonstration import content
from secretariat.documents import service
from secretariat.documents.models import Document, Revision
from secretariat.documents.service import Asked, Particulars, Place, Received
from secretariat.documents.storage import Storage
from secretariat.jobs import papers
from secretariat.meetings.models import Meeting
from secretariat.meetings.works import AGENDA
from secretariat.plans.works import PLAN
from secretariat.prints.libraries import missing_packages
from secretariat.processes import clauses
from secretariat.processes.models import Track

LANGUAGES = ("en", "es")
TRANSLATED_WORDS = 1200


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files are laid, how large they may be, and the zone in which papers are set."""

    storage: Storage
    largest: int
    zone: str = "America/Costa_Rica"

    def printed(self, session: ViewerSession, paper: str, thing: UUID, language: str, form: str) -> Received:
        """A paper of the product in one language, as a file in the storage."""
        with reading_in(language, self.zone):
            sheet = papers.sheet_of(session, paper, thing)
            if sheet is None:
                raise LookupError(f"the demonstration cannot print {paper}")
            made = papers.made(paper, sheet, form)
        return service.receive(
            self.storage, BytesIO(made.content), made.name, size=len(made.content), largest=self.largest
        )


def agenda_of(session: ViewerSession, desk: Desk, meeting: Meeting) -> Document:
    """The agenda of a meeting, issued in both languages."""
    document = _drafted(session, _place(meeting), content.AGENDA_PAPER, "agenda")
    _bring(session, desk, document, AGENDA, meeting.id, LANGUAGES)
    service.issue(session, document)
    return document


def revised_agenda_of(session: ViewerSession, desk: Desk, meeting: Meeting, before: Document) -> None:
    """What takes its place once something has changed."""
    document = service.revise(session, before, Revision.REV, content.AGENDA_PAPER)
    form = papers.DOCX if missing_packages() else papers.PDF
    _bring(session, desk, document, AGENDA, meeting.id, LANGUAGES, form)
    service.issue(session, document)


def state_of_plan(session: ViewerSession, desk: Desk, meeting: Meeting, plan: UUID, due_on: date) -> None:
    """A working paper, out in English; its Spanish is with a translator."""
    document = _drafted(session, _place(meeting), content.STATE_OF_PLAN, "working_paper")
    _bring(session, desk, document, PLAN, plan, ("en",))
    asked = Asked(translator=content.TRANSLATOR, word_count=TRANSLATED_WORDS, due_on=due_on)
    service.add_version(session, document, "es", asked)
    service.issue(session, document)


def note_for_later(session: ViewerSession, desk: Desk, track: Track, plan: UUID, release_on: date) -> None:
    """An information note that has its symbol and waits for its day."""
    place = Place(process=track.process, track=track)
    document = _drafted(session, place, content.NOTE_FOR_LATER, "information_note", release_on=release_on)
    _bring(session, desk, document, PLAN, plan, ("en",))
    service.issue(session, document)


def plan_for_all(session: ViewerSession, desk: Desk, track: Track, plan: UUID) -> None:
    """The plan as it was adopted, for all participants."""
    readers = frozenset({clauses.participants_of(track.process, track)})
    place = Place(process=track.process, track=track)
    document = _drafted(session, place, content.PLAN_TITLE, "declaration", readers=readers)
    _bring(session, desk, document, PLAN, plan, LANGUAGES)
    service.issue(session, document)


def _place(meeting: Meeting) -> Place:
    return Place(process=meeting.process, track=meeting.track, body=meeting.body, meeting=meeting)


def _drafted(
    session: ViewerSession, place: Place, title: LocalText, kind: str, *, readers: frozenset[Clause] = frozenset(),
    **more: Any,
) -> Document:  # fmt: skip
    return service.add_document(session, place, Particulars(title=title, kind=kind, readers=readers, **more))


def _bring(
    session: ViewerSession, desk: Desk, document: Document, paper: str, thing: UUID, languages: Sequence[str],
    form: str = papers.DOCX,
) -> None:  # fmt: skip
    for place, language in enumerate(languages):
        file = desk.printed(session, paper, thing, language, form)
        service.add_version(session, document, language, Asked(), file, is_original=not place)
