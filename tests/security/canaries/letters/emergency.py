"""The mail of emergencies, to who keeps the track."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from secretariat.core import clock
from secretariat.directory.models import EmergencyAccess
from tests.security.canaries.letters.common import words_of
from tests.security.canaries.mail_kinds import KEEPING, Occasion, Post, entry


@entry("emergency_begun", says=("Emergency access to your papers",))
def begun(post: Post) -> Iterator[Occasion]:
    """Every second one was confirmed and is over; of the others nothing is said."""
    for place, (spot, access) in enumerate(post.all_of(EmergencyAccess)):
        if place % 2 == 0 and access.confirmed_at is None:
            access.confirmed_at, access.ends_at = clock.now() - timedelta(days=2), clock.now() - timedelta(days=1)
        leaves = (
            access.confirmed_at is not None and post.is_appointed(access.track_id, KEEPING) and post.reads(access.id)
        )
        yield Occasion(spot, {"access": access.id}, leaves, access.process_id, access.track_id, words_of(access.reason))
