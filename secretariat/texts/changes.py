"""What somebody proposes to a draft, as values; and what a Word file that came back proposes, as a page shows it and
sends it again. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.texts.models import Proposes
from secretariat.texts.paragraphs import DEEPEST, LONGEST_PARAGRAPH, MOST_PARAGRAPHS, ParagraphKind
from secretariat.texts.word_in import FileComment, Returned


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is proposed to a paragraph. `kind` and `depth` are those of a new one, where they are known."""

    paragraph: UUID | None
    language: str
    proposes: Proposes
    wording: str = ""
    kind: ParagraphKind | None = None
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """The changes of a file, and the number of the edition it was made from."""

    edition: int
    changes: tuple[Change, ...]


def of(returned: Returned, language: str) -> Iterator[Change]:
    """The changes of a file, by paragraph as they stand there: other words, then what is new, then what goes."""
    for one in returned.proposed:
        if one.wording is not None:
            yield Change(paragraph=one.paragraph_id, language=language, proposes=Proposes.INSTEAD, wording=one.wording)
    for new in returned.put_in:
        yield Change(
            paragraph=new.after,
            language=language,
            proposes=Proposes.BEHIND,
            wording=new.words.text,
            kind=new.words.kind,
            depth=new.words.depth,
        )
    for key in returned.taken_out:
        yield Change(paragraph=key, language=language, proposes=Proposes.OUT)


def said_in_margins(returned: Returned) -> list[FileComment]:
    """The comments of a file, which are listed beside its changes and taken in by nobody."""
    return [
        *(comment for one in returned.proposed for comment in one.comments),
        *(comment for one in returned.put_in for comment in one.comments),
        *returned.comments,
    ]


def packed(found: Found) -> str:
    """Changes as a page keeps them between being read and being chosen."""
    rows = [
        [str(one.paragraph or ""), one.language, one.proposes, one.wording, one.kind, one.depth]
        for one in found.changes
    ]
    return json.dumps([found.edition, rows])


def unpacked(said: str) -> Found | None:
    """The same again, from a page: what anybody may have written, so that nothing is taken on trust. None where it
    cannot be read."""
    try:
        edition, rows = json.loads(said)
        found = tuple(_change(*row) for row in rows)
    except (ValueError, TypeError, RecursionError):
        return None
    fits = all(1 <= one.depth <= DEEPEST and len(one.wording) <= LONGEST_PARAGRAPH for one in found)
    if type(edition) is not int or not fits or not 0 < len(found) <= 2 * MOST_PARAGRAPHS:
        return None
    return Found(edition, found)


def _change(paragraph: Any, language: Any, proposes: Any, wording: Any, kind: Any, depth: Any) -> Change:
    if not isinstance(wording, str) or not isinstance(language, str) or type(depth) is not int:
        raise TypeError(wording)
    return Change(
        paragraph=UUID(str(paragraph)) if paragraph else None,
        language=language,
        proposes=Proposes(proposes),
        wording=wording,
        kind=ParagraphKind(kind) if kind else None,
        depth=depth,
    )
