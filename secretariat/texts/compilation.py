"""What governments said, laid side by side: by paragraph in the order of the text, by name in that of the alphabet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from secretariat.processes.names import Name
from secretariat.texts.consultation_models import PublicComment
from secretariat.texts.editions import Content
from secretariat.texts.queries import ListedComment

Compiled = Mapping[UUID | None, Sequence[ListedComment]]
"""Comments by paragraph; None: those on the text as a whole."""


def compiled(said: Iterable[ListedComment], names: Mapping[UUID, Name]) -> Compiled:
    """The comments of each paragraph: those with a name in alphabetical order of the language shown, then those
    without, in no order that tells of their authors."""
    by_paragraph: dict[UUID | None, list[ListedComment]] = defaultdict(list)
    for one in said:
        by_paragraph[one.paragraph].append(one)
    for found in by_paragraph.values():
        found.sort(key=lambda one: _place(one, names))
    return by_paragraph


def _place(one: ListedComment, names: Mapping[UUID, Name]) -> tuple[bool, object, str]:
    if one.participant is None:
        return True, (), str(one.id)
    name = names.get(one.participant)
    return False, name.order if name is not None else (), str(one.id)


def compiled_public(said: Iterable[PublicComment]) -> Mapping[UUID | None, Sequence[PublicComment]]:
    """What the public said of each paragraph, beside what governments say: of organizations that asked to be named in
    the order of the alphabet, then of the others, in no order that tells of who wrote."""
    by_paragraph: dict[UUID | None, list[PublicComment]] = defaultdict(list)
    for one in said:
        by_paragraph[one.paragraph_id].append(one)
    for found in by_paragraph.values():
        found.sort(key=lambda one: (not one.organization, one.organization.casefold(), str(one.id)))
    return by_paragraph


def in_order_of(said: Iterable[ListedComment], content: Content) -> list[ListedComment]:
    """The same comments in the order of the text's paragraphs, those on the whole text first."""
    place = {piece.id: number for number, piece in enumerate(content.pieces)}
    return sorted(said, key=lambda one: (place.get(one.paragraph, -1) if one.paragraph else -1, str(one.id)))
