"""The contents page of a pack: what stands in it, where, in which language, and what does not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.core.session import ViewerSession
from secretariat.meetings import words as meeting_words
from secretariat.meetings.delegation_works import issuer_of
from secretariat.meetings.models import Meeting
from secretariat.packs import queries
from secretariat.packs.contents import Paper
from secretariat.prints.sheet import Head, Sheet, set_sheet


@dataclass(frozen=True, slots=True)
class Line:
    """A paper on the contents page. `place` is its place among the papers that are bound, `page` the first of its pages
    in the pack, `file` its name in a ZIP; `note` why it is in neither, and `address` where it is."""

    symbol: str
    title: LocalText
    label_id: int
    language: str | None
    is_other: bool
    place: int = 0
    page: int = 0
    file: str = ""
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers of one item of the agenda, or those for none."""

    heading: LocalText | str
    lines: list[Line]
    label_id: int | None = None
    """That of the item, which its title is under."""


def contents_paper(
    session: ViewerSession, meeting: Meeting, lines: Sequence[tuple[Paper, Line]], *, paged: bool
) -> Sheet:
    """The contents page of a pack, by item of the agenda. Its marking is the heaviest of what stands in the pack."""
    shown = [line for _paper, line in lines]
    return set_sheet(
        session,
        "pack",
        meeting,
        issuer_of(meeting),
        Head(_("Papers of the meeting")),
        meeting=meeting,
        when=meeting_words.days_in_words(meeting),
        groups=groups(session, meeting.id, lines),
        language_of_pack=language_name(current_reading().language.code),
        elsewhere=sum(1 for one in shown if one.is_other and (one.page or one.file)),
        beside=sum(1 for one in shown if not one.page and not one.file),
        paged=paged,
    )


def groups(session: ViewerSession, meeting: UUID, lines: Sequence[tuple[Paper, Line]]) -> list[Group]:
    """Lines by the item their papers are for, in the order in which they come."""
    items = {one.id: one for one in queries.items_of(session, meeting)}
    found: dict[UUID | None, Group] = {}
    for paper, line in lines:
        item = items.get(paper.item_id) if paper.item_id is not None else None
        key = item.id if item is not None else None
        if key not in found:
            found[key] = (
                Group(_heading(item), [], item.label_id)
                if item is not None
                else Group(_("Other papers") if found else _("Papers"), [])
            )
        found[key].lines.append(line)
    return list(found.values())


def _heading(item: queries.Item) -> LocalText:
    """`3. Reception`, in every language the title has."""
    if item.number is None:
        return item.title
    texts = {code: f"{item.number}. {words}" for code, words in item.title.texts.items()}
    return LocalText(texts, item.title.original)
