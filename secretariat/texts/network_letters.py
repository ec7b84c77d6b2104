"""The mail that asks a network for its comments, with the link behind which its coordinator writes and sends them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from secretariat.core.labels import Level
from secretariat.core.languages import gettext as _
from secretariat.directory.models import RoleName
from secretariat.mail import composition
from secretariat.mail.composition import Letter, Sending
from secretariat.texts import network_queries
from secretariat.texts.service import networks

NETWORK_SCOPE = "network"


def network_comments_asked(session: Session, sending: Sending) -> Letter | None:
    """To who coordinates a network: which text, until when, and the link. Nothing once it is taken back or over."""
    opened = network_queries.opened_by_id(session, sending.id_of("opened"))
    if opened is None or not networks.is_running(opened):
        return None
    return sending.letter(
        _("Comments of the network on a text"),
        level=Level.NAMED,
        thread=str(opened.id),
        opened=opened,
        ends=networks.deadline_of(opened),
        link=sending.link(NETWORK_SCOPE, [opened.id]),
    )


composition.register(networks.ASKED, network_comments_asked, roles=(RoleName.COORDINATOR,))
