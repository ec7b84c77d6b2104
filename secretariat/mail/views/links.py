"""Pages behind links from mails: who may open them, and the one page of every link that does not open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from uuid import UUID

from flask import Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from config import Settings
from secretariat.core import journal
from secretariat.core.viewer import Hat, HatKind
from secretariat.mail import links, service
from secretariat.mail.links import OpenedLink, Refusal
from secretariat.mail.views.rooms import blueprint
from secretariat.pages import access, languages, refusals, shell, unit
from secretariat.pages.forms import Form

AGAIN_WINDOW = timedelta(hours=1)
AGAIN_MOST = 10


def settings() -> Settings:
    """The installation's settings."""
    found: Settings = current_app.extensions["settings"]
    return found


def by_link(scope: str) -> Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]:
    """Mark a view as the page behind links of one scope.

        @blueprint.route("/l/<token>/accept", methods=["GET", "POST"])
        @by_link("accept")
        def accept(link: OpenedLink) -> ResponseReturnValue: ...

    The view runs with the eyes of the link's person under the link's hat, and opens nothing but `link.subjects`. What
    it does not find, and every link that does not open, is one page with a way to ask for a new link. A GET changes
    nothing.
    """

    def mark(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def opened(token: str, **more: Any) -> ResponseReturnValue:
            link = _resolved(token, scope)
            if isinstance(link, Refusal):
                refusals.note(refusals.LINK_REFUSED, scope=scope, reason=link.reason)
                access.authorise(True)
                return closed(token)
            unit.act_as(link.person, link.hat)
            languages.read_as(link.language, link.zone, link.commitment_words)
            access.authorise(True)
            try:
                return view(link, **more)
            except NotFound:
                return closed(token)

        return access.capability(scope)(opened)

    return mark


Lender = Callable[[UUID], tuple[UUID, Hat] | None]


def by_lent_link(scope: str, lender: Lender) -> Callable[[Callable[..., Any]], Callable[..., ResponseReturnValue]]:
    """Mark a view as the page of a colleague to whom one thing was lent, behind links of one scope.

    It is called as that of `by_link`, with the eyes of whom `lender` names for the link's subject: the colleague has
    none here, and what the lender may not read any more is not lent any more.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def opened(token: str, **more: Any) -> ResponseReturnValue:
            access.authorise(True)
            link = links.resolve(unit.engine(), settings().secret_key, token, scope)
            lent_by = None if isinstance(link, Refusal) else lender(link.subjects[0])
            if isinstance(link, Refusal) or lent_by is None:
                reason = link.reason if isinstance(link, Refusal) else "nothing lent"
                refusals.note(refusals.LINK_REFUSED, scope=scope, reason=reason)
                return closed(token)
            unit.act_as(*lent_by)
            languages.read_as(link.language, link.zone, link.commitment_words)
            try:
                return cast("ResponseReturnValue", view(link, **more))
            except NotFound:
                return closed(token)

        return access.capability(scope)(opened)

    return mark


def _resolved(token: str, scope: str) -> OpenedLink | Refusal:
    link = links.resolve(unit.engine(), settings().secret_key, token, scope)
    if isinstance(link, Refusal) or link.hat.kind is HatKind.NOBODY:
        return link
    viewer = current_app.extensions["make_viewer"](unit.engine(), link.person, link.hat)
    if link.process is not None and not viewer.belongs_to(link.process, [link.track] if link.track else []):
        return Refusal("appointment ended", link.id)
    return link


def closed(token: str) -> Response:
    """The one page of every link that does not open."""
    g.shell = shell.bare_shell()
    form = Form(formdata=None)
    return make_response(render_template("mail_pages/closed.html", token=token, form=form), 404)


@blueprint.post("/l/again")
@access.public("whoever holds an old link may ask for a new one; it goes to the address on record, nowhere else")
def again() -> ResponseReturnValue:
    """Ask for a new link. The answer is the same whether there is something to send or not."""
    g.shell = shell.bare_shell()
    source = refusals.source()
    if journal.tries(unit.db(), "new link", source, AGAIN_WINDOW) < AGAIN_MOST:
        service.ask_for_new_link(unit.db(), settings().secret_key, request.form.get("token", "")[:100])
    unit.note(journal.count_try("new link", source, AGAIN_WINDOW))
    return render_template("mail_pages/asked.html")
