"""Language versions: asking for one, bringing it, changing who translates it by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import HatKind
from secretariat.directory import queries as directory
from secretariat.documents import frozen, policy
from secretariat.documents.models import Document, DocumentVersion, VersionState
from secretariat.documents.service.files import Received, put_in
from secretariat.documents.service.record import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who brings a language version by when: a name, a person of the process, or nobody known yet."""

    translator: str = ""
    translator_person: UUID | None = None
    word_count: int | None = None
    due_on: date | None = None


def add_version(
    session: ViewerSession,
    document: Document,
    language: str,
    asked: Asked,
    received: Received | None = None,
    *,
    is_original: bool = False,
) -> DocumentVersion:
    """A document in one more language: with its file, or awaited. Raises NotAllowed, Refused."""
    require(policy.may_add_version(session.viewer, document))
    frozen.check(session, document)
    _check_language(document, language)
    _check(document, asked, received, is_original)
    version = put_version(session, document, language, asked, received, is_original=is_original)
    record(session, "language version added", document, version, language=language, awaited=received is None)
    session.flush()
    return version


def put_version(
    session: ViewerSession,
    document: Document,
    language: str,
    asked: Asked,
    received: Received | None,
    *,
    is_original: bool,
) -> DocumentVersion:
    """As `add_version`, for whoever has seen that it may be: the row, and its file if one has come."""
    version = DocumentVersion(
        document_id=document.id,
        language=language,
        position=_last_position(session, document) + 1,
        is_original=is_original,
        state=VersionState.AWAITED,
        asked_on=clock.today(document.process.zone),
    )
    _write(session, document, version, asked)
    attach(session, version, container=document)
    session.flush()
    if received is not None:
        put_in(session, version, received)
    session.expire(document, ["versions"])
    return version


def put_text_versions(session: ViewerSession, document: Document, languages: Sequence[str], original: str) -> None:
    """The languages of a document that is read as paragraphs: they are there, and have no files."""
    require(policy.may_change(session.viewer, document) and document.by_paragraph)
    for language in languages:
        version = put_version(session, document, language, Asked(), None, is_original=language == original)
        version.state = VersionState.ORIGINAL if language == original else VersionState.FINAL
    session.flush()


def _check_language(document: Document, language: str) -> None:
    if any(one.language == language for one in document.versions):
        raise Refused(_("It is there in this language, or awaited; see to that one."), "language")


def see_to_version(
    session: ViewerSession, document: Document, version: DocumentVersion, asked: Asked, received: Received | None = None
) -> None:
    """Bring the file of a version, or change who brings it by when. Raises NotAllowed, Refused."""
    require(policy.may_see_to_version(session.viewer, document, version))
    if received is not None or version.state is VersionState.NOT_MADE:
        frozen.check(session, document)
    if version.state is VersionState.AWAITED:
        _check(document, asked, received, version.is_original, before=version.due_on)
        _write(session, document, version, asked)
    if received is not None:
        put_in(session, version, received)
    record(
        session, "language version brought" if received else "language version changed", document, version,
        language=version.language,
    )  # fmt: skip
    session.flush()


def await_no_more(session: ViewerSession, document: Document) -> list[str]:
    """Of a paper that was released no language is awaited any more; which ones were. Called by who has released it."""
    left = [one for one in document.versions if one.state is VersionState.AWAITED]
    for one in left:
        one.state = VersionState.NOT_MADE
    session.flush()
    for one in left:
        record(session, "language version awaited no more", document, one, language=one.language)
    session.flush()
    return [one.language for one in left]


def _check(
    document: Document, asked: Asked, received: Received | None, is_original: bool, *, before: date | None = None
) -> None:
    """What is awaited is awaited by a day to come; one that has passed meanwhile may stay. Raises Refused."""
    if received is None and asked.due_on not in (None, before) and asked.due_on < clock.today(document.process.zone):
        raise Refused(_("That day is past; give one to come"), "due_on")
    if received is None and asked.due_on is None:
        raise Refused(
            _("Choose the file, or give the day by which it is awaited.")
            if is_original
            else _("Choose the file, or give the day by which the translation is awaited."),
            "due_on",
        )


def _write(session: ViewerSession, document: Document, version: DocumentVersion, asked: Asked) -> None:
    version.translator, version.word_count, version.due_on = asked.translator, asked.word_count, asked.due_on
    version.translator_person_id = asked.translator_person
    version.translator_of_id = _acts_for(session, document, asked.translator_person)


def _acts_for(session: ViewerSession, document: Document, person: UUID | None) -> UUID | None:
    """The participant a translator acts for in the process; of an officer of the secretariat there is none."""
    if person is None:
        return None
    on = clock.today(document.process.zone)
    held = directory.appointments_on(session, document.process_id, on, track=document.track_id)
    hats = [one.acts_as for one in held if one.person_id == person]
    return next((hat.id for hat in hats if hat.kind is HatKind.PARTICIPANT), None)


def _last_position(session: ViewerSession, document: Document) -> int:
    with system_access(session, Reason.NUMBERING) as system:
        last = select(func.max(DocumentVersion.position)).where(DocumentVersion.document_id == document.id)
        return system.scalar(last) or 0
