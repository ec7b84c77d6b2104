"""A world with a plan, and one press for all papers of a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.canaries.inside import one_press
from tests.support.plans import planned, site

__all__ = ["planned", "site"]


@pytest.fixture(autouse=True)
def press_in_this_process() -> Iterator[None]:
    with one_press():
        yield
