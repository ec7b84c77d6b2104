"""Mails of workshops: what became of whom a participant named, to who speaks for it; and the invitation of a resource
person, who has no eyes here and reads the workshop behind the link."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.arrangements import inviting
from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.service.resource_persons import INVITED
from secretariat.arrangements.service.workshops import TOLD
from secretariat.arrangements.workshop_models import SeatState, WorkshopCall
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.processes.names import names_of


def people_chosen(session: Session, sending: Sending) -> Letter | None:
    """Who of one's own people comes, stands in reserve, or has no place, with the link to the page of one's own; that
    it has other days; or, to whom was asked and had named nobody, that the call has ended. Nothing where a later one
    says it again, once it was held, or where nobody of them is named any more."""
    called = queries.call_by_id(session, sending.id_of("call"))
    if called is None or called.workshop is None or called.participant_id != sending.hat.id:
        return None
    one = called.workshop
    if called.told != sending.subject["told"] or one.attended_at is not None or one.ends_on < sending.today:
        return None
    seats = list(queries.seats_of(session, one.id, called.participant_id))
    if not seats:
        return _ended(session, sending, called)
    moved = set(sending.ids_of("moved"))
    chosen = [seat for seat in seats if seat.state is SeatState.CHOSEN]
    named = names_of(session, [called.participant_id], process=one.process_id, on=sending.today)
    other_days = bool(sending.subject.get("other_days"))
    return sending.letter(
        _("Other days of a workshop") if other_days else _("Who comes to a workshop"),
        other_days=other_days,
        thread=str(one.id),
        call=called,
        workshop=one,
        participant=named[called.participant_id],
        is_alternate=bool(sending.subject.get("alternate")),
        days=dates.days_text(one.starts_on, one.ends_on),
        moved=[seat for seat in chosen if seat.id in moved],
        chosen=[seat for seat in chosen if seat.id not in moved],
        reserve=[seat for seat in seats if seat.state is SeatState.RESERVE],
        not_chosen=[seat for seat in seats if seat.state is SeatState.NOT_CHOSEN],
        nominated=[seat for seat in seats if seat.state is SeatState.NOMINATED],
        link=sending.link(OWN_SCOPE, [called.id]),
    )


def _ended(session: Session, sending: Sending, called: WorkshopCall) -> Letter | None:
    """To whom was asked and had not answered: that it is said who comes, before the day by which one could answer."""
    one = called.workshop
    if one.chosen_at is None or called.answered_on is not None:
        return None
    named = names_of(session, [called.participant_id], process=one.process_id, on=sending.today)
    return sending.letter(
        _("The call for a workshop has ended"),
        template="workshop_ended",
        thread=str(one.id),
        call=called,
        workshop=one,
        participant=named[called.participant_id],
        is_alternate=bool(sending.subject.get("alternate")),
        days=dates.days_text(one.starts_on, one.ends_on),
        until=dates.day_in_full(one.nominate_by),
        link=sending.link(OWN_SCOPE, [called.id]),
    )


def resource_invited(session: Session, sending: Sending) -> Letter | None:
    """To a resource person, in a personal capacity: only that one is invited, and where it stands to what. Nothing
    where somebody else is written to by now, the workshop is over, or who wrote keeps it no more."""
    seat = sending.id_of("seat")
    if not inviting.is_open(session, seat, sending.person):
        return None
    return sending.letter(
        _("An invitation in a personal capacity"), link=sending.link(INVITED_SCOPE, [seat], renewable=False)
    )


OWN_SCOPE, INVITED_SCOPE = "workshop", "resource"
composition.register(TOLD, people_chosen, roles=SPEAKING_ROLES)
composition.register(INVITED, resource_invited, needs_appointment=False)
