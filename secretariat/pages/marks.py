"""How a label looks, and the heaviest mark of the page.

Every label shown is noted while the page is rendered; the banner at its head follows from the heaviest, so that no view
can forget it. What a page shows without its label it marks by `mark(label)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g

from secretariat.core import readings
from secretariat.core.database import Labelled
from secretariat.core.labels import Level
from secretariat.core.viewer import HatKind
from secretariat.core.wording import ShownLabel, banner_sentence, heavier, level_in_words
from secretariat.pages import unit

Wording = Callable[[int], ShownLabel]
Readers = Callable[[Labelled], str]


def install(app: Flask, wording: Wording | None = None, readers: Readers | None = None) -> None:
    """`wording` turns the key of a label into words, in the reader's language and the words of its process; `readers`
    gives the address at which a thing's readers stand, empty where nobody is asked about it."""
    app.extensions["label_wording"] = wording
    app.extensions["readers_of"] = readers
    app.jinja_env.globals.update(
        shown_label=shown_label,
        mark=mark,
        opened=opened,
        is_recorded=is_recorded,
        log_address=log_address,
        heaviest_mark=heaviest_mark,
        led_to_readers=led_to_readers,
        banner_sentence=lambda shown: banner_sentence(shown, recorded="opened" in g),
    )


def shown_label(label: Any) -> ShownLabel:
    """A label in words: of a labelled thing, of the key of a label, or of a level alone. Words stay as they are."""
    if isinstance(label, ShownLabel):
        return label
    if isinstance(label, Labelled):
        return _of_thing(label)
    return _of_key(label)


def _of_thing(thing: Labelled) -> ShownLabel:
    """Once a request for each thing under each label: a page shows that of its own thing time and again."""
    met: dict[tuple[Labelled, int], ShownLabel] = g.setdefault("labels_of_things", {})
    shown = met.get((thing, thing.label_id))
    if shown is None:
        shown = met[thing, thing.label_id] = _with_readers(_of_key(thing.label_id), thing)
    return shown


def _of_key(key: Any) -> ShownLabel:
    if isinstance(key, int):
        wording: Wording = current_app.extensions["label_wording"]
        return wording(key)
    level = Level(key)
    return ShownLabel(level.value, level_in_words(level, {}))


def _with_readers(shown: ShownLabel, thing: Labelled) -> ShownLabel:
    """Every labelled thing leads to who can read it, so that no feature can forget it."""
    readers: Readers | None = current_app.extensions["readers_of"]
    if unit.viewer().hat.kind is HatKind.PROTOCOL:
        return shown  # that page is none of those that open under this hat
    address = readers(thing) if readers is not None else ""
    return replace(shown, readers_address=address) if address else shown


def mark(label: Any) -> str:
    """Note that the page shows something under this label. Writes nothing where it stands."""
    shown = shown_label(label)
    g.heaviest_mark = heavier(g.get("heaviest_mark"), shown)
    return ""


def opened(thing: Any, *, as_paper: bool = False) -> str:
    """Note that the page is that of this thing, not one that names it: for named readers its opening is recorded.
    Writes nothing where it stands."""
    if thing is None:
        return ""
    mark(thing)
    if isinstance(thing, Labelled) and shown_label(thing).level == Level.NAMED:
        kind, key = thing.__tablename__, thing.id  # type: ignore[attr-defined]
        if readings.is_recorded(unit.db(), thing):
            unit.opened((kind, key), readings.visit(unit.viewer(), kind, key, as_paper=as_paper))
        if _reads_signed_in() and readings.tells(unit.db(), thing):
            g.log_address = f"/readers/{kind}/{key}/log"
    return ""


def _reads_signed_in() -> bool:
    """Whether the reader is signed in as the one who reads; not whoever came by the link of a mail, whom the page of
    the log would ask for a password."""
    signed_in, _hat = current_app.extensions["identify"]()
    return signed_in is not None and signed_in == unit.viewer().person


def opened_among(things: Iterable[Labelled]) -> None:
    """Note that things for named readers stand open, word for word, on a page that is not theirs: each is recorded as
    on its own page, all of them at once, and the banner leads to the log of none of them."""
    recorded: list[tuple[str, UUID]] = []
    for thing in things:
        mark(thing)
        if shown_label(thing).level == Level.NAMED and readings.is_recorded(unit.db(), thing):
            recorded.append((thing.__tablename__, thing.id))  # type: ignore[attr-defined]
    if recorded:
        unit.opened(tuple(recorded), readings.visits(unit.viewer(), recorded))


def handed_out(thing: Labelled) -> None:
    """Note that a file of this thing is handed out: from Members only upwards that is recorded."""
    mark(thing)
    if readings.is_recorded(unit.db(), thing, least=Level.MEMBERS):
        kind, key = thing.__tablename__, thing.id  # type: ignore[attr-defined]
        unit.opened((kind, key), readings.visit(unit.viewer(), kind, key, as_paper=True))


def handed_out_together(things: Iterable[tuple[Labelled, Level]]) -> None:
    """Note that these things are handed out in one file: each is recorded from its level upwards as when it is opened
    alone, all of them at once."""
    recorded: list[tuple[str, UUID]] = []
    for thing, least in things:
        mark(thing)
        if readings.is_recorded(unit.db(), thing, least=least):
            recorded.append((thing.__tablename__, thing.id))  # type: ignore[attr-defined]
    if recorded:
        unit.opened(tuple(recorded), readings.visits(unit.viewer(), recorded, as_paper=True))


def is_recorded(label: Any) -> bool:
    """Whether opening what carries this label will be recorded for the reader; said where a link to it stands.

    Of the key of a label alone it is known who else reads, and not whose paper it is.
    """
    if shown_label(label).level != Level.NAMED:
        return False
    if isinstance(label, Labelled):
        return readings.is_recorded(unit.db(), label)
    return isinstance(label, int) and readings.is_shared(unit.db(), label)


def log_address() -> str:
    """Where the reader finds who opened the thing of this page; empty where that is not for this reader."""
    address: str = g.get("log_address", "")
    return address


def led_to_readers(address: str) -> bool:
    """Whether the page leads there already; from now on it does."""
    met: set[str] = g.setdefault("ways_to_readers", set())
    if address in met:
        return True
    met.add(address)
    return False


def heaviest_mark() -> ShownLabel | None:
    """The heaviest label noted on this page, from Members only upwards; None below."""
    heaviest: ShownLabel | None = g.get("heaviest_mark")
    return heaviest if heaviest and heaviest.weight >= Level.MEMBERS.weight else None
