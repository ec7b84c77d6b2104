"""Pages of processes: the list, the page of one, its public page, and what its secretariat keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.dates import PartialDate
from secretariat.core.languages import LANGUAGES, current_reading, templating
from secretariat.core.languages import gettext as _
from secretariat.core.languages import lazy_gettext as _l
from secretariat.core.localtext import LocalText
from secretariat.pages import place, shell
from secretariat.pages.access import authorise, found, not_found, permission, public
from secretariat.pages.forms import Form, done, shown
from secretariat.pages.unit import db, viewer
from secretariat.processes import forms, policy, queries, sections, service, words
from secretariat.processes.models import Body, ChairTerm, LifeState, ParticipantKind, Process, StandingKind, Track
from secretariat.processes.names import names_of

blueprint = Blueprint("processes", __name__, url_prefix="/processes")


def init(app: Flask) -> None:
    """Enter the feature into the application."""
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(process_words=words, in_words=words.word)
    shell.add_to_navigation(app, shell.NavigationEntry(70, _l("Process"), "processes.show", _address))


def _address() -> str | None:
    here = place.here()
    return url_for("processes.show", slug=here.slug) if here and not viewer().is_anonymous else None


# --- reading --------------------------------------------------------------------------------------------------


@blueprint.get("/")
@public("the public sees that the processes exist whose members agreed to a public page")
def index() -> ResponseReturnValue:
    """Every process the reader may see."""
    return render_template("processes/index.html", processes=queries.processes_seen(db()))


@blueprint.get("/<slug>/")
@public("the public page of a process, once its members agreed to one; those inside read its own page here")
def show(slug: str) -> ResponseReturnValue:
    """All of a process, or its public page for those who are not in it."""
    process = _process(slug)
    today = clock.today()
    if not policy.takes_part(viewer(), process):
        return render_template("processes/public.html", shown=queries.public_process(db(), process, today))
    parts = [(section, section.load(db(), viewer(), process)) for section in sections.entered()]
    return render_template(
        "processes/show.html",
        process=process,
        shown=queries.process_shown(db(), process, today),
        sections=[(section, context) for section, context in parts if context is not None],
        may_edit=policy.may_edit(viewer(), process),
        kept=policy.kept_track(viewer(), process),
    )


@blueprint.get("/<slug>/participants/<uuid:participant_id>")
@permission("read the standing of a participant")
def participant(slug: str, participant_id: UUID) -> ResponseReturnValue:
    """What a participant has been in a process, and what it is called."""
    process = _process(slug)
    authorise(policy.takes_part(viewer(), process))
    standings = queries.participations_of(db(), process, participant_id)
    if not standings:
        not_found()
    kept = policy.kept_track(viewer(), process)
    return render_template(
        "processes/participant.html",
        process=process,
        participant=found(queries.participant(db(), participant_id)),
        name=_name(process, participant_id),
        standings=standings,
        names=queries.names_used(db(), process, participant_id),
        may_edit=policy.may_edit(viewer(), process),
        may_change={one.id for one in standings if kept and one.track_id == kept.id and one.until is None},
    )


@blueprint.get("/<slug>/bodies/<uuid:body_id>")
@permission("read who is in a body")
def body(slug: str, body_id: UUID) -> ResponseReturnValue:
    """A body, who chairs it and who is in it."""
    process = _process(slug)
    authorise(policy.takes_part(viewer(), process))
    row = found(queries.body(db(), process, body_id))
    all_shown = queries.process_shown(db(), process, clock.today())
    one = next(b for b in (*all_shown.bodies, *all_shown.closed_bodies) if b.row.id == row.id)
    return render_template(
        "processes/body.html", process=process, body=one, may_keep=policy.may_keep(viewer(), row.track)
    )


def _process(slug: str) -> Process:
    process = found(queries.process_by_slug(db(), slug))
    place.enter(process)
    return process


def _name(process: Process, participant_id: UUID) -> str:
    return names_of(db(), [participant_id], process=process.id)[participant_id].words


# --- keeping --------------------------------------------------------------------------------------------------


def _kept(slug: str) -> tuple[Process, Track]:
    """The process, and the side of it the viewer keeps; whoever keeps none gets the 404 of what is not there."""
    process = _process(slug)
    track = policy.kept_track(viewer(), process)
    authorise(track is not None)
    assert track is not None
    return process, track


def _edited(slug: str) -> Process:
    """The process, for who may change the process itself."""
    process = _process(slug)
    authorise(policy.may_edit(viewer(), process))
    return process


def _act(
    form: Form,
    row: Any,
    act: Callable[[], str],
    *,
    onward: str,
    process: Process,
    heading: str,
    button: str,
    sentence: str = "",
) -> ResponseReturnValue:
    """Show a form, or do what it asks: say what was kept and go on, or say beside the field why it cannot be."""
    if form.ready(row):
        try:
            said = act()
        except service.NotAllowed:
            not_found()
        except service.NotPossible as refusal:
            form.refuse(refusal.sentence, refusal.field if refusal.field in form else None)
        else:
            return done(said, onward)
    return shown(
        form, "processes/form.html", process=process, heading=heading, button=button, sentence=sentence, onward=onward
    )


def _page(process: Process, anchor: str = "") -> str:
    return url_for("processes.show", slug=process.slug, _anchor=anchor or None)


def _partial(day: Any) -> PartialDate:
    return PartialDate.parse(day)


def _spoken(form: Form, process: Process) -> None:
    """Texts are asked for in the languages of the process."""
    for field in form:
        if getattr(field, "is_local_text", False):
            field.languages = tuple(process.languages)


@blueprint.route("/<slug>/participants/new", methods=["GET", "POST"])
@permission("add a participant")
def add_participant(slug: str) -> ResponseReturnValue:
    """Add a participant, from the list or by a new name."""
    process, track = _kept(slug)
    form = forms.AddParticipantForm()
    _spoken(form, process)
    form.participant.offer(queries.known_participants(db(), process, clock.today()))

    def act() -> str:
        one = _chosen_participant(form, track)
        service.add_participant(
            db(),
            viewer(),
            track,
            one,
            StandingKind(form.standing.data),
            since=_partial(form.since.data),
            decision=form.decision.data,
            note=form.note.data,
        )
        return _("Saved. %(participant)s now stands on the page.", participant=_name(process, one.id))

    return _act(
        form,
        None,
        act,
        onward=_page(process, "participants"),
        process=process,
        heading=_("Add a participant"),
        button=_("Add the participant"),
    )


def _chosen_participant(form: forms.AddParticipantForm, track: Track) -> Any:
    if form.participant.data:
        return found(queries.participant(db(), UUID(form.participant.data)))
    if not form.new_name.data:
        raise service.NotPossible(_("Choose a participant, or write its name."), "participant")
    if not form.new_kind.data:
        raise service.NotPossible(_("Say what it is."), "new_kind")
    new = service.NewParticipant(
        form.new_name.data,
        current_reading().language.code,
        ParticipantKind(form.new_kind.data),
        form.iso.data.upper() or None,
    )
    return service.know_participant(db(), viewer(), track, new)


@blueprint.route("/<slug>/participants/standing/<uuid:participation_id>", methods=["GET", "POST"])
@permission("change a standing")
def change_standing(slug: str, participation_id: UUID) -> ResponseReturnValue:
    """Change what a participant is, from a day on."""
    process, _track = _kept(slug)
    row = found(queries.participation(db(), process, participation_id))
    authorise(policy.may_keep(viewer(), row.track))
    name = _name(process, row.participant_id) if row.participant_id else row.category
    form = forms.StandingForm(data={"version": row.version})
    _spoken(form, process)

    def act() -> str:
        standing = StandingKind(form.standing.data)
        service.change_standing(
            db(),
            viewer(),
            row,
            standing,
            since=_partial(form.since.data),
            decision=form.decision.data,
            basis=form.basis.data or "",
            note=form.note.data,
        )
        return _(
            "Saved. %(participant)s: %(standing)s from %(day)s.",
            participant=name,
            standing=words.word(words.STANDINGS, standing),
            day=templating.partial(_partial(form.since.data)).striptags(),
        )

    onward = (
        url_for("processes.participant", slug=slug, participant_id=row.participant_id)
        if row.participant_id
        else _page(process)
    )
    return _act(
        form,
        row,
        act,
        onward=onward,
        process=process,
        heading=_("Change the standing of %(participant)s", participant=name),
        button=_("Change the standing"),
        sentence=_("Its present standing ends on that day; it stays in the history."),
    )


@blueprint.route("/<slug>/participants/<uuid:participant_id>/name", methods=["GET", "POST"])
@permission("agree a name")
def agree_name(slug: str, participant_id: UUID) -> ResponseReturnValue:
    """Enter the name that the process has agreed for a participant."""
    process = _edited(slug)
    if not queries.participations_of(db(), process, participant_id):
        not_found()
    one = found(queries.participant(db(), participant_id))
    form = forms.NameForm()

    def act() -> str:
        service.agree_name(
            db(),
            viewer(),
            process,
            one,
            language=form.language.data,
            name=form.name.data,
            since=form.since.data,
            until=form.until.data,
            decision=form.decision.data,
        )
        return _("Saved. In this process it is called %(name)s.", name=form.name.data)

    return _act(
        form,
        None,
        act,
        onward=url_for("processes.participant", slug=slug, participant_id=participant_id),
        process=process,
        heading=_("A name agreed for %(participant)s", participant=_name(process, participant_id)),
        button=_("Keep the name"),
        sentence=_("Without a name of the process’s own, the usage of the United Nations is shown."),
    )


# --- bodies ---------------------------------------------------------------------------------------------------


@blueprint.route("/<slug>/bodies/new", methods=["GET", "POST"])
@permission("open a body")
def open_body(slug: str) -> ResponseReturnValue:
    """Open a body, with its own membership or that of the process."""
    process, track = _kept(slug)
    form = forms.OpenBodyForm()
    _spoken(form, process)
    form.kind.offer(_body_kinds())
    form.members.offer(queries.open_participants(db(), process, track, clock.today()))

    def act() -> str:
        members = [UUID(one) for one in form.members.data or ()] if form.membership.data == "own" else None
        made = service.open_body(
            db(), viewer(), track, _body_words(form), since=_partial(form.since.data), members=members
        )
        return _("Saved. %(body)s is open.", body=templating.local_text(made.name))

    return _act(
        form,
        None,
        act,
        onward=_page(process, "bodies"),
        process=process,
        heading=_("Open a body"),
        button=_("Open the body"),
    )


@blueprint.route("/<slug>/bodies/<uuid:body_id>/edit", methods=["GET", "POST"])
@permission("change a body")
def change_body(slug: str, body_id: UUID) -> ResponseReturnValue:
    """Say otherwise what a body is."""
    process, row = _kept_body(slug, body_id)
    form = forms.BodyForm(obj=row)
    _spoken(form, process)
    form.kind.offer(_body_kinds(row.kind))

    def act() -> str:
        service.change_body(db(), viewer(), row, _body_words(form))
        return _("Saved.")

    return _act(
        form,
        row,
        act,
        onward=url_for("processes.body", slug=slug, body_id=body_id),
        process=process,
        heading=_("Change %(body)s", body=templating.local_text(row.name)),
        button=_("Save"),
    )


@blueprint.route("/<slug>/bodies/<uuid:body_id>/close", methods=["GET", "POST"])
@permission("close a body")
def close_body(slug: str, body_id: UUID) -> ResponseReturnValue:
    """Close a body by decision."""
    process, row = _kept_body(slug, body_id)
    form = forms.CloseForm(data={"version": row.version})

    def act() -> str:
        service.close_body(db(), viewer(), row, until=_partial(form.until.data), decision=form.decision.data)
        return _("Saved. The body is closed; what it did stays readable.")

    return _act(
        form,
        row,
        act,
        onward=_page(process, "bodies"),
        process=process,
        heading=_("Close %(body)s", body=templating.local_text(row.name)),
        button=_("Close the body"),
        sentence=_("Its chairs and memberships end with it. Reminders and feeds stop; its memory stays readable."),
    )


@blueprint.route("/<slug>/bodies/<uuid:body_id>/members/new", methods=["GET", "POST"])
@permission("add to a body")
def join_body(slug: str, body_id: UUID) -> ResponseReturnValue:
    """A participant joins a body."""
    process, row = _kept_body(slug, body_id)
    form = forms.JoinForm()
    form.participant.offer(queries.open_participants(db(), process, row.track, clock.today()))

    def act() -> str:
        chosen = UUID(form.participant.data)
        service.join_body(db(), viewer(), row, chosen, form.role.data, since=_partial(form.since.data))
        return _("Saved. %(participant)s is in the body.", participant=_name(process, chosen))

    return _act(
        form,
        None,
        act,
        onward=url_for("processes.body", slug=slug, body_id=body_id),
        process=process,
        heading=_("Add to %(body)s", body=templating.local_text(row.name)),
        button=_("Add to the body"),
    )


@blueprint.route("/<slug>/bodies/members/<uuid:membership_id>/end", methods=["GET", "POST"])
@permission("end a membership in a body")
def leave_body(slug: str, membership_id: UUID) -> ResponseReturnValue:
    """A participant leaves a body."""
    process, _track = _kept(slug)
    row = found(queries.body_membership(db(), process, membership_id))
    authorise(policy.may_keep(viewer(), row.body.track))
    form = forms.EndForm(data={"version": row.version})
    name = _name(process, row.participant_id) if row.participant_id else row.name_text

    def act() -> str:
        service.leave_body(db(), viewer(), row, until=_partial(form.until.data))
        return _("Saved. From that day %(participant)s is no longer in the body.", participant=name)

    return _act(
        form,
        row,
        act,
        onward=url_for("processes.body", slug=slug, body_id=row.body_id),
        process=process,
        heading=_("%(participant)s leaves the body", participant=name),
        button=_("Keep the day"),
    )


@blueprint.route("/<slug>/bodies/<uuid:body_id>/state", methods=["GET", "POST"])
@permission("let a body rest")
def body_state(slug: str, body_id: UUID) -> ResponseReturnValue:
    """By the members' decision a body rests or is concluded."""
    process, row = _kept_body(slug, body_id)
    return _state(process, row, url_for("processes.body", slug=slug, body_id=body_id), templating.local_text(row.name))


