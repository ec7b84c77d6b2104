"""The words of labels, for pages, mails and prints alike. Who reads is said in words, never by a colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from secretariat.core.labels import Level
from secretariat.core.languages import current_reading, lazy_gettext, lazy_pgettext
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText

LEVEL_WORDS: dict[Level, Any] = {
    Level.PUBLIC: lazy_pgettext("label", "Public"),
    Level.PARTICIPANTS: lazy_gettext("All participants"),
    Level.MEMBERS: lazy_gettext("Members only"),
    Level.NAMED: lazy_gettext("Named readers"),
}
"""The words where a process has not set its own."""


@dataclass(frozen=True, slots=True)
class ShownLabel:
    """A label in words, in the reader's language."""

    level: str
    words: str
    readers: str = ""
    """Track, body or audience, in plain weight after the level."""
    explanation: str = ""
    """Who the readers are, for the banner, where the level does not say it; a sentence."""
    readers_address: str = ""
    """Where "Who may read this" leads."""
    civil_society: bool = False
    """Whether civil society alone reads."""

    @property
    def weight(self) -> int:
        """Place among the levels; the heaviest of a page gives its banner."""
        return Level(self.level).weight


def heavier(noted: ShownLabel | None, shown: ShownLabel) -> ShownLabel:
    """Of the labels on a page or paper the one for its banner. Where parts name readers that are not the same, the
    banner names none of them: whoever reads one part would be taken for a reader of all."""
    if noted is None or shown.weight > noted.weight:
        return shown
    if shown.explanation and noted.explanation and shown.explanation != noted.explanation:
        several = _("Its parts are for different readers; do not pass it on as a whole.")
        return replace(noted, readers="", explanation=several, readers_address="")
    return noted


def level_in_words(level: Level, own_words: Mapping[str, Any]) -> str:
    """The word of a level: the process's own (`Process.level_words`: level to stored `LocalText`), else the default."""
    own = own_words.get(level.value)
    words = LocalText.from_json(own).in_language(current_reading().language.code)[0] if own else ""
    return words or str(LEVEL_WORDS[level])


def banner_sentence(shown: ShownLabel, *, recorded: bool = False) -> str:
    """What follows the words of the level in a banner, on a page or a print; whether this reading is recorded."""
    if shown.level == Level.NAMED:
        said = _("Reading is recorded.") if recorded else ""
        return f"{shown.explanation} {said}".strip()
    if shown.explanation:
        return shown.explanation
    if shown.civil_society:
        return _("For use within the network; not for governments, their secretariat or the press.")
    return _("For use within your government; not for observers, partners or the press.")
