"""The catalogues: what can be said in each language, and that no translation breaks a placeholder."""

import re
from collections.abc import Callable

import pytest
from babel.messages import Message

from secretariat.dev import messages

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def _sources(entry: Message) -> list[str]:
    return list(entry.id) if isinstance(entry.id, tuple | list) else [entry.id]


@pytest.mark.parametrize("language", messages.others())
def test_translation_fills_the_placeholders_of_its_source(language: str) -> None:
    broken = []
    for entry in messages.entries_of(messages.read(language)):
        allowed = {name for source in _sources(entry) for name in PLACEHOLDER.findall(source)}
        needed = allowed - ({"num", "count"} if len(_sources(entry)) > 1 else set())
        for form in filter(None, messages.forms_of(entry)):
            names = set(PLACEHOLDER.findall(form))
            stray = re.sub(r"%\(\w+\)s|%%", "", form)
            if not needed <= names <= allowed or ("%" in stray and allowed):
                broken.append((entry.id, form))
    assert broken == []


@pytest.mark.parametrize("language", messages.others())
def test_plural_has_every_form_of_its_language(language: str) -> None:
    catalogue = messages.read(language)
    incomplete = [
        entry.id
        for entry in messages.entries_of(catalogue)
        if len(_sources(entry)) > 1
        and any(messages.forms_of(entry))
        and not (len(messages.forms_of(entry)) == catalogue.num_plurals and all(messages.forms_of(entry)))
    ]
    assert incomplete == []


@pytest.mark.parametrize("language", messages.others())
def test_nothing_in_a_catalogue_is_fuzzy(language: str) -> None:
    assert messages.state(messages.read(language), language).fuzzy == 0


@pytest.mark.parametrize("language", messages.others())
def test_words_of_the_frame_are_translated(language: str) -> None:
    frame = {"Skip to the content", "Sign in", "Members only", "Named readers", "Not yet reported", "In progress"}
    translated = {entry.id for entry in messages.entries_of(messages.read(language)) if all(messages.forms_of(entry))}
    assert frame - translated == set()


def test_arabic_has_six_forms_of_the_plural() -> None:
    assert messages.read("ar").num_plurals == 6


def test_state_of_the_catalogues_is_told(record_property: Callable[[str, object], None]) -> None:
    for language in messages.others():
        found = messages.state(messages.read(language), language)
        record_property(f"untranslated_{language}", found.untranslated)
        assert 0 <= found.untranslated <= found.messages
