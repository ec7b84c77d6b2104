"""What the page of a circular shows to those who keep its track: who receives it, without what, and who has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from secretariat.core import clock
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.correspondence import addressing, queries
from secretariat.correspondence.addressing import Addressed, Chosen
from secretariat.correspondence.models import Circular
from secretariat.correspondence.queries import Followed
from secretariat.directory import contact_list
from secretariat.directory.contact_list import Line
from secretariat.documents.models import Document, DocumentState
from secretariat.processes.names import Name, in_order, names_of
from secretariat.texts.membership import who_read


@dataclass(frozen=True, slots=True)
class Goes:
    """A document with a circular: to whom it goes, and who receives the letter without it, by name."""

    document: Document
    without: Sequence[str]
    is_out: bool


@dataclass(frozen=True, slots=True)
class Before:
    """A circular before it is sent: its readers under whom they act for, those nobody speaks for, and what goes with
    it."""

    readers: Sequence[tuple[str, Sequence[str]]]
    number: int
    unheard: Sequence[str]
    enclosed: Sequence[Goes]

    @property
    def is_partial(self) -> bool:
        return any(one.without or not one.is_out for one in self.enclosed)


def before(session: ViewerSession, circular: Circular) -> Before:
    """Who would receive it if it were sent now."""
    process = circular.process
    on = clock.today(process.zone)
    addressed = addressing.resolved(session, process, circular.track, Chosen.of(circular.to), on)
    lines = {(one.row.person_id, one.row.hat): one for one in contact_list.lines_of(session, process, on)}
    concerned = {one.participant for one in addressed.readers if one.participant} | addressed.unheard
    names = names_of(session, concerned, process=process.id)
    by_name: dict[str, list[str]] = {str(names[key]): [] for key in in_order(names) if key not in addressed.unheard}
    for one in addressed.readers:
        line = lines.get((one.person, str(one.hat)))
        acts_for = str(names[one.participant]) if one.participant in names else line.acts_for if line else ""
        by_name.setdefault(acts_for, []).append(_called(line))
    enclosed = _enclosed(session, circular, addressed, names)
    unheard = [str(names[key]) for key in in_order(names) if key in addressed.unheard]
    return Before(list(by_name.items()), len(addressed.readers), unheard, enclosed)


def _called(line: Line | None) -> str:
    """A person by name, as far as it is known; whoever is beyond the reader's sight is not."""
    return (line.row.name or "") if line is not None else ""


def _enclosed(session: ViewerSession, circular: Circular, addressed: Addressed, names: dict[UUID, Name]) -> list[Goes]:
    documents = [one.document for one in circular.attachments if one.document is not None]
    participants = sorted({one.participant for one in addressed.readers if one.participant}, key=str)
    on = clock.today(circular.process.zone)
    asked = [(one.label_id, key) for one in documents for key in participants]
    read = who_read(session, asked, on)
    found = []
    for one in documents:
        without = {key for key in participants if (one.label_id, key) not in read}
        out = one.state is DocumentState.ISSUED and one.released_at is not None
        found.append(Goes(one, [str(names[key]) for key in in_order(names) if key in without], out))
    return found


@dataclass(frozen=True, slots=True)
class Having:
    """What is known of one participant, or of one person who acts for none, since it was sent."""

    acts_for: str
    copies: Sequence[Followed]

    @property
    def has_word(self) -> bool:
        return any(one.copy.word_at is not None for one in self.copies)

    @property
    def is_reached(self) -> bool:
        return any(one.is_reached for one in self.copies)


def having(session: ViewerSession, circular: Circular) -> list[Having]:
    """Who has it: by participant in alphabetical order, those who act for none last."""
    copies = queries.followed(session, circular)
    names = names_of(session, {one.copy.participant_id for one in copies}, process=circular.process_id)
    found = [
        Having(str(names[key]), [one for one in copies if one.copy.participant_id == key]) for key in in_order(names)
    ]
    return [*found, *(Having("", [one]) for one in copies if one.copy.participant_id is None)]


def title_of(document: Document) -> str:
    """A document as it is offered to be attached."""
    return " · ".join(one for one in (document.symbol or "", local_text(document.title)) if one)
