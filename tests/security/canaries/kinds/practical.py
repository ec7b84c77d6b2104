"""What is arranged for meetings: a host's list at every spot, each with a person of its own, and one for the host."""

from datetime import date
from decimal import Decimal

from secretariat.arrangements.contribution_models import Contribution
from secretariat.arrangements.models import HostedPerson, HostList
from secretariat.arrangements.workshop_models import (
    CapacityBuilt,
    SeatState,
    Workshop,
    WorkshopCall,
    WorkshopSeat,
)
from secretariat.core import clock
from secretariat.core.database import new_key
from tests.security.canaries.world import HOST, SPOTS, Plot, also, plants


@plants(HostList, inside=None, spots=(*SPOTS, HOST))
def host_list(plot: Plot) -> HostList:
    return HostList(
        id=plot.id("hosted") if plot.spot is HOST else new_key(),
        process_id=plot.process,
        track_id=plot.id("government"),
        meeting_id=plot.world.at.get(("Meeting", plot.spot.name)) or new_key(),
        title=plot.text(),
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 2),
        zone="America/Panama",
        place=plot.text(),
        booths=plot.word(),
        word=plot.word(),
    )


@plants(HostedPerson, inside=None, spots=(*SPOTS, HOST))
def hosted_person(plot: Plot) -> HostedPerson:
    """Of the member's delegation, with words in all that is arranged for the person."""
    return HostedPerson(
        process_id=plot.process,
        track_id=plot.id("government"),
        list_id=plot.world.at["HostList", plot.spot.name],
        participant_id=plot.id("state member"),
        delegate_id=new_key(),
        name=plot.word(),
        function=plot.word(),
        body=plot.word(),
        arrives_on=date(2027, 2, 28),
        arrival=plot.word(),
        leaves_on=date(2027, 3, 3),
        departure=plot.word(),
        hotel=plot.word(),
        diet=plot.word(),
        access=plot.word(),
        seat=plot.word(),
        travel_paid_by=plot.word(),
        allowance=Decimal("120.00"),
        currency="USD",
    )


@plants(Contribution)
def contribution(plot: Plot) -> Contribution:
    """Of the member, confirmed: its readers read it."""
    return Contribution(
        process_id=plot.process,
        track_id=plot.track,
        participant_id=plot.id("state member"),
        pledged=Decimal("1000.00"),
        currency="USD",
        in_kind=plot.word(),
        earmark=plot.word(),
        pledged_on=date(2026, 1, 12),
        entered_at=clock.now(),
        confirmed_at=clock.now(),
        word=plot.word(),
    )


@also(Contribution, "by name", spots=("members", "the secretariat"))
def by_name(plot: Plot) -> Contribution:
    """Of a giver that takes no part, where its word was noted."""
    one = contribution(plot)
    one.participant_id, one.giver, one.noted, one.word = None, plot.word(), plot.word(), ""
    return one


@plants(Workshop)
def workshop(plot: Plot) -> Workshop:
    """Held, with papers enough to tell their sums and what was remarked."""
    return Workshop(
        process_id=plot.process,
        track_id=plot.id("government"),
        title=plot.text(),
        about=plot.text(),
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 2),
        place=plot.text(),
        places_each=2,
        nominate_by=date(2026, 2, 1),
        paid_by=plot.word(),
        called_at=clock.now(),
        chosen_at=clock.now(),
        attended_at=clock.now(),
        papers=[[5, 4, 3]] * 3,
        remarks=[plot.word()],
    )


@plants(WorkshopCall, inside=Workshop, spots=(), why_unseen="which participant was asked; it carries no words")
def workshop_call(plot: Plot) -> WorkshopCall:
    return WorkshopCall(workshop_id=plot.inside.id, participant_id=plot.id("state member"))


@plants(WorkshopSeat, inside=Workshop)
def workshop_seat(plot: Plot) -> WorkshopSeat:
    return WorkshopSeat(
        workshop_id=plot.inside.id,
        participant_id=plot.id("state member"),
        rank=1,
        name=plot.word(),
        function=plot.word(),
        body=plot.word(),
        paid_by=plot.word(),
        state=SeatState.CHOSEN,
        attended=True,
        ends_on=date(2099, 1, 1),
    )


@plants(CapacityBuilt, inside=Workshop, spots=())
def capacity_built(plot: Plot) -> CapacityBuilt:
    return CapacityBuilt(
        workshop_id=plot.inside.id, participant_id=plot.id("state member"), words=plot.text(), said_at=clock.now()
    )
