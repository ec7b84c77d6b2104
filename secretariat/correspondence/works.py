"""The papers of correspondence: the contact list, a circular."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.languages import current_reading
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.correspondence import (
    contacts_out,  # noqa: F401 - the contact list enters its paper itself
    queries,
)
from secretariat.correspondence.models import Circular
from secretariat.correspondence.service import registering
from secretariat.documents import service as documents
from secretariat.jobs import papers
from secretariat.prints.sheet import Head, Issuer, Sheet, set_sheet

CIRCULAR_PAPER = "circular"


def circular_paper(session: ViewerSession, circular_id: UUID) -> Sheet | None:
    """The letter as its reader reads it, with what goes with it for this reader."""
    one = queries.circular_by_id(session, circular_id)
    if one is None:
        return None
    language = current_reading().language.code
    words, words_in = one.words.in_language(language)
    head = Head(local_text(one.title), symbol=one.symbol or "", issued=one.sent_at)
    enclosed = queries.enclosures(session, one.id, language)
    return set_sheet(
        session,
        "circular",
        one,
        issuer_of(one),
        head,
        one=one,
        paragraphs=[each.strip() for each in words.split("\n\n") if each.strip()],
        words_in=words_in,
        documents=[each.document for each in enclosed],
    )


def issuer_of(one: Circular) -> Issuer:
    """The process a letter is from, on its side."""
    return Issuer(one.process_id, one.process.acronym, local_text(one.process.name), one.track.kind.value)


papers.register(CIRCULAR_PAPER, _l("Circular"), circular_paper, file="circular")
documents.named_also(registering.files_named)
