"""What became of a paper in a pack, in the reader's language."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.languages.words import number_text
from secretariat.packs.binding import MOST_PAGES_OF_A_PAPER
from secretariat.packs.contents import Became
from secretariat.packs.models import PackForm

FORM: dict[PackForm, Any] = {
    PackForm.PDF: lazy_pgettext("pack", "One PDF with bookmarks"),
    PackForm.ZIP: lazy_pgettext("pack", "A ZIP with each paper as a file"),
}
_SENTENCES: dict[Became, Any] = {
    Became.INSIDE_ENCRYPTED: _l("It is locked with a password, and stands here as it came."),
    Became.INSIDE_BROKEN: _l("Its file is damaged, and stands here as it came."),
    Became.NO_TEXT: _l("It is not there in any language yet."),
    Became.NO_PAGES: _l(
        "It is no PDF, so that it cannot stand among these pages; it stands in the ZIP, and on its own page."
    ),
    Became.ENCRYPTED: _l(
        "It is locked with a password, so that it cannot stand among these pages. It is on its own page."
    ),
    Became.BROKEN: _l("Its file is damaged, or takes more to open than a paper does. It is on its own page."),
    Became.LAYERED: _l(
        "Parts of it are switched on and off as one reads; in a pack it would not look as it does on its own page."
    ),
    Became.TOO_MUCH: _l("With it the pack would be larger than can be sent. It is on its own page."),
    Became.UNPACKS_TOO_FAR: _l("It is packed as no paper is, and is not handed on in a pack. It is on its own page."),
    Became.LOST: _l("Its file is not where it should be. Tell the Secretariat."),
    Became.NOT_SET: _l("It could not be set as pages just now. It is on its own page."),
}
WITH_ADDRESS = frozenset(Became) - {
    Became.INSIDE,
    Became.INSIDE_ENCRYPTED,
    Became.INSIDE_BROKEN,
    Became.NO_TEXT,
    Became.LOST,
}
"""Of these the sentence goes before the address of the document's page, where its file is."""


def note_on(became: Became) -> str:
    """Why a paper does not stand in a pack, in a sentence that goes before the address of its page; nothing where it
    does."""
    if became is Became.TOO_LONG:
        most = number_text(MOST_PAGES_OF_A_PAPER)
        return _("It has more than %(most)s pages, which nobody prints in a pack. It is on its own page.", most=most)
    return str(_SENTENCES.get(became, ""))
