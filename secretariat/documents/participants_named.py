"""Which participant is meant by a name in a table: by every name it has in any language, by aliases and codes.
Everything is looked up at once, under the eyes of the session; then each cell is judged in memory."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.languages import current_reading
from secretariat.documents.headings import folded
from secretariat.processes.models import Participant, ParticipantName, Participation


class ParticipantNames:
    """Participants by what they are called. `shown` are the names the process has agreed in the reader's language."""

    def __init__(self, session: Session, process: UUID, track: UUID | None = None) -> None:
        self.of_process = _of_process(session, process, track)
        self.shown: dict[str, UUID] = {}
        self.by_name = self._names(session, process)

    def _names(self, session: Session, process: UUID) -> Mapping[str, frozenset[UUID]]:
        found: dict[str, set[UUID]] = defaultdict(set)
        spoken = current_reading().language.code
        wanted = select(
            ParticipantName.participant_id, ParticipantName.name, ParticipantName.language, ParticipantName.process_id
        ).where(ParticipantName.process_id.is_(None) | (ParticipantName.process_id == process))
        for key, name, language, of_process in session.execute(wanted):
            found[folded(name)].add(key)
            for short in _shorter(name):
                found[short].add(key)
            if language == spoken and of_process is not None:
                self.shown[name] = key
        for key, called, aliases, iso in session.execute(
            select(Participant.id, Participant.key, Participant.aliases, Participant.iso)
        ):
            for one in (called, *aliases):
                found[folded(one)].add(key)
            if iso and key in self.of_process:
                found[f"iso {iso}"].add(key)
        return {name: self._nearest(keys) for name, keys in found.items() if name}

    def _nearest(self, keys: set[UUID]) -> frozenset[UUID]:
        """Those of the process, where a name is that of others too."""
        return frozenset(keys & self.of_process or keys)

    def called(self, words: str) -> frozenset[UUID]:
        """Whom a whole name can mean."""
        by_code = self.by_name.get(f"iso {words}") if len(words) == 2 else None
        return self.by_name.get(folded(words)) or by_code or frozenset()


def _shorter(name: str) -> Iterator[str]:
    """`International Organization for Migration (IOM)` is called by both its halves."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)\s*", name)
    if found is not None:
        yield folded(found[1])
        if len(found[2]) > 2:
            yield folded(found[2])


def _of_process(session: Session, process: UUID, track: UUID | None) -> frozenset[UUID]:
    wanted = select(Participation.participant_id).where(
        Participation.process_id == process, Participation.participant_id.is_not(None)
    )
    if track is not None:
        wanted = wanted.where(Participation.track_id == track)
    return frozenset(one for one in session.scalars(wanted) if one is not None)
