"""The canary world made once a run and copied: making it takes longer than looking at it."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from config import Settings, load_settings
from secretariat.core.database import make_engine
from secretariat.web import create_app
from tests.security.canaries.world import World, load_kinds, make_world
from tests.support import databases

SECRET = "canaries"


@contextmanager
def application(
    url: str, folder: Path, secret: str = SECRET, *, mail_port: int | None = None
) -> Iterator[tuple[Flask, Settings]]:
    """The product on a database, as the tests of this folder see it."""
    environ = {"ENVIRONMENT": "test", "DATA_ROOT": str(folder), "DATABASE_URL": url, "SECRET_KEY": secret}
    if mail_port is not None:
        environ["MAIL_PORT"] = str(mail_port)
    settings = load_settings(environ)
    app = create_app(settings)
    try:
        yield app, settings
    finally:
        app.extensions["engine"].dispose()


def plant_template(kind: str, shared: Path, run: str) -> None:
    """Make the world in a database of its own that the others are copied from; whoever comes second waits for it."""
    with databases.once(shared / f"canaries-{kind}") as first:
        if not first:
            return
        folder = shared / f"canaries-{kind}.folder"
        folder.mkdir()
        url = databases.sqlite_copy(shared, folder) if kind == "sqlite" else databases.postgresql_copy(shared, run)
        world = _planted(url, folder)
        (folder / "world").write_bytes(pickle.dumps((url, world)))


def copied(kind: str, shared: Path, run: str, folder: Path) -> tuple[str, World]:
    """A database with the world in it, and what is in there. The engine is the caller's to set and to dispose of."""
    load_kinds()
    plant_template(kind, shared, run)
    url, world = pickle.loads((shared / f"canaries-{kind}.folder" / "world").read_bytes())
    _lay_files(world, folder)
    if kind == "sqlite":
        path = folder / "canaries.sqlite3"
        shutil.copyfile(url.removeprefix("sqlite:///"), path)
        return f"sqlite:///{path}", world
    return databases.postgresql_copy_of(url, run), world


def _lay_files(world: World, folder: Path) -> None:
    """The files of the world, where an installation whose data folder this is looks for them."""
    for key, content in world.files.items():
        path = folder / "documents" / key[:2] / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def planted_in(kind: str, shared: Path) -> World:
    """What stands in the template, without an engine."""
    load_kinds()
    world: World = pickle.loads((shared / f"canaries-{kind}.folder" / "world").read_bytes())[1]
    return world


def _planted(url: str, folder: Path) -> World:
    with application(url, folder) as (_app, settings):
        engine = make_engine(url, None if settings.on_sqlite else settings.database_role)
        try:
            world = make_world(engine, SECRET)
            if settings.on_sqlite:
                with engine.connect() as connection:
                    connection.exec_driver_sql("COMMIT")
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            engine.dispose()
    world.engine = None  # type: ignore[assignment]
    return world
