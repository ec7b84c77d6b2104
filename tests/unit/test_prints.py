"""The press and the DOCX by themselves."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from secretariat.core.languages import LANGUAGES
from secretariat.prints import docx, press
from secretariat.prints.directions import in_their_order
from secretariat.prints.sheet import Issuer, Sheet, css_string, file_name

RCX = Issuer(UUID(int=1), "RCX", "Regional Conference")


def sheet(inside: str, language: str = "en") -> Sheet:
    return Sheet(
        "Paper",
        RCX,
        f"<!doctype html><html><body><main>{inside}</main></body></html>",
        LANGUAGES[language],
        foot=("RCX",),
    )


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "static:/../../config.py", "static:/none.css", "x.png"],
)
def test_the_press_fetches_nothing_but_static_files_of_the_product(address: str) -> None:
    with pytest.raises(BaseException, match="fetches nothing but static files"):
        press.here(press.Plate(f'<html lang="en"><title>x</title><p>x<img src="{address}" alt=""></p></html>'))


def test_the_press_is_a_process_without_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for the press")
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def watched(*args: object, **options: object) -> object:
        seen.append(options["env"])  # type: ignore[arg-type]
        return run(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("subprocess.run", watched)
    made = press.printed(press.Plate('<html lang="en"><title>x</title><p>Words of a paper</p></html>'))
    assert "Words of a paper" in PdfReader(BytesIO(made)).pages[0].extract_text()
    assert seen
    assert all("SECRET_KEY" not in one and "DATABASE_URL" not in one for one in seen)


def test_neither_web_nor_worker_loads_the_press() -> None:
    code = (
        "import sys\nfrom secretariat import registers, web\nregisters.fill()\nimport worker.tasks\n"
        "print([name for name in ('weasyprint', 'pikepdf', 'docx', 'lxml') if name in sys.modules])"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def test_a_docx_refuses_what_it_has_no_counterpart_for() -> None:
    with pytest.raises(docx.UnknownElement, match="video"):
        docx.docx(sheet("<p>x</p><video></video>"))


def test_a_docx_keeps_the_heading_of_rows_with_the_first_of_them() -> None:
    from docx import Document

    rows = '<tr class="group"><th colspan="2">1. At the crossing</th></tr><tr><td>One</td><td>Two</td></tr>'
    [table] = Document(BytesIO(docx.docx(sheet(f"<table><tbody>{rows}</tbody></table>")))).tables
    keeps = [
        [bool(one.paragraph_format.keep_with_next) for cell in row.cells for one in cell.paragraphs]
        for row in table.rows
    ]
    assert keeps == [[True, True], [False, False]]


def test_a_docx_holds_words_as_words() -> None:
    from docx import Document

    made = Document(
        BytesIO(docx.docx(sheet("<h1>A &amp; B</h1><ul><li><b>One</b>: &lt;w:t&gt; {{ 7 * 7 }}</li></ul>")))
    )
    assert [(one.style.name, one.text) for one in made.paragraphs if one.style is not None] == [
        ("Heading 1", "A & B"),
        ("List Bullet", "One: <w:t> {{ 7 * 7 }}"),
    ]


AGENDA = """<table><thead><tr><th>Item</th><th class="n">Minutes</th></tr></thead><tbody>
<tr><th>1. Plan</th><td class="n">60</td></tr>
<tr><th class="part">1.1. Workshop<small>RCX/1 Programme</small></th><td class="n">20</td></tr></tbody></table>
<h3 class="part">1.1. Workshop</h3><p class="soft part">20 minutes</p><p>On</p>"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_docx_sets_parts_in_and_figures_at_the_end_edge(language: str) -> None:
    """In the words of the format `left` begins a paragraph and `right` ends it, also from right to left."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    made = Document(BytesIO(docx.docx(sheet(AGENDA, language))))
    (table,) = made.tables
    assert [one.cells[1].paragraphs[0].alignment for one in table.rows] == [WD_ALIGN_PARAGRAPH.RIGHT] * 3
    assert [one.cells[0].paragraphs[0].alignment for one in table.rows] == [None] * 3
    part = docx.PART_SET_IN
    assert [one.cells[0].paragraphs[0].paragraph_format.left_indent for one in table.rows] == [None, None, part]
    assert [one.paragraph_format.left_indent for one in made.paragraphs] == [part, part, None]
    for small in made.element.body.iter(f"{{{NAMES}}}sz"):
        assert small.getparent().find(f"{{{NAMES}}}szCs").get(f"{{{NAMES}}}val") == small.get(f"{{{NAMES}}}val")
    from_right = [one._p.find(f"{{{NAMES}}}pPr/{{{NAMES}}}bidi") is not None for one in made.paragraphs]
    assert from_right == [language == "ar"] * 3


NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_a_string_of_css_ends_where_it_should() -> None:
    assert str(css_string('a"; } <x>')) == '"a\\000022\\00003b\\000020\\00007d\\000020\\00003cx\\00003e"'


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_a_text_in_the_margin_is_the_text_blanks_included(text: str) -> None:
    (read,) = tinycss2.parse_component_value_list(str(css_string(text)))
    assert (read.type, read.value) == ("string", text)


def test_a_file_is_named_by_its_symbol_or_by_constant_words() -> None:
    on = date(2026, 3, 12)
    assert file_name("plan", "RCM/SOM/2026/4", on, "pdf") == "RCM-SOM-2026-4.pdf"
    assert file_name("plan", "", on, "docx") == "plan-2026-03-12.docx"


def test_a_figure_keeps_its_inks_and_its_hatch_on_paper() -> None:
    from secretariat.prints.inks import inked

    page = (
        '<svg class="sprite"><pattern id="hatch"><path class="f4"/></pattern></svg>'
        '<svg class="bar"><svg y="0"><rect class="f1"/><rect fill="url(#hatch)"/></svg></svg>'
    )
    assert inked(page) == (
        '<svg class="sprite"><pattern id="hatch"><path stroke="#17506f"/></pattern></svg>'
        '<svg class="bar"><defs><pattern id="hatch"><path stroke="#17506f"/></pattern></defs>'
        '<svg y="0"><rect fill="#17506f"/><rect fill="url(#hatch)"/></svg></svg>'
    )


def test_a_list_in_columns_stays_on_the_page_it_begins_on() -> None:
    """Only a table across the page turns it: a list of reports that is called wide, too, is none."""
    lists = '<h2>Support</h2><ul class="cols wide"><li>Two trainers</li></ul>'
    made = press.printed(press.Plate(f'<html lang="en"><head><title>x</title></head><body>{lists}</body></html>'))
    [page] = PdfReader(BytesIO(made)).pages
    assert page.mediabox.width < page.mediabox.height


def test_words_that_run_the_other_way_keep_their_order_and_their_full_stop() -> None:
    foreign = '<p><span lang="en" dir="ltr">By 2027 (all).</span> <span lang="ar" dir="rtl">قريبًا.</span></p>'
    left, right = "\N{LEFT-TO-RIGHT MARK}", "\N{RIGHT-TO-LEFT MARK}"
    assert in_their_order(foreign, "rtl") == foreign.replace("By 2027 (all).", f"{left}By 2027 (all).{left}")
    assert in_their_order(foreign, "ltr") == foreign.replace("قريبًا.", f"{right}قريبًا.{right}")


def test_a_chart_is_a_picture_that_says_what_it_shows() -> None:
    """The bar of an area as the press draws it; the key beside it is decoration with its words."""
    from docx import Document
    from docx.oxml.ns import qn
    from PIL import Image

    from secretariat.prints.inks import inked

    chart = (
        '<svg class="sprite"><pattern id="hatch"><path class="f4"/></pattern></svg><figure><figcaption><b>Where</b>Now'
        '</figcaption><p class="barred">1. Data</p><svg class="bar" viewBox="0 0 440 32"><title>Completed: 3; '
        'not yet reported: 1</title><rect x="0" y="2" width="300" height="24" class="f1"/><text x="150" y="18" '
        'class="fon">3</text><rect x="300" y="2" width="100" height="24" fill="url(#hatch)"/><text x="412" y="18">1'
        '</text></svg><ul class="key"><li><svg viewBox="0 0 14 14"><rect width="14" height="14" class="f1"/></svg>'
        "Completed</li></ul></figure>"
    )
    made = Document(BytesIO(docx.docx(sheet(inked(chart)))))
    assert [" ".join(one.text.split()) for one in made.paragraphs] == ["Where Now", "1. Data", "", "Completed"]
    told = [(one._inline.docPr.get("descr"), len(one._inline.docPr)) for one in made.inline_shapes]
    assert told == [("Completed: 3; not yet reported: 1", 0), (None, 1)]
    part = made.part.related_parts[made.inline_shapes[0]._inline.find(f".//{qn('a:blip')}").get(qn("r:embed"))]
    picture = Image.open(BytesIO(part.blob)).convert("RGB")
    assert picture.size == (440 * 4, 32 * 4)
    assert picture.getpixel((20, 60)) == (0x17, 0x50, 0x6F)
    assert picture.getpixel((1750, 20)) == (255, 255, 255)
    hatched = picture.crop((1200, 8, 1600, 104)).getcolors(maxcolors=50_000)
    assert hatched is not None
    assert {color for _number, color in hatched} == {(0x17, 0x50, 0x6F), (255, 255, 255)}


def test_facts_have_light_lines_and_a_label_says_whom_it_names_behind_a_point() -> None:
    from docx import Document
    from docx.oxml.ns import qn

    label = '<p><span class="label">Named readers <span>Guatemala</span></span></p>'
    made = Document(BytesIO(docx.docx(sheet(f"{label}<dl><div><dt>Time</dt><dd>09:00</dd></div></dl>"))))
    assert made.paragraphs[0].text == "Named readers · Guatemala"
    borders = made.tables[0]._tbl.tblPr.find(qn("w:tblBorders"))
    assert [one.tag for one in borders if one.get(qn("w:val")) == "single"] == [
        qn("w:top"),
        qn("w:bottom"),
        qn("w:insideH"),
    ]
