"""The mail about labels: a lowering proposed to the participant whose paper it is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.confidentiality import decided
from secretariat.confidentiality.models import LoweringState
from secretariat.confidentiality.service.proposing import NOTICE, SCOPE
from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending


def lowering_proposed(session: Session, sending: Sending) -> Letter | None:
    """To a focal point: that it is asked, why, and the link. What the paper says stands behind the link."""
    row = decided.proposal(session, sending.id_of("lowering"))
    if row is None or row.state is not LoweringState.PROPOSED:
        return None
    found = decided.things_of(session, [row]).get((row.thing_kind, row.thing_id))
    if found is None:
        return None
    kind, _thing = found
    return sending.letter(
        _("Your answer is awaited"),
        level=Level.NAMED,
        kind=kind.word,
        why=row.why,
        link=sending.link(SCOPE, [row.id]),
    )


composition.register(NOTICE, lowering_proposed, roles=SPEAKING_ROLES)
