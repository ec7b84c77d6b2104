"""Keeping participants: adding them, changing their standing, agreeing their names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core import clock
from secretariat.core.languages import current_reading, templating
from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.pages.access import authorise, found, not_found, permission
from secretariat.pages.forms import Form
from secretariat.pages.unit import db, viewer
from secretariat.processes import forms, policy, queries, service, words
from secretariat.processes.models import ParticipantKind, Participation, Process, StandingKind, Track, TrackKind
from secretariat.processes.views.common import act_on, edited_of, kept_of, name_of, on_day, page_of, spoken_in
from secretariat.processes.views.reading import blueprint


@blueprint.route("/<slug>/participants/new", methods=["GET", "POST"])
@permission("add a participant")
def add_participant(slug: str) -> ResponseReturnValue:
    """Add a participant, from the list or by a new name."""
    process, track = kept_of(slug)
    is_network = track.kind is TrackKind.CIVIL_SOCIETY
    form = forms.AddOrganizationForm() if is_network else forms.AddParticipantForm()
    spoken_in(form, process)
    if is_network:
        _offer_countries(form, process)
    form.participant.offer(queries.known_participants(db(), process, clock.today()))

    def act() -> str:
        one = _chosen_participant(form, track)
        service.add_participant(
            db(),
            viewer(),
            track,
            one,
            StandingKind(form.standing.data),
            since=on_day(form.since.data),
            decision=form.decision.data,
            note=form.note.data,
            country=_country_of(form),
            focus=form["focus"].data if is_network else None,
        )
        return _("Saved. %(participant)s now stands on the page.", participant=name_of(process, one.id))

    return act_on(
        form,
        None,
        act,
        onward=page_of(process, "participants"),
        process=process,
        heading=_("Add a participant"),
        button=_("Add the participant"),
    )


def _offer_countries(form: Form, process: Process) -> None:
    form["country"].offer(queries.countries(db(), process, clock.today()))


def _country_of(form: Form) -> UUID | None:
    return UUID(form["country"].data) if "country" in form and form["country"].data else None


@blueprint.route("/<slug>/participants/standing/<uuid:participation_id>/works", methods=["GET", "POST"])
@permission("describe an organization")
def describe_organization(slug: str, participation_id: UUID) -> ResponseReturnValue:
    """Say in which country an organization of a network works, and on what."""
    process, _track = kept_of(slug)
    row = found(queries.participation(db(), process, participation_id))
    authorise(policy.may_keep(viewer(), row.track))
    if row.track.kind is not TrackKind.CIVIL_SOCIETY:
        not_found()
    country = str(row.country_id) if row.country_id else ""
    form = forms.OrganizationForm(data={"version": row.version, "country": country, "focus": row.focus})
    spoken_in(form, process)
    _offer_countries(form, process)

    def act() -> str:
        focus = form["focus"].data
        service.describe_organization(db(), viewer(), row, country=_country_of(form), focus=focus)
        return _("Saved.")

    return act_on(
        form,
        row,
        act,
        onward=_page_of(slug, row),
        process=process,
        heading=_("What %(organization)s does", organization=_called(process, row)),
        button=_("Keep it"),
    )


def _called(process: Process, row: Participation) -> str:
    """A participant's name, or what the source calls a group of them."""
    return name_of(process, row.participant_id) if row.participant_id else row.category


def _page_of(slug: str, row: Participation) -> str:
    if row.participant_id is None:
        return url_for("processes.show", slug=slug)
    return url_for("processes.participant", slug=slug, participant_id=row.participant_id)


def _chosen_participant(form: forms.AddParticipantForm, track: Track) -> Any:
    if form.participant.data:
        return found(queries.participant(db(), UUID(form.participant.data)))
    if not form.new_name.data:
        raise Refused(_("Choose a participant, or write its name."), "participant")
    if not form.new_kind.data:
        raise Refused(_("Say what it is."), "new_kind")
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
    process, _track = kept_of(slug)
    row = found(queries.participation(db(), process, participation_id))
    authorise(policy.may_keep(viewer(), row.track))
    name = _called(process, row)
    form = forms.StandingForm(data={"version": row.version})
    spoken_in(form, process)

    def act() -> str:
        standing = StandingKind(form.standing.data)
        service.change_standing(
            db(),
            viewer(),
            row,
            standing,
            since=on_day(form.since.data),
            decision=form.decision.data,
            basis=form.basis.data or "",
            note=form.note.data,
        )
        return _(
            "Saved. %(participant)s: %(standing)s from %(day)s.",
            participant=name,
            standing=words.word(words.STANDINGS, standing),
            day=templating.partial(on_day(form.since.data)).striptags(),
        )

    return act_on(
        form,
        row,
        act,
        onward=_page_of(slug, row),
        process=process,
        heading=_("Change the standing of %(participant)s", participant=name),
        button=_("Change the standing"),
        sentence=_("Its present standing ends on that day; it stays in the history."),
    )


@blueprint.route("/<slug>/participants/<uuid:participant_id>/name", methods=["GET", "POST"])
@permission("agree a name")
def agree_name(slug: str, participant_id: UUID) -> ResponseReturnValue:
    """Enter the name that the process has agreed for a participant."""
    process = edited_of(slug)
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

    return act_on(
        form,
        None,
        act,
        onward=url_for("processes.participant", slug=slug, participant_id=participant_id),
        process=process,
        heading=_("A name agreed for %(participant)s", participant=name_of(process, participant_id)),
        button=_("Keep the name"),
        sentence=_("Without a name of the process’s own, the usage of the United Nations is shown."),
    )
