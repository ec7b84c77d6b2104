"""A position awaits each organization: who represents it is reminded by the digest until it has said a word, and nobody
on the other side is."""

from __future__ import annotations

import pytest

from config import Settings
from secretariat.civil_society.service import positions
from secretariat.texts import queries as texts
from tests.factories import texts as made
from tests.factories.meetings import acting
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_liaison_reminders import asked, scanned
from tests.integration.civil_society.test_positions import circulated, signed
from tests.integration.meetings.conftest import Stage
from tests.support.relay import ScriptedRelay

pytestmark = pytest.mark.usefixtures("app")


def test_who_represents_an_organization_is_reminded_until_it_has_signed(
    stage: Stage, network: Network, settings: Settings
) -> None:
    document = circulated(stage)
    with acting(stage.engine, stage.coordinator) as session:
        edition = texts.edition_of(session, document)
        assert edition is not None
        key = positions.open_position(session, edition, made.in_hours(24 * 40)).id
    signed(stage, key, network.house)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        scanned(stage, settings, range(1, 60, 2))
        letters = [mail for mail in relay.taken if mail["To"] == network.road.email]
    mine = [person for person, subject in asked(stage) if subject == key]
    assert set(mine) == {network.road.person}
    assert 1 <= len(mine) <= 3
    bodies = [str(body.get_content()) for mail in letters if (body := mail.get_body(("plain",)))]
    assert sum(f"/positions/{key}" in text and "Reception protocol" in text for text in bodies) >= len(mine)
    assert all("your government" not in text for text in bodies)
