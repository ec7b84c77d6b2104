"""How a label looks, and the heaviest mark of the page.

Every label shown is noted while the page is rendered; the banner at its head follows from the heaviest, so that no view
can forget it. What a page shows without its label it marks by `mark(label)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g

from secretariat.core.database import Labelled
from secretariat.core.labels import Level
from secretariat.core.wording import ShownLabel, banner_sentence, level_in_words

Wording = Callable[[int], ShownLabel]


def install(app: Flask, wording: Wording | None = None) -> None:
    """`wording` turns the key of a label into words, in the reader's language and the words of its process."""
    app.extensions["label_wording"] = wording
    app.jinja_env.globals.update(
        shown_label=shown_label, mark=mark, heaviest_mark=heaviest_mark, banner_sentence=banner_sentence
    )


def shown_label(label: Any) -> ShownLabel:
    """A label in words: of a labelled thing, of the key of a label, or of a level alone. Words stay as they are."""
    if isinstance(label, ShownLabel):
        return label
    key = label.label_id if isinstance(label, Labelled) else label
    if isinstance(key, int):
        wording: Wording = current_app.extensions["label_wording"]
        return wording(key)
    level = Level(key)
    return ShownLabel(level.value, level_in_words(level, {}))


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
    return heaviest if heaviest and heaviest.weight >= Level.MEMBERS.weight else None
