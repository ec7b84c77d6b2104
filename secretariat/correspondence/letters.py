"""The mails of correspondence: a circular, as each of its readers reads it."""

from __future__ import annotations

from pathlib import PurePath

import structlog
from sqlalchemy.orm import Session

from secretariat.core.labelling import label_values_met
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.correspondence import queries
from secretariat.correspondence.queries import Enclosure
from secretariat.correspondence.service.circulars import CIRCULAR
from secretariat.documents import storage
from secretariat.mail import composition
from secretariat.mail.composition import Attachment, Letter, Sending

log = structlog.get_logger()

LINK_DAYS = 90
MOST_ATTACHED = 8 * 1024 * 1024
"""Bytes of files one mail carries; what is beyond stands behind its page. Many relays take no more."""


def circular(session: Session, sending: Sending) -> Letter | None:
    """The letter with what goes with it for this reader; nothing says that there is more for others."""
    one = queries.circular_by_id(session, sending.id_of("circular"))
    if one is None or one.sent_at is None:
        return None
    words, language = one.words.in_language(sending.recipient.language)
    enclosed = queries.enclosures(session, one.id, sending.recipient.language)
    attached, beside = _attached(session, sending, enclosed)
    return sending.letter(
        _("A circular"),
        among=True,
        thread=str(one.id),
        attachments=attached.values(),
        circular=one,
        documents=[each.document for each in enclosed],
        paragraphs=[each.strip() for each in words.split("\n\n") if each.strip()],
        words_in=language,
        own_language=language == sending.recipient.language,
        enclosed=[each for each in enclosed if each.document.id in attached],
        beside=[(each, sending.page(f"/documents/{each.document.id}")) for each in beside],
        link=sending.link("circular", [one.id], days=LINK_DAYS),
    )


def _attached(
    session: Session, sending: Sending, enclosed: list[Enclosure]
) -> tuple[dict[object, Attachment], list[Enclosure]]:
    """The files that travel with the mail, and what is read on its page instead: what is for named readers leaves no
    trace in a mailbox, and what has no file or is too heavy for a mail does not go."""
    labels = label_values_met(session, {one.document.label_id for one in enclosed})
    found: dict[object, Attachment] = {}
    beside, weight = [], 0
    for one in enclosed:
        fits = one.file is not None and weight + one.file.size <= MOST_ATTACHED
        if one.file is None or not fits or labels[one.document.label_id].level is Level.NAMED:
            beside.append(one)
            continue
        try:
            content = b"" if sending.preview else _content(sending, one.file.key)
        except (storage.FileLost, storage.StorageAway):
            log.warning("a file of a circular cannot be read", document=str(one.document.id))
            beside.append(one)
            continue
        weight += one.file.size
        found[one.document.id] = Attachment(_name(one), one.file.media_type, content)
    return found, beside


def _content(sending: Sending, key: str) -> bytes:
    with storage.storage_of(sending.settings).open(key) as file:
        return file.read()


def _name(one: Enclosure) -> str:
    """Its symbol and language, as when it is fetched from its page."""
    assert one.file is not None
    stem = (one.document.symbol or "document").replace("/", "-")
    return f"{stem}-{one.language}{PurePath(one.file.name).suffix.lower()[:10]}"


composition.register(CIRCULAR, circular, answerable=True)
