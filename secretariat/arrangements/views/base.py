"""What the pages of host's lists share."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint

from secretariat.arrangements import policy, queries
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.pages import place
from secretariat.pages.access import found
from secretariat.pages.unit import db

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
