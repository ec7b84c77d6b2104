"""Pages of one's own account: password, address, language and zone, sessions."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts import identity, queries, service, sessions, throttles
from secretariat.accounts.forms import AddressForm, ChangePasswordForm, ReadingForm, weakness_in_words
from secretariat.accounts.models import User
from secretariat.accounts.service import WeakPasswordError
from secretariat.core import journal
from secretariat.core.languages import LANGUAGES, current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.pages import access, languages, unit
from secretariat.pages.forms import done, shown
from secretariat.pages.said import say

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("/")
@access.signed_in
def show() -> ResponseReturnValue:
    """One's own account."""
    user = _user()
    opened = queries.open_sessions(unit.db(), user)
    here = access.found(identity.signed_in()).session
    return render_template("accounts/account.html", user=user, sessions=opened, here=here)


@blueprint.route("/reading", methods=["GET", "POST"])
@access.signed_in
def reading() -> ResponseReturnValue:
    """The language and zone in which one reads."""
    user = _user()
    form = ReadingForm(obj=user)
    form.language.choices = [(code, LANGUAGES[code].own_name) for code in languages.offered()]
    if form.ready(user):
        service.choose_reading(unit.db(), user, form.language.data, form.zone.data or "")
        answer = redirect(url_for("account.show"), 303)
        answer.delete_cookie(languages.COOKIE)
        say(_("Saved. Pages and mails come in this language from now on."))
        return answer
    return shown(form, "accounts/reading.html")


@blueprint.route("/password", methods=["GET", "POST"])
@access.signed_in
def password() -> ResponseReturnValue:
    """Change one's password; all other sessions end."""
    user, form = _user(), ChangePasswordForm()
    if not form.ready():
        return shown(form, "accounts/password.html")
    counted = [(throttles.SIGN_IN_ADDRESS, user.email)]
    if throttles.is_over(unit.db(), *counted):
        return render_template("accounts/held_up.html"), 429
    try:
        right = service.change_password(unit.db(), user, form.present.data, form.password.data)
    except WeakPasswordError as weak:
        form.refuse(weakness_in_words(weak.weakness), "password")
        return shown(form, "accounts/password.html")
    if not right:
        for entry in throttles.entries(counted):
            unit.note(entry)
        form.refuse(_("This is not your present password"), "present")
        return shown(form, "accounts/password.html")
    unit.note(journal.security_event("password changed", user=user.id, source=identity.source()))
    identity.enter(user, unit.viewer().hat)
    return done(_("Saved. You are signed out everywhere else."), url_for("account.show"))


@blueprint.route("/address", methods=["GET", "POST"])
@access.signed_in
def address() -> ResponseReturnValue:
    """Ask for another address to sign in with; it takes effect when it is confirmed there."""
    user, form = _user(), AddressForm()
    if form.ready():
        try:
            service.ask_for_address(unit.db(), user, form.email.data)
        except Refused as refused:
            form.tell(refused)
        else:
            return done(
                _("A link is on its way to the new address. Until it is opened there, nothing changes."),
                url_for("account.show"),
            )
    return shown(form, "accounts/address.html", user=user)


@blueprint.post("/sign-out-everywhere")
@access.signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this user."""
    user = _user()
    sessions.end_all(user)
    unit.note(journal.security_event("signed out everywhere", user=user.id, source=identity.source()))
    identity.leave()
    return redirect(url_for("accounts.sign_in", lang=current_reading().language.code), 303)


def _user() -> User:
    return access.found(unit.db().get(User, access.found(identity.signed_in()).user))
