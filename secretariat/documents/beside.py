"""What rooms above this one have to a document: its page leads there.

A common paper that is a file is cleared on a page of texts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from secretariat.core.session import ViewerSession
from secretariat.documents.models import Document


class Lead(NamedTuple):
    """A section of the page: its heading, a sentence, and where it leads (words and address; none where there is
    nothing to do)."""

    heading: Any
    sentence: Any
    act: Any = None
    address: str = ""


Says = Callable[[ViewerSession, Document], Lead | None]
_says: dict[str, Says] = {}


def register(what: str, says: Says) -> None:
    """Enter what is to be said beside documents, under the eyes of the session; None where that is nothing."""
    _says[what] = says


def leads(session: ViewerSession, document: Document) -> list[Lead]:
    """All that is said beside a document to its reader."""
    return [said for says in _says.values() if (said := says(session, document)) is not None]
