"""What tests stand on: fresh databases, a broker, a mailbox, a browser - real ones, all on this machine."""

import gc
import os
import secrets
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as of_properties
from sqlalchemy import Engine

from config import Settings, load_settings
from secretariat.accounts import passwords
from secretariat.core.database import make_engine
from secretariat.dev import mailbox
from secretariat.web import create_app
from tests.factories import people
from tests.support import brokers, compiled, databases, loopback
from tests.support.browsers import Browsers
from tests.support.mail import Sink
from tests.support.ports import free_port

# No test fails because the machine is busy, or because a calendar is worked out at its first use.
of_properties.register_profile("product", deadline=None, suppress_health_check=[HealthCheck.too_slow])
of_properties.load_profile("product")

RUN = "SECRETARIAT_TEST_RUN"
REQUIRE_ALL = os.environ.get("TEST_REQUIRE_ALL", "") not in ("", "0")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault(RUN, secrets.token_hex(4))
    databases.wait_for_no_disk()
    loopback.stay()
    compiled.templates_once()
    compiled.statements_once()
    compiled.addresses_once()


LONGEST = (
    "test_nobody_stores_or_learns_by_a_post_what_is_not_theirs",
    "test_nobody_finds_a_word_that_is_not_theirs_and_everybody_finds_their_own",
    "test_what_a_reader_may_not_see_changes_no_byte_for_it",
    "test_hidden_and_absent_are_one_answer",
    "test_nothing_stands_in_the_way_of_a_reader",
)
"""The walks through the whole product, the longest first."""
PAGES = (
    *(
        "accounts",
        "arrangements",
        "capital",
        "chairmanship",
        "civil_society",
        "confidentiality",
        "correspondence",
        "documents",
        "meetings",
        "ownership",
        "packs",
        "papers",
        "plans",
        "processes",
        "reports",
        "texts",
    ),
    *("test_home.py", "test_instead.py", "test_label_words.py", "test_mail_pages.py", "test_sides.py"),
    *("test_chair_word.py", "test_contact_log.py", "test_demonstration.py", "test_follow_up_policy.py"),
    *("test_follow_up_words.py", "test_reference.py", "test_reference_plans.py", "test_replies.py", "test_tasks.py"),
    "test_update_page.py",
)
"""Folders and files of tests of pages, the same on both databases but for what a few of them show. A test there costs
twice as much on PostgreSQL; what differs between the two - walls, labels, races, migrations, delivery, rounds - is
tried on both always."""


