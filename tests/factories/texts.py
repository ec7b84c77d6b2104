"""Texts by paragraph, made through the services as a secretariat would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.texts import queries, service
from secretariat.texts.deadline import Deadline
from secretariat.texts.models import CommentRound, DraftText, TextEdition, TextParagraph
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.service import Particulars, Words
from tests.factories import documents

ZONE = "America/Panama"


def words(text: str, kind: ParagraphKind = ParagraphKind.OPERATIVE, depth: int = 1, **other: str) -> Words:
    """A paragraph in English, and in other languages by their codes."""
    return Words(kind=kind, depth=depth, words=LocalText({"en": text, **other}, "en"))


RECALLING = words("Recalling the vice-ministerial declaration of 2025", ParagraphKind.PREAMBLE)
RECEIVED = words("Returned children are received by trained staff within [two] [four] hours")
TOLD = words("Each child is told what happens next")


def begun(
    session: ViewerSession, paragraphs: Sequence[Words] = (RECALLING, RECEIVED, TOLD), **particulars: Any
) -> DraftText:
    """A declaration of the process, in English, with these paragraphs."""
    where = documents.place(
        session,
        particulars.pop("slug", "rcx"),
        body=particulars.pop("body", ""),
        meeting=particulars.pop("meeting", None),
    )
    given: dict[str, Any] = {
        "title": LocalText.of("Reception protocol"), "kind": "declaration", "original": "en", "languages": ["en"],
    }  # fmt: skip
    text = service.begin(session, where, Particulars(**{**given, **particulars}))
    service.add_paragraphs(session, text, paragraphs)
    return text


def again(session: ViewerSession, key: UUID) -> DraftText:
    """The text of this id under the session's eyes."""
    found = queries.text_by_id(session, key)
    assert found is not None
    return found


def paragraph(session: ViewerSession, text: DraftText, place: int) -> TextParagraph:
    """The paragraph at this place, the first being 0."""
    return queries.paragraphs_of(session, text.id)[place]


def circulated(session: ViewerSession, text: DraftText, *languages: str) -> TextEdition:
    """An edition of a text, in English unless other languages are named."""
    return service.circulate(session, text, languages or ("en",))


def in_hours(hours: float) -> Deadline:
    """An hour of Panama in so many hours, to the minute."""
    from zoneinfo import ZoneInfo

    wall = (clock.now() + timedelta(hours=hours)).astimezone(ZoneInfo(ZONE))
    return Deadline(wall.date(), time(wall.hour, wall.minute), ZONE)


def opened(session: ViewerSession, edition: TextEdition, **more: Any) -> CommentRound:
    """A round of comments that ends in two days."""
    return service.open_round(session, edition, more.pop("ends", in_hours(48)), **more)


def round_again(session: ViewerSession, key: UUID) -> CommentRound:
    """The round of this id under the session's eyes."""
    found = queries.round_by_id(session, key)
    assert found is not None
    return found
