"""What the directory shows on the page of a process: who acts for whom."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.viewer import Viewer
from secretariat.directory import queries
from secretariat.directory.hats import ROLE_WORDS
from secretariat.directory.models import Appointment
from secretariat.processes.models import Process
from secretariat.processes.names import in_order, names_of
from secretariat.processes.sections import Section, enter


def people(session: Session, viewer: Viewer, process: Process) -> dict[str, Any] | None:
    """Appointments by participant, and the sides on which the reader may name somebody."""
    held: dict[UUID, list[Appointment]] = defaultdict(list)
    for one in queries.appointments_on(session, process.id, clock.today()):
        if one.participant_id:
            held[one.participant_id].append(one)
    names = names_of(session, held, process=process.id)
    kept = [track for track in process.tracks if viewer.keeps(track.id)]
    if not held and not kept:
        return None
    return {
        "people": [(names[key], held[key]) for key in in_order(names)],
        "naming_tracks": kept,
        "role_words": ROLE_WORDS,
    }


enter(Section("people", 50, _l("Focal points"), "people/of_process.html", people))
