"""The reader's language and zone: the catalogue, dates, names and order of words.

Works without a web request, so that mails, prints and tasks speak as the pages do:

    with languages.reading_in("es", zone="America/Guatemala"):
        subject = _("Where things stand")
"""

from secretariat.core.languages.catalogue import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    USUAL_WORD,
    WORDS,
    Called,
    Language,
    Reading,
    call_commitments,
    calling_commitments,
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
    reading_as_told,
    reading_in,
    reading_in_network,
    speak_in_network,
    told_reading,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "USUAL_WORD",
    "WORDS",
    "Called",
    "Language",
    "Reading",
    "call_commitments",
    "calling_commitments",
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
    "reading_as_told",
    "reading_in",
    "reading_in_network",
    "speak_in_network",
    "told_reading",
]
