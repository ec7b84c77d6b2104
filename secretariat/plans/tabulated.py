"""The table of a plan, as secretariats keep it in a spreadsheet: what is asked of it, and what it answers.

Days, statuses and areas are for the database to narrow and sort by. Words are in several languages and sorted by the
rules of the reader's, which no database knows: where they are asked for, all rows are read and looked through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.languages import current_reading
from secretariat.core.languages.order import collation_key
from secretariat.core.localtext import LocalText
from secretariat.plans import queries
from secretariat.plans.models import Plan
from secretariat.plans.queries import Filters, ListedPart, ListedPartner, TableRow
from secretariat.processes.names import Name, names_of

BY_WORDS = ("responsible", "partners", "indicator")
SORTS = ("number", "responsible", "partners", "due", "indicator", "status", "step")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the table is narrowed to and sorted by. The four texts are looked for in their column, in every language;
    `words` in the number, in the words of the commitment and in those of the activity."""

    filters: Filters = field(default_factory=Filters)
    words: str = ""
    partner: str = ""
    indicator: str = ""
    step: str = ""
    sort: str = "number"
    descending: bool = False

    @property
    def is_narrowed(self) -> bool:
        return bool(self.filters or self._looks_for_words)

    @property
    def _looks_for_words(self) -> bool:
        return bool(self.words or self.partner or self.indicator or self.step)

    @property
    def is_of_words(self) -> bool:
        """Whether all rows have to be read to answer."""
        return self._looks_for_words or self.sort in BY_WORDS


@dataclass(frozen=True, slots=True)
class Tabulated:
    """Rows of the table, with what stands in their cells; `total` is how many there are under the filters."""

    total: int
    rows: Sequence[TableRow]
    parts: Mapping[UUID, ListedPart]
    partners: Mapping[UUID, Sequence[ListedPartner]]
    names: Mapping[UUID, Name]

    def partners_of(self, row: TableRow) -> list[str]:
        """The names of the partners of a row."""
        return [self.name_of(one) for one in self.partners.get(row.id, ())]

    def name_of(self, partner: ListedPartner) -> str:
        """A partner as the process calls it, or as it was written."""
        key = partner.participant_id
        return str(self.names[key]) if key is not None and key in self.names else partner.name_text


def labels_of(found: Tabulated) -> set[int]:
    """Every label the table shows something under."""
    shown = {key for one in found.rows for key in (one.label_id, one.said_label_id) if key is not None}
    shown.update(one.label_id for row in found.rows for one in found.partners.get(row.id, ()))
    return shown.union(one.label_id for one in found.parts.values())


def tabulated(
    session: Session,
    plan: Plan,
    asked: Asked,
    on: date,
    page: Callable[[int], tuple[int, int | None]] = lambda _total: (0, None),
    named_besides: Iterable[UUID] = (),
    whole: int | None = None,
) -> Tabulated:
    """The table. `page` says of the total how many rows are passed over and how many shown; `named_besides` are
    participants whose names are wanted too; `whole` is how many there are without filters, where that is known."""
    if asked.is_of_words:
        return _looked_through(session, plan, asked, on, page, named_besides)
    counted = whole if not asked.filters else None
    total = queries.commitments_in_table(session, plan.id, asked.filters, on) if counted is None else counted
    offset, limit = page(total)
    rows = queries.tabulated(
        session, plan.id, asked.filters, on,
        sort=asked.sort, descending=asked.descending, offset=offset, limit=limit,
    )  # fmt: skip
    partners = queries.partners_in_table(session, plan.id, [one.id for one in rows] if limit is not None else None)
    names = _names(session, plan, rows, partners, named_besides)
    return Tabulated(total, rows, queries.parts_in_table(session, plan.id, rows), partners, names)


def _looked_through(
    session: Session,
    plan: Plan,
    asked: Asked,
    on: date,
    page: Callable[[int], tuple[int, int | None]],
    named_besides: Iterable[UUID],
) -> Tabulated:
    by_words = asked.sort in BY_WORDS
    sort, descending = ("number", False) if by_words else (asked.sort, asked.descending)
    rows = queries.tabulated(session, plan.id, asked.filters, on, sort=sort, descending=descending)
    partners = queries.partners_in_table(session, plan.id)
    names = _names(session, plan, rows, partners, named_besides)
    whole = Tabulated(len(rows), rows, queries.parts_in_table(session, plan.id, rows), partners, names)
    found = _in_order_of_words(whole, [row for row in rows if _holds(whole, row, asked)], asked)
    offset, limit = page(len(found))
    return Tabulated(
        len(found), found[offset : None if limit is None else offset + limit], whole.parts, partners, names
    )


def _names(
    session: Session,
    plan: Plan,
    rows: Iterable[TableRow],
    partners: Mapping[UUID, Sequence[ListedPartner]],
    besides: Iterable[UUID],
) -> dict[UUID, Name]:
    wanted = {row.participant_id for row in rows}
    wanted.update(one.participant_id for each in partners.values() for one in each if one.participant_id is not None)
    return names_of(session, wanted.union(besides), process=plan.process_id)


# --- words ----------------------------------------------------------------------------------------------------------


def _holds(whole: Tabulated, row: TableRow, asked: Asked) -> bool:
    """Whether every text asked for stands in its column."""
    part = whole.parts.get(row.part_id) if row.part_id is not None else None
    sought: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        (asked.words, lambda: [row.shown_number, *_texts(row.words, row.lead, part.title if part else None)]),
        (asked.partner, lambda: whole.partners_of(row)),
        (asked.indicator, lambda: _texts(row.indicator)),
        (asked.step, lambda: _texts(row.step)),
    )
    return all(not words or any(_plain(words) in _plain(text) for text in texts()) for words, texts in sought)


def _texts(*texts: LocalText | None) -> list[str]:
    return [words for text in texts if text is not None for words in text.texts.values()]


def _plain(text: str) -> str:
    """Without accents, capitals and signs, as names are sorted."""
    return collation_key(text, current_reading().language.code)[0]


def _in_order_of_words(whole: Tabulated, rows: list[TableRow], asked: Asked) -> list[TableRow]:
    """Sorted by a column of words; what has none stands last, either way."""
    if asked.sort not in BY_WORDS:
        return rows
    language = current_reading().language.code

    def key(row: TableRow) -> Any:
        if asked.sort == "responsible":
            return whole.names[row.participant_id].order
        if asked.sort == "partners":
            return [collation_key(name, language) for name in whole.partners_of(row)]
        return collation_key(row.indicator.in_language(language)[0], language) if row.indicator else None

    keyed = [(key(row), row) for row in rows]
    with_words = sorted((one for one in keyed if one[0]), key=lambda one: one[0], reverse=asked.descending)
    return [row for _key, row in with_words] + [row for found, row in keyed if not found]
