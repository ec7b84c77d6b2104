"""Writing to who represents the member organizations of a network."""

from __future__ import annotations

from uuid import UUID

from secretariat.civil_society import position_queries, queries
from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.position_models import Position
from secretariat.core import clock
from secretariat.core.session import ViewerSession
from secretariat.mail import outbox


def write_to_organizations(
    session: ViewerSession, notice: str, about: Position | Choice, *, once: str = "", **subject: UUID
) -> None:
    """One mail to each; the same cause twice is one mail: `once` tells causes apart. `subject` is what its composer is
    told."""
    on = clock.today(about.process.zone)
    members = position_queries.organizations_on(session, about.process_id, about.track_id, on)
    for each in queries.people_of_network(session, about.track_id, on):
        if each.hat.id in members:
            outbox.put(
                session,
                notice,
                key=":".join(filter(None, (notice, str(about.id), once, str(each.person), str(each.hat)))),
                process=about.process,
                track=about.track,
                person=each.person,
                hat=each.hat,
                subject=subject,
            )
