"""Who a request is from: the session behind the browser's cookie, the person, the hat."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import Engine

from secretariat.accounts import sessions
from secretariat.accounts.models import User
from secretariat.accounts.sessions import Expired, SignedIn
from secretariat.core import clock, journal, labelling, sealing
from secretariat.core.database import database_name
from secretariat.core.languages import current_reading, reading_in_network
from secretariat.core.languages import gettext as _
from secretariat.core.languages.dates import zone_text
from secretariat.core.viewer import NOBODY, Hat, HatKind, Role, Viewer
from secretariat.directory import hats, viewers
from secretariat.pages import access, refusals, shell, unit

KEPT, HOME = "kept", "/"
_OWN = frozenset({"accounts", "account", "account_links"})
"""Blueprints about the own account: open without a hat; their forms, which hold passwords, are not kept."""
_LARGEST_KEPT = 200_000
"""Characters of a form that is kept over the end of a session."""


def install(app: Flask) -> None:
    """Recognise who is signed in, send who is not to the sign-in page, and who has no hat on to the choice of hats."""
    manager = LoginManager()
    manager.init_app(app)
    # A telephone changes its network on the way: when a session ends, its row says, and not where it came from.
    manager.session_protection = None
    manager.user_loader(_recognise)
    manager.unauthorized_handler(_ask_to_sign_in)
    app.config.update(PERMANENT_SESSION_LIFETIME=sessions.KEPT, SESSION_REFRESH_EACH_REQUEST=False)
    app.before_request(_ask_for_a_hat)
    app.before_request(_only_read)
    app.before_request(_only_the_list)


def identify() -> tuple[UUID | None, Hat]:
    """Person and hat of this request; a hat that has ended is none."""
    one = signed_in()
    if one is None:
        return None, NOBODY
    return one.person, one.hat if one.hat_held else NOBODY


def signed_in() -> SignedIn | None:
    """Who is signed in, if anybody is."""
    one = g.get("_login_user")  # as Flask-Login keeps it over the request
    if one is None:
        if request.endpoint == "static":
            return None
        one = current_user._get_current_object()
    return one if isinstance(one, SignedIn) else None


def viewer_of(engine: Engine, person: UUID | None, hat: Hat) -> Viewer:
    """The viewer of a person under a hat. Who reads a page under the own hat has been looked up already."""
    one = signed_in() if request.method in unit.SAFE_METHODS else None
    stamp = one.stamp if one is not None and (one.person, one.hat) == (person, hat) else None
    if not labelling.is_settled(stamp, clock.today()):
        unit.look_anew()
    return viewers.viewer(engine, person, hat, stamp=stamp)


def reader_choice() -> tuple[str | None, str | None]:
    """Language and zone which the signed-in person has chosen."""
    one = signed_in()
    return (one.language or None, one.zone or None) if one else (None, None)


def has_expired() -> bool:
    """Whether this browser comes with a session that has run out."""
    signed_in()
    return "expired" in g


def enter(user: User, hat: Hat | None) -> None:
    """Begin a session in this browser: a new key, and nothing of what the browser held before."""
    before = signed_in()
    if before is not None:
        sessions.end(unit.db(), before.session)
    session.clear()
    session.permanent = True
    key = sessions.begin(unit.db(), user, hat or NOBODY)
    login_user(_entering(key, user, hat or NOBODY))


def leave() -> None:
    """Forget the session in this browser."""
    session.clear()


def next_address() -> str:
    """Where to go on to: `next` from the form or the address, if it is within the site; else the first page."""
    return within_the_site(request.values.get("next", ""))


def within_the_site(address: str) -> str:
    """This address if it is a path of this site, else the first page: an open redirect lends our name to others."""
    if not address.startswith("/") or address.startswith("//") or len(address) > 500:
        return HOME
    if any(ord(sign) < 0x21 or sign == "\\" or ord(sign) == 0x7F for sign in address):
        return HOME
    parts = urlsplit(address)
    return HOME if parts.scheme or parts.netloc else address


source = refusals.source


def framed(frame: shell.Shell) -> shell.Shell:
    """The frame of a page with the reader's hat and what opens below it."""
    one = signed_in()
    if one is None:
        return replace(frame, sign_in=url_for("accounts.sign_in"))
    viewer = unit.viewer()
    words = _("No appointment")
    if viewer.hat != NOBODY:
        words = _hat_words(
            database_name(unit.engine()),
            one.person,
            viewer.hat,
            viewer.roles,
            current_reading().language.code,
            _bucket(),
        )
    notice = _("What you open is recorded, and shown to those who keep this side.") if viewer.reads_only else ""
    alone = viewer.hat.kind is HatKind.PROTOCOL
    menu, out = _menu(viewer), url_for("accounts.sign_out")
    zone = zone_text(current_reading().zone, clock.now())
    foot = (_("Dates and times are shown in %(zone)s unless another place is named.", zone=zone),)
    return replace(frame, hat=words, menu=menu, sign_out=out, notice=notice, alone=alone, foot=foot)


