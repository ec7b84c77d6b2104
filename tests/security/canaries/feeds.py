"""Calendar feeds for the canary world: one of every reader, those of a body and of the public of some.

Each is opened by everybody who comes by its address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from secretariat.core.session import Reason, system_unit
from secretariat.meetings.feed_models import CalendarFeed, FeedKind
from secretariat.meetings.feeds import digest_of
from tests.factories.people import Official

if TYPE_CHECKING:
    from tests.security.canaries.world import World


OF_A_BODY = ("member", "observer", "officer")
"""Roles that follow the meetings of a body, and what the public may know, by feeds of their own as well."""


def plant(world: World) -> None:
    """Into `world.feeds` whose eyes each shows, by its token; personal ones into `world.own_feeds` by the role."""
    with system_unit(world.engine, Reason.LINK) as session:
        for place, (role, official) in enumerate(world.officials.items()):
            if official is None:
                continue
            token = f"{place:043d}"
            feed = _feed(token, official, FeedKind.PERSONAL)
            session.add(feed)
            session.flush()
            world.feeds[token], world.own_feeds[role] = role, str(feed.id)
        for place, role in enumerate(OF_A_BODY):
            official = world.officials[role]
            assert official is not None
            body, public = f"{100 + place:043d}", f"{200 + place:043d}"
            process = world.ids["process"]
            session.add(
                _feed(body, official, FeedKind.BODY, process_id=process, body_id=world.at["Body", "participants"])
            )
            session.add(_feed(public, official, FeedKind.PUBLIC, process_id=process))
            world.feeds[body], world.feeds[public] = role, "anonymous"


def _feed(token: str, official: Official, kind: FeedKind, **of: UUID) -> CalendarFeed:
    return CalendarFeed(digest=digest_of(token), kind=kind, person_id=official.person, hat=str(official.hat), **of)
