"""The canary world for the tests of this folder: one copy for each worker and database; nothing they do is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from secretariat.core.database import make_engine
from tests.conftest import RUN
from tests.security.canaries import planted as planting
from tests.security.canaries import post_office
from tests.security.canaries.post_office import Office
from tests.security.canaries.world import World
from tests.support import databases

Both = tuple[Flask, World]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def both(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    if request.param == "postgresql" and (missing := databases.why_no_postgresql()):
        pytest.skip(missing)
    folder = tmp_path_factory.mktemp(f"canaries-{request.param}")
    url, world = planting.copied(request.param, shared_folder, os.environ[RUN], folder)
    with planting.application(url, folder) as (app, settings):
        world.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
        yield app, world
        world.engine.dispose()
    if request.param == "postgresql":
        databases.drop(url)


@pytest.fixture
def app(both: Both) -> Flask:
    return both[0]


@pytest.fixture
def planted(both: Both) -> World:
    return both[1]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, shared_folder: Path, tmp_path: Path) -> Iterator[Office]:
    """A copy for one test, in which stages may be set, and from which mails leave."""
    if request.param == "postgresql" and (missing := databases.why_no_postgresql()):
        pytest.skip(missing)
    with post_office.opened(request.param, shared_folder, tmp_path) as made:
        yield made
