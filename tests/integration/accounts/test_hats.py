"""Hats: what one is appointed as, and nothing beside it; and that access ends with it, in open sessions too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from secretariat.core import clock as now
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import attach
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment, RoleName
from secretariat.mail import delivery, links, outbox
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.processes.clauses import chair, members_of, named, officers, participant, participants_of, secretariat
from secretariat.processes.models import (
    Body,
    BodyMembership,
    ChairTerm,
    Participant,
    Participation,
    Process,
    SecretariatArrangement,
    SecretariatHost,
    StandingKind,
    Track,
)
from tests.factories import people
from tests.factories.people import Official, sign_in
from tests.factories.processes import chair_term
from tests.integration.accounts.conftest import Town
from tests.integration.accounts.test_people import name_data


def meeting(
    town: Town, clauses: Callable[[Process, Track], list[Any]], body: str | None = None, *, of_the_body: bool = False
) -> str:
    """The page of a meeting under these clauses; `of_the_body` narrows it to its body's own members."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        process = session.get_one(Process, town.world.id["process"])
        track = session.get_one(Track, town.world.id["government"])
        inside = session.get_one(Body, town.world.id[body]) if body else process
        made = Meeting(
            process_id=process.id, track_id=track.id, title=LocalText.of("paper"), state=MeetingState.HELD,
            body_id=inside.id if body else None, starts_on=PartialDate.parse(now.today()),
            ends_on=PartialDate.parse(now.today()),
        )  # fmt: skip
        own = [members_of(process, track, body=inside)] if isinstance(inside, Body) and of_the_body else None
        attach(session, made, own or clauses(process, track), container=inside)
        session.flush()
        return f"/meetings/{made.id}"


def code(town: Town, who: Official, path: str) -> int:
    return sign_in(town.app, who).get(path).status_code


# --- the organization that hosts a secretariat --------------------------------------------------------------------


