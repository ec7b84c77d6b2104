"""Acts on letterheads, and a letter written on one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.refusals import require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.correspondence import letterheads, policy
from secretariat.correspondence.letterhead_models import Letterhead
from secretariat.correspondence.service.record import record
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track


def put(session: ViewerSession, process: Process, track: Track, language: str, name: str, content: bytes) -> Letterhead:
    """Use a letterhead from now on, in a language or (empty) in every other. Raises NotAllowed, Refused."""
    require(policy.may_write(session.viewer, track))
    letterheads.check(content)
    there = of_language(session, track.id, language)
    if there is None:
        there = Letterhead(process_id=process.id, track_id=track.id, language=language)
        there.name, there.content, there.put_at = name[:200], content, clock.now()
        keepers = clauses.named(process, track, audience=[clauses.secretariat(track)])
        attach(session, there, [keepers], container=process)
    else:
        there.name, there.content, there.put_at = name[:200], content, clock.now()
    session.flush()
    record(session, "letterhead put", process, track, there, language=language)
    return there


def take_away(session: ViewerSession, letterhead: Letterhead) -> None:
    """Write without it from now on. Raises NotAllowed."""
    require(policy.may_write(session.viewer, letterhead.track))
    record(session, "letterhead taken away", letterhead.process, letterhead.track, letterhead)
    session.delete(letterhead)
    session.flush()


def of_language(session: ViewerSession, track: UUID, language: str) -> Letterhead | None:
    """The letterhead of exactly this language."""
    wanted = select(Letterhead).where(Letterhead.track_id == track, Letterhead.language == language)
    return session.scalar(wanted)


def written_on(
    session: ViewerSession,
    track: UUID,
    language: str,
    values: Mapping[str, str],
    letter: Sequence[str],
    above: str = "",
    below: str = "",
) -> bytes | None:
    """A letter on the letterhead of its language, or of all; None where there is neither. Whoever reads a letter gets
    it on its letterhead, which itself is read by those who keep it alone."""
    with system_access(session, Reason.LABELLING) as system:
        found = {
            one.language: one.content
            for one in system.scalars(
                select(Letterhead).where(Letterhead.track_id == track, Letterhead.language.in_(("", language)))
            )
        }
    content = found.get(language) or found.get("")
    return letterheads.filled(content, values, letter, above, below) if content else None
