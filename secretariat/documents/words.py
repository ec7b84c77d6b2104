"""Documents in words, in the reader's language."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.languages.words import number_text
from secretariat.documents.models import DocumentState, ListState, Revision, VersionState
from secretariat.documents.sniffing import LONGEST_NAME, Problem

KIND: dict[str, Any] = {
    "agenda": lazy_pgettext("document", "Agenda"),
    "working_paper": lazy_pgettext("document", "Working paper"),
    "conference_room_paper": lazy_pgettext("document", "Conference room paper"),
    "non_paper": lazy_pgettext("document", "Non-paper"),
    "information_note": lazy_pgettext("document", "Information note"),
    "report": lazy_pgettext("document", "Report"),
    "declaration": lazy_pgettext("document", "Declaration"),
    "guidelines": lazy_pgettext("document", "Guidelines"),
    "common_paper": lazy_pgettext("document", "Common paper for an outside forum"),
    "statement": lazy_pgettext("document", "Statement"),
    "letter": lazy_pgettext("document", "Letter"),
    "other": lazy_pgettext("document", "Other document"),
}
STATE: dict[DocumentState, Any] = {
    DocumentState.PREPARED: _l("Being prepared"),
    DocumentState.SUBMITTED: lazy_pgettext("document", "Sent in, awaiting an answer"),
    DocumentState.RETURNED: _l("Not taken up this time"),
    DocumentState.DRAFT: lazy_pgettext("document", "Draft"),
    DocumentState.ISSUED: lazy_pgettext("document", "Issued"),
    DocumentState.SUPERSEDED: lazy_pgettext("document", "Superseded"),
    DocumentState.WITHDRAWN: lazy_pgettext("document", "Withdrawn"),
}
REVISION: dict[Revision, Any] = {
    Revision.FIRST: lazy_pgettext("document", "First version"),
    Revision.REV: lazy_pgettext("document", "Revision"),
    Revision.CORR: lazy_pgettext("document", "Corrigendum"),
    Revision.ADD: lazy_pgettext("document", "Addendum"),
}
REVISION_MEANS: dict[Revision, Any] = {
    Revision.REV: _l("Revision: takes the place of the text there is (Rev.)"),
    Revision.CORR: _l("Corrigendum: corrects single words of it (Corr.)"),
    Revision.ADD: _l("Addendum: adds to it (Add.)"),
}
LIST: dict[ListState, Any] = {
    ListState.LOOKED_AT: _l("Looked at, waits for your word"),
    ListState.CONFIRMED: _l("Coming in"),
    ListState.DONE: _l("Gone through"),
}
COLUMN: dict[str, Any] = {
    "file": _l("File"),
    "title": _l("Title"),
    "language": _l("Language"),
    "kind": _l("Kind"),
    "symbol": _l("Symbol"),
    "date": _l("Date"),
    "body": _l("Body"),
    "level": _l("Who reads it"),
    "author": _l("Author"),
    "meeting": _l("Meeting"),
    "meeting_date": _l("First day of the meeting"),
    "item": _l("Agenda item"),
}
"""Columns of a list of old papers."""
VERSION: dict[VersionState, Any] = {
    VersionState.ORIGINAL: lazy_pgettext("language version", "Original"),
    VersionState.AWAITED: lazy_pgettext("language version", "Awaited"),
    VersionState.FINAL: lazy_pgettext("language version", "Final"),
    VersionState.NOT_MADE: lazy_pgettext("language version", "Awaited no more: the paper was released without it"),
}
FILE_TYPE = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "text/plain": "TXT",
}


def problem_in_words(problem: Problem, *, largest_mb: int) -> str:
    """Why a file is not taken and what to do, in a sentence."""
    if problem is Problem.EMPTY:
        return _("This file is empty. Choose the one that holds the text.")
    if problem is Problem.TOO_LARGE:
        return _(
            "This file is larger than %(most)s MB. Save it with smaller pictures, or as several documents.",
            most=largest_mb,
        )
    if problem is Problem.LONG_NAME:
        return _(
            "The name of this file is very long. Give it one of at most %(most)s characters and choose it again.",
            most=LONGEST_NAME,
        )
    if problem is Problem.NOT_WHAT_IT_SAYS:
        return _(
            "This file is not what its name says. Open it, save it anew as PDF, DOCX, ODT, XLSX, PPTX or plain text, "
            "and choose that one."
        )
    if problem is Problem.ENCRYPTED:
        return _("This file is locked with a password. Save it without one and choose it again.")
    if problem is Problem.BROKEN:
        return _("This file is damaged and cannot be opened. Save it anew where it comes from and choose it again.")
    if problem is Problem.HOLDS_PROGRAMS:
        return _("This file holds macros, which are programs. Save it without them and choose it again.")
    return _("A file of this type is not kept here. Save it as PDF, DOCX, ODT, XLSX, PPTX or plain text.")


def kind_in_words(kind: str) -> str:
    """A kind in words; one that only a source knows stays as it is written there."""
    return str(KIND.get(kind, kind.replace("_", " ")))


def size_in_words(size: int) -> str:
    """`312 kB`, `4.2 MB`."""
    if size < 1_000_000:
        return _("%(number)s kB", number=number_text(max(1, round(size / 1000))))
    return _("%(number)s MB", number=number_text(round(size / 1_000_000, 1)))


def file_in_words(file: Any) -> str:
    """`PDF, 312 kB`."""
    kind = FILE_TYPE.get(file.media_type, file.media_type)
    return _("%(type)s, %(size)s", type=kind, size=size_in_words(file.size))
