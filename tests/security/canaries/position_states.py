"""What must be the case of a position, or of the text it is on, before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from secretariat.civil_society.models import AdoptsBy
from secretariat.civil_society.position_models import Position, PositionDissent, PositionSignature
from secretariat.core import clock
from secretariat.core.labelling import attach
from secretariat.core.session import SystemSession
from secretariat.documents.models import Document, DocumentState
from secretariat.texts.models import TextEdition
from tests.security.canaries.world import World


def text_can_be_opened(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The text is the network's, its readers have it, and it was not opened to signatures."""
    document = session.get(Document, UUID(parts["document_id"]))
    if document is None:
        return
    document.track_id = world.ids["network"]
    document.state, document.released_at = DocumentState.ISSUED, document.released_at or clock.now()
    editions = select(TextEdition.id).where(TextEdition.document_id == document.id)
    positions = select(Position.id).where(Position.edition_id.in_(editions))
    for kind in (PositionSignature, PositionDissent):
        session.execute(delete(kind).where(kind.position_id.in_(positions)))
    session.execute(delete(Position).where(Position.edition_id.in_(editions)))


def can_be_signed(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It is open, its text stands, and the organization has said nothing."""
    one = _open(session, parts)
    if one is not None:
        document = session.get_one(Document, session.get_one(TextEdition, one.edition_id).document_id)
        document.state = DocumentState.ISSUED


def end_is_near(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is open for some days still."""
    can_be_signed(session, world, parts)
    one = session.get(Position, UUID(parts["position_id"]))
    if one is not None:
        one.ends_on = clock.today() + timedelta(days=7)


def is_signed(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The organization has signed."""
    can_be_signed(session, world, parts)
    one = session.get(Position, UUID(parts["position_id"]))
    if one is not None:
        row = PositionSignature(
            position_id=one.id, participant_id=world.ids["state organization"], signed_at=clock.now()
        )
        attach(session, row, container=one)


def is_dissented_from(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """The organization has a dissent on record."""
    can_be_signed(session, world, parts)
    one = session.get(Position, UUID(parts["position_id"]))
    if one is not None:
        row = PositionDissent(
            position_id=one.id, participant_id=world.ids["state organization"], language="en", words="No",
            objects=False, goes_along=False, said_at=clock.now(),
        )  # fmt: skip
        attach(session, row, container=one)


def end_has_come(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """Signing is over, its text stands, and nothing was said of what became of it."""
    can_be_signed(session, world, parts)
    one = session.get(Position, UUID(parts["position_id"]))
    if one is not None:
        one.ends_on, one.opened_at = date(2020, 1, 1), clock.now().replace(year=2019)


def is_adopted(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is adopted, its text stands, and no submission was made of it."""
    can_be_signed(session, world, parts)
    one = session.get(Position, UUID(parts["position_id"]))
    if one is not None:
        one.settled_at, one.adopted_on, one.submission_id = clock.now(), date(2027, 1, 20), None


def _open(session: SystemSession, parts: Mapping[str, str]) -> Position | None:
    one = session.get(Position, UUID(parts["position_id"]))
    if one is not None:
        one.settled_at, one.adopted_on, one.word, one.adopts_by = None, None, "", AdoptsBy.SILENCE
    return one
