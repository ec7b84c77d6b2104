"""A copy of the canary world of its own, from which mails leave to a relay on this machine: stages are set in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from config import Settings
from secretariat.core.database import make_engine
from tests.conftest import RUN
from tests.security.canaries import planted as planting
from tests.security.canaries.world import World
from tests.support import databases
from tests.support.ports import free_port
from tests.support.relay import ScriptedRelay

Office = tuple[World, Settings, ScriptedRelay, Flask]


@contextmanager
def opened(kind: str, shared: Path, folder: Path) -> Iterator[Office]:
    """The world, the settings by which its mails leave, the relay that takes them, and the product on it."""
    url, world = planting.copied(kind, shared, os.environ[RUN], folder)
    with planting.application(url, folder, mail_port=free_port()) as (app, settings):
        world.engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
        try:
            with ScriptedRelay(settings.mail_host, settings.mail_port) as relay:
                yield world, settings, relay, app
        finally:
            world.engine.dispose()
    if kind == "postgresql":
        databases.drop(url)
