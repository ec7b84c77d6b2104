"""A session of both sides of the wall: one proposes it, the other agrees, each has a notice of its own; either takes
itself back. Each is an act on record on the side on which it was done, and nothing of either side's meetings crosses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from secretariat.core import audit, clock
from secretariat.core.labelling import attach, renew
from secretariat.core.labels import Addressee, Named
from secretariat.core.languages import gettext as _
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Hat, HatKind
from secretariat.mail import outbox
from secretariat.meetings import joint_queries, policy
from secretariat.meetings.joint_models import JointNotice, JointSession, JointState
from secretariat.meetings.service.record import for_secretariat
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track, TrackKind

PROPOSED, ANSWERED, TAKEN_BACK = "joint_proposed", "joint_answered", "joint_taken_back"
"""The mails of one office to the other: that it is asked, what was answered, and that nothing comes of it."""
_TOLD = ("title", "about", "held_on", "begins", "ends", "zone", "place")
"""What both sides are told of an agreed session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointWords:
    """What is proposed."""

    title: LocalText
    held_on: date
    begins: time
    ends: time
    zone: str
    about: LocalText | None = None
    place: LocalText | None = None


def propose_joint(
    session: ViewerSession,
    process: Process,
    track: Track,
    other: UUID,
    given: JointWords,
    *,
    instead_of: JointSession | None = None,
) -> JointSession:
    """Ask the other side for a session in common, or for one `instead_of` that which both have agreed to, which holds
    until the other side agrees. Raises NotAllowed, Refused."""
    require(policy.may_schedule(session.viewer, track.id))
    beside = next((one for one in joint_queries.others_of(session, track) if one.id == other), None)
    if beside is None:
        raise Refused(_("Choose whom you ask"), "other")
    check_joint(given)
    if instead_of is not None:
        _check_change(session, instead_of, track, other)
    by_network = track.kind is TrackKind.CIVIL_SOCIETY
    government, network = (beside, track) if by_network else (track, beside)
    made = JointSession(
        process_id=process.id, government_id=government.id, network_id=network.id, by_network=by_network,
        title=given.title, about=given.about, held_on=given.held_on, begins=given.begins, ends=given.ends,
        zone=given.zone, place=given.place, state=JointState.PROPOSED, proposed_at=clock.now(),
        instead_of_id=instead_of.id if instead_of is not None else None,
    )  # fmt: skip
    made.process = process
    offices = [Addressee(Named.SECRETARIAT, one.id) for one in (government, network)]
    attach(session, made, [clauses.named(process, government, network, audience=offices)], container=process)
    session.flush()
    _record(session, made, track, "joint session proposed")
    _write_to(session, made, made.asked, PROPOSED)
    return made


def _check_change(session: ViewerSession, one: JointSession, track: Track, other: UUID) -> None:
    require({track.id, other} == {one.government_id, one.network_id})
    if one.state is not JointState.AGREED:
        raise Refused(_("This session was taken back or changed meanwhile; propose another one."))
    if _is_over(one):
        raise Refused(_("This day is over; what took place stays on record."))
    if joint_queries.proposed_instead_of(session, one.id) is not None:
        raise Refused(_("Other hours are proposed already, and not answered yet."))


def check_joint(given: JointWords) -> None:
    """Raises Refused where its day is over, or its hours are none."""
    if given.held_on < clock.today(given.zone):
        raise Refused(_("This day is over; give one to come"), "held_on")
    if given.ends <= given.begins:
        raise Refused(_("It ends before it begins; give a later hour"), "ends")


def agree_to_joint(session: ViewerSession, one: JointSession, track: Track) -> None:
    """The side that was asked agrees; from now on each side has its notice. Raises NotAllowed, Refused."""
    _answering(session, one, track)
    before = joint_queries.session_by_id(session, one.instead_of_id) if one.instead_of_id is not None else None
    if before is not None and before.state is not JointState.AGREED:
        raise Refused(_("The session it was to take the place of was taken back meanwhile; nothing was changed."))
    one.state, one.answered_at = JointState.AGREED, clock.now()
    session.flush()
    renew(session, one, why="joint session agreed")
    _record(session, one, track, "joint session agreed")
    if before is None:
        _notices(session, one)
    else:
        before.state = JointState.CHANGED
        session.flush()
        renew(session, before, why="another one took its place")
        _notices_anew(session, before, one)
    _write_to(session, one, one.proposed_by, ANSWERED)


