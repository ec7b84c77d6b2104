"""The one mail of this room: a new link in place of one that no longer opens."""

from __future__ import annotations

from typing import cast

from sqlalchemy.orm import Session

from secretariat.core.languages import gettext as _
from secretariat.core.session import ViewerSession
from secretariat.mail import composition, service
from secretariat.mail.composition import Letter, Sending


def compose_new_link(session: Session, sending: Sending) -> Letter | None:
    """The link that was asked for, for the same person and the same things."""
    found = service.link_to_renew(cast("ViewerSession", session), sending.id_of("link"))
    if found is None:
        return None
    scope, subjects = found
    return sending.letter(_("The link you asked for"), link=sending.link(scope, subjects))


composition.register(service.NEW_LINK, compose_new_link)
