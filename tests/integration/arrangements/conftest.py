"""The meetings' small world, and one press for all papers of a test."""

from collections.abc import Iterator

import pytest

from tests.integration.meetings.conftest import stage
from tests.security.canaries.inside import one_press

__all__ = ["stage"]


@pytest.fixture(autouse=True)
def press_in_this_process() -> Iterator[None]:
    with one_press():
        yield
