"""The words of a digest as a secretariat writes them: plain text with placeholders, read and filled in. Pure.

A placeholder stands in braces and is named in the words of the language one writes in: `{what is asked}`, `{lo que se
pregunta}`. It is kept by its key, so that another translation of its name spoils nothing. Lists, the link and whole
sentences stand on a line of their own; a name stands within a line. Nothing else has a meaning: a mark-up is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from secretariat.core.languages import LANGUAGES, lazy_pgettext, reading_in
from secretariat.core.languages import gettext as _

LONGEST = 4000
_BRACES = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What can be put into the words of a digest. `alone`: it takes a line of its own. `needed`: no digest without."""

    word: object
    tells: object
    alone: bool = True
    needed: bool = False


PLACEHOLDERS = {
    "asked": Placeholder(
        lazy_pgettext("placeholder", "what is asked"),
        lazy_pgettext("placeholder", "the list of what is asked, each with its date and the last word on it"),
        needed=True,
    ),
    "link": Placeholder(
        lazy_pgettext("placeholder", "the link"),
        lazy_pgettext("placeholder", "the reader’s own link; each message has one"),
        needed=True,
    ),
    "coming": Placeholder(
        lazy_pgettext("placeholder", "what is coming"),
        lazy_pgettext("placeholder", "what comes later, with its sentence; nothing where there is nothing"),
    ),
    "lent": Placeholder(
        lazy_pgettext("placeholder", "what is with colleagues"),
        lazy_pgettext(
            "placeholder", "drafts that lie with colleagues, with their sentence; nothing where there are none"
        ),
    ),
    "validity": Placeholder(
        lazy_pgettext("placeholder", "how long the link works"),
        lazy_pgettext("placeholder", "the sentence that says whose the link is and until when it works"),
    ),
    "participant": Placeholder(
        lazy_pgettext("placeholder", "participant"),
        lazy_pgettext("placeholder", "the name of the reader’s state or organization"),
        alone=False,
    ),
    "process": Placeholder(
        lazy_pgettext("placeholder", "process"), lazy_pgettext("placeholder", "the name of the process"), alone=False
    ),
}


class Unusable(Exception):
    """Words that cannot be used; `sentence` says why, in the language of who reads."""

    @property
    def sentence(self) -> str:
        """What is wrong, naming it."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One piece of a message: lines of text, or the name of what the product puts there."""

    lines: tuple[str, ...] = ()
    block: str = ""


def kept(typed: str, language: str) -> str:
    """What was typed, with its placeholders by their keys. Raises Unusable, naming what is wrong."""
    known = _keys(language)

    def key_of(found: re.Match[str]) -> str:
        word = _plain(found[1])
        if word not in known:
            raise Unusable(_("There is no placeholder called {%(word)s}.", word=found[1].strip()))
        return "{" + known[word] + "}"

    text = _BRACES.sub(key_of, "\n".join(line.rstrip() for line in typed.strip().splitlines()))
    check(text, language)
    return text


def shown(text: str, language: str) -> str:
    """What is kept, as one writes it in a language; what cannot be read stays as it is."""
    words = _words(language)
    return _BRACES.sub(lambda found: "{" + words.get(found[1], found[1]) + "}", text)


def check(text: str, language: str = "") -> None:
    """That kept words can be used. Raises Unusable, naming what is wrong."""
    words = _words(language) if language else {key: key for key in PLACEHOLDERS}
    found = _BRACES.findall(text)
    for key in found:
        if key not in PLACEHOLDERS:
            raise Unusable(_("There is no placeholder called {%(word)s}.", word=key))
    for line in text.splitlines():
        if re.search(r"[{}]", _BRACES.sub("", line)):
            raise Unusable(_("A brace stands alone in this line: “%(line)s”.", line=line.strip()[:60]))
    for key, one in PLACEHOLDERS.items():
        if one.needed and key not in found:
            raise Unusable(_("The message needs {%(word)s}.", word=words[key]))
        if one.alone and found.count(key) > 1:
            raise Unusable(_("{%(word)s} can stand in the message once.", word=words[key]))
        if one.alone and any("{" + key + "}" in line and line.strip() != "{" + key + "}" for line in text.splitlines()):
            raise Unusable(_("{%(word)s} stands on a line of its own.", word=words[key]))


def paragraphs(text: str, values: Mapping[str, str]) -> list[Paragraph]:
    """The pieces of a message, with the names put in. Raises Unusable."""
    check(text)
    return list(_pieces(text, values))


def _pieces(text: str, values: Mapping[str, str]) -> Iterator[Paragraph]:
    lines: list[str] = []
    for line in text.splitlines():
        alone = _BRACES.fullmatch(line.strip())
        is_block = alone is not None and PLACEHOLDERS[alone[1]].alone
        if line.strip() and not is_block:
            lines.append(_BRACES.sub(lambda found: values.get(found[1], ""), line))
            continue
        if lines:
            yield Paragraph(tuple(lines))
            lines = []
        if alone is not None and is_block:
            yield Paragraph(block=alone[1])
    if lines:
        yield Paragraph(tuple(lines))


def usual(language: str) -> str:
    """The words that go out where nobody has written others, as one would write them."""
    with reading_in(language):
        words = [
            _("A word from you is awaited on these:"),
            "{asked}",
            _("All of it is on one page, without a password. Choose, save, done:"),
            "{link}", "{coming}", "{lent}", "{validity}",
        ]  # fmt: skip
    return "\n\n".join(words)


def _words(language: str) -> dict[str, str]:
    with reading_in(language):
        return {key: str(one.word) for key, one in PLACEHOLDERS.items()}


def _keys(language: str) -> dict[str, str]:
    """Keys by the names of placeholders: in the language one writes in first, in the others as well."""
    found: dict[str, str] = {}
    for code in (language, *LANGUAGES):
        for key, word in _words(code).items():
            found.setdefault(_plain(word), key)
    return found | {key: key for key in PLACEHOLDERS if key not in found}


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("'", "’").split())