def _kept_body(slug: str, body_id: UUID) -> tuple[Process, Body]:
    process, _track = _kept(slug)
    row = found(queries.body(db(), process, body_id))
    authorise(policy.may_keep(viewer(), row.track))
    return process, row


def _body_kinds(present: str = "") -> forms.Choices:
    listed = forms.listed(words.BODY_KINDS)
    if present and present not in words.BODY_KINDS:
        listed.append((present, words.word(words.BODY_KINDS, present)))
    return listed


def _body_words(form: forms.BodyForm) -> service.BodyWords:
    assert form.name.data is not None
    return service.BodyWords(
        name=form.name.data,
        kind=form.kind.data,
        abbreviation=form.abbreviation.data,
        level=form.level.data or "",
        permanence=form.permanence.data or "",
        frequency=form.frequency.data,
        note=form.note.data,
    )


# --- chairs ---------------------------------------------------------------------------------------------------


@blueprint.route("/<slug>/chair/new", methods=["GET", "POST"])
@permission("set the chair")
def set_chair(slug: str) -> ResponseReturnValue:
    """Set who chairs the process, or a body (`?body=`), for a term."""
    process, track = _kept(slug)
    chaired = _chaired(process)
    if chaired is not None:
        authorise(policy.may_keep(viewer(), chaired.track))
        track = chaired.track
    form = forms.ChairForm()
    _spoken(form, process)
    form.participant.offer(queries.open_participants(db(), process, track, clock.today()))
    present = _present_terms(process, chaired)
    form.ends_present.offer(
        [(one.row.id, one.party.name.words if one.party.name else one.party.text) for one in present],
    )

    def act() -> str:
        term = service.Term(
            since=_partial(form.since.data),
            until=_partial(form.until.data) if form.until.data else None,
            term=form.term.data,
            subject=form.subject.data,
            theme=form.theme.data,
            decision=form.decision.data,
        )
        chosen = UUID(form.participant.data)
        ends = [one.row for one in present if str(one.row.id) in (form.ends_present.data or ())]
        service.set_chair(
            db(),
            viewer(),
            track,
            chosen,
            form.role.data,
            term,
            body=chaired,
            ends_present=ends,
        )
        return _("Saved. %(participant)s holds the chair for this term.", participant=_name(process, chosen))

    return _act(
        form,
        None,
        act,
        onward=url_for("processes.body", slug=slug, body_id=chaired.id) if chaired else _page(process, "chair"),
        process=process,
        heading=_("Set the chair of %(body)s", body=templating.local_text(chaired.name))
        if chaired
        else _("Set the chair of the process"),
        button=_("Set the chair"),
    )


