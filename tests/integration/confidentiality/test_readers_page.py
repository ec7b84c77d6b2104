"""Who can read a thing: what each asker is told, today and of days before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from secretariat.accounts.models import User
from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.labelling import relabel
from secretariat.core.session import Reason, system_unit
from secretariat.directory.models import Appointment
from secretariat.plans import service
from secretariat.plans.models import Proposal
from secretariat.processes.clauses import chair, named, participant, public, secretariat
from secretariat.processes.models import ChairTerm, Participation, Process, StandingKind, Track
from secretariat.processes.names import names_of
from tests.factories import people, processes
from tests.factories.plans import acting, again
from tests.support.plans import Site
from tests.support.sql import statements_sent


def _readers(site: Site, who: people.Official, kind: str, key: UUID, query: str = "") -> str:
    """What the page says, without the marks of its text."""
    shown = site.page(who, f"/readers/{kind}/{key}{query}")
    main = shown[shown.index("<main") : shown.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_secretariat_and_each_member_are_told_with_their_people(site: Site) -> None:
    key, world = site.planned.own(), site.planned.people
    told = _readers(site, world.officer, "commitments", key)
    for name in ("Belize", "Guatemala", "Honduras", "Mexico", "Secretariat of the governments’ track"):
        assert name in told
    assert "5 participants and secretariats" in told
    assert "Colombia" not in told
    assert _names(world.focal["mx"]) in told
    assert told.index("Belize") < told.index("Guatemala") < told.index("Mexico")


def test_readers_stand_in_the_order_of_the_readers_language(site: Site) -> None:
    told = _readers(site, site.planned.people.officer, "commitments", site.planned.own(), "?lang=ar")
    assert told.index("بليز") < told.index("غواتيمالا") < told.index("المكسيك") < told.index("هندوراس")


def test_an_observer_is_told_participants_and_no_persons_it_may_not_know(site: Site) -> None:
    """Whether a member has anybody appointed is not for an observer: with and without, it is told the same."""
    world = site.planned.people
    before = _readers(site, world.focal["co"], "processes", world.id["process"])
    assert "Belize" in before
    assert _names(world.focal["bz"]) not in before
    assert _names(world.focal["co"]) in before
    assert _names(world.officer) in before
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, world.focal["bz"].appointment).until = clock.today()
    assert _readers(site, world.focal["co"], "processes", world.id["process"]) == before
    assert "Belize" in _readers(site, world.officer, "processes", world.id["process"])


def test_a_chair_is_told_whether_or_not_it_has_anybody_appointed(site: Site) -> None:
    """What is for the chair is read by who chairs; that nobody is appointed there is the secretariat's to know."""
    world = site.planned.people
    with acting(site.planned.engine, world.officer) as session:
        process, track = session.get_one(Process, world.id["process"]), session.get_one(Track, world.id["government"])
        chairing = session.get_one(ChairTerm, world.id["chair"]).participant_id
        assert chairing is not None
        for_the_chair = [secretariat(track), chair(world.id["steering"]), participant(world.id["mx"])]
        row = session.scalars(select(Participation).where(Participation.participant_id == world.id["hn"])).one()
        relabel(session, row, [named(process, track, audience=for_the_chair)], why="advice")
        key, name = row.id, names_of(session, {chairing}, process=process.id)[chairing].words
    told = _readers(site, world.focal["mx"], "participations", key)
    assert f"As chair {name}" in told
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        for held in (world.chair, world.focal["gt"]):
            session.get_one(Appointment, held.appointment).until = clock.today()
    assert f"As chair {name}" in _readers(site, world.focal["mx"], "participations", key)


def test_nothing_of_the_other_side_is_told_or_counted(site: Site) -> None:
    world = site.planned.people
    government = _readers(site, world.officer, "processes", world.id["process"])
    network = _readers(site, world.coordinator, "processes", world.id["process"])
    assert "House of the Migrant" not in government
    assert "Belize" not in network
    assert "House of the Migrant" in network
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        track = session.get_one(Track, world.id["network"])
        more = processes.organization(session, "rcx-more", "One More House")
        processes.participation(session, track, more, StandingKind.MEMBER)
        people.representative(session, track, more)
    assert _readers(site, world.officer, "processes", world.id["process"]) == government


