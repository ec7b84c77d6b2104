"""A backup taken while everything runs, and a database put back: nothing leaves unasked, and nothing twice."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine, select

from config import Settings
from secretariat import registers
from secretariat.core.session import Reason, system_unit
from secretariat.follow_up import service
from secretariat.mail import delivery, sending
from secretariat.mail.models import MailState, OutboxMessage
from secretariat.plans.models import Commitment
from secretariat.web import create_app
from tests.factories.follow_up import NOON, due_world, on
from tests.support.relay import KeepingRelay

registers.fill()


@pytest.fixture
def runner(settings: Settings) -> Iterator[FlaskCliRunner]:
    app = create_app(settings)
    yield app.test_cli_runner()
    app.extensions["engine"].dispose()


def said(runner: FlaskCliRunner, *words: str, code: int = 0) -> str:
    done = runner.invoke(args=list(words))
    assert done.exit_code == code, done.output
    return done.output


def test_what_left_after_the_backup_does_not_leave_again(
    engine: Engine, settings: Settings, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    log, file = tmp_path / "relay.log", tmp_path / "backup"
    given = settings.model_copy(update={"mail_evidence_log": log})
    with (
        on(NOON),
        KeepingRelay(given.mail_host, given.mail_port, log, idle_seconds=30, slowness_seconds=0) as relay,
    ):
        due_world(engine)
        said(runner, "db", "backup", str(file))
        assert service.scan(engine) == {"digests": 1}
        assert delivery.deliver(engine, given) == {"sent": 1}
        engine.dispose()
        said(runner, "db", "restore", "--yes", str(file))
        assert service.scan(engine) == {"digests": 1}, "the scan finds the same due"
        assert delivery.deliver(engine, given) == {}
        assert "restored" in said(runner, "mail", "state")
        said(runner, "mail", "resume")
        assert delivery.deliver(engine, given) == {"found sent": 1}
        assert len(relay.taken) == 1
    with system_unit(engine, Reason.MAIL, writes=False) as session:
        row = session.execute(select(OutboxMessage.state, OutboxMessage.reason)).one()
    assert tuple(row) == (MailState.SENT, "found at the relay")


def test_a_backup_is_its_owners_alone_and_does_not_take_the_place_of_another_file(
    engine: Engine, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "backup"
    assert "documents" in said(runner, "db", "backup", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    content = file.read_bytes()
    assert "is there already" in said(runner, "db", "backup", str(file), code=1)
    assert file.read_bytes() == content


def test_what_is_no_backup_changes_nothing(
    engine: Engine, settings: Settings, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    with on(NOON):
        due_world(engine)
        sending.begin(engine, settings)
    file = tmp_path / "letter"
    file.write_text("Dear colleague,")
    assert "is no backup" in said(runner, "db", "restore", "--yes", str(file), code=1)
    assert sending.why_not(engine, settings) == ""
    with system_unit(engine, Reason.FOLLOW_UP, writes=False) as session:
        assert len(session.scalars(select(Commitment.id)).all()) == 1


def test_a_backup_asks_for_programs_on_postgresql_alone_and_says_which(
    engine: Engine, settings: Settings, runner: FlaskCliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if settings.on_sqlite:
        said(runner, "db", "backup", str(tmp_path / "backup"))
        return
    assert "pg_dump is not on this machine" in said(runner, "db", "backup", str(tmp_path / "backup"), code=1)
    assert list(tmp_path.glob("backup*")) == []
