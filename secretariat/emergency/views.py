"""Pages of emergency access: administrators ask, a second person confirms, who keeps the track sees all of it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Flask, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts import identity
from secretariat.accounts.views.administration import side_in_words
from secretariat.core import journal
from secretariat.core.languages import gettext as _
from secretariat.core.languages import ngettext
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.directory import queries as people
from secretariat.emergency import policy, queries, service
from secretariat.emergency.forms import ActForm, AskForm
from secretariat.pages import access, unit
from secretariat.pages.forms import Form, done, shown

blueprint = Blueprint("emergency", __name__, url_prefix="/emergency-access")
NOT_RECORDED = frozenset({"accounts", "account", "account_links", "static"})
"""The own account, and what holds nothing."""


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.after_request(_record_opening)


@blueprint.route("/", methods=["GET", "POST"])
@access.permission("see emergency accesses", policy.may_see)
def index() -> ResponseReturnValue:
    """Every access the reader may know of; administrators ask for one here."""
    viewer = unit.viewer()
    form = AskForm(data={"hours": 4})
    form.track.choices = [
        (str(track), side_in_words(acronym, kind))
        for track, acronym, kind in (
            people.kept_tracks(unit.db(), viewer.on, queries.suspended(unit.db())) if viewer.administers else []
        )
    ]
    if request.method == "POST":
        access.authorise(policy.may_ask(viewer))
    if form.ready():
        try:
            made = service.ask(unit.db(), UUID(form.track.data), hours=form.hours.data or 0, reason=form.reason.data)
        except Refused as refused:
            form.tell(refused)
        else:
            _note("emergency access asked")
            return done(
                _("Asked. It gives nothing until a second person confirms it, within a day."),
                url_for("emergency.show", access_id=made),
            )
    return shown(
        form,
        "emergency/index.html",
        accesses=queries.shown(unit.db(), queries.known_to(unit.db())),
        asks=policy.may_ask(viewer),
        side_in_words=side_in_words,
    )


@blueprint.get("/<uuid:access_id>")
@access.permission("see emergency accesses", policy.may_see)
def show(access_id: UUID) -> ResponseReturnValue:
    """One access: who, why, until when; for who keeps the track, what was opened."""
    return _page(_known(access_id), ActForm(formdata=None))


@blueprint.post("/<uuid:access_id>/confirm")
@access.permission("confirm an emergency access", policy.may_see)
def confirm(access_id: UUID) -> ResponseReturnValue:
    """Be the second person."""
    return _act(
        _known(access_id),
        "emergency access confirmed",
        service.confirm,
        _("Confirmed. It runs from now on; those who keep this side are told by mail."),
    )


@blueprint.post("/<uuid:access_id>/end")
@access.permission("end an emergency access", policy.may_see)
def end(access_id: UUID) -> ResponseReturnValue:
    """End it before its time, or call it off."""
    return _act(
        _known(access_id), "emergency access ended", service.end, _("Ended. From the next request on it gives nothing.")
    )


def _act(key: UUID, event: str, act: object, said: str) -> ResponseReturnValue:
    form = ActForm()
    if form.ready():
        try:
            act(unit.db(), key)  # type: ignore[operator]
        except NotAllowed:
            access.not_found()
        except Refused as refused:
            form.tell(refused)
        else:
            _note(event)
            return done(said, url_for("emergency.show", access_id=key))
    return _page(key, form)


def _page(key: UUID, form: Form) -> ResponseReturnValue:
    [one] = queries.shown(unit.db(), [key])
    viewer = unit.viewer()
    may_confirm, may_end = service.acts_open(unit.db(), key)
    return shown(
        form,
        "emergency/show.html",
        one=one,
        may_confirm=may_confirm,
        may_end=may_end,
        openings=queries.openings(unit.db(), key),
        keeps=not viewer.administers,
        side_in_words=side_in_words,
        hours=ngettext("%(num)s hour", "%(num)s hours", one.hours),
    )


def _known(access_id: UUID) -> UUID:
    return access.found(queries.access_for(unit.db(), access_id))


def _note(kind: str) -> None:
    one = identity.signed_in()
    unit.note(journal.security_event(kind, user=one.user if one else None, source=identity.source()))


def _record_opening(response: Response) -> Response:
    """Keep which page was opened under an emergency access, before it leaves. Without the record there is no page."""
    viewer = g.get("viewer")
    if viewer is None or not viewer.reads_only or viewer.person is None or response.status_code != 200:
        return response
    if (request.blueprint or request.endpoint) not in NOT_RECORDED:
        key = queries.running_for(unit.db(), viewer.person, viewer.hat)
        if key is not None:
            unit.note(service.opening(key, request.path))
    return response
