"""What the civil-society track shows on the page of a process, to those by whose door a submission comes in."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from secretariat.civil_society import queries
from secretariat.civil_society import words as in_words
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.viewer import Viewer
from secretariat.processes.models import Process
from secretariat.processes.sections import Section, enter


def from_networks(session: Session, viewer: Viewer, process: Process) -> dict[str, Any] | None:
    """The networks of a process, and what of their submissions awaits an answer."""
    if process.id not in viewer.processes:
        return None
    networks = queries.networks_of(session, process.id)
    if not networks:
        return None
    rows = queries.awaited_submissions(session, process.id, None)
    rules = {one.id: queries.rules_of(session, one.id) for one in networks}
    decides = {
        key: (in_words.ADOPTS_BY_HINT[one.adopts_by], in_words.BALLOTS[one.ballots])
        for key, one in rules.items()
        if one is not None
    }
    return {"process": process, "networks": networks, "rows": rows, "rules": rules, "decides": decides}


enter(Section("networks", 40, _l("Civil society"), "civil_society/section.html", from_networks))
