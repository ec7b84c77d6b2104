"""The plan as a table: what its readers have, what the secretariat has, and nothing else."""

from __future__ import annotations

from secretariat.core.localtext import LocalText
from secretariat.documents import cells, sheets
from secretariat.plans import service
from secretariat.plans.exchange import columns
from secretariat.plans.status import Status
from tests.support.plans import Site
from tests.support.sql import statements_sent


def _read(content: bytes) -> list[dict[str, str]]:
    """The rows below the headings, by key of the column."""
    rows = [[cells.as_it_was(cell) for cell in row] for _number, row in sheets.book_of(content)[0].rows]
    at = next(place for place, row in enumerate(rows) if columns.is_own(columns.guess(row, {}, ["en"])))
    shape = columns.guess(rows[at], {}, ["en"])
    return [{one.key: row[place] for place, one in shape.items() if row[place : place + 1]} for row in rows[at + 1 :]]


def test_the_table_holds_what_its_reader_has_and_the_secretariat_its_proposals(site: Site) -> None:
    planned, people = site.planned, site.planned.people
    page = f"/plans/{planned.plan_id}"
    key = planned.own(
        "gt", "=cmd|'/C calc'!A0", partners=[service.Partner(people.id["mx"]), service.Partner(name="Net")]
    )
    planned.report(key, "gt", Status.IN_PROGRESS, "A first\nstep")
    planned.propose("mx", "Only asked", indicator=LocalText({"en": "Figures", "es": "Cifras"}, "en"))
    assert "working-table" not in site.page(people.focal["hn"], f"{page}/tables")
    for form in ("xlsx", "csv"):
        answer = site.client(people.focal["hn"]).get(f"{page}/whole.{form}")
        assert answer.status_code == 200
        [row] = _read(answer.data)
        assert row["words:en"] == "=cmd|'/C calc'!A0"
        assert (row["area_number"], row["activity_number"], row["number"]) == ("1", "1.1.1", "1.1.1 a")
        assert row["partners"] == "Mexico\nNet"
        assert (row["status"], row["step:en"]) == ("In progress", "A first\nstep")
        assert b"Only asked" not in answer.data
        assert site.client(people.focal["hn"]).get(f"{page}/working-table.{form}").status_code == 404
        working = _read(site.client(people.officer).get(f"{page}/working-table.{form}").data)
        assert [one["status"] for one in working] == ["In progress", "Proposed"]
        assert (working[1]["indicator:en"], working[1]["indicator:es"]) == ("Figures", "Cifras")
    marked = site.client(people.officer).get(f"{page}/working-table.csv").data.decode("utf-8-sig").splitlines()
    assert marked[0].startswith("Named readers"), marked[0]
    assert "\n'=cmd" in answer.data.decode().replace(",", "\n")
    assert site.client(people.officer).get(f"{page}/whole.ods").status_code == 404
    assert site.client(people.focal["house"]).get(f"{page}/whole.csv").status_code == 404


def test_the_table_asks_the_same_however_long_it_is(site: Site) -> None:
    planned, people = site.planned, site.planned.people

    def asked() -> int:
        with statements_sent() as sent:
            assert site.client(people.officer).get(f"/plans/{planned.plan_id}/working-table.csv").status_code == 200
        return len(sent)

    planned.own("gt", "One", partners=[service.Partner(people.id["mx"])])
    asked()
    few = asked()
    for number in range(4):
        planned.own("mx", f"More {number}", partners=[service.Partner(people.id["gt"])])
    asked()  # what is new is labelled, and readers' labels worked out, once
    assert asked() == few
