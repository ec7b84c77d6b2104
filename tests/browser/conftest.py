"""The running product, one for the walks of a file: each moves its clock on, and none may find it moved by another."""

from collections.abc import Iterator

import pytest

from tests.support import brokers, databases
from tests.support.installation import Installation


@pytest.fixture(scope="module", params=["embedded", "servers"])
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """What `make run` starts: on the embedded database and broker, and on PostgreSQL with Redis."""
    folder = tmp_path_factory.mktemp("installation")
    if request.param == "embedded":
        with Installation(folder) as running:
            yield running
        return
    missing = databases.why_no_postgresql() or brokers.why_no_server()
    if missing:
        pytest.skip(missing)
    url = databases.empty("loop")
    try:
        with brokers.claimed() as broker, Installation(folder, DATABASE_URL=url, BROKER_URL=broker) as running:
            yield running
    finally:
        databases.drop(url)
