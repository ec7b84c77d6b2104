"""The words of a digest: placeholders read, named when they are wrong, filled in; nothing else has a meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.core.languages import LANGUAGES
from secretariat.follow_up import wording
from secretariat.follow_up.wording import Paragraph, Unusable

LEAST = "{what is asked}\n\n{the link}"


def test_placeholders_are_kept_by_their_keys_and_shown_in_the_language_one_writes_in() -> None:
    kept = wording.kept(f"Dear {{participant}},\n\n{LEAST}", "en")
    assert kept == "Dear {participant},\n\n{asked}\n\n{link}"
    assert wording.shown(kept, "en") == f"Dear {{participant}},\n\n{LEAST}"


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_usual_words_can_be_written_in_every_language(language: str) -> None:
    usual = wording.usual(language)
    assert wording.kept(usual, language) == usual
    assert wording.kept(wording.shown(usual, language), language) == usual
    assert len(usual) < wording.LONGEST


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (f"{LEAST}\n\n{{the minister}}", "There is no placeholder called {the minister}."),
        (f"{LEAST}\n\n{{}}", "There is no placeholder called {}."),
        (f"{LEAST}\n\n{{{{ config }}}}", "There is no placeholder called {config}."),
        ("{the link}", "The message needs {what is asked}."),
        ("{what is asked}", "The message needs {the link}."),
        ("", "The message needs {what is asked}."),
        (f"{LEAST}\n\n{{the link}}", "{the link} can stand in the message once."),
        ("Look: {what is asked}\n{the link}", "{what is asked} stands on a line of its own."),
        (f"{LEAST}\n\nSee {{the page", "A brace stands alone in this line: “See {the page”."),
        (f"{LEAST}\n\nSee it}}", "A brace stands alone in this line: “See it}”."),
    ],
)
def test_what_cannot_be_used_is_refused_naming_it(typed: str, sentence: str) -> None:
    with pytest.raises(Unusable) as refused:
        wording.kept(typed, "en")
    assert refused.value.sentence == sentence


def test_a_message_is_its_paragraphs_with_the_names_put_in() -> None:
    text = "{process} writes to {participant}.\nAgain.\n\n{asked}\nHere:\n{link}\n\n{coming}"
    assert wording.paragraphs(text, {"process": "RCX", "participant": "Guatemala"}) == [
        Paragraph(("RCX writes to Guatemala.", "Again.")),
        Paragraph(block="asked"),
        Paragraph(("Here:",)),
        Paragraph(block="link"),
        Paragraph(block="coming"),
    ]


def test_a_name_with_braces_in_it_is_a_name() -> None:
    assert wording.paragraphs("{participant}\n{asked}\n{link}", {"participant": "{link}"})[0].lines == ("{link}",)


@given(st.text(alphabet=st.sampled_from("{} \nabc<>%'’é") | st.characters(), max_size=200))
def test_whatever_is_typed_is_kept_as_it_can_be_read_again_or_refused(typed: str) -> None:
    try:
        kept = wording.kept(f"{typed}\n\n{LEAST}", "en")
    except Unusable:
        return
    wording.check(kept)
    assert wording.kept(wording.shown(kept, "en"), "en") == kept
    assert {one.block for one in wording.paragraphs(kept, {})} >= {"asked", "link"}
