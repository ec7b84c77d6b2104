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
Locks = Callable[[Session, UUID], None]
_says: dict[str, Says] = {}
_locks: dict[str, Locks] = {}


def register(what: str, says: Says, lock: Locks) -> None:
    """Enter who knows which texts and common papers are frozen, answered the same for every reader; and the lock that
    is held while one is frozen."""
    _says[what], _locks[what] = says, lock


def is_frozen(session: Session, document: Document) -> bool:
    """Whether nothing of a document is changed any more."""
    return _may_be(document) and any(says(session, document.id) for says in _says.values())


def _may_be(document: Document) -> bool:
    return document.by_paragraph or document.kind == COMMON_PAPER


def check(session: Session, document: Document, field: str | None = None) -> None:
    """Raises Refused for a document that is frozen; one that is not is frozen by nobody until the unit of work ends."""
    if _may_be(document):
        for lock in _locks.values():
            lock(session, document.id)
    if not is_frozen(session, document):
        return
    if document.by_paragraph:
        said = _("This text is adopted and stays as it is: a misprint is corrected by a corrigendum, and what is "
                 "changed is another text.")  # fmt: skip
    else:
        said = _("This paper was released and stays as it is: a misprint is corrected by a corrigendum, and what is "
                 "changed is another paper.")  # fmt: skip
    raise Refused(said, field)
