"""A proposal lent to a colleague for advice: only while it is open, to few, and only while its lender may lend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from secretariat import registers
from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.refusals import Refused
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.mail import delivery
from secretariat.mail.lent import MOST_COLLEAGUES
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.plans import service
from secretariat.plans.models import Consultation
from tests.factories.mail import stands
from tests.factories.plans import acting, again
from tests.support.plans import Planned, Site
from tests.support.relay import ScriptedRelay


@pytest.fixture
def relay(site: Site) -> Iterator[ScriptedRelay]:
    registers.fill()
    with ScriptedRelay(site.settings.mail_host, site.settings.mail_port) as made:
        yield made


def lent(planned: Planned, address: str = "labour@ministry.example") -> tuple[UUID, UUID]:
    """A proposal lent to a colleague: the proposal's commitment, and the consultation."""
    key = planned.propose()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        return key, service.ask_colleague(session, session.viewer, again(session, key), address).id


def of_the_loan(planned: Planned) -> UUID:
    with system_unit(planned.engine, Reason.MAIL, writes=False) as system:
        return system.scalars(select(OutboxMessage.id).where(OutboxMessage.notice == "proposal_lent")).one()


def advice(site: Site, consultation: UUID) -> str:
    with system_unit(site.planned.engine, Reason.LINK, writes=False) as system:
        colleague = system.get_one(Consultation, consultation).colleague_id
    return site.link(replace(site.planned.people.focal["gt"], person=colleague), "advise", consultation)


def test_the_colleague_is_written_to_while_the_proposal_is_open(site: Site, relay: ScriptedRelay) -> None:
    lent(site.planned)
    delivery.deliver(site.planned.engine, site.settings, only=of_the_loan(site.planned))
    assert [mail["To"] for mail in relay.taken] == ["labour@ministry.example"]


def test_no_colleague_is_written_to_once_the_proposal_is_answered(site: Site, relay: ScriptedRelay) -> None:
    key, _consultation = lent(site.planned)
    with acting(site.planned.engine, site.planned.people.focal["gt"]) as session:
        service.decline(session, session.viewer, again(session, key), "not this year")
    message = of_the_loan(site.planned)
    delivery.deliver(site.planned.engine, site.settings, only=message)
    assert relay.taken == []
    assert stands(site.planned.engine, message).state is MailState.SKIPPED


@pytest.mark.parametrize("how", ["suspended", "replaced"])
def test_nothing_is_lent_by_who_may_not_read_it_any_more(site: Site, relay: ScriptedRelay, how: str) -> None:
    _key, consultation = lent(site.planned)
    address = advice(site, consultation)
    assert site.app.test_client().get(address).status_code == 200
    focal = site.planned.people.focal["gt"]
    with system_unit(site.planned.engine, Reason.ADMINISTRATION) as system:
        if how == "suspended":
            system.get_one(User, focal.user).suspended_at = clock.now()
        else:
            system.get_one(Appointment, focal.appointment).until = clock.today()
    assert site.app.test_client().get(address).status_code == 404
    message = of_the_loan(site.planned)
    delivery.deliver(site.planned.engine, site.settings, only=message)
    assert relay.taken == []
    assert stands(site.planned.engine, message).state is MailState.SKIPPED


def test_a_proposal_is_lent_to_a_few_and_no_more(planned: Planned) -> None:
    key = planned.propose()
    with acting(planned.engine, planned.people.focal["gt"]) as session:
        for number in range(MOST_COLLEAGUES):
            service.ask_colleague(session, session.viewer, again(session, key), f"c{number}@ministry.example")
        with pytest.raises(Refused) as refused:
            service.ask_colleague(session, session.viewer, again(session, key), "one.more@ministry.example")
    assert refused.value.field == "colleague"
