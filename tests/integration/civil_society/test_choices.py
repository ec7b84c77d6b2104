"""A network chooses who goes to what was opened to it: organizations name, vote with one voice each, and the chosen
stand in the list of the meeting as the network's. Nobody on the other side reads how they were chosen."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from config import Settings
from secretariat.civil_society import choice_queries
from secretariat.civil_society.choice_models import Ballot, Candidate, Choice
from secretariat.civil_society.service import choosing
from secretariat.core import clock
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.core.session import Reason, system_unit
from secretariat.mail import delivery
from secretariat.meetings import guest_queries, service
from secretariat.meetings.guest_models import Guest
from secretariat.meetings.models import Answer, MeetingState
from secretariat.processes.models import Track
from tests.factories.meetings import acting, again, in_days, looking, particulars, scheduled
from tests.factories.people import Official
from tests.integration.civil_society.conftest import Network
from tests.integration.civil_society.test_liaison_reminders import scanned
from tests.integration.meetings.conftest import Desk, Stage
from tests.integration.meetings.test_lent_drafts import mails
from tests.support.relay import ScriptedRelay

pytestmark = pytest.mark.usefixtures("app")
VOTING, OVER = timedelta(days=5), timedelta(days=9)


def guest_of(stage: Stage) -> tuple[UUID, UUID]:
    """A meeting of the governments of which one item is opened to the network; and its invitation."""
    with acting(stage.engine, stage.officer) as session:
        meeting = scheduled(session, body="Vice-Ministerial Meeting")
        item = service.add_item(session, meeting, service.ItemWords(title=LocalText.of("Reception of children")))
        service.invite_guests(session, meeting, [], [stage.id["network"]], [item.id])
        return meeting.id, session.scalars(select(Guest.id).where(Guest.meeting_id == meeting.id)).one()


def opened(stage: Stage, **more: Any) -> tuple[UUID, UUID, UUID]:
    meeting, guest = guest_of(stage)
    with acting(stage.engine, stage.coordinator) as session:
        invitation = guest_queries.guest_by_id(session, guest)
        assert invitation is not None
        given = choosing.Opened(**{"places": 1, "named_until": in_days(3), "ends_on": in_days(7), **more})
        network = session.get_one(Track, stage.id["network"])
        return meeting, guest, choosing.open_choice(session, invitation, network, given).id


def of(session: Any, key: UUID) -> Choice:
    one = choice_queries.choice_by_id(session, key)
    assert one is not None
    return one


def named(stage: Stage, key: UUID, by: Official, name: str) -> UUID:
    with acting(stage.engine, by) as session:
        return choosing.name_candidate(session, of(session, key), name, "Director").id


def voted(stage: Stage, key: UUID, by: Official, *chosen: UUID) -> None:
    with time_machine.travel(clock.now() + VOTING), acting(stage.engine, by) as session:
        choosing.vote(session, of(session, key), chosen)


def settled(stage: Stage, key: UUID, *chosen: UUID, word: str = "") -> None:
    with time_machine.travel(clock.now() + OVER), acting(stage.engine, stage.coordinator) as session:
        choosing.settle(session, of(session, key), chosen, word)


def test_the_chosen_stand_in_the_list_as_the_networks(stage: Stage, network: Network, settings: Settings) -> None:
    meeting, guest, key = opened(stage)
    ana, luis = named(stage, key, network.house, "Ana Reyes"), named(stage, key, network.road, "Luis Mora")
    voted(stage, key, network.house, ana)
    voted(stage, key, network.road, ana)
    with pytest.raises(Refused, match="not what the vote says"):
        settled(stage, key, luis)
    settled(stage, key, ana)
    with looking(stage.engine, stage.officer) as session:
        invitation = guest_queries.guest_by_id(session, guest)
        assert invitation is not None
        assert (invitation.answer, invitation.names) == (Answer.ATTENDS, "Ana Reyes, Director")
        assert [one.names for one in guest_queries.seats_of(session, meeting)] == ["Ana Reyes, Director"]
    later = clock.now() + OVER + timedelta(hours=1)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay, time_machine.travel(later):
        delivery.deliver(stage.engine, settings)
    told = [(mail["To"], str(mail["Subject"])) for mail in relay.taken if "goes" in str(mail["Subject"])]
    assert sorted(to for to, subject in told if "has chosen" in subject) == sorted(
        [network.house.email, network.road.email]
    )
    assert all("Luis" not in str(mail) and "Ana" not in str(mail) for mail in relay.taken)


def test_nobody_on_the_other_side_reads_how_they_were_chosen(app: Flask, stage: Stage, network: Network) -> None:
    _meeting, _guest, key = opened(stage)
    ana = named(stage, key, network.house, "Ana Reyes")
    named(stage, key, network.road, "Luis Mora")
    voted(stage, key, network.house, ana)
    for one in (stage.officer, stage.chair, *stage.focal.values(), *network.liaison.values()):
        with looking(stage.engine, one) as session:
            found = [len(session.scalars(select(kind)).all()) for kind in (Choice, Candidate, Ballot)]
        assert found == [0, 0, 0]
        Desk(app, one).get(f"/choices/{key}", 404)
    with looking(stage.engine, network.road) as session:
        assert session.scalars(select(Guest)).all() == []


@pytest.mark.parametrize("secret", [False, True])
def test_each_organization_has_one_voice(stage: Stage, network: Network, app: Flask, secret: bool) -> None:
    _meeting, _guest, key = opened(stage, secret=secret)
    ana, luis = named(stage, key, network.house, "Ana Reyes"), named(stage, key, network.road, "Luis Mora")
    with pytest.raises(Refused, match="named already"):
        named(stage, key, network.road, "ana  reyes")
    with pytest.raises(Refused, match="as many as can go"):
        named(stage, key, network.house, "Eva Paz")
    with acting(stage.engine, network.house) as session, pytest.raises(Refused, match="still being named"):
        choosing.vote(session, of(session, key), [ana])
    with pytest.raises(Refused, match="no more than can go"):
        voted(stage, key, network.house, ana, luis)
    voted(stage, key, network.house, ana)
    with pytest.raises(Refused, match="has voted already"):
        voted(stage, key, network.house, luis)
    with time_machine.travel(clock.now() + VOTING):
        page = Desk(app, network.road).get(f"/choices/{key}")
        assert "House of the Migrant" in page  # that it has voted is read, and not for whom
        assert "1 vote" not in page
        with acting(stage.engine, network.house) as session, pytest.raises(Refused, match="are over"):
            choosing.name_candidate(session, of(session, key), "Too Late")
        with acting(stage.engine, stage.coordinator) as session, pytest.raises(Refused, match="still be heard"):
            choosing.settle(session, of(session, key), [ana])
    voted(stage, key, network.road, luis)
    with time_machine.travel(clock.now() + OVER):
        page = html.unescape(Desk(app, network.road).get(f"/choices/{key}"))
        assert page.count("1 vote") == (0 if secret else 2)  # of two papers each would know whose the other is
        shows = 'Road Without Borders</bdi> <span class="soft">Luis Mora' in " ".join(page.split())
        assert shows is not secret
        with acting(stage.engine, network.road) as session, pytest.raises(Refused, match="vote was over"):
            choosing.vote(session, of(session, key), [luis])
    with looking(stage.engine, stage.coordinator) as session:
        ballots = [one.candidates for one in choice_queries.ballots_of(session, key)]
        assert (ballots == [[], []]) is secret
    with pytest.raises(Refused, match="tied"):
        settled(stage, key, luis)
    settled(stage, key, luis, word="By lot, in Panama")
    assert "By lot, in Panama" in Desk(app, network.house).get(f"/choices/{key}")


def test_where_no_more_are_named_than_can_go_there_is_no_vote(stage: Stage, network: Network, app: Flask) -> None:
    _meeting, guest, key = opened(stage, places=2)
    ana = named(stage, key, network.house, "Ana Reyes")
    with time_machine.travel(clock.now() + VOTING):
        with acting(stage.engine, network.house) as session, pytest.raises(Refused, match="vote was over"):
            choosing.vote(session, of(session, key), [ana])
        coordinator = Desk(app, stage.coordinator)
        assert f"/choices/{key}/settle" in coordinator.get(f"/choices/{key}")
        coordinator.send(f"/choices/{key}/settle", {"chosen": str(ana)})
        assert f"/choices/{key}" in coordinator.get(f"/guests/{guest}")


def test_organizations_are_reminded_of_the_vote_and_nobody_of_what_was_taken_back(
    stage: Stage, network: Network, settings: Settings
) -> None:
    meeting, guest, key = opened(stage, ends_on=in_days(25))
    ana = named(stage, key, network.house, "Ana Reyes")
    named(stage, key, network.road, "Luis Mora")
    voted(stage, key, network.house, ana)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
        scanned(stage, settings, range(5, 25, 2))
        reminded = [
            mail["To"] for mail in relay.taken if f"/choices/{key}" in str(mail) and "Where things" in mail["Subject"]
        ]
    assert set(reminded) == {network.road.email}
    with acting(stage.engine, stage.officer) as session:
        invitation = guest_queries.guest_by_id(session, guest)
        assert invitation is not None
        service.withdraw_guest(session, again(session, meeting), invitation)
    with pytest.raises(Refused, match="taken back"):
        voted(stage, key, network.road, ana)


def test_names_are_forgotten_and_who_may_not_is_told_nothing(app: Flask, stage: Stage, network: Network) -> None:
    _meeting, guest, key = opened(stage)
    mine = named(stage, key, network.house, "Ana Reyes")
    with acting(stage.engine, stage.coordinator) as session, pytest.raises(NotAllowed):
        choosing.name_candidate(session, of(session, key), "By nobody")
    road = Desk(app, network.road)
    road.get(f"/guests/{guest}/choice", 404)
    road.get(f"/choice-candidates/{mine}/take-back", 404)
    road.get(f"/choices/{key}/settle", 404)
    asked = {"places": "1", "named_until": in_days(2).isoformat(), "ends_on": in_days(4).isoformat(), "ballot": "open"}
    _at, page = Desk(app, stage.coordinator).send(f"/guests/{guest}/choice", asked, 422)
    assert "asked already who goes" in page
    house = Desk(app, network.house)
    house.send(f"/choices/{key}/name", {"name": ""}, 422)
    house.send(f"/choice-candidates/{mine}/take-back", {})
    named(stage, key, network.house, "Ana Reyes")
    with system_unit(stage.engine, Reason.ADMINISTRATION) as system:
        assert choosing.forget_candidates(system) == 0
    with time_machine.travel(clock.now() + timedelta(days=740)), system_unit(stage.engine, Reason.ADMINISTRATION) as it:
        assert choosing.forget_candidates(it) == 1


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"named_until": in_days(-1)}, "has passed"),
        ({"ends_on": in_days(3)}, "Give a later day"),
        ({"ends_on": in_days(60)}, "Give an earlier day"),
    ],
)
def test_days_that_cannot_be_are_refused(stage: Stage, given: dict[str, Any], what: str) -> None:
    with pytest.raises(Refused, match=what):
        opened(stage, **given)


def on_the_page(app: Flask, one: Official, key: UUID) -> str:
    return " ".join(html.unescape(Desk(app, one).get(f"/choices/{key}")).split())


def test_a_choice_is_called_off_with_the_reason_and_held_once_more(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    _meeting, guest, key = opened(stage)
    ana = named(stage, key, network.house, "Ana Reyes")
    named(stage, key, network.road, "Luis Mora")
    voted(stage, key, network.house, ana)
    Desk(app, network.house).get(f"/choices/{key}/call-off", 404)
    coordinator = Desk(app, stage.coordinator)
    coordinator.send(f"/choices/{key}/call-off", {"word": ""}, 422)
    coordinator.send(f"/choices/{key}/call-off", {"word": "Two seats were offered instead of one."})
    page = on_the_page(app, network.road, key)
    assert "Two seats were offered" in page
    assert "1 vote" not in page
    with looking(stage.engine, network.road) as session:
        assert [one.candidates for one in session.scalars(select(Ballot))] == [[]]  # counted for nobody
    with pytest.raises(Refused, match="called off"):
        voted(stage, key, network.road, ana)
    with ScriptedRelay(settings.mail_host, settings.mail_port) as relay, time_machine.travel(clock.now() + VOTING):
        delivery.deliver(stage.engine, settings)
    told = [mail["To"] for mail in relay.taken if "has called off" in str(mail)]
    assert sorted(told) == sorted([network.house.email, network.road.email])
    assert all("Two seats" not in str(mail) for mail in relay.taken)
    asked = {"places": "2", "named_until": in_days(2).isoformat(), "ends_on": in_days(4).isoformat(), "ballot": "open"}
    at, _page = coordinator.send(f"/guests/{guest}/choice", asked)
    assert "asked anew since" in on_the_page(app, network.house, key)
    assert "asked anew since" not in html.unescape(Desk(app, network.house).get(at))


def test_the_coordination_answers_neither_past_nor_silently_against_the_organizations(
    app: Flask, stage: Stage, network: Network
) -> None:
    meeting, guest, key = opened(stage)
    coordinator, at = Desk(app, stage.coordinator), f"/guests/{guest}"
    coming = {"answer": "attends", "names": "Eva Paz"}
    _at, page = coordinator.send(at, coming, 422)
    assert "are being heard on who goes" in page
    coordinator.send(at, {"answer": "will_answer", "will_answer_by": in_days(9).isoformat()})
    ana = named(stage, key, network.house, "Ana Reyes")
    settled(stage, key, ana)
    _at, page = coordinator.send(at, coming, 422)
    assert "not what the organizations chose" in page
    coordinator.send(at, {**coming, "reason": "Ana Reyes has fallen ill."})
    assert "Ana Reyes has fallen ill." in on_the_page(app, network.road, key)
    coordinator.send(at, coming)  # said already
    coordinator.send(at, {"answer": "attends", "names": "Ana Reyes, Director"})
    assert "fallen ill" not in on_the_page(app, network.road, key)
    with looking(stage.engine, stage.officer) as session:
        assert [one.names for one in guest_queries.seats_of(session, meeting)] == ["Ana Reyes, Director"]


def test_a_choice_follows_its_meeting_and_is_held_once_more_for_other_days(
    app: Flask, stage: Stage, network: Network
) -> None:
    meeting, guest, key = opened(stage)
    ana = named(stage, key, network.house, "Ana Reyes")
    settled(stage, key, ana)
    change = {"starts_on": in_days(60), "ends_on": in_days(61)}
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(session, again(session, meeting), particulars(**change))
    page = on_the_page(app, network.house, key)
    assert "The meeting has moved" in page
    assert in_days(60).isoformat() in page
    assert "That was for another day" in Desk(app, stage.coordinator).get(f"/guests/{guest}")
    with acting(stage.engine, stage.coordinator) as session:
        invitation = guest_queries.guest_by_id(session, guest)
        assert invitation is not None
        network_track = session.get_one(Track, stage.id["network"])
        given = choosing.Opened(places=1, named_until=in_days(3), ends_on=in_days(7))
        second = choosing.open_choice(session, invitation, network_track, given).id
    with acting(stage.engine, stage.officer) as session:
        service.call_off_meeting(session, again(session, meeting), MeetingState.POSTPONED, None)
    assert "does not take place on this day" in on_the_page(app, network.house, second)
    with acting(stage.engine, stage.officer) as session:
        again_planned = again(session, meeting)
        service.change_meeting(session, again_planned, particulars(starts_on=in_days(90), ends_on=in_days(91)))
        service.announce_meeting(session, again_planned)
    assert "was for the days of then" in on_the_page(app, network.house, second)
    with pytest.raises(Refused, match="announced anew"):
        named(stage, second, network.house, "Ana Reyes")
    asked = {"places": "1", "named_until": in_days(2).isoformat(), "ends_on": in_days(4).isoformat(), "ballot": "open"}
    at, _page = Desk(app, stage.coordinator).send(f"/guests/{guest}/choice", asked)
    assert in_days(90).isoformat() in Desk(app, network.house).get(at)


def test_the_days_of_a_vote_move_with_its_meeting_in_one_step(
    app: Flask, stage: Stage, network: Network, settings: Settings
) -> None:
    meeting, _guest, key = opened(stage)
    ana = named(stage, key, network.house, "Ana Reyes")
    mails(stage, settings)
    with looking(stage.engine, network.house) as session:
        before = of(session, key).on
    assert before is not None
    by = in_days(60) - before
    with acting(stage.engine, stage.officer) as session:
        service.change_meeting(
            session, again(session, meeting), particulars(starts_on=in_days(60), ends_on=in_days(61))
        )
    [words] = [words for to, _subject, words in mails(stage, settings) if to == stage.coordinator.email]
    assert "days of the vote can be shifted" in " ".join(words.split())
    coordinator, at = Desk(app, stage.coordinator), f"/choices/{key}/shift"
    assert at in coordinator.get(f"/choices/{key}")
    assert at not in Desk(app, network.house).get(f"/choices/{key}")
    for one in (network.house, stage.officer):
        Desk(app, one).get(at, 404)
    page = coordinator.get(at)
    until, ends = in_days(3) + by, in_days(7) + by
    assert f'value="{until.isoformat()}"' in page
    assert f'value="{ends.isoformat()}"' in page
    late = {"named_until": until.isoformat(), "ends_on": in_days(60).isoformat()}
    assert coordinator.wrong(at, late) == ["That is when the meeting takes place, or later. Give an earlier day."]
    coordinator.send(at, {"named_until": until.isoformat(), "ends_on": ends.isoformat()})
    told = [to for to, _subject, words in mails(stage, settings) if "The meeting has moved" in words]
    assert sorted(told) == sorted([network.house.email, network.road.email])
    with looking(stage.engine, network.road) as session:
        shifted = of(session, key)
        assert (shifted.named_until, shifted.ends_on) == (until, ends)
        assert [each.id for each in choice_queries.candidates_of(session, key)] == [ana]
    assert at not in coordinator.get(f"/choices/{key}")
    _there, page = coordinator.send(at, {"named_until": until.isoformat(), "ends_on": ends.isoformat()}, 422)
    assert "Nothing was changed" in page


def test_the_coordination_votes_by_the_rule_of_the_network(app: Flask, stage: Stage, network: Network) -> None:
    coordinator = Desk(app, stage.coordinator)
    slug = "/processes/rcx/network/adoption"
    coordinator.send(slug, {"adopts_by": "silence", "ballots": "secret"})
    assert "Secret: nobody can tell" in Desk(app, network.house).get("/processes/rcx/positions")
    _meeting, guest = guest_of(stage)
    at = f"/guests/{guest}/choice"
    page = coordinator.get(at)
    assert "own rule" in page
    assert 'name="ballot"' not in page
    there, _page = coordinator.send(
        at, {"places": "1", "named_until": in_days(2).isoformat(), "ends_on": in_days(4).isoformat(), "ballot": "open"}
    )
    assert "Secret: no paper has a name" in coordinator.get(there)
    with pytest.raises(Refused, match="rule says how it is voted"):
        opened(stage, secret=False)
