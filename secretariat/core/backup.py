"""A copy of the database in one file, while everything runs, and putting it back.

SQLite is copied by its own online backup; PostgreSQL by `pg_dump` and `pg_restore`, which must be on this machine. The
files of documents are not in it: they are copied after the database, never before (docs/operations.md).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, make_url

from config import Settings

SQLITE_MARK = b"SQLite format 3\x00"
POSTGRESQL_MARK = b"PGDMP"


class CannotBackUp(RuntimeError):
    """It cannot be done; the message says why, in a sentence for who runs the installation."""


def back_up(settings: Settings, file: Path) -> None:
    """Write the database into `file`, for its owner alone. Raises CannotBackUp; a file that is there is not touched."""
    if file.exists():
        raise CannotBackUp(f"{file} is there already; name another file.")
    draft = file.with_name(f"{file.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if settings.on_sqlite:
            _copy(_path_of(settings), draft)
        else:
            _run("pg_dump", settings, "--format=custom", "--file", str(draft))
        draft.replace(file)
    except OSError as error:
        raise CannotBackUp(f"{file} cannot be written ({error.strerror}).") from None
    finally:
        draft.unlink(missing_ok=True)


def check(settings: Settings, file: Path) -> None:
    """Whether `file` can be put back into this database at all. Raises CannotBackUp."""
    mark = _mark_of(file)
    if settings.on_sqlite:
        if not mark.startswith(SQLITE_MARK):
            raise CannotBackUp(f"{file} is no backup of an SQLite database.")
        _check_sqlite(file)
        return
    if not mark.startswith(POSTGRESQL_MARK):
        raise CannotBackUp(f"{file} is no backup of a PostgreSQL database made by pg_dump --format=custom.")
    _program("pg_restore")


def restore(settings: Settings, file: Path) -> None:
    """Put the database back as it is in `file`; what was there is lost. Raises CannotBackUp; then all is as before."""
    check(settings, file)
    if settings.on_sqlite:
        _copy(file, _path_of(settings))
        return
    _run("pg_restore", settings, "--clean", "--if-exists", "--single-transaction", "--exit-on-error", str(file))


def _path_of(settings: Settings) -> Path:
    return Path(make_url(settings.database_url).database or "")


def _copy(source: Path, target: Path) -> None:
    """By SQLite itself, so that what is still in the log beside the file comes with it, and readers see all or
    nothing."""
    try:
        with closing(sqlite3.connect(source, timeout=30)) as one, closing(sqlite3.connect(target, timeout=30)) as other:
            one.backup(other)
    except sqlite3.Error as error:
        raise CannotBackUp(f"{source} cannot be copied to {target}: {error}.") from None


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise CannotBackUp(f"{file} cannot be read: {error}.") from None
    if found != "ok":
        raise CannotBackUp(f"{file} is damaged: {found}.")


def _mark_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(len(SQLITE_MARK))
    except OSError as error:
        raise CannotBackUp(f"{file} cannot be read ({error.strerror}).") from None


def _run(program: str, settings: Settings, *options: str) -> None:
    """Run a program of PostgreSQL as the owner. The password goes by the environment, where no list of processes shows
    it."""
    found = _program(program)
    url = make_url(settings.database_url)
    environ = os.environ | _connection(url)
    done = subprocess.run(  # noqa: S603 - a program of the machine, with a file and constants
        [found, "--dbname", url.database or "", "--no-password", *options],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise CannotBackUp(f"{program} says: {done.stderr.strip()[-500:]}")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotBackUp(f"{name} is not on this machine; it comes with PostgreSQL (postgresql-client).")
    return found


def _connection(url: URL) -> dict[str, str]:
    given = {
        "PGHOST": url.host, "PGPORT": str(url.port) if url.port else None, "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
    }  # fmt: skip
    return {name: value for name, value in given.items() if value}
