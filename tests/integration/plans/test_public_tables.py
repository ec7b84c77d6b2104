"""Tables of others as they publish them: commitments over merged rows, two languages in a cell, days as words.

The rows are taken, shortened, from Canada's tracker of its plan on open government (open-data/ckanext-canada, MIT) and
from a table of public promises in New Zealand (drewbroadley/nz-govt-2026-promised-vs-did, CC0).
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

from sqlalchemy import select
from xlsxwriter import Workbook

from secretariat.plans.exchange.meaning import Looked
from secretariat.plans.exchange.shape import Shape
from secretariat.plans.models import Plan
from secretariat.plans.service import importing
from tests.factories.plans import acting
from tests.integration.plans.test_tables_in import draft_plan
from tests.support.plans import Planned

MILESTONE = "C01.1 Establish a multi-collaborator forum\nÉtablir un forum multi-intervenants"
ROWS = [
    ("Draft a strategic plan\nRédiger un plan stratégique", "By end of 2099\nD'ici la fin de 2099", "Belize"),
    ("Consult for three weeks\nMener une consultation de trois semaines", "Fall 2099\nAutomne 2099", "Belize"),
    ("Publish the results\nPublier les résultats", "Ongoing\nPermanent", "Belize"),
]
PROMISES = """id,area,party,status,promise,whatHappened
one,Climate,National,delivered,Pass a Zero Carbon Act,"Assent on 13 November, with support"
two,Climate,Honduras,partial,"Set up a ""green"" bank",
"""


def looked(planned: Planned, name: str, content: bytes, languages: list[str]) -> tuple[Shape, Looked]:
    key: UUID = draft_plan(planned, name)
    with acting(planned.engine, planned.people.officer) as session:
        plan = session.scalars(select(Plan).where(Plan.id == key)).one()
        one = importing.look_at(session, plan, name, content, languages)
        return Shape.from_json(one.shape), importing.looked(session, one)


def tracker() -> bytes:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("NAP 6")
    sheet.merge_range(0, 0, 0, 4, "6th National Action Plan on Open Government Tracker")
    headings = ["Milestones / Jalons", "Commitments / Engagements", "Deadline / Date limite", "Country / Pays"]
    for column, heading in enumerate(headings):
        sheet.write(2, column, heading)
    for place, (words, due, country) in enumerate(ROWS, start=3):
        sheet.write(place, 1, words)
        sheet.write(place, 2, due)
        sheet.write(place, 3, country)
    sheet.merge_range(3, 0, 5, 0, MILESTONE)
    book.close()
    return out.getvalue()


def test_a_bilingual_tracker_with_merged_cells_is_read_and_what_cannot_be_is_told_at_its_row(planned: Planned) -> None:
    shape, found = looked(planned, "tracker.xlsx", tracker(), ["en", "fr"])
    assert {place: column.key for place, column in shape.columns.items()} == {
        0: "activity:en,fr",  # milestones without days are steps on the way
        1: "words:en,fr",
        2: "due",
        3: "participant",
    }
    assert [(row.row.number, [one.column for one in row.problems]) for row in found.rows] == [
        (4, []),
        (5, ["due"]),  # a season differs by hemisphere
        (6, []),
    ]
    assert "is no day that can be taken" in str(found.rows[1].problems[0].sentence)
    assert [(one.due_on, dict(one.words.texts)) for one in found.wanted] == [
        (date(2099, 12, 31), {"en": "Draft a strategic plan", "fr": "Rédiger un plan stratégique"}),
        (None, {"en": "Publish the results", "fr": "Publier les résultats"}),
    ]
    [activity] = found.outline.new
    assert all(one.part is activity for one in found.wanted)
    assert not found.can_come_in  # all or nothing


def test_a_table_of_promises_asks_once_for_each_name_nobody_has_here(planned: Planned) -> None:
    _shape, found = looked(planned, "promises.csv", PROMISES.encode(), ["en"])
    assert list(found.unknown) == ["national"]
    assert [str(one.words) for one in found.wanted] == ['Set up a "green" bank']
    assert [row.row.not_taken for row in found.rows] == [["status"], ["status"]]
