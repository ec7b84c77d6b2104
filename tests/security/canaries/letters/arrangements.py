"""Mails of workshops: what became of one's own people, and the invitation of a resource person."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import update

from secretariat.arrangements.workshop_models import Workshop, WorkshopCall, WorkshopSeat
from secretariat.core import clock
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import SPEAKING, Occasion, Post, entry
from tests.security.canaries.practical_states import to_come, writes_to


@entry(
    "workshop_chosen", says=("Who comes to a workshop", "Other days of a workshop", "The call for a workshop has ended")
)
def workshop_chosen(post: Post) -> Iterator[Occasion]:
    """About each call, now one to whom the reader acts for: of all who are named for its workshop those the reader
    reads, chosen and still to come. It leaves for one of them as for all: many stand in one workshop. Where nobody is
    named it says that the call has ended. Every second one tells of other days."""
    acts_for = post.world.reader(post.role).acts_for
    if acts_for is not None and acts_for[0] == "participant":
        post.session.execute(update(WorkshopCall).values(participant_id=acts_for[1]))
        post.session.execute(update(WorkshopSeat).values(participant_id=acts_for[1]))
    post.session.expire_all()
    seats = [seat for _spot, seat in post.all_of(WorkshopSeat) if post.reads(seat.id)]
    for number, (spot, called) in enumerate(post.all_of(WorkshopCall)):
        one = post.session.get_one(Workshop, called.workshop_id)
        to_come(one)
        one.chosen_at = clock.now()
        own = acts_for == ("participant", called.participant_id) and post.is_appointed(one.track_id, SPEAKING)
        named = [seat.name for seat in seats if seat.workshop_id == one.id]
        leaves = own and post.reads(one.id, called.id)
        other_days = bool(number % 2)
        given = {
            "call": called.id, "told": called.told, "moved": [], "alternate": False, "other_days": other_days,
        }  # fmt: skip
        words = words_of(one.title, one.place, *named)
        yield Occasion(spot, given, leaves, one.process_id, one.track_id, words)
    post.session.flush()


@entry("resource_invited", says=("An invitation in a personal capacity",), shows=False)
def resource_invited(post: Post) -> Iterator[Occasion]:
    """The officer writes to whoever has the role, at an address of its own: told nothing but where."""
    officer = Post(post.world, post.session, "officer")
    for spot, seat in post.all_of(WorkshopSeat):
        one = post.session.get_one(Workshop, seat.workshop_id)
        to_come(one)
        writes_to(post.world, seat, post.official.person, "expert@elsewhere.example")
        leaves = officer.reads(seat.id, one.id) and officer.is_appointed(one.track_id)
        yield Occasion(
            spot, {"seat": seat.id}, leaves, one.process_id, one.track_id,
            own=frozenset({seat.id}), address=seat.address,
        )  # fmt: skip
    post.session.flush()
