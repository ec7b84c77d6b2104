"""The matrix of a report as a table for a spreadsheet: activities by participants, from what was frozen.

It is made of the edition's own data and of nothing else, so it says no more than the words do; the public has none.
"""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import calling_commitments, current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.templating import local_text, today
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.jobs.kinds import Result
from secretariat.pages.statuses import STATUSES
from secretariat.plans.works import issuer_of
from secretariat.prints import xlsx
from secretariat.prints.sheet import file_name, marking_of
from secretariat.reports.composition import Edition
from secretariat.reports.models import ReportEdition


def has_matrix(edition: ReportEdition) -> bool:
    """Whether an edition has a matrix: never the public one."""
    return edition.standing != Edition.PUBLIC.value and bool(edition.content.get("entries"))


def matrix_file(session: ViewerSession, edition: ReportEdition) -> Result:
    """The matrix of an edition, as XLSX in the reader's language, with the word for a commitment it was issued with."""
    with calling_commitments(edition.content.get("commitment_words")):
        return _file(session, edition)


def _file(session: ViewerSession, edition: ReportEdition) -> Result:
    content, language = edition.content, current_reading().language
    names = content["names"].get(language.code) or next(iter(content["names"].values()))
    columns = sorted({one["participant"] for one in content["entries"]}, key=lambda key: names[key][1])
    marking, copy_of = marking_of(session, edition, issuer_of(edition.plan))
    table = xlsx.Table(
        title=f"{_('Progress report')}: {_words(content['title'])}",
        above=[_("Empty where a participant has no commitment to an activity.")],
        headings=[(_("No."), 8), (_("Activity"), 40), *((names[key][0], 24) for key in columns)],
        rows=[[number, title, *_cells(content, part, columns)] for part, number, title in _lines(content)],
        marking=marking,
        copy_of=copy_of,
        right_to_left=language.direction == "rtl",
    )
    return Result(
        file_name("progress-report-matrix", edition.symbol, today(), "xlsx"), xlsx.xlsx(table), xlsx.MEDIA_TYPE
    )


def _lines(content: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every objective or activity with its number, in the order of the plan; what stands in none of them last."""
    lines = [(one["id"], one["number"], _words(one["title"])) for one in content["parts"] if one["is_activity"]]
    known = {key for key, _number, _title in lines}
    used = {one["part"] for one in content["entries"]}
    objectives = [
        (one["id"], one["number"], _words(one["title"]))
        for one in content["parts"]
        if one["id"] in used and one["id"] not in known
    ]
    whole = [("", "", _("The plan as a whole"))] if "" in used else []
    return sorted([*lines, *objectives], key=lambda line: _by_number(line[1])) + whole


def _by_number(number: str) -> list[tuple[int, str]]:
    return [(int(piece), "") if piece.isdigit() else (0, piece) for piece in number.split(".")]


def _cells(content: dict[str, Any], part: str, columns: list[str]) -> list[str]:
    cells: dict[str, list[str]] = {}
    for one in content["entries"]:
        if one["part"] == part:
            said = f"{one['number']}: {STATUSES[one['status']].words}"
            cells.setdefault(one["participant"], []).append(said)
    return ["\n".join(cells.get(key, ())) for key in columns]


def _words(value: dict[str, Any]) -> str:
    return local_text(LocalText.from_json(value))
