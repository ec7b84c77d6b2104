"""Who would read the papers of a list, before any is brought in: told once for each label there would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from secretariat.confidentiality.preview import Teller, Told
from secretariat.confidentiality.readers import circle_of, processes_of
from secretariat.core import clock
from secretariat.core.labelling import LabelRefused, would_be_in
from secretariat.core.labels import LabelValue, Level
from secretariat.core.session import ViewerSession
from secretariat.documents.models import PaperList
from secretariat.documents.service.importing import clause_of
from secretariat.documents.service.matching import Matched

MOST_TOLD = 20
"""So many labels are told apart; a list of papers of more meetings than that is looked at by its rows."""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers with the same readers: their level, what they stand in (none: the process), how many, who reads them."""

    level: Level
    within: Any
    number: int
    readers: Told


def groups(session: ViewerSession, one: PaperList, rows: Sequence[Matched]) -> list[Group]:
    """The labels the papers of these rows would have, those of most papers first."""
    new = [row for row in rows if row.document is None]
    counted = Counter((row.level, row.container) for row in new).most_common(MOST_TOLD)
    labels: dict[tuple[Level, Any], LabelValue] = {}
    for (level, within), _number in counted:
        container = None if level is Level.PUBLIC else within or one.process
        try:
            labels[level, within] = would_be_in(session, container, [clause_of(level, one.track)])
        except LabelRefused:
            continue
    if not labels:
        return []
    circle = circle_of(session, processes_of(*labels.values()), clock.today())
    read = {key: circle.readers(label) for key, label in labels.items()}
    teller = Teller(session, one.process_id, read.values())
    return [Group(*key, number, teller.told(read[key])) for key, number in counted if key in read]
