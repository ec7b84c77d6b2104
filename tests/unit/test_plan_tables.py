"""A plan as a table: cells that begin like a formula, columns guessed from their headings."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.languages import LANGUAGES, reading_in
from secretariat.documents import cells, sheets
from secretariat.plans.exchange import columns
from secretariat.plans.exchange.columns import Column
from secretariat.plans.exchange.rows import rows_of
from secretariat.plans.exchange.shape import Habit, guess
from secretariat.prints import xlsx

SIGNS = "=+-@\t\n'\"|;,_x0041_ \u200f\u00a0àشЖ語=＝%\\"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=30).map(cells.plain)


@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_is_written_is_read_as_it_was_and_no_cell_begins_like_a_formula(rows: list[list[str]]) -> None:
    rows = [["Area", "Activity", "Due"], *[row for row in rows if any(row)]]
    written = cells.csv_of(["Members only. For use within your government", "Plan"], rows)
    read = [row for _number, row in sheets.book_of(written)[0].rows][2:]
    assert [[cells.as_it_was(cell) for cell in row] for row in read] == rows
    for row in csv.reader(StringIO(written.decode("utf-8-sig"), newline="")):
        assert not any(cell[:1] in tuple("=+-@\t\r\n＝＋－＠") and cell for cell in row), row


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_a_spreadsheet_holds_texts_and_gives_them_back(rows: list[list[str]]) -> None:
    rows = [row for row in rows if any(row)]
    table = xlsx.Table(
        title="Plan",
        above=[],
        headings=[("Area", 10), ("Activity", 10)],
        rows=[[cells.quoted(cell) for cell in row] for row in rows],
        marking="Members only",
    )
    read = [row for _number, row in sheets.book_of(xlsx.xlsx(table))[0].rows][3:]
    assert [[cells.as_it_was(cell) for cell in (*row, "", "")[:2]] for row in read] == rows


@pytest.mark.parametrize("words", ["=cmd|'/C calc'!A0", "+1", "-", "@SUM(A1)", "'=1", "''", "\u200f=1", "'", "a=1"])
def test_an_injected_formula_is_a_text_in_both_files(words: str) -> None:
    for one in (cells.harmless(words), cells.quoted(words)):
        assert cells.as_it_was(one) == words
    assert cells.harmless(words)[:1] not in ("=", "+", "-", "@")


def test_headings_that_go_out_are_known_when_they_come_in() -> None:
    for code in LANGUAGES:
        with reading_in(code, "UTC"):
            shape = columns.shape_out(["es", "en", "ar"])
            found = columns.guess([columns.heading(one) for one in shape], {}, ["en"])
            assert list(found.values()) == shape, code
            assert columns.is_own(found)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Pillar", "area:en"),
        ("Eje estratégico", "area:en"),
        ("Actividad", "activity:es"),
        ("Activité (fr)", "activity:fr"),
        ("النشاط", "activity:en"),
        ("الجهة المسؤولة", "participant"),
        ("PAÍS RESPONSABLE", "participant"),
        ("Échéance", "due"),
        ("Activity / Actividad", "activity:en,es"),
        ("Objective\nObjectif", "objective:en,fr"),
        ("By when?", "due"),
        ("Budget", None),
        ("", None),
    ],
)
def test_headings_of_secretariats_are_guessed(heading: str, expected: str | None) -> None:
    found: dict[int, Any] = columns.guess([heading], {}, ["en", "es"])
    assert (found[0].key if found else None) == expected


def test_what_was_chosen_for_a_heading_is_remembered() -> None:
    assert columns.guess(["Budget"], {"budget": "indicator:es"}, ["en"]) == {0: Column("indicator", ("es",))}
    assert columns.guess(["Budget"], {"budget": "nonsense:es"}, ["en"]) == {}
    assert [Column.of(one) for one in ("words:en,en", "due:en", "words:xx", "words:en,es,fr", "")] == [None] * 5


def test_words_several_participants_share_go_on_below_until_something_new_begins() -> None:
    """As merged cells come out of a spreadsheet saved as CSV: said once, then empty."""
    text = (
        "Activity,Commitment,Responsible\n"
        "Return,Publish figures,Guatemala\n"
        ",,Mexico\n"
        "Return,,Panama\n"
        "Border posts,,Belize\n"
        ",,Honduras\n"
        ",Open two posts,\n"
        ",,Nicaragua\n"
    )
    sheet = sheets.book_of(text.encode())[0]
    shape = guess([sheet], Habit(), ["en"])
    told = [(row.participant, row.words.get("en", "")) for row in rows_of(sheet, shape)]
    assert told == [
        ("Guatemala", "Publish figures"),
        ("Mexico", "Publish figures"),
        ("Panama", "Publish figures"),
        ("Belize", ""),
        ("Honduras", ""),
        ("", "Open two posts"),
        ("Nicaragua", "Open two posts"),
    ]
    noted = {row.number: [str(one.sentence) for one in row.notes] for row in rows_of(sheet, shape) if row.notes}
    assert noted == {
        row: [f"Nothing stands here; the words of row {above} are taken."] for row, above in {3: 2, 4: 2, 8: 7}.items()
    }
    apart = replace(shape, fills_down=False)
    assert [row.words.get("en", "") for row in rows_of(sheet, apart)] == [
        "Publish figures",
        *[""] * 4,
        "Open two posts",
        "",
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["1 Return", "1 Return", "2 Data", "3 Borders"], ["1|Return", "1|Return", "2|Data", "3|Borders"]),
        (["1 Return", "2 Data", "3 Borders", "1 Health"], ["1|Return", "2|Data", "3|Borders", "1|Health"]),
        (["1 workshop", "2 trainings"], ["|1 workshop", "|2 trainings"]),
        (["2 workshops", "3 trainings", "4 visits"], ["|2 workshops", "|3 trainings", "|4 visits"]),
        (["1 Return", "2 Data", "Borders"], ["|1 Return", "|2 Data", "|Borders"]),
        (["1. Return", "2 workshops", "3.1 Data"], ["1|Return", "|2 workshops", "3.1|Data"]),
    ],
)  # fmt: skip
def test_a_figure_before_words_is_a_number_where_all_of_a_column_counts_on(
    said: list[str], expected: list[str]
) -> None:
    """“2 workshops” is no number of anything; “1 Return”, “2 Data”, “3 Borders” is how plans are counted."""
    text = "Activity,Responsible\n" + "".join(f"{one},Guatemala\n" for one in said)
    sheet = sheets.book_of(text.encode())[0]
    rows = rows_of(sheet, guess([sheet], Habit(), ["en"]))
    parts = [row.parts["activity"] for row in rows]
    assert [f"{part.number}|{part.texts['en']}" for part in parts] == expected
    taken = sum(part.number.isdecimal() for part in parts) > 1
    assert [len(row.notes) for row in rows] == [int(taken), *[0] * (len(rows) - 1)]


def test_a_formula_in_the_place_of_words_is_not_filled_over() -> None:
    text = f"Activity,Commitment,Responsible\nReturn,Publish figures,Guatemala\nReturn,{sheets.FORMULA}0,Mexico\n"
    sheet = sheets.book_of(text.encode())[0]
    second = rows_of(sheet, guess([sheet], Habit(), ["en"]))[1]
    assert second.words == {}
    assert [one.column for one in second.problems] == ["words"]