def test_who_hosts_the_secretariat_gains_nothing_for_its_own_seat(town: Town) -> None:
    """The observer that hosts reads as an observer, also through a person who works in the secretariat as well."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        process, track = (
            session.get_one(Process, town.world.id["process"]),
            session.get_one(Track, town.world.id["government"]),
        )
        host = session.get_one(Participant, town.world.id["co"])
        attach(session, SecretariatHost(process=process, participant_id=host.id), container=process)
        process.secretariat_arrangement = SecretariatArrangement.HOSTED.value
        session.flush()
        both = people.officer(session, track, of=town.observer)
    for_members = meeting(town, lambda process, track: [members_of(process, track)])
    for_the_desk = meeting(town, lambda process, track: [named(process, track, audience=[secretariat(track)])])
    for_all = meeting(town, lambda process, track: [participants_of(process, track)])
    assert [code(town, town.observer, path) for path in (for_all, for_members, for_the_desk)] == [200, 404, 404]
    assert [code(town, both, path) for path in (for_all, for_members, for_the_desk)] == [200, 200, 200]


# --- a chair's office that serves as secretariat ------------------------------------------------------------------


def chairs_office(town: Town, *, since: str = "2020", until: str | None = None) -> Official:
    """Guatemala chairs the process, and its office serves as secretariat."""
    with system_unit(town.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, town.world.id["government"])
        track.process.secretariat_arrangement = SecretariatArrangement.NONE.value
        guatemala = session.get_one(Participant, town.world.id["gt"])
        chair_term(session, track, guatemala, since=since, until=until)
        return people.official(
            session, RoleName.CHAIRS_OFFICE, track, people.hat_of(guatemala).__class__(town.officer.hat.kind, track.id),
            chairs_for_id=guatemala.id,
        )  # fmt: skip


def test_a_chairs_office_keeps_the_process_and_reads_neither_notes_of_calls_nor_what_is_not_confirmed(
    town: Town,
) -> None:
    office = chairs_office(town)
    desk = meeting(town, lambda process, track: [named(process, track, audience=[secretariat(track)])])
    confided = meeting(town, lambda process, track: [named(process, track, audience=[officers(track)])])
    assert [code(town, office, path) for path in (desk, confided)] == [200, 404]
    assert [code(town, town.officer, path) for path in (desk, confided)] == [200, 200]
    client = sign_in(town.app, office)
    assert "Add a participant" in client.get("/processes/rcx/").text
    assert "Office of the Chair, secretariat of the RCX" in client.get("/processes/rcx/").text


def test_its_access_ends_with_the_term_in_an_open_session(town: Town, clock: time_machine.Traveller) -> None:
    clock.move_to("2026-11-22T23:30:00Z")
    office = chairs_office(town, until=(now.today() + timedelta(days=1)).isoformat())
    path = meeting(town, lambda process, track: [members_of(process, track)])
    client = sign_in(town.app, office)
    assert client.get(path).status_code == 200
    clock.shift(timedelta(hours=1))
    assert client.get(path).status_code != 200
    assert "Office of the Chair" not in client.get("/account/hat").text
    page = sign_in(town.app, town.administrator).get("/administration/first-officers").text
    assert "RCX, governments" not in page, "other officers keep it still"


def test_it_ends_when_the_term_is_cut_short(town: Town) -> None:
    office = chairs_office(town)
    path = meeting(town, lambda process, track: [members_of(process, track)])
    client = sign_in(town.app, office)
    assert client.get(path).status_code == 200
    with system_unit(town.engine, Reason.REFERENCE) as session:
        wanted = select(ChairTerm).where(ChairTerm.participant_id == town.world.id["gt"], ChairTerm.body_id.is_(None))
        for term in session.scalars(wanted):
            term.until = PartialDate.parse(now.today())
    assert client.get(path).status_code != 200


def test_an_office_is_named_for_who_chairs_and_only_where_there_is_no_secretariat(town: Town) -> None:
    client = sign_in(town.app, town.officer)
    assert "Office of the Chair" not in client.get("/people/rcx/government/name").text
    chairs_office(town)
    for state, status in (("bz", 422), ("gt", 303)):
        data = name_data(
            town, client, role="chairs_office", participant=str(town.world.id[state]), email="o@gt.example"
        )
        assert client.post("/people/rcx/government/name", data=data).status_code == status


def test_advice_to_the_chair_is_for_the_chair_alone_and_of_its_peers_it_sees_what_members_see(town: Town) -> None:
    office = chairs_office(town)
    with system_unit(town.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, town.world.id["government"])
        guatemala = session.get_one(Participant, town.world.id["gt"])
        presiding = people.chair(session, track, guatemala)
    advice = meeting(town, lambda process, track: [named(process, track, audience=[chair(process.id)])])
    for_members = meeting(town, lambda process, track: [members_of(process, track)])
    peers = meeting(
        town,
        lambda process, track: [
            named(process, track, audience=[secretariat(track), participant(town.world.id["hn"])]),
        ],
    )
    readers = (presiding, town.two_hats, town.officer, office)
    assert [code(town, one, advice) for one in readers] == [200, 404, 404, 404]
    assert [code(town, one, for_members) for one in readers] == [200, 200, 200, 200]
    assert [code(town, one, peers) for one in (presiding, town.two_hats)] == [404, 404]


# --- access ends with the appointment: page, mail and link ----------------------------------------------------------


def _replaced(session: Any, town: Town) -> None:
    session.get_one(Appointment, town.focal_point.appointment).until = now.today()


def _standing(session: Any, town: Town, standing: StandingKind | None) -> None:
    row = session.scalars(select(Participation).where(Participation.participant_id == town.world.id["gt"])).one()
    if standing is None:
        row.until = PartialDate.parse(now.today())
    else:
        row.standing = standing


WAYS: dict[str, Callable[[Any, Town], None]] = {
    "the focal point is replaced": _replaced,
    "the participation is suspended": lambda session, town: _standing(session, town, StandingKind.SUSPENDED),
    "the participation ends": lambda session, town: _standing(session, town, None),
}


@pytest.mark.parametrize("way", list(WAYS))
def test_at_the_next_request_mail_and_link_it_is_over(town: Town, way: str) -> None:
    path = meeting(town, lambda process, track: [members_of(process, track)])
    client = sign_in(town.app, town.focal_point)
    assert client.get(path).status_code == 200
    with system_unit(town.engine, Reason.MAIL) as session:
        process, track = (
            session.get_one(Process, town.world.id["process"]),
            session.get_one(Track, town.world.id["government"]),
        )
        mail = outbox.put(
            session, "meeting_invitation", key="k", person=town.focal_point.person, hat=town.focal_point.hat,
            process=process, track=track,
            subject={"meeting": path.rsplit("/", 1)[1], "invitation": path.rsplit("/", 1)[1], "alternate": False},
        )  # fmt: skip
        link = links.issue(
            session, key="l", scope="update", person=town.focal_point.person, hat=town.focal_point.hat,
            process=process.id, track=track.id,
        )  # fmt: skip
    with system_unit(town.engine, Reason.REFERENCE) as session:
        WAYS[way](session, town)
    assert client.get(path).status_code != 200
    assert "paper" not in client.get("/").text
    settings = town.app.extensions["settings"]
    address = f"/l/{links.token_of(settings.secret_key, link)}/update"
    assert town.app.test_client().get(address).status_code == 404
    delivery.deliver(town.engine, settings)
    with system_unit(town.engine, Reason.MAIL, writes=False) as session:
        assert session.get_one(OutboxMessage, mail).state is MailState.SKIPPED


def test_who_leaves_a_body_no_longer_reads_what_is_the_bodys(town: Town) -> None:
    with system_unit(town.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, town.world.id["government"])
        state = session.get_one(Participant, town.world.id["bz"])
        body = session.get_one(Body, town.world.id["steering"])
        held = BodyMembership(body_id=body.id, participant_id=state.id, role="member")
        attach(session, held, container=body)
        session.flush()
        row = held.id
        belize = people.focal_point(session, track, state)
    path = meeting(town, lambda process, track: [members_of(process, track)], body="steering", of_the_body=True)
    client, officer = sign_in(town.app, belize), sign_in(town.app, town.officer)
    assert client.get(path).status_code == 200
    with system_unit(town.engine, Reason.REFERENCE) as session:
        session.get_one(BodyMembership, row).until = PartialDate.parse(now.today())
    assert client.get(path).status_code == 404
    assert officer.get(path).status_code == 200
