"""The mail of reports: a participant is asked to look at its own entries. What they say stands behind the link."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.queries import SPEAKING_ROLES
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.processes.names import names_of
from secretariat.reports import queries
from secretariat.reports.service import ASKED

CHECK_SCOPE = "check"


def check_asked(session: Session, sending: Sending) -> Letter | None:
    """To a focal point or alternate: until when, and the link. Nothing once it has answered or the report is issued."""
    check = queries.check_by_id(session, sending.id_of("check"))
    if check is None or not check.is_open or check.is_answered:
        return None
    names = names_of(session, [check.participant_id], process=check.plan.process_id, on=sending.today)
    return sending.letter(
        _("Your entries in the progress report"),
        level=Level.NAMED,
        check=check,
        plan=check.plan,
        participant=names[check.participant_id],
        is_alternate=bool(sending.subject.get("alternate")),
        link=sending.link(CHECK_SCOPE, [check.id]),
        page=sending.page(f"/reports/checks/{check.id}"),
    )


composition.register(ASKED, check_asked, roles=SPEAKING_ROLES)
