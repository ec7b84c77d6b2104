"""Asking for an emergency access, confirming it, ending it. Services flush; whoever calls them commits.

Every step is on the audit trail of the track. That an access began is told at once to all who keep the track; what
was opened under it is put on the trail when it ends.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from secretariat.core import audit, clock
from secretariat.core.database import table_of
from secretariat.core.journal import Entry
from secretariat.core.labelling import attach
from secretariat.core.labels import administrators
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.directory.models import EmergencyAccess, EmergencyOpening
from secretariat.emergency import policy, queries
from secretariat.mail import outbox
from secretariat.processes import clauses
from secretariat.processes.models import Track

LONGEST_HOURS = 24
SHORTEST_REASON = 20
"""Characters: a word is no reason."""
BEGUN = "emergency_begun"


def ask(session: ViewerSession, track: UUID, *, hours: int, reason: str) -> UUID:
    """Ask to read one track for some hours; it gives nothing before a second person has confirmed it. Its key.

    Raises NotAllowed, Refused (no reason, too long, nobody who could be told, one is asked for or runs already).
    """
    viewer = session.viewer
    if not policy.may_ask(viewer) or viewer.person is None:
        raise NotAllowed
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a sentence what has happened and what must be read; the keepers are told."), "reason")
    if not 1 <= hours <= LONGEST_HOURS:
        raise Refused(_("Give from 1 to %(most)s hours", most=LONGEST_HOURS), "hours")
    with system_access(session, Reason.ADMINISTRATION) as system:
        place = system.get(Track, track)
        if place is None:
            raise NotAllowed
        if viewer.person in queries.keepers(system, track, clock.today()):
            raise Refused(_("You keep this track yourself; act under that appointment."), "track")
        if not queries.keepers(system, track, clock.today()):
            raise Refused(_("Nobody keeps this track who could be told. Name its first officer instead."), "track")
        _refuse_a_second(system, track)
        made = EmergencyAccess(
            process_id=place.process_id,
            track_id=place.id,
            person_id=viewer.person,
            hat=str(Hat(HatKind.EMERGENCY, place.id)),
            reason=reason.strip(),
            hours=hours,
            asked_at=clock.now(),
        )
        attach(system, made, [_keepers_clause(place)])
        system.flush()
        _record(system, "emergency access asked", made, reason=made.reason, hours=hours)
        # The row is the keepers' to read; administrators, one of whom is to agree, read the reason on their own trail.
        audit.record(
            system, "emergency access asked", chain="installation", clauses=[administrators()], subject=made,
            content={"reason": made.reason},
        )  # fmt: skip
        return made.id


def _refuse_a_second(system: SystemSession, track: UUID) -> None:
    others = system.scalars(select(EmergencyAccess).where(EmergencyAccess.track_id == track))
    states = {queries.state_of(one) for one in others}
    if "running" in states:
        raise Refused(_("Somebody reads this track under an emergency access already; one at a time."), "track")
    if "asked" in states:
        raise Refused(_("An access to this track is asked for already and awaits its second person."), "track")


def confirm(session: ViewerSession, access: UUID) -> None:
    """Be the second person: the access begins now, and all who keep the track are told.

    Raises NotAllowed, Refused (it was confirmed or called off meanwhile, or its time has passed).
    """
    since = queries.administrator_since(session, session.viewer.person, clock.today())
    with system_access(session, Reason.ADMINISTRATION) as system:
        one = _locked(system, access)
        if not policy.may_confirm(session.viewer, one, administrator_since=since):
            raise NotAllowed
        if queries.state_of(one) != "asked":
            raise Refused(_("This is no longer open: it was confirmed or called off, or a day has passed."))
        one.confirmed_at, one.confirmed_by_id = clock.now(), session.viewer.person
        one.ends_at = one.confirmed_at + timedelta(hours=one.hours)
        system.flush()
        _record(system, "emergency access began", one, until=one.ends_at.isoformat())
        _tell_keepers(system, one)


def end(session: ViewerSession, access: UUID) -> None:
    """End an access before its time, or call off an asking. Raises NotAllowed, Refused (it is over already)."""
    with system_access(session, Reason.ADMINISTRATION) as system:
        one = _locked(system, access)
        if not policy.may_end(session.viewer, one):
            raise NotAllowed
        if queries.state_of(one) not in ("asked", "running"):
            raise Refused(_("This access is over already."))
        _end(system, one, by=session.viewer.person)


def end_what_is_over(system: SystemSession) -> int:
    """Put on record the end of accesses whose hours have passed, with what was opened under them; how many.

    They let nobody read since their last hour ended, whether this ran or not.
    """
    over = system.scalars(
        select(EmergencyAccess).where(EmergencyAccess.ended_at.is_(None), EmergencyAccess.ends_at <= clock.now())
    ).all()
    for one in over:
        _end(system, one, by=None)
    return len(over)


def acts_open(session: ViewerSession, key: UUID) -> tuple[bool, bool]:
    """Whether this reader may confirm an access, and whether to end it, as it stands now."""
    viewer = session.viewer
    since = queries.administrator_since(session, viewer.person, viewer.on)
    with system_access(session, Reason.ADMINISTRATION) as system:
        one = system.get_one(EmergencyAccess, key)
        state = queries.state_of(one)
        confirms = state == "asked" and policy.may_confirm(viewer, one, administrator_since=since)
        return confirms, state in ("asked", "running") and policy.may_end(viewer, one)


def opening(access: UUID, page: str) -> Entry:
    """A journal entry that keeps which page was opened under an access. Never its content, nor what was searched."""

    def write(connection: Connection) -> None:
        row = {"access_id": access, "at": clock.now(), "page": page[:300]}
        connection.execute(insert(table_of(EmergencyOpening)).values(row))

    return write


def _locked(system: SystemSession, access: UUID) -> EmergencyAccess:
    found = system.scalar(
        select(EmergencyAccess)
        .where(EmergencyAccess.id == access)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotAllowed
    return found


def _end(system: SystemSession, one: EmergencyAccess, *, by: UUID | None) -> None:
    one.ended_at, one.ended_by_id = clock.now() if by else one.ends_at, by
    system.flush()
    pages = system.scalars(
        select(EmergencyOpening.page).where(EmergencyOpening.access_id == one.id).order_by(EmergencyOpening.id)
    )
    _record(system, "emergency access ended", one, opened=list(pages))


def _tell_keepers(system: SystemSession, one: EmergencyAccess) -> None:
    track = system.get_one(Track, one.track_id)
    for person in queries.keepers(system, track.id, clock.today()):
        outbox.put(
            system,
            BEGUN,
            key=f"{BEGUN}:{one.id}:{person}",
            person=person,
            hat=Hat(HatKind.SECRETARIAT, track.id),
            process=track.process,
            track=track,
            subject={"access": one.id},
        )


def _keepers_clause(track: Track) -> Any:
    return clauses.named(track.process, track, audience=[clauses.secretariat(track)])


def _record(system: SystemSession, kind: str, one: EmergencyAccess, **content: Any) -> None:
    track = system.get_one(Track, one.track_id)
    audit.record(
        system,
        kind,
        chain=audit.chain_name(track.process.slug, track.slug),
        clauses=[_keepers_clause(track)],
        subject=one,
        content=content,
    )
