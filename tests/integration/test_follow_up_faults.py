"""Rounds of reminders while workers are killed and frozen, and what counts them. A small slice of the bench."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from config import Settings
from secretariat.mail.models import MailState
from tests.benchmarks.follow_up import runs
from tests.benchmarks.follow_up.faults import Mischief, Outcome, reckon
from tests.benchmarks.follow_up.runs import Size

SMALL = Size(20, 3, Mischief(kills=5, freezes=1, restarts=1, jumps=1, trouble=5), workers=2, lease=5)


def test_rounds_under_faults_lose_nothing_and_double_nothing() -> None:
    found = runs.run("sqlite", "filesystem", SMALL, log=lambda _line: None)
    assert (found.lost, found.doubled, found.crowded) == (0, 0, 0), found
    assert found.ends == {MailState.SENT.value: 60}
    assert found.done["kill"] == 5, found
    assert found.done["freeze"] == 1, found


@dataclass
class Reached:
    """What there is to reckon with: the relay's list, the addresses, the database."""

    folder: Path
    engine: Engine
    addresses: tuple[str, ...] = ("a@example.org", "b@example.org")

    def took(self, *mails: tuple[str, str]) -> None:
        lines = [json.dumps({"to": to, "id": message, "subject": ""}) for to, message in mails]
        (self.folder / "taken.jsonl").write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("took", "lost", "doubled"),
    [
        ([("a@example.org", "<1>"), ("b@example.org", "<2>")], 0, 0),
        ([("a@example.org", "<1>")], 1, 0),
        ([("a@example.org", "<1>"), ("b@example.org", "<2>"), ("b@example.org", "<2>")], 0, 1),
        ([("a@example.org", "<1>"), ("b@example.org", "<2>"), ("b@example.org", "<3>")], 0, 1),
        ([("a@example.org", "<1>"), ("a@example.org", "<2>")], 1, 1),
    ],
)
def test_what_is_lost_or_doubled_is_counted(
    engine: Engine, settings: Settings, tmp_path: Path, took: list[tuple[str, str]], lost: int, doubled: int
) -> None:
    laid: Any = Reached(tmp_path, engine)
    laid.took(*took)
    outcome = Outcome(expected=2)
    reckon(outcome, laid, rounds=1)
    assert (outcome.lost, outcome.doubled) == (lost, doubled)