def _chaired(process: Process) -> Body | None:
    asked = request.args.get("body", "")
    if not asked:
        return None
    try:
        return found(queries.body(db(), process, UUID(asked)))
    except ValueError:
        not_found()


def _present_terms(process: Process, chaired: Body | None) -> list[queries.Holder[ChairTerm]]:
    all_shown = queries.process_shown(db(), process, clock.today())
    if chaired is None:
        return all_shown.chairs
    return [holder for one in all_shown.bodies if one.row.id == chaired.id for holder in one.chairs]


@blueprint.route("/<slug>/chair/<uuid:term_id>", methods=["GET", "POST"])
@permission("change a term of the chair")
def change_term(slug: str, term_id: UUID) -> ResponseReturnValue:
    """Say until when a term runs, and its theme."""
    process, track = _kept(slug)
    row = found(queries.chair_term(db(), process, term_id))
    authorise(policy.may_keep(viewer(), row.body.track if row.body else track))
    form = forms.TermForm(obj=row)
    _spoken(form, process)

    def act() -> str:
        service.change_term(
            db(), viewer(), row, until=form.until.data, theme=form.theme.data, subject=form.subject.data
        )
        return _("Saved.")

    name = _name(process, row.participant_id) if row.participant_id else row.name_text
    return _act(
        form,
        row,
        act,
        onward=_page(process, "chair"),
        process=process,
        heading=_("Term and theme of %(participant)s", participant=name),
        button=_("Save"),
    )


