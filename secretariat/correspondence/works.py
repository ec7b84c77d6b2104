"""The papers of correspondence: the contact list, a circular."""

from __future__ import annotations

from uuid import UUID

from secretariat.core.languages import current_reading, dates
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text, today
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.correspondence import (
    contacts_out,  # noqa: F401 - the contact list enters its paper itself
    letterheads,
    queries,
)
from secretariat.correspondence.circular_page import title_of
from secretariat.correspondence.models import Circular
from secretariat.correspondence.service import listing, putting, registering
from secretariat.directory import contact_list
from secretariat.documents import service as documents
from secretariat.jobs import kinds as jobs
from secretariat.jobs import papers
from secretariat.jobs.kinds import Result
from secretariat.mail.recipients import recipient_of
from secretariat.prints.sheet import Head, Issuer, Sheet, file_name, marking_of, set_sheet
from secretariat.processes.models import Process
from secretariat.processes.names import name_of

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


def on_letterhead(session: ViewerSession, one: Circular) -> Result | None:
    """The letter in Word on the letterhead of its track, as its reader reads it and is addressed; None without one."""
    viewer, language = session.viewer, current_reading().language.code
    words, _words_in = one.words.in_language(language)
    enclosed = queries.enclosures(session, one.id, language)
    with system_access(session, Reason.MAIL) as system:
        salutation = ""
        if viewer.person is not None:
            process = system.get(Process, one.process_id)
            salutation = recipient_of(system, viewer.person, viewer, process, one.track_id, spoken=language).salutation
    day = one.sent_at.date() if one.sent_at is not None else today()
    values = {
        "symbol": one.symbol or "",
        "date": dates.day_in_full(day, weekday=False),
        "addressee": name_of(session, viewer.participant, process=one.process_id),
        "salutation": salutation,
        "attachments": "\n".join(title_of(each.document) for each in enclosed),
        "copy": "",
        "process": local_text(one.process.name),
        "signature": contact_list.secretariat_words(one.track),
    }
    marking, copy_of = marking_of(session, one, issuer_of(one))
    letter = [each.strip() for each in words.split("\n\n") if each.strip()]
    content = putting.written_on(session, one.track_id, language, values, letter, marking, copy_of)
    if content is None:
        return None
    return Result(file_name("circular", one.symbol or "", today(), papers.DOCX), content, letterheads.MEDIA_TYPE)


def issuer_of(one: Circular) -> Issuer:
    """The process a letter is from, on its side."""
    return Issuer(one.process_id, one.process.acronym, local_text(one.process.name), one.track.kind.value)


papers.register(CIRCULAR_PAPER, _l("Circular"), circular_paper, file="circular")
documents.named_also(registering.files_named)
jobs.register_deed(listing.WORK, _l("A list of contacts brought in"), listing.bring_in)
