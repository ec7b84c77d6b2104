"""Resource persons and academics of a workshop: put down, written to in a personal capacity, and what they answer."""

from __future__ import annotations

from secretariat.arrangements import policy
from secretariat.arrangements.service.workshops import SeatWords, new_seat, record
from secretariat.arrangements.workshop_models import SeatState, Workshop, WorkshopSeat
from secretariat.core import clock
from secretariat.core.labelling import renew
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.mail import links, outbox
from secretariat.mail.lent import A_DAY, a_colleague

INVITED = "resource_invited"
"""The mail with the link, to the resource person."""


def put_down(session: ViewerSession, one: Workshop, words: SeatWords, address: str = "") -> WorkshopSeat:
    """Put down a resource person or academic, invited in a personal capacity, and write where an address is given.

    Raises NotAllowed, Refused.
    """
    require(policy.may_keep_workshops(session.viewer, one.track_id))
    seat = new_seat(session, one, None, words, state=SeatState.CHOSEN)
    seat.workshop = one
    if address:
        invite(session, seat, address)
    return seat


def invite(session: ViewerSession, seat: WorkshopSeat, address: str) -> None:
    """Write to a resource person: a mail with a link to the invitation alone. Written to again, an answer is asked
    anew; at another address the former link opens nothing from now on.

    Raises NotAllowed; Refused once the workshop was held, and where the same address was written to within a day.
    """
    one = seat.workshop
    require(seat.participant_id is None and policy.may_keep_workshops(session.viewer, one.track_id))
    if one.attended_at is not None or clock.today(one.process.zone) > one.ends_on:
        raise Refused(_("The workshop is over; nobody is invited to it any more"), "address")
    same = seat.address.casefold() == address.casefold()
    if same and seat.invited_at is not None and clock.now() < seat.invited_at + A_DAY:
        raise Refused(_("This person was written to within a day; one mail a day is enough"), "address")
    if not same and seat.invitee_id is not None:
        links.revoke(session, person=seat.invitee_id)
    if not same or seat.invitee_id is None:
        seat.invitee_id = a_colleague(session)
    seat.address, seat.invited_at = address, clock.now()
    seat.invited_by_person_id, seat.invited_by_hat = session.viewer.person, str(session.viewer.hat)
    seat.comes, seat.replied_at, seat.word = None, None, ""
    session.flush()
    assert seat.invitee_id is not None
    outbox.put(
        session,
        INVITED,
        key=f"{INVITED}:{seat.id}:{seat.invited_at.isoformat()}",
        process=one.process,
        track=one.track,
        person=seat.invitee_id,
        hat=session.viewer.hat,
        subject={"seat": seat.id},
        address=address,
    )
    record(session, "resource person written to", one)


def answer(session: ViewerSession, seat: WorkshopSeat, *, comes: bool, word: str) -> None:
    """What the resource person says behind the link, with the eyes of who wrote; said again, it takes the place of what
    was said before."""
    require(seat.participant_id is None and policy.may_keep_workshops(session.viewer, seat.workshop.track_id))
    seat.comes, seat.replied_at, seat.word = comes, clock.now(), word
    session.flush()
    renew(session, seat, why="resource person answered")
