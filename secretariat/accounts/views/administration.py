"""Pages of administrators: accounts, settings, security log. Nothing above public is read here."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts import appointments, policy, queries, security_words, service
from secretariat.accounts.forms import ConfirmForm, FirstKeeperForm, FoundingForm, OthersAddressForm
from secretariat.accounts.models import User
from secretariat.core.languages import LANGUAGES, current_reading
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import NotAllowed, Refused
from secretariat.directory import queries as people
from secretariat.directory.service import Details, Letter
from secretariat.pages import access, unit
from secretariat.pages.forms import done, shown
from secretariat.pages.lists import pages_of
from secretariat.processes import founding

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.route("/accounts", methods=["GET", "POST"])
@access.permission("run accounts", policy.may_administer)
def accounts() -> ResponseReturnValue:
    """All accounts, and the form that invites one more."""
    form = OthersAddressForm()
    if form.ready():
        service.invite_address(unit.db(), form.email.data, current_reading().language.code)
        return done(_("If there was no account yet, an invitation is on its way."), url_for("administration.accounts"))
    users = queries.all_accounts(unit.db())
    pages = pages_of(len(users))
    return shown(
        form, "administration/accounts.html", users=users[pages.offset : pages.offset + pages.rows], pages=pages
    )


@blueprint.route("/accounts/<uuid:user_id>", methods=["GET", "POST"])
@access.permission("run accounts", policy.may_administer)
def account(user_id: UUID) -> ResponseReturnValue:
    """One account: invite again, suspend, readmit, ask for a new address."""
    user = access.found(unit.db().get(User, user_id))
    form = OthersAddressForm()
    if form.ready():
        try:
            service.ask_for_address(unit.db(), user, form.email.data)
        except Refused as refused:
            form.tell(refused)
        else:
            return done(
                _("A link is on its way to the new address. Until it is opened there, nothing changes."),
                url_for("administration.account", user_id=user.id),
            )
    viewer = unit.viewer()
    return shown(
        form,
        "administration/account.html",
        user=user,
        may_suspend=policy.may_suspend(viewer, user),
        may_readmit=policy.may_readmit(viewer, user),
        may_invite=policy.may_invite(viewer, user),
    )


@blueprint.post("/accounts/<uuid:user_id>/<act>")
@access.permission("run accounts", policy.may_administer)
def change(user_id: UUID, act: str) -> ResponseReturnValue:
    """Suspend, readmit or invite again."""
    user = access.found(unit.db().get(User, user_id))
    access.found(act if act in ("suspend", "readmit", "invite") else None)
    if not ConfirmForm().ready():
        access.not_found()
    try:
        said = _done(user, act)
    except NotAllowed:
        access.not_found()
    return done(said, url_for("administration.account", user_id=user.id))


def _done(user: User, act: str) -> str:
    if act == "suspend":
        service.suspend(unit.db(), user)
        return _("Suspended. Open sessions and links have ended.")
    if act == "readmit":
        service.readmit(unit.db(), user)
        return _("The account is open again.")
    access.authorise(policy.may_invite(unit.viewer(), user))
    service.invite(unit.db(), user)
    return _("An invitation is on its way; earlier ones no longer open.")


@blueprint.route("/new-process", methods=["GET", "POST"])
@access.permission("found a process", policy.may_administer)
def found_process() -> ResponseReturnValue:
    """Begin a process and name its first officer, who does all else on its pages."""
    form = FoundingForm()
    for local in (form.process_name, form.network):
        local.languages = tuple(LANGUAGES)
    if form.ready():
        try:
            _found(form)
        except Refused as refused:
            form.tell(refused)
        except NotAllowed:
            form.refuse(_("Nobody enters an appointment for himself; name somebody else"), "email")
        else:
            return done(
                _("Founded. Its first officer is told by mail and does all else; you read none of it."),
                url_for("administration.accounts"),
            )
    return shown(form, "administration/found_process.html")


def _found(form: FoundingForm) -> None:
    assert form.process_name.data is not None
    track = founding.found(
        unit.db(),
        founding.Founding(
            form.slug.data, form.acronym.data, form.process_name.data, tuple(form.languages.data or ()),
            form.zone.data or "UTC", form.source.data, form.network.data or None,
        ),
    )  # fmt: skip
    appointments.name_first(
        unit.db(), track, Details(form.name.data, form.email.data), Letter(form.letter.data, form.letter_on.data)
    )


@blueprint.route("/first-officers", methods=["GET", "POST"])
@access.permission("name a first officer", policy.may_administer)
def first_keeper() -> ResponseReturnValue:
    """Name the first officer of a track nobody keeps. Its members see it in their list of people."""
    away = queries.suspended_by_others(unit.db(), unit.viewer().person)
    open_tracks = people.tracks_without_keeper(unit.db(), unit.viewer().on, away)
    form = FirstKeeperForm()
    form.track.choices = [(str(track), side_in_words(acronym, kind)) for track, acronym, kind in open_tracks]
    if form.ready():
        try:
            appointments.name_first(
                unit.db(),
                UUID(form.track.data),
                Details(form.name.data, form.email.data),
                Letter(form.letter.data, form.letter_on.data),
            )
        except Refused as refused:
            form.tell(refused)
        except NotAllowed:
            form.refuse(_("Nobody enters an appointment for himself; name somebody else"), "email")
        else:
            return done(
                _("Entered. The person is told by mail; the members see it in their list of people."),
                url_for("administration.first_keeper"),
            )
    return shown(form, "administration/first_keeper.html", none=not open_tracks)


def side_in_words(acronym: str, kind: str) -> str:
    """One side of a process, as administrators know it."""
    if kind == "civil_society":
        return _("%(process)s, civil society", process=acronym)
    return _("%(process)s, governments", process=acronym)


@blueprint.get("/security-log")
@access.permission("read the security log", policy.may_administer)
def security_log() -> ResponseReturnValue:
    """What was refused or is worth noticing: kinds and times, no content."""
    kind = request.args.get("kind", "")
    pages = pages_of(queries.count_security_events(unit.db(), kind))
    events = queries.security_events(unit.db(), limit=pages.rows, offset=pages.offset, kind=kind)
    return render_template(
        "administration/security_log.html",
        events=events,
        emails=queries.emails_of(unit.db(), {one.user_id for one in events if one.user_id}),
        words=security_words,
        kinds=queries.security_event_kinds(unit.db()),
        kind=kind,
        pages=pages,
    )


@blueprint.get("/settings")
@access.permission("see the settings", policy.may_administer)
def settings() -> ResponseReturnValue:
    """The settings of this installation; never its secrets."""
    given = current_app.extensions["settings"]
    shown_settings = [
        (name.upper(), _setting(getattr(given, name)), field.description or "")
        for name, field in type(given).model_fields.items()
        if field.repr
    ]
    return render_template("administration/settings.html", settings=shown_settings)


def _setting(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value if value is not None else "")
