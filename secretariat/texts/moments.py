"""Texts a process adopted, on its timeline."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.dates import PartialDate
from secretariat.core.languages import lazy_gettext as _l
from secretariat.documents.models import Document
from secretariat.processes.models import Process
from secretariat.processes.timeline import Lane, Moment, enter
from secretariat.texts.models import TextEdition
from secretariat.texts.silence_models import TextAdoption


def adopted(session: Session, process: Process) -> Iterable[Moment]:
    """Adopted texts, on the day of their adoption."""
    rows = session.execute(
        select(
            TextAdoption.id, TextAdoption.adopted_on, TextAdoption.label_id, Document.title, Document.symbol,
            Document.id.label("document_id"),
        )
        .join(TextEdition, TextAdoption.edition_id == TextEdition.id)
        .join(Document, TextEdition.document_id == Document.id)
        .where(TextAdoption.process_id == process.id)
        .order_by(TextAdoption.adopted_on, TextAdoption.id)
    )  # fmt: skip
    for one in rows:
        day = PartialDate.parse(one.adopted_on)
        symbol = [one.symbol] if one.symbol else []
        yield Moment(one.title, day, one.label_id, note=symbol, page=("texts.adoption", {"adoption_id": one.id}))


enter(Lane("adopted", 40, _l("Adopted texts"), _l("Adopted text"), adopted))
