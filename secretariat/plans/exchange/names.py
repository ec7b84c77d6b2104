"""Who is meant by a name in a table: participants by every name they have in any language, and by the people who act
for them. Everything is looked up at once, under the eyes of the session; then each cell is judged in memory."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.directory.models import Appointment, ContactCard
from secretariat.documents.headings import folded
from secretariat.documents.participants_named import ParticipantNames
from secretariat.plans import partners
from secretariat.plans.exchange.rows import pieces
from secretariat.plans.models import Plan

MEMBERS, PARTNER, NOBODY = "members", "partner", "nobody"
"""What can be answered to a name, beside a participant."""
_BETWEEN = re.compile(r"\s*(?:[,،/&+]|\band\b|\by\b|\bet\b|\be\b|(?<=\s)و(?=\s))\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meant:
    """A name as it is written, and whom it means, if anybody here knows; `person` is the name of the one who acts for
    the participant, where that was written, `network` a network of civil society."""

    words: str
    participant: UUID | None = None
    person: str = ""
    network: UUID | None = None

    @property
    def key(self) -> str:
        """What answers to it are kept by."""
        return folded(self.words) or self.words


class Names:
    """Names of participants and of those who act for them."""

    def __init__(self, session: Session, plan: Plan, on: date) -> None:
        self.participants = ParticipantNames(session, plan.process_id)
        self.of_process, self.shown = self.participants.of_process, self.participants.shown
        self.networks = {
            folded(words): key
            for key, name in partners.networks(session, plan).items()
            for words in name.texts.values()
        }
        self.by_person = _people(session, plan, on)

    def one(self, words: str) -> Meant | None:
        """Whom a whole name means."""
        key, keys = folded(words), self.participants.called(words)
        if len(keys) == 1:
            return Meant(words, next(iter(keys)))
        if not keys and key in self.networks:
            return Meant(words, network=self.networks[key])
        acting = self.by_person.get(key)
        return Meant(words, acting, person=words) if acting is not None else None

    def within(self, cell: str, *, lines_alone: bool) -> list[Meant]:
        """Everybody named in a cell, in their order; each once."""
        found: dict[tuple[str, UUID | None], Meant] = {}
        whole = self.one(" ".join(cell.split())) if not lines_alone else None
        told = (
            [whole]
            if whole
            else [
                one
                for piece in pieces(cell, lines_alone=lines_alone)
                for one in self._in(piece, lines_alone=lines_alone)
            ]
        )
        for one in told:
            found.setdefault(("", one.participant) if one.participant else (one.key, None), one)
        return list(found.values())

    def _in(self, piece: str, *, lines_alone: bool) -> Iterator[Meant]:
        whole = self.one(piece)
        if whole is not None or lines_alone:
            yield whole or Meant(piece)
            return
        told = list(self._greedily(piece))
        if any(one.participant for one in told):
            yield from told
        else:
            yield Meant(piece)

    def _greedily(self, piece: str) -> Iterator[Meant]:
        """The longest names there are between commas and `and`: `Trinidad and Tobago and Cuba` are two."""
        cuts = [0]
        for gap in _BETWEEN.finditer(piece):
            cuts += [gap.start(), gap.end()]
        cuts.append(len(piece))
        spans = list(zip(cuts[::2], cuts[1::2], strict=True))
        at = 0
        while at < len(spans):
            for last in range(len(spans) - 1, at - 1, -1):
                words = piece[spans[at][0] : spans[last][1]].strip()
                found = self.one(words)
                if found is not None or last == at:
                    if words:
                        yield found or Meant(words)
                    at = last + 1
                    break


def _people(session: Session, plan: Plan, on: date) -> dict[str, UUID]:
    """Participants by the names of who acts for them on the plan's track, as far as one reads these."""
    wanted_cards = select(ContactCard.person_id, ContactCard.name).where(
        ContactCard.process_id == plan.process_id, ContactCard.track_id == plan.track_id
    )
    cards = {row.person_id: row.name for row in session.execute(wanted_cards)}
    found: dict[str, set[UUID]] = defaultdict(set)
    wanted = select(Appointment).where(Appointment.process_id == plan.process_id, Appointment.track_id == plan.track_id)
    for one in session.scalars(wanted):
        if one.participant_id is not None and one.held_on(on) and cards.get(one.person_id):
            found[folded(cards[one.person_id])].add(one.participant_id)
    return {name: next(iter(keys)) for name, keys in found.items() if name and len(keys) == 1}


def known_answers(answers: Iterable[str]) -> bool:
    """Whether answers to names are such as there can be."""
    return all(one in ("", MEMBERS, PARTNER, NOBODY) or _is_key(one) for one in answers)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
