"""The people of the meetings' small world, and one press for all papers of a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.meetings.conftest import Desk, Stage, stage
from tests.security.canaries.inside import one_press

__all__ = ["Desk", "Stage", "stage"]


@pytest.fixture(autouse=True)
def press_in_this_process() -> Iterator[None]:
    with one_press():
        yield
