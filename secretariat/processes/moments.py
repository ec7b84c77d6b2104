"""Who chaired a process and its bodies, on its timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.languages.templating import local_text
from secretariat.processes.models import Body, ChairTerm, Process
from secretariat.processes.names import names_of
from secretariat.processes.timeline import Lane, Moment, enter
from secretariat.processes.words import CHAIR_ROLES, word


def chairs(session: Session, process: Process) -> Iterable[Moment]:
    """Terms of chairs with a name; those of which no day is known stand last."""
    rows = session.execute(
        select(
            ChairTerm.participant_id, ChairTerm.name_text, ChairTerm.role, ChairTerm.since, ChairTerm.until,
            ChairTerm.term, ChairTerm.label_id, ChairTerm.body_id, Body.name.label("body"),
        )
        .outerjoin(Body, ChairTerm.body_id == Body.id)
        .where(ChairTerm.process_id == process.id)
        .order_by(ChairTerm.since, ChairTerm.id)
    ).all()  # fmt: skip
    named = names_of(session, [one.participant_id for one in rows], process=process.id, on=clock.today(process.zone))
    for one in rows:
        if one.body_id is not None and one.body is None:
            continue  # of a body that is not the reader's
        name = str(named[one.participant_id]) if one.participant_id in named else one.name_text
        role = word(CHAIR_ROLES, one.role) if one.role != "chair" else ""
        notes = [role, local_text(one.body) if one.body else "", "" if one.since or one.until else one.term]
        yield Moment(
            name,
            one.since or one.until,
            one.label_id,
            until=_last(one.until) if one.since else None,
            goes_on=one.since is not None and one.until is None,
            note=[str(note) for note in notes if note],
        )


def _last(until: PartialDate | None) -> PartialDate | None:
    """The last day of a term that is over from `until` on, as precise as that is."""
    if until is None or until.precision != "day":
        return until
    return PartialDate.parse(until.first_day - timedelta(days=1))


enter(Lane("chairs", 10, _l("Chair"), _l("Chair"), chairs, "f2"))
