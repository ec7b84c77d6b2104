"""Documents that stay as they are for good, as rooms above this one say: a text that was adopted, a common paper that
was released.

Of one that is frozen there are no revisions, no more languages, and it is not withdrawn; a corrigendum corrects it, an
addendum adds to it.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.documents.models import COMMON_PAPER, Document

Says = Callable[[Session, UUID], bool]
_says: dict[str, Says] = {}


def register(what: str, says: Says) -> None:
    """Enter who knows which texts and common papers are frozen; answered the same for every reader."""
    _says[what] = says


def is_frozen(session: Session, document: Document) -> bool:
    """Whether nothing of a document is changed any more."""
    may_be = document.by_paragraph or document.kind == COMMON_PAPER
    return may_be and any(says(session, document.id) for says in _says.values())


def check(session: Session, document: Document, field: str | None = None) -> None:
    """Raises Refused for a document that is frozen."""
    if not is_frozen(session, document):
        return
    if document.by_paragraph:
        said = _("This text is adopted and stays as it is: a misprint is corrected by a corrigendum, and what is "
                 "changed is another text.")  # fmt: skip
    else:
        said = _("This paper was released and stays as it is: a misprint is corrected by a corrigendum, and what is "
                 "changed is another paper.")  # fmt: skip
    raise Refused(said, field)