def test_a_proposal_is_told_to_its_two_sides_and_hidden_is_missing_for_others(site: Site) -> None:
    key, world = site.planned.propose("gt"), site.planned.people
    with acting(site.planned.engine, world.officer) as session:
        proposal = session.scalars(select(Proposal.id).where(Proposal.commitment_id == key)).one()
    told = _readers(site, world.focal["gt"], "proposals", proposal)
    assert "Guatemala" in told
    assert "Mexico" not in told
    assert "2 participants and secretariats" in told
    hidden = site.client(world.focal["mx"]).get(f"/readers/proposals/{proposal}")
    absent = site.client(world.focal["mx"]).get(f"/readers/proposals/{uuid4()}")
    no_kind = site.client(world.focal["mx"]).get(f"/readers/nothing/{proposal}")
    other_kind = site.client(world.officer).get(f"/readers/plans/{proposal}")
    unlisted = site.client(world.officer).get(f"/readers/jobs/{uuid4()}")
    assert {one.status_code for one in (hidden, absent, no_kind, other_kind, unlisted)} == {404}
    assert _bare(hidden) == _bare(absent)


def test_all_clauses_are_told_and_how_it_stands_to_what_it_is_in(site: Site) -> None:
    key, world = site.planned.propose("gt"), site.planned.people
    told = _readers(site, world.officer, "commitments", key)
    assert "Whoever reads it meets all of these: Named readers Guatemala and the Secretariat and Members only" in told
    assert "It has fewer readers than what it stands in:" in told
    own = _readers(site, world.officer, "commitments", site.planned.own("hn"))
    assert "It has the readers of what it stands in:" in own


def test_a_public_thing_is_read_by_everyone(site: Site) -> None:
    world = site.planned.people
    with acting(site.planned.engine, world.officer) as session:
        process = session.get_one(Process, world.id["process"])
        relabel(session, process, [public(process)], why="by decision of the members")
    told = _readers(site, world.focal["co"], "processes", world.id["process"])
    assert "Everyone, signed in or not." in told
    assert "by decision of the members" in told
    assert "Belize" not in told


# --- on a day ---------------------------------------------------------------------------------------------------------


def test_who_could_read_it_then_follows_from_the_appointments_of_that_day(site: Site) -> None:
    world, yesterday = site.planned.people, clock.today() - timedelta(days=1)
    with clock.moved(timedelta(days=-3)):
        key = site.planned.own()
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        session.get_one(Appointment, world.focal["mx"].appointment).until = clock.today()
    gone, there = _names(world.focal["mx"]), _names(world.focal["bz"])
    today = _readers(site, world.officer, "commitments", key)
    then = _readers(site, world.officer, "commitments", key, f"?on={yesterday}")
    assert gone not in today
    assert there in today
    assert gone in then
    assert "It was then: Members only" in then
    assert "accounts suspended then are not taken out" in then


def test_who_could_read_it_then_follows_from_standings_and_chairs_of_that_day(site: Site) -> None:
    world, today = site.planned.people, clock.today()
    with clock.moved(timedelta(days=-3)):
        key = site.planned.own()
    with system_unit(site.planned.engine, Reason.REFERENCE) as session:
        row = session.scalars(select(Participation).where(Participation.participant_id == world.id["hn"])).one()
        row.until = PartialDate.parse(today)
        term = session.get_one(ChairTerm, world.id["chair"])
        term.until = PartialDate.parse(today)
    assert "Honduras" not in _readers(site, world.officer, "commitments", key)
    assert "Honduras" in _readers(site, world.officer, "commitments", key, f"?on={today - timedelta(days=1)}")


