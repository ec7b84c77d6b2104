"""Letters in full, as each recipient will read them, on the page of the form that would send them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.mail.composition import Letter
from secretariat.mail.preview import Addressed, letters_before
from secretariat.pages.forms import Form, shown
from secretariat.pages.unit import db
from secretariat.processes.names import in_order, names_of

FIELD = "letter"
"""The name of the buttons that show a letter; their value is its place."""


@dataclass(frozen=True, slots=True)
class Before:
    """Whom letters would go to - place and words, in alphabetical order - and the one that is looked at."""

    recipients: list[tuple[int, str]]
    at: int
    to: str
    letter: Letter | None
    as_stranger: bool


def letters_first(process: UUID, act: Callable[[], object]) -> Before | None:
    """The letters that doing this would send, where they are asked for; None where it is to be done. Raises what
    `act` raises."""
    place = request.form.get(FIELD)
    if place is None:
        return None
    settings = current_app.extensions["settings"]
    number = int(place) if place.isdecimal() and len(place) < 5 else 0
    read: list[tuple[int, str]] = []  # the letters in the order of their recipients: which it is, and to whom

    def choose(addressed: Sequence[Addressed]) -> int:
        read[:] = _in_order(addressed, process)
        return read[number if number < len(read) else 0][0]

    found = letters_before(db(), settings, act, choose)
    at = next((at for at, (which, _to) in enumerate(read) if which == found.at), 0)
    to = read[at][1] if read else ""
    return Before([(at, to) for at, (_which, to) in enumerate(read)], at, to, found.letter, found.as_stranger)


def _in_order(addressed: Sequence[Addressed], process: UUID) -> list[tuple[int, str]]:
    """Recipients in alphabetical order, each before its alternate, a network last; by their place among the letters."""
    named = names_of(db(), (one.hat.id for one in addressed), process=process)
    order = {key: number for number, key in enumerate(in_order(named))}

    def words(one: Addressed) -> str:
        name = str(named[one.hat.id]) if one.hat.id in named else _("the civil-society network")
        return _("%(participant)s, alternate", participant=name) if one.is_alternate else name

    def place_of(which: int) -> tuple[int, bool]:
        one = addressed[which]
        return order.get(one.hat.id, len(order)) if one.hat.id else len(order), one.is_alternate

    return [(which, words(addressed[which])) for which in sorted(range(len(addressed)), key=place_of)]


def with_letters(form: Form, before: Before | None, template: str, **context: Any) -> ResponseReturnValue:
    """The page of a form, with the letters where they were asked for: then nothing is wrong with it."""
    if before is not None and not form.wrong():
        return make_response(render_template(template, form=form, before=before, **context))
    return shown(form, template, before=None, **context)