LONGER_WORDS = "test_longer_words_fit_everywhere"
"""Left out where its file is not asked for by name: every page twice more."""
LIVES = {"test_text_life.py": "[servers]", "test_meeting_life.py": "[embedded]", "test_report_life.py": "[embedded]"}
"""Long walks in the browser, and on which of two installations each is not made: the embedded one, and PostgreSQL with
Redis. The main job is walked on both; what differs between the two is tried beside these."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the tests of pages every twentieth is tried on PostgreSQL, always the same ones, and each long walk on one of
    two installations. All of them are tried where a file is asked for by name, where EVERY_DATABASE is set (`make test
    EVERY_DATABASE=1`), and where SQLite has no such test. What takes longest is begun with."""
    _leave_out(config, items)
    items[:] = _longest_first(items, int(getattr(config, "workerinput", {}).get("workercount", 1)))


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector of garbage need not walk through all of it after every
    seven hundred new things. A sixth of the processor's time of tests of pages went into that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("EVERY_DATABASE") or any(".py" in one for one in config.args):
        return
    known = {one.nodeid for one in items}
    left_out = [one for one in items if _name(one) == LONGER_WORDS]
    left_out += [one for one in items if LIVES.get(one.path.name, "nowhere") in one.name]
    left_out += [
        one
        for one in items
        if _is_page_on_postgresql(one)
        and one.nodeid.replace("[postgresql", "[sqlite") in known
        and crc32(one.nodeid.encode()) % 20
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [one for one in items if one not in gone]


def _longest_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Each worker is given one stretch of the list: the longest tests are dealt out to the beginnings of these. At the
    end of a run two workers would wait for the third."""
    longest = sorted(
        (one for one in items if _name(one) in LONGEST),
        key=lambda one: (LONGEST.index(_name(one)), "[sqlite" in one.name, one.nodeid),
    )
    others = iter([one for one in items if _name(one) not in LONGEST])
    dealt: list[pytest.Item] = []
    for number in range(workers):
        stretch = (len(items) - len(dealt)) // (workers - number)
        own = longest[number::workers]
        dealt += [*own, *islice(others, max(0, stretch - len(own)))]
    return dealt + list(others)


def _name(item: pytest.Item) -> str:
    return item.name.partition("[")[0]


def _is_page_on_postgresql(item: pytest.Item) -> bool:
    parts = item.path.parts
    place = parts.index("integration") + 1 if "integration" in parts else 0
    return place > 0 and parts[place] in PAGES and "[postgresql" in item.name


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        databases.forget(os.environ[RUN])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Where everything is required, what would be skipped fails."""
    report: Any = yield
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Everything is required (TEST_REQUIRE_ALL), and this was not tried: {report.longrepr[-1]}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name what was not tried, and how to switch it on."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[-1]).removeprefix("Skipped: ")
        reasons[reason] = reasons.get(reason, 0) + 1
    if reasons:
        terminalreporter.section("not tried")
        for reason, count in sorted(reasons.items()):
            terminalreporter.write_line(f"{count} tests: {reason}")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """One folder for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, shared_folder: Path) -> Iterator[str]:
    """A fresh database with the schema and nothing in it, as its owner; once of each kind that answers."""
    if request.param == "sqlite":
        yield databases.sqlite_copy(shared_folder, tmp_path)
        return
    missing = databases.why_no_postgresql()
    if missing:
        pytest.skip(missing)
    url = databases.postgresql_copy(shared_folder, os.environ[RUN])
    yield url
    databases.drop(url)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation of its own, on a fresh database of each kind."""
    return _settings(tmp_path, DATABASE_URL=database_url)


@pytest.fixture
def embedded_settings(tmp_path: Path) -> Settings:
    """Settings for what needs no database: nothing but a data folder."""
    return _settings(tmp_path)


def _settings(tmp_path: Path, **more: str) -> Settings:
    environ = {"ENVIRONMENT": "test", "DATA_ROOT": str(tmp_path / "data"), "MAIL_PORT": str(free_port())}
    return load_settings(environ | more)


@pytest.fixture
def owner_engine(settings: Settings) -> Iterator[Engine]:
    """The database as its owner, as migrations see it: past row security."""
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The database as the product sees it: on PostgreSQL under the role that row security binds."""
    engine = make_engine(settings.database_url, role=settings.database_role)
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing as in the product, with less of it."""
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(people, "_hash", [])
    passwords._nobodys.cache_clear()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on a fresh database of each kind."""
    made = create_app(settings)
    yield made
    made.extensions["engine"].dispose()


@pytest.fixture(params=["filesystem", "server"])
def broker_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty broker: the embedded one, and the one of TEST_BROKER_URL or the local Redis where it answers."""
    if request.param == "filesystem":
        yield "filesystem://"
        return
    missing = brokers.why_no_server()
    if missing:
        pytest.skip(missing)
    with brokers.claimed() as url:
        yield url


@pytest.fixture
def smtp_sink(request: pytest.FixtureRequest) -> Iterator[Sink]:
    """A real SMTP server on MAIL_PORT of this test's settings; `sink.mails` is what it took, in order."""
    name = "settings" if "settings" in request.fixturenames else "embedded_settings"
    given: Settings = request.getfixturevalue(name)
    folder = mailbox.folder_of(given)
    controller = mailbox.make_mailbox(folder, given.mail_host, given.mail_port)
    controller.start()
    yield Sink(folder)
    controller.stop()


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    with Browsers() as found:
        yield found


@pytest.fixture
def browser(browsers: Browsers) -> Any:
    """A headless Chromium (Playwright's `Browser`), which may speak to this machine only."""
    if browsers.missing:
        pytest.skip(browsers.missing)
    return browsers.chromium
