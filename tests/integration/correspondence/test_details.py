"""Once a year each is asked, by the one digest, whether what is known of how to reach them is right; one click says
so."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.core import clock
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import ContactCard
from secretariat.follow_up import service
from secretariat.mail import delivery
from tests.factories.people import Official
from tests.integration.meetings.conftest import Desk, Stage
from tests.support.relay import ScriptedRelay


def card_of(stage: Stage, one: Official) -> Any:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        card = session.scalars(select(ContactCard).where(ContactCard.person_id == one.person)).one()
        return card.id, card.confirmed_on, card.look_again_on


def falls_due(stage: Stage, *who: Official) -> None:
    with system_unit(stage.engine, Reason.REFERENCE) as session:
        for one in who:
            card = session.scalars(select(ContactCard).where(ContactCard.person_id == one.person)).one()
            card.look_again_on = clock.today()


def test_each_is_asked_of_their_own_by_the_digest_and_says_so_in_one_click(
    app: Flask, stage: Stage, settings: Settings
) -> None:
    who = (stage.focal["bz"], stage.alternate["gt"])
    falls_due(stage, *who)
    asked = Desk(app, stage.focal["bz"]).get("/")
    assert "Contact details, looked at once a year" in asked
    assert "Contact details" not in Desk(app, stage.focal["gt"]).get("/")
    assert "Contact details" not in Desk(app, stage.officer).get("/")
    later = clock.now() + timedelta(days=15)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay, time_machine.travel(_morning(later)):
        service.scan(stage.engine)
        delivery.deliver(stage.engine, settings)
        mails = {mail["To"]: mail.get_body(("plain",)).get_content() for mail in relay.taken}  # type: ignore[union-attr]
        assert set(mails) == {one.email for one in who}
        [address] = re.findall(r"(/l/\S+/details)", mails[stage.focal["bz"].email])
        card, confirmed_on, _again = card_of(stage, stage.focal["bz"])
        by_link = Desk(app)
        assert "Is this still right?" in by_link.get(address)
        assert card_of(stage, stage.focal["bz"])[1] == confirmed_on, "a GET says nothing"
        by_link.send(address, {})
        assert card_of(stage, stage.focal["bz"])[1] == clock.today()
        assert card_of(stage, stage.focal["bz"])[2] == clock.today() + timedelta(days=365)
        by_link.send(
            f"{address}/change", {"name": "Dr Ana Reyes", "value": "+501 255 5010", "shared_with": "directory"}
        )
        assert "+501 255 5010" in Desk(app, stage.focal["mx"]).get("/people/rcx")
        assert by_link.wrong(f"{address}/change", {"name": "Ana Reyes", "value": "5010", "shared_with": "directory"})
        Desk(app, stage.focal["mx"]).get(f"/people/cards/{card}/look", 404)


def _morning(day: Any) -> Any:
    """A working day at an hour at which mail goes."""
    day = day.replace(hour=16, minute=0)
    while day.weekday() > 3:
        day += timedelta(days=1)
    return day
