"""Messages in the reader's language.

English is the language of the source. A catalogue is a `.po` file; its compiled form is made when it is missing
or older than its source, so that nobody has to remember to compile. Plural forms are the catalogue's (Arabic has six).
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, Token
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from threading import get_ident
from typing import Any

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy

CATALOGUES = Path(__file__).resolve().parents[2] / "translations"
DEFAULT_LANGUAGE = "en"


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


@dataclass(frozen=True, slots=True)
class Reading:
    """How the present reader reads: language, and the IANA zone in which instants are shown."""

    language: Language
    zone: str = "UTC"


_NOBODY_SAID = Reading(LANGUAGES[DEFAULT_LANGUAGE])
_reading: ContextVar[Reading] = ContextVar("reading", default=_NOBODY_SAID)


current_reading: Callable[[], Reading] = _reading.get
"""The present reader's language and zone; English and UTC where nobody has said. A page asks hundreds of times, so
there is no function of ours around it."""


def language_or_none(code: str | None) -> Language | None:
    """The language of a code such as `es` or `es-MX`, or None where the product does not speak it."""
    return LANGUAGES.get(code.replace("_", "-").split("-")[0].lower()) if code else None


def enter_reading(language: str, zone: str | None = None) -> Token[Reading]:
    """Read in a language from here on; give the token to `leave_reading`. For places where `with` cannot stand."""
    chosen = language_or_none(language) or LANGUAGES[DEFAULT_LANGUAGE]
    return _reading.set(Reading(chosen, zone or current_reading().zone))


def leave_reading(token: Token[Reading]) -> None:
    """Read again as before `enter_reading`."""
    _reading.reset(token)


@contextmanager
def reading_in(language: str, zone: str | None = None) -> Iterator[Reading]:
    """Everything inside is written for a reader of this language, in this zone."""
    token = enter_reading(language, zone)
    try:
        yield current_reading()
    finally:
        leave_reading(token)


@cache
def translations(code: str) -> NullTranslations:
    """The catalogue of a language; the empty one for English and for a language whose catalogue does not exist."""
    source = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if code == DEFAULT_LANGUAGE or not source.exists():
        return NullTranslations()
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return GNUTranslations(io.BytesIO(compiled.read_bytes()))
    content = compile_catalogue(source)
    with suppress(OSError):  # an installation may be read-only: then the catalogue is compiled at each start
        beside = compiled.with_name(f"{compiled.name}.{os.getpid()}-{get_ident()}")
        beside.write_bytes(content)
        beside.replace(compiled)
    return GNUTranslations(io.BytesIO(content))


def compile_catalogue(source: Path) -> bytes:
    """The compiled form of a `.po` file; fuzzy entries are left out, their readers see the source."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def _spoken() -> NullTranslations:
    return translations(current_reading().language.code)


def gettext(message: str, **words: Any) -> str:
    """A message in the reader's language, `%(name)s` filled with words."""
    text = _spoken().gettext(message)
    return text % words if words else text


def ngettext(one: str, many: str, number: int, **words: Any) -> str:
    """A message in the form that the number asks for; `%(num)s` is the number."""
    return _spoken().ngettext(one, many, number) % {"num": number, **words}


def pgettext(context: str, message: str, **words: Any) -> str:
    """A message whose meaning depends on where it stands."""
    text = _spoken().pgettext(context, message)
    return text % words if words else text


def npgettext(context: str, one: str, many: str, number: int, **words: Any) -> str:
    """A message that depends on a number and on where it stands."""
    return _spoken().npgettext(context, one, many, number) % {"num": number, **words}


def lazy_gettext(message: str, **words: Any) -> Any:
    """A message turned into words each time it is shown: for names of fields and of enum members."""
    return LazyProxy(gettext, message, enable_cache=False, **words)


def lazy_pgettext(context: str, message: str, **words: Any) -> Any:
    """`pgettext`, turned into words each time it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False, **words)
