"""What went wrong, in the product's own clothes.

Not found and not allowed are one page with one text. The others say what happened, whether anything was kept, and what
to do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import uuid4

from flask import Flask, abort, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from secretariat.core.database import lost_a_race
from secretariat.core.labelling import ContainerGone
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed
from secretariat.pages import refusals
from secretariat.pages.shell import bare_shell

log = logging.getLogger(__name__)
Answer = tuple[str, int]
_NEVER_SAID = ("csrf_token", "nonce", "version")
FEWEST_WORDS = 3
"""Words of what was typed from which on it is worth being copied."""


def install(app: Flask) -> None:
    """Pages for everything that can go wrong."""
    app.before_request(_refuse_what_no_database_keeps)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(DBAPIError, _undone)
    app.register_error_handler(ContainerGone, _missing)
    app.register_error_handler(HTTPException, _refused)


def _refuse_what_no_database_keeps() -> None:
    """No address of this site holds the character NUL, and PostgreSQL takes it in no text."""
    if "\0" in request.path or any("\0" in value for values in request.args.listvalues() for value in values):
        abort(404)


def _forged(_error: CSRFError) -> Answer:
    refusals.note(refusals.FORGED_FORM)
    return _plain(
        400,
        _("This form has waited too long"),
        _(
            "Nothing was saved. Your session has ended or the form was opened in another one. Go back, load the page "
            "again and save once more; what you typed may still be there."
        ),
        typed=_typed(),
    )


def _typed() -> list[str]:
    """Texts that were typed into a form of this site, to be copied: who lost the cookie itself cannot be told from
    anybody, so that nothing is kept here. What another site sends is not said in this one's name."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    return [
        value.strip()
        for name, values in request.form.lists()
        for value in values
        if name not in _NEVER_SAID and "password" not in name and len(value.strip().split()) >= FEWEST_WORDS
    ]


def _not_allowed(error: NotAllowed) -> Answer:
    """What a service did not allow although its page was opened: rights may end between the one and the other."""
    log.warning("not allowed by a service", exc_info=error)
    refusals.note_not_theirs()
    return render_template("errors/not_found.html"), 404


def _stale(_error: Exception | None) -> Answer:
    return _plain(
        409,
        _("This was not saved."),
        _("What is here was changed while you were saving. Go back, load the page again, compare and save once more."),
    )


def _missing(_error: ContainerGone) -> Answer:
    """Raised from its readers, or its readers' rights ended, while something was being put into it."""
    return render_template("errors/not_found.html"), 404


def _undone(error: DBAPIError) -> Answer:
    """Two waited for each other's locks, and this one had to let go."""
    if lost_a_race(error):
        return _stale(error)
    raise error


def _refused(error: HTTPException) -> Answer | HTTPException:
    code = error.code or 500
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, StaleDataError) or lost_a_race(cause):
        return _stale(cause)
    if error.response is not None or code < 400:
        return error
    if code in (401, 403, 404, 405, 410):
        return render_template("errors/not_found.html"), 404
    if code == 413:
        return _plain(
            413, _("This is too large"), _("Nothing was saved. A file or text is larger than can be taken here.")
        )
    if code == 422:
        return _plain(
            422, _("This could not be read"), _("Nothing was saved. Something in what was sent does not fit.")
        )
    if code == 429:
        return _plain(
            429, _("A moment"), _("There were many attempts in a short time. Wait a few minutes, then try again.")
        )
    if code == 503:
        return _plain(503, _("Back in a moment"), _("The service is being looked after. Nothing you saved is lost."))
    if code >= 500:
        return _failed(cause or error)
    return _plain(code, _("This could not be read"), _("Nothing was saved. Load the page again and try once more."))


def _failed(error: Exception) -> Answer:
    reference = uuid4().hex[:8]
    log.error("request failed, reference %s", reference, exc_info=error)
    # The frame may be what failed: a page that says so needs nothing but itself.
    g.shell = bare_shell()
    return _plain(
        500,
        _("Something went wrong here"),
        _("This is our fault, not yours. Nothing was saved halfway. Try again in a moment, or ring the Secretariat."),
        reference,
    )


def _plain(code: int, heading: str, sentence: str, reference: str = "", typed: Sequence[str] = ()) -> Answer:
    said = {"heading": heading, "sentence": sentence, "reference": reference, "typed": typed}
    return render_template("errors/plain.html", **said), code