def _menu(viewer: Viewer) -> list[shell.Link]:
    if viewer.hat.kind is HatKind.PROTOCOL:
        return [
            shell.Link(_("My account"), url_for("account.show")),
            shell.Link(_("Act under another appointment"), url_for("accounts.choose_hat")),
        ]
    links = [
        shell.Link(_("My details"), url_for("people.own")),
        shell.Link(_("My account"), url_for("account.show")),
        shell.Link(_("What I have opened"), url_for("confidentiality.own_reading")),
        shell.Link(_("Act under another appointment"), url_for("accounts.choose_hat")),
    ]
    if any(office.kind == "secretariat" for office in viewer.offices):
        links.append(shell.Link(_("Emergency access"), url_for("emergency.index")))
    if viewer.administers:
        links.append(shell.Link(_("Administration"), url_for("administration.accounts")))
    return links


def _bucket() -> int:
    """Names may change; words of hats are looked up anew every five minutes."""
    return int(clock.now().timestamp()) // 300


@lru_cache(maxsize=500)
def _hat_words(_database: str, person: UUID, hat: Hat, _roles: frozenset[Role], language: str, _time: int) -> str:
    with reading_in_network(False):  # what is remembered stands on pages of both sides
        worn = hats.hats_in_words(unit.db(), person, unit.viewer().on, language)
    return next((one.words for one in worn if one.hat == hat), "")


def _entering(key: str, user: User, hat: Hat) -> SignedIn:
    return SignedIn(
        key=key,
        session=UUID(int=0),
        user=user.id,
        person=user.person_id,
        email=user.email,
        language=user.language,
        zone=user.zone,
        hat=hat,
        hat_held=hat != NOBODY,
        seen_at=clock.now(),
    )


def _recognise(key: str) -> SignedIn | None:
    with unit.first_look() as connection:
        found = sessions.recognise(connection, key, clock.today())
    if isinstance(found, Expired):
        g.expired = found
        return None
    if found is not None:
        entry = sessions.seen(found)
        if entry is not None:
            unit.note(entry)
    return found


def _ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page, and back afterwards. A form posted with a session that ran out is kept for its person."""
    if request.method in unit.SAFE_METHODS:
        return redirect(url_for("accounts.sign_in", next=within_the_site(request.full_path.rstrip("?"))))
    expired = g.get("expired")
    if isinstance(expired, Expired):
        _keep_form(expired)
    return redirect(url_for("accounts.sign_in"), 303)


def _keep_form(expired: Expired) -> None:
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in ("csrf_token", "nonce") and "password" not in name
    ]
    if request.blueprint in _OWN or sum(len(name) + len(value) for name, value in fields) > _LARGEST_KEPT:
        return
    key = uuid4()
    sealed, opener = sealing.seal(json.dumps([request.full_path.rstrip("?"), fields]))
    unit.note(journal.keep_form(key, expired.user, sealed))
    session[KEPT] = [str(key), str(expired.hat), opener]


def _only_read() -> None:
    """Who reads in an emergency sends nothing, wherever a page or a made-up request would let them."""
    one = signed_in()
    if one is None or one.hat.kind is not HatKind.EMERGENCY or request.blueprint in _OWN:
        return
    if one.hat_held and request.method not in unit.SAFE_METHODS:
        access.not_found()


_FOR_ONE_MEETING = frozenset({"arrangements", "jobs", "home", *_OWN})
"""Blueprints that open under the hat of a host's protocol officer; the first page leads on to the list."""


def _only_the_list() -> None:
    """Who sees to one meeting for its host finds its list and nothing else: not even what the public finds, which is
    there without this hat. Links from mails open under the hat they were sent to."""
    one = signed_in()
    if one is None or one.hat.kind is not HatKind.PROTOCOL or not one.hat_held or request.endpoint in (None, "static"):
        return
    view = current_app.view_functions[request.endpoint]
    declared = access.declaration_of(view)
    if request.blueprint not in _FOR_ONE_MEETING and (declared is None or declared.kind != "capability"):
        access.not_found()


def _ask_for_a_hat() -> ResponseReturnValue | None:
    """Who is signed in without a hat that holds today chooses one; public pages and links from mails need none."""
    view = current_app.view_functions.get(request.endpoint or "")
    declared = access.declaration_of(view) if view else None
    if declared is None or declared.kind not in ("signed_in", "permission") or request.blueprint in _OWN:
        return None
    one = signed_in()
    if one is None or (one.hat != NOBODY and one.hat_held and unit.viewer().roles):
        return None  # an appointment that gives nothing any more, its term being over, is no hat either
    onward = request.full_path.rstrip("?") if request.method in unit.SAFE_METHODS else HOME
    return redirect(url_for("accounts.choose_hat", next=within_the_site(onward)), 303)
