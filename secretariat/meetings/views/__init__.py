"""Pages of meetings."""

from __future__ import annotations

from flask import Flask, url_for

from secretariat.core.languages import lazy_gettext as _l
from secretariat.meetings import awaits, letters
from secretariat.meetings.views import (
    agenda,
    all_documents,
    busy,
    calendar,
    calling,
    delegations,
    drafts,
    guests,
    invitations,
    joint,
    lists,
    meetings,
    milestones,
    notes,
    onward,
    outcomes,
    papers,
    preparing,
    proposals,
    reporting,
    revising,
    scheduling,
    year,
)
from secretariat.meetings.views.base import blueprint
from secretariat.pages import place, shell

__all__ = [
    "agenda",
    "all_documents",
    "awaits",
    "blueprint",
    "busy",
    "calendar",
    "calling",
    "delegations",
    "drafts",
    "guests",
    "init",
    "invitations",
    "joint",
    "letters",
    "lists",
    "meetings",
    "milestones",
    "notes",
    "onward",
    "outcomes",
    "papers",
    "preparing",
    "proposals",
    "reporting",
    "revising",
    "scheduling",
    "year",
]


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    entry = shell.NavigationEntry(20, _l("Meetings"), "meetings.index", _address, beneath=("arrangements",))
    shell.add_to_navigation(app, entry)


def _address() -> str | None:
    here = place.here()
    return url_for("meetings.index", slug=here.slug) if here else None
