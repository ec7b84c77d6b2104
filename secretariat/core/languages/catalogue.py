"""Messages in the reader's language.

English is the language of the source. A catalogue is a `.po` file; its compiled form is made when it is missing
or older than its source, so that nobody has to remember to compile. Plural forms are the catalogue's (Arabic has six).

A process may call a commitment otherwise (`WORDS`). Then a smaller catalogue lies over the main one, with the messages
that hold the word or agree with it; which, the reading says (ADR 0029).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar, Token
from dataclasses import dataclass, field, replace
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from threading import get_ident
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, Translations

from secretariat.core.languages.in_network import AmongItsOwn

CATALOGUES = Path(__file__).resolve().parents[2] / "translations"
DEFAULT_LANGUAGE = "en"
USUAL_WORD = "commitment"
WORDS = (USUAL_WORD, "intention", "contribution")
"""What a process may call a commitment; the first is that of the main catalogues, each other one has a catalogue of its
own in every language, that of the source included."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language the product speaks."""

    code: str
    """ISO 639-1, as in `lang`."""
    own_name: str
    """Its name in itself."""
    direction: str
    """`ltr` or `rtl`."""

    @property
    def locale(self) -> Locale:
        """What the Unicode locale data know of it."""
        return _locale(self.code)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language("en", "English", "ltr"),
        Language("es", "Español", "ltr"),
        Language("fr", "Français", "ltr"),
        Language("ar", "العربية", "rtl"),
    )
}


Called = Mapping[str, str]
"""What a process calls a commitment, one of `WORDS`, by language; a language that is not there has the usual word."""
_USUALLY: Called = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """How the present reader reads: language, and the IANA zone in which instants are shown.

    `word` is what a commitment is called here, one of `WORDS`; `called` says it for every language, so that who goes on
    in another one hears the word of the same process there. `in_network`: it is written among organizations of a
    network, in their words (`in_network.py`).
    """

    language: Language
    zone: str = "UTC"
    word: str = USUAL_WORD
    called: Called = field(default_factory=dict, compare=False)
    in_network: bool = False


_NOBODY_SAID = Reading(LANGUAGES[DEFAULT_LANGUAGE])
_reading: ContextVar[Reading] = ContextVar("reading", default=_NOBODY_SAID)


current_reading: Callable[[], Reading] = _reading.get
"""The present reader's language and zone; English and UTC where nobody has said. A page asks hundreds of times, so
there is no function of ours around it."""


def language_or_none(code: str | None) -> Language | None:
    """The language of a code such as `es` or `es-MX`, or None where the product does not speak it."""
    return LANGUAGES.get(code.replace("_", "-").split("-")[0].lower()) if code else None


def enter_reading(language: str, zone: str | None = None, called: Called | None = None) -> Token[Reading]:
    """Read in a language from here on; give the token to `leave_reading`. For places where `with` cannot stand.

    Without `called` a commitment goes on being called as it was, in this language; in a network one goes on being.
    """
    chosen = language_or_none(language) or LANGUAGES[DEFAULT_LANGUAGE]
    before = current_reading()
    said = before.called if called is None else called
    return _reading.set(_read(chosen, zone or before.zone, said, in_network=before.in_network))


def _read(language: Language, zone: str, called: Called, *, in_network: bool) -> Reading:
    word = called.get(language.code, USUAL_WORD)
    return Reading(language, zone, word if word in WORDS else USUAL_WORD, called, in_network)


def call_commitments(called: Called | None) -> None:
    """From here on a commitment is called as a process calls it, until the reading is left: a page says it when it
    knows whose it is. None: as usual."""
    before = current_reading()
    _reading.set(_read(before.language, before.zone, called or _USUALLY, in_network=before.in_network))


def speak_in_network(in_network: bool) -> None:
    """From here on it is written among organizations of a network, or among governments, until the reading is left."""
    before = current_reading()
    if before.in_network is not in_network:
        _reading.set(replace(before, in_network=in_network))


@contextmanager
def reading_in_network(in_network: bool) -> Iterator[Reading]:
    """Everything inside is written so."""
    token = _reading.set(replace(current_reading(), in_network=in_network))
    try:
        yield current_reading()
    finally:
        leave_reading(token)


def leave_reading(token: Token[Reading]) -> None:
    """Read again as before `enter_reading`."""
    _reading.reset(token)


