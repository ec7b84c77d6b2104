"""Pages to sign in and out and to choose a hat."""

from __future__ import annotations

import json
import secrets
from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from secretariat.accounts import identity, queries, service, sessions, throttles
from secretariat.accounts.forms import HatForm, SignInForm
from secretariat.accounts.models import User
from secretariat.core import clock, journal, sealing
from secretariat.core.languages import current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.viewer import NOBODY, Hat
from secretariat.directory import hats, viewers
from secretariat.pages import access, unit
from secretariat.pages.forms import AGAIN, shown
from secretariat.pages.said import say

blueprint = Blueprint("accounts", __name__)
TOO_MANY = 429


@blueprint.route("/account/sign-in", methods=["GET", "POST"])
@access.public("those who have not signed in come here to do so")
def sign_in() -> ResponseReturnValue:
    """Sign in with address and password."""
    form = SignInForm()
    if not form.ready():
        return shown(form, "accounts/sign_in.html", onward=identity.next_address(), expired=identity.has_expired())
    address = queries.as_kept(form.email.data)
    counted = [(throttles.SIGN_IN_ADDRESS, address), (throttles.SIGN_IN_SOURCE, identity.source())]
    if throttles.is_over(unit.db(), *counted):
        unit.note(journal.security_event("sign-in held up", source=identity.source()))
        return render_template("accounts/held_up.html"), TOO_MANY
    user = service.right_user(unit.db(), address, form.password.data)
    if user is None:
        return _refused(form, counted)
    return entered(user)


def _refused(form: SignInForm, counted: list[throttles.Counted]) -> ResponseReturnValue:
    for entry in throttles.entries(counted):
        unit.note(entry)
    unit.note(journal.security_event("sign-in refused", source=identity.source()))
    form.refuse(_("Address and password do not belong together. Try again, or have a link sent."))
    return shown(form, "accounts/sign_in.html", onward=identity.next_address(), expired=False)


def entered(user: User) -> ResponseReturnValue:
    """Begin a session for a user who has just proved who it is, and go on to where it was wanted."""
    onward = identity.next_address()
    key, worn, opener = session.pop(identity.KEPT, None) or ("", "", "")
    kept = bool(key) and queries.kept_form(unit.db(), UUID(key), user.id) is not None
    wished = Hat.parse(worn) if kept else None
    held = viewers.hats_of(unit.db(), user.person_id, clock.today())
    hat = service.first_hat(wished, held)
    identity.enter(user, hat)
    if kept:
        session[identity.KEPT] = [key, worn, opener]
    unit.note(journal.security_event("signed in", user=user.id, source=identity.source()))
    if kept:
        onward = url_for("accounts.kept_form")
    if hat is None:
        return redirect(url_for("accounts.choose_hat", next=onward), 303)
    return redirect(onward, 303)


@blueprint.post("/account/sign-out")
@access.public("a session that has just ended must be left as quietly as one that has not")
def sign_out() -> ResponseReturnValue:
    """End this session, here and in the database."""
    one = identity.signed_in()
    if one is not None:
        sessions.end(unit.db(), one.session)
    identity.leave()
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/account/hat", methods=["GET", "POST"])
@access.signed_in
def choose_hat() -> ResponseReturnValue:
    """Choose under which appointment to act."""
    one = me()
    worn = hats.hats_in_words(unit.db(), one.person, unit.viewer().on, current_reading().language.code)
    form = HatForm()
    form.hat.choices = [(str(hat.hat), hat.words) for hat in worn]
    if form.ready():
        sessions.put_on(unit.db(), one.session, Hat.parse(form.hat.data))
        session.pop("process", None)
        say(_("You act as %(hat)s.", hat=dict(form.hat.choices)[form.hat.data]))
        return redirect(identity.next_address(), 303)
    if request.method == "GET" and one.hat_held:
        form.hat.data = str(one.hat)
    ended = one.hat != NOBODY and not one.hat_held
    return shown(form, "accounts/hat.html", worn=worn, onward=identity.next_address(), ended=ended)


@blueprint.get("/account/kept-form")
@access.signed_in
def kept_form() -> ResponseReturnValue:
    """What was typed when the session had run out, offered again to the person who typed it, under the same hat."""
    key, hat, opener = session.get(identity.KEPT) or ("", "", "")
    kept = queries.kept_form(unit.db(), UUID(key), me().user) if key else None
    words = sealing.unseal(kept.sealed, opener) if kept is not None else None
    if words is None or hat != str(unit.viewer().hat):
        return render_template("accounts/kept_form.html", path="", elsewhere=words is not None)
    path, fields = json.loads(words)
    return render_template(
        "accounts/kept_form.html",
        path=path,
        fields=[(name, value) for name, value in fields if name != AGAIN],
        again=AGAIN if _has_a_page(path) else "",
        nonce=secrets.token_urlsafe(24),
    )


def _has_a_page(path: str) -> bool:
    """Whether the form that was sent there stands on a page of that address."""
    try:
        current_app.create_url_adapter(request).match(urlsplit(path).path, "GET")  # type: ignore[union-attr]
    except HTTPException:
        return False
    return True


@blueprint.post("/account/kept-form")
@access.signed_in
def drop_kept_form() -> ResponseReturnValue:
    """Throw away what was kept."""
    key, *_opener = session.pop(identity.KEPT, None) or ("",)
    if key:
        service.drop_kept_form(unit.db(), UUID(key), me().user)
    say(_("Thrown away. Nothing was saved."))
    return redirect(identity.HOME, 303)


def me() -> sessions.SignedIn:
    """Who is signed in here."""
    return access.found(identity.signed_in())
