"""The page that says who may do what keeps up with the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "roles.md").read_text(encoding="utf-8")


def permissions_in_code() -> Iterator[str]:
    """Every name a route declares by `permission("...")`."""
    for path in sorted((ROOT / "secretariat").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if name == "permission" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


PERMISSIONS = sorted(set(permissions_in_code()))


def permissions_on_page() -> set[str]:
    table = PAGE.partition("## By permission")[2].partition("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    return {row for row in rows if row != "Permission"}


@pytest.mark.parametrize("name", PERMISSIONS)
def test_every_permission_of_a_route_stands_on_the_page(name: str) -> None:
    assert name in permissions_on_page()


def test_the_page_names_no_permission_that_is_gone() -> None:
    assert permissions_on_page() - set(PERMISSIONS) == set()
