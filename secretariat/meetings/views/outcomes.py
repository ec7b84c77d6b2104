"""Writing down outcomes, and the chair's confirmation."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from secretariat.core.languages import gettext as _
from secretariat.core.refusals import Refused
from secretariat.meetings import forms, policy, queries, service
from secretariat.meetings import words as in_words
from secretariat.meetings.models import Meeting
from secretariat.meetings.views.base import (
    blueprint,
    languages_of,
    names,
    outcome_of,
    participants_offered,
    the_meeting,
)
from secretariat.pages.access import authorise, permission
from secretariat.pages.forms import Form, as_shown, done, shown
from secretariat.pages.unit import db, viewer


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/new", methods=["GET", "POST"])
@permission("record an outcome")
def record_outcome(meeting_id: UUID) -> ResponseReturnValue:
    """A new outcome; off the record only together with the chair's confirmation."""
    meeting = the_meeting(meeting_id)
    authorise(policy.may_record_outcome(viewer(), meeting))
    at_once = not policy.may_draft_outcome(viewer(), meeting)
    form = _form(meeting, confirmed_at_once=at_once)()
    named_in_it: list[str] = []
    if form.ready():
        named_in_it = form.to_ask(_named_in(form, meeting))
        if not named_in_it:
            try:
                confirmation = forms.confirmation_of(form) if at_once else None
                service.record_outcome(db(), meeting, forms.outcome_words(form), confirmation=confirmation)
            except Refused as problem:
                form.tell(problem)
            else:
                return done(_recorded(at_once), _back(meeting))
    return shown(form, "meetings/outcome.html", meeting=meeting, outcome=None, named_in_it=named_in_it, at_once=at_once)


def _recorded(at_once: bool) -> str:
    if at_once:
        return _("Recorded as the chair confirmed it. The readers of the meeting see it now.")
    return _("Kept as a draft. The Secretariat and the chair see it; it stands once the chair confirms it.")


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/edit", methods=["GET", "POST"])
@permission("change a draft outcome")
def edit_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    meeting, outcome = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_change_outcome(viewer(), meeting, outcome))
    values = forms.outcome_values(outcome)
    form = _form(meeting)(obj=values)
    named_in_it: list[str] = []
    if form.ready(values):
        named_in_it = form.to_ask(_named_in(form, meeting))
        if not named_in_it:
            try:
                service.change_outcome(db(), meeting, outcome, forms.outcome_words(form))
            except Refused as problem:
                form.tell(problem)
            else:
                return done(_("Saved."), _back(meeting))
    return shown(
        form, "meetings/outcome.html", meeting=meeting, outcome=outcome, named_in_it=named_in_it, at_once=False
    )


@blueprint.post("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/withdraw")
@permission("withdraw a draft outcome")
def withdraw_outcome(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Take back a draft."""
    meeting, outcome = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_change_outcome(viewer(), meeting, outcome))
    service.withdraw_outcome(db(), meeting, outcome)
    return done(_("The draft is withdrawn."), _back(meeting))


@blueprint.route("/meetings/<uuid:meeting_id>/outcomes/<uuid:outcome_id>/confirm", methods=["GET", "POST"])
@permission("confirm an outcome")
def confirm(meeting_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """The chair confirms; or the secretariat notes that the chair did, and how."""
    meeting, outcome = outcome_of(meeting_id, outcome_id)
    authorise(policy.may_confirm_outcome(viewer(), meeting, outcome))
    by_chair = policy.chairs(viewer(), meeting)
    offered = participants_offered(meeting.process, meeting.track)
    seen = as_shown(outcome.version)
    form_class = forms.confirmation_form(languages_of(meeting.process), offered, ask_word=not by_chair)
    form = form_class(data={"version": seen.version})
    named_in_it: list[str] = []
    if form.ready(seen):
        named_in_it = form.to_ask(_named_in(form, meeting))
        if not named_in_it:
            try:
                service.confirm_outcome(db(), meeting, outcome, forms.confirmation_of(form))
            except Refused as problem:
                form.tell(problem)
            else:
                return done(_("Confirmed. The readers of the meeting see it now."), _back(meeting))
    named = names([one.participant_id for one in outcome.parties], meeting)
    return shown(
        form, "meetings/confirm.html", meeting=meeting, outcome=outcome, by_chair=by_chair, words=in_words, names=named,
        named_in_it=named_in_it,
    )  # fmt: skip


def _form(meeting: Meeting, *, confirmed_at_once: bool = False) -> type[Form]:
    items = [(one.id, in_words.item_in_words(one)) for one in queries.agenda_of(db(), meeting.id) if not one.is_break]
    offered = participants_offered(meeting.process, meeting.track)
    return forms.outcome_form(languages_of(meeting.process), offered, items, confirmed_at_once=confirmed_at_once)


def _named_in(form: Form, meeting: Meeting) -> list[str]:
    """Names of those at the table that stand in what was typed, beside those that are named on purpose."""
    typed, statement_of = form.data, form.data.get("statement_of")
    named = service.names_to_query(db(), meeting, typed.get("text"), typed.get("word"))
    on_purpose = [UUID(statement_of)] if statement_of else []
    return named + service.names_to_query(db(), meeting, typed.get("statement"), besides=on_purpose)


def _back(meeting: Meeting) -> str:
    return url_for("meetings.show", meeting_id=meeting.id, _anchor="outcomes")
