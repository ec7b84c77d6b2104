"""Databases shared by the tests of one worker: each test makes its own process in them, with ids of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from secretariat.core import session as core_session
from tests.security import databases

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def shared_engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.Shared]:
    shared = databases.Shared(tmp_path_factory.mktemp("security"))
    yield shared
    shared.close()


@pytest.fixture(params=KINDS)
def walled(request: pytest.FixtureRequest, shared_engines: databases.Shared) -> Engine:
    """The database as the product sees it, once of each kind."""
    return shared_engines.engine(request.param)


@pytest.fixture
def first_wall_off() -> Iterator[None]:
    """Sessions without their filter: what the second wall holds, and what tests see where there is none."""
    core_session.guard.on = False
    yield
    core_session.guard.on = True
