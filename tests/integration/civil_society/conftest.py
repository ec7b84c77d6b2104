"""The meetings' small world, with who speaks for two organizations of its network and liaison officers of two
governments."""

from dataclasses import dataclass

import pytest

from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.processes.models import Participant, Track
from tests.factories import people
from tests.factories.people import Official
from tests.integration.meetings.conftest import Stage, stage
from tests.support import kept

__all__ = ["Network", "network", "stage"]


@dataclass
class Network:
    """Who stands on the network's side, and who answers on the other."""

    house: Official
    road: Official
    liaison: dict[str, Official]


@pytest.fixture
def network(stage: Stage) -> Network:
    """House and Road are members of the network; Guatemala's liaison officer is named for children, Mexico's for
    consular protection."""
    return kept.once("network", stage.engine, lambda: made_network(stage))


def made_network(stage: Stage) -> Network:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        track, government = session.get_one(Track, stage.id["network"]), session.get_one(Track, stage.id["government"])
        speaking = {
            key: people.representative(session, track, session.get_one(Participant, stage.id[key]))
            for key in ("house", "road")
        }
        liaison = {
            key: people.liaison_officer(
                session,
                government,
                session.get_one(Participant, stage.id[key]),
                subject=LocalText.of(subject),
            )
            for key, subject in (("gt", "Children"), ("mx", "Consular protection"))
        }
    return Network(speaking["house"], speaking["road"], liaison)
