"""Writing the handover file of a term, and clearing it for the next chair."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from secretariat.chairmanship import handover_queries as queries
from secretariat.chairmanship import policy
from secretariat.chairmanship.handing_over import next_chairs
from secretariat.chairmanship.models import Handover
from secretariat.core import audit, clock
from secretariat.core.labelling import attach, relabel
from secretariat.core.labels import Clause
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession
from secretariat.processes import clauses
from secretariat.processes.models import ChairTerm, Track


@dataclass(frozen=True, slots=True)
class Words:
    """What the outgoing chair says in its own words: of its theme, of what it has promised, and as advice."""

    theme: LocalText | None = None
    promises: LocalText | None = None
    advice: LocalText | None = None


def begin(session: ViewerSession, term: ChairTerm, track: Track) -> Handover:
    """Begin the file of a term, or find the one there is. Raises NotAllowed."""
    require(policy.may_prepare(session.viewer, term, track.id))
    found = queries.handover_of(session, term.id)
    if found is not None:
        return found
    assert term.participant_id is not None
    made = Handover(
        process_id=term.process_id,
        track_id=track.id,
        body_id=term.body_id,
        term_id=term.id,
        participant_id=term.participant_id,
        theme=term.theme,
        left_out=[],
        listed=[],
        receivers=[],
    )
    made.process, made.track, made.term = term.process, track, term
    attach(session, made, [_readers(made)], container=term)
    session.flush()
    return made


def write(session: ViewerSession, handover: Handover, words: Words, left_out: Collection[str], on: date) -> None:
    """Change what the file says. `left_out` are keys of what it lists today. Raises NotAllowed, Refused."""
    require(policy.may_prepare(session.viewer, handover.term, handover.track_id))
    _check_open(handover)
    offered = set(queries.open_keys(session, handover.process_id, handover.body_id, on))
    unseen = [key for key in handover.left_out if key not in offered]
    handover.theme, handover.promises, handover.advice = words.theme, words.promises, words.advice
    handover.left_out = sorted({*unseen, *(key for key in left_out if key in offered)})
    session.flush()


def receivers(session: ViewerSession, handover: Handover, on: date) -> list[str]:
    """The participants (ids) for which the file would be cleared today; none where nobody is on record."""
    return [str(one) for one in next_chairs(queries.terms_of(session, handover.process_id), handover.term, on)]


def clear(session: ViewerSession, handover: Handover, on: date) -> None:
    """The outgoing chair gives the file to those who chair next: from now on they read it, and it stays as it is.

    Raises NotAllowed, Refused.
    """
    require(policy.may_clear(session.viewer, handover.term))
    _check_open(handover)
    following = receivers(session, handover, on)
    if not following:
        raise Refused(_("Who chairs next is not on record yet. Once the Secretariat has entered it, clear the file."))
    handover.listed = keys(session, handover, on)
    handover.receivers = following
    handover.cleared_at, handover.cleared_by_id = clock.now(), session.viewer.person
    session.flush()
    relabel(session, handover, [_readers(handover)], why="cleared by the outgoing chair for the next")
    audit.record(
        session,
        "handover file cleared",
        chain=audit.chain_name(handover.process.slug, handover.track.slug),
        clauses=[_readers(handover)],
        subject=handover,
        content={"for": following},
    )


def keys(session: ViewerSession, handover: Handover, on: date) -> list[str]:
    """What the file lists: as it was cleared; before, what is open today and was not left out."""
    if handover.is_cleared:
        return list(handover.listed)
    out = set(handover.left_out)
    return [key for key in queries.open_keys(session, handover.process_id, handover.body_id, on) if key not in out]


def _readers(handover: Handover) -> Clause:
    """Participants by name, never the office of the chair: with the end of the term that is another's."""
    named = [handover.participant_id, *handover.for_participants]
    audience = [clauses.officers(handover.track), *(clauses.participant(one) for one in named)]
    return clauses.named(handover.process, handover.track, audience=audience)


def _check_open(handover: Handover) -> None:
    if handover.is_cleared:
        raise Refused(_("This file was cleared and stays as it is."))
