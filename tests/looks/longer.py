"""A language that does not exist: English, each word longer by two fifths, as other languages are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from math import ceil
from unittest.mock import patch

from secretariat.core.languages import catalogue, templating

_WORD = re.compile(r"%\(\w+\)[sd]|<[^>]+>|&\w+;|([^\W\d_]+)")
"""A word; what is filled in, mark-up and entities are left as they are."""
MORE = 0.4


def lengthened(message: str) -> str:
    """The same with longer words."""
    return _WORD.sub(lambda found: found[0] + (found[1] or "")[: ceil(len(found[1] or "") * MORE)], message)


class Longer(NullTranslations):
    """English, lengthened."""

    def gettext(self, message: str) -> str:
        return lengthened(message)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return lengthened(one if number == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return message if context == "date pattern" else lengthened(message)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        return lengthened(one if number == 1 else many)


@contextmanager
def longer_words() -> Iterator[None]:
    """Every page speaks it meanwhile, whatever language it is asked for."""
    language = Longer()
    with patch.object(catalogue, "translations", lambda *_code, **_how: language):
        templating._marked_up.cache_clear()
        try:
            yield
        finally:
            templating._marked_up.cache_clear()
