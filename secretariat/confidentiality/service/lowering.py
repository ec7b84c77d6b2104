"""Declassification: a lowering decided beforehand, done on its day or with its event, once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from secretariat.confidentiality import rights
from secretariat.confidentiality.models import Declassification, DeclassificationState
from secretariat.confidentiality.service import changing
from secretariat.confidentiality.service.changing import (
    Bearing,
    Change,
    Wanted,
    allow,
    key_of,
    stands_under,
    wanted_by,
    weighed,
)
from secretariat.confidentiality.service.record import Subject, by, readers, record, subject
from secretariat.core import clock, kinds
from secretariat.core.events import Occasion
from secretariat.core.labelling import LabelRefused, attach, container_of, label_at, label_value
from secretariat.core.labels import implied
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused, require
from secretariat.core.session import Reason, SystemSession, ViewerSession, system_access, system_unit
from secretariat.processes.clauses import of_any_generation, same
from secretariat.processes.models import Process

log = structlog.get_logger()


def plan_lowering(
    session: ViewerSession,
    of: Subject,
    wanted: Wanted,
    *,
    why: str,
    decision: str = "",
    on: date | None = None,
    occasion: Occasion | None = None,
) -> tuple[Declassification, Change]:
    """Decide that a thing is lowered on a day, in the zone of its process, or with an event.

    Who may lower it now may decide it for later. Raises NotAllowed, Refused.
    """
    require(rights.may_lower(session.viewer, of.paper))
    made = weighed(session, of.kind, of.thing, wanted)
    if made.bearing is Bearing.RAISES:
        raise Refused(
            _("That is for fewer readers than now. A label is raised at once, not on a later day."), "readers"
        )
    allow(session.viewer, of.paper, made, why, decision)
    if (on is None) == (occasion is None):
        raise Refused(_("Choose the day or the event with which it is lowered."), "when")
    if on is not None and on <= clock.today(of.place.process.zone):
        raise Refused(_("Give a day to come; to lower the label today, choose “now”."), "on")
    row = Declassification(
        **of.about,
        **by(session.viewer, why),
        on=on,
        event=occasion.event if occasion else "",
        event_subject=occasion.subject if occasion else None,
        decision=decision,
        lowered_to_id=key_of(session, made.wanted),
        from_label_id=stands_under(session, of),
        widens=wanted.widens,
    )
    attach(session, row, readers(session, of))
    session.flush()
    record(
        session, "lowering planned", of, why=why, decision=decision, on=str(on or ""),
        event=row.event, after=made.after.level.value,
    )  # fmt: skip
    return row, made


def call_off(session: ViewerSession, row: Declassification) -> None:
    """A planned lowering does not happen: by who may lower the thing, or raise it. Raises NotAllowed, Refused."""
    of = _subject(session, row)
    require(of is not None and rights.may_raise(session.viewer, of.paper))
    assert of is not None
    if row.state not in (DeclassificationState.PLANNED, DeclassificationState.HELD):
        raise Refused(_("It was done or called off in the meantime; nothing was changed."))
    row.state, row.ended_at = DeclassificationState.CALLED_OFF, clock.now()
    record(session, "planned lowering called off", of)
    session.flush()


def _subject(session: Session, row: Declassification) -> Subject | None:
    kind = kinds.by_name(row.thing_kind)
    if kind is None or kind.by_hand is None:
        return None
    thing = session.scalar(select(kind.model).where(kind.model.id == row.thing_id))
    try:
        return subject(session, kind, thing) if thing is not None else None
    except NotAllowed:
        return None


def lower_what_is_due(engine: Engine) -> int:
    """Do every planned lowering whose day has come, each in a unit of work of its own; how many were done.

    A day the worker was away is caught up with; what was done is not done twice.
    """
    with system_unit(engine, Reason.LABELLING, writes=False) as system:
        rows = system.execute(
            select(Declassification.id, Declassification.on, Process.zone)
            .join(Process, Process.id == Declassification.process_id)
            .where(Declassification.state == DeclassificationState.PLANNED, Declassification.on.is_not(None))
            .order_by(Declassification.on, Declassification.id)
        ).all()
    done = 0
    for key, on, zone in rows:
        if on is not None and on <= clock.today(zone):
            done += _in_its_own_unit(engine, key)
    return done


def _in_its_own_unit(engine: Engine, key: UUID) -> bool:
    try:
        with system_unit(engine, Reason.LABELLING) as system:
            row = _claimed(system, key)
            return row is not None and _carry_out(system, row)
    except Exception:  # the others have their day too
        log.exception("a planned lowering failed", declassification=str(key))
        return False


def _claimed(system: SystemSession, key: UUID) -> Declassification | None:
    """The row, held so that no other worker does it too; None where one has."""
    row = system.scalar(select(Declassification).where(Declassification.id == key).with_for_update(skip_locked=True))
    return row if row is not None and row.state is DeclassificationState.PLANNED else None


def _carry_out(system: SystemSession, row: Declassification) -> bool:
    """Lower the label, unless it has become another since: then a person looks again."""
    of = _subject(system, row)
    row.ended_at = clock.now()
    if of is None:
        row.state = DeclassificationState.CALLED_OFF  # the thing is no more
        return False
    stands = label_value(system, stands_under(system, of)).clauses
    if not same(stands, label_value(system, row.from_label_id).clauses):
        row.state = DeclassificationState.HELD
        return False
    if row.widens and _stands_in_something_stricter(system, of, row):
        row.state = DeclassificationState.HELD
        return False
    wanted = wanted_by(system, row)
    row.state = DeclassificationState.DONE
    system.flush()
    try:
        changing.give(system, of, wanted, why=_said(row))
    except LabelRefused:
        row.state = DeclassificationState.HELD
        return False
    record(system, "label lowered as planned", of, why=row.why, decision=row.decision, decided_at=row.at.isoformat())
    return True


def _stands_in_something_stricter(system: SystemSession, of: Subject, row: Declassification) -> bool:
    """Whether what a thing stands in has been raised, or is another, since it was decided to leave its label out: that
    was decided about the label there was."""
    container = container_of(of.thing)
    if container is None:
        return False
    then = label_at(system, container, row.at)
    if then is None:
        return True
    before = [of_any_generation(one) for one in then.clauses]
    now = [of_any_generation(one) for one in label_value(system, container.label_id).clauses]
    return not all(any(implied(one, by=other) for other in before) for one in now)


def _said(row: Declassification) -> str:
    """For the history of the label: when and why it was decided. The trail is kept in English."""
    decided = f" ({row.decision})" if row.decision else ""
    return f"decided on {row.at.date().isoformat()}: {row.why}{decided}"


def lower_with_event(session: Session, event: str, subject_id: UUID) -> None:
    """What was to be lowered with this event is lowered in the same transaction."""
    with system_access(session, Reason.LABELLING) as system:
        keys = system.scalars(
            select(Declassification.id).where(
                Declassification.state == DeclassificationState.PLANNED,
                Declassification.event == event,
                Declassification.event_subject == subject_id,
            )
        ).all()
        for key in keys:
            row = _claimed(system, key)
            if row is not None:
                _carry_out(system, row)
