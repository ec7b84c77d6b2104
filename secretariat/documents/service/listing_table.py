"""What became of a list of old papers, as a table for a spreadsheet."""

from __future__ import annotations

from secretariat.core.labels import Level
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import today
from secretariat.core.wording import level_in_words
from secretariat.documents.listed import Listing, Row
from secretariat.documents.models import PaperList
from secretariat.documents.service.lists import became_of, outcome_in_words
from secretariat.jobs.kinds import Result
from secretariat.prints import xlsx
from secretariat.prints.sheet import file_name


def table_of(one: PaperList) -> Result:
    """Row by row, in the present language."""
    rows = Listing.from_json(one.content).rows
    table = xlsx.Table(
        title=_("Old papers that came in by a list"),
        above=[one.name, one.archive_name],
        headings=[
            (_("Row"), 8),
            (_("Symbol"), 24),
            (_("Title"), 44),
            (_("File"), 34),
            (_("Standing"), 18),
            (_("Why"), 44),
        ],
        rows=[_cells(one, row) for row in rows],
        marking=level_in_words(Level.NAMED, one.process.level_words),
        right_to_left=current_reading().language.direction == "rtl",
        sheet=_("Papers")[:31],
    )
    return Result(file_name("old-papers", "", today(), "xlsx"), xlsx.xlsx(table), xlsx.MEDIA_TYPE)


def _cells(one: PaperList, row: Row) -> list[str]:
    became = became_of(one, row)
    return [
        str(row.number), row.symbol, row.title, row.file, outcome_in_words(became.get("outcome", "")),
        became["why"],
    ]  # fmt: skip
