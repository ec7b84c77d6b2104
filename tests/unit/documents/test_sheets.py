"""What parts the cells of a text."""

from __future__ import annotations

import pytest

from secretariat.documents.sheets import rows_of

LINES_WITH_TABS = '"first\twords\nsecond\tline\nthird\tline\nfourth\tline\nfifth\tline"'


@pytest.mark.parametrize(
    ("content", "second"),
    [
        ("Name;Words\nGuatemala;a, b, c\nBelize;d, e, f\n", ["Guatemala", "a, b, c"]),
        ("Name,Words\nGuatemala,a; b\nBelize,c\n", ["Guatemala", "a; b"]),
        ("Name\tWords\nGuatemala\ta, b\nBelize\tc\n", ["Guatemala", "a, b"]),
        (f"Name,Words,Due\nGuatemala,{LINES_WITH_TABS},x\nBelize,y,z\n", ["Guatemala", None, "x"]),
    ],
    ids=["a comma in words", "a semicolon in words", "tabs", "a cell of several lines with tabs"],
)
def test_the_cells_of_a_text_are_parted_by_the_sign_that_most_rows_agree_on(
    content: str, second: list[str | None]
) -> None:
    found = rows_of(content.encode())
    [cells] = [cells for _number, cells in found[1:2]]
    assert [one if two is not None else None for one, two in zip(cells, second, strict=True)] == second
