"""What stands around every page: name, navigation, hat, language, banner, foot.

The shell is described once a request by a function which `create_app` gives; features enter their place in the
navigation. The page itself only says what is on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask, current_app, g, request
from markupsafe import Markup

from secretariat.core.languages import gettext as _
from secretariat.core.languages import reading_in_network
from secretariat.pages.place import GOVERNMENT


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    words: str
    address: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page, in the words of the process and the eyes of the reader."""

    name: str
    """The acronym of the process, or of the product where there is no process."""
    full_name: str = ""
    home: str = "/"
    hat: str = ""
    """The appointment one acts under, in words; empty for the public."""
    menu: Sequence[Link] = ()
    """What opens below the hat."""
    navigation: Sequence[Link] = ()
    find: str = ""
    """Address of the search page; without it there is no find form."""
    suggest: str = ""
    """Where what one may be looking for is asked while one types."""
    sign_in: str = ""
    """Address of the sign-in page, for those who are not signed in."""
    sign_out: str = ""
    """Address that signs out by POST."""
    track: str = GOVERNMENT
    foot: Sequence[str | Markup] = ()
    """Who to ring, and in which zone times are shown."""
    foot_links: Sequence[Link] = ()
    demonstration: bool = False
    notice: str = ""
    """What whoever reads under this hat is to know on every page."""
    alone: bool = False
    """Whether features are left out of the navigation: this hat opens nothing of theirs."""


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A feature's place in the navigation."""

    order: int
    words: Any
    """Lazy words from the catalogue."""
    endpoint: str
    address: Callable[[], str | None]
    """Where it leads for this reader, or None where it is not for this reader."""
    on_network: Any = None
    """What it is called on a network's side of the wall, where that differs."""
    beneath: tuple[str, ...] = ()
    """Blueprints of their own whose pages stand under this entry."""


@dataclass(slots=True)
class _Frame:
    describe: Callable[[], Shell]
    entries: list[NavigationEntry] = field(default_factory=list)
    find: Callable[[], tuple[str, str]] = lambda: ("", "")


def install(app: Flask, describe: Callable[[], Shell] | None = None) -> None:
    """Give every template its `shell`. `describe` is called once a request, when a page is rendered."""
    app.extensions["frame"] = _Frame(describe or bare_shell)
    app.context_processor(lambda: {"shell": present_shell()})


def bare_shell() -> Shell:
    """The frame of a page that belongs to no process."""
    return Shell(_("Secretariat"), demonstration=bool(current_app.config.get("DEMONSTRATION")))


def describe_with(app: Flask, describe: Callable[[], Shell]) -> None:
    """Describe the shell of every page by this function from now on."""
    app.extensions["frame"].describe = describe


def add_to_navigation(app: Flask, entry: NavigationEntry) -> None:
    """Enter a place in the navigation; entries stand in the order of their numbers."""
    entries = app.extensions["frame"].entries
    entries.append(entry)
    entries.sort(key=lambda one: one.order)


def find_at(app: Flask, addresses: Callable[[], tuple[str, str]]) -> None:
    """Put the find form on every page; it leads to the first of these addresses; the other one gives suggestions."""
    app.extensions["frame"].find = addresses


def present_shell() -> Shell:
    """The shell of this request."""
    if "shell" not in g:
        frame: _Frame = current_app.extensions["frame"]
        shell = frame.describe()
        # a page that speaks of both sides stands among the pages of one: their names are of that side
        with reading_in_network(shell.track != GOVERNMENT):
            own = () if shell.alone else tuple(_links(frame.entries, shell.track))
        find, suggest = ("", "") if shell.alone else frame.find()
        g.shell = replace(shell, navigation=(*shell.navigation, *own), find=find, suggest=suggest)
    present: Shell = g.shell
    return present


def _links(entries: Sequence[NavigationEntry], track: str) -> list[Link]:
    here = request.blueprint
    links = []
    for entry in entries:
        address = entry.address()
        if address is not None:
            words = entry.words if track == GOVERNMENT or entry.on_network is None else entry.on_network
            own = (entry.endpoint.partition(".")[0], *entry.beneath)
            links.append(Link(str(words), address, current=here in own))
    return links
