"""The mails to who coordinates a network about a round: that its comments are asked for, with the link behind which
they are written and sent; that the round ends otherwise; that it stands there what became of them."""

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


def network_round_ends(session: Session, sending: Sending) -> Letter | None:
    """To the same: until when the network has time now, or that the round was closed. Nothing where that has changed
    again, or the round was closed to the network alone."""
    opened = network_queries.opened_by_id(session, sending.id_of("opened"))
    if opened is None:
        return None
    is_closed = sending.subject["about"] == networks.CLOSED
    ends = networks.deadline_of(opened)
    if is_closed != (opened.closed_at is not None) or (
        not is_closed and ends.at.isoformat() != sending.subject["about"]
    ):
        return None
    if not is_closed and not networks.is_running(opened):
        return None
    return sending.letter(
        _("Another end for comments on a text"),
        level=Level.NAMED,
        thread=str(opened.id),
        opened=opened,
        ends=ends,
        is_closed=is_closed,
        link="" if is_closed else sending.link(NETWORK_SCOPE, [opened.id]),
    )


def network_comments_answered(session: Session, sending: Sending) -> Letter | None:
    """To the same: that it stands there what became of the network's comments. Nothing where none is answered."""
    opened = network_queries.opened_by_id(session, sending.id_of("opened"))
    if opened is None or all(one.became is None for one in network_queries.comments_of(session, opened.id)):
        return None
    return sending.letter(
        _("What became of the network's comments"),
        level=Level.NAMED,
        thread=str(opened.id),
        opened=opened,
        page=sending.page(f"/opened-rounds/{opened.id}"),
    )


composition.register(networks.ENDS, network_round_ends, roles=(RoleName.COORDINATOR,), across=True)
composition.register(networks.ANSWERED, network_comments_answered, roles=(RoleName.COORDINATOR,), across=True)
composition.register(networks.ASKED, network_comments_asked, roles=(RoleName.COORDINATOR,), across=True)
