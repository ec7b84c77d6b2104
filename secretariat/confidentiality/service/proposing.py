"""The secretariat proposes to a participant that the label of its paper be lowered; the participant answers."""

from __future__ import annotations

from uuid import UUID

from secretariat.confidentiality import rights
from secretariat.confidentiality.models import LoweringState, ProposedLowering
from secretariat.confidentiality.service.changing import (
    Bearing,
    Change,
    Wanted,
    change,
    check,
    key_of,
    stands_under,
    wanted_by,
    weighed,
)
from secretariat.confidentiality.service.record import Subject, by, readers, record
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import ViewerSession
from secretariat.directory import queries as directory
from secretariat.mail import outbox

NOTICE = "lowering_proposed"
SCOPE = "lowering"


def propose(session: ViewerSession, of: Subject, wanted: Wanted, *, why: str) -> tuple[ProposedLowering, Change]:
    """Propose a lowering to the participant whose paper it is; its focal points are written to. Nothing changes yet.

    Raises NotAllowed, Refused.
    """
    viewer, participant = session.viewer, of.paper.participant
    require(rights.may_propose(viewer, of.paper))
    if participant is None:
        raise NotAllowed
    made = weighed(session, of.kind, of.thing, wanted)
    if made.bearing is Bearing.SAME:
        raise Refused(_("It stands under this label already."), "readers")
    if made.bearing is Bearing.RAISES:
        raise Refused(_("That is for fewer readers than now; the Secretariat raises a label at once."), "readers")
    if not why.strip():
        raise Refused(_("Say why in a word; the participant reads it with the proposal."), "why")
    check(viewer, of.paper, made)
    row = ProposedLowering(
        **of.about,
        **by(viewer, why),
        participant_id=participant,
        lowered_to_id=key_of(session, made.wanted),
        from_label_id=stands_under(session, of),
        widens=wanted.widens,
    )
    attach(session, row, readers(session, of))
    session.flush()
    record(session, "lowering proposed", of, why=why, after=made.after.level.value)
    _tell(session, of, row, participant)
    return row, made


def _tell(session: ViewerSession, of: Subject, row: ProposedLowering, participant: UUID) -> None:
    process, track = of.place.process, of.place.track
    for entry in directory.focal_points_of(session, participant, process.id, clock.today()):
        appointed = entry.appointment
        if appointed.track_id == track.id:
            outbox.put(
                session,
                NOTICE,
                key=f"{NOTICE}:{row.id}:{appointed.person_id}",
                process=process,
                track=track,
                person=appointed.person_id,
                hat=appointed.acts_as,
                subject={"lowering": row.id},
            )


def answer(
    session: ViewerSession, of: Subject, row: ProposedLowering, *, accepts: bool, word: str = ""
) -> Change | None:
    """The participant accepts, and the label is lowered at once, or declines, and nothing changes.

    Raises NotAllowed, Refused.
    """
    viewer = session.viewer
    require(rights.may_answer(viewer, row.participant_id, row.process_id, row.track_id))
    _still_open(row)
    row.answered_at, row.answered_by_id, row.answer = clock.now(), viewer.person, word[:500]
    made = None
    if accepts:
        row.state = LoweringState.ACCEPTED
        session.flush()
        made = change(session, of, wanted_by(session, row), why=row.why, answering=row.id)
    else:
        row.state = LoweringState.DECLINED
        record(session, "proposed lowering declined", of)
    session.flush()
    return made


def take_back(session: ViewerSession, of: Subject, row: ProposedLowering) -> None:
    """The secretariat takes a proposal back before it is answered. Raises NotAllowed, Refused."""
    require(rights.may_propose(session.viewer, of.paper))
    _still_open(row)
    row.state, row.answered_at = LoweringState.TAKEN_BACK, clock.now()
    record(session, "proposed lowering taken back", of)
    session.flush()


def _still_open(row: ProposedLowering) -> None:
    if row.state is not LoweringState.PROPOSED:
        raise Refused(_("This was answered or taken back in the meantime; nothing was changed."))
