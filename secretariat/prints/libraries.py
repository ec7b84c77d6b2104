"""What the press needs of the machine: libraries that draw letters. Looked for without loading any of them."""

from __future__ import annotations

from ctypes.util import find_library

NEEDED = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}
"""Libraries, and the Debian packages they come in."""

_present: set[str] = set()


def missing_packages() -> list[str]:
    """Packages this machine lacks for making PDF. What was found once is not looked for again; what was installed
    meanwhile is found without a new start."""
    _present.update(name for name in NEEDED if name not in _present and find_library(name))
    return [package for name, package in NEEDED.items() if name not in _present]
