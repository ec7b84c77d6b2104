"""The Global Forum's shape, built from data alone: Civil Society Days before the governments' summit, a common space in
which they sit together, observers in a Friends of the Forum, and a business mechanism as a second network beside.

Nothing of it is known to the product by name. Each wall stands between the governments and each network, and between
the networks themselves.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from secretariat.civil_society import queries
from secretariat.civil_society.models import SubmissionKind
from secretariat.civil_society.service import routing, submitting
from secretariat.civil_society.service.submitting import Written
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, SystemSession, system_unit
from secretariat.meetings.service import Readers
from secretariat.processes import founding
from secretariat.processes.models import ParticipantKind, Process, StandingKind, Track
from tests.browser.test_civil_society_year import propose
from tests.browser.walker import Walker
from tests.factories import people, processes
from tests.factories.meetings import acting, calm_in, scheduled
from tests.factories.people import PASSWORD, Official
from tests.support.installation import Installation

GOVERNMENTS, OBSERVERS = ("mx", "gt", "es"), {"iom": "International Organization for Migration"}
FRIENDS, SUMMIT, COMMON = "Friends of the Forum", "Summit of the Forum", "Common Space"
DAYS, BUSINESS = "Civil Society Days", "Business Mechanism"
NETWORKS = {
    DAYS: ("CSD", {"house": "House of the Migrant", "road": "Road Without Borders"}),
    BUSINESS: ("BM", {"mill": "Association of Mills"}),
}
"""Each network: how its numbers begin, and its organizations."""
SAYS = {DAYS: "Ten asks of the Civil Society Days", BUSINESS: "Skills are recognised at the border"}


@dataclass
class Forum:
    """Who acts, and the pages each side has of its own."""

    officer: Official
    observer: Official
    coordinator: dict[str, Official] = field(default_factory=dict)
    member: dict[str, Official] = field(default_factory=dict)
    page: dict[str, str] = field(default_factory=dict)


@pytest.mark.parametrize("installation", ["embedded"], indirect=True)
def test_the_forum_is_built_from_data_alone(installation: Installation, browser: Any) -> None:
    engine = installation.engine()
    forum = _with_governments(engine)
    _with_networks(engine, forum)
    _with_meetings(engine, forum)
    _with_submissions(engine, forum)
    engine.dispose()

    def walker(one: Official) -> Walker:
        made = Walker(browser, installation)
        made.sign_in(one.email, PASSWORD)
        return made

    officer, observer = walker(forum.officer), walker(forum.observer)
    days, business = walker(forum.coordinator[DAYS]), walker(forum.coordinator[BUSINESS])
    hold_the_common_space(officer, days)
    for one, name, other in ((days, DAYS, BUSINESS), (business, BUSINESS, DAYS)):
        one.go("/processes/gfmd/meetings/")
        one.sees(name)
        one.does_not_see(SUMMIT)
        one.does_not_see(FRIENDS)
        if name is BUSINESS:
            one.does_not_see(COMMON)  # the notice of a session is its two sides' alone
        cannot_read(one, forum.page[other], forum.page[SUMMIT], forum.page[FRIENDS])
        one.go("/processes/gfmd/submissions")
        one.sees(SAYS[name])
        one.does_not_see(SAYS[other])
    observer.go("/processes/gfmd/meetings/")
    observer.sees(FRIENDS)
    observer.does_not_see(SUMMIT)
    cannot_read(observer, forum.page[SUMMIT], forum.page[DAYS], forum.page[BUSINESS])
    officer.go("/processes/gfmd/")
    for words in (DAYS, BUSINESS, FRIENDS):
        officer.sees(words)
    for name, (stem, _organizations) in NETWORKS.items():
        officer.go("/processes/gfmd/submissions")
        officer.follow(name)
        officer.sees(f"{stem}/")
        officer.sees(SAYS[name])
        cannot_read(officer, forum.page[name])
    officer.reads_barrier_free()


def hold_the_common_space(officer: Walker, days: Walker) -> None:
    """The two offices agree on a session in common; of two networks the one is asked."""
    officer.go("/processes/gfmd/joint-sessions/new")
    officer.page.get_by_label(DAYS).check()
    on = str((officer.at.now() + timedelta(days=90)).date())
    officer.fill(title_en=COMMON, held_on=on, begins="10:00", ends="12:00", place_en="Geneva")
    officer.choose(zone="Europe/Zurich")
    propose(officer)
    days.go("/processes/gfmd/joint-sessions")
    days.follow(COMMON)
    days.press("Take part")
    for one in (officer, days):
        one.go("/processes/gfmd/meetings/")
        one.sees(COMMON)


def cannot_read(walker: Walker, *addresses: str) -> None:
    """Hidden equals missing."""
    for address in addresses:
        answer = walker.page.goto(walker.at.address + address)
        assert answer is not None
        assert answer.status == 404, address


# --- the data -----------------------------------------------------------------------------------------------------


def _with_governments(engine: Engine) -> Forum:
    """Governments, and the Friends of the Forum: governments and observers."""
    with system_unit(engine, Reason.REFERENCE) as session:
        _process, government, network = processes.process_with_tracks(
            session, "gfmd", name=LocalText.of("Global Forum on Migration and Development")
        )
        network.name = LocalText.of(DAYS)
        there = [processes.state(session, key, "gfmd") for key in GOVERNMENTS]
        for one in there:
            processes.participation(session, government, one, StandingKind.MEMBER)
        watching = [processes.organization(session, f"gfmd-{key}", name) for key, name in OBSERVERS.items()]
        for one in watching:
            processes.participation(session, government, one, StandingKind.OBSERVER)
        friends = processes.body(session, government, FRIENDS, own=True)
        for one in there:
            processes.body_membership(session, friends, one)
        for one in watching:
            processes.body_membership(session, friends, one, "observer")
        officer = people.officer(session, government, email="officer@forum.example")
        observer = people.focal_point(session, government, watching[0], email="observer@forum.example")
        return Forum(officer, observer)


def _with_networks(engine: Engine, forum: Forum) -> None:
    """The second network is given by the officer, with the members' decision; each has its rules and organizations."""
    with acting(engine, forum.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == "gfmd")).one()
        founding.add_network(session, process, LocalText.of(BUSINESS), "Friends of the Forum, March")
    with system_unit(engine, Reason.REFERENCE) as session:
        for name, track in _tracks(session).items():
            stem, organizations = NETWORKS[name]
            forum.coordinator[name] = people.coordinator(session, track, email=f"{stem}@forum.example".lower())
            for key, called in organizations.items():
                one = processes.organization(session, f"gfmd-{key}", called, ParticipantKind.NGO)
                processes.participation(session, track, one, StandingKind.MEMBER)
                forum.member[key] = people.representative(session, track, one, email=f"{key}@forum.example")
    with acting(engine, forum.officer) as session:
        process = session.scalars(select(Process).where(Process.slug == "gfmd")).one()
        government = queries.government_of(session, process.id)
        for track in queries.networks_of(session, process.id):
            stem = NETWORKS[str(track.name)][0]
            routing.set_rules(session, process, government, track, words=None, stem=stem, answer_days=60)


