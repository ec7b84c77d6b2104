"""What the pages of host's lists share."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint
from sqlalchemy import select

from secretariat.arrangements import policy, queries
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.workshop_queries import process_by_slug
from secretariat.pages import place
from secretariat.pages.access import found
from secretariat.pages.unit import db, viewer
from secretariat.processes.models import Process, Track, TrackKind
from secretariat.processes.queries import network_of

blueprint = Blueprint("arrangements", __name__)


def the_list(key: UUID) -> HostList:
    """The list of this address, or the 404 which hidden and missing share."""
    one = found(queries.list_by_id(db(), key))
    ground = queries.ground_of(db(), one)
    place.enter(ground, track=ground.track)
    return one


def the_person(key: UUID) -> tuple[HostList, HostedPerson]:
    """A person and the list; who does not read both finds neither here."""
    person = found(queries.person_by_id(db(), key))
    return the_list(person.list_id), person


def erased_on(one: HostList) -> date:
    """The day on which what is on a list is erased, or was."""
    return one.erased_on or policy.erased_after(one.ends_on)


def the_side(slug: str) -> tuple[Process, Track]:
    """The process, and its side on which the reader stands: who stands on none finds no page of it."""
    process = found(process_by_slug(db(), slug))
    track = network_of(db(), viewer(), process.id)
    if track is None:
        wanted = select(Track).where(Track.process_id == process.id, Track.kind == TrackKind.GOVERNMENT)
        track = found(db().scalar(wanted))
    place.enter(process, track=track)
    return process, track
