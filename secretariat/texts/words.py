"""Texts, rounds and comments in words, in the reader's language."""

from __future__ import annotations

from typing import Any

from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.texts.models import Became, CommentFor, Proposes, TextState
from secretariat.texts.paragraphs import ParagraphKind
from secretariat.texts.wording import Fate

STATE: dict[TextState, Any] = {
    TextState.DRAFTING: lazy_pgettext("text", "Being drafted"),
    TextState.SET_ASIDE: lazy_pgettext("text", "Set aside"),
    TextState.ADOPTED: lazy_pgettext("text", "Adopted"),
}
PARAGRAPH: dict[ParagraphKind, Any] = {
    ParagraphKind.HEADING: lazy_pgettext("paragraph", "Heading"),
    ParagraphKind.PREAMBLE: lazy_pgettext("paragraph", "Preambular, without a number"),
    ParagraphKind.OPERATIVE: lazy_pgettext("paragraph", "Numbered"),
    ParagraphKind.PLAIN: lazy_pgettext("paragraph", "Plain, without a number"),
}
DEPTH: dict[str, Any] = {
    "1": _l("Not indented: 1., or a heading I."),
    "2": _l("Indented once: (a), or a heading A."),
    "3": _l("Indented twice: (i), or a heading without a number"),
}
READ_BY: dict[CommentFor, Any] = {
    CommentFor.READERS: _l("To all who read the text, with my government's name"),
    CommentFor.UNNAMED: _l("To all who read the text, without a name"),
    CommentFor.SECRETARIAT: _l("To the Secretariat alone, with my government's name"),
}
READ_BY_IN_NETWORK: dict[CommentFor, Any] = {
    CommentFor.READERS: _l("To all who read the text, with my organization's name"),
    CommentFor.UNNAMED: READ_BY[CommentFor.UNNAMED],
    CommentFor.SECRETARIAT: _l("To the coordination alone, with my organization's name"),
}
"""The same, said to an organization of a network among its own."""
PROPOSES: dict[Proposes, Any] = {
    Proposes.INSTEAD: _l("In place of the paragraph"),
    Proposes.BEHIND: _l("As a new paragraph behind it"),
    Proposes.OUT: _l("The paragraph goes"),
}
PROPOSED: dict[Proposes, Any] = {
    Proposes.INSTEAD: _l("Proposes:"),
    Proposes.BEHIND: _l("Proposes a new paragraph behind it:"),
    Proposes.OUT: _l("Proposes to take the paragraph out."),
}
"""Over the words that are proposed."""
CHANGES: dict[Proposes, Any] = {
    Proposes.INSTEAD: _l("other words"),
    Proposes.BEHIND: _l("a new paragraph behind it"),
    Proposes.OUT: _l("it goes"),
}
"""What a file does to a paragraph."""
INTO_DRAFT: dict[str, Any] = {
    "leave": _l("The draft stays as it is"),
    "take_in": _l("The draft takes it over"),
    "beside": _l("The draft has both wordings beside each other, in brackets"),
}
"""What the answer to a comment does to the draft."""
BECAME: dict[Became, Any] = {
    Became.TAKEN_UP: lazy_pgettext("comment", "Taken up"),
    Became.IN_PART: lazy_pgettext("comment", "Taken up in part"),
    Became.IN_BRACKETS: lazy_pgettext("comment", "In brackets, still open"),
    Became.NOT_THIS_TIME: lazy_pgettext("comment", "Not taken up this time"),
}
FATE: dict[Fate, Any] = {
    Fate.CHANGED: lazy_pgettext("paragraph", "Changed"),
    Fate.NEW: lazy_pgettext("paragraph", "New"),
    Fate.TAKEN_OUT: lazy_pgettext("paragraph", "Taken out"),
    Fate.MOVED: lazy_pgettext("paragraph", "Moved"),
}
NETWORK_READ_BY: dict[CommentFor, Any] = {
    CommentFor.READERS: _l("Whoever reads the text, as comments of the network"),
    CommentFor.SECRETARIAT: _l("The Secretariat of the process alone"),
}
