"""What is arranged in the demonstration: the host's list of the next meeting, with who sees to it for the host."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Engine

from secretariat.arrangements import service
from secretariat.arrangements.models import BadgeKind
from secretariat.arrangements.service import Facts, Given, SeenTo
from secretariat.core.session import ViewerSession
from secretariat.core.viewer import Hat, HatKind
from secretariat.demonstration import people
from secretariat.demonstration.people import Actor
from secretariat.directory.models import RoleName
from secretariat.meetings.models import Meeting

PEOPLE = (
    ("Interpreter, Spanish and English", BadgeKind.INTERPRETER, "Booth 1", "250.00"),
    ("Interpreter, English and Spanish", BadgeKind.INTERPRETER, "Booth 1", "250.00"),
    ("Reception, Ministry of Foreign Affairs", BadgeKind.HOST, "Entrance", ""),
)


def host_list(session: ViewerSession, meeting: Meeting) -> UUID:
    """The list, with people who belong to no delegation: focal points name theirs themselves."""
    one = service.open_list(session, meeting)
    arrives = one.starts_on - timedelta(days=1)
    for name, badge, seat, allowance in PEOPLE:
        given = Given(arrives_on=arrives, arrival="By road", hotel="Hotel of the meeting", leaves_on=one.ends_on)
        amount = Decimal(allowance) if allowance else None
        seen = SeenTo(name=name, badge=badge, seat=seat, allowance=amount, currency="USD" if amount else "")
        service.add_person(session, one, given, seen)
    service.change_facts(session, one, Facts(interpretation=("es", "en"), booths="One booth at the back of the room"))
    return one.id


def protocol_officer(engine: Engine, officer: Actor, track: UUID, host_list: UUID) -> Actor:
    """Who sees to the next meeting for its host: an account of its own, `protocol@...`."""
    hat = Hat(HatKind.PROTOCOL, host_list)
    return people.for_one_meeting(engine, officer, track, RoleName.PROTOCOL_OFFICER, hat, "protocol")
