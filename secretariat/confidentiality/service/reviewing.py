"""Days on which somebody looks at a label again."""

from __future__ import annotations

from datetime import date

from secretariat.confidentiality import rights
from secretariat.confidentiality.models import LabelReview
from secretariat.confidentiality.service.record import Subject, by, readers, record
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused, require
from secretariat.core.session import ViewerSession


def look_again_on(session: ViewerSession, of: Subject, on: date, why: str) -> LabelReview:
    """Put a day on the officer's list. Raises NotAllowed, Refused."""
    require(rights.may_see_to(session.viewer, of.paper))
    if on <= clock.today(of.place.process.zone):
        raise Refused(_("Give a day to come."), "on")
    row = LabelReview(**of.about, **by(session.viewer, why), on=on)
    attach(session, row, readers(session, of))
    session.flush()
    record(session, "label to be looked at again", of, on=str(on), why=why)
    return row


def looked_at(session: ViewerSession, of: Subject, row: LabelReview) -> None:
    """Somebody has looked; the label stays or was changed, which is on record by itself. Raises NotAllowed, Refused."""
    require(rights.may_see_to(session.viewer, of.paper))
    if row.looked_at is not None:
        raise Refused(_("Somebody has looked at it in the meantime; nothing was changed."))
    row.looked_at, row.looked_by_person_id = clock.now(), session.viewer.person
    record(session, "label looked at again", of)
    session.flush()
