"""How a label looks, and the heaviest mark of the page.

Every label shown is noted while the page is rendered; the banner at its head follows from the heaviest, so that no view
can forget it. What a page shows without its label it marks by `mark(label)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g

from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext

LEVELS = ("public", "participants", "members", "named")

LEVEL_WORDS = {
    "public": lazy_pgettext("label", "Public"),
    "participants": _l("All participants"),
    "members": _l("Members only"),
    "named": _l("Named readers"),
}
"""The words where a process has not set its own."""

TRACK_WORDS = {
    "government": lazy_pgettext("track", "government"),
    "civil_society": lazy_pgettext("track", "civil society"),
    "both": lazy_pgettext("track", "both tracks"),
}


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A label in words: who reads."""

    level: str
    words: str
    readers: str = ""
    """Track, body or audience, in plain weight after the level."""
    explanation: str = ""
    """Who the named readers are, for the banner; a sentence."""
    readers_address: str = ""
    """Where "Who may read this" leads."""

    @property
    def weight(self) -> int:
        """Place among the levels; the heavier wins the banner."""
        return LEVELS.index(self.level)


Wording = Callable[[Any], ShownLabel]


def install(app: Flask, wording: Wording | None = None) -> None:
    """`wording` turns a label as it is stored into words, in the reader's language and the process's words."""
    app.extensions["label_wording"] = wording or by_level
    app.jinja_env.globals.update(
        shown_label=shown_label, mark=mark, heaviest_mark=heaviest_mark, banner_sentence=banner_sentence
    )


def by_level(label: Any) -> ShownLabel:
    """The level in the default words; for labels that belong to no process."""
    level = str(getattr(label, "level", label))
    return ShownLabel(level, str(LEVEL_WORDS[level]))


def shown_label(label: Any) -> ShownLabel:
    """A label in words; what is words already stays."""
    if isinstance(label, ShownLabel):
        return label
    wording: Wording = current_app.extensions["label_wording"]
    return wording(label)


def mark(label: Any) -> str:
    """Note that the page shows something under this label. Writes nothing where it stands."""
    shown = shown_label(label)
    heaviest: ShownLabel | None = g.get("heaviest_mark")
    if heaviest is None or shown.weight > heaviest.weight:
        g.heaviest_mark = shown
    return ""


def heaviest_mark() -> ShownLabel | None:
    """The heaviest label noted on this page, from Members only upwards; None below."""
    heaviest: ShownLabel | None = g.get("heaviest_mark")
    return heaviest if heaviest and heaviest.weight >= LEVELS.index("members") else None


def banner_sentence(shown: ShownLabel) -> str:
    """What follows the words of the level in a banner."""
    if shown.level == "named":
        recorded = _("Reading is recorded.")
        return f"{shown.explanation} {recorded}".strip()
    return _("For use within your government; not for observers, partners or the press.")
