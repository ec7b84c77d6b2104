"""Writing to who represents the member organizations of a network, to an office, and to whose an answer is."""

from __future__ import annotations

from uuid import UUID

from secretariat.civil_society import position_queries, queries
from secretariat.civil_society.choice_models import Choice
from secretariat.civil_society.models import SubmissionAnswer
from secretariat.civil_society.position_models import Position
from secretariat.core import clock
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.mail import outbox
from secretariat.meetings import joint_queries
from secretariat.processes.models import Process, Track


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


def write_to_office(
    session: ViewerSession, notice: str, process: UUID, side: UUID, *, once: str, **subject: UUID
) -> None:
    """One mail to each who keeps a side of the wall: with all eyes, for who writes knows nobody there."""
    persons = joint_queries.keepers_of(session, side, clock.today())
    with system_access(session, Reason.MAIL) as system:
        for person in persons:
            outbox.put(
                system,
                notice,
                key=f"{notice}:{once}:{person}",
                process=system.get_one(Process, process),
                track=system.get_one(Track, side),
                person=person,
                hat=Hat(HatKind.SECRETARIAT, side),
                subject=subject,
            )


def write_to_whose_it_is(
    session: ViewerSession, notice: str, answer: SubmissionAnswer, /, *, once: str, **subject: UUID
) -> None:
    """One mail to each who speaks for an answer: the liaison officers of its government, or the Secretariat."""
    if answer.participant_id is None:
        write_to_office(session, notice, answer.process_id, answer.track_id, once=once, **subject)
        return
    for officer in queries.liaison_officers(session, answer.process_id, clock.today(answer.process.zone)):
        if officer.participant == answer.participant_id:
            outbox.put(
                session,
                notice,
                key=f"{notice}:{once}:{officer.person}",
                process=answer.process,
                track=answer.track,
                person=officer.person,
                hat=officer.hat,
                subject=subject,
            )
