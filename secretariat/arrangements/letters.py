"""Mails of workshops: to who speaks for a participant, which of its people come and which stand in reserve."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.arrangements import workshop_queries as queries
from secretariat.arrangements.service.workshops import TOLD
from secretariat.arrangements.workshop_models import SeatState
from secretariat.core.languages import dates
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending


def people_chosen(session: Session, sending: Sending) -> Letter | None:
    """Who of one's own people comes, and who stands in reserve. Nothing once it was held, or nobody of them is named
    any more: the people are one's own, and nobody else's stand here."""
    one = queries.workshop_by_id(session, sending.id_of("workshop"))
    participant = sending.id_of("participant")
    if one is None or one.chosen_at is None or one.attended_at is not None or sending.hat.id != participant:
        return None
    seats = list(queries.seats_of(session, one.id, participant))
    if not seats:
        return None
    return sending.letter(
        _("Who comes to a workshop"),
        thread=str(one.id),
        workshop=one,
        days=dates.days_text(one.starts_on, one.ends_on),
        seats=seats,
        chosen=[seat for seat in seats if seat.state is SeatState.CHOSEN],
        reserve=[seat for seat in seats if seat.state is not SeatState.CHOSEN],
        page=sending.page(f"/workshops/{one.id}"),
    )


composition.register(TOLD, people_chosen, roles=SPEAKING_ROLES)
