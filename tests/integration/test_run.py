"""`make run`, with everything it starts."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from config import PROJECT_ROOT
from tests.support.installation import Installation
from tests.support.ports import free_port


def run(folder: Path, port: int, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "secretariat.dev.run"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"DATA_ROOT": str(folder), "PORT": str(port)} | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_busy_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(tmp_path, port)

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        f"Port {port} cannot be used (Address already in use). Choose another: make run PORT={port + 1}\n"
    )


def test_production_is_not_run_like_this(tmp_path: Path) -> None:
    production = {
        "ENVIRONMENT": "production",
        "SECRET_KEY": "k" * 40,
        "BASE_URL": "https://secretariat.example.org",
        "MAIL_SENDER": "secretariat@example.org",
    }
    ended = run(tmp_path, free_port(), **production)

    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc: Linux")
def test_it_starts_all_parts_once_keeps_data_and_leaves_nothing(tmp_path: Path) -> None:
    with Installation(tmp_path) as first:
        process = first._process
        parts = psutil.Process(process.pid).children(recursive=True)
        words = {word for part in parts for word in part.cmdline()}
        assert {"gunicorn", "worker.app", "worker.beat", "secretariat.dev.mailbox"} <= words
        second = run(tmp_path, free_port())
        assert (second.returncode, second.stdout) == (1, "")
        assert second.stderr.startswith("It is already running on the data in ")
        with urllib.request.urlopen(f"{first.address}/dev/mailbox", timeout=10) as answer:
            assert answer.status == 200
        key = (tmp_path / "secret_key").read_text()

        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
        _, left = psutil.wait_procs(parts, timeout=2)
        assert left == []

    since = time.monotonic()
    with Installation(tmp_path) as again:
        assert again.answers()
        assert "prepare |" not in again.log
        assert (tmp_path / "secret_key").read_text() == key
    assert time.monotonic() - since < 60
