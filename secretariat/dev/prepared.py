"""Whether the database of `make run` is ready, told without opening it.

On the embedded database preparing is left out while nothing it depends on has changed: it takes longer than all else.
"""

import hashlib
from pathlib import Path

from config import PROJECT_ROOT, Settings

DEPENDS_ON = (
    "migrations/versions/*.py",
    "secretariat/reference/**/*",
    "secretariat/demonstration/**/*",
    "requirements/*",
)
EMBEDDED = "sqlite:///"


def is_done(settings: Settings) -> bool:
    """Whether every step was done on this database, as the steps are now."""
    mark = _mark(settings)
    return (
        settings.on_sqlite and _database(settings).exists() and mark.exists() and mark.read_text() == _state(settings)
    )


def mark_done(settings: Settings) -> None:
    if settings.on_sqlite:
        _mark(settings).write_text(_state(settings))


def _mark(settings: Settings) -> Path:
    return settings.private_folder() / "prepared"


def _database(settings: Settings) -> Path:
    return Path(settings.database_url.partition(EMBEDDED)[2])


def _state(settings: Settings) -> str:
    """What the steps depend on, as one digest: code, data, and which database it is."""
    digest = hashlib.sha256(f"{settings.database_url} {_database(settings).stat().st_ino}".encode())
    for pattern in DEPENDS_ON:
        for path in sorted(PROJECT_ROOT.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()
