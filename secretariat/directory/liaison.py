"""Keeps true what a network is told of the liaison officers of governments: a copy of its own, made anew after each act
on an appointment, a card or a number, and each day for what begins and ends on days entered beforehand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from secretariat.core import clock
from secretariat.core.labelling import attach, renew
from secretariat.core.labels import READING_STANDINGS
from secretariat.core.session import Reason, SystemSession, system_access
from secretariat.directory.cards import Beyond, SharedWith, beyond_of, listed_number_clauses, listing_clause
from secretariat.directory.liaison_models import LiaisonListing, LiaisonNumber
from secretariat.directory.models import Appointment, ContactCard, ContactNumber, RoleName
from secretariat.processes.models import Participation, Process, Track, TrackKind

_COPIED = ("name", "function", "ministry", "languages", "zone", "confirmed_on")
"""What is copied of a card: not the form of address, which is for letters of the Secretariat."""


def follow(session: Session, person: UUID, process: UUID | None) -> None:
    """What networks are told of a person of a process; nothing to do for who was never named for civil society."""
    if process is None:
        return
    with system_access(session, Reason.LABELLING) as system:
        named = select(Appointment.id).where(
            Appointment.person_id == person,
            Appointment.process_id == process,
            Appointment.role == RoleName.LIAISON_OFFICER,
        )
        if system.scalar(named.limit(1)) is not None:
            _made_true(system, process, person)


def follow_all(system: SystemSession) -> None:
    """What networks are told everywhere, as of today."""
    named = select(Appointment.process_id).where(Appointment.role == RoleName.LIAISON_OFFICER).distinct()
    for process in system.scalars(named).all():
        if process is not None:
            _made_true(system, process, None)


def _made_true(system: SystemSession, process_id: UUID, person: UUID | None) -> None:
    """Listings of a process, or of one of its people there, as they ought to be today."""
    process = system.get_one(Process, process_id)
    networks = [one for one in process.tracks if one.kind is TrackKind.CIVIL_SOCIETY]
    acting = _acting(system, process_id, person)
    cards = _cards(system, acting)
    wanted = select(LiaisonListing).where(LiaisonListing.process_id == process_id)
    if person is not None:
        wanted = wanted.where(LiaisonListing.person_id == person)
    listed = {
        (one.network_id, one.appointment_id): one
        for one in system.scalars(wanted.options(selectinload(LiaisonListing.numbers)))
    }
    for network in networks:
        for one in acting:
            listing = listed.pop((network.id, one.id), None)
            card = cards.get((one.person_id, one.track_id))
            _listed(system, listing, process, network, one, card)
    for gone in listed.values():
        for number in list(gone.numbers):
            system.delete(number)
        system.flush()
        system.delete(gone)
    system.flush()


def _acting(system: SystemSession, process: UUID, person: UUID | None) -> list[Appointment]:
    """Who is liaison officer today of a government that reads what is submitted."""
    today = clock.today()
    held = select(Appointment).where(Appointment.process_id == process, Appointment.role == RoleName.LIAISON_OFFICER)
    if person is not None:
        held = held.where(Appointment.person_id == person)
    parts = system.scalars(select(Participation).where(Participation.process_id == process))
    there = {
        (one.participant_id, one.track_id)
        for one in parts
        if one.held_on(today) and one.standing.value in READING_STANDINGS
    }
    found = system.scalars(held.order_by(Appointment.since, Appointment.id))
    return [one for one in found if one.held_on(today) and (one.participant_id, one.track_id) in there]


def _cards(system: SystemSession, acting: Iterable[Appointment]) -> dict[tuple[UUID, UUID | None], ContactCard]:
    persons = sorted({one.person_id for one in acting}, key=str)
    processes = sorted({one.process_id for one in acting if one.process_id}, key=str)
    found = system.scalars(
        select(ContactCard)
        .where(ContactCard.person_id.in_(persons), ContactCard.process_id.in_(processes))
        .options(selectinload(ContactCard.numbers))
    )
    return {(one.person_id, one.track_id): one for one in found}


def _listed(
    system: SystemSession,
    listing: LiaisonListing | None,
    process: Process,
    network: Track,
    one: Appointment,
    card: ContactCard | None,
) -> None:
    told = {"hat": one.hat, "subject": one.subject, "department": one.department, "since": one.since}
    told |= {name: getattr(card, name) for name in _COPIED} if card is not None else {"name": ""}
    if listing is None:
        listing = LiaisonListing(
            process_id=process.id, network_id=network.id, appointment_id=one.id, person_id=one.person_id, **told
        )
        attach(system, listing, [listing_clause(process, network, one.person_id)], container=process)
        system.flush()
    elif any(getattr(listing, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(listing, name, value)
        system.flush()
        renew(system, listing, why="what stands on the card of a liaison officer has changed")
    _numbers(system, listing, process, network, card.numbers if card is not None else [])


def _numbers(
    system: SystemSession, listing: LiaisonListing, process: Process, network: Track, numbers: Collection[ContactNumber]
) -> None:
    """The numbers of a listing: those of the card, as far as their owner lets them go. One of which that has changed
    is another row, so that nobody reads on under a label it had."""
    wanted: dict[tuple[str, str], Beyond] = {}
    for one in numbers:
        shared = SharedWith.DIRECTORY if one.own_label_id is None else SharedWith.SECRETARIAT
        if (beyond := beyond_of(one.beyond, shared)) is not Beyond.NOBODY:
            wanted[one.kind, one.value] = beyond
    for number in list(listing.numbers):
        shown = Beyond.NETWORK if number.own_label_id is None else Beyond.COORDINATION
        if wanted.get((number.kind, number.value)) is shown:
            del wanted[number.kind, number.value]
        else:
            listing.numbers.remove(number)
            system.delete(number)
    system.flush()
    for (kind, value), beyond in wanted.items():
        made = LiaisonNumber(listing=listing, kind=kind, value=value)
        attach(system, made, listed_number_clauses(process, network, listing.person_id, beyond), container=listing)
    system.flush()
