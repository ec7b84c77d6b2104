"""Keeping bodies and chairs."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import gettext as _
from secretariat.core.languages import templating
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.unit import db, viewer
from secretariat.processes import forms, policy, queries, service, words
from secretariat.processes.models import Body, ChairTerm, Process, Track, TrackKind
from secretariat.processes.views.common import act_on, kept_of, name_of, on_day, page_of, spoken_in, state_form
from secretariat.processes.views.reading import blueprint


@blueprint.route("/<slug>/bodies/new", methods=["GET", "POST"])
@permission("open a body")
def open_body(slug: str) -> ResponseReturnValue:
    """Open a body, with its own membership or that of the process."""
    process, track = kept_of(slug)
    form = forms.OpenBodyForm()
    spoken_in(form, process)
    form.kind.offer(_body_kinds(track))
    form.members.offer(queries.open_participants(db(), process, track, clock.today()))

    def act() -> str:
        members = [UUID(one) for one in form.members.data or ()] if form.membership.data == "own" else None
        made = service.open_body(
            db(), viewer(), track, _body_words(form), since=on_day(form.since.data), members=members
        )
        return _("Saved. %(body)s is open.", body=templating.local_text(made.name))

    return act_on(
        form,
        None,
        act,
        onward=page_of(process, "bodies"),
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
    spoken_in(form, process)
    form.kind.offer(_body_kinds(row.track, row.kind))

    def act() -> str:
        service.change_body(db(), viewer(), row, _body_words(form))
        return _("Saved.")

    return act_on(
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
        service.close_body(db(), viewer(), row, until=on_day(form.until.data), decision=form.decision.data)
        return _("Saved. The body is closed; what it did stays readable.")

    return act_on(
        form,
        row,
        act,
        onward=page_of(process, "bodies"),
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
        service.join_body(db(), viewer(), row, chosen, form.role.data, since=on_day(form.since.data))
        return _("Saved. %(participant)s is in the body.", participant=name_of(process, chosen))

    return act_on(
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
    process, _track = kept_of(slug)
    row = found(queries.body_membership(db(), process, membership_id))
    authorise(policy.may_keep(viewer(), row.body.track))
    form = forms.EndForm(data={"version": row.version})
    name = name_of(process, row.participant_id) if row.participant_id else row.name_text

    def act() -> str:
        service.leave_body(db(), viewer(), row, until=on_day(form.until.data))
        return _("Saved. From that day %(participant)s is no longer in the body.", participant=name)

    return act_on(
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
    return state_form(
        process, row, url_for("processes.body", slug=slug, body_id=body_id), templating.local_text(row.name)
    )


def _kept_body(slug: str, body_id: UUID) -> tuple[Process, Body]:
    process, _track = kept_of(slug)
    row = found(queries.body(db(), process, body_id))
    authorise(policy.may_keep(viewer(), row.track))
    return process, row


def _body_kinds(track: Track, present: str = "") -> forms.Choices:
    """Kinds that this side has, and the one that a body is of already."""
    elsewhere = words.OF_GOVERNMENTS if track.kind is TrackKind.CIVIL_SOCIETY else words.ON_A_NETWORK
    listed = forms.listed({kind: said for kind, said in words.BODY_KINDS.items() if kind not in elsewhere})
    if present and all(present != kind for kind, _said in listed):
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
        names_by_letter=form.names_by_letter.data,
        invites_by_letter=form.invites_by_letter.data,
        note=form.note.data,
    )


@blueprint.route("/<slug>/chair/new", methods=["GET", "POST"])
@permission("set the chair")
def set_chair(slug: str) -> ResponseReturnValue:
    """Set who chairs the process, or a body (`?body=`), for a term."""
    process, track = kept_of(slug)
    chaired = _chaired(process)
    if chaired is not None:
        authorise(policy.may_keep(viewer(), chaired.track))
        track = chaired.track
    form = forms.ChairForm()
    spoken_in(form, process)
    form.participant.offer(queries.open_participants(db(), process, track, clock.today()))
    present = _present_terms(process, chaired)
    form.ends_present.offer(
        [(one.row.id, one.party.name.words if one.party.name else one.party.text) for one in present],
    )

    def act() -> str:
        term = service.Term(
            since=on_day(form.since.data),
            until=on_day(form.until.data) if form.until.data else None,
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
        return _("Saved. %(participant)s holds the chair for this term.", participant=name_of(process, chosen))

    return act_on(
        form,
        None,
        act,
        onward=url_for("processes.body", slug=slug, body_id=chaired.id) if chaired else page_of(process, "chair"),
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
    process, track = kept_of(slug)
    row = found(queries.chair_term(db(), process, term_id))
    authorise(policy.may_keep(viewer(), row.body.track if row.body else track))
    form = forms.TermForm(obj=row)
    spoken_in(form, process)

    def act() -> str:
        service.change_term(
            db(), viewer(), row, until=form.until.data, theme=form.theme.data, subject=form.subject.data
        )
        return _("Saved.")

    name = name_of(process, row.participant_id) if row.participant_id else row.name_text
    return act_on(
        form,
        row,
        act,
        onward=page_of(process, "chair"),
        process=process,
        heading=_("Term and theme of %(participant)s", participant=name),
        button=_("Save"),
    )
