"""The catalogues that lie over the main ones where a process calls a commitment otherwise: what must stand in them,
what is missing, and what can be filled in by rule. `make messages` brings them up to date, `make check` looks.

What must stand there is every message that holds the word, in English or as it is translated. Beside these stands what
only agrees with the word ("Completed" beside an intention, in Spanish): that is no rule's to find, and stays as long as
it says something else than the main catalogue.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product

from babel.messages import Catalog, Message
from babel.messages.pofile import read_po, write_po

from secretariat.core.languages.catalogue import DEFAULT_LANGUAGE, LANGUAGES, USUAL_WORD, WORDS, catalogue_path
from secretariat.dev import messages, word_rules

MADE_FROM = "the main catalogue says: "
"""Begins the comment in which each entry keeps the words it was written beside; where these change, it is looked at."""
MOST_TOLD = 5

Key = tuple[str, str | None]


def each() -> Iterator[tuple[str, str]]:
    """The catalogues there are: word and language; what others are made of comes first."""
    return ((word, language) for word, language in product(WORDS, LANGUAGES) if word != USUAL_WORD)


def read(word: str, language: str) -> Catalog:
    """One of them; an empty one where there is none yet."""
    path = catalogue_path(language, word)
    if not path.exists():
        about = f"# Where a process says {word} for {USUAL_WORD}: the words of the secretariat in"
        return Catalog(
            locale=language, header_comment=f"{about} {LANGUAGES[language].own_name}.", project="secretariat",
            charset="utf-8", fuzzy=False,
        )  # fmt: skip
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(catalogue: Catalog, word: str, language: str) -> None:
    """Keep one of them, with no dates and no line numbers."""
    path = catalogue_path(language, word)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.version, catalogue.msgid_bugs_address = "", ""
    catalogue.language_team, catalogue.last_translator = "", ""
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, no_location=True, ignore_obsolete=True, sort_output=True)


def holds_word(entry: Message, language: str, said: tuple[str, ...]) -> bool:
    """Whether a message holds the usual word, in English or in what the main catalogue says."""
    return any(word_rules.HOLDS["en"].search(one) for one in _ids(entry)) or any(
        word_rules.HOLDS[language].search(one) for one in said
    )


def _ids(entry: Message) -> tuple[str, ...]:
    return tuple(entry.id) if isinstance(entry.id, tuple | list) else (entry.id,)


def key_of(entry: Message) -> Key:
    """Under what a message is found in a catalogue."""
    return _ids(entry)[0], entry.context


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


class _Main:
    """What code and templates say, and the main catalogue of a language."""

    def __init__(self, template: Catalog, language: str) -> None:
        self.language = language
        self.entries = {key_of(entry): entry for entry in messages.entries_of(template)}
        translated = {} if language == DEFAULT_LANGUAGE else {
            key_of(entry): messages.forms_of(entry) for entry in messages.entries_of(messages.read(language))
        }  # fmt: skip
        self.said = {key: translated.get(key) or self._source(entry) for key, entry in self.entries.items()}

    def _source(self, entry: Message) -> tuple[str, ...]:
        return _ids(entry) if self.language == DEFAULT_LANGUAGE else ("",)

    def needed(self) -> dict[Key, Message]:
        return {key: one for key, one in self.entries.items() if holds_word(one, self.language, self.said[key])}

    def comment(self, key: Key) -> str:
        return _in_a_line(f"{MADE_FROM}{' | '.join(self.said[key])}")

    def is_made_from(self, entry: Message) -> bool:
        """Whether an entry was written beside what the main catalogue says today."""
        said = _in_a_line(" ".join(entry.user_comments))
        return self.language == DEFAULT_LANGUAGE or said == self.comment(key_of(entry))


def update(template: Catalog, word: str, language: str) -> None:
    """Bring one up to date: what is missing comes in, by rule where there is one; what is gone is dropped. What a rule
    only proposes, and what was written beside other words of the main catalogue, is fuzzy until somebody looked."""
    main, before = _Main(template, language), read(word, language)
    there = {key_of(one): one for one in messages.entries_of(before)}
    intentions = {key_of(one): one for one in messages.entries_of(read("intention", language))}
    # A contribution has the gender of an intention, so that what agrees with one agrees with the other.
    agree = intentions.keys() if language != DEFAULT_LANGUAGE else there.keys()
    after = Catalog(
        locale=language, header_comment=before.header_comment, project="secretariat", charset="utf-8", fuzzy=False
    )
    after.creation_date, after.revision_date = before.creation_date, before.revision_date
    needed = main.needed()
    for key in sorted(needed.keys() | there.keys() | agree, key=lambda one: (one[0], one[1] or "")):
        if key not in main.entries:
            continue
        forms, is_sure = _as_it_was(main, key, there.get(key)) or _by_rule(main, key, word, intentions.get(key))
        if key in needed or forms != main.said[key]:
            _put(after, main, key, forms, is_sure)
    write(after, word, language)


def _as_it_was(main: _Main, key: Key, entry: Message | None) -> tuple[tuple[str, ...], bool] | None:
    """What stands there, and whether somebody looked at it as it is; None where nothing stands there, or no more than
    was once proposed."""
    if entry is None or not all(messages.forms_of(entry)) or entry.fuzzy:
        return None
    return messages.forms_of(entry), main.is_made_from(entry)


def _by_rule(main: _Main, key: Key, word: str, intention: Message | None) -> tuple[tuple[str, ...], bool]:
    """What the rules make of a message, and whether that can be taken as it is."""
    language, said = main.language, main.said[key]
    if language != DEFAULT_LANGUAGE and word != "intention" and intention is not None:
        forms = messages.forms_of(intention)
        return tuple(word_rules.contribution(one, language) for one in forms), not intention.fuzzy
    return tuple(word_rules.by_rule(one, language, word) for one in said), language == DEFAULT_LANGUAGE


def _put(after: Catalog, main: _Main, key: Key, forms: tuple[str, ...], is_sure: bool) -> None:
    entry = main.entries[key]
    string = forms if isinstance(entry.id, tuple | list) else forms[0]
    comments = [] if main.language == DEFAULT_LANGUAGE else [main.comment(key)]
    flags = {"python-format"} if entry.python_format else set()
    flags |= {"fuzzy"} if any(forms) and not is_sure else set()
    after.add(entry.id, string, flags=flags, user_comments=comments, context=entry.context)


def problems(template: Catalog) -> list[str]:
    """What is not right with them, one line a catalogue and fault, with the messages it is about."""
    return [said for word, language in each() for said in _problems_of(template, word, language)]


def _problems_of(template: Catalog, word: str, language: str) -> Iterator[str]:
    main, catalogue = _Main(template, language), read(word, language)
    needed, entries = main.needed(), list(messages.entries_of(catalogue))
    there = {key_of(one) for one in entries}
    known = [one for one in entries if key_of(one) in main.entries]
    holds = word_rules.HOLDS[language].search
    faults: dict[str, list[Key]] = {
        "not there; run: make messages": [key for key in needed if key not in there],
        "without words": [key_of(one) for one in known if not all(messages.forms_of(one))],
        "fuzzy; look at them and take the mark away": [key_of(one) for one in known if one.fuzzy],
        "of no message any more; run: make messages": sorted(there - main.entries.keys(), key=str),
        "as in the main catalogue; run: make messages": [
            key for one in known if (key := key_of(one)) not in needed and messages.forms_of(one) == main.said[key]
        ],
        "written beside other words of the main catalogue; run: make messages": [
            key_of(one) for one in known if not main.is_made_from(one)
        ],
        f"still with the word {USUAL_WORD}": [
            key_of(one) for one in known if any(holds(form) for form in messages.forms_of(one))
        ],
    }
    name = f"words/{word}.{language}.po"
    for fault, keys in faults.items():
        if keys:
            yield f"{name}: {len(keys)} {fault}: {_told(keys)}"
    for _message, errors in catalogue.check():
        yield from (f"{name}: {error}" for error in errors)


def _told(keys: list[Key]) -> str:
    shown = [f"“{key[0]}”" for key in keys[:MOST_TOLD]]
    return ", ".join(shown) + (f" and {len(keys) - MOST_TOLD} more" if len(keys) > MOST_TOLD else "")


def main() -> int:
    """Bring them up to date and say what is left to see to."""
    template = messages.extract()
    for word, language in each():
        update(template, word, language)
    print("\n".join(problems(template)) or "words: nothing to see to")
    return 0


if __name__ == "__main__":
    sys.exit(main())
