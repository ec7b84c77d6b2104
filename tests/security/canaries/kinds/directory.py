"""People: appointments, contact cards and their numbers."""

from datetime import date, timedelta
from uuid import UUID

from secretariat.core import clock
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.liaison_models import LiaisonListing, LiaisonNumber
from secretariat.directory.models import (
    Appointment,
    ContactCard,
    ContactNumber,
    EmergencyAccess,
    Person,
    ProposedSuccessor,
    RoleName,
)
from tests.security.canaries.world import SPOTS, Plot, plants


def _somebody(plot: Plot) -> Person:
    person = Person()
    plot.session.add(person)
    plot.session.flush()
    return person


@plants(Appointment, inside=None, why_unseen="shown with the card of its person; letters to the secretariat")
def appointment(plot: Plot) -> Appointment:
    return Appointment(
        person_id=_somebody(plot).id,
        hat=str(Hat(HatKind.PARTICIPANT, plot.id("state member"))),
        role=RoleName.COLLEAGUE,
        process_id=plot.process,
        track_id=plot.track,
        since=date(2022, 1, 1),
        subject=plot.text(),
        department=plot.text(),
        letter=plot.word(),
    )


@plants(EmergencyAccess, inside=None)
def emergency_access(plot: Plot) -> EmergencyAccess:
    """One that nobody confirmed: it gives nothing, and its reason is read by who keeps the track."""
    return EmergencyAccess(
        process_id=plot.process,
        track_id=plot.track,
        person_id=_somebody(plot).id,
        hat=str(Hat(HatKind.EMERGENCY, plot.track)),
        reason=plot.word(),
        hours=4,
        asked_at=clock.now() - timedelta(days=3),
    )


@plants(ContactCard, inside=None, why_unseen="shown with an appointment of its person")
def card(plot: Plot) -> ContactCard:
    person = _somebody(plot).id
    return ContactCard(
        person_id=person, process_id=plot.process, track_id=plot.track, name=plot.word(), function=plot.text()
    )


@plants(ContactNumber, inside=ContactCard, why_unseen="shown with an appointment of its person")
def number(plot: Plot) -> ContactNumber:
    return ContactNumber(card_id=plot.inside.id, kind="mail", value=f"{plot.word()}@ministry.example")


@plants(ProposedSuccessor, inside=None, spots=SPOTS[13:14], why_unseen="shown to the secretariat that sees to it")
def successor(plot: Plot) -> ProposedSuccessor:
    official = plot.world.officials["member"]
    assert official is not None
    return ProposedSuccessor(
        process_id=plot.process,
        track_id=plot.track,
        participant_id=plot.id("state member"),
        appointment_id=official.appointment,
        role=RoleName.FOCAL_POINT,
        said_at=clock.now(),
        name=plot.word(),
        ministry=plot.word(),
        address=f"{plot.word()}@ministry.example",
        word=plot.word(),
    )


@plants(LiaisonListing)
def listing(plot: Plot) -> LiaisonListing:
    official = plot.world.officials["member"]
    assert official is not None
    return LiaisonListing(
        process_id=plot.process,
        network_id=plot.id("network"),
        appointment_id=_named(plot),
        person_id=official.person,
        hat=str(Hat(HatKind.PARTICIPANT, plot.id("state member"))),
        since=date(2022, 1, 1),
        name=plot.word(),
        ministry=plot.text(),
        subject=plot.text(),
    )


def _named(plot: Plot) -> UUID:
    """An appointment of its own, which the network does not read."""
    return plot.world.planted["Appointment"][len(plot.world.planted.get("LiaisonListing", []))]


@plants(LiaisonNumber, inside=LiaisonListing)
def listed_number(plot: Plot) -> LiaisonNumber:
    return LiaisonNumber(listing_id=plot.inside.id, kind="mail", value=f"{plot.word()}@ministry.example")
