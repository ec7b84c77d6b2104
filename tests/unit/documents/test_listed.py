"""Lists of old papers: headings in four languages, cells of every kind, what is no table."""

import pytest

from secretariat.core.labels import Level
from secretariat.documents import listed, sheets
from secretariat.documents.archives import NotListed


@pytest.mark.parametrize(
    ("heading", "column", "language"),
    [
        ("Title", "title", ""),
        ("título en español", "title", "es"),
        ("Titre (fr)", "title", "fr"),
        ("title_en", "title", "en"),
        ("العنوان بالعربية", "title", "ar"),
        ("File name – Arabic", "file", "ar"),
        ("Nombre del archivo ES", "file", "es"),
        ("Fichier en français", "file", "fr"),
        ("اسم الملف", "file", ""),
        ("Cote", "symbol", ""),
        ("رمز الوثيقة", "symbol", ""),
        ("Signatura", "symbol", ""),
        ("Type de document", "kind", ""),
        ("Fecha", "date", ""),
        ("Réunion", "meeting", ""),
        ("الاجتماع", "meeting", ""),
        ("Punto del orden del día", "item", ""),
        ("Point de l’ordre du jour", "item", ""),
        ("Nivel", "level", ""),
        ("meeting_date", "meeting_date", ""),
        ("Langue", "language", ""),
    ],
)
def test_headings_are_guessed(heading: str, column: str, language: str) -> None:
    assert listed._column(heading) == (column, language)


@pytest.mark.parametrize("heading", ["colour", "en", "symbol fr", "title klingon", "date es"])
def test_what_is_no_heading_is_none(heading: str) -> None:
    assert listed._column(heading) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [("report", "report"), ("Working paper", "working_paper"), ("Rapport", "report"), ("Informe", "report"),
     ("non_paper", "non_paper"), ("poem", None)],
)  # fmt: skip
def test_kinds_are_known_by_their_words(said: str, kind: str | None) -> None:
    assert listed.kind_of(said) == kind


@pytest.mark.parametrize(
    ("said", "level"),
    [("members", Level.MEMBERS), ("Solo miembros", Level.MEMBERS), ("للأعضاء فقط", Level.MEMBERS),
     ("جميع المشاركين", Level.PARTICIPANTS), ("Público", Level.PUBLIC), ("named", None), ("secret", None)],
)  # fmt: skip
def test_levels_are_known_by_their_words(said: str, level: Level | None) -> None:
    assert listed.level_of(said) is level


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_however_it_is_separated_and_written(separator: str, encoding: str) -> None:
    rows = (["file", "título", "language"], ["a.txt", "Reunión\u00a0 9", "es"], ["", "", ""])
    text = "\r\n".join(separator.join(row) for row in rows)
    found = listed.read(text.encode(encoding))
    assert [(row.number, row.title, row.file) for row in found.rows] == [(2, "Reunión 9", "a.txt")]


def test_a_wide_row_is_one_paper_in_its_languages() -> None:
    found = listed.read(b"title en,title es,file en,file es,colour\nOne,Uno,1.txt,,red\n")
    [row] = found.rows
    assert (row.titles, row.files) == ({"en": "One", "es": "Uno"}, {"en": "1.txt"})
    assert list(found.unknown) == ["colour"]


@pytest.mark.parametrize("content", [b"\xe9t\xe9,b\n", b"a\0b,c\n"])
def test_what_is_no_text_is_told(content: bytes) -> None:
    with pytest.raises(NotListed):
        listed.read(content)


@pytest.mark.parametrize("rest", ["y\n", "y\r\nLast;row\r\n", "y;" * 70_000 + "\n"])
def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row(rest: str) -> None:
    head = 'file;title\na.txt;"One\nof two lines"\n'
    assert len(sheets.rows_of(head.encode())) == 2
    with pytest.raises(NotListed, match="A quotation mark in row 4 is never closed"):
        listed.read(f'{head}b.txt;"Two;{rest}'.encode())


def test_a_cell_without_end_is_no_cell_of_a_list() -> None:
    with pytest.raises(sheets.NotATable):
        sheets.rows_of(b"title\n" + b"a" * (sheets.MOST_CHARACTERS + 1) + b"\n")


def test_what_is_kept_comes_back_as_it_was() -> None:
    found = listed.read(b"file,title,language\na.txt,One,en\n")
    assert listed.Listing.from_json(found.to_json()).rows == found.rows