# --- the process itself ---------------------------------------------------------------------------------------


@blueprint.route("/<slug>/details", methods=["GET", "POST"])
@permission("change what is said of a process")
def details(slug: str) -> ResponseReturnValue:
    """Say otherwise what a process is."""
    process = _edited(slug)
    form = forms.DetailsForm(obj=process)
    _spoken(form, process)
    if process.chair_mode and process.chair_mode not in words.CHAIR_MODES:
        form.chair_mode.offer([*forms.listed(words.CHAIR_MODES), (process.chair_mode, process.chair_mode)])

    def act() -> str:
        values = {name: form[name].data for name in service.Details.__slots__}
        texts = {name: value or "" for name, value in values.items() if name.endswith(("_mode", "_arrangement"))}
        service.change_details(db(), viewer(), process, service.Details(**{**values, **texts}))
        return _("Saved.")

    return _act(
        form,
        process,
        act,
        onward=_page(process),
        process=process,
        heading=_("What is said of the process"),
        button=_("Save"),
    )


@blueprint.route("/<slug>/texts/<kind>", methods=["GET", "POST"])
@permission("write a text of a process")
def text(slug: str, kind: str) -> ResponseReturnValue:
    """Write one running text of a process, a point a line."""
    process = _edited(slug)
    if kind not in words.TEXTS:
        not_found()
    row = queries.text(db(), process, kind)
    form = forms.TextForm(obj=row)
    _spoken(form, process)

    def act() -> str:
        service.set_text(db(), viewer(), process, kind, form.body.data)
        return _("Saved. All participants read it.")

    return _act(
        form,
        row,
        act,
        onward=_page(process, kind),
        process=process,
        heading=words.word(words.TEXTS, kind),
        button=_("Save"),
        sentence=_("Each line is a point of its own."),
    )


