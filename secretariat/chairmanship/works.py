"""The handover file as a paper: what its reader may read, on the day it is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from secretariat.chairmanship import handover_queries as queries
from secretariat.chairmanship import service
from secretariat.chairmanship.models import Handover
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession
from secretariat.jobs import papers
from secretariat.prints.sheet import Head, Issuer, Sheet, set_sheet
from secretariat.processes.names import Name, in_order, names_of

HANDOVER = "handover"


def content(session: ViewerSession, handover: Handover) -> dict[str, Any]:
    """What stands in the file, for its page and for its paper alike."""
    on = clock.today(handover.process.zone)
    lines = queries.listed(session, service.keys(session, handover, on))
    contacts = queries.contacts(session, handover.process_id, handover.track_id, on)
    names: dict[UUID, Name] = names_of(
        session,
        {handover.participant_id, *handover.for_participants, *(one.participant for one in contacts)},
        process=handover.process_id,
    )
    place = {key: number for number, key in enumerate(in_order(names))}
    return {
        "lines": lines,
        "contacts": sorted(contacts, key=lambda one: (place[one.participant], one.role.value != "focal_point")),
        "names": names,
    }


def handover_paper(session: ViewerSession, key: UUID) -> Sheet | None:
    """The file as a paper; None where the reader has none."""
    handover = queries.handover_by_id(session, key)
    if handover is None:
        return None
    process = handover.process
    issuer = Issuer(process.id, process.acronym, local_text(process.name), handover.track.kind.value)
    head = Head(_("Handover file of the Chair"), issued=handover.cleared_at)
    return set_sheet(session, "handover", handover, issuer, head, handover=handover, **content(session, handover))


papers.register(HANDOVER, _l("Handover file of the Chair"), handover_paper, file="handover-file")
