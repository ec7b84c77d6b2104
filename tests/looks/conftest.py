"""The canary world, which has a thing of each kind in each state, and the pages that open in it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from secretariat.core.database import make_engine
from tests.conftest import RUN
from tests.looks.shown import Opened, Pages
from tests.looks.unopened import UNOPENED
from tests.security.canaries import planted as planting
from tests.support import databases


@pytest.fixture(scope="session")
def pages(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("looks")
    url, world = planting.copied("sqlite", shared_folder, os.environ[RUN], folder)
    with planting.application(url, folder) as (app, settings):
        world.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
        yield Pages(app, world)
        world.engine.dispose()


@pytest.fixture(scope="session")
def opened(pages: Pages, shared_folder: Path) -> list[Opened]:
    """One page of each rule, looked for once a run."""
    kept = shared_folder / "looks-pages"
    with databases.once(kept) as first:
        if first:
            kept.write_bytes(pickle.dumps(pages.of_every_rule(without=UNOPENED)))
    found: list[Opened] = pickle.loads(kept.read_bytes())
    return found
