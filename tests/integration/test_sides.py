"""Pages of a network wear its dress by themselves; those of the governments never do."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from config import Settings
from secretariat.core.localtext import LocalText
from secretariat.core.session import Reason, system_unit
from secretariat.processes.models import TrackKind
from secretariat.web import create_app
from tests.factories import meetings, people
from tests.factories.processes import small_world

PAGES = (
    "/", "/processes/", "/processes/rcx/", "/processes/rcx/meetings/", "/processes/rcx/plans", "/processes/rcx/reports",
    "/people/rcx", "/people/own", "/account/", "/nowhere",
)  # fmt: skip
WALL = "Governments and their secretariat do not read it."


@pytest.fixture
def site(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def readers(engine: Engine) -> dict[str, people.Official]:
    with system_unit(engine, Reason.REFERENCE) as session:
        world = small_world(session)
        world.network.name = LocalText.of("Regional Network of Organizations (RNX)")
        assert world.network.kind is TrackKind.CIVIL_SOCIETY
        return {
            "coordinator": people.coordinator(session, world.network),
            "representative": people.representative(session, world.network, world.organization["house"]),
            "officer": people.officer(session, world.government),
            "focal point": people.focal_point(session, world.government, world.member["gt"]),
            "liaison officer": people.liaison_officer(session, world.government, world.member["mx"]),
        }


def dress(client: FlaskClient, path: str) -> tuple[bool, bool, bool, str]:
    """Whether the page has the accent, the words of the wall and the rings; and its name."""
    page = client.get(f"{path}?lang=en").text
    [name] = re.findall(r'<p class="mast-name"><a[^>]*><bdi>([^<]*)', page)
    return 'data-track="civil_society"' in page, WALL in page, 'href="#i-rings"' in page, name


@pytest.mark.parametrize("who", ["coordinator", "representative"])
def test_every_page_of_a_network_wears_its_dress(site: Flask, readers: dict[str, people.Official], who: str) -> None:
    client = people.sign_in(site, readers[who])
    assert {path: dress(client, path) for path in PAGES} == dict.fromkeys(PAGES, (True, True, True, "RNX"))


@pytest.mark.parametrize("who", ["officer", "focal point", "liaison officer"])
def test_no_page_of_a_government_does(site: Flask, readers: dict[str, people.Official], who: str) -> None:
    client = people.sign_in(site, readers[who])
    assert {path: dress(client, path) for path in PAGES} == dict.fromkeys(PAGES, (False, False, False, "RCX"))


def test_a_network_has_navigation_of_its_own(site: Flask, readers: dict[str, people.Official]) -> None:
    def entries(who: str) -> list[str]:
        page = people.sign_in(site, readers[who]).get("/?lang=en").text
        navigation = page[page.index('<nav aria-label="Main">') : page.index("</nav>", page.index('aria-label="Main"'))]
        return re.findall(r"<a [^>]*>([^<]+)</a>", navigation)

    assert entries("coordinator")[0] == entries("representative")[0] == "Our space"
    assert "Organizations" in entries("representative")
    assert entries("officer")[0] == "Today"
    assert "Organizations" not in entries("officer")


def test_a_page_wears_the_dress_of_what_it_shows(
    site: Flask, engine: Engine, readers: dict[str, people.Official]
) -> None:
    """The wall is that of the meeting, and a page from a mail says so too."""
    with meetings.acting(engine, readers["coordinator"]) as session:
        own = meetings.scheduled(session).id
    assert dress(people.sign_in(site, readers["coordinator"]), f"/meetings/{own}") == (True, True, True, "RNX")


def test_a_network_without_a_plan_has_no_pages_about_one_in_its_navigation(
    site: Flask, readers: dict[str, people.Official]
) -> None:
    def words(who: str) -> list[str]:
        page = people.sign_in(site, readers[who]).get("/processes/rcx/?lang=en").text
        [bar] = re.findall(r'<div class="mast-nav">.*?</nav>', page, re.DOTALL)
        return re.findall(r"<a [^>]*>([^<]*)</a>", bar)

    assert words("representative") == [
        "Our space",
        "Meetings",
        "Documents",
        "Positions",
        "Submissions",
        "My organization",
        "Circulars",
        "Organizations",
        "Process",
    ]
    assert words("coordinator") == [
        "Our space",
        "Meetings",
        "Documents",
        "Plan of action",
        "Positions",
        "Submissions",
        "Circulars",
        "Organizations",
        "Process",
        "Mail",
    ]
    assert words("focal point") == [
        "Today",
        "Meetings",
        "Documents",
        "Plan of action",
        "My government",
        "Circulars",
        "People",
        "Reports",
        "Process",
    ]
