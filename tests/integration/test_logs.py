"""What stands in the log: what happened and where, and nothing that somebody wrote."""

import pytest
import structlog
from flask import Flask

SECRET = "Return of twelve children"


def write(letter: str) -> None:
    raise ValueError(f"not {len(letter)}")


def test_a_traceback_holds_no_values(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is installed beside the product: rich would write every local name with what it holds."""
    assert app.name == "secretariat"
    letter = SECRET
    try:
        write(letter)
    except ValueError:
        structlog.get_logger().exception("mail cannot be composed", mail="one")
    said = capsys.readouterr().out
    assert "mail cannot be composed" in said
    assert "mail=one" in said
    assert "ValueError: not 25" in said
    assert SECRET not in said
