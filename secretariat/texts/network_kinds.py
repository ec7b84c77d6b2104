"""What of a round opened to a network a person meets: the copy of its text, and what the network says."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from secretariat.core.kinds import Kind, Origin, OriginKind, register
from secretariat.core.languages import lazy_gettext as _l
from secretariat.texts.models import CommentRound
from secretariat.texts.network_models import NetworkComment, OpenedRound


def _page(one: NetworkComment) -> str | None:
    if one.opened_id is not None:
        return f"/opened-rounds/{one.opened_id}" if one.opened is not None else None
    return f"/rounds/{one.round_id}" if one.round is not None else None


def _of_network(session: Session, one: NetworkComment) -> Origin:
    """The network's own is its coordination's; the copy in a round is the secretariat's to answer for."""
    network = session.scalar(select(OpenedRound.network_id).where(OpenedRound.id == one.opened_id))
    track = session.scalar(select(CommentRound.track_id).where(CommentRound.id == one.round_id))
    return Origin(OriginKind.SECRETARIAT, network or track or one.id)


register(
    Kind(
        OpenedRound,
        _l("Text opened to the network"),
        lambda one: one.title,
        lambda one: f"/opened-rounds/{one.id}",
        lambda _session, one: Origin(OriginKind.SECRETARIAT, one.track_id),
    )
)
register(Kind(NetworkComment, _l("Comment of the network"), lambda one: one.words or one.wording, _page, _of_network))