def test_the_label_is_that_of_the_day_and_others_then_are_not_told_now(site: Site) -> None:
    """A proposal was for two; once accepted it is for the members, who are told nothing of the days before."""
    world, first = site.planned.people, clock.today() - timedelta(days=3)
    with clock.moved(timedelta(days=-3)):
        key = site.planned.propose("gt")
    with acting(site.planned.engine, world.focal["gt"]) as session:
        commitment = again(session, key)
        service.accept(session, session.viewer, commitment)
    officer = _readers(site, world.officer, "commitments", key, f"?on={first}")
    assert "It was then: Named readers Guatemala and the Secretariat" in officer
    assert "Mexico" not in officer
    assert "from Named readers" in officer
    member = _readers(site, world.focal["mx"], "commitments", key, f"?on={first}")
    before = _readers(site, world.focal["mx"], "commitments", key, f"?on={first - timedelta(days=30)}")
    vague = "Of this day nothing can be said here: it was made later, or was for other readers then."
    assert vague in member
    assert vague in before
    assert "Named readers" not in member
    assert "set to Members only" in member
    made = _readers(site, world.officer, "commitments", key, f"?on={first - timedelta(days=30)}")
    assert "It was not there yet: it was made on" in made


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("soon", "Give a day, for example"),
        ("2026-02-31", "Give a day, for example"),
        ("9999-01-01", "Give a day up to today"),
        ("31/13/2020", "Give a day, for example"),
    ],
)
def test_a_day_that_is_none_is_answered_with_a_sentence(site: Site, typed: str, says: str) -> None:
    key = site.planned.own()
    answer = site.client(site.planned.people.officer).get(f"/readers/commitments/{key}?on={typed}")
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert says in shown
    assert f'value="{typed}"' in shown
    assert "Who can read it today" in shown


def test_a_day_may_be_typed_as_people_write_it(site: Site) -> None:
    key, yesterday = site.planned.own(), clock.today() - timedelta(days=1)
    typed = f"{yesterday.day}/{yesterday.month}/{yesterday.year}"
    assert "Who could read it on" in _readers(site, site.planned.people.officer, "commitments", key, f"?on={typed}")


# --- accounts, links, statements --------------------------------------------------------------------------------------


def test_a_suspended_account_is_told_to_the_secretariat_of_the_track_alone(site: Site) -> None:
    key, world = site.planned.own(), site.planned.people
    with system_unit(site.planned.engine, Reason.ADMINISTRATION) as session:
        session.get_one(User, world.focal["hn"].user).suspended_at = clock.now()
    word = "Account suspended"
    assert word in _readers(site, world.officer, "commitments", key)
    assert word not in _readers(site, world.focal["mx"], "commitments", key)
    yesterday = clock.today() - timedelta(days=1)
    assert word not in _readers(site, world.officer, "plans", site.planned.plan_id, f"?on={yesterday}")


def test_a_page_with_a_label_leads_here_for_who_is_signed_in(site: Site) -> None:
    key, world = site.planned.own(), site.planned.people
    address = f'href="/readers/commitments/{key}"'
    assert address in site.page(world.focal["mx"], f"/commitments/{key}")
    assert address not in site.page(world.focal["mx"], f"/readers/commitments/{key}").split("<main")[0]
    proposed = site.planned.propose("gt")
    by_link = site.link(world.focal["gt"], "accept", proposed)
    assert "Who can read this?" not in site.page(None, by_link)
    assert site.client(None).get(f"/readers/commitments/{key}").status_code == 302


def test_as_many_statements_for_few_readers_as_for_sixty(site: Site) -> None:
    key, world = site.planned.own(), site.planned.people
    counts = []
    for more in (0, 60):
        with system_unit(site.planned.engine, Reason.REFERENCE) as session:
            track = session.get_one(Track, world.id["government"])
            for number in range(more):
                state = processes.organization(session, f"rcx-more-{number}", f"State {number}")
                processes.participation(session, track, state, StandingKind.MEMBER)
                people.focal_point(session, track, state)
        for query in ("", f"?on={clock.today() - timedelta(days=1)}"):
            asked = []
            for _ in range(3):  # what the clock adds now and then (a session seen again) is left out by asking thrice
                with statements_sent() as sent:
                    site.page(world.officer, f"/readers/commitments/{key}{query}")
                asked.append(len(sent))
            counts.append(min(asked))
    assert counts[:2] == counts[2:]
    assert "State 59" in _readers(site, world.officer, "commitments", key)


def _names(one: people.Official) -> str:
    """The name on the card the factory made for an official."""
    return one.email


def _bare(answer: Any) -> str:
    """An answer without what changes from one to the next: the address asked for, tokens."""
    bare = re.sub(r"(csrf_token|nonce)[^>]*", "", answer.get_data(as_text=True))
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "~", bare)
