"""The mail that asks a member to clear a common paper, with the link behind which it says so."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labelling import label_value
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.documents.models import DocumentState
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.processes.names import names_of
from secretariat.texts import clearance_queries
from secretariat.texts.clearance_models import CLEAR
from secretariat.texts.service import clearing

CLEARANCE_SCOPE = "clear"


def clearance_asked(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate of a member: which paper, for which forum, until when. Nothing once it has cleared
    the paper, that was released, or another took its place."""
    row = clearance_queries.answer_by_id(session, sending.id_of("answer"))
    if row is None or row.clearance is None or row.clearance.document is None or row.says in CLEAR:
        return None
    clearance, document = row.clearance, row.clearance.document
    if document.state is not DocumentState.ISSUED:
        return None
    if clearing.is_released(session, clearance):
        return None
    names = names_of(session, [row.participant_id], process=clearance.process_id, on=sending.today)
    return sending.letter(
        _("A paper to clear"),
        level=label_value(session, clearance.label_id).level,
        thread=str(clearance.id),
        document=document,
        clearance=clearance,
        participant=names[row.participant_id],
        is_alternate=bool(sending.subject.get("alternate")),
        link=sending.link(CLEARANCE_SCOPE, [row.id]),
        page=sending.page(f"/clearances/{clearance.id}"),
    )


composition.register(clearing.ASKED, clearance_asked, roles=SPEAKING_ROLES)
