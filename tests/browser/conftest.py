"""The running product, one for the walks of a file: each moves its clock on, and none may find it moved by another."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RUN
from tests.support import brokers, databases
from tests.support.installation import Installation, prepared_once


@pytest.fixture(scope="module", params=["embedded", "servers"])
def installation(
    request: pytest.FixtureRequest, shared_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """What `make run` starts: on the embedded database and broker, and on PostgreSQL with Redis."""
    folder = tmp_path_factory.mktemp("installation")
    if request.param == "embedded":
        with Installation(folder).take_prepared(prepared_once(shared_folder, "embedded")) as running:
            yield running
        return
    missing = databases.why_no_postgresql() or brokers.why_no_server()
    if missing:
        pytest.skip(missing)
    url, made = _prepared_on_postgresql(shared_folder)
    try:
        with (
            brokers.claimed() as broker,
            Installation(folder, DATABASE_URL=url, BROKER_URL=broker).take_prepared(made) as running,
        ):
            yield running
    finally:
        databases.drop(url)


def _prepared_on_postgresql(shared: Path) -> tuple[str, Path]:
    """A database of its own with the demonstration in it, and the folder that belongs to it."""
    run, kept = os.environ[RUN], shared / "installation-database"
    with databases.once(kept) as first:
        if first:
            kept.write_text(databases.empty(run))
    made = prepared_once(shared, "postgresql", DATABASE_URL=kept.read_text())
    return databases.postgresql_copy_of(kept.read_text(), run), made
