"""What of the directory a person meets: appointments, contact cards, numbers.

A card and a number are their person's own: nobody else says who sees them.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages import lazy_pgettext
from secretariat.core.viewer import INSTALLATION, HatKind
from secretariat.directory.hats import ROLE_WORDS
from secretariat.directory.liaison_models import LiaisonListing, LiaisonNumber
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, ProposedSuccessor
from secretariat.processes.models import Process
from secretariat.processes.names import name_of

_SORTS = {"mail": _l("Mail address"), "telephone": _l("Telephone"), "mobile": _l("Mobile telephone")}


def _appointment_title(one: Appointment) -> str:
    role, session = str(ROLE_WORDS[one.role]), object_session(one)
    name = name_of(session, one.participant_id, process=one.process_id) if session is not None else ""
    return _("%(role)s, %(participant)s", role=role, participant=name) if name else role


def _origin_of_appointment(_session: Session, one: Appointment) -> Origin:
    hat = one.acts_as
    if hat.kind is HatKind.PARTICIPANT and hat.id:
        return Origin(OriginKind.PARTICIPANT, hat.id)
    return Origin(OriginKind.SECRETARIAT, one.track_id or INSTALLATION)


def _directory(process: UUID, session: Session | None) -> str | None:
    """Asked once a session: a long list would ask for each of its things."""
    if session is None:
        return None
    slugs: dict[UUID, str | None] = session.info.setdefault("slugs_of_directories", {})
    if process not in slugs:
        slugs[process] = session.scalar(select(Process.slug).where(Process.id == process))
    return f"/people/{slugs[process]}" if slugs[process] else None


def _number_page(one: ContactNumber) -> str | None:
    return _directory(one.card.process_id, object_session(one)) if one.card is not None else None


def _origin_of_number(_session: Session, one: ContactNumber) -> Origin:
    return Origin(OriginKind.PERSON, one.card.person_id)


register(
    Kind(
        Appointment,
        lazy_pgettext("kind of thing", "Appointment"),
        _appointment_title,
        lambda one: f"/people/appointments/{one.id}" if one.process_id is not None else None,
        _origin_of_appointment,
    )
)
register(
    Kind(
        ProposedSuccessor,
        _l("Who follows now, as a focal point says"),
        lambda one: one.name,
        lambda one: f"/people/successors/{one.id}",
        lambda _session, one: Origin(OriginKind.PARTICIPANT, one.participant_id),
    )
)
register(
    Kind(
        ContactCard,
        _l("Contact card"),
        lambda one: one.name,
        lambda one: _directory(one.process_id, object_session(one)),
        lambda _session, one: Origin(OriginKind.PERSON, one.person_id),
    )
)
register(
    Kind(
        ContactNumber,
        _l("Number or address on a contact card"),
        lambda one: str(_SORTS.get(one.kind, one.kind)),
        _number_page,
        _origin_of_number,
    )
)
register(
    Kind(
        LiaisonListing,
        _l("Liaison officer as a network knows one"),
        lambda one: one.name,
        lambda one: _directory(one.process_id, object_session(one)),
        lambda _session, one: Origin(OriginKind.PERSON, one.person_id),
    )
)
register(
    Kind(
        LiaisonNumber,
        _l("Number or address of a liaison officer"),
        lambda one: str(_SORTS.get(one.kind, one.kind)),
        lambda one: _directory(one.listing.process_id, object_session(one)) if one.listing is not None else None,
        lambda _session, one: Origin(OriginKind.PERSON, one.listing.person_id),
    )
)
