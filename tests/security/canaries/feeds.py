"""Calendar feeds for the canary world: one of every reader, each opened by everybody who comes by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secretariat.core.session import Reason, system_unit
from secretariat.meetings.feed_models import CalendarFeed, FeedKind
from secretariat.meetings.feeds import digest_of

if TYPE_CHECKING:
    from tests.security.canaries.world import World


def plant(world: World) -> None:
    """A personal feed of every role, into `world.feeds` by its token and `world.own_feeds` by the role."""
    with system_unit(world.engine, Reason.LINK) as session:
        for place, (role, official) in enumerate(world.officials.items()):
            if official is None:
                continue
            token = f"{place:043d}"
            feed = CalendarFeed(
                digest=digest_of(token), kind=FeedKind.PERSONAL, person_id=official.person, hat=str(official.hat)
            )
            session.add(feed)
            session.flush()
            world.feeds[token], world.own_feeds[role] = role, str(feed.id)
