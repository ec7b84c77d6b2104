"""An address taken from a letter is written to once a link sent there was used; until then a process's mail waits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from secretariat.core import clock as now
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, ContactNumber, RoleName
from secretariat.mail import delivery, outbox
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.processes.models import Process, Track
from tests.factories.people import sign_in, token
from tests.integration.accounts.conftest import Town
from tests.integration.accounts.test_people import name_data
from tests.support.relay import ScriptedRelay

BELIZE = "focal.point@belize.example"


@pytest.fixture
def relay(town: Town) -> Iterator[ScriptedRelay]:
    settings = town.app.extensions["settings"]
    with ScriptedRelay(settings.mail_host, settings.mail_port) as made:
        yield made


def deliver(town: Town) -> None:
    delivery.deliver(town.engine, town.app.extensions["settings"])


def named_with_mail(town: Town, **more: Any) -> UUID:
    """Somebody is named by letter, and a mail of the process is put for that person; the mail."""
    client = sign_in(town.app, town.officer)
    assert client.post("/people/rcx/government/name", data=name_data(town, client, **more)).status_code == 303
    with system_unit(town.engine, Reason.MAIL) as session:
        made = session.scalars(select(Appointment).where(Appointment.letter == "Note 14/2026 of the Ministry")).one()
        return outbox.put(
            session, "appointment_made", key="one of the process", person=made.person_id, hat=made.acts_as,
            process=session.get_one(Process, town.world.id["process"]),
            track=session.get_one(Track, town.world.id["government"]), subject={"appointment": made.id},
        )  # fmt: skip


def state_of(town: Town, mail: UUID) -> tuple[MailState, str]:
    with system_unit(town.engine, Reason.MAIL, writes=False) as session:
        found = session.get_one(OutboxMessage, mail)
        return found.state, found.reason


def texts(relay: ScriptedRelay, to: str) -> list[str]:
    """The plain texts of what was taken for an address."""
    return [str(mail.get_body(("plain",)).get_content()) for mail in relay.taken if mail["To"] == to]  # type: ignore[union-attr]


def links_in(relay: ScriptedRelay) -> dict[str, str]:
    """The links of the invitation, by their scope."""
    [text] = [one for one in texts(relay, BELIZE) if "choose a password" in one]
    return {scope: path for path, scope in re.findall(r"https?://[^/\s]+(/l/\S+?/(invitation|address))\s", text)}


def test_the_invitation_goes_and_the_mail_of_the_process_waits(town: Town, relay: ScriptedRelay) -> None:
    mail = named_with_mail(town)
    deliver(town)
    assert [letter["To"] for letter in relay.taken] == [BELIZE]
    assert set(links_in(relay)) == {"invitation", "address"}
    assert state_of(town, mail) == (MailState.WAITING, "address not confirmed")
    page = sign_in(town.app, town.officer).get("/processes/rcx/mail/").get_data(as_text=True)
    assert "waits until the person has opened a link" in page


@pytest.mark.parametrize("by", ["invitation", "address"])
def test_it_goes_once_a_link_sent_there_was_used(town: Town, relay: ScriptedRelay, by: str) -> None:
    mail = named_with_mail(town)
    deliver(town)
    path, client = links_in(relay)[by], town.app.test_client()
    data = {"csrf_token": token(client, path)}
    if by == "invitation":
        data["password"] = "harbour pencil winterly fox"
    assert client.post(path, data=data).status_code in (200, 303)
    deliver(town)
    assert state_of(town, mail)[0] is MailState.SENT
    assert {letter["To"] for letter in relay.taken} == {BELIZE}


def test_opening_the_link_alone_confirms_nothing(town: Town, relay: ScriptedRelay) -> None:
    """Scanners of mail open links too."""
    mail = named_with_mail(town)
    deliver(town)
    for path in links_in(relay).values():
        assert town.app.test_client().get(path).status_code == 200
    with system_unit(town.engine, Reason.MAIL) as session:
        session.execute(update(OutboxMessage).values(next_attempt_at=now.now()))
    deliver(town)
    assert state_of(town, mail) == (MailState.WAITING, "address not confirmed")


def test_who_has_taken_up_an_account_is_written_to_at_once(town: Town, relay: ScriptedRelay) -> None:
    mail = named_with_mail(town, email=town.coordinator.email)
    deliver(town)
    assert state_of(town, mail)[0] is MailState.SENT
    with system_unit(town.engine, Reason.MAIL, writes=False) as session:
        assert session.scalars(select(ContactNumber).where(ContactNumber.value == town.coordinator.email)).all()


def test_a_confirmed_change_of_the_account_closes_the_invitation_sent_before(town: Town, relay: ScriptedRelay) -> None:
    administrator = sign_in(town.app, town.administrator)
    path = f"/administration/accounts/{town.invited.user}"
    act = {"csrf_token": token(administrator, path)}
    administrator.post(f"{path}/invite", data=act)
    administrator.post(path, data={**act, "email": "right@honduras.example"})
    deliver(town)
    before, confirm = (
        next(found[1] for text in texts(relay, to) if (found := re.search(r"https?://[^/\s]+(/l/\S+)", text)))
        for to in (town.invited.email, "right@honduras.example")
    )
    client = town.app.test_client()
    assert client.post(confirm, data={"csrf_token": token(client, confirm)}).status_code == 200
    assert client.get(before).status_code == 404
    relay.taken.clear()
    deliver(town)
    assert [letter["To"] for letter in relay.taken] == ["right@honduras.example"]


@pytest.mark.parametrize("notice", ["commitment_proposed", "meeting_invitation", "meeting_changed", "digest"])
def test_what_was_meant_for_a_focal_point_does_not_go_to_who_is_only_a_colleague_now(
    town: Town, relay: ScriptedRelay, notice: str
) -> None:
    with system_unit(town.engine, Reason.MAIL) as session:
        session.get_one(Appointment, town.focal_point.appointment).role = RoleName.COLLEAGUE
        mail = outbox.put(
            session, notice, key="k", person=town.focal_point.person, hat=town.focal_point.hat,
            process=session.get_one(Process, town.world.id["process"]),
            track=session.get_one(Track, town.world.id["government"]),
        )  # fmt: skip
    deliver(town)
    assert state_of(town, mail) == (MailState.SKIPPED, "appointment ended")
    assert relay.taken == []
