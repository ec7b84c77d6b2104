"""Forms that keep what was typed, answer a second click with the first answer and show both texts of a stale save.

    form = MeetingForm(obj=meeting)
    if form.ready(meeting):
        service.reschedule(db(), meeting, form.begin.data)
        return done(_("Saved. ..."), url_for("meetings.show", meeting_id=meeting.id))
    return shown(form, "meetings/edit.html", meeting=meeting)

Every form carries a token against forgery that lives as long as the session, a nonce (the unit of work writes the
answer under it) and, for a row with a version, the version it was made from.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from flask import Flask, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect, FlaskForm
from markupsafe import Markup
from werkzeug import Response
from wtforms import HiddenField

from secretariat.core.languages import LANGUAGES, ngettext, templating
from secretariat.core.languages import gettext as _
from secretariat.core.languages.words import language_name
from secretariat.core.localtext import LocalText
from secretariat.core.refusals import Refused
from secretariat.pages import unit
from secretariat.pages.said import say

UNPROCESSABLE, CONFLICT = 422, 409
AGAIN = "opened_again"
"""The name under which a page says that it brings back what was typed."""
_UNSEEN = ("csrf_token", "nonce", "version")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved the same row since this form was opened. `standing`: what stands now, by name of field."""

    standing: dict[str, str] = field(default_factory=dict)
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AsShown:
    """What a page showed beside a form that has no fields of it: whoever decides on it has seen that, and no other.

    seen = as_shown(outcome.version)
    form = ConfirmationForm(data={"version": seen.version})
    if form.ready(seen): ...
    """

    version: str


def as_shown(*parts: object) -> AsShown:
    """What a page shows, by the versions and keys of the rows it shows."""
    return AsShown(hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:16])


