"""What other features show on the page of a process: past meetings, outcomes, focal points.

A feature above enters a section; the page asks each for what there is under the reader's eyes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from secretariat.core.viewer import Viewer
from secretariat.processes.models import Process

Load = Callable[[Session, Viewer, Process], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: `load` gives the context its template is rendered with, or None for nothing to show.

    `id` is its anchor, `words` its heading, `order` its place among the others.
    """

    id: str
    order: int
    words: Any
    template: str
    load: Load


_sections: dict[str, Section] = {}


def enter(section: Section) -> None:
    """Enter a section; the same one may be entered again."""
    _sections[section.id] = section


def entered() -> list[Section]:
    """All sections, in order."""
    return sorted(_sections.values(), key=lambda one: (one.order, one.id))
