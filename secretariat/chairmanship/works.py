"""The handover file as a paper: what its reader may read, on the day it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from secretariat.chairmanship import handover_queries as queries
from secretariat.chairmanship import service
from secretariat.chairmanship.handing_over import Listed
from secretariat.chairmanship.handover_queries import Contact
from secretariat.chairmanship.models import Handover
from secretariat.chairmanship.next_eyes import day_of_reading, reader_as_next
from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.core.session import ViewerSession, looking_as
from secretariat.jobs import papers
from secretariat.prints.sheet import Head, Issuer, Sheet, set_sheet
from secretariat.processes.names import Name, in_order, names_of

HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class AsNext:
    """The file as one of the next chairs will read it: from which day, what stands in it, and which lines of whoever
    looks now are not in it."""

    participant: UUID
    on: date
    content: dict[str, Any]
    beside: list[Listed]


def as_next(session: ViewerSession, handover: Handover, following: Sequence[UUID]) -> list[AsNext]:
    """The file in the eyes of each of those it would be cleared for. Nothing is in it that one does not read oneself:
    what they read beyond that is theirs."""
    today = clock.today(handover.process.zone)
    terms = list(queries.terms_of(session, handover.process_id))
    own_lines = queries.listed(session, service.keys(session, handover, today))
    own_contacts = queries.contacts(session, handover.process_id, handover.track_id, today)
    told = []
    for one in following:
        on = day_of_reading(terms, handover.term, one, today)
        with looking_as(session, reader_as_next(session, handover, one, on)) as next_session:
            lines = {line.key for line in queries.listed(next_session, [line.key for line in own_lines])}
            cards = {
                contact.card.id
                for contact in queries.contacts(next_session, handover.process_id, handover.track_id, today)
            }
        shown = _arranged(
            session,
            handover,
            [line for line in own_lines if line.key in lines],
            [contact for contact in own_contacts if contact.card.id in cards],
            also=following,
        )
        told.append(AsNext(one, on, shown, [line for line in own_lines if line.key not in lines]))
    return told


def content(session: ViewerSession, handover: Handover) -> dict[str, Any]:
    """What stands in the file, for its page and for its paper alike."""
    on = clock.today(handover.process.zone)
    lines = queries.listed(session, service.keys(session, handover, on))
    return _arranged(session, handover, lines, queries.contacts(session, handover.process_id, handover.track_id, on))


def _arranged(
    session: ViewerSession,
    handover: Handover,
    lines: Sequence[Listed],
    contacts: Sequence[Contact],
    also: Sequence[UUID] = (),
) -> dict[str, Any]:
    names: dict[UUID, Name] = names_of(
        session,
        {handover.participant_id, *handover.for_participants, *also, *(one.participant for one in contacts)},
        process=handover.process_id,
    )
    place = {key: number for number, key in enumerate(in_order(names))}
    return {
        "lines": list(lines),
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