def _with_meetings(engine: Engine, forum: Forum) -> None:
    """The Civil Society Days and the business meeting come before the summit; the Friends meet in between."""
    first = calm_in(60, 8)

    def meeting(by: Official, name: str, after: int, **more: Any) -> str:
        days: dict[str, Any] = {"starts_on": first + timedelta(days=after), "ends_on": first + timedelta(days=after)}
        words: dict[str, Any] = {"title": LocalText.of(name), "place": LocalText.of("Geneva"), "languages": ["en"]}
        with acting(engine, by) as session:
            made = scheduled(session, "gfmd", **days, **words, last_ends=time(17), zone="Europe/Zurich", **more)
            return f"/meetings/{made.id}"

    forum.page[DAYS] = meeting(forum.coordinator[DAYS], DAYS, 0, readers=Readers.PARTICIPANTS)
    forum.page[BUSINESS] = meeting(forum.coordinator[BUSINESS], BUSINESS, 1, readers=Readers.PARTICIPANTS)
    forum.page[FRIENDS] = meeting(forum.officer, FRIENDS, 3, body=FRIENDS, readers=Readers.PARTICIPANTS)
    forum.page[SUMMIT] = meeting(forum.officer, SUMMIT, 5)


def _with_submissions(engine: Engine, forum: Forum) -> None:
    """Each network says something of its own."""
    for name, by in forum.coordinator.items():
        with acting(engine, by) as session:
            process = session.scalars(select(Process).where(Process.slug == "gfmd")).one()
            track = session.scalars(select(Track).where(Track.id == by.hat.id)).one()
            said = Written(
                kind=SubmissionKind.DECLARATION, title=LocalText.of(SAYS[name]), words=LocalText.of("We ask."), theme=""
            )
            submitting.send(session, submitting.draft(session, process, track, said))


def _tracks(session: SystemSession) -> dict[str, Track]:
    process: UUID = session.scalars(select(Process.id).where(Process.slug == "gfmd")).one()
    found = session.scalars(select(Track).where(Track.process_id == process)).all()
    return {str(one.name): one for one in found if str(one.name) in NETWORKS}
