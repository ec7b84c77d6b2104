"""Changing a label: what it would do, who may do it, what is refused, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.confidentiality import decided, rights
from secretariat.confidentiality.models import Declassification, LoweringState, ProposedLowering
from secretariat.confidentiality.readers import Difference, Readers, circle_of, difference, processes_of
from secretariat.confidentiality.rights import Paper
from secretariat.confidentiality.service.record import Subject, readers, record
from secretariat.core import clock
from secretariat.core.kinds import Kind, OriginKind
from secretariat.core.labelling import (
    LabelRefused,
    container_of,
    hold_off_attaching,
    intern,
    label_value,
    relabel,
    would_be,
)
from secretariat.core.labels import Clause, LabelValue, Level, implied, may_read
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, ViewerSession, system_access
from secretariat.core.viewer import Viewer
from secretariat.processes.clauses import of_today, same


class Bearing(Enum):
    """What a change of label does."""

    SAME = "same"
    RAISES = "raises"
    LOWERS = "lowers"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The label a thing is to have: its own clauses (none: its container's); `widens` leaves its container's out."""

    own: frozenset[Clause]
    widens: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a change would do, worked out before anything is written: the labels and all who read, before and after."""

    wanted: Wanted
    before: LabelValue
    after: LabelValue
    bearing: Bearing
    read_before: Readers
    read_after: Readers

    @property
    def difference(self) -> Difference:
        return difference(self.read_before, self.read_after)


def own_clauses(session: Session, kind: Kind, thing: Any) -> frozenset[Clause]:
    """A thing's own clauses less those its state holds back; none where it has just its container's.

    Where nothing else is left, what is held back is the label itself: a draft that is for the secretariat alone.
    """
    own = label_value(session, thing.own_label_id).clauses if thing.own_label_id else frozenset()
    return own - held_back(session, kind, thing) or own


def held_back(session: Session, kind: Kind, thing: Any) -> frozenset[Clause]:
    """The own clauses of a thing which its present state puts beside its label, as they stand on it."""
    if kind.by_hand is None or not thing.own_label_id:
        return frozenset()
    wanted = kind.by_hand.held_back(session, thing)
    own = label_value(session, thing.own_label_id).clauses
    return frozenset(one for one in own if any(same([one], [other]) for other in wanted))


def weighed(session: ViewerSession, kind: Kind, thing: Any, wanted: Wanted) -> Change:
    """What giving a thing this label would do. What its state holds back is left aside on both sides.

    Raises Refused where the label cannot be.
    """
    own = of_today(session, wanted.own)
    try:
        before = would_be(session, thing, own_clauses(session, kind, thing), widened=thing.widened)
        after = would_be(session, thing, own, widened=wanted.widens)
    except LabelRefused:
        raise Refused(_("It stands in nothing that says who may read it; choose its readers."), "readers") from None
    circle = circle_of(session, processes_of(before, after), clock.today())
    read_before, read_after = circle.readers(before), circle.readers(after)
    bearing = _bearing(before, after, difference(read_before, read_after))
    if wanted.widens and not thing.widened:
        bearing = Bearing.LOWERS
    return Change(Wanted(own, wanted.widens), before, after, bearing, read_before, read_after)


def _bearing(before: LabelValue, after: LabelValue, change: Difference) -> Bearing:
    """Raised is what nobody reads who did not before: now, or later by a side of the wall or an office that has nobody
    yet."""
    if same(before.clauses, after.clauses):
        return Bearing.SAME
    if all(any(implied(one, by=other) for other in after.clauses) for one in before.clauses):
        return Bearing.RAISES
    wider = not change.gained.nobody or after.level.weight < before.level.weight or _names_more(before, after)
    return Bearing.LOWERS if wider or not _tracks(after) <= _tracks(before) else Bearing.RAISES


def _names_more(before: LabelValue, after: LabelValue) -> bool:
    """Whether somebody is named who was not, where all who read were named."""
    if before.level is not Level.NAMED or after.level is not Level.NAMED:
        return False
    named = frozenset(one for clause in before.clauses for one in clause.audience)
    return not any(clause.audience <= named for clause in after.clauses if clause.level is Level.NAMED)


def _tracks(label: LabelValue) -> frozenset[UUID]:
    """The sides of the wall that satisfy every clause."""
    sides = [clause.tracks for clause in label.clauses if clause.level is not Level.PUBLIC]
    return frozenset.intersection(*sides) if sides else frozenset()


def check(viewer: Viewer, paper: Paper, made: Change) -> None:
    """Refuse what would leave nobody able to read a thing, or hide it from whose it is or from who does it."""
    if made.read_after.nobody:
        raise Refused(_("Nobody could read it any more; choose at least one reader."), "readers")
    if _reads(made.read_before, paper) and not _reads(made.read_after, paper):
        raise Refused(_hidden_from(paper), "readers")
    if not may_read(viewer, made.after):
        raise Refused(_("You would not read it any more yourself, and could not mend it."), "readers")


def _reads(read: Readers, paper: Paper) -> bool:
    if read.everyone:
        return True
    if paper.origin.kind is OriginKind.SECRETARIAT:
        return paper.origin.id in read.secretariats
    if paper.participant is not None:
        return any(one.participant == paper.participant for one in read.participants)
    return bool(read.participants)


def _hidden_from(paper: Paper) -> str:
    if paper.participant is not None:
        return _("It would be hidden from the participant whose paper it is.")
    if paper.is_joint:
        return _("It would be hidden from all members of the body that adopted it.")
    return _("It would be hidden from the Secretariat, whose paper it is.")


def change(
    session: ViewerSession, of: Subject, wanted: Wanted, *, why: str, decision: str = "", answering: UUID | None = None
) -> Change:
    """Give a thing another label, on record with who and why. What is inside it follows at once.

    A joint text is lowered by a decision of the body that adopted it: `decision` names the meeting or letter. Open
    proposals fall away, but for the one that is being answered. Raises NotAllowed, Refused.
    """
    viewer = session.viewer
    require(rights.may_raise(viewer, of.paper) or rights.may_lower(viewer, of.paper))
    _hold(session, of)
    made = weighed(session, of.kind, of.thing, wanted)
    allow(viewer, of.paper, made, why, decision)
    give(session, of, made.wanted, why=f"{why} ({decision})" if decision else why, answering=answering)
    record(
        session, f"label {'lowered' if made.bearing is Bearing.LOWERS else 'raised'}", of, also=made.before.clauses,
        why=why, decision=decision, before=made.before.level.value, after=made.after.level.value,
        widened=made.wanted.widens,
    )  # fmt: skip
    session.flush()
    return made


def _hold(session: ViewerSession, of: Subject) -> None:
    """From here on nobody else changes a label in between. Raises Refused where somebody has since it was read, and
    NotAllowed where one does not read it any more."""
    kind: Any = type(of.thing)
    stood = (of.thing.label_id, of.thing.own_label_id, of.thing.widened)
    hold_off_attaching(session)
    with system_access(session, Reason.LABELLING) as system:  # this reader's labels may not be worked out for it yet
        mine = select(kind.label_id, kind.own_label_id, kind.widened).where(kind.id == of.thing.id)
        stands = system.execute(mine).one_or_none()
        if stands is None or not may_read(session.viewer, label_value(system, stands.label_id)):
            raise NotAllowed
    if stood != tuple(stands):
        raise Refused(_("Its label was changed in the meantime; look at it again."))


def allow(viewer: Viewer, paper: Paper, made: Change, why: str, decision: str) -> None:
    """Whether this person may do this. Raises NotAllowed, Refused."""
    if made.bearing is Bearing.SAME:
        raise Refused(_("It stands under this label already."), "readers")
    lowers = made.bearing is Bearing.LOWERS
    require((rights.may_lower if lowers else rights.may_raise)(viewer, paper))
    if not why.strip():
        raise Refused(_("Say why in a word; it stays on record with the change."), "why")
    if lowers and paper.is_joint and not decision.strip():
        raise Refused(
            _("Name the decision of the body that adopted it: its meeting or letter, for example RCM/VM/2027/4."),
            "decision",
        )
    check(viewer, paper, made)


def give(session: Session, of: Subject, wanted: Wanted, *, why: str, answering: UUID | None = None) -> None:
    """Write the label, with what the thing's state holds back; what is decided about the thing has its new readers,
    and a proposal made of the label it had falls away. Whether it may be is asked before. Raises LabelRefused."""
    before = label_value(session, of.thing.label_id)
    own = of_today(session, wanted.own) | held_back(session, of.kind, of.thing)
    relabel(session, of.thing, own, why=why[:500], widened=wanted.widens)
    if of.kind.by_hand is not None:
        of.kind.by_hand.follow(session, of.thing, before)
    now = readers(session, of)
    with system_access(session, Reason.LABELLING) as system:
        for row in decided.decided_about(system, of.kind.name, of.thing.id):
            relabel(system, row, now, why="the label of what it is about changed")
            if isinstance(row, ProposedLowering) and row.id != answering and row.state is LoweringState.PROPOSED:
                row.state, row.answered_at = LoweringState.TAKEN_BACK, clock.now()


def key_of(session: Session, wanted: Wanted) -> int | None:
    """A wanted label as a row keeps it."""
    return intern(session, LabelValue(wanted.own)) if wanted.own else None


def wanted_by(session: Session, row: Declassification | ProposedLowering) -> Wanted:
    """The label a row keeps."""
    own = label_value(session, row.lowered_to_id).clauses if row.lowered_to_id is not None else frozenset()
    return Wanted(own, row.widens)


def stands_under(session: Session, of: Subject) -> int:
    """The key of the label a thing stands under by its own choice, or by its container's where it has none."""
    own = own_clauses(session, of.kind, of.thing)
    key: int = intern(session, LabelValue(own)) if own else of.thing.label_id
    return key


def stands_in(session: Session, thing: Any) -> Any:
    """What a thing stands in, where a label of its own could be wider than that one's; None otherwise."""
    found = container_of(thing)
    return None if found is None or label_value(session, found.label_id).level is Level.PUBLIC else found
