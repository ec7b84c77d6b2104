"""The modules on which it turns who may read and do what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NAMED = (
    "secretariat/core/labels.py",
    "secretariat/core/labelling.py",
    "secretariat/core/viewer.py",
    "secretariat/core/session.py",
    "secretariat/core/statements.py",
    "secretariat/directory/viewers.py",
    "secretariat/directory/emergencies.py",
    "secretariat/pages/access.py",
    "secretariat/processes/clauses.py",
)


def access_modules(root: Path = ROOT) -> list[str]:
    """Paths below the root, in a constant order. A module that became a package is all modules of the package."""
    return [*(path for name in NAMED for path in _files(root, name)), *_policies(root)]


def _files(root: Path, name: str) -> Iterator[str]:
    package = (root / name).with_suffix("")
    if (root / name).exists():
        yield name
        return
    found = sorted(package.glob("*.py"))
    if not found:
        raise FileNotFoundError(f"{name} is gone; say in tests/mutation/modules.py where access is decided now")
    yield from (str(one.relative_to(root)) for one in found)


def _policies(root: Path) -> Iterator[str]:
    yield from (str(one.relative_to(root)) for one in sorted((root / "secretariat").glob("*/policy.py")))
    yield from (str(one.relative_to(root)) for one in sorted((root / "secretariat").glob("*/policy/*.py")))


def dotted(path: str) -> str:
    """The name under which a module is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
