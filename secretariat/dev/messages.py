"""Bring the catalogues up to date with the words in code and templates: `make messages`.

What is new comes in empty, what is gone is dropped, nothing is guessed. It then says how much awaits translation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from secretariat.core.languages.catalogue import CATALOGUES, DEFAULT_LANGUAGE, LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
LAZY_KEYWORDS = {
    "_l": None,
    "lazy_gettext": None,
    "lazy_pgettext": ((1, "c"), 2),
}
METHODS = [("secretariat/dev/**.py", "ignore"), ("secretariat/**.py", "python"), ("templates/dev/**", "ignore")]
METHODS += [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
OPTIONS = {pattern: {"trimmed": "true", "silent": "false"} for pattern in ("templates/**.html", "templates/**.txt")}


@dataclass(frozen=True, slots=True)
class State:
    """How far a catalogue is."""

    language: str
    messages: int
    untranslated: int
    fuzzy: int


def path_of(language: str) -> Path:
    """The catalogue of a language."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def others() -> list[str]:
    """The languages that have a catalogue: all but that of the source."""
    return [code for code in LANGUAGES if code != DEFAULT_LANGUAGE]


def extract() -> Catalog:
    """Every message of code and templates."""
    template = Catalog(project="secretariat", charset="utf-8")
    found = extract_from_dir(
        ROOT, METHODS, OPTIONS, {**DEFAULT_KEYWORDS, **LAZY_KEYWORDS}, comment_tags=("Translators:",)
    )
    for filename, line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        template.add(message, None, [(filename, line)], auto_comments=comments, context=context)
    return template


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(
            locale=language,
            header_comment=f"# The words of the secretariat in {LANGUAGES[language].own_name}.",
            project="secretariat",
            charset="utf-8",
            language_team="",
            last_translator="",
            msgid_bugs_address="",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(catalogue: Catalog, language: str) -> None:
    """Keep a catalogue, without line numbers and dates, which would make every change touch every entry."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.version, catalogue.msgid_bugs_address = "", ""
    catalogue.language_team, catalogue.last_translator = "", ""
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, include_lineno=False, ignore_obsolete=True, sort_by_file=True)


def update(language: str, template: Catalog) -> State:
    """Bring one catalogue up to date."""
    catalogue = read(language)
    created, revised = catalogue.creation_date, catalogue.revision_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.creation_date, catalogue.revision_date = created, revised
    write(catalogue, language)
    return state(catalogue, language)


def state(catalogue: Catalog, language: str) -> State:
    """How far a catalogue is; a plural counts as translated when all its forms are."""
    entries = list(entries_of(catalogue))
    return State(
        language,
        len(entries),
        sum(not all(forms_of(entry)) for entry in entries),
        sum(entry.fuzzy for entry in entries),
    )


def entries_of(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (entry for entry in catalogue if entry.id)


def forms_of(entry: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each form of the plural; empty where there is none yet."""
    forms = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    return tuple(form or "" for form in forms) or ("",)


def main() -> int:
    """Bring all catalogues up to date and say how far they are."""
    template = extract()
    for language in others():
        found = update(language, template)
        print(f"{found.language}: {found.messages} messages, {found.untranslated} to translate, {found.fuzzy} fuzzy")
    return 0


if __name__ == "__main__":
    sys.exit(main())