@contextmanager
def reading_in(language: str, zone: str | None = None, called: Called | None = None) -> Iterator[Reading]:
    """Everything inside is written for a reader of this language, in this zone; `called` as for `enter_reading`."""
    token = enter_reading(language, zone, called)
    try:
        yield current_reading()
    finally:
        leave_reading(token)


@contextmanager
def calling_commitments(called: Called | None) -> Iterator[Reading]:
    """Inside, a commitment is called as a process calls it: for one row among those of several processes."""
    before = current_reading()
    with reading_in(before.language.code, before.zone, called or _USUALLY) as reading:
        yield reading


def told_reading() -> dict[str, Any]:
    """The present reading as values, for work that is done later: give it to `reading_as_told`."""
    reading = current_reading()
    return {
        "language": reading.language.code,
        "zone": reading.zone,
        "called": dict(reading.called),
        "in_network": reading.in_network,
    }


@contextmanager
def reading_as_told(told: Mapping[str, Any]) -> Iterator[Reading]:
    """Everything inside is written as for whoever asked for it, by what `told_reading` gave."""
    with reading_in(told["language"], told["zone"], told.get("called") or _USUALLY):
        speak_in_network(bool(told.get("in_network")))
        yield current_reading()


def catalogue_path(code: str, word: str = USUAL_WORD) -> Path:
    """The `.po` file of a language; with another word, of what lies over it."""
    if word != USUAL_WORD:
        return CATALOGUES / "words" / f"{word}.{code}.po"
    return CATALOGUES / code / "LC_MESSAGES" / "messages.po"


@cache
def translations(code: str, word: str = USUAL_WORD, *, in_network: bool = False) -> NullTranslations:
    """The catalogue of a language, once it is asked for; the empty one for English and for a language whose catalogue
    does not exist. With another word, what lies over it is laid over it; in a network it is put into its words."""
    if in_network:
        return AmongItsOwn(code, translations(code, word))
    if word != USUAL_WORD:
        return _laid_over(translations(code), catalogue_path(code, word))
    source = catalogue_path(code)
    if code == DEFAULT_LANGUAGE or not source.exists():
        return NullTranslations()
    return Translations(io.BytesIO(_compiled(source)))


def _laid_over(main: NullTranslations, source: Path) -> NullTranslations:
    """One catalogue of both, so that a message is looked up once; what is not in the upper one is the main one's."""
    if not source.exists():
        return main
    content = _compiled(source)
    both = Translations(io.BytesIO(content))  # has the plural forms of the language, which are those of both
    if isinstance(main, Translations):
        both.merge(main)
        both.merge(Translations(io.BytesIO(content)))
    return both


def _compiled(source: Path) -> bytes:
    """The compiled form of a catalogue, made where it is missing or older than its source."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return compiled.read_bytes()
    content = compile_catalogue(source)
    with suppress(OSError):  # an installation may be read-only: then the catalogue is compiled at each start
        beside = compiled.with_name(f"{compiled.name}.{os.getpid()}-{get_ident()}")
        beside.write_bytes(content)
        beside.replace(compiled)
    return content


def compile_catalogue(source: Path) -> bytes:
    """The compiled form of a `.po` file; fuzzy entries are left out, their readers see the source."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def spoken() -> NullTranslations:
    """The catalogue of the present reading."""
    reading = current_reading()
    return translations(reading.language.code, reading.word, in_network=reading.in_network)


def gettext(message: str, **words: Any) -> str:
    """A message in the reader's language, `%(name)s` filled with words."""
    text = spoken().gettext(message)
    return text % words if words else text


def ngettext(one: str, many: str, number: int, **words: Any) -> str:
    """A message in the form that the number asks for; `%(num)s` is the number."""
    return spoken().ngettext(one, many, number) % {"num": number, **words}


def pgettext(context: str, message: str, **words: Any) -> str:
    """A message whose meaning depends on where it stands."""
    text = spoken().pgettext(context, message)
    return text % words if words else text


def npgettext(context: str, one: str, many: str, number: int, **words: Any) -> str:
    """A message that depends on a number and on where it stands."""
    return spoken().npgettext(context, one, many, number) % {"num": number, **words}


def lazy_gettext(message: str, **words: Any) -> Any:
    """A message turned into words each time it is shown: for names of fields and of enum members."""
    return LazyProxy(gettext, message, enable_cache=False, **words)


def lazy_pgettext(context: str, message: str, **words: Any) -> Any:
    """`pgettext`, turned into words each time it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False, **words)
