"""Who may have a pack. Reading is the labels' matter; these are pure and see values alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from secretariat.core.viewer import Viewer
from secretariat.documents.models import Document
from secretariat.documents.policy import may_fetch
from secretariat.packs.contents import Part


def may_ask(viewer: Viewer) -> bool:
    """Whoever reads as a person: a pack is kept for who asked."""
    return viewer.person is not None


def still_may_have(
    viewer: Viewer, parts: Mapping[UUID, Part], documents: Iterable[Document], texts: Collection[UUID]
) -> bool:
    """Whether one may have a pack as it was made: every paper named in it is read still, under the label it is marked
    with, and so are the words of each and the title it stands under. `documents`, and among `texts` files, editions
    and items of the agenda, are those of it that are read now."""
    read = {one.id: one for one in documents}
    return all(_still_stands(viewer, part, read.get(key), texts) for key, part in parts.items())


def _still_stands(viewer: Viewer, part: Part, document: Document | None, texts: Collection[UUID]) -> bool:
    if document is None or document.label_id != part.label_id or not may_fetch(viewer, document):
        return False
    words = [UUID(one) for one in (part.file, part.edition) if one is not None]
    if part.item is not None and UUID(part.item) not in texts:
        return False
    return not part.is_inside or all(one in texts for one in words)
