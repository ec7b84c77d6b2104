"""What features enter in the registries of lower rooms, for whoever needs it without the web: the worker and commands.

A feature that writes mails does so in its module `letters`; one that awaits something of somebody, in `awaits`; one
with long work or papers, in `works`; one with a part on the page of a process, in `sections`; its labelled kinds, in
`kinds`; how papers word labels and readers, in `paper`; what happens once and can be waited for, in `events`; what an
agenda could take up, in `matters`; what became of outcomes, in `lineage`; the words its things are found by, in
`searched`; what stands on the timeline of a process, in `moments`. All enter themselves when they are imported.
"""

from __future__ import annotations

from importlib import import_module

from secretariat.core.features import modules_named

MODULES = (
    "letters", "awaits", "works", "sections", "kinds", "paper", "events", "matters", "lineage", "searched", "moments",
)  # fmt: skip


def fill() -> None:
    """Import those modules of every feature."""
    for name in modules_named(*MODULES):
        import_module(name)
