"""What is not the database this code was written for stops every start, in one sentence that says what to do."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from config import PROJECT_ROOT
from tests.support.ports import free_port

LATER = (
    "The database is at 9999_later, which this version of the product does not know: it was made by a later one. "
    "Run the later version again, or restore a backup made with this one."
)
EMPTY = "The database is empty. Run: flask --app wsgi db upgrade"


def run(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=PROJECT_ROOT,
        env=os.environ | {"DATA_ROOT": str(folder), "PORT": str(free_port())} | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def later(folder: Path) -> None:
    with sqlite3.connect(folder / "secretariat.sqlite3") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(64) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999_later')")


def test_the_worker_does_not_start_on_another_database(tmp_path: Path) -> None:
    ended = run(tmp_path, "celery", "--quiet", "--app", "worker.app", "worker")

    assert (ended.returncode, ended.stderr.strip()) == (1, EMPTY)


@pytest.mark.parametrize(
    "arguments", [("reference", "check"), ("reference", "load"), ("demonstration", "load"), ("mail", "state")]
)
def test_a_command_that_needs_the_tables_says_how_they_are_made(tmp_path: Path, arguments: tuple[str, str]) -> None:
    ended = run(tmp_path, "flask", "--app", "wsgi", *arguments)

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"Error: {EMPTY}\n")


@pytest.mark.parametrize("arguments", [("flask", "--app", "wsgi", "db", "upgrade"), ("secretariat.dev.run",)])
def test_a_later_database_is_not_upgraded(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    later(tmp_path)

    ended = run(tmp_path, *arguments)

    assert ended.returncode == 1
    assert f"Error: {LATER}" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_database_that_does_not_answer_is_named_by_its_setting(tmp_path: Path) -> None:
    nobody = f"postgresql://nobody@127.0.0.1:{free_port()}/none"

    ended = run(tmp_path, "secretariat.dev.run", DATABASE_URL=nobody)

    assert ended.returncode == 1
    assert "Error: DATABASE_URL: the database does not answer: connection failed" in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
