"""What features enter in the registries of lower rooms, for whoever needs it without the web: the worker and commands.

A feature that writes mails does so in its module `letters`; one that awaits something of somebody, in `awaits`; one
with long work or papers, in `works`; one with a part on the page of a process, in `sections`; its labelled kinds, in
`kinds`; how papers word labels and readers, in `paper`; what happens once and can be waited for, in `events`; what an
agenda could take up, in `matters`; what became of outcomes, in `lineage`; the words its things are found by, in
`searched`; what stands on the timeline of a process, in `moments`. All enter themselves when they are imported.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import secretariat

MODULES = (
    "letters", "awaits", "works", "sections", "kinds", "paper", "events", "matters", "lineage", "searched", "moments",
)  # fmt: skip


def fill() -> None:
    """Import those modules of every feature."""
    for name in _entered():
        import_module(name)


@cache
def _entered() -> tuple[str, ...]:
    """Names of those there are. Looked for once a process: where every test makes an application of its own, a tenth of
    making one was spent on looking."""
    packages = sorted(found.name for found in iter_modules(secretariat.__path__) if found.ispkg)
    names = (f"secretariat.{package}.{module}" for package in packages for module in MODULES)
    return tuple(name for name in names if find_spec(name) is not None)