@blueprint.route("/<slug>/hosts/new", methods=["GET", "POST"])
@permission("say who hosts the secretariat")
def add_host(slug: str) -> ResponseReturnValue:
    """Say who hosts the secretariat."""
    process = _edited(slug)
    form = forms.HostForm()
    form.participant.offer(queries.known_participants(db(), process, clock.today()))

    def act() -> str:
        chosen = UUID(form.participant.data) if form.participant.data else None
        service.add_host(db(), viewer(), process, participant=chosen, name=form.name.data, since=form.since.data)
        return _("Saved.")

    return _act(
        form,
        None,
        act,
        onward=_page(process, "secretariat"),
        process=process,
        heading=_("Who hosts the secretariat"),
        button=_("Add the host"),
    )


@blueprint.route("/<slug>/hosts/<uuid:host_id>/end", methods=["GET", "POST"])
@permission("end the hosting of the secretariat")
def end_host(slug: str, host_id: UUID) -> ResponseReturnValue:
    """The secretariat is no longer hosted by this one."""
    process = _edited(slug)
    row = found(queries.host(db(), process, host_id))
    form = forms.EndForm(data={"version": row.version})

    def act() -> str:
        service.end_host(db(), viewer(), row, until=_partial(form.until.data))
        return _("Saved.")

    name = _name(process, row.participant_id) if row.participant_id else row.name_text
    return _act(
        form,
        row,
        act,
        onward=_page(process, "secretariat"),
        process=process,
        heading=_("%(participant)s no longer hosts the secretariat", participant=name),
        button=_("Keep the day"),
    )