class _Messages:
    """WTForms' own messages in the reader's language; ours are said by the fields."""

    def gettext(self, text: str) -> str:
        return _(text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        return ngettext(one, many, number)


class Form(FlaskForm):
    """Base of all forms."""

    class Meta:
        def get_translations(self, _form: Any) -> _Messages:
            return _Messages()

    nonce = HiddenField(default=lambda: secrets.token_urlsafe(24))
    version = HiddenField()
    _made_with: tuple[tuple[Any, ...], dict[str, Any]]

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Remember what a form was made with: of a stale save the same form is made again, of what stands now."""
        made: Self = super().__new__(cls)
        made._made_with = args, kwargs
        return made

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: Conflict | None = None
        self._refusals: list[str] = []
        if not self.nonce.data or len(self.nonce.data) > 64:
            self.nonce.data = secrets.token_urlsafe(24)

    def ready(self, row: Any = None, *, who: str = "", at: datetime | None = None) -> bool:
        """Whether this was sent, is well filled in, and was made from the present version of `row`.

        `who` and `at` say who changed the row and when, if it was changed since.
        """
        if not self.validate_on_submit():
            return False
        if row is None or self.version.data == str(row.version):
            return True
        self.conflict = Conflict({} if isinstance(row, AsShown) else self._standing(row), who, at)
        self.version.data = str(row.version)
        return False

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """As Flask-WTF's. A form that is opened again is looked at first: nothing is wrong with it yet."""
        return not opened_again() and bool(super().validate_on_submit(extra_validators))

    def refuse(self, message: Any, name: str | None = None) -> None:
        """Say what a service found wrong, beside the field `name` or at the head of the form."""
        if name is None:
            self._refusals.append(str(message))
        else:
            one = self[name]
            one.errors = [*one.errors, str(message)]

    def tell(self, refused: Refused, fields: Mapping[str, str] | None = None) -> None:
        """Say what a service refused: beside its field, or at the head of a form that has none of that name.

        `fields` says under which name this form has what the service calls otherwise.
        """
        name = (fields or {}).get(refused.field or "", refused.field)
        self.refuse(refused.sentence, name if name in self else None)

    def wrong(self) -> list[tuple[str, str]]:
        """What is wrong: pairs of the id of a field (empty for the whole form) and a sentence, one a field."""
        return [("", refusal) for refusal in self._refusals] + [
            (one.id, first_error(one.errors)) for one in self if one.errors and one.name not in _UNSEEN
        ]

    def _standing(self, row: Any) -> dict[str, str]:
        """What stands now where something else was typed. A form that its page filled from other than a row keeps that:
        it was worked out from what stands now, too."""
        args, given = self._made_with
        source = {} if "obj" in given or "data" in given else {"obj": row}
        present = type(self)(*args, **{**given, **source, "formdata": None, "meta": {"csrf": False}})
        return dict(self._differences(present))

    def _differences(self, present: Form) -> Iterator[tuple[str, str]]:
        for one in self:
            if one.name not in _UNSEEN and one.short_name in present._fields:
                stands = present[one.short_name]
                if hasattr(one, "choices"):
                    stands.choices = one.choices  # offered by the page after the form was made
                if (stands.data or None) != (one.data or None):  # empty and absent are the same to a reader
                    yield one.name, _other_words(stands, one.data)


def install(app: Flask) -> None:
    """Tokens against forgery that live as long as the session, on every form and every request that may write."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("WTF_I18N_ENABLED", False)
    CSRFProtect(app)
    app.jinja_env.globals["described"] = described
    app.jinja_env.filters["first_error"] = first_error


def opened_again() -> bool:
    """Whether what was typed into this form before is only brought back to it, to be looked at and then sent."""
    return request.method == "POST" and AGAIN in request.form


@contextmanager
def refusals(form: Form, fields: dict[str, str] | None = None) -> Iterator[None]:
    """What a service refuses stands in the form, beside its field, and the page shows what stood before.

    `fields` maps names of fields as the service has them to those of the form. What one may not do (`NotAllowed`) is
    answered for all pages alike, in `pages.errors`.
    """
    try:
        yield
    except Refused as refused:
        form.tell(refused, fields)
        unit.db().rollback()


def shown(form: Form, template: str, **context: Any) -> Response:
    """The page of a form: 200 as one meets it, 422 with what was typed, 409 where somebody else saved meanwhile."""
    code = 200
    if opened_again():
        pass
    elif form.conflict:
        code = CONFLICT
    elif form.wrong() or request.method == "POST":
        code = UNPROCESSABLE
    return make_response(render_template(template, form=form, **context), code)


def done(message: str | Markup, location: str, kind: str = "well") -> ResponseReturnValue:
    """Say what was kept, on the page that one is led to. By 303, so that reloading it sends nothing again."""
    say(message, kind)
    return redirect(location, 303)


def still_open(message: str, location: str, form: Form, template: str, **context: Any) -> Response:
    """Say what one button of a form did, and show the form with all else that was typed, still to be sent.

    The act stands under the nonce it came with: sent again, it is answered by `location` and done once.
    """
    say(message)
    unit.answered_at(location)
    form.nonce.data = secrets.token_urlsafe(24)
    return make_response(render_template(template, form=form, **context))


def first_error(errors: Any) -> str:
    """The first sentence said of a field; fields made of fields say the first of the first."""
    first = next(iter(errors.values() if isinstance(errors, dict) else errors), "")
    return first_error(first) if isinstance(first, list | dict) else str(first)


def in_words(one: Any) -> str:
    """The value of a field as a reader would write it."""
    value = one.data
    if isinstance(value, LocalText):
        return templating.local_text(value)
    choices = (
        {str(choice.value): str(choice.label) for choice in one.iter_choices()} if hasattr(one, "iter_choices") else {}
    )
    if isinstance(value, list | tuple):
        return templating.words_list([choices.get(str(part), str(part)) for part in value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "–"
    return choices.get(str(value), one._value() if hasattr(one, "_value") else str(value))


def _other_words(stands: Any, typed: Any) -> str:
    """What stands now in a field, where something else was typed: of a text in several languages, each in which the two
    differ, by name. The reader's own alone would hide what somebody wrote in another, and it would be written over."""
    value = stands.data
    if not isinstance(value, LocalText) or not isinstance(typed, LocalText):
        return in_words(stands)
    codes = [one for one in LANGUAGES if value.texts.get(one, "") != typed.texts.get(one, "")]
    if set(value.texts) | set(typed.texts) == set(codes) and len(codes) == 1:
        return in_words(stands)
    return " · ".join(f"{language_name(one)}: {value.texts.get(one) or '–'}" for one in codes)


def described(one: Any, hint: Any = None, form: Form | None = None) -> dict[str, Any]:
    """Attributes that tie a control to what is said about it."""
    said = []
    if one.errors:
        said.append(f"{one.id}-why")
    if hint:
        said.append(f"{one.id}-hint")
    if form is not None and form.conflict and one.name in form.conflict.standing:
        said.append(f"{one.id}-theirs")
    attributes: dict[str, Any] = {}
    if said:
        attributes["aria_describedby"] = " ".join(said)
    if one.errors:
        attributes["aria_invalid"] = "true"
    if one.flags.needed:
        attributes["aria_required"] = "true"
    return attributes