def decline_joint(session: ViewerSession, one: JointSession, track: Track, reply: LocalText | None) -> None:
    """The side that was asked does not take part this time. Raises NotAllowed, Refused."""
    _answering(session, one, track)
    one.state, one.answered_at, one.reply = JointState.DECLINED, clock.now(), reply
    session.flush()
    renew(session, one, why="joint session declined")
    _record(session, one, track, "joint session declined")
    _write_to(session, one, one.proposed_by, ANSWERED)


def take_back_joint(session: ViewerSession, one: JointSession, track: Track) -> None:
    """Either side takes an agreed session back, and who proposed it a proposal. The notices of both say that it is
    called off; no day is shared by it any more. Raises NotAllowed, Refused."""
    require(policy.may_schedule(session.viewer, track.id) and track.id in (one.government_id, one.network_id))
    if one.state not in (JointState.PROPOSED, JointState.AGREED):
        raise Refused(_("The other side has answered meanwhile; nothing was changed."))
    require(one.state is JointState.AGREED or one.proposed_by == track.id)
    if _is_over(one):
        raise Refused(_("This day is over; what took place stays on record."))
    was_agreed = one.state is JointState.AGREED
    one.state, one.taken_back_at = JointState.TAKEN_BACK, clock.now()
    session.flush()
    renew(session, one, why="joint session taken back")
    _record(session, one, track, "joint session taken back")
    other = one.network_id if track.id == one.government_id else one.government_id
    _write_to(session, one, other, TAKEN_BACK)
    if (instead := joint_queries.proposed_instead_of(session, one.id)) is not None:
        instead.state, instead.taken_back_at = JointState.TAKEN_BACK, clock.now()
        session.flush()
        renew(session, instead, why="joint session taken back")
    if was_agreed:
        with system_access(session, Reason.LABELLING) as system:  # the notice of the other side too
            for notice in system.scalars(select(JointNotice).where(JointNotice.session_id == one.id)):
                notice.called_off_at, notice.sequence = clock.now(), notice.sequence + 1
                system.flush()
                renew(system, notice, why="joint session called off")


def _answering(session: ViewerSession, one: JointSession, track: Track) -> None:
    require(policy.may_schedule(session.viewer, track.id) and one.asked == track.id)
    if one.state is not JointState.PROPOSED:
        raise Refused(_("This proposal was taken back or answered meanwhile; nothing was changed."))
    if _is_over(one):
        raise Refused(_("The day proposed is over; propose another one."))


def _is_over(one: JointSession) -> bool:
    return one.held_on < clock.today(one.zone)


def _notices(session: ViewerSession, one: JointSession) -> None:
    """A notice for the members of each side, made with all eyes: neither office writes on the other side otherwise."""
    with system_access(session, Reason.LABELLING) as system:
        process = system.get_one(Process, one.process_id)
        for key in (one.government_id, one.network_id):
            made = JointNotice(
                session_id=one.id, process_id=one.process_id, track_id=key,
                **{name: getattr(one, name) for name in _TOLD},
            )  # fmt: skip
            attach(system, made, [clauses.members_of(process, system.get_one(Track, key))], container=process)
        system.flush()


def _notices_anew(session: ViewerSession, before: JointSession, one: JointSession) -> None:
    """The notices of both sides say what was agreed now. They stay the same things, and the same calendar entries."""
    with system_access(session, Reason.LABELLING) as system:
        for notice in system.scalars(select(JointNotice).where(JointNotice.session_id == before.id)):
            notice.session_id, notice.sequence = one.id, notice.sequence + 1
            for name in _TOLD:
                setattr(notice, name, getattr(one, name))
            system.flush()
            renew(system, notice, why="joint session changed")


def _write_to(session: ViewerSession, one: JointSession, side: UUID, notice: str) -> None:
    """A mail to each who keeps the other side: with all eyes, for who proposes knows nobody there."""
    today = clock.today(one.process.zone)
    persons = joint_queries.keepers_of(session, side, today)
    with system_access(session, Reason.MAIL) as system:
        process, track = system.get_one(Process, one.process_id), system.get_one(Track, side)
        for person in persons:
            outbox.put(
                system,
                notice,
                key=f"{notice}:{one.id}:{one.state.value}:{person}",
                process=process,
                track=track,
                person=person,
                hat=Hat(HatKind.SECRETARIAT, side),
                subject={"joint": one.id},
            )


def _record(session: ViewerSession, one: JointSession, side: Track, act: str) -> None:
    """On the trail of the side on which it was done; its secretariat reads it."""
    audit.record(
        session,
        act,
        chain=audit.chain_name(one.process.slug, side.slug),
        clauses=[for_secretariat(one.process, side)],
        subject=one,
        content={"on": one.held_on.isoformat()},
    )
