"""What must be the case of an input in confidence before it is posted to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from secretariat.civil_society.confided_models import Confided, ConfidedCopy, ConfidedName, ConfidedTo
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import SystemSession
from secretariat.processes import clauses
from secretariat.processes.models import Process, Track
from tests.security.canaries.world import World


def is_a_draft(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It is the organization's draft, to the coordinator there is."""
    copy, coordinator = _copy(session, parts), world.officials["coordinator"]
    if copy is not None and coordinator is not None:
        copy.to, copy.addressee_id = ConfidedTo.COORDINATION, coordinator.person
        copy.sent_on = copy.answered_on = copy.withdrawn_on = copy.answer = None


def is_confided(session: SystemSession, world: World, parts: Mapping[str, str]) -> None:
    """It lies with the coordination, and its name with somebody who is not in office any more."""
    is_a_draft(session, world, parts)
    copy = _copy(session, parts)
    if copy is None:
        return
    copy.sent_on = date(2027, 2, 1)
    process, network = session.get_one(Process, copy.process_id), session.get_one(Track, copy.track_id)
    nobody = [clauses.nobody(process, network)]
    confided = Confided(
        process_id=process.id,
        track_id=network.id,
        network_id=network.id,
        title=LocalText.of("In confidence"),
        words=LocalText.of("In confidence"),
        received_on=copy.sent_on,
    )
    attach(session, confided, nobody)
    session.flush()
    name = ConfidedName(
        confided_id=confided.id, person_id=uuid4(), participant_id=copy.participant_id, name="Somebody", copy_id=copy.id
    )
    attach(session, name, nobody)


def waits_for_an_answer(session: SystemSession, _world: World, parts: Mapping[str, str]) -> None:
    """It was not answered."""
    one = session.get(Confided, UUID(parts["confided_id"]))
    if one is not None:
        one.answer = one.answered_on = one.withdrawn_on = None


def _copy(session: SystemSession, parts: Mapping[str, str]) -> ConfidedCopy | None:
    return session.get(ConfidedCopy, UUID(parts["confided_copy_id"]))
