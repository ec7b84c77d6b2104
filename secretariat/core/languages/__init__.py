"""The reader's language and zone: the catalogue, dates, names and order of words.

Works without a web request, so that mails, prints and tasks speak as the pages do:

    with languages.reading_in("es", zone="America/Guatemala"):
        subject = _("Where things stand")
"""

from secretariat.core.languages.catalogue import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Language,
    Reading,
    current_reading,
    enter_reading,
    gettext,
    language_or_none,
    lazy_gettext,
    lazy_pgettext,
    leave_reading,
    ngettext,
    npgettext,
    pgettext,
    reading_in,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "Language",
    "Reading",
    "current_reading",
    "enter_reading",
    "gettext",
    "language_or_none",
    "lazy_gettext",
    "lazy_pgettext",
    "leave_reading",
    "ngettext",
    "npgettext",
    "pgettext",
    "reading_in",
]
