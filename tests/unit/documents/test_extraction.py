"""The words of files, and what happens to those that cannot be read."""

import pytest

from secretariat.documents import extraction
from secretariat.documents.sniffing import TYPES
from tests.factories import documents as made

_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("pdf", made.pdf("Reception protocol")),
        ("docx", made.docx("Reception", "protocol")),
        ("odt", made.odt("Reception", "<text:span>proto</text:span>col")),
        ("txt", b"Reception protocol"),
        (
            "xlsx",
            made.office(
                "xl/workbook.xml",
                _SHEET,
                "<w/>",
                **{"xl/sharedStrings.xml": "<s><si>Reception</si><si>protocol</si></s>"},
            ),
        ),
    ],
)
def test_the_words_of_each_type_are_read_in_order(ending: str, content: bytes) -> None:
    assert extraction.here(content, TYPES[ending]).split() == ["Reception", "protocol"]


def test_arabic_keeps_its_letters() -> None:
    assert extraction.here(made.docx("ورقة عمل"), TYPES["docx"]) == "ورقة عمل"


def test_words_are_read_in_a_child() -> None:
    assert extraction.words_of(made.docx("Reception"), TYPES["docx"]) == "Reception"


def test_what_cannot_be_read_is_told() -> None:
    with pytest.raises(extraction.Unreadable):
        extraction.words_of(b"%PDF-1.7\nnothing", TYPES["pdf"])


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "SECONDS", 0.01)
    with pytest.raises(extraction.Unreadable, match="not read within"):
        extraction.words_of(made.pdf(), TYPES["pdf"])


def test_no_more_is_kept_than_is_searched_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MOST_CHARACTERS", 10)
    assert extraction.here(b"a" * 100, TYPES["txt"]) == "a" * 10


def test_an_entity_is_not_followed() -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY c SYSTEM "file:///etc/passwd">]><b><p>&a;&c;end</p></b>'
    content = made.packed(**{"mimetype": made.ODT_TYPE, "content.xml": bomb})
    assert extraction.here(content, TYPES["odt"]) == "end"
