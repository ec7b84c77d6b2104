"""Mails of workshops: who of one's own people comes."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import update

from secretariat.arrangements.workshop_models import Workshop, WorkshopSeat
from secretariat.core import clock
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry


@entry("workshop_chosen", says=("Who comes to a workshop",))
def workshop_chosen(post: Post) -> Iterator[Occasion]:
    """Every seat is of the participant the reader acts for, its workshop chosen for and still to come."""
    acts_for = post.world.reader(post.role).acts_for
    post.session.execute(update(Workshop).values(chosen_at=clock.now(), attended_at=None))
    if acts_for is not None and acts_for[0] == "participant":
        post.session.execute(update(WorkshopSeat).values(participant_id=acts_for[1]))
    post.session.expire_all()
    for spot, seat in post.all_of(WorkshopSeat):
        one = post.session.get_one(Workshop, seat.workshop_id)
        own = acts_for == ("participant", seat.participant_id) and post.is_appointed(one.track_id, SPEAKING)
        leaves = own and post.reads(one.id, seat.id)
        given = {"workshop": one.id, "participant": seat.participant_id}
        words = words_of(one.title, one.place, seat.name)
        yield Occasion(spot, given, leaves, one.process_id, one.track_id, words)
