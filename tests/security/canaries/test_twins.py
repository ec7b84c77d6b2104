"""Twins for one role, in each run of the tests; for every role in `make bench ONLY=canaries`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RUN
from tests.security.canaries import twins
from tests.support import databases

ROLE = "observer"
MANY = 120
A_FEW = 30


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def made(request: pytest.FixtureRequest, shared_folder: Path) -> Iterator[twins.Twins]:
    if request.param == "postgresql" and (missing := databases.why_no_postgresql()):
        pytest.skip(missing)
    with twins.twins(request.param, shared_folder, os.environ[RUN], ROLE) as found:
        yield found


def test_what_a_reader_may_not_see_changes_no_byte_for_it(made: twins.Twins) -> None:
    assert min(made.apart.values()) > 1000  # rows that are gone, or say something else
    found = twins.compare(made, many=MANY)
    assert found.unlike == []
    assert found.checks == MANY * len(twins.OTHERS)


def test_who_may_see_what_differs_is_answered_otherwise(made: twins.Twins) -> None:
    found = twins.compare(made, many=A_FEW, reader="member")
    assert {one.split(": ")[1] for one in found.unlike} == set(twins.OTHERS)


def test_twins_show_a_leak_when_the_filter_is_off(made: twins.Twins, first_wall_off: None) -> None:
    """On SQLite the answers differ; on PostgreSQL the second wall stands alone."""
    found = twins.compare(made, many=A_FEW)
    on_postgresql = made.apps[twins.FULL].extensions["engine"].dialect.name == "postgresql"
    assert bool(found.unlike) is not on_postgresql
