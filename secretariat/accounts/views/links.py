"""Pages behind the links accounts send, and the page that asks for one."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from secretariat.accounts import identity, queries, service, throttles
from secretariat.accounts.forms import AddressForm, ConfirmForm, NewPasswordForm, weakness_in_words
from secretariat.accounts.models import User
from secretariat.accounts.service import ADDRESS, INVITATION, PASSWORD, WeakPasswordError
from secretariat.accounts.views.signing_in import entered
from secretariat.core import journal
from secretariat.core.languages import current_reading
from secretariat.mail import links
from secretariat.mail.links import OpenedLink, Refusal
from secretariat.pages import access, refusals, unit
from secretariat.pages.forms import shown

blueprint = Blueprint("account_links", __name__)


@blueprint.route("/account/forgotten", methods=["GET", "POST"])
@access.public("who has lost the password cannot sign in")
def forgotten() -> ResponseReturnValue:
    """Ask for a link to choose a new password. The answer is the same whoever asks."""
    form = AddressForm()
    if not form.ready():
        return shown(form, "accounts/forgotten.html")
    email = queries.as_kept(form.email.data)
    counted = [(throttles.PASSWORD_ADDRESS, email), (throttles.PASSWORD_SOURCE, identity.source())]
    over = throttles.is_over(unit.db(), *counted)
    for entry in throttles.entries(counted):
        unit.note(entry)
    if not over:
        service.ask_for_password(unit.db(), email, current_reading().language.code)
    return render_template("accounts/forgotten_sent.html")


@blueprint.route("/l/<token>/invitation", methods=["GET", "POST"])
@access.capability(INVITATION)
def invitation(token: str) -> ResponseReturnValue:
    """Choose a first password, and be in."""
    link = _opened(token, INVITATION)
    user = queries.open_account_of(unit.db(), link.person) if link else None
    if link is None or user is None or user.activated_at is not None:
        return _closed()
    form = NewPasswordForm()
    chosen = None
    if form.ready():
        try:
            chosen = service.take_up_invitation(unit.db(), link, form.password.data)
        except WeakPasswordError as weak:
            form.refuse(weakness_in_words(weak.weakness), "password")
        else:
            return _in(chosen, "invitation taken up")
    return shown(form, "accounts/choose_password.html", user=user, first=True)


@blueprint.route("/l/<token>/password", methods=["GET", "POST"])
@access.capability(PASSWORD)
def new_password(token: str) -> ResponseReturnValue:
    """Choose a new password, and be in."""
    link = _opened(token, PASSWORD)
    user = queries.open_account_of(unit.db(), link.person) if link else None
    if link is None or user is None or user.activated_at is None:
        return _closed()
    form = NewPasswordForm()
    if form.ready():
        try:
            chosen = service.renew_password(unit.db(), link, form.password.data)
        except WeakPasswordError as weak:
            form.refuse(weakness_in_words(weak.weakness), "password")
        else:
            return _in(chosen, "password renewed")
    return shown(form, "accounts/choose_password.html", user=user, first=False)


@blueprint.route("/l/<token>/address", methods=["GET", "POST"])
@access.capability(ADDRESS)
def confirm_address(token: str) -> ResponseReturnValue:
    """Let a new address take effect. Opening the link does nothing yet: scanners of mail open links too."""
    link = _opened(token, ADDRESS)
    if link is None:
        return _closed()
    form = ConfirmForm()
    if form.ready():
        if not service.confirm_address(unit.db(), link):
            return _closed()
        unit.note(journal.security_event("address confirmed", source=identity.source()))
        return render_template("accounts/address_confirmed.html")
    return shown(form, "accounts/confirm_address.html")


def _opened(token: str, scope: str) -> OpenedLink | None:
    access.authorise(True)
    secret = current_app.extensions["settings"].secret_key
    found = links.resolve(unit.engine(), secret, token, scope)
    if isinstance(found, Refusal):
        refusals.note(refusals.LINK_REFUSED, scope=scope, reason=found.reason)
        return None
    return found


def _closed() -> ResponseReturnValue:
    """One page for every link that does not open: used, expired, revoked or never there."""
    return render_template("accounts/link_closed.html"), 404


def _in(user: User | None, kind: str) -> ResponseReturnValue:
    if user is None:
        return _closed()
    unit.note(journal.security_event(kind, user=user.id, source=identity.source()))
    return entered(user)