@blueprint.route("/<slug>/state", methods=["GET", "POST"])
@permission("let a process rest")
def state(slug: str) -> ResponseReturnValue:
    """By the members' decision a process rests, is concluded, or is at work again."""
    process = _edited(slug)
    return _state(process, process, _page(process), process.acronym)


def _state(process: Process, thing: Process | Body, onward: str, name: str) -> ResponseReturnValue:
    form = forms.StateForm(data={"version": thing.version})

    def act() -> str:
        assert form.since.data is not None
        service.set_state(
            db(), viewer(), thing, LifeState(form.state.data), since=form.since.data, decision=form.decision.data
        )
        return _("Saved. Its memory stays readable for its readers.")

    return _act(
        form,
        thing,
        act,
        onward=onward,
        process=process,
        heading=_("Let %(name)s rest, conclude it, or resume", name=name),
        button=_("Enter the decision"),
        sentence=_("Only by decision of the members. Reminders and feeds stop; everything stays readable as it is."),
    )


@blueprint.route("/<slug>/public-page", methods=["GET", "POST"])
@permission("open or close the public page")
def public_page(slug: str) -> ResponseReturnValue:
    """Open the public page by the members' decision, or close it."""
    process = _edited(slug)
    return _close_public_page(process) if process.public_page else _open_public_page(process)


def _open_public_page(process: Process) -> ResponseReturnValue:
    form = forms.PublicPageForm(data={"version": process.version})

    def act() -> str:
        assert form.since.data is not None
        service.open_public_page(db(), viewer(), process, since=form.since.data, decision=form.decision.data)
        return _("Saved. Everyone can now see that the process exists, who takes part, and its bodies.")

    return _act(
        form,
        process,
        act,
        onward=_page(process),
        process=process,
        heading=_("Open the public page"),
        button=_("Open the public page"),
        sentence=_(
            "The members must have agreed. It shows the name of the process, its present participants and its bodies; "
            "never a suspension, a vacancy or an absence."
        ),
    )


def _close_public_page(process: Process) -> ResponseReturnValue:
    form = forms.ClosePublicPageForm(data={"version": process.version})

    def act() -> str:
        service.close_public_page(db(), viewer(), process, decision=form.decision.data)
        return _("Saved. The public page is closed.")

    return _act(
        form,
        process,
        act,
        onward=_page(process),
        process=process,
        heading=_("Close the public page"),
        button=_("Close the public page"),
        sentence=_("From now on only participants see that the process is here."),
    )


def text_lines(value: LocalText) -> list[tuple[str, str]]:
    """The points of a running text, and the language they are in."""
    shown_text, language = value.in_language(current_reading().language.code)
    return [(line.strip(), language) for line in shown_text.splitlines() if line.strip()]


def direction(code: str) -> str:
    """The direction in which a language is written; of one not known, that of its words."""
    return LANGUAGES[code].direction if code in LANGUAGES else "auto"


blueprint.add_app_template_filter(text_lines, "points")
blueprint.add_app_template_filter(direction, "direction")
