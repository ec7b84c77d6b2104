"""What correspondence awaits: of each person, once a year, that what is known of how to reach them is still right; of
each participant a circular went to, where it asks for it, a word that it is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import awaited
from secretariat.core.languages import LANGUAGES, reading_in
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.viewer import Hat, HatKind
from secretariat.correspondence import queries

DETAILS = "contact_card"
CIRCULAR = "circular"


def details(session: Session, process: UUID | None, participant: UUID | None, on: date) -> Iterable[awaited.Awaited]:
    """Cards whose owner is to look at them, each awaited of that person alone."""
    statement = queries.rows_of_cards_to_look_at(of_process=process is not None, of_participant=participant is not None)
    for row in dict.fromkeys(session.execute(statement, {"process": process, "on": on}).all()):
        hat = Hat.parse(row.hat)
        if hat.kind is not HatKind.PARTICIPANT or (participant is not None and hat.id != participant):
            continue
        yield awaited.Awaited(
            kind=DETAILS,
            subject=row.id,
            process=row.process_id,
            track=row.track_id,
            participant=hat.id,
            title=_title(),
            since=row.look_again_on,
            cycle=row.look_again_on.isoformat(),
            office=awaited.office_of(row.person_id),
        )


@cache
def _title() -> LocalText:
    """What is asked, in each language in which it may be read; the words are the product's and no secret."""
    texts = {}
    for language in LANGUAGES:
        with reading_in(language, "UTC"):
            texts[language] = _("Contact details: are they still right?")
    return LocalText(texts, "en")


def circulars(session: Session, process: UUID | None, participant: UUID | None, _on: date) -> Iterable[awaited.Awaited]:
    """Circulars of which a participant has not said that it has them. One is rung at once about an urgent one that
    nobody of the participant has opened."""
    statement = queries.rows_of_words_awaited(of_process=process is not None, of_participant=participant is not None)
    rows = session.execute(statement, {"process": process, "participant": participant}).all()
    reached = {(row.id, row.participant_id) for row in rows if row.opened_at is not None}
    asked = {(row.id, row.participant_id): row for row in rows}
    for key, row in asked.items():
        yield awaited.Awaited(
            kind=CIRCULAR,
            subject=row.id,
            process=row.process_id,
            track=row.track_id,
            participant=row.participant_id,
            title=row.title,
            since=row.sent_at.date(),
            due_on=row.word_by,
            cycle=row.word_by.isoformat() if row.word_by else "",
            label_id=row.label_id,
            rung_from=row.sent_at if row.urgent and key not in reached else None,
        )


awaited.register("circulars", circulars, rare=queries.rows_of_words_awaited)
awaited.register("contact cards to look at", details, rare=queries.rows_of_cards_to_look_at)
