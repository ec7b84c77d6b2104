"""Everything a page needs, put into an application in the right order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from secretariat.core import journal
from secretariat.pages import (
    addresses,
    compression,
    errors,
    forms,
    headers,
    icons,
    languages,
    macros,
    marks,
    said,
    shell,
    static,
    statuses,
    unit,
)


def install(
    app: Flask,
    *,
    describe: Callable[[], shell.Shell] | None = None,
    reader_choice: languages.ReaderChoice | None = None,
    label_wording: marks.Wording | None = None,
    label_readers: marks.Readers | None = None,
) -> None:
    """Equip `app`; before the unit of work is, so that its answer is what gets headers and is compressed.

    `describe` gives the frame of a page, `reader_choice` the language and zone of who is signed in, `label_wording` the
    words of a label, `label_readers` the address at which a thing's readers stand. What runs after a request runs in
    reverse order: compression last.
    """
    app.jinja_env.template_class = macros.PageTemplate
    app.jinja_env.context_class = macros.PageContext
    app.jinja_env.code_generator_class = macros.PageCode
    compression.install(app)
    headers.install(app)
    static.install(app)
    languages.install(app, reader_choice)
    addresses.install(app)
    forms.install(app)
    said.install(app, _recall)
    marks.install(app, label_wording, label_readers)
    shell.install(app, describe)
    errors.install(app)
    app.jinja_env.globals.update(icon=icons.icon, icon_sprite=icons.sprite, shown_status=statuses.shown_status)


def _recall(nonce: str) -> list[Any]:
    kept = journal.said_with(unit.db(), nonce)
    if kept:
        unit.note(journal.unsay(nonce))
    return kept
