"""Letters in full, as each recipient will read them, on the page of the form that would send them."""

from __future__ import annotations

from collections.abc import Callable
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
    found = letters_before(db(), settings, act, int(place) if place.isdecimal() and len(place) < 5 else 0)
    named = names_of(db(), (one.hat.id for one in found.addressed), process=process)

    order = {key: number for number, key in enumerate(in_order(named))}

    def words(one: Addressed) -> str:
        name = str(named[one.hat.id]) if one.hat.id in named else _("the civil-society network")
        return _("%(participant)s, alternate", participant=name) if one.is_alternate else name

    def place_of(place: int) -> tuple[int, bool]:
        one = found.addressed[place]
        return order.get(one.hat.id, len(order)) if one.hat.id else len(order), one.is_alternate

    said = [words(one) for one in found.addressed]
    ordered = [(place, said[place]) for place in sorted(range(len(said)), key=place_of)]
    to = said[found.at] if said else ""
    return Before(ordered, found.at, to, found.letter, found.as_stranger)


def with_letters(form: Form, before: Before | None, template: str, **context: Any) -> ResponseReturnValue:
    """The page of a form, with the letters where they were asked for: then nothing is wrong with it."""
    if before is not None and not form.wrong():
        return make_response(render_template(template, form=form, before=before, **context))
    return shown(form, template, before=None, **context)
